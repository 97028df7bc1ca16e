"""Whose rupees, pesos or crowns: a currency that several countries call by one word is that of the country named right before the
sum, else of the one that the article names most.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg.english import places
from kg.english.lists import rows
from kg.model import EntityType, Figure, Mention

_NEAR = 120  # characters from a country to the sum that is its


def of_country(figures: Sequence[Figure], mentions: Sequence[Mention]) -> list[Figure]:
    """The figures, those in a bare word that several currencies share with the code of a country's own."""
    if not any(_shared(figure) for figure in figures):
        return list(figures)
    named = sorted((m.span.end, country) for m in mentions if (country := _country(m)) is not None)
    return [replace(f, unit=code + _rate(f)) if (code := _code(f, named)) else f for f in figures]


@cache
def _codes() -> dict[str, dict[str, str]]:
    """The codes of each word that currencies share, by country: {"rupees": {"India": "INR", "Sri Lanka": "LKR"}}."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    bare: dict[str, str] = {}
    for row in rows("currencies"):
        for words in row[2].split("|") if len(row) > 2 else ():
            whose, _, word = words.rpartition(" ")
            if (nation := places.nationality(whose) if whose else None) is not None:
                found[word][nation.name] = row[0]
            elif not whose:
                bare[word] = row[0]
    return {word: of for word, of in found.items() if len(of) > 1 or bare.get(word, "") not in ("", *of.values())}


def _shared(figure: Figure) -> dict[str, str]:
    """The codes by country of the word that a sum is written in, where that is no more than the word; pounds may be of weight."""
    money = figure.unit.partition(" per ")[0] in _currencies()
    return _codes().get(figure.unit_text.split(" per ")[0].lower(), {}) if money else {}


@cache
def _currencies() -> frozenset[str]:
    return frozenset(row[0] for row in rows("currencies"))


def _rate(figure: Figure) -> str:
    _, per, what = figure.unit.partition(" per ")
    return per + what


def _code(figure: Figure, named: Sequence[tuple[int, str]]) -> str | None:
    codes = _shared(figure)
    here = [(end, country) for end, country in named if country in codes] if codes else []
    near = bisect_right(here, figure.span.start, key=lambda pair: pair[0]) - 1
    if near >= 0 and figure.span.start - here[near][0] <= _NEAR:
        return codes[here[near][1]]
    most = Counter(country for _, country in here).most_common(2)
    return codes[most[0][0]] if most and (len(most) == 1 or most[0][1] > most[1][1]) else None


def _country(mention: Mention) -> str | None:
    return mention.name if mention.type is EntityType.COUNTRY else mention.country
