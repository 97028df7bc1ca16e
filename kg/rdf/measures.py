"""A measure as RDF and back, each field as :data:`kg.vocabulary.MEASURE` has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg import vocabulary as v
from kg.english.numerals.bounds import bounds, stated
from kg.english.schemes import event_line, event_name, unit_name
from kg.model import Article, Comparator, Measure
from kg.rdf import minting as m
from kg.vocabulary import Outside, Property, Written

_WRITE: dict[Written, Callable[[Any], NamedNode | Literal]] = {
    Written.TEXT: m.string,
    Written.TEXTS: m.string,
    Written.DECIMAL: m.decimal,
    Written.BOOLEAN: m.boolean,
    Written.DATE: m.string,
    Written.COMPARATOR: lambda value: m.node(v.concept(value)),
}
_READ: dict[Written, Callable[[str], object]] = {
    Written.TEXT: str,
    Written.WORDS: str,
    Written.DECIMAL: float,
    Written.BOOLEAN: lambda text: text == "true",
    Written.DATE: str,
    Written.COMPARATOR: lambda iri: v.of_concept(iri, Comparator),
}
_SEVERAL = (Written.TEXTS, Written.PHRASES)
_WORD = re.compile(r"\w[\w’'-]*")
_NOTHING: tuple[object, ...] = (None, "")


def pairs(
    figure: Measure[str], article: Article, *, whole: bool = False
) -> Iterator[tuple[Property, NamedNode | Literal]]:
    """Property and value of all that ``figure`` measures; its places are keys of references of ``article``. What is not unofficial
    does not say so, and words of the population are no concepts beside it, but where the ``whole`` is asked for.
    """
    low, high = bounds(figure)
    implied: dict[str, set[Any]] = {} if whole else {"unofficial": {False}, "concepts": _named(figure.population)}
    for name, (prop, written) in v.MEASURE.items():
        held = {"low": low, "high": high}[name] if name in ("low", "high") else getattr(figure, name)
        for value in held if isinstance(held, tuple) else (held,):
            if value in _NOTHING or value in implied.get(name, ()):
                continue
            if written is Written.REFERENCES:
                yield prop, m.within(article.id, "reference", value)
            elif written in (Written.WORDS, Written.PHRASES):
                yield prop, m.words(value, article.language)
            else:
                yield prop, _WRITE[written](value)
    for prop, scheme, found in (
        (Property.EVENT_TYPE, "event", _event(figure)),
        (Property.UNIT_TYPE, "unit", unit_name(figure.unit)),
    ):
        if found is not None:
            yield prop, m.node(v.term(scheme, found))


def _named(population: str) -> set[str]:
    """The words of what is counted, each of which is a concept of the figure.

    >>> sorted(_named("Kyrgyz citizens – women"))
    ['Kyrgyz', 'citizens', 'women']
    """
    return {word for word in population.split() if _WORD.fullmatch(word)}


def _event(figure: Measure[Any]) -> str | None:
    """The concept of what happened to the counted; meetings that are held are not detained, as people who are held are."""
    return None if figure.event == "hold" and figure.unit != "people" else event_name(figure.event)


def words_of_events(figures: Iterable[Measure[str]]) -> Iterator[tuple[NamedNode, str, NamedNode | Literal]]:
    """Subject, property and value of what the concepts of the events of ``figures`` are called, so that a graph by itself tells
    that who was killed has died.
    """
    names = {name for figure in figures if (name := _event(figure)) is not None}
    for concept in sorted(
        {concept for name in names for concept in event_line(name)}, key=lambda concept: concept.name
    ):
        node = m.node(v.term("event", concept.name))
        yield node, Property.NAME, Literal(concept.label, language="en")
        for word in concept.words:
            if word != concept.label:
                yield node, Property.ALIAS, Literal(word, language="en")
        if concept.broader:
            yield node, Outside.BROADER, m.node(v.term("event", concept.broader))


def fields(told: Mapping[str, Sequence[str]], names: Callable[[str], Iterable[str]]) -> dict[str, Any]:
    """The fields of the measure that is told of a figure, by name, without those that it lacks. ``names`` gives the names of
    what a reference (an IRI) means.
    """
    found: dict[str, Any] = {}
    for name, (prop, written) in v.MEASURE.items():
        values = told.get(prop, ())
        if written is Written.REFERENCES:
            found[name] = tuple(sorted({n for iri in values for n in names(iri)}))
        elif written in _SEVERAL:
            found[name] = tuple(values)
        elif values or written is Written.BOOLEAN:
            found[name] = _READ[written](next(iter(values), "false"))
    if named := _named(found.get("population", "")):
        found["concepts"] = tuple(sorted(named | {*found.get("concepts", ())}))
    ends = stated(found.get("low"), found.get("high"), found.get("value"), found.get("comparator", Comparator.EQUAL))
    return found | {name: end for name, end in zip(("low", "high"), ends, strict=True) if end is not None}


__all__ = ["fields", "pairs", "words_of_events"]
