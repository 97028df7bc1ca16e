"""The calendar: names of months and days, and the EDTF value of a date expression, counted from the day of publication."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from kg.english.lists import alternation, listed
from kg.english.numerals.lexemes import UNITS

MONTHS = listed("date_words", "month")
"""The months in full, in order."""

SHORT = listed("date_words", "short")
"""The months as they are cut short, without a full stop."""

NUMBER_OF = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
"""The number of a month by its name in lower case."""

WEEKDAYS = listed("date_words", "weekday")
"""The days of the week in full, from Monday."""

GIVEN_NAMES = frozenset(listed("date_words", "name"))
"""Months, in full or short, that are names of persons too: "Jan", "May", "August"."""

_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "q1": 1, "q2": 2, "q3": 3, "q4": 4}
_HALVES = {"first": (1, 6), "second": (7, 12)}
_COUNTS = {word: number for word, number in UNITS.items() if number <= 12} | {"a": 1, "an": 1}
_YEAR = r"(?:1[5-9]|20)\d\d"
_WEEKDAY = alternation(day.lower() for day in WEEKDAYS)


def resolve(text: str, *, published: str | None, future: bool = False) -> str | None:
    """The EDTF value of one date expression, or ``None`` where it cannot be told.

    ``published`` is EDTF of any precision or ``None``; ``future`` says that the sentence speaks of what is to come, so
    that a month without a year is the next one.

    >>> resolve("April 21", published="2015-04-21"), resolve("February", published="2015-04-21")
    ('2015-04-21', '2015-02')
    >>> resolve("December 3", published="2015-01-10"), resolve("April 21", published=None)
    ('2014-12-03', 'XXXX-04-21')
    >>> resolve("two weeks ago", published="2015-04-21"), resolve("the late 1980s", published=None)
    ('2015-04-06/2015-04-12', '198X')
    """
    words = " ".join(re.sub(r"[,.]", " ", text.lower().replace("–", "-")).split())
    if "/" in words and _iso(words) is None:
        return None  # "7/8/2021": which is the month?
    value = (
        _iso(words)
        or _decade(words)
        or _interval(words, published, future)
        or _part_of_year(words, published)
        or _month(words, published, future)
        or _own_year(words)
        or _relative(words, published)
    )
    return valid(value) if value else None


def valid(value: str) -> str | None:
    """``value`` where it is a date of the forms that kg writes, and of a day that exists, else ``None``.

    Days, months, years, decades and seasons (EDTF level 1), and intervals of them; the package edtf, which knows all of
    EDTF, takes ten thousand times as long, and checks this in the tests.
    """
    parts = value.split("/")
    if len(parts) > 2 or not all(map(_is_date, parts)):
        return None
    return value if len(parts) == 1 or parts[0] <= parts[1] else None


def _is_date(value: str) -> bool:
    match = re.fullmatch(r"(\d{4}|XXXX)(?:-(\d\d)(?:-(\d\d))?)?|\d{3}X", value)
    if match is None or match[2] is None:
        return match is not None and value != "XXXX"
    if match[3] is None:
        return 1 <= int(match[2]) <= 12 or (21 <= int(match[2]) <= 24 and match[1] != "XXXX")
    try:
        date(
            2000 if match[1] == "XXXX" else int(match[1]), int(match[2]), int(match[3])
        )  # 29 February may be without a year
    except ValueError:
        return False
    return True


def _iso(words: str) -> str | None:
    if re.fullmatch(rf"{_YEAR}-(?:0[1-9]|1[0-2])(?:-\d\d)?", words):
        return words
    # "21/04/2015": only where one of the two can be no month
    match = re.fullmatch(rf"(\d{{1,2}})[/ -](\d{{1,2}})[/ -]({_YEAR})", words)
    if match is None:
        return None
    a, b = int(match[1]), int(match[2])
    if a > 12 >= b or a == b:
        return f"{match[3]}-{b:02d}-{a:02d}"
    return f"{match[3]}-{a:02d}-{b:02d}" if b > 12 >= a else None


def _decade(words: str) -> str | None:
    match = re.search(r"\b((?:1[5-9]|20)\d)0s\b", words)
    return f"{match[1]}X" if match else None


def _interval(words: str, published: str | None, future: bool) -> str | None:
    """ "2011-2014", "2014-15", "April 21-23", "21-23 April", "January to March 2015"."""
    match = re.search(rf"\b({_YEAR})\s*-\s*(\d\d(?:\d\d)?)\b", words)
    if match:
        end = match[2] if len(match[2]) == 4 else match[1][:2] + match[2]
        return f"{match[1]}/{end}" if end > match[1] else None
    month = _month_of(words)
    match = re.search(r"\b(\d{1,2})\s*-\s*(\d{1,2})\b", words)
    if month is not None and match:
        year = _own_year(words) or _nearest_year(month, int(match[1]), published, words, future)
        if year is None or not int(match[1]) < int(match[2]) <= 31:
            return None
        return f"{year}-{month:02d}-{int(match[1]):02d}/{year}-{month:02d}-{int(match[2]):02d}"
    names = [m for m in re.split(r"-|\bto\b", words) if _month_of(m) is not None]
    if len(names) == 2:
        first, second = _month_of(names[0]), _month_of(names[1])
        year = _own_year(words) or (_nearest_year(second, None, published, words, future) if second else None)
        if first and second and first < second and year:
            return f"{year}-{first:02d}/{year}-{second:02d}"
    return None


def _part_of_year(words: str, published: str | None) -> str | None:
    """Seasons by their EDTF codes; quarters and halves as intervals of months."""
    year = _own_year(words) or _relative_year(words, published)
    match = re.search(r"\b(?:(first|second|third|fourth|last) quarter|(q[1-4]))\b", words)
    if match:
        quarter = _QUARTERS[match[1] or match[2]]
        return f"{year}-{3 * quarter - 2:02d}/{year}-{3 * quarter:02d}" if year else None
    match = re.search(r"\b(first|second) half\b", words)
    if match:
        low, high = _HALVES[match[1]]
        return f"{year}-{low:02d}/{year}-{high:02d}" if year else None
    season = next((code for name, code in _SEASONS.items() if re.search(rf"\b{name}\b", words)), None)
    if season is None:
        return None
    if _own_year(words) is None and published and "last" in words.split():
        ended = {21: 5, 22: 8, 23: 11, 24: 2}[season]
        base = _day(published)
        year = str(base.year if base and ended < base.month else base.year - 1) if base else None
    return f"{year}-{season}" if year else None


def _month(words: str, published: str | None, future: bool) -> str | None:
    month = _month_of(words)
    if month is None:
        return None
    own = _own_year(words)
    day = next(iter(re.findall(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", words.replace(own or "-", ""))), None)
    year = own or _nearest_year(month, int(day) if day else None, published, words, future) or "XXXX"
    return f"{year}-{month:02d}" + (f"-{int(day):02d}" if day else "")


def _relative(words: str, published: str | None) -> str | None:
    """ "this month", "last year", "two weeks ago", "yesterday", "on Tuesday", counted from the day of publication."""
    base = _day(published)
    if base is None or published is None:
        return None
    count, unit = _distance(words)
    if unit == "year":
        return str(base.year - count)
    if len(published) < 7:
        return None
    if unit == "month":
        index = base.year * 12 + base.month - 1 - count
        return f"{index // 12:04d}-{index % 12 + 1:02d}"
    if len(published) < 10:
        return None
    if unit in ("week", "fortnight"):
        start = base - timedelta(days=base.weekday() + 7 * count * (2 if unit == "fortnight" else 1))
        return f"{start.isoformat()}/{(start + timedelta(days=6)).isoformat()}"
    if unit == "weekend":
        start = base - timedelta(days=(base.weekday() - 5) % 7 + (7 if count and base.weekday() >= 5 else 0))
        return f"{start.isoformat()}/{(start + timedelta(days=1)).isoformat()}"
    if unit == "day":
        return (base - timedelta(days=count)).isoformat()
    ahead, last = "next" in words.split() or words == "tomorrow", "last" in words.split()
    weekday = re.search(_WEEKDAY, words)
    words = weekday[0] if weekday else {"tonight": "today", "overnight": "today"}.get(words, words)
    if base.strftime("%A").lower() == words and not ahead and not last:
        return base.isoformat()  # a paper of that day means today
    import dateparser  # here, since it loads slowly and the names of the months do not need it

    found = dateparser.parse(
        words,
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime(base.year, base.month, base.day, 12),
            "PREFER_DATES_FROM": "future" if ahead else "past",
        },
    )
    return found.date().isoformat() if found is not None else None


def _distance(words: str) -> tuple[int, str]:
    """How many units back: (1, "year") for "last year", (2, "week") for "two weeks ago", (-1, "month") for "next month"."""
    match = re.search(r"\b(\w+) (day|week|fortnight|month|year)s? (?:ago|earlier)\b", words)
    if match:
        count = int(match[1]) if match[1].isdigit() else _COUNTS.get(match[1])
        return (count, match[2]) if count is not None and count < 500 else (0, "")
    match = re.search(r"\b(this|last|past|previous|next|current|the) (week|weekend|month|year)\b", words)
    if match:
        return {"last": 1, "past": 1, "previous": 1, "next": -1}.get(match[1], 0), match[2]
    return 0, ""


def _month_of(words: str) -> int | None:
    for month, number in NUMBER_OF.items():
        short = "sept?" if month == "september" else month[:3]
        if re.search(rf"\b(?:{month}|{short})\b", words):
            return number
    return None


def _own_year(words: str) -> str | None:
    return next(iter(re.findall(rf"\b{_YEAR}\b", words)), None)


def _relative_year(words: str, published: str | None) -> str | None:
    base = _day(published)
    if base is None:
        return None
    back = 1 if re.search(r"\blast year\b", words) else -1 if re.search(r"\bnext\b", words) else 0
    return str(base.year - back)


def _nearest_year(month: int, day: int | None, published: str | None, words: str, future: bool) -> str | None:
    """The year that brings the date nearest before publication; a date within two months ahead is still to come."""
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", published or "")
    if not match:
        return None
    year = int(match[1])
    if match[2] is None:
        return str(year)
    own = int(match[2])
    if "last" in words.split():
        return str(year - 1 if month >= own else year)
    if "next" in words.split():
        return str(year + 1 if month <= own else year)
    ahead = (month - own) + ((day or 1) - int(match[3] or 28)) / 31
    if future:
        return str(year + 1 if ahead < -1 else year)
    return str(year - 1 if ahead > 2 else year)


def _day(published: str | None) -> date | None:
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", published or "")
    try:
        return date(int(match[1]), int(match[2] or 6), int(match[3] or 15)) if match else None
    except ValueError:
        return None
