"""The graph as files: Turtle, TriG, N-Quads, JSON-LD and CSV, and what other tools read: FollowTheMoney, GraphML, GEXF, Neo4j,
nanopublications, schema.org. The same store gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

from kg import untrusted
from kg.errors import ExportError, expect, shown
from kg.export.formats import FORMATS as FORMATS
from kg.export.formats import Format as Format
from kg.export.linked.syntaxes import turtle as _turtle
from kg.export.rows import Source
from kg.export.saving import save as save
from kg.export.spreadsheets import cell as cell
from kg.store import Store


def write(store: Store, path: str | Path, format: str) -> Path:
    """Write the graph of ``store`` to ``path`` in one of :data:`FORMATS`; some make a folder. Raises ``ExportError`` where that
    cannot be.

    A file appears whole or not at all.
    """
    expect(path, str | Path, "An export is written to a path")
    expect(format, str, "A format is given by its name")
    if format not in FORMATS:
        raise ExportError(f"“{shown(format)}” is no format; use {', '.join(FORMATS)}.")
    target = Path(path)
    if FORMATS[format].folder:
        _check_folder(target)
    made = FORMATS[format].make(Source(store))
    if isinstance(made, bytes):
        return save(target, made)
    for name, data in made.items():
        save(target / name, data)
    return target


def turtle(store: Store) -> bytes:
    """What was extracted, in Turtle: the bytes of ``graph.ttl``."""
    return _turtle(Source(store))


def formats() -> list[str]:
    """The names of all formats."""
    return list(FORMATS)


def _check_folder(folder: Path) -> None:
    impossible = untrusted.impossible(folder)
    if impossible is not None:
        raise ExportError(impossible)
    if folder.exists() and not folder.is_dir():
        raise ExportError(f"{folder} is a file; this export needs a folder.")
