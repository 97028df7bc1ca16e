"""The cases of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/): those of queries as the working group gave
them, those of updates as refusals, since nothing can be changed here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from serving import Reply, ask, served

from kg.serve import Site
from kg.store import Store

QUERY = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
SOLUTIONS = {
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
}
BOTH = "application/sparql-results+xml, application/sparql-results+json"
DATA = "http://kasei.us/2009/09/sparql/data/"
FOUR = [f"{DATA}data{number}.rdf" for number in range(4)]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A store with a graph for each of four files, each with one triple of its own and one that all have."""
    store = Store.open()
    for number, graph in enumerate(FOUR):
        at = ox.NamedNode(graph)
        store.add(
            [
                ox.Quad(ox.NamedNode(f"urn:s{number}"), ox.NamedNode("urn:p"), ox.Literal(str(number)), at),
                ox.Quad(ox.NamedNode("urn:all"), ox.NamedNode("urn:q"), ox.Literal("x"), at),
            ]
        )
    with served(Site(store, page="")) as number:
        yield number


def get(port: int, text: str, accept: str = BOTH, **fields: list[str]) -> Reply:
    asked = urlencode({"query": text, **{name.replace("_", "-"): v for name, v in fields.items()}}, doseq=True)
    return ask(port, "GET", f"/sparql?{asked}", accept=accept)


def kind(reply: Reply) -> str:
    return reply.type.partition(";")[0]


# ── queries ──


@pytest.mark.parametrize(("text", "true"), [("ASK {}", True), ("ASK { <urn:none> ?p ?o }", False)])
def test_query_get_and_post(port: int, text: str, true: bool) -> None:
    """query_get, query_post_form, query_post_direct"""
    for reply in (
        get(port, text),
        ask(port, "POST", "/sparql", urlencode({"query": text}), content_type=FORM, accept=BOTH),
        ask(port, "POST", "/sparql", text, content_type=QUERY, accept=BOTH),
    ):
        assert (reply.status, kind(reply)) == (200, "application/sparql-results+json")
        assert json.loads(reply.body)["boolean"] is true


def test_query_dataset_default_graph(port: int) -> None:
    """query_dataset_default_graph, by GET and by POST, and query_dataset_default_graphs"""
    text = "ASK { ?s <urn:p> '0' }"
    for graphs, true in ((FOUR[:1], True), (FOUR[1:2], False), (FOUR[:2], True), (["urn:none"], False)):
        fields = urlencode({"default-graph-uri": graphs}, doseq=True)
        for reply in (
            get(port, text, default_graph_uri=graphs),
            ask(port, "POST", f"/sparql?{fields}", text, content_type=QUERY),
            ask(port, "POST", "/sparql", f"{urlencode({'query': text})}&{fields}", content_type=FORM),
        ):
            assert json.loads(reply.body)["boolean"] is true, graphs


def test_query_dataset_named_graphs(port: int) -> None:
    """query_dataset_named_graphs_get and _post: what is not named cannot be reached, and the default graph is empty"""
    text = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    fields = urlencode({"named-graph-uri": FOUR[:2]}, doseq=True)
    for reply in (
        get(port, text, named_graph_uri=FOUR[:2]),
        ask(port, "POST", f"/sparql?{fields}", text, content_type=QUERY),
        ask(port, "POST", "/sparql", f"{urlencode({'query': text})}&{fields}", content_type=FORM),
    ):
        assert {row["g"]["value"] for row in json.loads(reply.body)["results"]["bindings"]} == set(FOUR[:2])
    assert json.loads(get(port, "ASK { ?s ?p ?o }", named_graph_uri=FOUR[:2]).body)["boolean"] is False


def test_query_dataset_full(port: int) -> None:
    """query_dataset_full: one default graph and two named ones"""
    text = "SELECT ?g ?x ?s { ?x <urn:p> ?o GRAPH ?g { ?s <urn:p> ?v } }"
    found = json.loads(get(port, text, default_graph_uri=FOUR[3:], named_graph_uri=FOUR[1:3]).body)["results"][
        "bindings"
    ]
    assert {row["x"]["value"] for row in found} == {"urn:s3"}
    assert {(row["g"]["value"], row["s"]["value"]) for row in found} == {(FOUR[1], "urn:s1"), (FOUR[2], "urn:s2")}


def test_query_multiple_dataset(port: int) -> None:
    """query_multiple_dataset: the protocol's data set takes the place of the query's own"""
    text = f"ASK FROM <{FOUR[1]}> {{ <urn:s0> ?p ?o }}"
    assert json.loads(get(port, text, default_graph_uri=FOUR[:1]).body)["boolean"] is True
    assert json.loads(get(port, text).body)["boolean"] is False


def test_query_dataset_of_the_query(port: int) -> None:
    """FROM and FROM NAMED of the query itself (13.2)"""
    subjects = f"SELECT DISTINCT ?s FROM <{FOUR[0]}> FROM <{FOUR[1]}> {{ ?s ?p ?o }}"
    found = json.loads(get(port, subjects).body)["results"]["bindings"]
    assert {row["s"]["value"] for row in found} == {"urn:s0", "urn:s1", "urn:all"}
    named = f"SELECT ?g FROM NAMED <{FOUR[2]}> {{ GRAPH ?g {{ ?s <urn:p> ?o }} }}"
    assert [row["g"]["value"] for row in json.loads(get(port, named).body)["results"]["bindings"]] == FOUR[2:3]


@pytest.mark.parametrize(
    ("text", "accept", "kinds"),
    [
        ("SELECT (1 AS ?value) {}", BOTH, SOLUTIONS),  # query_content_type_select
        ("ASK {}", BOTH, SOLUTIONS),  # query_content_type_ask
        ("DESCRIBE <urn:s0>", "application/rdf+xml, text/turtle", {"application/rdf+xml", "text/turtle"}),  # …_describe
        ("CONSTRUCT { <urn:s> <urn:p> 1 } WHERE {}", "application/rdf+xml, text/turtle", {"application/rdf+xml", "text/turtle"}),
        *(("CONSTRUCT { <urn:s> <urn:p> 1 } WHERE {}", one, {one}) for one in ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")),
        *(("SELECT ?s { ?s <urn:p> ?o }", one, {one}) for one in sorted(SOLUTIONS)),
    ],
)  # fmt: skip
def test_query_content_type(port: int, text: str, accept: str, kinds: set[str]) -> None:
    reply = get(port, text, accept)
    assert reply.status == 200, reply.text
    assert kind(reply) in kinds
    assert reply.headers["vary"] == "Accept"
    if "CONSTRUCT" in text or "DESCRIBE" in text:
        media = ox.RdfFormat.from_media_type(kind(reply))
        assert len(list(ox.parse(reply.body, format=media))) in (1, 2)


def test_query_forms_tell_the_same(port: int) -> None:
    """What is written is read back by another program as the same terms, whatever characters they have."""
    text = r"""SELECT ?a ?b ?c ?d { VALUES (?a ?b ?c ?d) {
        (<urn:x> "a\tb\n\"c\", <d>&" "é"@fr 1.5) (UNDEF "" "2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date> true) } }"""
    rows = []
    for media in ("application/sparql-results+json", "application/sparql-results+xml", "text/tab-separated-values"):
        read = ox.parse_query_results(get(port, text, media).body, format=ox.QueryResultsFormat.from_media_type(media))
        rows.append([[str(row[name]) for name in "abcd"] for row in read])
    assert rows[0] == rows[1] == rows[2]
    assert rows[0][0][1:3] == [r'"a\tb\n\"c\", <d>&"', '"é"@fr']
    found = get(port, text, "text/csv").text
    assert found == 'a,b,c,d\r\nurn:x,"a\tb\n""c"", <d>&",é,1.5\r\n,,2020-01-01,true\r\n'


def test_query_blank_nodes_and_empty_answers(port: int) -> None:
    for media in sorted(SOLUTIONS):
        assert get(port, "SELECT ?x { ?x <urn:none> 1 }", media).status == 200
        assert get(port, "SELECT * {}", media).status == 200
        assert get(port, "SELECT (BNODE() AS ?x) {}", media).status == 200
    assert json.loads(get(port, "SELECT ?x { ?x <urn:none> 1 }").body) == {
        "head": {"vars": ["x"]},
        "results": {"bindings": []},
    }


# ── what is wrong ──


def refused(reply: Reply, status: int, words: str = "") -> None:
    assert reply.status == status, reply.text
    assert reply.type == "text/plain; charset=utf-8"
    assert words in reply.text


def test_bad_query_method(port: int) -> None:
    """bad_query_method: neither GET nor POST"""
    for method in ("PUT", "DELETE", "PATCH"):
        reply = ask(port, method, f"/sparql?query={quote('ASK {}')}")
        refused(reply, 405, "GET or POST")
        assert reply.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_bad_multiple_queries(port: int) -> None:
    """bad_multiple_queries"""
    refused(ask(port, "GET", f"/sparql?query={quote('ASK {}')}&query={quote('SELECT * {}')}"), 400, "one query")
    refused(ask(port, "POST", f"/sparql?query={quote('ASK {}')}", "ASK {}", content_type=QUERY), 400, "one query")


def test_bad_query_wrong_media_type(port: int) -> None:
    """bad_query_wrong_media_type, bad_query_missing_form_type, bad_query_missing_direct_type"""
    refused(ask(port, "POST", "/sparql", "ASK {}", content_type="text/plain"), 415, QUERY)
    refused(ask(port, "POST", "/sparql", urlencode({"query": "ASK {}"})), 415, FORM)
    refused(ask(port, "POST", "/sparql", "ASK {}"), 415, QUERY)


def test_bad_query_non_utf8(port: int) -> None:
    """bad_query_non_utf8"""
    refused(
        ask(port, "POST", "/sparql", "ASK { ?s ?p 'é' }".encode("utf-16"), content_type=f"{QUERY}; charset=UTF-16"),
        400,
        "UTF-8",
    )


def test_bad_query_syntax(port: int) -> None:
    """bad_query_syntax"""
    refused(get(port, "ASK { ?s ?p"), 400, "not valid SPARQL")


def test_bad_graph_names_and_fields(port: int) -> None:
    refused(get(port, "ASK {}", default_graph_uri=["no iri"]), 400, "IRI")
    refused(ask(port, "GET", "/sparql?default-graph-uri=urn:x"), 400, "one query")


def test_bad_updates(port: int) -> None:
    """bad_update_get, bad_multiple_updates and the like, and every good one: nothing is changed here"""
    update = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"
    refused(ask(port, "GET", f"/sparql?update={quote('CLEAR ALL')}"), 403, "changes nothing")
    refused(ask(port, "POST", "/sparql", urlencode({"update": update}), content_type=FORM), 403, "changes nothing")
    refused(ask(port, "POST", "/sparql", update, content_type="application/sparql-update"), 403, "changes nothing")
    refused(ask(port, "POST", "/sparql", urlencode({"query": update}), content_type=FORM), 400, "not valid SPARQL")
    assert json.loads(get(port, "ASK { <urn:a> ?p ?o }").body)["boolean"] is False


def test_query_not_acceptable(port: int) -> None:
    refused(get(port, "SELECT * {}", "text/turtle"), 406, "text/csv")
    refused(get(port, "CONSTRUCT WHERE { ?s ?p ?o }", "text/csv"), 406, "text/turtle")
    refused(get(port, "ASK {}", "image/png"), 406, "application/sparql-results+json")


# ── the endpoint itself ──


def test_options(port: int) -> None:
    reply = ask(port, "OPTIONS", "/sparql")
    assert (reply.status, reply.headers["allow"], reply.body) == (204, "GET, HEAD, POST, OPTIONS", b"")


def test_head(port: int) -> None:
    reply = ask(port, "HEAD", f"/sparql?query={quote('ASK {}')}")
    assert (reply.status, kind(reply), reply.body) == (200, "application/sparql-results+json", b"")


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"]
)
def test_service_description(port: int, media: str) -> None:
    reply = ask(port, "GET", "/sparql", accept=media)
    assert (reply.status, kind(reply)) == (200, media)
    told = {
        (t.predicate.value.rsplit("#")[-1], str(t.object))
        for t in ox.parse(reply.body, format=ox.RdfFormat.from_media_type(media))
    }
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert ("endpoint", f"<http://127.0.0.1:{port}/sparql>") in told
    assert ("supportedLanguage", f"<{sd}SPARQL11Query>") in told
    assert ("feature", f"<{sd}UnionDefaultGraph>") in told
    assert {value for name, value in told if name == "name"} == {f"<{graph}>" for graph in FOUR}


def test_a_browser_at_the_endpoint_is_led_to_the_page_of_questions(port: int) -> None:
    reply = ask(port, "GET", "/sparql", accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (reply.status, reply.headers["location"]) == (303, "/query")
