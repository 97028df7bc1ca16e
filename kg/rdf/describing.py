"""What a node of the graph is, in the words that a reader knows: a name, the words of a statement, a title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol

from kg import vocabulary as v
from kg.rdf import minting
from kg.rdf.ontology import label
from kg.vocabulary import Class, Outside, Property

LONGEST: Final = 80
"""So many characters of a text are shown."""

# What kind of thing a node is called, and by which property it is told from others; the first that is there.
_WORDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("article", (Property.TITLE,)),
    ("statement", (Property.CONTENT, Property.CUE)),
    ("figure", (Property.WORDING,)),
    ("office held", (Property.ROLE_TITLE,)),
    ("reference", (Property.NAME,)),
)
_KINDS: Final = {
    Class.ARTICLE: "article", Class.STATEMENT: "statement", Class.FIGURE: "figure", Class.OFFICE_HELD: "office held",
    Class.REFERENCE: "reference", Class.COMPARISON: "comparison", Class.AFFAIR: "affair",
    Class.JUDGEMENT: "judgement", Class.CORRECTION: "correction", Class.EXTRACTION: "extraction", Class.INFERENCE: "inference",
}  # fmt: skip
_PART: Final = {"statement": "statement", "figure": "figure", "office": "office held", "reference": "reference"}


class Asked(Protocol):
    """A store that tells what a thing has as a property."""

    @property
    def base(self) -> str: ...

    def objects(self, subject: str, prop: str) -> Sequence[Any]: ...


def article_of(iri: str) -> str:
    """The id of the article that a node belongs to; empty where it belongs to none.

    >>> article_of("https://w3id.org/kg-said/article/2016-05-03-port/statement/ab12")
    '2016-05-03-port'
    """
    return minting.article_id(iri)


class Words:
    """Describes the nodes of one store. Each node is looked up when it is asked for, and once."""

    def __init__(self, store: Asked) -> None:
        self._store = store
        self._known: dict[str, tuple[str, str]] = {}

    def title(self, article: str) -> str:
        """The title of an article by its id, or the id where it has none."""
        return self._value(minting.article(article, self._store.base).value, Property.TITLE) or article

    def kind(self, iri: str) -> str:
        """What a node is: “statement”, “office held”, “person”; “thing” where nothing tells."""
        return self._look(iri)[0]

    def words(self, iri: str) -> str:
        """The words by which a node is told from others: a name, a content; empty where it has none."""
        return self._look(iri)[1]

    def phrase(self, iri: str) -> str:
        """A node in a sentence: the statement “that more than 40 boats were lost”."""
        if iri.startswith(v.KG):
            return f"“{label(iri)}”"
        kind, words = self._look(iri)
        return f"the {kind} “{short(words)}”" if words else f"the {kind} {iri.removeprefix(self._store.base)}"

    def _look(self, iri: str) -> tuple[str, str]:
        if iri not in self._known:
            self._known[iri] = self._find(iri)
        return self._known[iri]

    def _find(self, iri: str) -> tuple[str, str]:
        types = self._values(iri, v.TYPE)
        kind = next((name for cls, name in _KINDS.items() if cls.value in types), "")
        kind = "evidence" if not kind and minting.span(iri) is not None else kind
        if not kind:
            own = sorted(t for t in types if t.startswith(v.KG))
            parts = iri.split("/")
            kind = next((_PART[p] for p in reversed(parts) if p in _PART), "") if article_of(iri) else ""
            finer = self._value(iri, Property.ENTITY_TYPE)
            kind = kind or (label(finer) if finer else label(own[0]) if own else "thing")
        for name, properties in _WORDS:
            if kind == name:
                found = next((text for p in properties if (text := self._value(iri, p))), "")
                return kind, found
        if kind == "evidence":
            return kind, self._characters(iri)
        if kind == "correction":
            return kind, self._value(iri, Property.NEW_VALUE) or self._value(iri, Property.REASON)
        if kind in ("comparison", "judgement"):
            return kind, self._value(iri, Property.REASON)
        return kind, self._value(iri, Property.NAME) or self._value(iri, v.LABEL)

    def _characters(self, iri: str) -> str:
        at = minting.span(iri)
        exact = self._value(iri, Outside.EXACT)
        if exact or at is None:
            return exact
        text = self._value(minting.article(article_of(iri), self._store.base).value, Property.TEXT)
        return text[at.start : at.end]

    def _value(self, iri: str, prop: str) -> str:
        return next(iter(self._values(iri, prop)), "")

    def _values(self, iri: str, prop: str) -> list[str]:
        return [str(getattr(term, "value", term)) for term in self._store.objects(iri, str(prop))]


def short(text: str) -> str:
    """``text`` on one line and not longer than ``LONGEST``."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rsplit(" ", 1)[0] + " …"


def an(noun: str) -> str:
    """A noun with its indefinite article, by its first letter.

    >>> an("office held"), an("person")
    ('an office held', 'a person')
    """
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"
