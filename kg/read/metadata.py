"""What is known about an article beside its text, and the checks that a text must pass to become an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from kg.english.paragraphs import stubs
from kg.english.paragraphs.blocks import headline, split
from kg.errors import ReadError, UsageError, shown
from kg.model import Article

# An article of a million characters is a book; a line of a hundred thousand is a dump. No parser is fed either.
LONGEST_ARTICLE = 1_000_000
LONGEST_LINE = 100_000
MOST_WORDS = 300_000  # words and marks: a million characters of prose have less; what has more is no prose
FIELDS = frozenset(
    "text id title headline url link date published publication_date publisher source author authors language lang note".split()
)
"""What a table may tell of an article, by the names of its columns."""

_WORD = re.compile(r"\w+|[^\w\s]")
# Neither has a place in text, in RDF or in a file name; one character for one, so that offsets hold.
_IMPOSSIBLE = re.compile("[\x00\ud800-\udfff]")
_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")
_TIMESTAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*")


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says about all inputs; used where an input does not say its own."""

    published: str | None = None
    url: str | None = None
    publisher: str | None = None


def check_date(value: str) -> str:
    """``value`` if it is a calendar date in EDTF (``2015-04-21``, ``2015-04``, ``2015``); ``UsageError`` otherwise.

    >>> check_date("2015-04")
    '2015-04'
    """
    if not _is_date(value):
        raise UsageError(f"“{shown(value)}” is not a date; write it as 2015-04-21, 2015-04 or 2015.")
    return value


@lru_cache(maxsize=65_536)
def _is_date(value: str) -> bool:
    """Remembered: the grammar takes ten times as long as all else that is asked of a line of JSON. A whole day is told without
    it, which lets February 29 pass in every year.
    """
    if _DATE.fullmatch(value) is None:
        return False
    try:
        if len(value) == len("2015-04-21"):
            date.fromisoformat(value)
        else:
            parse_edtf(value)
    except (EDTFParseException, ValueError):
        return False
    return True


def article(
    text: str,
    own: Mapping[str, object],
    given: Given,
    page: Mapping[str, object] | None = None,
    remarks: Iterable[str] = (),
) -> Article:
    """An article of ``text``. What the input itself says (``own``) wins over what the user gives for all inputs, and
    that over what a ``page`` lets one infer. ``remarks`` are what a reader should know of how it was read; that only its
    beginning is there comes before them. Raises ``ReadError`` for a text or a date that cannot be.
    """
    check_text(text)
    inferred = page or {}
    title = _field(own, "title", "headline") or _field(inferred, "title") or headline(text)
    url = _field(own, "url", "link") or given.url or _field(inferred, "url")
    published = _date(own) or given.published or _date(inferred)
    text = _IMPOSSIBLE.sub("\ufffd", text)
    stub = stubs.remark(text, split(text)) if stubs.may_break_off(text) else None
    told = tuple(remark for remark in (stub, *remarks) if remark)
    return Article(
        id=_field(own, "id") or Article.make_id(text, title=title, url=url, published=published),
        text=text,
        title=title,
        published=published,
        url=url,
        publisher=_field(own, "publisher", "source") or given.publisher or _field(inferred, "publisher"),
        authors=_authors(own) or _authors(inferred),
        language=_field(own, "language", "lang") or _field(inferred, "language"),
        note=" ".join(part for part in (_field(own, "note"), *told) if part) or None,
        remarks=told,
    )


def check_text(text: str) -> None:
    """Raises ``ReadError`` for a text that is empty, too long, or one endless line."""
    if not text.strip():
        raise ReadError("There is no text.")
    if len(text) > LONGEST_ARTICLE:
        raise ReadError(f"The text has {len(text):,} characters; an article has at most {LONGEST_ARTICLE:,}.")
    words = len(_WORD.findall(text)) if len(text) > MOST_WORDS else 0
    if words > MOST_WORDS:
        raise ReadError(f"The text has {words:,} words and marks; an article has at most {MOST_WORDS:,}.")
    longest = max(map(len, text.splitlines()))
    if longest > LONGEST_LINE:
        raise ReadError(f"A line has {longest:,} characters; a line of an article has at most {LONGEST_LINE:,}.")


def _field(source: Mapping[str, object], *names: str) -> str | None:
    """The first of the fields that holds a plain value, in one line; numbers count, lists do not."""
    for name in names:
        value = source.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            words = _IMPOSSIBLE.sub("\ufffd", " ".join(str(value).split()))
            if words:
                return words
    return None


def _date(source: Mapping[str, object]) -> str | None:
    value = _field(source, "date", "published", "publication_date")
    if value is None:
        return None
    stamp = _TIMESTAMP.fullmatch(value)
    try:
        return check_date(stamp[1] if stamp else value)
    except UsageError as error:
        raise ReadError(str(error)) from error


def _authors(source: Mapping[str, object]) -> tuple[str, ...]:
    value = source.get("authors") or source.get("author") or ()
    names = [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else []
    parts = (part for name in names if isinstance(name, str) for part in re.split(r";|\band\b", name))
    return tuple(dict.fromkeys(clean for part in parts if (clean := _IMPOSSIBLE.sub("\ufffd", " ".join(part.split())))))
