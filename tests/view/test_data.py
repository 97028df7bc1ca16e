from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import EntityType, LinkKind, Span
from kg.view.data import Link, Mark, Node, Piece, ViewData, pieces

QUOTE = "The mayor of Lima said on Monday that nine bridges were closed."


def _span(part: str, start: int) -> Span:
    at = QUOTE.index(part) + start
    return Span(at, at + len(part))


def test_data_pieces_mark_source_cue_and_content_at_article_offsets() -> None:
    found = pieces(
        QUOTE,
        500,
        source=(_span("The mayor of Lima", 500),),
        cue=(_span("said", 500),),
        content=(_span("nine bridges were closed", 500),),
    )
    assert found == (
        Piece("The mayor of Lima", Mark.SOURCE),
        Piece(" "),
        Piece("said", Mark.CUE),
        Piece(" on Monday that "),
        Piece("nine bridges were closed", Mark.CONTENT),
        Piece("."),
    )


def test_data_pieces_let_the_cue_win_over_the_source_and_the_source_over_the_content() -> None:
    whole = Span(0, len(QUOTE))
    found = pieces(QUOTE, 0, source=(_span("mayor of Lima", 0),), cue=(_span("of", 0),), content=(whole,))
    assert [(piece.text, piece.mark) for piece in found[:4]] == [
        ("The ", Mark.CONTENT),
        ("mayor ", Mark.SOURCE),
        ("of", Mark.CUE),
        (" Lima", Mark.SOURCE),
    ]


def test_data_pieces_leave_out_what_lies_outside_the_quote() -> None:
    assert pieces("It rained.", 100, source=(Span(3, 9),), content=(Span(95, 102), Span(300, 310))) == (
        Piece("It", Mark.CONTENT),
        Piece(" rained."),
    )


def test_data_pieces_cut_a_long_quote_around_what_it_says() -> None:
    quote = "x" * 5_000 + " Ana said it. " + "y" * 5_000
    found = pieces(quote, 0, source=(Span(5_001, 5_004),), cue=(Span(5_005, 5_009),), limit=200)
    assert found[0] == Piece("… ")
    assert found[-1] == Piece(" …")
    assert Piece("Ana", Mark.SOURCE) in found
    assert Piece("said", Mark.CUE) in found
    assert sum(len(piece.text) for piece in found[1:-1]) == 200


@given(
    st.text(max_size=60),
    st.integers(0, 50),
    st.lists(st.tuples(st.integers(0, 120), st.integers(1, 40)), max_size=4),
    st.integers(1, 80),
)
def test_data_pieces_never_lose_or_change_a_character_up_to_the_limit(
    quote: str, start: int, marks: list[tuple[int, int]], limit: int
) -> None:
    spans = tuple(Span(begin, begin + length) for begin, length in marks)
    found = pieces(quote, start, source=spans[:1], cue=spans[1:2], content=spans[2:], limit=limit)
    text = "".join(piece.text for piece in found)
    if len(quote) <= limit:
        assert text == quote
    else:
        body = [piece.text for piece in found if piece not in (Piece("… "), Piece(" …"))]
        assert "".join(body) in quote
        assert len("".join(body)) <= limit


def test_data_refuses_a_link_without_a_node_and_two_nodes_of_one_id() -> None:
    ana = Node("ana", "Ana", EntityType.PERSON)
    with pytest.raises(ValueError, match="no node"):
        ViewData(nodes=(ana,), links=(Link("ana", "bo", LinkKind.SAID_ABOUT),))
    with pytest.raises(ValueError, match="same id"):
        ViewData(nodes=(ana, ana))
