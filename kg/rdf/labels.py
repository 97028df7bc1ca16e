"""What a thing is called where only its label is shown: by Protégé, by a browser of triples, by who reads the Turtle.

A store holds no labels: they follow from what it tells, and an export for such readers writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from kg import vocabulary as v
from kg.rdf import minting as m
from kg.rdf.ontology import label as word
from kg.vocabulary import Class, Property

_MOST = 60
Told = Mapping[str, Sequence[NamedNode | Literal]]
"""The values of a thing by property."""
OF_OTHERS = (Property.NAME, Property.WORDING)
"""What a label takes from another thing: who need not hold everything looks up no more than that."""


def of(told: Told, look: Callable[[str], Told]) -> Literal | None:
    """The label of a thing by what is told of it; ``look`` gives what is told of another. ``None`` where nothing names it.

    A statement is “Ana Tormes: more than 40 boats were lost”, an office “Ana Tormes: former minister of ports, Freedonia”, a
    figure “more than 40 boats (lose)”, a comparison or a judgement its verdict and on whom or why.
    """
    kinds = {value.value for value in told.get(v.TYPE, ())}
    for kind, words in _WORDS.items():
        if kind in kinds and (found := words(told, look)):
            like = next((x for p in _OWN_WORDS for x in told.get(p, ()) if isinstance(x, Literal)), None)
            return m.words(found, like.language if like is not None else None)
    return None


def _statement(told: Told, look: Callable[[str], Told]) -> str:
    who = _name(told, Property.SPEAKER_REFERENCE, look)
    author = _value(told, Property.KIND).endswith("-author")
    return f"{who or ('The article' if author else 'Somebody')}: {_cut(_value(told, Property.CONTENT))}"


def _office(told: Told, look: Callable[[str], Told]) -> str:
    tense = _value(told, Property.TENSE).rpartition("-")[2]
    body = _name(told, Property.OFFICE_IN_REFERENCE, look)
    title = _value(told, Property.ROLE_TITLE)
    when = "" if tense == "current" else f"{tense} "
    return f"{_name(told, Property.HOLDER_REFERENCE, look)}: {when}{title}{', ' if body else ''}{body}"


def _figure(told: Told, look: Callable[[str], Told]) -> str:
    wording, counted = _value(told, Property.WORDING), _value(told, Property.POPULATION)
    event = _value(told, Property.EVENT)
    shown = "" if counted.lower() in wording.lower() else f" {counted}"
    return f"{_cut(wording + shown)}{f' ({event})' if event else ''}"


def _comparison(told: Told, look: Callable[[str], Told]) -> str:
    return f"{word(_value(told, Property.VERDICT))}: {_cut(_value(told, Property.REASON))}"


def _judgement(told: Told, look: Callable[[str], Told]) -> str:
    sides = [look(iri) for side in (Property.LEFT, Property.RIGHT) if (iri := _value(told, side))]
    names = [_value(side, Property.NAME) or _value(side, Property.WORDING) for side in sides]
    return f"{word(_value(told, Property.IDENTITY_VERDICT))}: {', '.join(name for name in names if name)}"


def _article(told: Told, look: Callable[[str], Told]) -> str:
    return _value(told, Property.TITLE)


def _named(told: Told, look: Callable[[str], Told]) -> str:
    return _value(told, Property.NAME)


_WORDS: Mapping[str, Callable[[Told, Callable[[str], Told]], str]] = {
    Class.STATEMENT: _statement, Class.OFFICE_HELD: _office, Class.FIGURE: _figure, Class.COMPARISON: _comparison,
    Class.JUDGEMENT: _judgement, Class.ARTICLE: _article, Class.AFFAIR: _named, Class.LISTED_NAME: _named,
}  # fmt: skip
_OWN_WORDS = (Property.CONTENT, Property.ROLE_TITLE, Property.WORDING, Property.TITLE)


def _value(told: Told, prop: str) -> str:
    return next((value.value for value in told.get(prop, ())), "")


def _name(told: Told, prop: str, look: Callable[[str], Told]) -> str:
    iri = _value(told, prop)
    return _value(look(iri), Property.NAME) if iri else ""


def _cut(text: str) -> str:
    """``text`` on one line, and not longer than a label is."""
    line = " ".join(text.split())
    return line if len(line) <= _MOST else f"{line[:_MOST].rsplit(' ', 1)[0]} …"


__all__ = ["Told", "of"]
