"""Text, HTML, JSON Lines and folders → articles. What cannot be read is listed with its reason; the rest goes on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

import trafilatura
import yaml
from charset_normalizer import from_bytes
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from kg.errors import ReadError, UsageError
from kg.model import Article, Problem

TEXT_ENDINGS = (".txt", ".md")
HTML_ENDINGS = (".html", ".htm", ".xhtml")
JSON_ENDINGS = (".jsonl", ".ndjson")
_ENDINGS = (*TEXT_ENDINGS, *HTML_ENDINGS, *JSON_ENDINGS)

# A book is not an article; a single line of a megabyte is a dump.
LONGEST_ARTICLE = 2_000_000
LONGEST_LINE = 200_000
_SURROGATES = re.compile("[\ud800-\udfff]")
_HEAD = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*\n", re.DOTALL)


def read(
    inputs: Sequence[str | Path],
    *,
    published: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    problems: list[Problem] | None = None,
) -> Iterator[Article]:
    """The articles of files and folders, in the order given; a folder's files in the order of their names.

    ``published`` (EDTF), ``url`` and ``publisher`` are used where an input does not say its own. An input that cannot be
    read goes on ``problems`` with its reason; without a list, it raises ``ReadError``. Raises ``UsageError`` for a date
    that is no date, and for an input that does not exist.
    """
    if published is not None:
        check_date(published)
    for item in inputs:
        path = Path(item)
        if not path.exists():
            raise UsageError(f"There is no file or folder {path}.")
        for file in _files(path, problems):
            try:
                yield from _file(file, published=published, url=url, publisher=publisher, problems=problems)
            except ReadError as error:
                if problems is None:
                    raise
                problems.append(Problem(str(file), str(error)))


def samples() -> list[Article]:
    """The sample articles that come with kg, in the order of their dates."""
    folder = files("kg").joinpath("samples")
    texts = sorted(
        (item.name, item.read_text(encoding="utf-8")) for item in folder.iterdir() if item.name.endswith(".txt")
    )
    return [_text(name, text, published=None, url=None, publisher=None) for name, text in texts]


def check_date(value: str) -> str:
    """``value`` if it is a date in EDTF (``2015-04-21``, ``2015-04``, ``2015``); ``UsageError`` otherwise."""
    try:
        parse_edtf(value)
    except EDTFParseException as error:
        raise UsageError(f"“{value}” is not a date; write it as 2015-04-21, 2015-04 or 2015.") from error
    return value


def _files(path: Path, problems: list[Problem] | None) -> list[Path]:
    if path.is_file():
        return [path]
    found = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in _ENDINGS)
    if not found:
        message = f"The folder {path} holds no articles ({', '.join(_ENDINGS)})."
        if problems is None:
            raise ReadError(message)
        problems.append(Problem(str(path), message))
    return found


def _file(
    path: Path, *, published: str | None, url: str | None, publisher: str | None, problems: list[Problem] | None
) -> Iterator[Article]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ReadError(f"The file cannot be read: {error.strerror}.") from error
    ending = path.suffix.lower()
    if ending in JSON_ENDINGS:
        yield from _lines(path, _decode(raw), problems)
    elif ending in HTML_ENDINGS or re.match(rb"\s*(?:<!doctype html|<html)", raw[:200], re.IGNORECASE):
        yield _html(path.name, raw, published=published, url=url, publisher=publisher)
    else:
        yield _text(path.name, _decode(raw), published=published, url=url, publisher=publisher)


def _decode(raw: bytes) -> str:
    """The text of ``raw`` by its byte order mark, as UTF-8, or in the encoding that its letters fit best."""
    if not raw.strip():
        raise ReadError("The file is empty.")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError as error:
            raise ReadError("The file begins as UTF-16 but is not valid UTF-16.") from error
    if b"\x00" in raw[:8192]:
        raise ReadError("The file is binary, not text.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(raw).best()
        if best is None or best.percent_chaos > 20:
            raise ReadError("The file is not text in any encoding that kg can tell.") from None
        return str(best)


def _text(name: str, text: str, *, published: str | None, url: str | None, publisher: str | None) -> Article:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head: dict[str, object] = {}
    match = _HEAD.match(text)
    if match:
        try:
            loaded = yaml.load(match[1], Loader=yaml.BaseLoader)
        except yaml.YAMLError as error:
            raise ReadError("The head between the --- lines is not valid YAML.") from error
        if isinstance(loaded, dict):
            head, text = loaded, text[match.end() :].lstrip("\n")
    return _article(head, text, published=published, url=url, publisher=publisher)


def _html(name: str, raw: bytes, *, published: str | None, url: str | None, publisher: str | None) -> Article:
    page = _decode(raw)
    document = trafilatura.bare_extraction(
        page, url=url, with_metadata=True, include_comments=False, include_tables=False, favor_precision=True
    )
    text = getattr(document, "text", None) or ""
    if len(text.split()) < 20:
        raise ReadError("The page holds no article.")
    head = {
        "title": getattr(document, "title", None),
        "date": published or getattr(document, "date", None),
        "url": url or getattr(document, "url", None),
        "publisher": publisher or getattr(document, "sitename", None),
        "authors": getattr(document, "author", None),
        "language": getattr(document, "language", None),
    }
    # A line is a paragraph in the extracted text.
    return _article(
        {k: v for k, v in head.items() if v}, re.sub(r"\n+", "\n\n", text), published=None, url=None, publisher=None
    )


def _lines(path: Path, text: str, problems: list[Problem] | None) -> Iterator[Article]:
    """One article a line: ``id`` and ``text`` as they are, so that offsets hold, and the metadata beside them."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record, dict) or not isinstance(record.get("text"), str) or not record["text"].strip():
                raise ReadError("it has no “text”")
            meta = record.get("meta") if isinstance(record.get("meta"), dict) else {}
            yield _article({**(meta or {}), **record}, record["text"], published=None, url=None, publisher=None)
        except (json.JSONDecodeError, ReadError, UsageError) as error:
            reason = "it is not JSON" if isinstance(error, json.JSONDecodeError) else str(error).rstrip(".")
            message = f"Line {number} was left out: {reason}."
            if problems is None:
                raise ReadError(message) from error
            problems.append(Problem(f"{path}:{number}", message))


def _article(
    head: dict[str, object], text: str, *, published: str | None, url: str | None, publisher: str | None
) -> Article:
    if not text.strip():
        raise ReadError("There is no text.")
    if len(text) > LONGEST_ARTICLE:
        raise ReadError(f"The text has {len(text):,} characters; an article has at most {LONGEST_ARTICLE:,}.")
    if max(map(len, text.splitlines())) > LONGEST_LINE:
        raise ReadError(f"A line has more than {LONGEST_LINE:,} characters; that is no article.")
    if sum(ch in "\x00\ufffd" for ch in text[:10_000]) > 20:
        raise ReadError("The file is binary, not text.")
    text = _SURROGATES.sub("\ufffd", text)

    def field(*names: str) -> str | None:
        value = next((head[n] for n in names if head.get(n)), None)
        return " ".join(str(value).split()) if value is not None and not isinstance(value, list | dict) else None

    date = field("date", "published", "publication_date") or published
    if date:
        check_date(date)
    title, address = field("title"), field("url") or url
    authors = head.get("authors") or head.get("author") or ()
    names = [authors] if isinstance(authors, str) else list(authors) if isinstance(authors, list) else []
    given = field("id")
    return Article(
        id=given or Article.make_id(text, title=title, url=address, published=date),
        text=text,
        title=title,
        published=date,
        url=address,
        publisher=field("publisher") or publisher,
        authors=tuple(n.strip() for name in names for n in re.split(r";|\band\b", str(name)) if n.strip()),
        language=field("language") or "en",
        note=field("note"),
    )
