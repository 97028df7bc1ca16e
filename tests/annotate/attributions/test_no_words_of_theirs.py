"""What stands in quotation marks or behind a cue and is nothing that the speaker said, and what is said though it looks otherwise."""

from __future__ import annotations

import pytest

from tests.said import triples


@pytest.mark.parametrize(
    "behind",
    [
        pytest.param('"The Long Night of the Herons" describes a whole society.', id="title-of-a-work"),
        pytest.param('The reform helps the "Joint River Survey Office," an agency.', id="name-in-another-sentence"),
        pytest.param('The club remains defiant: "We are not going away at all."', id="somebody-else-before-a-colon"),
        pytest.param('"Portrait of our valley" Holm, a teacher, wrote a book.', id="heading-in-marks"),
    ],
)
def test_a_quotation_does_not_go_on_with(behind: str) -> None:
    own = '"We are proud of our long history here,"'
    assert [c for s, _, c in triples(f"{own} Berg told reporters. {behind}") if s == "Berg"] == [own]


def test_a_quotation_goes_on_behind_a_colon_of_the_speaker() -> None:
    text = '"We are proud of our long history here," Berg told reporters. Her motto is clear: "We are not going away at all."'
    assert triples(text)[0][2].endswith('"We are not going away at all."')


@pytest.mark.parametrize(
    "text",
    [
        "Berg tells so many stories that Holm could lose her thread.",
        "The novel was first published by Norrland in Sweden.",
        "The king welcomed the prime minister at the palace.",
        "If they call him a coward, he will resign.",
        'The old songs are not being heard any more. "Portrait of our valley" Holm wrote a book.',
    ],
)
def test_nobody_says_anything_in(text: str) -> None:
    assert triples(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Instead of calling them customers, the shop calls them guests.", ("the shop", "calls", "them guests")),
        (
            "“The bridge will be closed for two years,” the notice read.",
            ("the notice", "read", "“The bridge will be closed for two years,”"),
        ),
        (
            "Holm attacked “the hateful ideas of the party and its men.”",
            ("Holm", "attacked", "“the hateful ideas of the party and its men.”"),
        ),
        (
            'She is "quite sure" that more halls will be built.',
            ("She", 'is "quite sure"', "that more halls will be built"),
        ),
        (
            "A Tribune article hailed Holm as “The Quiet Giant” for what he brought to the town after years of hard times.",
            (
                "A Tribune article",
                "hailed",
                "Holm as “The Quiet Giant” for what he brought to the town after years of hard times",
            ),
        ),
        ("And, says Holm, the mill will be in small boats.", ("Holm", "says", "the mill will be in small boats")),
        ("Holm rejected that argument in a ruling released Thursday.", ("Holm", "rejected", "that argument")),
        (
            "Holm has said so many times that the dam will hold.",
            ("Holm", "has said", "that the dam will hold"),
        ),
        ("Holm welcomed the decision.", ("Holm", "welcomed", "the decision")),
        (
            "It was what the paper said was a six-month search.",
            ("the paper", "said", "a six-month search"),
        ),
    ],
)
def test_said_all_the_same(text: str, expected: tuple[str, str, str]) -> None:
    assert triples(text) == [expected]


def test_nobody_reads_a_quotation_but_a_text() -> None:
    assert triples("He read “the whole of the long and dull report” at home.") == []


def test_a_link_inside_a_paragraph_ends_a_quotation() -> None:
    own = '"We are proud of our long history here,"'
    text = f'{own} Berg told reporters. Read more : Ferry runs aground "We are not going away at all."'
    assert triples(text)[0][2] == own


def test_the_mark_that_ends_a_quotation_is_a_part_of_what_was_said() -> None:
    text = "Sen. Yaw Holm called the rescue “a disgrace to the nation”."
    assert [content for _, _, content in triples(text)] == ["the rescue “a disgrace to the nation”"]
