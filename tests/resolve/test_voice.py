"""The author's own clause around a figure."""

import pytest

from kg.annotate import Annotator
from kg.model import Article, Kind, Span
from kg.resolve.coreference import resolve
from kg.resolve.voice import clause


def said(text: str, figure: str, *taken: str) -> str:
    def at(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    return clause(text, Span(0, len(text)), at(figure), [at(t) for t in taken]).of(text)


@pytest.mark.parametrize(
    ("text", "figure", "taken", "expected"),
    [
        ("Police held 44 people; nine went to prison.", "44", (), "Police held 44 people"),
        ("Police held 44 people; nine went to prison.", "nine", (), "nine went to prison"),
        (
            "The 40 dead are more than the 22 said to have died, according to Silva.",
            "40",
            ("the 22 said to have died", "according to", "Silva"),
            "The 40 dead are more than the 22 said to have died",
        ),
        (
            "Silva said that the ship was old, but 30 people are still missing.",
            "30",
            ("Silva", "said", "that the ship was old"),
            "30 people are still missing",
        ),
        (
            "Some 30 people are missing, and Silva said that the ship was old.",
            "30",
            ("Silva", "said", "that the ship was old"),
            "Some 30 people are missing",
        ),
        (
            "Twelve people died when the ship, which Silva said was old, sank.",
            "Twelve",
            ("Silva", "said", "was old"),
            "Twelve people died when the ship, which Silva said was old, sank",
        ),
    ],
)
def test_voice_clause(text: str, figure: str, taken: tuple[str, ...], expected: str) -> None:
    assert said(text, figure, *taken).rstrip(".") == expected


def test_what_is_told_of_a_source_in_passing_is_the_authors() -> None:
    text = "Slawin Coal, which employs 2,300 people at the site, said that the mine was safe."
    done = Annotator().annotate(Article("a", text, publisher="Norpress"))
    own = [s for s in resolve(done).statements if s.kind is Kind.AUTHOR]
    assert [[f.value for f in s.figures] for s in own] == [[2300]]
