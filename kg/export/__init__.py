"""The graph as files: Turtle, TriG, N-Quads, JSON-LD and CSV, and what other tools read: FollowTheMoney, GraphML, GEXF, Neo4j,
nanopublications, schema.org. The same store gives the same bytes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from kg import untrusted
from kg.errors import ExportError, expect, shown
from kg.export.formats import FORMATS as FORMATS
from kg.export.formats import Format as Format
from kg.export.linked.syntaxes import turtle as _turtle
from kg.export.rows import Source
from kg.export.saving import compressed as compressed
from kg.export.saving import save as save
from kg.export.spreadsheets import cell as cell
from kg.store import Store


def write(store: Store, path: str | Path, format: str, *, split: int | None = None) -> Path:
    """Write the graph of ``store`` to ``path`` in one of :data:`FORMATS`; some make a folder. Raises ``ExportError`` where that
    cannot be.

    A file appears whole or not at all, and compressed where its name ends with ``.gz``. With ``split`` a format of lines
    becomes a folder of compressed files with so many lines each.
    """
    expect(path, str | Path, "An export is written to a path")
    expect(format, str, "A format is given by its name")
    if format not in FORMATS:
        raise ExportError(f"“{shown(format)}” is no format; use {', '.join(FORMATS)}.")
    target = Path(path)
    if split is not None and (not FORMATS[format].lines or split < 1):
        lines = ", ".join(row.name for row in FORMATS.values() if row.lines)
        raise ExportError(f"Only {lines} can be split, into files of one line or more.")
    if FORMATS[format].folder or split is not None:
        _check_folder(target)
    made = FORMATS[format].made(Source(store))
    if split is not None and not isinstance(made, bytes | dict):
        return _split(target, made, split, format)
    if not isinstance(made, dict):
        pieces = (made,) if isinstance(made, bytes) else made
        return save(target, compressed(pieces) if target.suffix == ".gz" else pieces)
    for name, data in made.items():
        save(target / name, data)
    return target


def turtle(store: Store) -> bytes:
    """What was extracted, in Turtle: the bytes of ``graph.ttl``."""
    return b"".join(_turtle(Source(store)))


def formats() -> list[str]:
    """The names of all formats."""
    return list(FORMATS)


def _split(folder: Path, lines: Iterator[bytes], most: int, format: str) -> Path:
    """Files of ``most`` lines each, numbered. What an earlier export left behind the last of them goes."""
    ending = {"nquads": "nq", "ntriples": "nt"}[format]
    number = 0
    while True:
        part = itertools.islice(lines, most)
        first = next(part, None)
        if first is None and number:
            break
        number += 1
        save(folder / f"part-{number:05}.{ending}.gz", compressed(itertools.chain([first or b""], part)))
    for path in folder.glob(f"part-*.{ending}.gz"):
        found = path.name.removeprefix("part-").partition(".")[0]
        if found.isdigit() and int(found) > number:
            path.unlink(missing_ok=True)
    return folder


def _check_folder(folder: Path) -> None:
    impossible = untrusted.impossible(folder)
    if impossible is not None:
        raise ExportError(impossible)
    if folder.exists() and not folder.is_dir():
        raise ExportError(f"{folder} is a file; this export needs a folder.")
