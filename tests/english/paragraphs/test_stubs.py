"""Lines that ask for a subscription, and words that are printed a second time."""

from __future__ import annotations

import pytest

from kg.english.paragraphs.blocks import left_out, split
from kg.english.paragraphs.stubs import is_wall

PROSE = "Two ministers knew of the leak, a former official said on Tuesday."


def kinds(text: str) -> list[str]:
    return [block.kind.value for block in split(text)]


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to continue reading",
        "To read the full story, log in or register.",
        "This article is for subscribers only.",
        "You have reached your limit of free articles.",
        "Create a free account to continue",
        "Continue reading with a free trial.",
    ],
)
def test_a_wall_is_no_part_of_the_article(line: str) -> None:
    assert kinds(f"{PROSE}\n\n{line}") == ["prose", "furniture"]
    assert left_out(f"{PROSE}\n\n{line}", split(f"{PROSE}\n\n{line}")) == ()


@pytest.mark.parametrize(
    "line",
    [
        "The paper said that readers would have to subscribe to read its weekend edition.",
        "“You have reached your limit of free articles,” the screen told the minister.",
        "The bank gave him access to his account to continue trading, officials said.",
    ],
)
def test_what_somebody_says_of_subscriptions_is_read(line: str) -> None:
    assert not is_wall(line)
    assert kinds(f"{PROSE}\n\n{line}") == ["prose", "prose"]


def test_offers_behind_a_wall_go_with_it_and_others_stay() -> None:
    text = f"{PROSE}\n\nSubscribe to continue reading.\n\nFull access costs 5 crowns per month. Cancel anytime."
    assert kinds(text) == ["prose", "furniture", "furniture"]
    assert kinds(f"{PROSE}\n\nThe ticket costs 5 crowns per month, the board said.") == ["prose", "prose"]


@pytest.mark.parametrize(
    "pulled",
    [
        "“The bridge took my bread, but not my river”",
        "The bridge took my bread, but not my river",
        "She would not take over the boat.",
    ],
)
def test_a_pull_quote_is_no_second_statement(pulled: str) -> None:
    first = "“The bridge took my bread, but not my river,” Lev Tarn said on Friday."
    last = "His daughter said it plainly: She would not take over the boat. She works in a bank."
    assert kinds(f"{first}\n\n{pulled}\n\n{last}") == ["prose", "caption", "prose"]


@pytest.mark.parametrize(
    "line",
    ["“The bridge took my bread,” he said.", "The bridge took my bread and my house.", "But not my river, he said."],
)
def test_words_that_are_not_the_same_are_read(line: str) -> None:
    first = "“The bridge took my bread, but not my river,” Lev Tarn said on Friday."
    assert kinds(f"{first}\n\n{line}\n\nHe left.")[:2] == ["prose", "prose"]


def test_the_headline_may_repeat_the_text() -> None:
    text = "Bridge Took My Bread Says Ferryman\n\nBridge took my bread, says ferryman. So Lev Tarn put it on Friday."
    assert kinds(text) == ["headline", "prose"]
