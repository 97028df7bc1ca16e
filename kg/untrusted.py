"""Files that somebody else made: only regular ones are opened, no more than a limit is read, each fault is one sentence."""

from __future__ import annotations

import csv
import errno
import io
import os
import stat
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from kg.errors import ReadError, UsageError

LARGEST = 64_000_000
"""Bytes of a file that is read whole; a saved page with all its images in it stays below."""

_SHOWN = 60  # characters of a name that is no name
_CHUNK = 1 << 20
_SKIPPED = 1_000_000_000  # bytes; a line that is longer is no line, and what follows it is given up
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def impossible(path: str | Path) -> str | None:
    """Why nothing can be called ``path``, as a sentence; ``None`` where something can.

    >>> impossible("a\\0b"), impossible("article.txt")
    ('No file can be called “a\\x00b”.', None)
    """
    name = str(path)
    shown = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
    try:
        os.lstat(name)
    except ValueError:  # a zero or half a character, which no system knows
        return f"No file can be called “{shown}”."
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return f"The name “{shown}” has {len(name):,} characters and is too long for a file."
    return None


def opened(path: str | Path) -> BinaryIO:
    """``path``, a regular file, opened for reading. Raises ``ReadError`` for what is missing, closed to us, or something
    that never ends: a device, a pipe, a socket.
    """
    reason = impossible(path)
    if reason is not None:
        raise ReadError(reason)
    try:
        _check(os.stat(path).st_mode)
        # Between the look and the opening it may have become a pipe, which would wait for a writer.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        file = os.fdopen(handle, "rb")
        try:
            _check(os.fstat(handle).st_mode)
        except ReadError:
            file.close()
            raise
    except OSError as error:
        raise ReadError(f"The file cannot be read: {error.strerror or error}.") from error
    return file


def contents(path: str | Path, *, most: int = LARGEST) -> bytes:
    """All bytes of a regular file; ``ReadError`` where it has more than ``most`` or cannot be read."""
    with opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > most:
            raise ReadError(f"The file has {size:,} bytes; kg reads files of at most {most:,}.")
        return limited(file, most=most)


def limited(stream: BinaryIO, *, most: int = LARGEST, start: bytes = b"") -> bytes:
    """``start`` and all that ``stream`` still holds; ``ReadError`` where that is more than ``most`` bytes."""
    try:
        raw = start + (stream.read(most + 1 - len(start)) or b"")
    except OSError as error:
        raise ReadError(f"The file cannot be read: {error.strerror or error}.") from error
    if len(raw) > most:
        raise ReadError(f"It has more than {most:,} bytes, the most that kg reads.")
    return raw


def text(path: str | Path, *, most: int = LARGEST) -> str:
    """The text of a regular file in UTF-8, without a byte order mark; ``ReadError`` where it is none."""
    try:
        return contents(path, most=most).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError("The file is not text in UTF-8.") from error


def chunks(stream: BinaryIO, start: bytes = b"") -> Iterator[bytes]:
    """``start``, then what ``stream`` holds, piece by piece."""
    yield start
    while piece := stream.read(_CHUNK):
        yield piece


def lines(pieces: Iterable[bytes], *, most: int) -> Iterator[bytes]:
    """The lines (ended by ``\\n`` alone, which is left off) of text that comes in pieces. Of one that is longer than
    ``most`` only the first ``most + 1`` bytes are kept, so that no line fills the memory. Raises ``ReadError`` at a line
    without end.

    >>> list(lines([b"one\\ntw", b"o\\nthre", b"e"], most=3))
    [b'one', b'two', b'thre']
    """
    kept, length = bytearray(), 0
    for piece in pieces:
        *whole, last = piece.split(b"\n")
        for part in whole:
            kept += part[: most + 1 - len(kept)]
            yield bytes(kept)
            kept.clear()
            length = 0
        kept += last[: most + 1 - len(kept)]
        length += len(last)
        if length > _SKIPPED:
            raise ReadError(f"A line has more than {_SKIPPED:,} bytes; nothing behind its beginning was read.")
    if kept:
        yield bytes(kept)


def _check(mode: int) -> None:
    kind = next((name for is_kind, name in _KINDS if is_kind(mode)), None)
    if kind == "a pipe":
        raise ReadError(
            "It is a pipe, not a file; save what comes out of it, or give it to standard input and name “-”."
        )
    if kind is not None:
        raise ReadError(f"It is {kind}, not a file.")


def rows(path: str | Path, needed: Collection[str], made_by: str) -> list[dict[str, str]]:
    """The rows of a CSV file of decisions, which the command ``made_by`` writes to be filled in; :class:`UsageError` where it cannot be
    read or lacks a column.
    """
    try:
        told = text(path)
    except ReadError as error:
        raise UsageError(f"{path} cannot be read as a CSV file in UTF-8: {error}") from error
    found = csv.DictReader(io.StringIO(told, newline=""), restval="")
    before = csv.field_size_limit(LARGEST)
    try:
        columns, listed = found.fieldnames or (), list(found)
    except csv.Error as error:
        raise UsageError(f"{path} cannot be read as a CSV file, from line {found.line_num} on: {error}.") from error
    finally:
        csv.field_size_limit(before)
    missing = set(needed) - set(columns)
    if missing:
        raise UsageError(f"{path} has no column {', '.join(sorted(missing))}; make the file with “{made_by}”.")
    return [{name: value or "" for name, value in row.items() if name is not None} for row in listed]
