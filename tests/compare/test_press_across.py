"""What is brought together, and what is not, in small texts as the press has them. Names and events are invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg import compare, query
from kg.annotate import Annotator
from kg.model import Article, Assertion, Stance
from kg.pipeline import build
from kg.store import Store

Row = tuple[str, str, str]
Rows = Callable[..., set[Row]]


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


def _built(annotator: Annotator, *articles: tuple[str, str]) -> Store:
    store = Store.open()
    made = [
        Article(f"a{n}", text, published=day, publisher=f"Paper {n}", language="en")
        for n, (day, text) in enumerate(articles)
    ]
    build(made, store=store, annotator=annotator)
    return store


@pytest.fixture(scope="module")
def rows(annotator: Annotator) -> Rows:
    """Verdict, left figure and right figure ("" where statements are compared) of what articles tell; each is day and text."""

    def of(*articles: tuple[str, str]) -> set[Row]:
        found = list(query.run(_built(annotator, *articles), query.named()["comparisons"]))
        told = [(str(r["verdict"]), str(r["left_figure"] or ""), str(r["right_figure"] or "")) for r in found]
        return {row for row in told if row[0] != "not_comparable"}

    return of


GUARD = "The Civil Guard said 40 people were killed in the strike."


@pytest.mark.parametrize(
    "text",
    [
        f"{GUARD} The army disputed that toll.",
        f"{GUARD} The army denied the claim.",
        f"{GUARD} The mayor was in Osh on Friday. The army on Tuesday disputed the Civil Guard's figures.",
        f"{GUARD} It said the school was hit. The army disputed the death toll.",
    ],
)
def test_a_denial_that_points_back_opposes_what_was_said(rows: Rows, text: str) -> None:
    assert rows(("2021-06-09", text)) == {("contradicts", "", "")}


@pytest.mark.parametrize(
    "text",
    [
        f"{GUARD} It disputed that toll.",  # itself
        f"{GUARD} The army disputed the Harbour Board's figures.",  # another's
        f"{GUARD} The army disputed the ban.",  # another matter
        "At least 40 people were killed in the strike. The army disputed that toll.",  # nobody's
        "The Civil Guard said the school was hit. The army disputed that toll.",  # no number
    ],
)
def test_a_denial_that_points_elsewhere_opposes_nothing(rows: Rows, text: str) -> None:
    assert rows(("2021-06-09", text)) == set()


def test_denied_accusations_are_those_that_were_made_and_no_later_word(annotator: Annotator) -> None:
    text = (
        "Relatives accused the prison board of refusing treatment to Omar Salih. “That made the families angry,” Ada Brix said. "
        "The prison board denied the accusations."
    )
    store = Store.open()
    build([Article("a", text, published="2021-06-09", language="en")], store=store, annotator=annotator)
    (row,) = query.run(store, query.named()["disagreements"])
    assert "angry" not in str(row)
    assert "refusing treatment" in str(row)


def test_the_name_of_what_was_said_is_no_word_for_it() -> None:
    def said(content: str, stance: Stance, who: str) -> Assertion:
        return Assertion(who, "a", who, who, None, "2021-06-09", content, stance, actors=("Ana Ruiz", who))

    named_only = said("Ana Ruiz's allegations", Stance.SAID, "Harbour Board")
    denial = said("Ana Ruiz's allegations", Stance.DENIED, "Industry League")
    assert not compare.denials([named_only, denial])


def test_a_denial_that_points_back_goes_with_its_article(rows: Rows) -> None:
    other = ("2021-06-08", "Ada Brix said the dam held.")
    assert rows(other, ("2021-06-09", f"{GUARD} The army disputed that toll.")) == {("contradicts", "", "")}


def test_a_total_and_its_parts_contradict_nothing(rows: Rows) -> None:
    text = (
        "An opposition leader said Tuesday that her party compiled a list of 745 people killed by troops. Nadia Horva, leader "
        "of the Free Farmers party, said 542 people were killed in Andora and 203 people died in Parkabad."
    )
    assert not [row for row in rows(("2021-06-09", text)) if row[0] in ("contradicts", "revises")]


def test_numbers_grouped_by_spaces_contradict_nothing(rows: Rows) -> None:
    text = (
        "The interior ministry said the quake killed 12 400 people in Velmora and about 1 350 in Tarno province. Authorities "
        "on Thursday confirmed about 14 000 people died and said the toll would rise."
    )
    assert not [row for row in rows(("2021-06-09", text)) if row[0] == "contradicts"]


def test_a_number_that_was_put_right_is_brought_together(rows: Rows) -> None:
    text = (
        "A day after Information Minister Lena Vos raised the official death toll to 2,300, President Marc Tevel told "
        "journalists that the number was 1,700. The ministry said the number should have read 1,750. “The official number "
        "is 2,100,” Vos said."
    )
    pairs = {frozenset((left, right)) for _, left, right in rows(("2021-06-09", text))}
    assert {frozenset(("2,300", "1,700")), frozenset(("1,700", "2,100"))} <= pairs


@pytest.mark.parametrize(
    "text",
    [
        "The blast in Osh killed 11 people, police said. Hospital officials said two more people died overnight. Another three "
        "were killed in a second blast, the army said.",
        "The blast killed 11 people, police said.\nAlso read: Fire kills 10, injures 35 in Tarno\nHospital officials said two "
        "more people had died.",
    ],
)
def test_an_addition_is_not_held_against_the_total(rows: Rows, text: str) -> None:
    assert not [row for row in rows(("2021-06-09", text)) if row[0] == "contradicts"]


def test_one_prosecutor_under_two_forms_is_one_person(annotator: Annotator) -> None:
    store = _built(
        annotator,
        ("2021-06-08", "Uzbekistan's top prosecutor, Oral Denbek, said on Tuesday that 169 people were killed in Osh."),
        ("2021-06-09", "Prosecutor-General Oral Denbek said 169 people were killed in the clashes in Osh."),
    )
    names = [str(row["name"]) for row in query.run(store, query.named()["entities"])]
    assert names.count("Oral Denbek") == 1, names


QUAKE = "MARDANA (AP) — A magnitude 6.2 earthquake struck the coast of Mardana on Tuesday at a depth of 12 kilometres, the Geological Service said."
SEEN = "MARDANA (Reuters) — A quake of magnitude 6.2 struck the coast of Mardana on Tuesday at a depth of 11 kilometres, the Seismic Institute said."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "An aftershock with magnitude 4.9 at a depth of 8 km followed, the Geological Service said. Another aftershock of magnitude 4.1 struck at a depth of 20 km, the Geological Service said.",
            "An aftershock of magnitude 4.5 at a depth of 15 km followed, the Seismic Institute said.",
        ),
        (
            "A 4.9-magnitude aftershock followed the earthquake, the Geological Service said.",
            "Later the earth shook again, residents said.",
        ),
        (
            "Another quake with a magnitude of 5.3 struck at a depth of 30 km, the Geological Service said.",
            "There was no tsunami, the Seismic Institute said.",
        ),
    ],
)
def test_many_aftershocks_contradict_neither_one_another_nor_the_quake(rows: Rows, one: str, other: str) -> None:
    found = rows(("2021-03-03", f"{QUAKE} {one}"), ("2021-03-03", f"{SEEN} {other}"))
    told = {(left.split()[0], right.split()[0]) for verdict, left, right in found if verdict == "contradicts"}
    assert told == {("12", "11")}
