"""Files, folders and standard input, one after another."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO

from kg import untrusted
from kg.errors import ReadError, UsageError, expect, fault
from kg.model import Article, Problem
from kg.read import archives, columns, packed
from kg.read.decoding import decode
from kg.read.feeds import entries, is_feed
from kg.read.metadata import Given, check_date
from kg.read.pages import is_page, web_page
from kg.read.plain import plain_text
from kg.read.records import json_file, records, table

_TEXT = (".txt", ".text", ".md")
_PAGES = (".html", ".htm", ".xhtml")
_RECORDS = (".jsonl", ".ndjson")
_FEEDS = (".rss", ".atom")
_TABLES = (".csv", ".tsv")
_XML = ".xml"
ENDINGS = (*_TEXT, *_PAGES, *_RECORDS, *_FEEDS, *archives.ENDINGS, columns.ENDING)
"""The endings of files that a folder is searched for, also where such a file is packed (``packed.ENDINGS``); a feed that ends in
``.xml`` is found by its first element.
"""
_SEARCHED = tuple(ending + packing for ending in ENDINGS for packing in ("", *packed.ENDINGS))
_HEAD = 4096  # bytes, by which a feed is known
_STANDARD_INPUT = "standard input"
_START = 65_536  # bytes, by which the kind of standard input is known
_MOST_LISTED = 1_000  # reasons of one file that are told one by one


def read(
    inputs: str | Path | Sequence[str | Path],
    *,
    published: str | date | None = None,
    url: str | None = None,
    publisher: str | None = None,
    problems: list[Problem] | None = None,
) -> Iterator[Article]:
    """The articles of text files, saved pages, JSON Lines, RSS and Atom files, WARC and WET archives, Parquet files, all of these
    packed by gzip or zstd, and folders of them; ``-`` is standard input.

    Inputs keep their order; a folder is searched at any depth, in the order of its paths, for files that end in one of
    ``ENDINGS``: the names in a folder are sorted, and what is in a folder within stands where that one's name does. No
    more than the names of one folder and those above it are in memory. ``published`` (EDTF), ``url`` and ``publisher`` are used where an input does not say its own. What
    cannot be read is put on ``problems`` with its reason, whatever went wrong, and the rest goes on; without a list, or
    where all that was asked for is one input that holds no article, ``ReadError`` is raised. Only regular files are
    read: a pipe, a socket or a device is refused. Raises ``UsageError`` at once for a date that is none and for an input
    that does not exist, and ``TypeError`` for what is no path.
    """
    if isinstance(published, date):
        published = published.isoformat()[:10]
    expect(published, str | None, "The publication date is a date, or a text like 2015-04-21, 2015-04 or 2015")
    for value, name in ((url, "address"), (publisher, "publisher")):
        expect(value, str | None, f"The {name} of articles is a text")
    expect(problems, list | None, "Problems are put on a list")
    inputs = [inputs] if isinstance(inputs, str | Path) else inputs
    expect(inputs, Iterable, "Articles are read from a path, or a list of paths")
    inputs = list(inputs)
    if published is not None:
        check_date(published)
    for item in inputs:
        expect(item, str | Path, "Articles are read from paths")
        if str(item) != "-":
            reason = untrusted.impossible(item)
            if reason is not None:
                raise UsageError(reason)
            if not os.path.lexists(item):
                raise UsageError(f"There is no file or folder {item}.")
    return _read(inputs, Given(published, url, publisher), problems)


def samples() -> list[Article]:
    """The sample articles that come with kg, in the order of their dates."""
    folder = files("kg").joinpath("samples")
    texts = [item.read_bytes() for item in folder.iterdir() if item.name.endswith(".txt")]
    return sorted((plain_text(decode(raw), Given()) for raw in texts), key=lambda a: (a.published or "", a.id))


def _read(inputs: Sequence[str | Path], given: Given, problems: list[Problem] | None) -> Iterator[Article]:
    count, last = 0, None
    for found in _all(inputs, given):
        if isinstance(found, Article):
            count += 1
            yield found
            continue
        if problems is None:
            raise ReadError(f"{found.where}: {found.reason}")
        problems.append(found)
        last = found
    if count == 0 and last is not None and len(inputs) == 1:
        raise ReadError(
            f"{last.where}: {last.reason}" if len(problems or ()) == 1 else _none(inputs[0], problems or [])
        )


def _none(item: str | Path, problems: Sequence[Problem]) -> str:
    return f"{item}: nothing here can be read; of {len(problems)} reasons the first is: {problems[0].reason}"


def _all(inputs: Sequence[str | Path], given: Given) -> Iterator[Article | Problem]:
    for item in inputs:
        if str(item) == "-":
            yield from _guarded(_STANDARD_INPUT, _stream(given))
            continue
        path = Path(item)
        if not os.path.isdir(path):
            yield from _guarded(str(path), _file(path, given))
            continue
        found = False
        for inside in _inside(path):
            found = True
            if isinstance(inside, Problem):
                yield inside
            else:
                yield from _guarded(str(inside), _file(inside, given))
        if not found:
            endings = f"{', '.join(ENDINGS)}, packed as {' or '.join(packed.ENDINGS)} or not"
            yield Problem(str(path), f"The folder holds no file that ends in {endings}.")


def _inside(folder: Path) -> Iterator[Path | Problem]:
    """The files of a folder with a known ending, in the order of their paths, and the folders that are closed to us. What
    is hidden, or below something hidden, is not looked at; no link to a folder is followed.
    """
    above = [iter([(folder, True)])]
    while above:
        path, is_folder = next(above[-1], (None, False))
        if path is None:
            above.pop()
        elif is_folder:
            names, closed = _names(path)
            if closed is not None:
                yield closed
            above.append(_paths(path, names))
        elif path.name.lower().endswith(_SEARCHED) or _is_xml_feed(path):
            yield path


def _paths(folder: Path, names: Sequence[str]) -> Iterator[tuple[Path, bool]]:
    """What has these names in a folder, and whether it is one; the names of folders end in a slash."""
    return ((folder / name.removesuffix("/"), name.endswith("/")) for name in names)


def _names(folder: Path) -> tuple[list[str], Problem | None]:
    """The names in a folder that may be of use, sorted, and why there are not more of them."""
    names: list[str] = []
    try:
        with os.scandir(folder) as entries_of:
            for entry in entries_of:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    names.append(f"{entry.name}/")
                elif entry.name.lower().endswith((*_SEARCHED, _XML)) and not entry.is_dir():
                    names.append(entry.name)
    except OSError as error:
        return sorted(names, key=_plainly), Problem(
            str(folder), f"The folder cannot be read: {error.strerror or error}."
        )
    return sorted(names, key=_plainly), None


def _plainly(name: str) -> str:
    return name.removesuffix("/")


def _is_xml_feed(path: Path) -> bool:
    if path.suffix.lower() != _XML:
        return False
    try:
        with untrusted.opened(path) as stream:
            return is_feed(stream.read(_HEAD))
    except (ReadError, OSError):
        return False


def _guarded(where: str, found: Iterable[Article | Problem]) -> Iterator[Article | Problem]:
    """The articles of one input. Whatever goes wrong with it is a ``Problem``, so that no input ever stops the others."""
    listed = told = 0
    try:
        for one in found:
            told += 1
            listed += isinstance(one, Problem)
            if isinstance(one, Article) or listed <= _MOST_LISTED:
                yield one
        if not told:
            raise ReadError("The file holds no article.")
    except ReadError as error:
        yield Problem(where, str(error))
    except OSError as error:
        yield Problem(where, f"The file cannot be read: {error.strerror or error}.")
    except Exception as error:  # noqa: BLE001 - what the parser of a stranger's file raises is one reason more to leave it out
        yield Problem(where, fault(error))
    if listed > _MOST_LISTED:
        yield Problem(where, f"{listed - _MOST_LISTED:,} more of its articles were left out.")


def _file(path: Path, given: Given) -> Iterator[Article | Problem]:
    where, inner = str(path), packed.within(path.name).lower()
    with untrusted.opened(path) as stream:
        if inner.endswith(_RECORDS):
            yield from _record_file(packed.opened(stream, path.name), given, where)
        elif inner.endswith(archives.ENDINGS):
            # An archive that is packed by gzip is so record by record, which warcio knows.
            name = path.name if path.name.lower().endswith(".zst") else inner
            yield from archives.pages(packed.whole(stream, name), given, where=where)
        elif inner.endswith(columns.ENDING):
            if inner != path.name.lower():
                raise ReadError(
                    "A Parquet file is read from its end, so that it cannot be packed once more; unpack it."
                )
            yield from columns.rows(stream, given, where=where)
        elif inner != path.name.lower():
            yield from _one(untrusted.limited(packed.whole(stream, path.name)), where, given, inner)
        else:
            yield from _one(untrusted.contents(path), where, given, inner)


def _stream(given: Given) -> Iterator[Article | Problem]:
    if sys.stdin is None:
        raise ReadError("It is closed.")
    stream: BinaryIO = sys.stdin.buffer
    start = stream.read(_START)
    if start.lstrip()[:1] == b"{":
        yield from records(untrusted.chunks(stream, start), given, where=_STANDARD_INPUT)
    else:
        yield from _one(untrusted.limited(stream, start=start), _STANDARD_INPUT, given, _STANDARD_INPUT)


def _one(raw: bytes, where: str, given: Given, name: str) -> Iterator[Article | Problem]:
    if is_feed(raw) or name.endswith(_FEEDS):
        yield from entries(raw, given, where=where)
    elif is_page(raw) or name.endswith(_PAGES):
        yield web_page(raw, given)
    elif name.endswith(".json"):  # only where it is named: a folder's JSON files are mostly no articles
        yield from json_file(raw, given, where=where)
    elif name.endswith(_TABLES):
        yield from table(raw, given, where=where)
    else:
        yield plain_text(decode(raw), given)


def _record_file(stream: BinaryIO, given: Given, where: str) -> Iterator[Article | Problem]:
    """Line by line, so that a corpus larger than memory can be read; only a file in UTF-16 is decoded whole."""
    start = b""
    while len(start) < 4 and (more := stream.read(4 - len(start))):
        start += more
    if not start:
        raise ReadError("The file is empty.")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        whole = decode(untrusted.limited(stream, start=start)).encode("utf-8", "surrogatepass")
        yield from records([whole], given, where=where)
    else:
        yield from records(untrusted.chunks(stream, start), given, where=where)
