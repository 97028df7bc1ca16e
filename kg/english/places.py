"""Countries, cities and parts of the world by their names, and countries by their nationality words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeVar

from kg.english.inflection import plural, singular
from kg.english.lists import entries, longest_by_start, records
from kg.model import EntityType

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Place:
    """A known place under its usual ``name``; ``country`` is the name of the country that it lies in, if one alone."""

    name: str
    type: EntityType
    country: str | None = None


def find(name: str) -> Place | None:
    """The place that ``name`` is widely known as, or ``None``. Case counts ("Turkey", not "turkey").

    >>> find("Britain").name, find("Nairobi").country, find("the Balkans").type.value
    ('United Kingdom', 'Kenya', 'region')
    """
    bare = name[4:] if name[:4] in ("the ", "The ") else name
    return _places().get(name) or _places().get(bare)


def nationality(word: str) -> Place | None:
    """The country or region that a nationality word leads to, or ``None``.

    >>> nationality("Kenyan").name, nationality("Danes").name, nationality("European").type.value
    ('Kenya', 'Denmark', 'region')
    """
    return _nationalities().get(word)


@lru_cache(maxsize=16_384)  # names come again in each article
def named(text: str) -> frozenset[str]:
    """The names in a text, each in one form: a country or region for its names and nationality words, any other word with a
    capital in lower case and singular.

    >>> sorted(named("Austrian and Australian miners")), sorted(named("North Korean troops near Osh"))
    (['Australia', 'Austria'], ['North Korea', 'osh'])
    >>> named("Israelis") == named("Israel"), named("Niger") == named("Nigeria")
    (True, False)
    """
    words = re.findall(r"[^\W\d_][\w-]*", re.sub(r"['’]s?\b", "", text))
    found: set[str] = set()
    i = 0
    while i < len(words):
        if not words[i][:1].isupper():
            i += 1
            continue
        for n in range(min(_land_starts().get(words[i], 1), len(words) - i), 1, -1):
            known = _land(" ".join(words[i : i + n]))
            if known is not None:
                break
        else:
            known, n = _word(words[i]), 1
        found.add(known)
        i += n
    return frozenset(found)


@lru_cache(maxsize=1 << 16)  # few words with a capital make most of a text
def _word(word: str) -> str:
    return _land(word) or singular(word)


@cache
def _land_starts() -> dict[str, int]:
    """The number of words of the longest name of a country or region, or of its people, by its first word."""
    return longest_by_start(
        {name: place for name, place in (*_places().items(), *_nationalities().items()) if place.type in _LANDS}
    )


_LANDS = frozenset({EntityType.COUNTRY, EntityType.REGION})


def _land(name: str) -> str | None:
    place = _nationalities().get(name) or _nationalities().get(name.removesuffix("s")) or _places().get(name)
    return place.name if place is not None and place.type in _LANDS else None


def is_plural(word: str) -> bool:
    """Whether a nationality word can only mean people ("Kenyans", "Danes")."""
    return word in _plurals()


def people(word: str) -> bool:
    """Whether a word is one for a people, a faith or a language, or an adjective of one, that no place's name is in.

    >>> people("Slavic"), people("Berbers"), people("Scots"), people("Oslo")
    (True, True, False, False)
    """
    return word in _peoples()


@cache
def starts() -> dict[str, int]:
    """The number of words of the longest known name by its first word."""
    return longest_by_start(_places())


@cache
def words_of(country: str) -> frozenset[str]:
    """The names and nationality words of a country.

    >>> sorted(words_of("Kenya"))
    ['Kenya', 'Kenyan', 'Kenyans', 'Republic of Kenya']
    """
    known = (*_places().items(), *_nationalities().items())
    return frozenset(word for word, place in known if place.type is EntityType.COUNTRY and place.name == country)


@cache
def country_codes() -> dict[str, str]:
    """Name of the country by its code in the table."""
    return {row["code"]: row["name"] for row in records("countries") if row["code"] != "-"}


@cache
def _places() -> dict[str, Place]:
    found: dict[str, Place] = {}
    for row in records("regions"):
        for name in (row["name"], *entries(row["names"])):
            found[name] = Place(row["name"], EntityType.REGION)
    for row in records("countries"):
        for name in entries(row["region"]):
            found.setdefault(name, Place(name, EntityType.REGION))
    for row in records("places"):
        for name in entries(row["names"]):
            found.setdefault(name, Place(name, EntityType(row["kind"]), country_codes().get(row["code"])))
    for row in records("countries"):
        found.setdefault(row["capital"], Place(row["capital"], EntityType.CITY, row["name"]))
        for name in entries(row["names"]):
            found.setdefault(name, Place(row["name"], EntityType.COUNTRY, row["name"]))
    for row in records("countries"):
        found[row["name"]] = Place(row["name"], EntityType.COUNTRY, row["name"])
    return found


@cache
def _plurals() -> frozenset[str]:
    return frozenset(plural(w) for w in _nationalities() if not w.endswith("s")) & _nationalities().keys()


@cache
def _nationalities() -> dict[str, Place]:
    found: dict[str, Place] = {}
    for table, kind in (("countries", EntityType.COUNTRY), ("regions", EntityType.REGION)):
        for row in records(table):
            for word in entries(row["nationality"]):
                country = row["name"] if kind is EntityType.COUNTRY else None
                place = Place(row["name"], kind, country)
                _with_plural(found, word, place)
    for row in records("peoples"):
        if row["place"] != "-":
            home = _places().get(row["place"]) or Place(row["place"], EntityType.REGION)
            for word in entries(row["words"]):
                _with_plural(found, word, home)
    return found


@cache
def _peoples() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in records("peoples"):
        if row["place"] == "-":
            for word in entries(row["words"]):
                _with_plural(found, word, word)
    return {word: people for word, people in found.items() if word not in _nationalities()}


def _with_plural(found: dict[str, _T], word: str, value: _T) -> None:
    """The word and, where it has a regular one, its plural."""
    found.setdefault(word, value)
    if not word.endswith(("ese", "ch", "sh", "ss", "men", "man", "woman", "x", "ic", "s")):
        found.setdefault(plural(word), value)
