"""CSV for spreadsheets: the answers of the main named queries, one file each."""

from __future__ import annotations

import csv
import io

from kg import query
from kg.export.rows import Source

TABLES = ("articles", "who_said_what", "figures", "entities", "offices", "comparisons", "parts", "identity")
"""The named queries that are written."""

# A cell that a spreadsheet would run as a formula (CWE-1236).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def tables(source: Source) -> dict[str, bytes]:
    """Name and content of each file."""
    made = {}
    for name in TABLES:
        rows = query.run(source.store, query.named()[name])
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(rows.columns)
        writer.writerows([[cell(value) for value in row] for row in rows.rows])
        made[f"{name}.csv"] = text.getvalue().encode()
    return made


def cell(value: object) -> str:
    """A value as a cell that no spreadsheet runs as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
