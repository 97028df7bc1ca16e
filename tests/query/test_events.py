"""Who was killed has died: questions find figures whatever the verb, on every engine and in the Turtle that kg exports."""

from __future__ import annotations

import pytest
import rdflib

from kg import export, query, rdf
from kg.model import Article, Certainty, Comparator, Kind, Resolved, Span, Stance, StatedFigure, Statement
from kg.pipeline import integrate
from kg.query import ask
from kg.store import Store

TOLD = (
    ("harbour", "19 fishermen were killed.", 19, "kill"),
    ("union", "27 fishermen had died.", 27, "die"),
    ("navy", "4 fishermen drowned.", 4, "drown"),
    ("clinic", "8 fishermen were wounded.", 8, "wound"),
)


@pytest.fixture(scope="module")
def store() -> Store:
    opened = Store.open()
    for key, text, value, event in TOLD:
        span = Span(0, len(text))
        figure = StatedFigure(
            "f", Span(0, text.index(" fish")), text, value=value, low=value, high=value, comparator=Comparator.EQUAL, unit="people",
            population="fishermen", event=event, concepts=("fishermen",),
        )  # fmt: skip
        said = Statement(
            "s", key, None, None, "", Stance.SAID, Kind.AUTHOR, Certainty.FIRM, False, text, (), (), (span,), span, figures=(figure,)
        )  # fmt: skip
        opened.add(rdf.article_quads(Resolved(Article(key, text, language="en"), (), (), (said,), (span,))))
    integrate(opened, added=[key for key, *_ in TOLD])
    return opened


def values(rows: object) -> list[str]:
    return sorted(str(row["value"]) for row in rows)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many fishermen were killed?", ["19", "27", "4"]),
        ("How many fishermen died?", ["19", "27", "4"]),
        ("How many fishermen drowned?", ["4"]),
        ("How many fishermen were injured?", ["8"]),
    ],
)
def test_events_answer_for_every_verb_that_says_the_same(store: Store, question: str, expected: list[str]) -> None:
    found = ask.understand(store, question)
    assert values(query.run(store, found.query, found.params)) == expected


@pytest.mark.parametrize(
    ("words", "expected"), [("kill", ["19", "27", "4"]), ("hurt", ["8"]), ("fish", ["19", "27", "4", "8"])]
)
def test_events_are_in_the_turtle_itself(store: Store, words: str, expected: list[str]) -> None:
    made = export.FORMATS["turtle"].make(export.Source(store))
    assert isinstance(made, bytes)
    graph = rdflib.Graph().parse(data=made, format="turtle")
    text = query.find("figures_for").text.replace('VALUES ?words { "" }', f'VALUES ?words {{ "{words}" }}')
    assert sorted(str(row["value"]) for row in graph.query(text)) == expected
