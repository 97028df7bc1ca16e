"""The graph as files: Turtle, TriG, N-Quads, JSON-LD, and a folder of CSV tables. The same store gives the same bytes."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kg import query
from kg import vocabulary as v
from kg.errors import ExportError
from kg.store import Store

TABLES = ("articles", "who_said_what", "figures", "entities", "offices", "comparisons", "parts", "identity")
"""The named queries that a CSV export writes, one file each."""

# A cell that a spreadsheet would run as a formula (CWE-1236).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(store: Store, path: str | Path, format: str) -> Path:
    """Write the graph of ``store`` to ``path``; ``csv`` makes a folder. Raises ``ExportError`` where that cannot be.

    A file appears whole or not at all.
    """
    target = Path(path)
    writers: dict[str, Callable[[], bytes]] = {
        "turtle": lambda: _triples(store, ox.RdfFormat.TURTLE),
        "ntriples": lambda: _triples(store, ox.RdfFormat.N_TRIPLES),
        "trig": lambda: _quads(store, ox.RdfFormat.TRIG),
        "nquads": lambda: _quads(store, ox.RdfFormat.N_QUADS),
        "jsonld": lambda: _quads(store, ox.RdfFormat.JSON_LD),
    }
    try:
        if format == "csv":
            return _tables(store, target)
        if format not in writers:
            raise ExportError(f"“{format}” is no format; use {', '.join([*writers, 'csv'])}.")
        return save(target, writers[format]())
    except OSError as error:
        raise ExportError(f"{target} cannot be written: {error.strerror or error}.") from error


def save(target: Path, data: bytes) -> Path:
    """Write ``data`` to ``target`` through a temporary file beside it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return target


def _triples(store: Store, format: ox.RdfFormat) -> bytes:
    triples = sorted({quad.triple for quad in store.quads()}, key=str)
    return ox.serialize(triples, format=format, prefixes=v.PREFIXES) or b""


def _quads(store: Store, format: ox.RdfFormat) -> bytes:
    quads = sorted(store.quads(), key=lambda q: (str(q.graph_name), str(q)))
    return ox.serialize(quads, format=format, prefixes=v.PREFIXES) or b""


def _tables(store: Store, folder: Path) -> Path:
    if folder.exists() and not folder.is_dir():
        raise ExportError(f"{folder} is a file; a CSV export needs a folder.")
    folder.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        rows = query.run(store, query.named()[name])
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(rows.columns)
            writer.writerows([[_cell(value) for value in row] for row in rows.rows])
    return folder


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
