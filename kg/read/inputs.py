"""Files, folders and standard input, one after another."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from kg.errors import ReadError, UsageError
from kg.model import Article, Problem
from kg.read import archives
from kg.read.decoding import decode
from kg.read.feeds import entries, is_feed
from kg.read.metadata import Given, check_date
from kg.read.pages import is_page, web_page
from kg.read.plain import plain_text
from kg.read.records import json_file, records

_TEXT = (".txt", ".text", ".md")
_PAGES = (".html", ".htm", ".xhtml")
_RECORDS = (".jsonl", ".ndjson")
_FEEDS = (".rss", ".atom")
_XML = ".xml"
ENDINGS = (*_TEXT, *_PAGES, *_RECORDS, *_FEEDS, *archives.ENDINGS)
"""The endings of files that a folder is searched for; a feed that ends in ``.xml`` is found by its first element."""
_LARGEST = 64_000_000  # bytes; a saved page with all its images in it stays below


def read(
    inputs: Sequence[str | Path],
    *,
    published: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    problems: list[Problem] | None = None,
) -> Iterator[Article]:
    """The articles of text files, saved pages, JSON Lines, RSS and Atom files, WARC archives and folders of them; ``-`` is
    standard input.

    Inputs keep their order; a folder is searched at any depth, in the order of its paths, for files that end in one of
    ``ENDINGS``. ``published`` (EDTF), ``url`` and ``publisher`` are used where an input does not say its own. What
    cannot be read is put on ``problems`` with its reason, and the rest goes on; without a list, or where all that was
    asked for is one input that holds no article, ``ReadError`` is raised. Raises ``UsageError`` at once for a date that
    is none and for an input that does not exist.
    """
    if published is not None:
        check_date(published)
    for item in inputs:
        if str(item) != "-" and not Path(item).exists():
            raise UsageError(f"There is no file or folder {item}.")
    return _read(list(inputs), Given(published, url, publisher), problems)


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
            yield from _guarded("standard input", given, sys.stdin.buffer.read())
            continue
        path = Path(item)
        if not path.is_dir():
            yield from _guarded(path, given)
            continue
        inside = _inside(path)
        if not inside:
            yield Problem(str(path), f"The folder holds no file that ends in {', '.join(ENDINGS)}.")
        for file in inside:
            yield from _guarded(file, given)


def _inside(folder: Path) -> list[Path]:
    """The files of a folder with a known ending; what is hidden, or below something hidden, is not looked at."""
    found = (p for p in folder.rglob("*") if p.is_file() and (p.name.lower().endswith(ENDINGS) or _is_xml_feed(p)))
    return sorted(p for p in found if not any(part.startswith(".") for part in p.relative_to(folder).parts))


def _is_xml_feed(path: Path) -> bool:
    if path.suffix.lower() != _XML:
        return False
    try:
        with path.open("rb") as stream:
            return is_feed(stream.read(4096))
    except OSError:
        return False


def _guarded(source: Path | str, given: Given, raw: bytes | None = None) -> Iterator[Article | Problem]:
    """The articles of one file, or the reason why there is none."""
    try:
        if isinstance(source, Path) and source.suffix.lower() in _RECORDS:
            yield from _record_file(source, given)
            return
        if isinstance(source, Path) and source.name.lower().endswith(archives.ENDINGS):
            yield from archives.pages(source, given)
            return
        if raw is None:
            raw = _bytes(Path(source))
        yield from _one(raw, str(source), given)
    except ReadError as error:
        yield Problem(str(source), str(error))
    except OSError as error:
        yield Problem(str(source), f"The file cannot be read: {error.strerror or error}.")


def _one(raw: bytes, where: str, given: Given) -> Iterator[Article | Problem]:
    if is_feed(raw) or where.lower().endswith(_FEEDS):
        yield from entries(raw, given, where=where)
    elif is_page(raw) or where.lower().endswith(_PAGES):
        yield web_page(raw, given)
    elif where.lower().endswith(".json"):  # only where it is named: a folder's JSON files are mostly no articles
        yield from json_file(raw, given, where=where)
    elif where == "standard input" and raw.lstrip()[:1] == b"{":
        yield from records(raw.split(b"\n"), given, where=where)
    else:
        yield plain_text(decode(raw), given)


def _record_file(path: Path, given: Given) -> Iterator[Article | Problem]:
    """Line by line, so that a corpus larger than memory can be read; only a file in UTF-16 is decoded whole."""
    if path.stat().st_size == 0:
        raise ReadError("The file is empty.")
    with path.open("rb") as stream:
        start = stream.read(4)
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            whole = decode(start + stream.read(_LARGEST)).encode("utf-8", "surrogatepass")
            yield from records(whole.split(b"\n"), given, where=str(path))
            return
        stream.seek(0)
        yield from records(stream, given, where=str(path))


def _bytes(path: Path) -> bytes:
    size = path.stat().st_size
    if size > _LARGEST:
        raise ReadError(f"The file has {size:,} bytes; kg reads files of at most {_LARGEST:,}.")
    return path.read_bytes()
