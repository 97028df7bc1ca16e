"""Speakers that only the layout tells."""

from __future__ import annotations

import pytest
from said import annotate, triples

STORY = "\n\nThe ferry company runs nine boats between the islands, and two of them are out of service."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Poll: islanders want new ferries" + STORY, ("Poll", ":", "islanders want new ferries"), id="headline"
        ),
        pytest.param(
            "Ferry company failed to check boats: minister" + STORY,
            ("minister", ":", "Ferry company failed to check boats"),
            id="headline-source-last",
        ),
        pytest.param(
            "The hearing went on for hours, and the room was full.\n\n"
            "SILVA: We saw the crack in May. Nobody listened to us.",
            ("SILVA", ":", "We saw the crack in May. Nobody listened to us."),
            id="transcript",
        ),
        pytest.param(
            'The hearing went on for hours, and the room was full.\n\n"SILVA: We saw the crack in May.',
            ("SILVA", ":", "We saw the crack in May."),
            id="transcript-behind-an-opening-mark",
        ),
        pytest.param(
            "“We have waited here for two days.” — Maria T. Silva, fisher\n“There is no water at all.” — Joel Cruz",
            ("Maria T. Silva, fisher", "—", "“We have waited here for two days.”"),
            id="signed-quotation",
        ),
        pytest.param(
            "”We have waited here for two days.”― Maria Silva",
            ("Maria Silva", "―", "”We have waited here for two days.”"),
            id="signed-quotation-mistyped-marks",
        ),
        pytest.param(
            "The ferry at the pier of Cebu on Sunday. Image: Coast Guard.",
            ("Coast Guard", "Image", "The ferry at the pier of Cebu on Sunday."),
            id="credit-line",
        ),
    ],
)
def test_styles_form(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in triples(text)


@pytest.mark.parametrize(
    "text",
    [
        "Analysis: ferries grow old" + STORY,
        "The report lists three causes: rust, haste and a lack of money for repairs." + STORY,
        "The crew had one rule: nobody sails in a storm." + STORY,
    ],
)
def test_styles_colon_without_a_speaker(text: str) -> None:
    assert [t for t in triples(text) if t[1] == ":"] == []


def test_styles_credit_is_marked() -> None:
    (only,) = annotate("The ferry at the pier of Cebu on Sunday. Photo: Ana Ruiz.")
    assert only.credit
