"""Quotations that go on, and paragraphs that a colon leads to."""

from __future__ import annotations

import pytest
from said import triples


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The harbour master added:\n\n“The crack was there in May. We wrote to the company.”",
            ("The harbour master", "added", "“The crack was there in May. We wrote to the company.”"),
            id="quotation",
        ),
        pytest.param(
            "The report of the inspectors says:\n\nThe crack was there in May, and the company knew about it.",
            (
                "The report of the inspectors",
                "says",
                "The crack was there in May, and the company knew about it.",
            ),
            id="block-quotation-without-marks",
        ),
    ],
)
def test_running_introduced_by_a_colon(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in triples(text)


def test_running_list_behind_a_colon_is_no_speech() -> None:
    text = "The company runs boats to three islands:\n\nCamiguin, Siquijor and Bantayan are served every day."
    assert triples(text) == []


def test_running_reopened_in_every_paragraph() -> None:
    text = (
        "“The boat was full,” Joel Cruz said.\n\n"
        "“We heard a crack, and then water came in.\n\n"
        "“My son held on to a rope.\n\n"
        "“Nobody came for three hours.”"
    )
    ((source, _, content),) = triples(text)
    assert source == "Joel Cruz"
    assert content.endswith("“My son held on to a rope. … “Nobody came for three hours.”")
