"""Languages are no countries, and a name may end in a number."""

from __future__ import annotations

import pytest

from kg.annotate.names import mentions
from kg.annotate.parse.parsing import load, parse
from kg.annotate.parse.words import Passage
from kg.english.paragraphs.blocks import split


def names(text: str) -> set[str]:
    return {m.name for m in mentions.find([Passage(piece) for piece in parse(load(), text, split(text))])[0]}


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee gave the speech in German on Monday.",
        "Ann Lee speaks Russian, and her brother learns Greek.",
        "The station broadcasts in English, French, Arabic and Chinese.",
        "The book has now been published in a German translation.",
        "Ann Lee studied the Japanese language for years.",
        "The raids were in two French-speaking towns on Monday.",
        "Notes in the diary were in German. Nobody read them.",
    ],
)
def test_languages_are_no_countries(text: str) -> None:
    assert names(text) <= {"Ann Lee"}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Ann Lee learned that in German schools.", "Germany"),
        ("In French Guiana the river rose on Monday.", "French Guiana"),
        ("Russian, Polish and French troops met near Oslo.", "Russia"),
        ("Ann Lee met Greek ministers on Monday.", "Greece"),
        ("She read the German papers on Monday.", "Germany"),
    ],
)
def test_nationality_before_a_noun_is_a_country(text: str, country: str) -> None:
    assert country in names(text)


def test_states_of_the_past_are_no_part_of_their_successors() -> None:
    text = "Ann Lee fled East Germany in 1972. West Germany took her in. The East German police looked for her."
    assert names(text) >= {"East Germany", "West Germany"}
    assert "Germany" not in names(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Lee told Europe 1 radio at the weekend.", "Europe"),
        ("Ann Lee is one of the Africa 39, which is a list.", "Africa"),
    ],
)
def test_a_number_behind_a_name_is_a_part_of_it(text: str, name: str) -> None:
    assert name not in names(text)


def test_a_count_behind_a_name_is_none() -> None:
    assert "Europe" in names("In Europe 12 people died on Monday, Ann Lee said.")
