"""The graph as files: Turtle, TriG, N-Quads, JSON-LD and CSV, and what other tools read: FollowTheMoney, GraphML, GEXF, Neo4j,
nanopublications, schema.org. The same store gives the same bytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kg import query, untrusted
from kg import vocabulary as v
from kg.errors import ExportError
from kg.export import ftm, graphs, nanopub, neo4j, schemaorg
from kg.export.rows import Source
from kg.export.saving import save as save
from kg.store import Store

TABLES = ("articles", "who_said_what", "figures", "entities", "offices", "comparisons", "parts", "identity")
"""The named queries that a CSV export writes, one file each."""

FOLDERS = ("csv", "neo4j")
"""The formats that write a folder instead of a file."""

# A cell that a spreadsheet would run as a formula (CWE-1236).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(store: Store, path: str | Path, format: str) -> Path:
    """Write the graph of ``store`` to ``path``; ``csv`` and ``neo4j`` make a folder. Raises ``ExportError`` where that cannot be.

    A file appears whole or not at all.
    """
    target = Path(path)
    if format == "csv":
        return _tables(store, target)
    if format == "neo4j":
        return _folder(target, dict(neo4j.files(Source(store))))
    if format not in _WRITERS:
        raise ExportError(f"“{format}” is no format; use {', '.join(formats())}.")
    return save(target, _WRITERS[format](store))


def turtle(store: Store) -> bytes:
    """What was extracted, in Turtle: the bytes of ``graph.ttl``."""
    return _triples(store, ox.RdfFormat.TURTLE)


def formats() -> list[str]:
    """The names of all formats."""
    return [*_WRITERS, *FOLDERS]


def _triples(store: Store, format: ox.RdfFormat) -> bytes:
    # Without named graphs nobody could tell what was concluded from what was extracted.
    triples = sorted(
        {q.triple for q in store.quads() if getattr(q.graph_name, "value", "") != v.Graph.INFERRED}, key=str
    )
    return ox.serialize(triples, format=format, prefixes=v.PREFIXES) or b""


def _quads(store: Store, format: ox.RdfFormat) -> bytes:
    quads = sorted(store.quads(), key=lambda q: (str(q.graph_name), str(q)))
    return ox.serialize(quads, format=format, prefixes=v.PREFIXES) or b""


def _tables(store: Store, folder: Path) -> Path:
    made = {}
    for name in TABLES:
        rows = query.run(store, query.named()[name])
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(rows.columns)
        writer.writerows([[cell(value) for value in row] for row in rows.rows])
        made[f"{name}.csv"] = text.getvalue().encode()
    return _folder(folder, made)


def _folder(folder: Path, made: dict[str, bytes]) -> Path:
    impossible = untrusted.impossible(folder)
    if impossible is not None:
        raise ExportError(impossible)
    if folder.exists() and not folder.is_dir():
        raise ExportError(f"{folder} is a file; this export needs a folder.")
    for name, data in made.items():
        save(folder / name, data)
    return folder


def cell(value: object) -> str:
    """A value as a cell that no spreadsheet runs as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


_WRITERS: dict[str, Callable[[Store], bytes]] = {
    "turtle": turtle,
    "ntriples": lambda store: _triples(store, ox.RdfFormat.N_TRIPLES),
    "trig": lambda store: _quads(store, ox.RdfFormat.TRIG),
    "nquads": lambda store: _quads(store, ox.RdfFormat.N_QUADS),
    "jsonld": lambda store: _quads(store, ox.RdfFormat.JSON_LD),
    "ftm": lambda store: ftm.dump(Source(store)),
    "graphml": lambda store: graphs.graphml(Source(store)),
    "gexf": lambda store: graphs.gexf(Source(store)),
    "nanopub": nanopub.dump,
    "schemaorg": lambda store: schemaorg.dump(Source(store)),
}
