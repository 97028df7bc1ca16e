"""Rows as the engine writes them (SPARQL 1.1 TSV): a cell is made a term where somebody asks for one, and a value of Python without it.

>>> rows, names = read(b'?s\\t?n\\n<http://example.org/a>\\t12\\n\\t"a \\\\"b\\\\""\\n')
>>> names, list(rows.cells), rows[1][1].value
(('s', 'n'), [['<http://example.org/a>', '12'], ['', '"a \\\\"b\\\\""']], 'a "b"')
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, overload

import pyoxigraph as ox

if TYPE_CHECKING:
    from kg.query.answers import Term, Value

    Row = tuple[Term | None, ...]

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_NAMED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


class Written(Sequence["Row"]):
    """Rows of which ``cells`` are what the engine wrote; as a sequence they are rows of terms."""

    __slots__ = ("_terms", "cells")

    def __init__(self, cells: Sequence[Sequence[str]], terms: _Made | None = None) -> None:
        self.cells = cells
        self._terms = _Made(_term) if terms is None else terms

    def __len__(self) -> int:
        return len(self.cells)

    def __iter__(self) -> Iterator[Row]:
        return (tuple(map(self._terms.__getitem__, row)) for row in self.cells)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Written: ...
    def __getitem__(self, at: int | slice) -> Row | Written:
        if isinstance(at, slice):
            return Written(self.cells[at], self._terms)
        return tuple(map(self._terms.__getitem__, self.cells[at]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def column(self, at: int) -> list[Term | None]:
        """The terms of one column."""
        return [self._terms[row[at]] for row in self.cells]

    def texts(self, at: int) -> list[str] | None:
        """What the cells of one column say, where all are IRIs or all are plain texts; else ``None``."""
        cells = [row[at] for row in self.cells]
        if all(map(_is_iri, cells)):
            return [cell[1:-1] for cell in cells]
        return list(map(_unescaped, cells)) if all(map(_is_plain, cells)) else None

    def numbers(self, at: int) -> list[int] | None:
        """The whole numbers of one column; ``None`` where others, or nothing, are among its cells."""
        try:
            return [int(row[at]) for row in self.cells]
        except ValueError:
            return None

    def in_order(self, places: Sequence[int], shown: int) -> Written:
        """The rows at ``places``, their first ``shown`` cells."""
        return Written([self.cells[place][:shown] for place in places], self._terms)

    def once(self) -> Written:
        """Each row once, where it stands first."""
        return Written(list(dict.fromkeys(map(tuple, self.cells))), self._terms)

    def values(self, value: Callable[[Term | None], Value]) -> tuple[tuple[Value, ...], ...]:
        """The rows as what ``value`` makes of a term; of IRIs and plain texts it makes their text."""
        made = _Made(partial(_value, value))
        return tuple(tuple(map(made.__getitem__, row)) for row in self.cells)


class _Made(dict[str, Any]):
    """What was made of a cell, once for all cells that are alike."""

    def __init__(self, make: Callable[[str], Any]) -> None:
        self._make = make

    def __missing__(self, cell: str) -> Any:
        made = self[cell] = self._make(cell)
        return made


def read(table: bytes) -> tuple[Written, tuple[str, ...]]:
    """The rows of a table that the engine wrote, and the names of its columns, of which there is one at least."""
    lines = table.removesuffix(b"\n").decode().split("\n")
    names = tuple(name[1:] for name in lines[0].split("\t"))
    return Written([line.split("\t") for line in lines[1:]]), names


def _is_iri(cell: str) -> bool:
    return cell.startswith("<") and not cell.startswith("<<")


def _is_plain(cell: str) -> bool:
    return cell.startswith('"') and cell.endswith('"')


def _value(value: Callable[[Term | None], Value], cell: str) -> Value:
    if _is_iri(cell):
        return cell[1:-1]
    return _unescaped(cell) if _is_plain(cell) else value(_term(cell))


def _term(cell: str) -> Term | None:
    if not cell:
        return None
    if _is_iri(cell):
        return ox.NamedNode(cell[1:-1])
    if _is_plain(cell):
        return ox.Literal(_unescaped(cell))
    if cell.startswith("_:"):
        return ox.BlankNode(cell[2:])
    solutions: Any = ox.parse_query_results(f"?x\n{cell}\n".encode(), ox.QueryResultsFormat.TSV)
    return next(iter(solutions))["x"]  # type: ignore[no-any-return]


def _unescaped(cell: str) -> str:
    return _ESCAPE.sub(_escape, cell[1:-1]) if "\\" in cell else cell[1:-1]


def _escape(found: re.Match[str]) -> str:
    code, long, one = found.groups()
    return _NAMED.get(one, one) if one else chr(int(code or long, 16))


__all__ = ["Written", "read"]
