"""Turtle to read: a header, short names that say what they are, and sections from the actors down to the evidence."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Protocol

import pyoxigraph as ox

from kg import vocabulary as v
from kg.export.sorting import in_order
from kg.rdf import minting
from kg.vocabulary import Outside, Property

_Place = tuple[int, str, int, str, bool, str, int, str]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_ARTICLE: Final = "article/"

# The sections in their order, each with the kinds of things that stand there, in their order.
_SECTIONS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("", ("graph",)),
    ("Articles", ("article",)),
    ("Entities: who and what is spoken of", ("entity",)),
    ("Offices held", ("office",)),
    ("Statements, each with its figures", ("statement", "figure")),
    ("Affairs: articles about one matter", ("affair",)),
    ("Comparisons of figures and statements", ("comparison",)),
    ("Events: what is told with which words", ("event",)),
    ("Evidence: the characters that show it", ("evidence",)),
    ("References: who is meant in each article, and in which words", ("reference",)),
    ("Judgements on who is the same", ("judgement",)),
    ("What persons corrected of what was read", ("correction", "person")),
    ("How this was made", ("origin",)),
    ("Other things", ("other",)),
    ("The texts", ("text",)),
)
_PLACE: Final = {kind: number for number, (_, kinds) in enumerate(_SECTIONS) for kind in kinds}
_ORIGIN: Final = frozenset({"extraction", "extractor", "inference", "reasoner", "graph", "article-graph"})

# Where these stand in a block; whatever is not named comes after them, in the order of its IRI.
_ORDER: Final = {
    iri: number
    for number, iri in enumerate(
        dict.fromkeys(
            (
                v.TYPE, v.LABEL, Property.NAME.value, Property.ALIAS.value, Property.ENTITY_TYPE.value,
                *(p.value for p in (
                    Property.SPEAKER, Property.SPEAKER_OFFICE, Property.ON_BEHALF_OF, Property.RECIPIENT, Property.CUE, Property.CONTENT,
                    Property.STANCE, Property.KIND, Property.CERTAINTY, Property.NEGATED, Property.WORDING, Property.VALUE,
                    Property.COMPARATOR, Property.LOW, Property.HIGH, Property.UNIT, Property.UNIT_TYPE, Property.POPULATION, Property.EVENT,
                    Property.EVENT_TYPE, Property.PLACE, Property.SAID_ON, Property.EARLIEST, Property.LATEST, Property.DATING,
                )),
                *(p.value for p in (*Property, *Outside)),
            )
        )
    )
}  # fmt: skip
_LAST: Final = len(_ORDER)

# A name that may stand behind a prefix once its slashes and commas are escaped.
_LOCAL: Final = re.compile(
    r"(?:[A-Za-z0-9_/]|%[0-9A-Fa-f]{2})(?:(?:[A-Za-z0-9_./,-]|%[0-9A-Fa-f]{2})*(?:[A-Za-z0-9_/-]|%[0-9A-Fa-f]{2}))?"
)
_SIGNS: Final = re.compile("[/,]")
_ESCAPE: Final = r"\\\g<0>"
_CHARACTERS: Final = "#char="
_KIND: Final = re.compile(r"[a-z]+(?:-[a-z]+)*")

MANY: Final = 50
"""Up to so many articles have a prefix for each kind of thing that is in them."""

_EVIDENCE: Final = Property.EVIDENCE.value
_FIGURE: Final = Property.FIGURE.value
_TEXT: Final = Property.TEXT.value
_HELD: Final = 50_000  # IRIs that are remembered, however many there are
_SPAN: Final = re.compile(r"(?:#char=|[/-])([0-9]{1,18})[,-][0-9]+$")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED: Final = re.compile(r'[\\"\n\r\t]')
_INTEGER: Final = re.compile(r"[+-]?[0-9]+")
_DECIMAL: Final = re.compile(r"[+-]?[0-9]*\.[0-9]+")


class _Names:
    """How IRIs are written: with a prefix of the vocabularies, of a kind of thing, or of a kind of thing of one article.

    The articles are numbered in the order of their IRIs where there is more than one. Where there are many, an article has one
    prefix for itself and all that is in it: a page of prefixes helps nobody.
    """

    def __init__(self, base: str) -> None:
        self._base = base
        self._many = False
        self._homes: set[str] = set()
        self._spaces: dict[bool, dict[str, bool]] = {
            False: {},
            True: {},
        }  # by whether there are many articles; a name that fits
        self._seen: set[str] = set()
        self._of: dict[str, str] = {}
        self._vocabularies = {space: prefix for prefix, space in v.PREFIXES.items()}
        self._known: dict[str, str] = {}
        self._used: dict[str, str] = {}

    def see(self, iri: str) -> None:
        """An IRI that is going to be written; all are seen before the first is."""
        if iri in self._seen:
            return
        if len(self._seen) >= _HELD:
            self._seen.clear()
        self._seen.add(iri)
        if home := _home(iri, self._base):
            self._homes.add(home)
        for many in (False, True):
            space = self._space(iri, many)
            if space is None:
                space = iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
                if (prefix := self._vocabularies.get(space)) and _fits(iri[len(space) :]):
                    self._used[prefix] = space
                return
            if many or len(self._homes) <= MANY:
                of = self._spaces[many]
                of[space] = of.get(space, False) or _fits(iri[len(space) :])

    def settle(self) -> None:
        """Choose the prefixes, now that all is seen."""
        homes = sorted(self._homes)
        self._many = len(homes) > MANY
        number = {home: str(n) if len(homes) > 1 else "" for n, home in enumerate(homes, 1)}
        taken = set(v.PREFIXES)
        spaces = self._spaces[self._many]
        for space in sorted(spaces):
            home, kind = space.removesuffix(_CHARACTERS), "chars" if space.endswith(_CHARACTERS) else "article"
            if space.endswith("/"):
                home, kind, _ = space.rsplit("/", 2)
            prefix = kind + number.get(home, "")
            if _KIND.fullmatch(kind) and prefix not in taken:
                taken.add(prefix)
                self._of[space] = prefix
                if spaces[space]:
                    self._used[prefix] = space
        self._spaces, self._seen = {}, set()

    def _space(self, iri: str, many: bool) -> str | None:
        """The namespace of a thing of a graph: up to its kind, for things of an article up to their kind in it, and for an
        article its own IRI.
        """
        if iri.startswith(v.COUNTRIES):
            return v.COUNTRIES
        if not iri.startswith(self._base) or iri.startswith(v.ONTOLOGY):
            return None
        parts = iri[len(self._base) :].split("/")
        if len(parts) < 2:
            return None
        if home := _home(iri, self._base):
            if iri.startswith(home + _CHARACTERS):
                return home + _CHARACTERS
            return f"{home}/{parts[2]}/" if len(parts) > 3 and not many else home
        return f"{self._base}{parts[0]}/"

    def of(self, iri: str) -> str:
        found = self._known.get(iri)
        if found is None:
            if len(self._known) >= _HELD:
                self._known.clear()
            found = self._known[iri] = self._written(iri)
        return found

    def _written(self, iri: str) -> str:
        space = self._space(iri, self._many)
        if space is not None:
            prefix = self._of.get(space)
        else:
            space = iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
            prefix = self._vocabularies.get(space)
        local = iri[len(space) :]
        if prefix is None or not _fits(local):
            return f"<{iri}>"
        return f"{prefix}:{_SIGNS.sub(_ESCAPE, local)}"

    def prefixes(self) -> str:
        """The declarations of the prefixes that are used: vocabularies, kinds of things, things of articles."""

        def key(prefix: str) -> tuple[bool, bool, str, int]:
            space = self._used[prefix]
            letters = prefix.rstrip("0123456789")
            own = prefix not in v.PREFIXES
            number = int(prefix[len(letters) :] or 0)
            return own, bool(_home(space, self._base)), "" if own else prefix, number

        order = sorted(self._used, key=lambda prefix: (*key(prefix), prefix))
        return "".join(f"@prefix {prefix}: <{self._used[prefix]}> .\n" for prefix in order)


def _fits(local: str) -> bool:
    return not local or _LOCAL.fullmatch(local) is not None


def _home(iri: str, base: str) -> str:
    """The IRI of the article that something belongs to; empty where it belongs to none."""
    articles = base + _ARTICLE
    return articles + re.split("[/#]", iri[len(articles) :], maxsplit=1)[0] if iri.startswith(articles) else ""


def _kind(iri: str, base: str) -> str:
    """The kind of thing that a subject is, as a section has it."""
    if iri.startswith(v.KG):
        return "event"
    if iri.startswith(v.COUNTRIES):
        return "entity"
    parts = iri[len(base) :].split("/") if iri.startswith(base) else [""]
    if minting.span(iri) is not None:
        return "evidence"
    if parts[0] in _ORIGIN:
        return "origin"
    kind = parts[2] if parts[0] == "article" and len(parts) > 2 else parts[0]
    return kind if kind in _PLACE else "other"


class Told(Protocol):
    """A graph that is asked subject by subject, which need not be in memory. Subjects are IRIs, or ``_:`` and a label."""

    def triples(self) -> Iterable[ox.Triple]:
        """All triples; those of a subject stand together, but for what another graph tells of it."""

    def of(self, subject: str) -> Mapping[str, set[Term]]:
        """What is told of a subject, by property, with its label."""

    def values(self, subject: str, prop: str) -> Iterable[Term]:
        """What a subject has as ``prop``."""

    def subjects(self, prop: str, value: str) -> Iterable[str]:
        """Which subjects have this IRI as ``prop``."""


class _Held:
    """A graph in memory."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._triples = list(triples)
        self._told: dict[str, dict[str, set[Term]]] = {}
        self._having: dict[tuple[str, str], list[str]] = {}
        for triple in self._triples:
            self._told.setdefault(_key(triple.subject), {}).setdefault(triple.predicate.value, set()).add(triple.object)
            if isinstance(triple.object, ox.NamedNode):
                pair = (triple.predicate.value, triple.object.value)
                self._having.setdefault(pair, []).append(_key(triple.subject))

    def triples(self) -> Iterable[ox.Triple]:
        return sorted(self._triples, key=lambda triple: str(triple.subject))

    def of(self, subject: str) -> Mapping[str, set[Term]]:
        return self._told.get(subject, {})

    def values(self, subject: str, prop: str) -> Iterable[Term]:
        return self.of(subject).get(prop, ())

    def subjects(self, prop: str, value: str) -> Iterable[str]:
        return self._having.get((prop, value), ())


def write(triples: Iterable[ox.Triple], base: str = v.DATA) -> bytes:
    """``triples`` of a store with this base as Turtle, the same bytes for the same triples in any order."""
    return b"".join(written(_Held(triples), base))


def written(told: Told, base: str = v.DATA) -> Iterator[bytes]:
    """A graph as Turtle, piece by piece and the same bytes for the same graph: in memory is one subject at a time."""
    names = _Names(base)
    order = in_order(_places(told, names, base))
    first = next(order, None)  # which is there when all was seen
    names.settle()
    yield names.prefixes().encode()
    section = ""
    for place, *_, subject in () if first is None else itertools.chain([first], order):
        title = _SECTIONS[place][0]
        if title != section or place == 0:
            yield (f"\n# {title}\n\n" if title else "\n").encode()
            section = title
        properties = told.of(subject)
        if place == _PLACE["text"]:
            properties = {Property.TEXT.value: properties[Property.TEXT.value]}
        yield _block(subject, properties, names, whole=place == _PLACE["text"]).encode()


def _places(told: Told, names: _Names, base: str) -> Iterator[_Place]:
    """Where each subject stands, some more than once; the names learn what is going to be written."""
    ontologies = set(told.subjects(v.TYPE, v.OWL + "Ontology"))
    for node, triples in itertools.groupby(told.triples(), key=lambda triple: triple.subject):
        subject = _key(node)
        if isinstance(node, ox.NamedNode):
            names.see(subject)
        shown: list[str] = []
        text = False
        for triple in triples:
            prop = triple.predicate.value
            names.see(prop)
            if isinstance(triple.object, ox.NamedNode):
                names.see(triple.object.value)
            elif isinstance(triple.object, ox.Literal):
                names.see(triple.object.datatype.value)
            if prop == _EVIDENCE:
                shown.append(_key(triple.object))
            text = text or prop == _TEXT
        kind = "graph" if subject in ontologies else _kind(subject, base)
        behind = min(told.subjects(_FIGURE, subject), default=subject)
        own = _at(subject, shown, told, base)
        at = (*(own if behind == subject else _at(behind, (), told, base)), behind != subject, *own)
        yield _PLACE[kind], *at
        if kind == "article" and text:
            yield _PLACE["text"], *at


def _at(subject: str, shown: Iterable[str], told: Told, base: str) -> tuple[str, int, str]:
    """Where something stands in its section: by article, by the place in the text, by IRI. ``shown`` is its evidence, where
    that is at hand.
    """
    home = _home(subject, base)
    if home:
        first = min(shown, default="") or min(map(_key, told.values(subject, _EVIDENCE)), default=subject)
    found = _SPAN.search(first) if home else None
    return home, int(found[1]) if found else 0, subject


def _block(subject: str, properties: Mapping[str, set[Term]], names: _Names, *, whole: bool = False) -> str:
    """What is told of one subject; the text of an article has a block of its own, which is ``whole``."""
    lines = []
    for prop in sorted(properties, key=lambda p: (_ORDER.get(p, _LAST), p)):
        if prop == Property.TEXT and not whole:
            continue
        name = "a" if prop == v.TYPE else names.of(prop)
        lines.append(f"{name} {' , '.join(sorted(_written(term, names) for term in properties[prop]))}")
    return f"{_subject(subject, names)} {_joined(lines)} .\n" if lines else ""


def _joined(lines: list[str]) -> str:
    """The parts of a block, on as few lines as they fit on."""
    out, line = [], ""
    for part in lines:
        if line and len(line) + len(part) > _WIDTH:
            out.append(line)
            line = part
        else:
            line = f"{line} ; {part}" if line else part
    return " ;\n\t".join([*out, line])


_WIDTH: Final = 120


def _subject(subject: str, names: _Names) -> str:
    return subject if subject.startswith("_:") else names.of(subject)


def _key(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _written(term: Term, names: _Names) -> str:
    if isinstance(term, ox.NamedNode):
        return names.of(term.value)
    if not isinstance(term, ox.Literal):
        return str(term)
    text = f'"{_ESCAPED.sub(lambda match: _ESCAPES[match[0]], term.value)}"'
    if term.language:
        return f"{text}@{term.language}"
    datatype = term.datatype.value
    if datatype == v.XSD + "string":
        return text
    if datatype == v.XSD + "boolean" and term.value in ("true", "false"):
        return term.value
    if datatype == v.XSD + "integer" and _INTEGER.fullmatch(term.value):
        return term.value
    if datatype == v.XSD + "decimal" and _DECIMAL.fullmatch(term.value):
        return term.value
    return f"{text}^^{names.of(datatype)}"


__all__ = ["Told", "write", "written"]
