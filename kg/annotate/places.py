"""Countries, cities and parts of the world by their names, and countries by their nationality words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.annotate.tables import plural, rows, words
from kg.model import EntityType


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


def is_plural(word: str) -> bool:
    """Whether a nationality word can only mean people ("Kenyans", "Danes")."""
    return word in _nationalities() and word in {plural(w) for w in _nationalities() if not w.endswith("s")}


@cache
def longest() -> int:
    """The number of words of the longest known name."""
    return max(len(name.split()) for name in _places())


@cache
def country_codes() -> dict[str, str]:
    """Name of the country by its code in the table."""
    return {row["code"]: row["name"] for row in rows("countries") if row["code"] != "-"}


@cache
def _places() -> dict[str, Place]:
    found: dict[str, Place] = {}
    for row in rows("regions"):
        for name in (row["name"], *words(row["names"])):
            found[name] = Place(row["name"], EntityType.REGION)
    for row in rows("countries"):
        for name in words(row["region"]):
            found.setdefault(name, Place(name, EntityType.REGION))
    for row in rows("places"):
        for name in words(row["names"]):
            found.setdefault(name, Place(name, EntityType(row["kind"]), country_codes().get(row["code"])))
    for row in rows("countries"):
        found.setdefault(row["capital"], Place(row["capital"], EntityType.CITY, row["name"]))
        for name in words(row["names"]):
            found.setdefault(name, Place(row["name"], EntityType.COUNTRY, row["name"]))
    for row in rows("countries"):
        found[row["name"]] = Place(row["name"], EntityType.COUNTRY, row["name"])
    return found


@cache
def _nationalities() -> dict[str, Place]:
    found: dict[str, Place] = {}
    for table, kind in (("countries", EntityType.COUNTRY), ("regions", EntityType.REGION)):
        for row in rows(table):
            for word in words(row["nationality"]):
                country = row["name"] if kind is EntityType.COUNTRY else None
                place = Place(row["name"], kind, country)
                found.setdefault(word, place)
                if not word.endswith(("ese", "ch", "sh", "ss", "men", "man", "x")):
                    found.setdefault(plural(word), place)
    return found
