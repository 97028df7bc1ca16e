"""Bodies in small letters whose office somebody holds are bodies of the graph; "the company" and "a rights group" are none of their own."""

from __future__ import annotations

import pytest

from kg.annotate import Annotator
from kg.model import Annotation, Article, Form


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


def read(annotator: Annotator, text: str) -> Annotation:
    return annotator.annotate(Article("a", text))


def bodies(found: Annotation) -> list[str]:
    return [m.name for m in found.mentions if m.form is Form.NOMINAL]


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("Maria Kell, a spokeswoman for the coast guard, said the crew was safe.", "spokeswoman", "coast guard"),
        ("Maria Kell, a spokeswoman for the ministry of transport, said so.", "spokeswoman", "ministry of transport"),
        ("Tom Reed, director of the department of public works, said no.", "director", "department of public works"),
        ("The deputy head of the state health agency, Anna Bril, said 40 people were ill.", "deputy head", "state health agency"),
        ("The head of the Osk coast guard, Peter Holm, said two people were missing.", "head", "Osk coast guard"),
        ("The fire department's spokesman, Ed Ray, said nobody was hurt.", "spokesman", "fire department"),
        ("It is over, fire department spokesman Ed Ray said on Friday.", "spokesman", "fire department"),
        ("It is over, police spokesman Ed Ray said on Friday.", "spokesman", "police"),
    ],
)  # fmt: skip
def test_office_of_a_body_in_small_letters(annotator: Annotator, text: str, title: str, body: str) -> None:
    found = read(annotator, text)
    assert [r.title for r in found.roles] == [title]
    assert body in bodies(found)
    assert [r.organisation in {m.span for m in found.mentions if m.name == body} for r in found.roles] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Ed Ray, a spokesman for a rights group, said nobody was hurt.",
        "Ed Ray, head of the mining company, said nobody was hurt.",
        "Ed Ray, a spokesman for the opposition party, said nobody was hurt.",
        "Ed Ray, the head of state, said nobody was hurt.",
        "Ed Ray, a spokesman for the rights group Lakewatch, said nobody was hurt.",
        "It is over, deputy police spokesman Ed Ray said on Friday.",
    ],
)
def test_no_body_of_its_own(annotator: Annotator, text: str) -> None:
    assert bodies(read(annotator, text)) == []


def test_a_short_name_is_that_of_the_body_before(annotator: Annotator) -> None:
    text = (
        "The Lake Rights Commission met on Friday. Ed Ray, a spokesman for the rights commission, said nobody was hurt."
    )
    assert bodies(read(annotator, text)) == ["Lake Rights Commission"]


def test_an_owner_is_no_title(annotator: Annotator) -> None:
    found = read(annotator, "Olga Petrova, the mayor's spokeswoman, denied that the water was unsafe.")
    assert [(r.title, r.organisation) for r in found.roles] == [("spokeswoman", None)]
