"""queries/catalogue.ttl holds every query that comes with kg, as it is run."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, RDFS, SH

from kg import query
from kg.query import catalogue
from kg.vocabulary import DATA, shipped


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(shipped("queries") / "catalogue.ttl")


def test_catalogue_is_what_the_queries_are() -> None:
    written = (shipped("queries") / "catalogue.ttl").read_text("utf-8")
    assert written == catalogue.turtle(), "run python tests/bench/questions_table.py"


@pytest.mark.parametrize("name", list(query.named()))
def test_catalogue_holds_a_query_that_runs(graph: rdflib.Graph, name: str) -> None:
    asked, subject = query.find(name), rdflib.URIRef(f"{DATA}query/{name}")
    assert {SH.SPARQLExecutable, SH.SPARQLSelectExecutable} <= set(graph.objects(subject, RDF.type))
    (text,) = graph.objects(subject, SH.select)
    assert str(text) == asked.sparql
    assert [variable.value for variable in ox.Store().query(str(text)).variables] == list(asked.columns)  # type: ignore[union-attr]
    assert str(graph.value(subject, RDFS.label)) == asked.title
    found = {
        str(graph.value(p, SH.name)): (graph.value(p, SH.optional) is not None, str(graph.value(p, SH.description)))
        for p in graph.objects(subject, SH.parameter)
    }
    assert found == {p.name: (p.default is not None, p.text) for p in asked.parameters}
    assert (subject, SH.prefixes, rdflib.URIRef(f"{DATA}query/prefixes")) in graph


def test_catalogue_holds_nothing_else(graph: rdflib.Graph) -> None:
    subjects = set(graph.subjects(RDF.type, SH.SPARQLExecutable))
    assert {str(s).removeprefix(f"{DATA}query/") for s in subjects} == set(query.named())
