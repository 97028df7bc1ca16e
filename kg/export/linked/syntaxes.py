"""The graph in the syntaxes of RDF. Those without named graphs hold what was extracted, and nothing that was concluded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import version

import pyoxigraph as ox

from kg import vocabulary as v
from kg.export.linked import readable
from kg.export.rows import Source
from kg.rdf import labels, ontology
from kg.rdf import minting as m
from kg.vocabulary import Outside, Property

_LICENCE = "https://opensource.org/license/mit"
_RIGHTS = "What kg adds is under the licence that is named here. The words of articles belong to their publishers."


def turtle(source: Source) -> bytes:
    """Turtle: the bytes of ``graph.ttl``."""
    triples = _extracted(source)
    return readable.write([*triples, *_header(source, triples), *_import(source), *_labels(triples)], source.store.base)


def ntriples(source: Source) -> bytes:
    """N-Triples: the triples of the Turtle."""
    triples = _extracted(source)
    whole = sorted({*triples, *_header(source, triples), *_import(source), *_labels(triples)}, key=str)
    return ox.serialize(whole, format=ox.RdfFormat.N_TRIPLES) or b""


def owl(source: Source) -> bytes:
    """RDF/XML with the ontology inside, for what follows no import: Protégé and owlready2."""
    triples = _extracted(source)
    whole = sorted({*triples, *_header(source, triples), *_labels(triples)}, key=str)
    return ox.serialize([*_ontology(whole), *whole], format=ox.RdfFormat.RDF_XML, prefixes=v.PREFIXES) or b""


def trig(source: Source) -> bytes:
    """TriG, with all graphs."""
    return _quads(source, ox.RdfFormat.TRIG)


def nquads(source: Source) -> bytes:
    """N-Quads, with all graphs."""
    return _quads(source, ox.RdfFormat.N_QUADS)


def jsonld(source: Source) -> bytes:
    """JSON-LD, with all graphs."""
    return _quads(source, ox.RdfFormat.JSON_LD)


def _extracted(source: Source) -> set[ox.Triple]:
    inferred = source.store.graph_name(v.Graph.INFERRED)
    # Without named graphs nobody could tell what was concluded from what was extracted.
    return {q.triple for q in source.store.quads() if getattr(q.graph_name, "value", "") != inferred}


def _quads(source: Source, format: ox.RdfFormat) -> bytes:
    quads = sorted(source.store.quads(), key=lambda q: (str(q.graph_name), str(q)))
    return ox.serialize(quads, format=format, prefixes=v.PREFIXES) or b""


# ── what a file says of itself ────────────────────────────────────────────────────────────────────────────────────


def _itself(source: Source) -> ox.NamedNode:
    return m.node(f"{source.store.base}graph")


def _header(source: Source, triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Title, maker, licence, and the day of the newest article: nothing that a clock says."""
    dates, titles = [], []
    for triple in triples:
        if not isinstance(triple.object, ox.Literal) or not _is_article(triple.subject):
            continue
        if triple.predicate.value == Property.LATEST:
            dates.append(triple.object.value)
        elif triple.predicate.value == Property.TITLE:
            titles.append(triple.object.value)
    title = f"Who said what in “{titles[0]}”" if len(titles) == 1 else f"Who said what in {len(titles)} articles"
    told: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (v.TYPE, m.node(v.OWL + "Ontology")),
        (v.LABEL, m.string(title)),
        (Property.TITLE, m.string(title)),
        (v.DCTERMS + "creator", m.string(f"kg {version('kg-said')}")),
        (v.DCTERMS + "license", m.node(_LICENCE)),
        (v.DCTERMS + "rights", m.string(_RIGHTS)),
        (Outside.CONFORMS_TO, m.node(v.version_iri())),
    ]
    if dates:
        told.append((v.DCTERMS + "modified", m.instant(max(dates))))
    yield from (ox.Triple(_itself(source), m.node(prop), value) for prop, value in told)


def _is_article(term: object) -> bool:
    return m.local(str(getattr(term, "value", ""))).count("/") == 1 and "/article/" in str(getattr(term, "value", ""))


def _import(source: Source) -> Iterator[ox.Triple]:
    for iri in (v.ONTOLOGY, v.DETAIL):
        yield ox.Triple(_itself(source), m.node(v.OWL + "imports"), m.node(iri))


def _labels(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """A label for what the store gives none: what tells of it, the words of evidence, a name, the end of an IRI."""
    told: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
            told.setdefault(triple.subject.value, {}).setdefault(triple.predicate.value, []).append(triple.object)
    for subject, of in told.items():
        if v.LABEL in of:
            continue
        found = labels.of(of, lambda iri: told.get(iri, {}))
        if found is None:
            words = next(
                (value.value for p in (Outside.EXACT, Property.NAME) for value in sorted(of.get(p, ()), key=str)), ""
            )
            found = m.string(words if Property.NAME in of and words else _short(words or _end(subject)))
        yield ox.Triple(m.node(subject), m.node(v.LABEL), found)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:40].rsplit(' ', 1)[0]} …"


def _end(iri: str) -> str:
    return " ".join(iri.rstrip("/").rsplit("/", 2)[-2:])


def _ontology(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """The ontology without its headers, and of events and units those that ``triples`` use; its unnamed nodes numbered."""
    used = {getattr(t.object, "value", "") for t in triples if t.predicate.value.startswith(v.KG)}
    used |= {getattr(t.subject, "value", "") for t in triples}  # events above those
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
