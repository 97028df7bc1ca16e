"""What somebody denies in an aside to what another says."""

from __future__ import annotations

import pytest

from kg import query
from kg.annotate import Annotator
from kg.model import Article, Stance
from kg.pipeline import build
from kg.store import Store
from tests.said import annotate, triples


@pytest.mark.parametrize(
    ("text", "told", "denial"),
    [
        pytest.param(
            "The regulator said that the permit had expired in March, something the company denies.",
            ("The regulator", "said", "that the permit had expired in March"),
            ("the company", "denies", "that the permit had expired in March"),
            id="something",
        ),
        pytest.param(
            "The regulator said that the permit had expired, something the company, Lake Lines, denies.",
            ("The regulator", "said", "that the permit had expired"),
            ("the company, Lake Lines", "denies", "that the permit had expired"),
            id="with-its-name",
        ),
        pytest.param(
            "Police say he fired first, a claim his family disputes.",
            ("Police", "say", "he fired first"),
            ("his family", "disputes", "he fired first"),
            id="a-verb-that-looks-like-a-noun",
        ),
        pytest.param(
            'Odd Lien called the cut "a gift to cronies" - a charge the presidency dismissed as "cheap populism".',
            ("Odd Lien", "called", 'the cut "a gift to cronies"'),
            ("the presidency", "dismissed", 'the cut "a gift to cronies"'),
            id="behind-a-dash",
        ),
        pytest.param(
            "She took bribes, prosecutors say, a claim her lawyer denies.",
            ("prosecutors", "say", "She took bribes"),
            ("her lawyer", "denies", "She took bribes"),
            id="behind-the-cue",
        ),
        pytest.param(
            "Prosecutors say she took bribes, which she has repeatedly denied.",
            ("Prosecutors", "say", "she took bribes"),
            ("she", "has repeatedly denied", "she took bribes"),
            id="which",
        ),
    ],
)
def test_an_aside_denies(text: str, told: tuple[str, str, str], denial: tuple[str, str, str]) -> None:
    assert triples(text) == [told, denial]
    assert [a.stance for a in annotate(text)][1] is Stance.DENIED


@pytest.mark.parametrize(
    "text",
    [
        "The army said 40 rebels died, a figure the rebels did not dispute.",
        "He bought a house, a car and a boat his wife rejected.",
        "The court, which the minister rejected, met on Monday.",
        "The mayor says crime has fallen, a claim that made headlines.",
    ],
)
def test_nobody_denies(text: str) -> None:
    assert not any(a.stance is Stance.DENIED for a in annotate(text))


def test_a_denial_in_the_same_words_contradicts() -> None:
    store = Store.open()
    text = "Prosecutors in Karuma say the driver had been drinking, a claim his family disputes."
    build([Article("a", text, published="2024-07-14", language="en")], store=store, annotator=Annotator())
    (row,) = query.run(store, query.find("comparisons"))
    assert (row["verdict"], row["left_speaker"], row["right_speaker"]) == (
        "contradicts",
        "Prosecutors in Karuma",
        "his family",
    )
    assert row["reason"] == (
        "Prosecutors in Karuma said, as reported on 14 July 2024, that the driver had been drinking, and his family denied it, "
        "as reported on 14 July: the one denies what the other says."
    )
