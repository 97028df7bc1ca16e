"""The values of a query's parameters as RDF terms, checked by type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

from kg import vocabulary as v
from kg.errors import QueryError, expect
from kg.query.headers import Parameter, Query

_SHOWN = 60  # characters of a value that is none

_IRI = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://|urn:)[^\s<>\"{}|\\^`]+")
"""What is the IRI of an actor where its name can stand, too."""

Bound = ox.NamedNode | ox.Literal


def bindings(query: Query, params: Mapping[str, object] | None = None) -> dict[str, Bound | tuple[Bound, ...]]:
    """A term for each parameter of ``query``, the default where ``params`` has none; of a list of values, a term for each.

    Raises ``QueryError`` for a parameter that the query does not have, for a missing one, and for a value of a wrong type.
    """
    known = {p.name: p for p in query.parameters}
    given = params or {}
    for name in given:
        if name not in known:
            offered = ", ".join(known) or "none"
            raise QueryError(f"The query “{query.name}” has no parameter “{name}”; it takes: {offered}.")
    out: dict[str, Bound | tuple[Bound, ...]] = {}
    for parameter in query.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is None:
            raise QueryError(f"The query “{query.name}” needs a value for “{parameter.name}” ({parameter.text}).")
        if value == "" == parameter.default and parameter.type not in ("string", "name", "when"):
            continue  # it stays open, as its block has it: UNDEF
        several = isinstance(value, list | tuple)
        if several and not value:
            raise QueryError(f"The parameter “{parameter.name}” has an empty list; give a value, or leave it out.")
        out[parameter.name] = (
            tuple(_term(parameter, _written(one, parameter)) for one in value)  # type: ignore[attr-defined]
            if several
            else _term(parameter, _written(value, parameter))
        )
    return out


def _written(value: object, parameter: Parameter) -> str:
    expect(
        value,
        str | int | float | Decimal | date | Path | ox.NamedNode | ox.Literal,
        f"The parameter “{parameter.name}” is a text, a number or a date",
    )
    if isinstance(value, ox.NamedNode | ox.Literal):
        return value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _term(parameter: Parameter, given: str) -> Bound:
    try:
        if parameter.type == "iri":
            if ":" not in given:
                raise ValueError(given)
            return ox.NamedNode(given)
        if parameter.type == "string" or (parameter.type == "name" and not _IRI.fullmatch(given)):
            return ox.Literal(given)
        if parameter.type == "name":
            return ox.NamedNode(given)
        if parameter.type == "when" and not given and parameter.default is not None:
            return ox.Literal(given)
        if parameter.type == "when":
            return ox.Literal(_when(given.strip()))
        return ox.Literal(_CHECKS[parameter.type](given.strip()), datatype=ox.NamedNode(v.XSD + parameter.type))
    except (ValueError, ArithmeticError) as error:
        article = "an" if parameter.type[0] in "aeiou" else "a"
        raise QueryError(
            f"The parameter “{parameter.name}” must be {article} {_NAMES.get(parameter.type, parameter.type)}; "
            f"“{given if len(given) <= _SHOWN else f'{given[:_SHOWN]}…'}” is none."
        ) from error


_DIGITS = 300
"""Digits that a number may have, written out: no double is larger, and ten thousand nines of exponent fill the memory."""


def _decimal(text: str) -> str:
    if len(text) > _DIGITS:
        raise ValueError(text)
    number = Decimal(text)
    if not number.is_finite() or abs(number.adjusted()) > _DIGITS or int(number.as_tuple().exponent) < -_DIGITS:
        raise ValueError(text)
    return f"{number:f}"


def _integer(text: str) -> str:
    if len(text) > _DIGITS:
        raise ValueError(text)
    return str(int(text))


def _boolean(text: str) -> str:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text


def _when(text: str) -> str:
    """A day, a month or a year as EDTF writes it, which sorts as a string."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        raise ValueError(text)
    date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    return text


_CHECKS: dict[str, Callable[[str], str]] = {
    "integer": _integer,
    "decimal": _decimal,
    "date": lambda text: date.fromisoformat(text).isoformat(),
    "boolean": _boolean,
}
_NAMES = {
    "decimal": "decimal number (0.8)",
    "date": "date (2015-04-21)",
    "when": "day, month or year (2015-04-21, 2015-04, 2015)",
    "boolean": "boolean (true or false)",
    "iri": "IRI",
}
