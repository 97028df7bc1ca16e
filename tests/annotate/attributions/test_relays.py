"""Attributions inside the content of others."""

from __future__ import annotations

import pytest
from said import annotate, triples


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        pytest.param(
            "The mayor said that the divers have reported that the hull is broken.",
            ("the divers", "have reported", "that the hull is broken"),
            id="indirect",
        ),
        pytest.param(
            "“Captain Reyes said that the hull was broken, and we left,” Joel Cruz told the court.",
            ("Captain Reyes", "said", "that the hull was broken"),
            id="named-speaker-in-a-quotation",
        ),
        pytest.param(
            "The mayor noted that the coast guard has information that the hull is broken.",
            ("the coast guard", "has information", "that the hull is broken"),
            id="information-held",
        ),
    ],
)
def test_relays_of_another_speaker(text: str, inner: tuple[str, str, str]) -> None:
    found = triples(text)
    assert inner in found
    assert annotate(text)[found.index(inner)].parent == next(i for i, t in enumerate(found) if t != inner)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said she believes that the hull is broken.",
        "“They want to be rich and they know that it is wrong,” the mayor said.",
        "The mayor said he plans to close the pier.",
    ],
)
def test_relays_own_thoughts_are_no_second_statement(text: str) -> None:
    assert len(triples(text)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The radio quoted a witness as saying that the bridge had collapsed.",
            [
                ("The radio", "quoted", "a witness as saying that the bridge had collapsed", None),
                ("a witness", "as saying", "that the bridge had collapsed", 0),
            ],
            id="relay-named",
        ),
        pytest.param(
            "The mayor was quoted as saying the bridge was safe.",
            [("The mayor", "was quoted as saying", "the bridge was safe", None)],
            id="passive",
        ),
        pytest.param(
            "The mayor was quoted by Radio Lima as saying: “The bridge is safe.”",
            [("The mayor", "was quoted by Radio Lima as saying", "“The bridge is safe.”", None)],
            id="passive-with-the-relay",
        ),
    ],
)
def test_relays_by_quoting(text: str, expected: list[tuple[str, str, str, int | None]]) -> None:
    found = [(*t, a.parent) for t, a in zip(triples(text), annotate(text), strict=True)]
    assert found == expected
