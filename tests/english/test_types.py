"""Tables of places, bodies and titles, word by word."""

from __future__ import annotations

import pytest

from kg.english import kinds, name_words, places, titles
from kg.english.inflection import plural
from kg.english.lists import records
from kg.model import EntityType, Tense


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ministry of Labour and Social Protection", EntityType.MINISTRY),
        ("State Department", EntityType.MINISTRY),
        ("Border Guard Service", EntityType.SECURITY_SERVICE),
        ("People's Democratic Party", EntityType.MOVEMENT),
        ("Daily Harbour Post", EntityType.NEWS_ORGANISATION),
        ("Radio Free Coast", EntityType.NEWS_ORGANISATION),
        ("University of Tunis", EntityType.ORGANISATION),
        ("Military Council", EntityType.ORGANISATION),
        ("Zanzibar", None),
        ("Ann Lee", None),
    ],
)
def test_types_of_a_name_by_its_head(name: str, kind: EntityType | None) -> None:
    assert kinds.of_name(name) is kind


@pytest.mark.parametrize("article", ["", "the ", "The "])
def test_places_with_and_without_an_article(article: str) -> None:
    found = places.find(f"{article}Netherlands")
    assert found is not None
    assert (found.name, found.type) == ("Netherlands", EntityType.COUNTRY)


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Peruvian", "Peru"),
        ("Danes", "Denmark"),
        ("Ghanaians", "Ghana"),
        ("Scotsman", "Scotland"),
        ("Kurds", "Kurdistan"),
    ],
)
def test_places_nationality_words_lead_to_their_place(word: str, country: str) -> None:
    found = places.nationality(word)
    assert found is not None
    assert found.name == country


@pytest.mark.parametrize("word", ["turkey", "polish", "Table", "Chad's"])
def test_places_words_that_are_none(word: str) -> None:
    assert places.find(word) is None
    assert places.nationality(word) is None


def test_places_every_country_has_a_name_of_its_own() -> None:
    names = [row["name"] for row in records("countries")]
    assert len(names) == len(set(names)) > 200


def test_places_a_people_is_no_nationality() -> None:
    assert not any(places.nationality(w) for w in ("Berbers", "Slavic", "Zulu"))
    assert all(places.people(w) for w in ("Berbers", "Slavic", "Zulu"))


@pytest.mark.parametrize(
    ("words", "tense"),
    [
        (["then-minister"], Tense.FORMER),
        (["ex-president"], Tense.FORMER),
        (["late", "governor"], Tense.FORMER),
        (["acting", "mayor"], Tense.ACTING),
        (["interim", "president"], Tense.ACTING),
        (["president-elect"], Tense.DESIGNATE),
        (["incoming", "chairwoman"], Tense.DESIGNATE),
        (["outgoing", "premier"], Tense.CURRENT),
        (["deputy", "director"], Tense.CURRENT),
    ],
)
def test_titles_tense(words: list[str], tense: Tense) -> None:
    assert titles.tense(words) is tense


@pytest.mark.parametrize(
    ("word", "singular"),
    [
        ("spokeswomen", "spokeswoman"),
        ("Secretaries", "secretary"),
        ("ex-mayors", "mayor"),
        ("vice-presidents", "vice-president"),
    ],
)
def test_titles_plurals_and_prefixes(word: str, singular: str) -> None:
    assert titles.singular(word) == singular


@pytest.mark.parametrize("word", ["table", "Harbour", "said", ""])
def test_titles_other_words_head_none(word: str) -> None:
    assert titles.kind(word) is None


def test_tables_plurals_are_regular() -> None:
    assert [plural(w) for w in ("boss", "city", "day", "fisherman")] == ["bosses", "cities", "days", "fishermen"]


def test_heads_given_names_are_no_places() -> None:
    assert "Maria" in name_words.given_names()
    assert not name_words.given_names() & {"Kenya", "London", "Berlin", "Oslo"}
