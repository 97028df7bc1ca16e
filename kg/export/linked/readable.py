"""Turtle to read: a header, short names that say what they are, and sections from the actors down to the evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.rdf import minting
from kg.vocabulary import Outside, Property

_Place = tuple[str, int, str, bool, str, int, str]
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

    def __init__(self, iris: Iterable[str], base: str) -> None:
        known = sorted(set(iris))
        self._base = base
        homes = sorted({home for iri in known if (home := _home(iri, base))})
        self._many = len(homes) > MANY
        number = {home: str(n) if len(homes) > 1 else "" for n, home in enumerate(homes, 1)}
        self._of: dict[str, str] = {}
        taken = set(v.PREFIXES)
        for space in sorted({space for iri in known if (space := self._space(iri))}):
            home, kind = space.removesuffix(_CHARACTERS), "chars" if space.endswith(_CHARACTERS) else "article"
            if space.endswith("/"):
                home, kind, _ = space.rsplit("/", 2)
            prefix = kind + number.get(home, "")
            if _KIND.fullmatch(kind) and prefix not in taken:
                taken.add(prefix)
                self._of[space] = prefix
        self._vocabularies = {space: prefix for prefix, space in v.PREFIXES.items()}
        self._known: dict[str, str] = {}
        self._used: dict[str, str] = {}
        for iri in known:
            self.of(iri)

    def _space(self, iri: str) -> str | None:
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
            return f"{home}/{parts[2]}/" if len(parts) > 3 and not self._many else home
        return f"{self._base}{parts[0]}/"

    def of(self, iri: str) -> str:
        if iri not in self._known:
            self._known[iri] = self._written(iri)
        return self._known[iri]

    def _written(self, iri: str) -> str:
        space = self._space(iri)
        if space is not None:
            prefix = self._of.get(space)
        else:
            space = iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
            prefix = self._vocabularies.get(space)
        local = iri[len(space) :]
        if prefix is None or (local and not _LOCAL.fullmatch(local)):
            return f"<{iri}>"
        self._used[prefix] = space
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


def _home(iri: str, base: str) -> str:
    """The IRI of the article that something belongs to; empty where it belongs to none."""
    articles = base + _ARTICLE
    return articles + re.split("[/#]", iri[len(articles) :], maxsplit=1)[0] if iri.startswith(articles) else ""


def _kind(iri: str, types: Iterable[str], base: str) -> str:
    """The kind of thing that a subject is, as a section has it."""
    if v.OWL + "Ontology" in types:
        return "graph"
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


def write(triples: Iterable[ox.Triple], base: str = v.DATA) -> bytes:
    """``triples`` of a store with this base as Turtle, the same bytes for the same triples in any order."""
    told: dict[str, dict[str, set[Term]]] = {}
    iris: set[str] = set()
    for triple in triples:
        subject = _key(triple.subject)
        told.setdefault(subject, {}).setdefault(triple.predicate.value, set()).add(triple.object)
        iris.add(triple.predicate.value)
        for term in (triple.subject, triple.object):
            if isinstance(term, ox.NamedNode):
                iris.add(term.value)
            elif isinstance(term, ox.Literal):
                iris.add(term.datatype.value)
    names = _Names(iris, base)
    sections: dict[int, list[tuple[_Place, str]]] = {}
    figures = _figures(told)
    for subject, properties in told.items():
        kind = _kind(subject, {_key(t) for t in properties.get(v.TYPE, ())}, base)
        place = _PLACE[kind]
        behind = figures.get(subject, subject)
        at = (*_at(behind, told.get(behind, {}), base), behind != subject, *_at(subject, properties, base))
        sections.setdefault(place, []).append((at, _block(subject, properties, names)))
        if kind == "article" and (text := properties.get(Property.TEXT.value)):
            body = _block(subject, {Property.TEXT.value: text}, names, whole=True)
            sections.setdefault(_PLACE["text"], []).append((at, body))
    out = [names.prefixes()]
    for place in sorted(sections):
        title = _SECTIONS[place][0]
        out.append(f"\n# {title}\n\n" if title else "\n")
        out += [block for _, block in sorted(sections[place], key=lambda pair: pair[0])]
    return "".join(out).encode()


def _at(subject: str, properties: Mapping[str, set[Term]], base: str) -> tuple[str, int, str]:
    """Where something stands in its section: by article, by the place in the text, by IRI."""
    home = _home(subject, base)
    shown = min((_key(term) for term in properties.get(Property.EVIDENCE.value, ())), default=subject) if home else ""
    found = _SPAN.search(shown)
    return home, int(found[1]) if found else 0, subject


def _figures(told: Mapping[str, Mapping[str, set[Term]]]) -> dict[str, str]:
    """The statement behind which each figure stands: the first that gives it."""
    found: dict[str, str] = {}
    for subject in sorted(told):
        for figure in told[subject].get(Property.FIGURE.value, ()):
            found.setdefault(_key(figure), subject)
    return found


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


__all__ = ["write"]
