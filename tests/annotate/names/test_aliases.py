"""Second names of bodies and persons, bodies of the news, and countries of ministries, in sentences of our own."""

from __future__ import annotations

import pytest

from kg.annotate.names import mentions
from kg.annotate.parse.parsing import load, parse
from kg.annotate.parse.words import Passage
from kg.english.paragraphs.blocks import split
from kg.model import EntityType, Mention, Relation, RelationKind


def find(text: str) -> tuple[list[Mention], list[Relation]]:
    return mentions.find([Passage(piece) for piece in parse(load(), text, split(text))])


def aliases(text: str) -> set[tuple[str, str]]:
    return {(r.subject.of(text), r.object.of(text)) for r in find(text)[1] if r.kind is RelationKind.ALIAS}


@pytest.mark.parametrize(
    "text",
    [
        "The Harbour Workers' Union (HWU) met on Monday.",
        'The Harbour Workers\' Union ("HWU") met on Monday.',
        "The HWU, the Harbour Workers' Union, met on Monday.",
        "The HWU (Harbour Workers' Union) met on Monday.",
        "The Harbour Workers' Union, or HWU, met on Monday.",
        "The Harbour Workers' Union, known as HWU, met on Monday.",
        "The Harbour Workers' Union, also known by its acronym HWU, met on Monday.",
    ],
)
def test_aliases_letters_in_many_forms(text: str) -> None:
    assert aliases(text) == {("Harbour Workers' Union", "HWU")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Germany's Federal Intelligence Service (BND) said so.", ("Federal Intelligence Service", "BND")),
        ("Muhammad Ali Omar, also known as Abu Khalid, was killed in Mali.", ("Muhammad Ali Omar", "Abu Khalid")),
        (
            "Fighters of the Democratic Forces for the Liberation of Rwanda (FDLR) captured it.",
            ("Democratic Forces for the Liberation of Rwanda", "FDLR"),
        ),
    ],
)
def test_aliases_of_other_languages_and_persons(text: str, expected: tuple[str, str]) -> None:
    assert aliases(text) == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "Senator Paul Kim (D-Ohio) met Maria Lopez (Spain) and Lucy Ford (CNN).",
        "The mayor of Lima (Peru) met the envoy.",
        "Accra, Ghana, and Lagos were flooded.",
        "Ann Lee, the Harbour Board's head, met Kofi Mensah.",
    ],
)
def test_aliases_none_where_brackets_tell_something_else(text: str) -> None:
    assert aliases(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Many of them travel on to Austria, France or Switzerland.",
        "Many of them travel on to Austria, France, or Switzerland, and stay there.",
        "The firm has offices in Lodz or Gdansk.",
        "Polls ask whether Ulla Brand or Tom Keller is ahead.",
        "Nobody owns Facebook or Twitter alone, Ann Lee said.",
        "Ships call at Lima or NATO ports in Norway.",
        "On Monday Ulla Brand called Tom Keller a liar.",
        "Tom Keller, who lost, called Ulla Brand on Monday.",
        "On Monday Ulla Brand referred to Tom Keller in Lima.",
        "The head of the Harbour Board (US) met Ann Lee.",
    ],
)
def test_aliases_none_where_words_between_names_choose_or_act(text: str) -> None:
    assert aliases(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Many people fled Danzig, or Gdansk, in May.", ("Danzig", "Gdansk")),
        ("Many people fled Danzig (or Gdansk) in May.", ("Danzig", "Gdansk")),
        ("Many people fled Danzig, also known as Gdansk, in May.", ("Danzig", "Gdansk")),
        ("The Harbour Workers' Union or HWU met on Monday.", ("Harbour Workers' Union", "HWU")),
        ("The Harbour Board, or HB, met on Monday.", ("Harbour Board", "HB")),
        ("The European Union (EU) met on Monday.", ("European Union", "EU")),
    ],
)
def test_aliases_put_in_between_marks(text: str, expected: tuple[str, str]) -> None:
    assert aliases(text) == {expected}


def test_aliases_letters_share_the_type_everywhere() -> None:
    text = "The National Security Committee (NSC) held 12 men.\n\nThe men were held for a week, NSC officials said."
    assert {(m.name, m.type) for m in find(text)[0] if m.name == "NSC"} == {("NSC", EntityType.SECURITY_SERVICE)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Lee told KTV on Monday that the strike in Lima was over.", "KTV"),
        ("A correspondent for RFX/RM's Kenyan service saw it on Monday.", "RFX/RM"),
        ("The news agency Interpress reported it from Quito on Monday.", "Interpress"),
        ("KTV, a private broadcaster in Lima, said so on Monday.", "KTV"),
        ("Radio Free Coast is based in Oslo, Ann Lee said.", "Radio Free Coast"),
        ("The Vecer newspaper wrote that the strike was over.", "Vecer"),
    ],
)
def test_mentions_news_organisation_by_what_the_text_says(text: str, name: str) -> None:
    assert {m.type for m in find(text)[0] if m.name == name} == {EntityType.NEWS_ORGANISATION}


@pytest.mark.parametrize(
    "text",
    [
        "The Brazilian Health Ministry said so on Monday.",
        "Brazil's Health Ministry denied it on Monday.",
        "The Health Ministry of Brazil agreed on Monday.",
    ],
)
def test_mentions_ministry_of_a_country_has_one_name(text: str) -> None:
    found = [m for m in find(text)[0] if m.type is EntityType.MINISTRY]
    assert [(m.name, m.country) for m in found] == [("Health Ministry", "Brazil")]


def test_mentions_country_that_acts_is_marked() -> None:
    text = "Kenya expelled two diplomats on Monday. Farmers in Kenya welcomed it. Kenya lies in East Africa."
    assert [m.acts for m in find(text)[0] if m.name == "Kenya"] == [True, False, False]
