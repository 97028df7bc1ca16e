"""One list of particles and one of nationality words, for all who compare names."""

from __future__ import annotations

import pytest

from kg.compare.keys import nations
from kg.compare.whose import other_matter
from kg.english import name_words
from kg.english.places import named
from kg.identity.sounds import PARTICLES
from tests.compare.conftest import claim


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        ("Austrian", "Australian", False), ("Niger", "Nigeria", False), ("Nigerien", "Nigerian", False), ("Israel", "Israelis", True),
        ("Danes", "Danish", True), ("South Korean", "North Korean", False), ("Slovakia", "Slovenian", False), ("Iranian", "Iraqi", False),
        ("the Norsk plant", "Norsk", True),
    ],
)  # fmt: skip
def test_names_of_one_country(left: str, right: str, one: bool) -> None:
    assert (named(left) == named(right)) is one


@pytest.mark.parametrize(
    ("left", "right", "two"),
    [
        ("the Austrian army", "the Australian army", True),
        ("Niger", "Nigeria", True),
        ("the Nigerian company", "Nigeria", False),
        ("the South Korean company", "the North Korean company", True),
    ],
)
def test_whose_figure(left: str, right: str, two: bool) -> None:
    assert (other_matter(claim(4, whose=left, event="have"), claim(4, whose=right, event="have")) is not None) is two


def test_the_counted_are_of_one_nation() -> None:
    assert nations(claim(4, population="Danish soldiers")) == nations(claim(4, population="Danes"))
    assert not nations(claim(4, population="Austrian soldiers")) & nations(claim(4, population="Australian soldiers"))


def test_particles_are_one_list() -> None:
    assert name_words.particles() | name_words.articles() == PARTICLES
    assert not name_words.particles() & name_words.articles()
