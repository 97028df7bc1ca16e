"""Lines that tell a day and little else: "Panaji, May 31, 2022", "Page last updated at 10:22 GMT, 21 October 2008"; and datelines
that tell one with its year.
"""

from __future__ import annotations

import re

from kg.english.calendar import resolve
from kg.english.lists import alternation, listed

_LONGEST_LINE = 90  # characters
_MONTH = rf"(?:{alternation((*listed('date_words', 'month'), *listed('date_words', 'short')))})\.?"
_FULL_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?:19|20)\d\d|{_MONTH}\s+\d{{1,2}},?\s+(?:19|20)\d\d"
_DAY_LINE = re.compile(
    r"(?:(?:page |last |first |article |story )*(?:updated|published|posted|modified)(?: (?:at|on))?:?\s*)?"
    r"(?:[A-Z][\w.'-]*(?:\s[A-Z][\w.'-]*){0,2},\s+)?"  # a city or a weekday
    r"(?:\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?|GMT|UTC|[A-Z]{2,4})?,?\s+(?:[A-Z]{2,4},?\s+)?(?:[A-Z]\w+day,?\s+)?)?"
    rf"(?P<day>{_FULL_DAY})"
    r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d\d.{0,20})?\.?",
    re.IGNORECASE,
)
_SLASHED = r"\s*/[A-Z][\w.& -]{1,30}/\.?\s+(?:[—–-]\s+)?"  # "/NORDA/"
_DATELINE = re.compile(
    rf"(?!(?:At|By|From|In|On|Since|Until)\b)[A-Z][\w.'’-]*(?:,?\s[A-Z][\w.'’-]*){{0,5}}(?:,\s+|\s+\()(?P<day>{_FULL_DAY})\)?"
    rf"(?:\.?(?:\s+\([A-Z][\w/.& -]{{1,30}}\))?(?:\s*(?:—|–|--|:)\s*|\s+-\s+)|\.?{_SLASHED}|\.\s+(?=[\"“‘]?[A-Z]))(?!\d|{_MONTH}\s+\d)(?=\S)"
)
_LONGEST_DATELINE = 120  # characters
_DAY = re.compile(rf"\b(?:{_FULL_DAY}|(?:19|20)\d\d-\d\d-\d\d)\b", re.IGNORECASE)


def day_of(line: str) -> str | None:
    """The day (EDTF) of a line that tells one and little else; ``None`` for other lines.

    >>> day_of("Panaji, May 31, 2022"), day_of("A ferry sank off Goa on May 31, 2022, police said.")
    ('2022-05-31', None)
    """
    match = _DAY_LINE.fullmatch(line) if len(line) <= _LONGEST_LINE else None
    return _whole(match["day"]) if match is not None else None


def dateline(paragraph: str) -> tuple[str, str] | None:
    """The day (EDTF) of the dateline that a paragraph begins with, if that tells its year, and the dateline; ``None`` where there is none.
    The years of a life are none.

    >>> dateline("DORVEN, 3 March 2024 (AP) — Rain fell."), dateline("Ana Ruiz, 3 March 1920 – 5 May 2010")
    (('2024-03-03', 'DORVEN, 3 March 2024 (AP)'), None)
    >>> dateline("Lima, 3 March 2021. – Rain fell."), dateline("DORVEN, March 3, 2024. /NORDA/. Rain fell.")
    (('2021-03-03', 'Lima, 3 March 2021'), ('2024-03-03', 'DORVEN, March 3, 2024. /NORDA/'))
    """
    match = _DATELINE.match(paragraph[:_LONGEST_DATELINE])
    day = _whole(match["day"]) if match is not None else None
    return (day, match[0].rstrip(" —–-:.")) if match is not None and day is not None else None


def day_in(text: str) -> str | None:
    """The first day (EDTF) in a text of any kind, with its month and year.

    >>> day_in("Tue, 05 Mar 2024 11:24:50"), day_in("March 5, 2024 at noon"), day_in("the day before")
    ('2024-03-05', '2024-03-05', None)
    """
    match = _DAY.search(text)
    return _whole(match[0]) if match is not None else None


def _whole(day: str) -> str | None:
    found = resolve(day, published=None)
    return found if found is not None and len(found) == len("2015-04-21") and not found.startswith("X") else None
