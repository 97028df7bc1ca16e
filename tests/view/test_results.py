"""The answer of any query as a picture: what the store knows, what only the answer says, and what cannot be drawn."""

from __future__ import annotations

import pytest
import story

from kg import query
from kg.errors import QueryError
from kg.model import LinkKind
from kg.store import Store
from kg.view import results
from kg.view.data import ViewData
from kg.view.rows import from_store
from kg.vocabulary import DATA


@pytest.fixture(scope="module")
def store() -> Store:
    return story.store()


def drawn(store: Store, asked: str, **params: str) -> ViewData:
    found = query.find(asked) if asked in query.named() else query.parse(asked)
    return results.from_answer(query.execute(store, found, params), from_store(store))


def names(data: ViewData) -> set[str]:
    return {node.name for node in data.nodes}


def ties(data: ViewData, *kinds: LinkKind) -> set[tuple[str, str, str]]:
    of = {node.id: node.name for node in data.nodes}
    return {(of[link.source], of[link.target], link.label) for link in data.links if link.kind in kinds}


def test_results_of_statements_are_their_speakers_topics_and_cards(store: Store) -> None:
    data = drawn(store, "statements_by", by="Eide")
    assert names(data) >= {"Lars Eide", "Marit Haugland", "Kvitfjord"}
    assert {s.content for s in data.statements} == {"that 500 salmon had died in Kvitfjord", "Haugland for the silence"}
    assert ties(data, LinkKind.SAID_ABOUT) == {("Lars Eide", "Marit Haugland", ""), ("Lars Eide", "Kvitfjord", "")}
    assert all(set(link.statements) <= {s.id for s in data.statements} for link in data.links)
    assert not ties(data, LinkKind.DISAGREES_WITH), "a disagreement that the answer does not hold is not drawn"


def test_results_of_disagreements_draw_both_sides(store: Store) -> None:
    data = drawn(store, "disagreements")
    assert ties(data, LinkKind.DISAGREES_WITH) == {("Lars Eide", "Marit Haugland", "")}
    assert len(data.comparisons) == 2
    assert len(data.statements) == 3


def test_results_of_rows_tie_what_nothing_else_ties(store: Store) -> None:
    data = drawn(store, "offices")
    assert ("Kari Moen", "Coastal Authority", "director") in ties(data, LinkKind.HOLDS_OFFICE_IN)
    assert ("Kari Moen", "Divers count the fish", "article") in ties(data, LinkKind.IN_ANSWER)


def test_results_of_words_alone_are_drawn_from_the_words(store: Store) -> None:
    data = drawn(
        store, "SELECT ?publisher ?title WHERE { ?a dc:publisher ?publisher ; dcterms:title ?title } ORDER BY ?title"
    )
    assert ("Havposten", "Salmon die in Kvitfjord", "title") in ties(data, LinkKind.IN_ANSWER)


def test_results_of_a_construct_query_draw_triples_and_write_literals_on_nodes(store: Store) -> None:
    data = drawn(
        store,
        "CONSTRUCT { ?a kg:partOf ?b . ?f kg:wording ?w ; a kg:Figure } WHERE { { ?a kg:partOf ?b } UNION { ?f kg:wording ?w } }",
    )
    assert ties(data, LinkKind.PART_OF) == {
        ("Coastal Authority", "Ministry of Fisheries", ""),
        ("Kvitfjord", "Norway", ""),
    }
    figure = next(node for node in data.nodes if node.id == f"{DATA}article/a2/figure/f1")
    assert set(figure.aliases) == {"kg:wording: 500 salmon", "a kg:Figure"}


def test_results_of_iris_of_other_graphs_are_nodes_too(store: Store) -> None:
    data = drawn(store, "CONSTRUCT { <http://e.org/a> <http://e.org/knows> <http://e.org/b> } WHERE {}")
    assert ties(data, LinkKind.IN_ANSWER) == {("http://e.org/a", "http://e.org/b", "http://e.org/knows")}


def test_results_become_a_page_in_which_strings_stay_data(store: Store) -> None:
    text = results.page(
        query.execute(store, query.parse('SELECT ?a ?b WHERE { BIND("<script>alert(1)</script>" AS ?a) BIND("x" AS ?b) }')),
        store, title="<b>mine</b>",
    )  # fmt: skip
    assert text.startswith("<!DOCTYPE html>")
    assert "<script>alert" not in text
    assert "<b>mine" not in text


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("ASK { ?s ?p ?o }", "yes or no"),
        ("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", "holds numbers alone"),
        ("SELECT ?s WHERE { ?s <https://example.org/nothing> ?o }", "is empty"),
    ],
)
def test_results_without_anything_to_draw_say_so(store: Store, asked: str, sentence: str) -> None:
    with pytest.raises(QueryError, match=sentence):
        drawn(store, asked)


def test_results_too_large_for_a_picture_say_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "MAX_NODES", 3)
    with pytest.raises(QueryError, match="too many for a picture"):
        drawn(store, "who_said_what")


@pytest.mark.parametrize("name", list(query.named()))
def test_results_of_every_question_can_be_drawn(store: Store, name: str) -> None:
    values = {"when": "2021-03", "string": "", "name": ""}
    asked = query.find(name)
    params = {p.name: values[p.type] for p in asked.parameters if p.default is None}
    answer = query.execute(store, asked, params)
    if not answer.rows:  # the story has none of it
        assert name in ("figure_parts", "figures_unofficial")
        with pytest.raises(QueryError, match="nothing to draw"):
            results.from_answer(answer, from_store(store))
    else:
        assert results.from_answer(answer, from_store(store)).nodes
