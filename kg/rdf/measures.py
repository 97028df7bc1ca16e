"""A measure as RDF and back, each field as :data:`kg.vocabulary.MEASURE` has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg import vocabulary as v
from kg.model import Comparator, Measure
from kg.rdf import minting as m
from kg.vocabulary import Property, Written

_WRITE: dict[Written, Callable[[Any], NamedNode | Literal]] = {
    Written.TEXT: m.string,
    Written.TEXTS: m.string,
    Written.DECIMAL: m.decimal,
    Written.BOOLEAN: m.boolean,
    Written.DATE: m.edtf,
    Written.COMPARATOR: lambda value: m.node(v.concept(value)),
}
_READ: dict[Written, Callable[[str], object]] = {
    Written.TEXT: str,
    Written.DECIMAL: float,
    Written.BOOLEAN: lambda text: text == "true",
    Written.DATE: str,
    Written.COMPARATOR: lambda iri: v.of_concept(iri, Comparator),
}
_TYPED_DATE = {Property.AS_OF: Property.AS_OF_DATE}
_NOTHING: tuple[object, ...] = (None, "")


def pairs(figure: Measure[str], article: str) -> Iterator[tuple[Property, NamedNode | Literal]]:
    """Property and value of all that ``figure`` measures; its places are keys of references of ``article`` (an id)."""
    for name, (prop, written) in v.MEASURE.items():
        held = getattr(figure, name)
        for value in held if isinstance(held, tuple) else (held,):
            if value in _NOTHING:
                continue
            if written is Written.REFERENCES:
                yield prop, m.within(article, "reference", value)
            else:
                yield prop, _WRITE[written](value)
            if written is Written.DATE and (typed := m.xsd_date(value)) is not None:
                yield _TYPED_DATE[prop], typed


def fields(told: Mapping[str, Sequence[str]], names: Callable[[str], Iterable[str]]) -> dict[str, Any]:
    """The fields of the measure that is told of a figure, by name, without those that it lacks. ``names`` gives the names of
    what a reference (an IRI) means.
    """
    found: dict[str, Any] = {}
    for name, (prop, written) in v.MEASURE.items():
        values = told.get(prop, ())
        if written is Written.REFERENCES:
            found[name] = tuple(sorted({n for iri in values for n in names(iri)}))
        elif written is Written.TEXTS:
            found[name] = tuple(values)
        elif values:
            found[name] = _READ[written](values[0])
    return found


__all__ = ["fields", "pairs"]
