"""Rows of a user's list from the lines of a file: CSV with a line of columns, or JSON Lines."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from kg.annotate.gazetteer.followthemoney import Entities
from kg.annotate.gazetteer.rows import Row
from kg.english import lists
from kg.errors import ReadError, shown
from kg.model import Problem

_SEVERAL = re.compile(r"[;|]")
_DELIMITERS = (",", ";", "\t")
LONGEST_LINE = 1_000_000
"""Characters of a line; what is longer is no row of a list."""


class Tables:
    """Reads the lines of one file; ``problems`` are the lines that are no rows, ``notes`` what is told once of the whole file."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines
        self.problems: list[Problem] = []
        self.notes: list[str] = []

    def rows(self) -> Iterator[Row]:
        """The rows, one after another. Raises ``ReadError`` where the file as a whole is none."""
        lines = self._usable()
        first = next((numbered for numbered in lines if numbered[1].strip()), None)
        if first is None:
            raise ReadError("It is not text in UTF-8." if self.problems else "It is empty.")
        if first[1].lstrip().startswith("["):
            raise ReadError("It is one JSON array; write one JSON object a line (JSON Lines).")
        if first[1].lstrip().startswith("{"):
            yield from self._json(_again(first, lines))
        else:
            yield from self._csv(first, lines)

    def _usable(self) -> Iterator[tuple[int, str]]:
        for number, text in enumerate(self._lines, 1):
            if len(text) > LONGEST_LINE:
                self._leave(number, f"it has more than {LONGEST_LINE:,} bytes, the most of a row.")
            elif any("\ud800" <= ch <= "\udfff" for ch in text) if not text.isascii() else False:
                self._leave(number, "it is not text in UTF-8.")
            else:
                yield number, text

    def _leave(self, number: int, reason: str) -> None:
        self.problems.append(Problem(f"line {number}", reason))

    # ── CSV ──

    def _csv(self, first: tuple[int, str], lines: Iterator[tuple[int, str]]) -> Iterator[Row]:
        delimiter = max(_DELIMITERS, key=first[1].count)
        header = next(csv.reader([first[1]], delimiter=delimiter))
        columns = [_columns().get(re.sub(r"[\s_-]+", "_", cell.strip().casefold())) for cell in header]
        if "name" not in columns:
            raise ReadError(
                f"Line {first[0]} names the columns, and “name” is none of them; it needs a first line such as "
                "name,aliases,type,office,body,from,until,wikidata."
            )
        unknown = [f"“{shown(cell.strip())}”" for cell, column in zip(header, columns, strict=True) if column is None]
        if unknown:
            known = ", ".join(row["name"] for row in lists.records("listed") if row["kind"] == "column")
            self.notes.append(f"These columns are not used: {', '.join(unknown)}; kg knows {known}.")
        at = [first[0]]
        reader = csv.reader(_noted(lines, at), delimiter=delimiter)
        while True:
            before = at[0]
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self._leave(before + 1, f"it is no row of CSV: {error}.")
                continue
            if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
                self._leave(before + 1, f"it has {len(cells)} cells, and the first line names {len(columns)} columns.")
            elif any(cell.strip() for cell in cells):
                yield _row(before + 1, dict(zip(columns, cells, strict=False)))

    # ── JSON Lines ──

    def _json(self, lines: Iterator[tuple[int, str]]) -> Iterator[Row]:
        entities = Entities()
        unknown: dict[str, None] = {}
        for number, text in lines:
            if not text.strip():
                continue
            try:
                value: Any = json.loads(text)
            except (ValueError, RecursionError):
                self._leave(number, "it is no JSON object.")
                continue
            if not isinstance(value, dict):
                self._leave(number, "it is JSON, but no object.")
            elif isinstance(value.get("schema"), str):
                reason = entities.add(number, value)
                if reason is not None:
                    self._leave(number, reason)
            else:
                named = {str(key): _columns().get(str(key).casefold()) for key in value}
                unknown |= dict.fromkeys(key for key, column in named.items() if column is None)
                yield _row(number, {column: value[key] for key, column in named.items() if column})
        if unknown:
            keys = ", ".join(f"“{shown(key)}”" for key in list(unknown)[:5])
            self.notes.append(f"These keys are not used: {keys}{' …' if len(unknown) > 5 else ''}.")
        yield from entities.rows()
        self.notes += entities.notes


def _again(first: tuple[int, str], rest: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    yield first
    yield from rest


def _noted(lines: Iterator[tuple[int, str]], at: list[int]) -> Iterator[str]:
    """The lines alone; ``at`` keeps the number of the last one that was taken."""
    for number, text in lines:
        at[0] = number
        yield text


def _row(number: int, cells: Mapping[str | None, object]) -> Row:
    def text(column: str) -> str:
        value = cells.get(column)
        return "" if value is None else str(value)

    aliases = cells.get("aliases")
    several = [str(a) for a in aliases] if isinstance(aliases, list) else _SEVERAL.split(text("aliases"))
    return Row(
        f"line {number}", text("name"), several, [], text("type"), text("office"), text("body"), text("from"), text("until"),
        text("wikidata"),
    )  # fmt: skip


@cache
def _columns() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in lists.records("listed"):
        if row["kind"] == "column":
            found |= dict.fromkeys((row["name"], *lists.entries(row["words"])), row["name"])
    return found
