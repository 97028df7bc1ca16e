"""Posts of a network in the middle of an article: who wrote them, on which day, and that nothing behind them is lost."""

from __future__ import annotations

import pytest

from kg.annotate import Annotator
from kg.model import Article, Kind
from kg.resolve.coreference import resolve

TEXT = (
    "Trade Minister Ole Brand resigned on Friday.\n\nI have handed in my resignation today. I did nothing wrong.\n\n"
    "— Ole Brand (@olebrand) September 20, 2019\n\nPrime Minister Nora Dahl said that she had accepted it.\n"
)


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


def test_a_post_is_what_its_signature_names(annotator: Annotator) -> None:
    found = resolve(annotator.annotate(Article("a", TEXT, published="2019-09-20")))
    names = {r.key: r.name for r in found.references}
    assert {(names[s.speaker or ""], s.said_on, s.kind) for s in found.statements} == {
        ("Ole Brand", "2019-09-20", Kind.DIRECT),
        ("Nora Dahl", None, Kind.INDIRECT),
    }


def test_a_paragraph_that_names_its_own_speaker_is_not_the_posts(annotator: Annotator) -> None:
    text = TEXT.replace(
        "I have handed in my resignation today. I did nothing wrong.", "Brand said that he had done nothing wrong."
    )
    found = resolve(annotator.annotate(Article("a", text, published="2019-09-20")))
    assert sorted(s.content for s in found.statements) == ["that he had done nothing wrong", "that she had accepted it"]


def test_a_signature_names_no_author(annotator: Annotator) -> None:
    assert not [role for role in annotator.annotate(Article("a", TEXT)).roles if role.title == "author"]
