"""``kg.open``: everything in one call each."""

from __future__ import annotations

import sys
from pathlib import Path

import networkx as nx
import pytest
import rdflib
import story

import kg
from kg.errors import QueryError, StoreError, UsageError


@pytest.fixture(scope="module")
def graph() -> kg.Graph:
    made = kg.open()
    made.add(story.store().quads())
    return made


def test_graph_rows_by_name_file_and_sparql(graph: kg.Graph, tmp_path: Path) -> None:
    assert len(graph.rows("statements_by", by="Eide")) == 2
    (tmp_path / "mine.rq").write_text(
        "SELECT ?n WHERE { ?p a kg:Person ; skos:prefLabel ?n } ORDER BY ?n", encoding="utf-8"
    )
    assert graph.rows(str(tmp_path / "mine.rq")).rows == (("Kari Moen",), ("Lars Eide",), ("Marit Haugland",))
    assert graph.rows("ASK { ?x skos:prefLabel 'Kari Moen' }").rows == ((True,),)
    assert not graph.rows("who_said_what", limit=1).complete
    with pytest.raises(QueryError, match="Did you mean"):
        graph.rows("who_say_what")


def test_graph_ask_in_plain_words(graph: kg.Graph) -> None:
    assert [row["reason"] for row in graph.ask("who disagrees with Eide")] == ["300 and 500 cannot both hold."]


def test_graph_dataset_and_networks(graph: kg.Graph) -> None:
    dataset = graph.dataset()
    assert isinstance(dataset, rdflib.Dataset)
    assert len(list(dataset.triples((None, rdflib.RDF.type, rdflib.URIRef("https://w3id.org/kg-said/ns#Person"))))) == 3
    network = graph.network()
    assert isinstance(network, nx.MultiDiGraph)
    assert {actor.id for actor in graph.measures().actors} == set(network)


def test_graph_frames_have_numbers_and_missing_cells(graph: kg.Graph) -> None:
    pandas = pytest.importorskip("pandas")
    frame = graph.frame("figures_for", words="salmon")
    assert isinstance(frame, pandas.DataFrame)
    assert frame["value"].dtype == float
    assert frame["value"].max() == 520
    assert frame["high"].isna().sum() == 1
    assert list(graph.frame("revisions", words="nothing").columns)[:2] == ["earlier_date", "later_date"]


def test_graph_frames_without_pandas_are_one_sentence(graph: kg.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r"pip install kg-said\[frames\]"):
        graph.frame("figures")


def test_graph_page_and_export(graph: kg.Graph, tmp_path: Path) -> None:
    assert "Lars Eide" in graph.page(title="Fish")._repr_html_()
    assert len(rdflib.Graph().parse(graph.export(tmp_path / "g.ttl"))) > 500


def test_graph_opens_and_builds(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "A fire\n\nMayor Ana Vera said on Monday that 12 houses had burned down.\n", encoding="utf-8"
    )
    with kg.open(tmp_path / "store") as stored:
        assert len(stored.build(tmp_path / "a.txt").added) == 1
        assert len(stored.build([tmp_path / "a.txt"]).known) == 1
        assert stored.rows("statements_by", by="Vera").rows
    with kg.open(tmp_path / "store") as again:
        assert again.rows("articles").rows
    with pytest.raises(StoreError, match="is a file"):
        kg.open(tmp_path / "a.txt")
