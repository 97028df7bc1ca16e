"""Countries, capitals and international bodies that are the same everywhere: their ISO codes and Wikidata's items, by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.english import places
from kg.english.lists import entries, records
from kg.model import EntityType


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a thing everywhere: of a country its codes in ISO 3166-1 (alpha-2, alpha-3), and an item of Wikidata."""

    codes: tuple[str, ...]
    item: str


def find(kind: EntityType, name: str, country: str | None = None) -> Known | None:
    """What is known of a thing of this kind and name; ``country`` is the name of the country that a text places it in.

    A city elsewhere and a body that belongs to one country are other things than those of the table.

    >>> find(EntityType.COUNTRY, "Britain").codes, find(EntityType.CITY, "Oslo").item
    (('GB', 'GBR'), 'Q585')
    >>> find(EntityType.CITY, "Paris", "United States"), find(EntityType.ORGANISATION, "NATO", "Latvia")
    (None, None)
    """
    if kind is EntityType.COUNTRY:
        place = places.find(name)
        return _countries().get(place.name) if place is not None and place.type is EntityType.COUNTRY else None
    if kind is EntityType.CITY:
        place = places.find(name)
        found, lies_in = _cities().get(name, (None, None))
        return found if place is not None and place.type is EntityType.CITY and country in (None, lies_in) else None
    return _bodies().get(name) if kind is EntityType.ORGANISATION and country is None else None


def code(name: str) -> str | None:
    """The code in ISO 3166-1 (alpha-2) of the country of this name.

    >>> code("Kyrgyzstan"), code("Kosovo"), code("Atlantis")
    ('KG', None, None)
    """
    found = find(EntityType.COUNTRY, name)
    return found.codes[0] if found is not None and found.codes else None


@cache
def _countries() -> dict[str, Known]:
    return {row["names"]: _known(row) for row in records("known") if row["kind"] == "country"}


@cache
def _cities() -> dict[str, tuple[Known, str]]:
    rows = (row for row in records("known") if row["kind"] == "city")
    return {row["names"]: (Known((), row["item"]), places.country_codes()[row["code"]]) for row in rows}


@cache
def _bodies() -> dict[str, Known]:
    rows = (row for row in records("known") if row["kind"] == "organisation")
    return {name: _known(row) for row in rows for name in entries(row["names"])}


def _known(row: dict[str, str]) -> Known:
    return Known(tuple(c for c in (row["code"], row["code3"]) if c != "-"), row["item"])
