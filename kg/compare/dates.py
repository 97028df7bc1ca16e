"""When a figure was given: days between two partial dates, and dates and spans of time in words."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from kg.english.calendar import MONTHS
from kg.english.numerals.lexemes import UNITS
from kg.model import Assertion, Claim

_NUMBERS = ("no", *list(UNITS)[1:13])
_EDTF = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def when(claim: Claim) -> str | None:
    """The day, month or year that a figure is given for: said on, else as of, else published; ``None`` where unknown."""
    return next((d for d in (claim.said_on, claim.as_of, claim.published) if d and _EDTF.fullmatch(d)), None)


def known(value: str | None) -> bool:
    """Whether a date has a year and is no span of time."""
    return _EDTF.fullmatch(value or "") is not None


def told(assertion: Assertion) -> str | None:
    """The day, month or year of a statement: said on, else published; ``None`` where unknown."""
    return next((d for d in (assertion.said_on, assertion.published) if d and _EDTF.fullmatch(d)), None)


def period(claim: Claim) -> str | None:
    """The time that a figure describes where that is not the time of saying it ("in 2022, …")."""
    said = claim.said_on or claim.published
    if not claim.as_of or not _EDTF.fullmatch(claim.as_of) or (said and said.startswith(claim.as_of)):
        return None
    return None if claim.as_of == claim.said_on else claim.as_of


def order(claim: Claim) -> tuple[float, str]:
    """Sorts claims from early to late; a month counts as its middle, claims without a date come last."""
    value = when(claim)
    return (middle(value) if value else float("inf")), claim.figure


def days_between(a: str | None, b: str | None) -> int | None:
    """Days from ``a`` to ``b``. A month or a year that holds the other date is no distance away; how far a span of time is, nobody knows.

    >>> days_between("2015-04-16", "2015-04-21"), days_between("2015-04", "2015-04-21"), days_between(None, "2015")
    (5, 0, None)
    >>> days_between("2016-01-18/2016-01-24", "2016-01-20")
    """
    if not a or not b:
        return None
    if a.startswith(b) or b.startswith(a):
        return 0
    if not known(a) or not known(b):
        return None
    return round(middle(b) - middle(a))


@lru_cache(maxsize=65536)
def middle(value: str) -> float:
    """The day in the middle of a date, as an ordinal number."""
    match = _EDTF.fullmatch(value)
    assert match, value
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if not month:
        return date(max(year, 1), 7, 2).toordinal()
    month = min(max(month, 1), 12)
    first = date(max(year, 1), month, 1).toordinal()
    return first + (min(day, 31) - 1 if day else 14.5)


def words(value: str | None, *, beside: str | None = None) -> str:
    """A date with its preposition, without the year where ``beside`` (a date already told) has the same one.

    >>> words("2015-04-21"), words("2015-09", beside="2015-04-21"), words("2015", beside="2015-02")
    ('on 21 April 2015', 'in September', 'in 2015')
    """
    match = _EDTF.fullmatch(value or "")
    if not match:
        return ""
    year = "" if match[2] and (beside or "").startswith(match[1]) else f" {match[1]}"
    if match[2] and not 1 <= int(match[2]) <= 12:
        return f"in {match[1]}"
    if match[3]:
        return f"on {int(match[3])} {MONTHS[int(match[2]) - 1]}{year}"
    return f"in {MONTHS[int(match[2]) - 1]}{year}" if match[2] else f"in {match[1]}"


def length(days: int, *, exact: bool = True) -> str:
    """A number of days as a reader would say it.

    >>> length(5), length(61), length(800)
    ('five days', 'two months', 'two years')
    """
    days = abs(days)
    if days < 14 or (days < 28 and exact):
        number, unit = days, "day"
    elif days < 28:
        number, unit = round(days / 7), "week"
    elif days < 700:
        number, unit = max(1, round(days / 30.44)), "month"
    else:
        number, unit = round(days / 365.25), "year"
    return f"{_NUMBERS[number] if number <= 12 else number} {unit}{'s' if number != 1 else ''}"


def is_day(value: str | None) -> bool:
    """Whether the date is known to the day."""
    return len(value or "") == 10
