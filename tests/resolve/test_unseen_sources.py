"""Kinds of speaker that articles of agencies and papers not seen before showed: who is meant."""

from __future__ import annotations

import pytest

from kg.annotate import Annotator
from kg.model import Article, Kind
from kg.resolve.coreference import resolve


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


def speakers(annotator: Annotator, text: str) -> list[tuple[str, str]]:
    """Speaker and the first words of the content of each attributed statement."""
    resolved = resolve(annotator.annotate(Article("a", text, published="2024-03-05")))
    names = {r.key: r.name for r in resolved.references}
    told = [s for s in resolved.statements if s.kind is not Kind.AUTHOR]
    return [(names.get(s.speaker or "", ""), s.content) for s in sorted(told, key=lambda s: s.evidence.start)]


def who(annotator: Annotator, text: str, words: str) -> str:
    return next(name for name, content in speakers(annotator, text) if words in content)


def test_the_city_of_a_dateline_does_not_speak(annotator: Annotator) -> None:
    text = "Ferry sinks\n\nDHANKARI: At least 19 pilgrims drowned on Monday, officials said.\n\nThe boat was full."
    assert [name for name, _ in speakers(annotator, text)] == ["officials"]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param(
            "The director of the Harvest Fund, Dr. Elise Marten, commended the plan and noted that yields had risen.",
            "yields had risen",
            "Elise Marten",
            id="address-before-the-name",
        ),
        pytest.param(
            "Otto Kern, who as minister made peace, died on Sunday. His death was confirmed by his daughter, the novelist Judit Kern, "
            "who said he had been ill. “I would do it again,” Mr. Kern told The Mirror in 2004.",
            "do it again",
            "Otto Kern",
            id="family-name-of-the-one-and-not-the-daughter",
        ),
        pytest.param(
            "Zarni Airways announced it was buying 200 planes from Boling. The carrier said the contract was its largest.",
            "largest",
            "Zarni Airways",
            id="the-carrier-is-the-subject",
        ),
        pytest.param(
            "Three people drowned, according to the port's harbour office, which had previously put the number at two.",
            "Three people drowned",
            "port's harbour office",
            id="not-what-is-added-behind-which",
        ),
        pytest.param(
            "The transport ministry, citing hospital records, gave a figure of four dead.",
            "figure of four",
            "transport ministry",
            id="not-whom-it-cites",
        ),
        pytest.param(
            "Odd Lien ran in 2004. “Nobody should,” said Lien. Lien, a medical doctor, said he would never guess.",
            "never guess",
            "Odd Lien",
            id="a-family-name-with-a-description",
        ),
        pytest.param(
            "A Lake Airways pilot said the plane was old.",
            "was old",
            "A Lake Airways pilot",
            id="who-works-for-a-body-is-not-it",
        ),
        pytest.param(
            "The transport regulator, Sutren, said the bus was licensed for 32.",
            "licensed",
            "Sutren",
            id="one-word-behind-what-it-is",
        ),
        pytest.param(
            "“We are appalled,” the United Nations children's agency Unikef said.",
            "appalled",
            "Unikef",
            id="one-word-behind-the-agency-of-another",
        ),
        pytest.param(
            "New Lake Bank President Odd Lien was glad. The Lake Bank grew. The Lake Bank president said growth was needed.",
            "growth",
            "Odd Lien",
            id="new-before-a-name",
        ),
        pytest.param(
            "Kelmar Motors will shed 3,200 jobs. The Metal Workers Union met on Monday. The carmaker said nobody would be fired.",
            "nobody would",
            "Kelmar Motors",
            id="a-union-is-no-carmaker",
        ),
        pytest.param(
            "Turkey's central bank cut its rate. “Inflation is declining,” the bank said in a statement.",
            "declining",
            "central bank",
            id="a-body-in-two-small-words",
        ),
        pytest.param(
            "Romania's trade and industry ministry gives a figure of 5,500.",
            "figure of",
            "trade and industry ministry",
            id="a-ministry-by-what-it-is-over",
        ),
        pytest.param(
            "Lake Airways lost a plane. The owner, Lake Airways, insisted that it was not overloaded.",
            "overloaded",
            "Lake Airways",
            id="the-owner-behind-its-comma",
        ),
        pytest.param(
            "Both Lake Airways and its rival, Port Airways, complained that profits had fallen.",
            "profits had",
            "Lake Airways",
            id="not-the-second-of-two",
        ),
        pytest.param(
            "Odd Lien said it was too early to tell, but his party, NDU, in a statement hours later demanded a resignation.",
            "a resignation",
            "NDU",
            id="the-party-behind-its-comma",
        ),
        pytest.param(
            "The State Election Commission said the Greens had won. Turnout was low, according to the same data.",
            "Turnout was low",
            "State Election Commission",
            id="the-same-data",
        ),
        pytest.param(
            "LORVA (Nov 9): Zarni Bhd's net profit rose 45%.\n\nIt said on Wednesday that revenue increased in Batu.",
            "revenue",
            "Zarni Bhd",
            id="it-is-the-firm-and-no-city",
        ),
        pytest.param(
            "A statement issued by the military's media wing ISPR confirmed that police had been attacked. It added that "
            "three officers had died.",
            "three officers",
            "ISPR",
            id="whose-statement-it-is",
        ),
        pytest.param(
            "Its director, Andrés Pozo, warned that drivers would be dismissed; by noon, 37 had received letters, he told Radio Norte.",
            "letters",
            "Andrés Pozo",
            id="who-spoke-in-this-sentence",
        ),
    ],
)
def test_who_is_meant(annotator: Annotator, text: str, words: str, expected: str) -> None:
    assert who(annotator, text, words) == expected


def test_initials_label_a_speaker(annotator: Annotator) -> None:
    text = (
        "The Messenger's editor, Bor Indra, interviewed Deputy Secretary James B. Stenberg.\n\n"
        "BI: What is the purpose of your visit?\n\nJS: To listen. We have met 40 farmers.\n\n"
        "BI: And then?\n\nJS: Then we go home."
    )
    assert who(annotator, text, "To listen") == "James B. Stenberg"


def test_answers_go_to_who_has_answered(annotator: Annotator) -> None:
    text = (
        "Water minister Bakyt Temir spoke to Daria Lenz about the lake.\n\n"
        "Daria Lenz: How much of the lake is left?\n\nBakyt Temir: About a third. We were late.\n\n"
        "Q: Groups say that 300 officials knew.\n\nA: We knew the numbers.\n\nDo you regret anything?\n\nI regret the canals."
    )
    found = speakers(annotator, text)
    assert who(annotator, text, "We knew") == "Bakyt Temir"
    assert who(annotator, text, "I regret the canals") == "Bakyt Temir"
    assert not any("Do you regret" in content and name == "Bakyt Temir" for name, content in found)
    resolved = resolve(annotator.annotate(Article("a", text, published="2024-03-05")))
    assert [s for s in resolved.statements if s.kind is Kind.AUTHOR and "300" in s.content] == []


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param(
            "Sen. Anna Holm is against it. The senator said she would act.", "would act", "Anna Holm", id="senator"
        ),
        pytest.param("Rep. Tom Lind left. The congressman said it was late.", "was late", "Tom Lind", id="congressman"),
        pytest.param(
            "Ministers Tom Berg and Eva Lind said it was early.", "was early", "Tom Berg", id="two-of-one-title"
        ),
        pytest.param(
            "A New York Times article told more. The Times wrote that he had left.",
            "had left",
            "New York Times",
            id="paper",
        ),
        pytest.param(
            "The Sunday Times came. The Times wrote that he had left.", "had left", "Times", id="sunday-paper"
        ),
        pytest.param(
            "The Lund Post and the Harbour Post came. The Post said he had left.", "had left", "Post", id="two-papers"
        ),
    ],
)
def test_short_for_who_was_named(annotator: Annotator, text: str, words: str, expected: str) -> None:
    assert who(annotator, text, words) == expected


def test_who_is_told_to_be_an_author_did_not_write_the_article(annotator: Annotator) -> None:
    text = "The author Berta Holm, a poet, left. Two women crowned the cake in the hall."
    resolved = resolve(annotator.annotate(Article("a", text, published="2024-03-05")))
    names = {r.key: r.name for r in resolved.references}
    assert [names.get(s.speaker or "") for s in resolved.statements] == ["the article's author"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Lund Times wrote that it was good. “It is too late for that now,” the paper said.", "Lund Times"),
        (
            "The Lund Times wrote that it was good. France’s Le Courant focused on it. “It is too late for that now,” the paper said.",
            "paper",
        ),
    ],
)
def test_the_paper_is_the_one_that_spoke_last(annotator: Annotator, text: str, expected: str) -> None:
    assert who(annotator, text, "too late") == expected


def test_turns_that_run_on_in_one_paragraph(annotator: Annotator) -> None:
    text = (
        "We met the striker in Lund. HBTV: Whose posters did you have? Tom Lund: I did not like posters. HBTV: Stickers maybe? "
        "Tom Lund: No. But I liked games, and I scored 21 goals at home."
    )
    assert [s for s in speakers(annotator, text) if s[0] == "Tom Lund"] == [
        ("Tom Lund", "I did not like posters."),
        ("Tom Lund", "No. But I liked games, and I scored 21 goals at home."),
    ]
