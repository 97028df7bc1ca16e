"""Headings that run into their sentence, as a page taken over as text leaves them: a sentence of their own."""

from __future__ import annotations

import pytest

from kg.annotate.parse.parsing import load, parse
from kg.english.paragraphs.blocks import split
from tests.said import triples

BEFORE = "The council met for three hours on Monday and put off the vote until June. "


def sentences(text: str) -> list[str]:
    return [sent.text for piece in parse(load(), text, split(text)) for sent in piece.doc.sents]


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        pytest.param("Slow repairs", "The Nepalese minister said the bridge would open in May.", id="the"),
        pytest.param("Trouble ahead", "In Lima, teachers have asked for more money.", id="preposition"),
        pytest.param("The other side of the lake", "But the fishermen of Kisumu see it in another way.", id="but"),
        pytest.param("A step towards peace", "The African Union said it would send observers.", id="the-and-a-name"),
        pytest.param("Simplest way out", "Experts believe that a ferry would be cheaper.", id="plural"),
        pytest.param("Bridges between villages", "Amara Diallo is proud of the new road.", id="several-and-a-name"),
        pytest.param(
            "Keeping words with deeds", "Rosa Lim, a teacher from Cebu, said the school was ready.", id="apposed"
        ),
        pytest.param(
            "Hard times for farmers", "Chilean economist Ana Ruiz says that prices will fall.", id="nationality"
        ),
        pytest.param("Towns remain without light", "There was no sign of an end to the storm.", id="with-a-verb"),
        pytest.param("A harder winter' ", "Norway's coast guard says that the ice is thick.", id="lost-mark"),
    ],
)
def test_a_heading_before_a_sentence_is_one_of_its_own(heading: str, sentence: str) -> None:
    found = sentences(f"{BEFORE}{heading.strip()} {sentence}")
    assert found[-2:] == [heading.strip(), sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor told The Harbour Times that the port was safe.",
        "The Swiss weekly The Lantern reported on the case.",
        "Most diplomats live in The Hague.",
        "Defending champions Rivers Town were beaten at home.",
        "Presidential candidates Ana Ruiz and Joel Cruz met in Quito.",
        "A leading Kenyan economist said prices had risen.",
        "The minister's comments Tuesday were heard by few people.",
        "Several former Lima mayors were there.",
        "The only road I know was closed.",
        "German carmaker Fintar announced a new model.",
        "The workers' Union of Ghana said no.",
    ],
)
def test_a_sentence_with_a_name_in_it_is_no_heading(sentence: str) -> None:
    assert sentences(f"{BEFORE}{sentence}")[-1] == sentence


def test_whoever_is_named_before_the_cue_speaks_and_not_the_heading() -> None:
    text = f"{BEFORE}Slow repairs The Lao railway spokesman Kham Vong told Norda that trains would run again by Friday."
    assert [(source, cue) for source, cue, _ in triples(text)] == [("The Lao railway spokesman Kham Vong", "told")]
