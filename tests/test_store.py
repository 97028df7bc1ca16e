"""The store: transactions, union of graphs, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, StoreError
from kg.store import Store
from kg.vocabulary import VERSION

EX = "http://example.org/"


def quad(subject: str, graph: str = "g") -> ox.Quad:
    return ox.Quad(ox.NamedNode(EX + subject), ox.NamedNode(EX + "p"), ox.Literal("x"), ox.NamedNode(EX + graph))


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return Store.open(None if request.param == "memory" else tmp_path / "store")


def test_store_replaces_one_graph_and_leaves_the_others(store: Store) -> None:
    store.add([quad("a"), quad("b", "other")])
    store.replace_graph(EX + "g", [quad("c")])
    assert sorted(q.subject.value for q in store.quads()) == [EX + "b", EX + "c"]


def test_store_queries_all_graphs_as_one(store: Store) -> None:
    store.add([quad("a"), quad("b", "other")])
    rows = list(store.select("SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s"))
    assert [row[0].value for row in rows] == [EX + "a", EX + "b"]  # type: ignore[union-attr]


def test_store_gives_an_rdflib_dataset_over_the_same_quads(store: Store) -> None:
    store.add([quad("a")])
    assert len(list(store.dataset().triples((None, None, None)))) == 1


def test_store_values_are_bound_not_pasted(store: Store) -> None:
    store.add([quad("a")])
    evil = ox.Literal('x"} UNION { ?s ?p ?o } #')
    result = store.query("SELECT ?v WHERE { ?s ?p ?v }", substitutions={"v": evil})
    assert list(result) == []


def test_store_syntax_error_is_one_sentence(store: Store) -> None:
    with pytest.raises(QueryError, match="The query is not valid SPARQL"):
        store.query("SELEC ?x")


def test_store_keeps_what_it_has_on_disk(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as first:
        first.add([quad("a")])
    with Store.open(tmp_path / "s") as second:
        assert len(second) == 1


def test_store_refuses_strangers(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match="is not a kg store and is not empty"):
        Store.open(tmp_path)
    with pytest.raises(StoreError, match="There is no store at"):
        Store.open(tmp_path / "gone", create=False)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_store_refuses_damaged_and_newer(tmp_path: Path) -> None:
    Store.open(tmp_path / "s").close()
    marker = tmp_path / "s" / "kg-store.json"
    marker.write_text(json.dumps({"format": 99}))
    with pytest.raises(StoreError, match="newer version of kg"):
        Store.open(tmp_path / "s")
    marker.write_text("{")
    with pytest.raises(StoreError, match="is damaged"):
        Store.open(tmp_path / "s")


def test_store_in_use_is_one_sentence(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s"), pytest.raises(StoreError, match="cannot be opened"):
        Store.open(tmp_path / "s")


def versioned(version: str) -> ox.Quad:
    graph = ox.NamedNode(EX + "g")
    return ox.Quad(
        graph,
        ox.NamedNode("http://purl.org/dc/terms/conformsTo"),
        ox.NamedNode(f"https://w3id.org/kg-said/ns/{version}"),
        graph,
    )


def test_store_of_a_newer_ontology_is_refused_and_left_alone(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as first:
        first.add([versioned("99.0.0")])
    with pytest.raises(StoreError, match=r"made with version 99\.0\.0 of the ontology and this kg knows"):
        Store.open(tmp_path / "s")
    with pytest.raises(StoreError, match=r"99\.0\.0"):  # and it was released
        Store.open(tmp_path / "s")


def test_store_of_this_or_an_older_ontology_opens(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as first:
        first.add([versioned("0.0.1"), versioned(VERSION)])
    with Store.open(tmp_path / "s") as second:
        assert len(second) == 2


def test_store_loads_a_file_and_refuses_what_is_none(tmp_path: Path) -> None:
    good, bad, newer = tmp_path / "good.ttl", tmp_path / "bad.ttl", tmp_path / "newer.ttl"
    good.write_text("<http://example.org/a> <http://example.org/p> 1 .")
    bad.write_text("this is not Turtle")
    newer.write_text(f"{versioned('99.0.0').triple!s} .")
    assert len(Store.load(good)) == 1
    with pytest.raises(StoreError, match=r"bad\.ttl is not a valid graph file"):
        Store.load(bad)
    with pytest.raises(StoreError, match=r"newer\.ttl was made with version 99\.0\.0"):
        Store.load(newer)
    with pytest.raises(StoreError, match="cannot be read"):
        Store.load(tmp_path / "gone.ttl")
    with pytest.raises(StoreError, match="no ending of a graph file"):
        Store.load(tmp_path / "graph.docx")
