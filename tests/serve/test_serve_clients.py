"""Programs of others ask the endpoint as they ask any: SPARQLWrapper, and rdflib's SPARQLStore."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from serving import served

from kg.serve import Site
from kg.store import Store

ONE, TWO = "urn:g1", "urn:g2"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    store = Store.open()
    for graph, name in ((ONE, "Ana"), (TWO, "Eva")):
        store.add(
            [ox.Quad(ox.NamedNode(f"urn:{name}"), ox.NamedNode("urn:name"), ox.Literal(name), ox.NamedNode(graph))]
        )
    with served(Site(store, page="")) as port:
        yield f"http://127.0.0.1:{port}/sparql"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_solutions(endpoint: str, method: str, form: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    asking = wrapper.SPARQLWrapper(endpoint, returnFormat=form)
    asking.setMethod(method)
    asking.setQuery("SELECT ?name { ?s <urn:name> ?name } ORDER BY ?name")
    found = asking.query().convert()
    if form == "json":
        assert [row["name"]["value"] for row in found["results"]["bindings"]] == ["Ana", "Eva"]
    elif form == "xml":
        assert [node.firstChild.data for node in found.getElementsByTagName("literal")] == ["Ana", "Eva"]
    else:
        assert b"Ana" in found
        assert b"Eva" in found


@pytest.mark.parametrize("form", ["turtle", "xml", "json-ld", "n3"])
def test_sparqlwrapper_graphs(endpoint: str, form: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    asking = wrapper.SPARQLWrapper(endpoint, returnFormat=form)
    asking.setQuery("CONSTRUCT WHERE { ?s <urn:name> ?name }")
    found = asking.query().convert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert {str(name) for name in graph.objects(None, URIRef("urn:name"))} == {"Ana", "Eva"}


def test_sparqlwrapper_graphs_posted_query_and_errors(endpoint: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    asking = wrapper.SPARQLWrapper(endpoint, returnFormat="json")
    asking.setMethod("POST")
    asking.setRequestMethod(wrapper.POSTDIRECTLY)
    asking.addDefaultGraph(TWO)
    asking.setQuery("SELECT ?name { ?s ?p ?name }")
    assert [row["name"]["value"] for row in asking.query().convert()["results"]["bindings"]] == ["Eva"]
    asking.setQuery("SELECT ?name {")
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed, match="not valid SPARQL"):
        asking.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_sparqlstore(endpoint: str, method: str, form: str) -> None:
    graph = Graph(SPARQLStore(endpoint, method=method, returnFormat=form))
    rows = list(graph.query("SELECT ?name { ?s <urn:name> ?name } ORDER BY ?name"))
    assert [str(row[0]) for row in rows] == ["Ana", "Eva"]
    assert len(graph) == 2
    if form != "csv":  # which tells no IRI from a text
        assert set(graph.triples((None, URIRef("urn:name"), None))) == {
            (URIRef("urn:Ana"), URIRef("urn:name"), Literal("Ana")),
            (URIRef("urn:Eva"), URIRef("urn:name"), Literal("Eva")),
        }
    if form in ("xml", "json"):
        assert bool(graph.query("ASK { ?s <urn:name> 'Ana' }")) is True


def test_rdflib_sparqlstore_named_graphs(endpoint: str) -> None:
    for graph, name in ((ONE, "Ana"), (TWO, "Eva")):
        part = Graph(SPARQLStore(endpoint, context_aware=True), identifier=URIRef(graph))
        assert {str(found) for _, _, found in part.triples((None, None, None))} == {name}
    made = Graph(SPARQLStore(endpoint)).query("CONSTRUCT WHERE { ?s <urn:name> ?name }")
    assert {str(triple[2]) for triple in made} == {"Ana", "Eva"}
