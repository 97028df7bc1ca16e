"""Offices by their short forms before a name, what an office is over, and titles that are nobody's."""

from __future__ import annotations

import pytest

from kg.annotate import Annotator
from kg.model import Article


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


def offices(annotator: Annotator, text: str) -> list[tuple[str, str, str, str]]:
    """Holder, title, body and tense of each office."""
    roles = annotator.annotate(Article("a", text, published="2024-03-05")).roles
    return [
        (r.holder.of(text), r.title, r.organisation.of(text) if r.organisation else "", r.tense.value) for r in roles
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vermont Sen. Tom Holm is against it.", ("Tom Holm", "senator", "Vermont", "current")),
        ("Republican Sen. Tom Holm of Maine left.", ("Tom Holm", "senator", "Maine", "current")),
        ("Former Gov. Carl Roe said it was late.", ("Carl Roe", "governor", "", "former")),
        ("Rep. Eva Lind (D-Ohio) disagreed.", ("Eva Lind", "representative", "", "current")),
        ("Senate Majority Leader Sen. Tom Keller left.", ("Tom Keller", "majority leader", "Senate", "current")),
        ("EU Enlargement Commissioner Tom Berg left.", ("Tom Berg", "enlargement commissioner", "EU", "current")),
        ("Ex-mayor Tom Berg left.", ("Tom Berg", "mayor", "", "former")),
        ("Ex-deputy mayor Tom Berg left.", ("Tom Berg", "deputy mayor", "", "former")),
        (
            "Velmora's Equal Opportunities Minister Ada Brix left.",
            ("Ada Brix", "equal opportunities minister", "Velmora", "current"),
        ),
        ("Equal Opportunities Minister Ada Brix left.", ("Ada Brix", "minister", "", "current")),
        ("It was the German Fisheries Minister Ada Brix.", ("Ada Brix", "fisheries minister", "German", "current")),
        ("On Monday Minister Tom Berg left.", ("Tom Berg", "minister", "", "current")),
        ("With then-vice president Mbota it was open.", ("Mbota", "vice president", "", "former")),
        (
            "“It is late,” said Ulrich Berg, chief executive of Carl Zenner Micro Imaging in Jena.",
            ("Ulrich Berg", "chief executive", "Carl Zenner Micro Imaging", "current"),
        ),
    ],
)
def test_the_office_of(annotator: Annotator, text: str, expected: tuple[str, str, str, str]) -> None:
    assert offices(annotator, text) == [expected]


def test_nobody_drives_themselves(annotator: Annotator) -> None:
    text = "Marlene Holm was Berg's driver Berg had been friends with her for years."
    assert [o for o in offices(annotator, text) if o[0] == "Berg"] == []
