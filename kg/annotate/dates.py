"""Dates in the text, resolved against the publication date into EDTF (ISO 8601-2, level 1); partial where the text is.

dateparser reads day, month and weekday words; it is asked about single expressions only, because its search mode takes
ordinary words for dates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import dateparser
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from kg.annotate.parsing import Parsed
from kg.model import BlockKind, DateMention

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_YEAR = r"(?:1[89]|20)\d\d"
_PATTERN = re.compile(
    rf"\b{_YEAR}-\d\d(?:-\d\d)?\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?\b"
    rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s*(?:percent|%))(?:,?\s+{_YEAR}\b)?"
    rf"|\b{_MONTH}(?:\s+of)?,?\s+{_YEAR}\b"
    rf"|\b(?:(?:early|mid|late|earlier|later|last|this|next)[\s-])?(?:January|February|March|April|June|July|August|September|October|November|December)\b"
    rf"|\b(?:in|since|by|during|last|this|next|of|late|early)\s+May\b"
    rf"|\b(?:last|this|next|on|since|by)?\s*{_WEEKDAY}\b"
    rf"|\b(?:earlier|later)\s+(?:this|last)\s+(?:month|year|week)\b"
    rf"|\b(?:this|last|next)\s+(?:month|year|week)\b"
    rf"|\b(?:yesterday|today|tomorrow)\b"
    rf"|\b(?:in|since|by|during|of|for|until|from|end of|early|late|mid)[\s-]{_YEAR}\b",
    re.IGNORECASE,
)
_PREPOSED = re.compile(
    r"\b(?:in|on|since|by|of|during|until|from|for|early|late|mid|last|this|next|to|and|between)[\s-]+$", re.IGNORECASE
)
_LEADING = re.compile(r"^(?:in|on|since|by|of|during|until|from|for|early|late|mid|end of)[\s-]+", re.IGNORECASE)


def find(parsed: Sequence[Parsed], *, published: str | None) -> list[DateMention]:
    """Every date expression of prose and headlines, in order; durations and ages are none.

    ``published`` is EDTF or ``None``; without it "April 21" stays ``XXXX-04-21`` and "this month" is left out.
    """
    out: list[DateMention] = []
    for piece in parsed:
        if piece.block.kind not in (BlockKind.PROSE, BlockKind.HEADLINE):
            continue
        for match in _PATTERN.finditer(piece.doc.text):
            words = match[0].strip(" ,-")
            if not words:
                continue
            start = match.start() + match[0].index(words)
            lead = _LEADING.match(words)
            if lead:
                start, words = start + lead.end(), words[lead.end() :]
            if re.fullmatch(r"(?:may|march)", words, re.IGNORECASE) and not (
                words[0].isupper() and (lead or _PREPOSED.search(piece.doc.text[:start]))
            ):
                continue  # "may" and "march" are words of their own
            edtf = resolve(words, published=published)
            if edtf is not None and words:
                out.append(DateMention(piece.span(start, start + len(words)), edtf, piece.index))
    return out


def resolve(text: str, *, published: str | None) -> str | None:
    """The EDTF value of one date expression, or ``None`` where it cannot be told.

    >>> resolve("April 21", published="2015-04-21"), resolve("February", published="2015-04-21")
    ('2015-04-21', '2015-02')
    >>> resolve("December 3", published="2015-01-10"), resolve("April 21", published=None)
    ('2014-12-03', 'XXXX-04-21')
    """
    words = " ".join(text.lower().replace(",", " ").replace(".", " ").split())
    base = _day(published)
    year = next(iter(re.findall(rf"\b{_YEAR}\b", words)), None)
    if re.fullmatch(rf"{_YEAR}-\d\d(?:-\d\d)?", words):
        return _valid(words)
    month = next(
        (
            i
            for i, m in enumerate(_MONTHS, 1)
            if re.search(rf"\b(?:{m}|{m[:3]}|{'sept' if m[:3] == 'sep' else m[:3]})\b", words)
        ),
        None,
    )
    if month is not None:
        day = next(iter(re.findall(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", words.replace(year or "-", ""))), None)
        if year is None:
            year = _nearest_year(month, int(day) if day else None, published, words)
        tail = f"-{month:02d}" + (f"-{int(day):02d}" if day else "")
        return _valid(f"{year or 'XXXX'}{tail}")
    if year is not None:
        return _valid(year)
    if base is None:
        return None
    return _valid(_relative(words, base))


def _relative(words: str, base: date) -> str:
    """ "yesterday", "on Tuesday", "this month", "last week" counted from the publication day."""
    if "month" in words or "year" in words:
        back = 1 if "last" in words else -1 if "next" in words else 0
        if "year" in words:
            return f"{base.year - back}"
        index = base.year * 12 + base.month - 1 - back
        return f"{index // 12}-{index % 12 + 1:02d}"
    if "week" in words:
        start = base - timedelta(days=base.weekday() + (7 if "last" in words else -7 if "next" in words else 0))
        return f"{start.isoformat()}/{(start + timedelta(days=6)).isoformat()}"
    prefer = "future" if words.startswith("next ") or words == "tomorrow" else "past"
    if re.fullmatch(rf"(?:last |this |next |on |since |by )?{_WEEKDAY}", words, re.IGNORECASE):
        words = words.split()[-1]
        if date.fromisoformat(base.isoformat()).strftime("%A").lower() == words:
            return base.isoformat()  # a paper of that day means today
    settings = {"RELATIVE_BASE": _moment(base), "PREFER_DATES_FROM": prefer}
    found = dateparser.parse(words, languages=["en"], settings=settings)
    return found.date().isoformat() if found is not None else ""


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)


def _nearest_year(month: int, day: int | None, published: str | None, words: str) -> str | None:
    """The year that brings the date nearest before publication; a date within two months ahead is still to come."""
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", published or "")
    if not match:
        return None
    year = int(match[1])
    if match[2] is None:
        return str(year)
    if "last" in words.split() and month >= int(match[2]):
        return str(year - 1)
    ahead = (month - int(match[2])) + ((day or 1) - int(match[3] or 28)) / 31
    return str(year - 1 if ahead > 2 else year + 1 if ahead < -11 and "next" in words else year)


def _day(published: str | None) -> date | None:
    match = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", published or "")
    return date(int(match[1]), int(match[2]), int(match[3] or 15)) if match else None


def _valid(value: str) -> str | None:
    if not value:
        return None
    try:
        parse_edtf(value)
    except EDTFParseException:
        return None
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value)
    if match:
        try:
            date.fromisoformat(value)
        except ValueError:
            return None
    return value
