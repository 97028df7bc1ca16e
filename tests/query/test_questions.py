"""Every named question on the story, on both engines: exact rows, equal results, complete headers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
import story
import yaml

from kg import query
from kg.query import filling
from kg.store import Store
from kg.vocabulary import DATA

TESTS = Path(__file__).resolve().parents[1]

EXPECTED: dict[str, list[dict[str, Any]]] = yaml.safe_load((TESTS / "data" / "questions.yaml").read_text("utf-8"))
CASES = [
    pytest.param(name, case, id="-".join([name, *map(str, case["params"].values())]))
    for name, cases in EXPECTED.items()
    for case in cases
]
STATEMENT = "statement, speaker, speaker_name, role, organisation, cue, kind, content, said_on, article, start, end"
FIXED = {
    "who_said_what": STATEMENT,
    "figures": "statement, speaker_name, value, low, high, comparator, unit, population, place, event, as_of, article, start, end, per",
    "offices": "person, person_name, role, organisation, organisation_name, tense, article, start, end, source",
    "disagreements": "left, right, left_speaker, right_speaker, left_figure, right_figure, verdict, reason",
}
"""The columns that other programs rely on."""


@pytest.fixture(scope="module")
def store() -> Store:
    return story.store()


@pytest.fixture(scope="module")
def graph(store: Store) -> rdflib.Graph:
    """The same triples in rdflib's own memory, as a reader of graph.ttl has them."""
    triples = {quad.triple for quad in store.quads()}
    return rdflib.Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")


def written(rows: query.Rows) -> str:
    """Rows as the file of expected answers writes them."""
    lines = (" | ".join(" ".join(query.plain(cell).replace(DATA, "").split()) for cell in row) for row in rows.rows)
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize(("name", "case"), CASES)
def test_question_gives_exactly_these_rows(store: Store, name: str, case: dict[str, Any]) -> None:
    found = query.run(store, query.find(name), case["params"])
    expected = case["rows"] or ""
    assert [line.rstrip() for line in written(found).splitlines()] == [line.rstrip() for line in expected.splitlines()]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_question_gives_the_same_on_rdflib(store: Store, graph: rdflib.Graph, name: str, case: dict[str, Any]) -> None:
    asked = query.find(name)
    assert query.run(graph, asked, case["params"]) == query.run(store, asked, case["params"])


@pytest.mark.parametrize("name", list(query.named()))
def test_question_of_an_empty_graph_has_no_rows_on_either_engine(name: str) -> None:
    asked = query.named()[name]
    params = {p.name: "2015" if p.type == "when" else "x" for p in asked.parameters if p.default is None}
    for source in (Store.open(), rdflib.Graph()):
        assert query.run(source, asked, params).rows == ()


@pytest.mark.parametrize("name", list(query.named()))
def test_question_is_complete(name: str) -> None:
    asked = query.named()[name]
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
    assert name in EXPECTED, "every question has an expected answer in tests/data/questions.yaml"
    assert asked.title
    assert asked.question.endswith("?") or asked.group == "Parts of the page"
    assert asked.group in query.GROUPS
    assert "ORDER BY" in asked.sparql
    assert asked.asks or asked.group == "Parts of the page"
    for example in asked.asks:
        assert set(re.findall(r"\{(\w+):\w+\}", example)) <= {p.name for p in asked.parameters}
    for parameter in asked.parameters:
        assert parameter.text
        value = "UNDEF" if parameter.type == "decimal" and not parameter.default else parameter.default or ""
        value = f'"{value}"' if parameter.type in ("string", "name", "when") else value
        stands = {asked.text[slice(*place)].strip() for place in filling.blocks(asked.text)[parameter.name]}
        assert stands == {value}, "the text holds the default, and what leaves nothing out where a value must be given"


@pytest.mark.parametrize("name", list(query.named()))
def test_question_returns_the_columns_of_its_header(store: Store, name: str) -> None:
    case = EXPECTED[name][0]
    assert query.run(store, query.find(name), case["params"]).columns == query.find(name).columns


def test_questions_are_enough_and_of_every_group() -> None:
    grouped = query.grouped()
    assert list(grouped) == list(query.GROUPS)
    assert sum(len(queries) for group, queries in grouped.items() if group != "Parts of the page") >= 24


@pytest.mark.parametrize("name", list(FIXED))
def test_question_keeps_the_columns_that_others_rely_on(name: str) -> None:
    assert query.find(name).returns == FIXED[name]


def test_questions_that_list_statements_take_a_least_confidence() -> None:
    for asked in query.named().values():
        if asked.returns == STATEMENT:
            (found,) = [p for p in asked.parameters if p.name == "min_confidence"]
            assert (found.type, found.default) == ("decimal", "0")


def test_question_text_never_holds_the_value_of_a_parameter(store: Store) -> None:
    evil = '")) } UNION { ?statement ?p ?content } #'
    for name, parameter in (("statements_by", "by"), ("figures_for", "words"), ("mentions_of", "name")):
        assert query.run(store, query.find(name), {parameter: evil}).rows == ()
