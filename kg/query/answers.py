"""What a query answers: terms as the engine gives them, and rows of Python values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any

import pyoxigraph as ox

from kg import vocabulary as v
from kg.query.written import Written

SHOWN = 100
"""So many rows are shown in a notebook."""
LONGEST = 1_000
"""So many characters of a cell are shown there."""

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value = str | int | Decimal | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Terms: of a SELECT query ``columns`` and ``rows``; of CONSTRUCT and DESCRIBE ``triples``; of ASK ``truth``.

    ``complete`` is false where a limit left something out.
    """

    columns: tuple[str, ...] = ()
    rows: Sequence[tuple[Term | None, ...]] = ()
    triples: tuple[ox.Triple, ...] | None = None
    truth: bool | None = None
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer: column names and rows of Python values (``None`` where a cell is empty).

    ``complete`` is false where a limit left something out.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    complete: bool = True

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def _repr_html_(self) -> str:
        """For notebooks: a table of the first rows, all of it plain text, and how many there are."""
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join(f"<tr>{''.join(_cell(value) for value in row)}</tr>" for row in self.rows[:SHOWN])
        more = "" if self.complete else " (a limit left others out)"
        shown = f", of which {SHOWN} are shown" if len(self) > SHOWN else ""
        count = f"{len(self):,} row{'' if len(self) == 1 else 's'}{shown}{more}"
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{count}</p>"


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return f"<td>{'true' if value else 'false'}</td>"
    if isinstance(value, int | float | Decimal):
        return (
            f'<td style="text-align:right">{value:f}</td>'
            if isinstance(value, Decimal)
            else f'<td style="text-align:right">{value}</td>'
        )
    text = "" if value is None else str(value)
    return f'<td style="text-align:left">{escape(text if len(text) <= LONGEST else text[:LONGEST] + "…")}</td>'


def rows_of(answer: Answer) -> Rows:
    """Rows of a SELECT query; one row ``answer`` of an ASK query; subject, predicate and object of a graph, sorted."""
    if answer.triples is not None:
        found = ((value(t.subject), value(t.predicate), value(t.object)) for t in answer.triples)
        return Rows(("subject", "predicate", "object"), tuple(sorted(found, key=str)), answer.complete)
    if answer.truth is not None:
        return Rows(("answer",), ((answer.truth,),))
    if isinstance(answer.rows, Written):
        return Rows(answer.columns, answer.rows.values(value), answer.complete)
    return Rows(answer.columns, tuple(tuple(value(cell) for cell in row) for row in answer.rows), answer.complete)


def value(term: Any) -> Value:
    """A term as a Python value; IRIs and dates that are not whole days stay strings.

    >>> value(ox.Literal("330", datatype=ox.NamedNode(v.XSD + "decimal")))
    Decimal('330')
    """
    convert = _CONVERSIONS.get(type(term))
    return str(term) if convert is None else convert(term)


def _literal(term: ox.Literal) -> Value:
    convert = _LITERALS.get(term.datatype.value)
    if convert is None:
        return term.value
    try:
        return convert(term.value)
    except (ValueError, ArithmeticError):
        return term.value


_CONVERSIONS: dict[type, Callable[[Any], Value]] = {
    type(None): lambda term: None,
    ox.NamedNode: lambda term: term.value,
    ox.BlankNode: lambda term: term.value,
    ox.Literal: _literal,
}
_LITERALS: dict[str, Callable[[str], Value]] = {
    **{v.XSD + name: int for name in ("integer", "int", "long", "nonNegativeInteger")},
    v.XSD + "decimal": Decimal,
    **{v.XSD + name: float for name in ("double", "float")},
    v.XSD + "boolean": lambda text: text in ("true", "1"),
    v.XSD + "date": date.fromisoformat,
}
