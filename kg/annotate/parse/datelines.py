"""Datelines: "DAKAR —", "La Paz, 12 June 2018 —", "MANILA, Philippines (AP) —" before the first sentence of a report.

A dateline is a piece of its own to the parser: its city is a place, and it is no part of what anybody says.
"""

from __future__ import annotations

import re
from functools import cache

from kg.english import kinds, places
from kg.english.lists import alternation, listed, records

_WORD = rf"(?:[A-Z][\w.'’-]*|{alternation(listed('dateline_words', 'link'))})"
_MONTH = rf"(?:{alternation((*listed('date_words', 'short'), 'May'))})[a-z]*\.?"
_DATELINE = re.compile(
    rf"(?P<city>[A-Z][\w.'’-]*(?:\s{_WORD}){{0,3}}?)"
    rf"(?P<region>(?:,\s+{_WORD}(?:\s{_WORD}){{0,2}}?)?)"
    rf"(?P<date>(?:,?\s+\(?(?:\d{{1,2}}\s+{_MONTH}|{_MONTH}\s+\d{{1,2}})(?:,?\s+\d{{4}})?\)?)?)"
    r"(?P<agency>(?:\s+\([A-Z][\w/.& -]{1,30}\))?)"
    r"(?:\s*(?:—|–|--)\s*|\s+-\s+)(?=[\"“'‘]?[A-Z0-9$€£])"
)
# "MARDANA: The toll rose", "Trebin (May 4): The mill closed"; a speaker before a colon is known before (transcripts).
_TITLED = r"[A-Z][a-z'’-]{2,}(?:\s[A-Z][a-z'’-]{2,}){0,2}"
_SHOUTED = r"[A-Z][A-Z'’-]{3,}(?:\s[A-Z'’-]{3,}){0,2}"
_WITH_COLON = re.compile(
    rf"(?P<city>{_SHOUTED}|{_TITLED})(?:\s?/\s?(?:{_SHOUTED}|{_TITLED}))?"
    rf"(?P<date>(?:(?:,\s+|\s+\(){_MONTH}\s+\d{{1,2}}\)?)?)(?P<agency>(?:\s+\([A-Z][\w/.& -]{{1,30}}\))?):\s+(?=[\"“'‘]?[A-Z0-9$€£])"
)
# "TREBIN, May 4 Some 40 people", as a page leaves it that has lost the dash.
_BARE = re.compile(
    rf"(?P<city>{_SHOUTED})(?P<date>,\s+{_MONTH}\s+\d{{1,2}})(?P<agency>(?:\s+\([A-Z][\w/.& -]{{1,30}}\))?)\s+(?=[\"“'‘]?[A-Z])"
)
# "MARDANA, March 3. /NORDA/. The toll rose", "Lima, 3 March 2021. – Rain fell".
_WITH_STOP = re.compile(
    rf"(?P<city>[A-Z][\w.'’-]*(?:\s{_WORD}){{0,3}}?)(?:,\s+{_WORD}(?:\s{_WORD}){{0,2}}?)?"
    rf"(?P<date>,?\s+\(?(?:\d{{1,2}}\s+{_MONTH}|{_MONTH}\s+\d{{1,2}})(?:,?\s+\d{{4}})?\)?)\.?"
    r"(?P<agency>(?:\s*/[A-Z][\w.& -]{1,30}/\.?|(?<=\.)\s+\([A-Z][\w/.& -]{1,30}\)|(?<=\.)))"
    r"\s+(?:(?:—|–|--|-)\s+)?(?=[\"“'‘]?[A-Z0-9$€£])"
)
# What editors put in the same place.
_LABELS = frozenset(listed("dateline_words", "label"))


def length(text: str, *, colon: bool = True) -> int:
    """How many characters of a paragraph are its dateline with the dash and the space behind it; 0 where it has none.

    The city is in capitals or a known place, or a date or an agency stands behind it. ``colon``: a colon may stand for the
    dash, as it does in the first paragraph alone.

    >>> length("DAKAR — Rain fell."), length("La Paz, 12 June 2018 – Rain fell."), length("Rain — Much of it — fell.")
    (8, 23, 0)
    >>> length("OSH — Rain fell."), length("WHO — It met.")
    (6, 0)
    >>> length("MARDANA, March 3. /NORDA/. Rain fell."), length("Lima, 3 March 2021. – Rain fell."), length("Rain fell, 3 people said. A")
    (27, 22, 0)
    >>> length("TREBIN (May 4): Rain fell."), length("Nairobi: Rain fell."), length("Warning: Rain fell.")
    (16, 9, 0)
    """
    match = _DATELINE.match(text) or (
        (_WITH_COLON.match(text) or _WITH_STOP.match(text) or _BARE.match(text)) if colon else None
    )
    if match is None or match["city"].lower() in _LABELS or kinds.body(match["city"]):
        return 0
    city = match["city"]
    sure = (
        (len(city) > 3 and city.isupper()) or _is_short(city) or match["date"] or match["agency"] or places.find(city)
    )
    return match.end() if sure else 0


def _is_short(city: str) -> bool:
    """Whether three capitals are a town's name, which can be spoken and is no body's letters: "OSH", "PAU", not "IMF" or "WHO"."""
    return bool(re.fullmatch(r"[A-Z]{3}", city) and re.search("[AEIOUY]", city)) and city not in _letters()


@cache
def _letters() -> frozenset[str]:
    return frozenset(row["letters"].upper() for row in records("known_letters"))


def is_one(text: str) -> bool:
    """Whether a piece of text is a dateline and nothing else."""
    stripped = text.rstrip()
    return stripped.endswith(("—", "–", "-", ":", ".", "/")) and length(f"{stripped} A") >= len(stripped)
