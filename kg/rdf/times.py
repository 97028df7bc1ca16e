"""The first and the last moment of an EDTF date, as every SPARQL engine can compare them.

They are ``xsd:dateTime`` without a zone: a newspaper's day is the day where it appears, and no text says in which zone that is.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable

from kg.vocabulary import Dating

Moments = tuple[str | None, str | None]
"""The earliest and the latest moment; ``None`` where the date is open on that side."""

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?|(\d{3})X|(\d{2})XX", re.ASCII)
_DECEMBER, _WINTER = 12, 24


def moments(edtf: str) -> Moments | None:
    """The first and the last second of a date or an interval of EDTF level 1; ``None`` where it has no year or is no date.

    >>> moments("2015-02")
    ('2015-02-01T00:00:00', '2015-02-28T23:59:59')
    >>> moments("../2014"), moments("XXXX-02")
    ((None, '2014-12-31T23:59:59'), None)
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _moments(edtf)
    ends = [(None, None) if part in ("", "..") else _moments(part) for part in (first, last)]
    if None in ends or ends == [(None, None), (None, None)]:
        return None
    start, end = ends[0][0], ends[1][1]  # type: ignore[index]
    return None if start and end and start > end else (start, end)


def _moments(edtf: str) -> Moments | None:
    match = _DATE.fullmatch(edtf.rstrip("?~%"))
    if match is None:
        return None
    if match[4] or match[5]:
        years = (f"{match[4]}0", f"{match[4]}9") if match[4] else (f"{match[5]}00", f"{match[5]}99")
        return _span(years[0], 1, 1, years[1], _DECEMBER, 31) if years[0] != "0000" else None
    year, month, day = match[1], int(match[2] or 0), int(match[3] or 0)
    if year == "0000":
        return None
    if match[2] is None:
        return _span(year, 1, 1, year, _DECEMBER, 31)
    if match[3] is None and 21 <= month <= _WINTER:
        return _season(year, month)
    if not 1 <= month <= _DECEMBER:
        return None
    most = calendar.monthrange(int(year), month)[1]
    if match[3] is None:
        return _span(year, month, 1, year, month, most)
    return _span(year, month, day, year, month, day) if 1 <= day <= most else None


def _season(year: str, code: int) -> Moments | None:
    """Three months of the north: spring from March; winter from December to the February after it."""
    first = (code - 20) * 3
    if code != _WINTER:
        return _span(year, first, 1, year, first + 2, calendar.monthrange(int(year), first + 2)[1])
    after = int(year) + 1
    return _span(year, first, 1, f"{after:04d}", 2, calendar.monthrange(after, 2)[1]) if after <= 9999 else None


def _span(year: str, month: int, day: int, year_of_end: str, month_of_end: int, day_of_end: int) -> Moments:
    return (
        f"{year}-{month:02d}-{day:02d}T00:00:00",
        f"{year_of_end}-{month_of_end:02d}-{day_of_end:02d}T23:59:59",
    )


def dated(dates: Iterable[tuple[Dating | None, str | None]]) -> tuple[Dating | None, Moments] | None:
    """The bounds of the first of ``dates`` that has any, with where they are from; ``None`` where none has."""
    for dating, edtf in dates:
        found = moments(edtf) if edtf else None
        if found is not None:
            return dating, found
    return None


__all__ = ["Moments", "dated", "moments"]
