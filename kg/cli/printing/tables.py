"""Rows as a table for people: names instead of IRIs, only the columns that say something, no wider than the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from kg.query import Rows, Value, plain
from kg.rdf import minting
from kg.vocabulary import PREFIXES

WIDE = 160
"""Characters of a line where the output is no terminal."""

_LONG = 30  # a column with longer cells may be broken over lines
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ENDS = {"article", "start", "end"}


def show(rows: Rows, console: Console, *, limit: int = 300) -> tuple[str, ...]:
    """Print ``rows`` and give the names of the columns that were left out. A cell is cut at ``limit`` characters.

    Left out are IRIs whose name stands in another column, IRIs of statements whose place does, and columns without a value.
    """
    columns = _columns(rows)
    before = console.width
    if not console.is_terminal:
        console.width = WIDE
    try:
        if rows.rows:
            _print(columns, len(rows), console, limit)
    finally:
        console.width = before
    kept = set(columns) | (_ENDS if "where" in columns else set())
    return tuple(name for name in rows.columns if name not in kept)


def _print(columns: dict[str, list[str]], count: int, console: Console, limit: int) -> None:
    widths = {name: max(len(name), *map(len, cells)) for name, cells in columns.items()}
    if sum(min(_LONG, width) + 2 for width in widths.values()) > console.width:
        _records(columns, count, console, limit)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, width in widths.items():
        # What is short stays whole, so that the long texts alone are broken over lines.
        table.add_column(name, overflow="fold", no_wrap=width <= _LONG, min_width=min(width, _LONG))
    for at in range(count):
        table.add_row(*(_cut(cells[at], limit) for cells in columns.values()))
    console.print(table)


def readable(value: Value) -> str:
    """A cell for people: the end of an IRI, and nothing that a terminal would obey.

    >>> readable("https://w3id.org/kg-said/entity/kari-moen"), readable("https://w3id.org/kg-said/article/a1/statement/s2")
    ('kari-moen', 'a1/s2')
    """
    text = plain(value)
    parts = minting.local(text).split("/")
    if len(parts) > 1:
        return "/".join(_short(part) for part in parts[1::2])
    for prefix, namespace in PREFIXES.items():
        if text.startswith(namespace):
            return f"{prefix}:{text.removeprefix(namespace)}"
    return " ".join(_CONTROL.sub("\ufffd", text).split())


def _short(part: str, limit: int = 20) -> str:
    return part if len(part) <= limit else part[:limit].rstrip("-") + "…"


def _columns(rows: Rows) -> dict[str, list[str]]:
    """The columns worth showing, with readable cells."""
    names = set(rows.columns)
    placed = names >= _ENDS
    out: dict[str, list[str]] = {}
    for at, name in enumerate(rows.columns):
        values = [row[at] for row in rows.rows]
        if (
            f"{name}_name" in names
            or (placed and name in _ENDS)
            or not any(value not in (None, "") for value in values)
        ):
            continue
        if placed and name == "statement":
            continue
        out[name] = [readable(value) for value in values]
    if placed:
        article, start, end = (rows.columns.index(name) for name in ("article", "start", "end"))
        out["where"] = [_where(row[article], row[start], row[end]) for row in rows.rows]
    return out


def _where(article: Value, start: Value, end: Value) -> str:
    """The place in an article; what no characters of it show is of the article as a whole."""
    return readable(article) if start is None else f"{readable(article)}:{start}-{end}"


def _records(columns: dict[str, list[str]], count: int, console: Console, limit: int) -> None:
    """One block a row, one line a cell, where a table would be too narrow to read."""
    margin = max(map(len, columns))
    for at in range(count):
        console.print(f"── {at + 1} ──", style="bold")
        table = Table.grid(padding=(0, 2))
        table.add_column(width=margin, style="dim")
        table.add_column(overflow="fold")
        for name, cells in columns.items():
            if cells[at]:
                table.add_row(name, _cut(cells[at], limit))
        console.print(table)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + " …"


def say(rows: Rows, hidden: Iterable[str]) -> str:
    """The line below a table: how many rows, whether that is all, and what was left out."""
    count = f"{len(rows)} row{'' if len(rows) == 1 else 's'}"
    more = "" if rows.complete else "; there are more"
    out = ", ".join(hidden)
    return f"{count}{more}{f'; not shown: {out} (--format csv has all)' if out and rows.rows else ''}"
