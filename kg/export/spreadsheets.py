"""CSV for spreadsheets: the answers of the main named queries, one file each.

A text that a spreadsheet would compute is led by an apostrophe (:func:`kg.query.spreadsheet_safe`); nothing else is changed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from kg import query
from kg.export.rows import Row, Source, text
from kg.query import Value

TABLES = ("articles", "who_said_what", "figures", "entities", "offices", "comparisons", "parts", "identity")
"""The named queries that are written."""

_STATEMENT = ("stance", "certainty", "negated", "within", "relayed_by", "speaker_type")
_FIGURE = ("wording", "least", "most", "unofficial", "speaker_manner")


def tables(source: Source) -> dict[str, bytes]:
    """Name and content of each file."""
    made = {}
    for name in TABLES:
        rows = query.run(source.store, query.named()[name])
        columns, told = _told(source, name)
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow([*rows.columns, *(column for column in columns if column not in rows.columns)])
        for row in rows:
            more = told(row)
            values = [*row.values(), *(more.get(column) for column in columns if column not in row)]
            writer.writerow([cell(value) for value in values])
        made[f"{name}.csv"] = out.getvalue().encode()
    return made


def _told(source: Source, name: str) -> tuple[tuple[str, ...], Callable[[Row], Row]]:
    """What a table says beside the answer of its query, so that no row of it is read as more than it is: columns, and their
    values for a row.
    """
    said = source.statement
    if name == "who_said_what":
        return _STATEMENT, lambda row: said.get(text(row["statement"]), {})
    if name == "figures":
        return _FIGURE, lambda row: _of_figure(source, said, row)
    if name == "offices":
        held = {_office(o): o for o in source.offices}
        return ("status", "as_of"), lambda row: held.get(_office(row), {})
    return (), lambda row: {}


def _of_figure(source: Source, said: dict[str, Row], row: Row) -> Row:
    statement = text(row["statement"])
    # The ends of "about 200" are 200 in the answer and 180 and 220 in the graph.
    same = ("value", "population", "event", "unit", *(() if row["comparator"] == "~" else ("low", "high")))
    found: Row = next((f for f in source.figures.get(statement, ()) if all(f[c] == row[c] for c in same)), {})
    bounds = {"least": found.get("low"), "most": found.get("high")}
    return {**found, **bounds, "speaker_manner": said.get(statement, {}).get("manner")}


def _office(row: Row) -> tuple[Value, ...]:
    return tuple(row[column] for column in ("person", "role", "organisation", "tense", "article", "start"))


def cell(value: object) -> str:
    """A value as a cell that no spreadsheet runs as a formula."""
    return query.spreadsheet_safe(value)  # type: ignore[arg-type]  # what has no form of its own is its text
