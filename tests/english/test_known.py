"""What is the same everywhere: a table of facts, held to the other tables and to itself."""

from __future__ import annotations

import re

import pytest

from kg.english import known, places
from kg.english.lists import entries, records
from kg.model import EntityType

pytestmark = pytest.mark.fast
ROWS = records("known")
COUNTRIES = [row for row in ROWS if row["kind"] == "country"]


@pytest.mark.parametrize(
    ("name", "codes", "item"),
    [
        ("Kyrgyzstan", ("KG", "KGZ"), "Q813"),
        ("Britain", ("GB", "GBR"), "Q145"),
        ("the United States", ("US", "USA"), "Q30"),
        ("Denmark", ("DK", "DNK"), "Q35"),
        ("Netherlands", ("NL", "NLD"), "Q55"),
        ("Germany", ("DE", "DEU"), "Q183"),
        ("Switzerland", ("CH", "CHE"), "Q39"),
        ("Kosovo", (), "Q1246"),
    ],
)
def test_known_countries_by_any_of_their_names(name: str, codes: tuple[str, ...], item: str) -> None:
    assert known.find(EntityType.COUNTRY, name) == known.Known(codes, item)
    assert known.code(name) == (codes[0] if codes else None)


def test_known_cities_where_they_lie_and_bodies_of_no_country() -> None:
    assert (
        known.find(EntityType.CITY, "Paris") == known.find(EntityType.CITY, "Paris", "France") == known.Known((), "Q90")
    )
    assert known.find(EntityType.CITY, "Paris", "United States") is None
    assert known.find(EntityType.ORGANISATION, "UN") == known.find(EntityType.ORGANISATION, "United Nations")
    assert known.find(EntityType.ORGANISATION, "World Bank", "Kyrgyzstan") is None
    assert known.find(EntityType.ORGANISATION, "Security Council") is None


@pytest.mark.parametrize("kind", [kind for kind in EntityType if kind not in (EntityType.COUNTRY,)])
def test_known_no_country_by_its_name_alone(kind: EntityType) -> None:
    assert known.find(kind, "Georgia") is None
    assert known.find(kind, "Kyrgyzstan") is None


@pytest.mark.parametrize(
    "name", ["Kingston", "San Jose", "Georgetown", "Tripoli", "Washington", "Santiago", "Panama City"]
)
def test_known_what_shares_its_name_is_left_out(name: str) -> None:
    assert known.find(EntityType.CITY, name) is None


@pytest.mark.parametrize("name", ["Soviet Union", "Yugoslavia", "Czechoslovakia", "Abkhazia", "Freedonia"])
def test_known_a_country_without_a_code_has_none(name: str) -> None:
    assert known.code(name) is None


def test_known_table_is_of_one_piece() -> None:
    items, names = [row["item"] for row in ROWS], [name for row in ROWS for name in entries(row["names"])]
    assert len(set(items)) == len(items)
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"Q[1-9]\d{0,7}", item) for item in items)
    codes = [(row["code"], row["code3"]) for row in COUNTRIES if row["code"] != "-"]
    assert all(re.fullmatch("[A-Z]{2}", two) and re.fullmatch("[A-Z]{3}", three) for two, three in codes)
    assert len({two for two, _ in codes}) == len({three for _, three in codes}) == len(codes) > 200
    named = {row["code"]: row["name"] for row in records("countries")}
    assert all(named[row["code"]] == row["names"] for row in COUNTRIES if row["code"] != "-")
    for row in ROWS:
        if row["kind"] == "city":
            place = places.find(row["names"])
            assert place is not None
            assert (place.type, place.country) == (EntityType.CITY, named[row["code"]]), row


def test_known_codes_and_items_are_those_of_another_table() -> None:
    """Against the territories of OpenSanctions' ``rigour``, where it is installed: two items differ, and why is said."""
    territories = pytest.importorskip("rigour.territories")
    kingdoms = {"DK": "Q756617", "NL": "Q29999"}  # the realm in place of the country that has the code
    for row in COUNTRIES:
        if row["code"] != "-":
            other = territories.get_territory(row["code"].lower())
            assert other.alpha3 == row["code3"].lower(), row
            assert other.qid == kingdoms.get(row["code"], row["item"]), row
