"""Forms of words that rules get wrong and tables right."""

from __future__ import annotations

import pytest

from kg.english.inflection import participle, plural, plurals, singular
from kg.english.stems import stem


@pytest.mark.parametrize(
    ("verb", "made"),
    [
        ("admit", "admitted"), ("visit", "visited"), ("occur", "occurred"), ("benefit", "benefited"), ("offer", "offered"),
        ("travel", "travelled"), ("prefer", "preferred"), ("differ", "differed"), ("control", "controlled"), ("develop", "developed"),
        ("fix", "fixed"), ("vow", "vowed"), ("equip", "equipped"), ("quit", "quit"), ("panic", "panicked"), ("reveal", "revealed"),
        ("agree", "agreed"), ("steal", "stolen"), ("stop", "stopped"), ("kill", "killed"), ("carry out", "carried out"),
    ],
)  # fmt: skip
def test_participle(verb: str, made: str) -> None:
    assert participle(verb) == made


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("bus", "buses"), ("minibus", "minibuses"), ("virus", "viruses"), ("cause", "causes"), ("house", "houses"), ("crisis", "crises"),
        ("movie", "movies"), ("family", "families"), ("wife", "wives"), ("wave", "waves"), ("hero", "heroes"), ("photo", "photos"),
        ("schoolchild", "schoolchildren"), ("spokesman", "spokesmen"), ("human", "humans"), ("series", "series"), ("gas", "gases"),
        ("analysis", "analyses"), ("hypothesis", "hypotheses"), ("prize", "prizes"), ("quiz", "quizzes"), ("boss", "bosses"),
        ("monarch", "monarchs"), ("oligarch", "oligarchs"), ("church", "churches"), ("mufti", "muftis"), ("marquis", "marquises"),
    ],
)  # fmt: skip
def test_number_of_a_noun(one: str, several: str) -> None:
    assert plural(one) == several
    assert singular(several) == one
    assert singular(one) == one


def test_a_compound_of_person_has_two_plurals() -> None:
    assert plurals("spokesperson") == ("spokespersons", "spokespeople")
    assert singular("spokespeople") == singular("spokespersons") == "spokesperson"
    assert plurals("person") == ("persons",)
    assert singular("people") == "people"


@pytest.mark.parametrize("word", ["specimen", "Yemen", "news", "corps", "headquarters", "chaos"])
def test_no_plural(word: str) -> None:
    assert singular(word) == word.lower()


@pytest.mark.parametrize(("form", "verb"), [("stolen", "steal"), ("fled", "flee"), ("admitted", "admit")])
def test_stem_of_a_form(form: str, verb: str) -> None:
    assert stem(form) == stem(verb)
