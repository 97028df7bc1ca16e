"""The graph in the syntaxes of RDF. Those without named graphs hold what was extracted, and nothing that was concluded."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version
from typing import Any, Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.export.linked import readable
from kg.export.rows import Source
from kg.export.sorting import in_order
from kg.rdf import labels, ontology
from kg.rdf import minting as m
from kg.vocabulary import Outside, Property

_DEFAULT: Final = str(ox.DefaultGraph())
_HELD: Final = 5_000  # subjects that are remembered, however many there are
_PIECE: Final = 1 << 16
_LICENCE = "https://opensource.org/license/mit"
_RIGHTS = "What kg adds is under the licence that is named here. The words of articles belong to their publishers."


def turtle(source: Source) -> Iterator[bytes]:
    """Turtle: the bytes of ``graph.ttl``."""
    return readable.written(_Extracted(source), source.store.base)


def ntriples(source: Source) -> Iterator[bytes]:
    """N-Triples, a line a piece: the triples of the Turtle."""
    return _lines(_whole(source))


def owl(source: Source) -> Iterator[bytes]:
    """RDF/XML with the ontology inside, for what follows no import: Protégé and owlready2."""
    with tempfile.TemporaryFile() as file:
        file.writelines(_lines(_whole(source, imports=False)))
        file.seek(0)
        parts = _ontology(quad.triple for quad in ox.parse(file, format=ox.RdfFormat.N_TRIPLES))
        file.seek(0)
        rest = (quad.triple for quad in ox.parse(file, format=ox.RdfFormat.N_TRIPLES))
        yield from serialised(itertools.chain(parts, rest), ox.RdfFormat.RDF_XML)


def trig(source: Source) -> Iterator[bytes]:
    """TriG, with all graphs."""
    return _quads(source, ox.RdfFormat.TRIG)


def nquads(source: Source) -> Iterator[bytes]:
    """N-Quads, a line a piece, with all graphs."""
    order = in_order((str(quad.graph_name), str(quad.triple)) for quad in source.store.quads())
    return (
        f"{triple} .\n".encode() if graph == _DEFAULT else f"{triple} {graph} .\n".encode() for graph, triple in order
    )


def jsonld(source: Source) -> Iterator[bytes]:
    """JSON-LD, with all graphs."""
    return _quads(source, ox.RdfFormat.JSON_LD)


class _Extracted:
    """What was extracted: all graphs but that of conclusions, since without named graphs nobody could tell the two apart.

    What a file says of itself belongs to it, and a label for everything.
    """

    def __init__(self, source: Source, *, imports: bool = True) -> None:
        self._store = source.store
        self._inferred = m.node(source.store.graph_name(v.Graph.INFERRED))
        self._itself = _itself(source).value
        self._own = [*_header(source), *(_import(source) if imports else ())]
        self.of = lru_cache(maxsize=_HELD)(self._of)
        self._named = lru_cache(maxsize=_HELD)(self._name)

    def triples(self) -> Iterator[ox.Triple]:
        yield from self._shown(self._store.quads())
        yield from self._own

    def _of(self, subject: str) -> dict[str, set[readable.Term]]:
        told = self._plain(subject)
        if told and v.LABEL not in told and not subject.startswith("_:"):
            found = _label(subject, told, self._named)
            return {**told, v.LABEL: {found}}
        return told

    def _plain(self, subject: str) -> dict[str, set[readable.Term]]:
        """The same without a label that is made."""
        told: dict[str, set[readable.Term]] = {}
        for quad in self._store.pattern(_node(subject), None, None):
            if quad.graph_name != self._inferred:
                told.setdefault(quad.predicate.value, set()).add(quad.object)
        if subject == self._itself:
            for triple in self._own:
                told.setdefault(triple.predicate.value, set()).add(triple.object)
        return told

    def values(self, subject: str, prop: str) -> Iterator[readable.Term]:
        return (triple.object for triple in self._shown(self._store.pattern(_node(subject), m.node(prop), None)))

    def _name(self, subject: str) -> dict[str, set[readable.Term]]:
        """What a label of something else takes from it."""
        return {prop.value: set(self.values(subject, prop)) for prop in labels.OF_OTHERS}

    def subjects(self, prop: str, value: str) -> Iterator[str]:
        if value.startswith("_:"):
            return
        if any(triple.predicate.value == prop and triple.object == m.node(value) for triple in self._own):
            yield self._itself
        for triple in self._shown(self._store.pattern(None, m.node(prop), m.node(value))):
            yield triple.subject.value if isinstance(triple.subject, ox.NamedNode) else str(triple.subject)

    def _shown(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
        return (quad.triple for quad in quads if quad.graph_name != self._inferred)


def _node(subject: str) -> Any:
    return ox.BlankNode(subject[2:]) if subject.startswith("_:") else m.node(subject)


def _whole(source: Source, *, imports: bool = True) -> Iterator[ox.Triple]:
    """All triples, those of the labels too, some more than once."""
    told = _Extracted(source, imports=imports)
    before = None
    for triple in told.triples():
        yield triple
        if triple.subject != before and isinstance(triple.subject, ox.NamedNode):
            before = triple.subject
            for label in told.of(triple.subject.value)[v.LABEL]:
                yield ox.Triple(triple.subject, m.node(v.LABEL), label)


def _lines(triples: Iterable[ox.Triple]) -> Iterator[bytes]:
    return (f"{line} .\n".encode() for line in in_order(str(triple) for triple in triples))


def _quads(source: Source, format: ox.RdfFormat) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as file:
        file.writelines(nquads(source))
        file.seek(0)
        yield from serialised(ox.parse(file, format=ox.RdfFormat.N_QUADS), format)


def serialised(
    found: Iterable[ox.Triple] | Iterable[ox.Quad], format: ox.RdfFormat, prefixes: Mapping[str, str] = v.PREFIXES
) -> Iterator[bytes]:
    """What is given in a syntax, by way of a file: the engine writes into one."""
    with tempfile.TemporaryFile() as file:
        ox.serialize(found, output=file, format=format, prefixes=dict(prefixes))
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


# ── what a file says of itself ────────────────────────────────────────────────────────────────────────────────────


def _itself(source: Source) -> ox.NamedNode:
    return m.node(f"{source.store.base}graph")


def _header(source: Source) -> Iterator[ox.Triple]:
    """Title, maker, licence, and the day of the newest article: nothing that a clock says."""
    newest, titles = "", set()
    inferred = source.store.graph_name(v.Graph.INFERRED)
    for prop in (Property.LATEST, Property.TITLE):
        for quad in source.store.pattern(None, m.node(prop), None):
            if not isinstance(quad.object, ox.Literal) or not _is_article(quad.subject):
                continue
            if getattr(quad.graph_name, "value", "") == inferred:
                continue
            if prop == Property.LATEST:
                newest = max(newest, quad.object.value)
            else:
                titles.add((str(quad.subject), quad.object.value))
    title = (
        f"Who said what in “{next(iter(titles))[1]}”"
        if len(titles) == 1
        else f"Who said what in {len(titles)} articles"
    )
    told: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (v.TYPE, m.node(v.OWL + "Ontology")),
        (v.LABEL, m.string(title)),
        (Property.TITLE, m.string(title)),
        (v.DCTERMS + "creator", m.string(f"kg {version('kg-said')}")),
        (v.DCTERMS + "license", m.node(_LICENCE)),
        (v.DCTERMS + "rights", m.string(_RIGHTS)),
        (Outside.CONFORMS_TO, m.node(v.version_iri())),
    ]
    if newest:
        told.append((v.DCTERMS + "modified", m.instant(newest)))
    yield from (ox.Triple(_itself(source), m.node(prop), value) for prop, value in told)


def _is_article(term: object) -> bool:
    return m.local(str(getattr(term, "value", ""))).count("/") == 1 and "/article/" in str(getattr(term, "value", ""))


def _import(source: Source) -> Iterator[ox.Triple]:
    for iri in (v.ONTOLOGY, v.DETAIL):
        yield ox.Triple(_itself(source), m.node(v.OWL + "imports"), m.node(iri))


def _label(
    subject: str, told: Mapping[str, set[readable.Term]], look: Callable[[str], Mapping[str, set[readable.Term]]]
) -> ox.NamedNode | ox.Literal:
    """A label for what the store gives none: what tells of it, the words of evidence, a name, the end of an IRI."""
    of = _plainly(told)
    found = labels.of(of, lambda iri: _plainly(look(iri)))
    if found is None:
        words = next((value.value for p in (Outside.EXACT, Property.NAME) for value in of.get(p, ())), "")
        found = m.string(words if Property.NAME in of and words else _short(words or _end(subject)))
    return found


def _plainly(told: Mapping[str, set[readable.Term]]) -> dict[str, list[ox.NamedNode | ox.Literal]]:
    return {
        prop: sorted((value for value in values if isinstance(value, ox.NamedNode | ox.Literal)), key=str)
        for prop, values in told.items()
    }


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:40].rsplit(' ', 1)[0]} …"


def _end(iri: str) -> str:
    return " ".join(iri.rstrip("/").rsplit("/", 2)[-2:])


def _ontology(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """The ontology without its headers, and of events and units those that ``triples`` use; its unnamed nodes numbered."""
    used = set()
    for triple in triples:
        used.add(getattr(triple.subject, "value", ""))  # events above those
        if triple.predicate.value.startswith(v.KG):
            used.add(getattr(triple.object, "value", ""))
        used = {iri for iri in used if iri.startswith(v.KG)} if len(used) > _HELD else used
    number: dict[str, ox.BlankNode] = {}

    def named(term: object) -> object:
        if isinstance(term, ox.BlankNode):
            return number.setdefault(term.value, ox.BlankNode(f"b{len(number)}"))
        return term

    out = []
    for t in ontology.whole():
        subject = getattr(t.subject, "value", "")
        if subject in (v.ONTOLOGY, v.DETAIL):
            continue
        if (
            subject.startswith((f"{v.KG}event-", f"{v.KG}unit-"))
            and subject not in used
            and not subject.endswith("-scheme")
        ):
            continue
        out.append(ox.Triple(named(t.subject), t.predicate, named(t.object)))  # type: ignore[arg-type]
    return out
