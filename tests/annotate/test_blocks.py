"""Paragraphs and what they are."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.blocks import split
from kg.model import BlockKind

PAGE = """Skip to content

Sections

Harbour Strike Enters Its Third Week

Harbour workers in Porto Novo
Harbour workers in Porto Novo

The strike cost 12 million dollars, the port authority said.

"We will not give in," a union leader said.

-- Lena Berg

About The Desk

The desk covers ports and shipping, and it reports on labour.
"""


def kinds(text: str) -> list[tuple[str, str]]:
    return [(b.kind.value, b.span.of(text).split("\n")[0]) for b in split(text)]


def test_blocks_page_furniture_caption_and_blurb_are_not_prose() -> None:
    assert kinds(PAGE) == [
        ("furniture", "Skip to content"),
        ("furniture", "Sections"),
        ("headline", "Harbour Strike Enters Its Third Week"),
        ("caption", "Harbour workers in Porto Novo"),
        ("caption", "Harbour workers in Porto Novo"),
        ("prose", "The strike cost 12 million dollars, the port authority said."),
        ("prose", '"We will not give in," a union leader said.'),
        ("byline", "-- Lena Berg"),
        ("furniture", "About The Desk"),
        ("furniture", "The desk covers ports and shipping, and it reports on labour."),
    ]


def test_blocks_wrapped_lines_are_one_paragraph() -> None:
    text = "The minister said that the harbour would be closed for\nat least two more weeks.\nShe gave no reason."
    assert [b.span.of(text)[:12] for b in split(text)] == ["The minister", "She gave no "]


def test_blocks_colon_before_quotation_stays_prose() -> None:
    text = "The talks have failed.\n\nThe minister put it in one line:\n\n“It is over.”"
    assert {b.kind for b in split(text)} == {BlockKind.PROSE}


@pytest.mark.parametrize("text", ["", "   \n \n", "\u2028"])
def test_blocks_empty_text_has_none(text: str) -> None:
    assert split(text) == ()


@given(st.text(max_size=300))
def test_blocks_are_ordered_and_never_overlap(text: str) -> None:
    blocks = split(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(blocks))
    assert all(b.span.of(text).strip() for b in blocks)
