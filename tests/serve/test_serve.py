"""The server: what it answers, what it refuses, and that it listens on this machine alone."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.errors import ServeError
from kg.serve import Site, listen
from kg.store import Store
from kg.vocabulary import Property

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s skos:prefLabel ?name }"


@pytest.fixture
def site() -> Site:
    store = Store.open()
    name = ox.Literal('<img src=x onerror="alert(1)">')
    store.add([ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode(Property.NAME.value), name, ox.NamedNode("urn:g"))])
    return Site(store, page="<!DOCTYPE html><title>graph</title>")


@pytest.fixture
def connection(site: Site) -> Iterator[HTTPConnection]:
    server = listen(site, port=0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    link = HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    yield link
    link.close()
    server.shutdown()
    server.server_close()


def test_serve_page_form_and_questions(site: Site) -> None:
    assert site.get("/").body.startswith(b"<!DOCTYPE html>")
    for target, kind in (("/query", "text/html"), ("/query.js", "text/javascript"), ("/query.css", "text/css")):
        answer = site.get(target)
        assert (answer.status, answer.type) == (200, kind)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    questions = json.loads(site.get("/questions").body)
    assert {"disagreements", "offices"} <= {q["name"] for q in questions}
    assert site.get("/nothing").status == 404


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("application/sparql-results+xml;q=0.9, text/csv;q=0.2", "application/sparql-results+xml"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/csv;q=x", "application/sparql-results+json"),
    ],
)
def test_serve_solutions_in_the_type_that_is_asked_for(site: Site, accept: str, kind: str) -> None:
    answer = site.get(f"/sparql?query={quote(COUNT)}", accept=accept)
    assert (answer.status, answer.type) == (200, kind)
    assert b"1" in answer.body


def test_serve_graph_and_boolean(site: Site) -> None:
    turtle = site.post(
        "/sparql", b"CONSTRUCT WHERE { ?s skos:prefLabel ?n }", type_="application/sparql-query; charset=utf-8"
    )
    assert (turtle.status, turtle.type) == (200, "text/turtle")
    assert len(list(ox.parse(turtle.body, format=ox.RdfFormat.TURTLE))) == 1
    told = {str(quad.subject) for quad in ox.parse(site.get("/graph.ttl").body, format=ox.RdfFormat.TURTLE)}
    assert told == {"<urn:a>", "<https://w3id.org/kg-said/graph>"}
    form = site.post("/sparql", b"query=ASK%7B%3Fs+%3Fp+%3Fo%7D", type_="application/x-www-form-urlencoded")
    assert json.loads(form.body)["boolean"] is True


@pytest.mark.parametrize(
    ("body", "type_", "status", "words"),
    [
        (b"SELECT ?x WHERE {", "application/sparql-query", 400, "not valid SPARQL"),
        (b"INSERT DATA { <urn:a> <urn:b> <urn:c> }", "application/sparql-query", 400, "not valid SPARQL"),
        (b"update=DELETE+WHERE+%7B%3Fs+%3Fp+%3Fo%7D", "application/x-www-form-urlencoded", 403, "changes nothing"),
        (b"SELECT * { service <http://127.0.0.1:9/> { ?s ?p ?o } }", "application/sparql-query", 403, "SERVICE"),
        (b"SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "application/sparql-query", 403, "SERVICE"),
        (b"query=a&query=b", "application/x-www-form-urlencoded", 400, "one query"),
        (b"", "application/x-www-form-urlencoded", 400, "one query"),
        (b"ASK {}", "text/plain", 415, "application/sparql-query"),
        (b"\xff\xfe", "application/sparql-query", 400, "UTF-8"),
    ],
)
def test_serve_refuses_with_a_sentence(site: Site, body: bytes, type_: str, status: int, words: str) -> None:
    answer = site.post("/sparql", body, type_=type_)
    assert answer.status == status
    assert words in answer.body.decode()


def test_serve_the_word_service_inside_a_string_or_an_iri_is_none(site: Site) -> None:
    text = 'SELECT ?s { ?s ?p "the security service said" # service\n OPTIONAL { ?s <urn:service> ?o } }'
    assert site.post("/sparql", text.encode(), type_="application/sparql-query").status == 200


def test_serve_over_http_with_headers(connection: HTTPConnection) -> None:
    connection.request("GET", "/")
    reply = connection.getresponse()
    assert (reply.status, reply.getheader("Content-Type")) == (200, "text/html; charset=utf-8")
    assert reply.getheader("X-Content-Type-Options") == "nosniff"
    assert reply.getheader("Access-Control-Allow-Origin") is None
    assert reply.read().startswith(b"<!DOCTYPE html>")
    connection.request("HEAD", "/query")
    reply = connection.getresponse()
    assert (reply.status, reply.read()) == (200, b"")
    connection.request("POST", "/sparql", body=COUNT, headers={"Content-Type": "application/sparql-query"})
    assert json.loads(connection.getresponse().read())["results"]["bindings"][0]["n"]["value"] == "1"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_serve_answers_to_its_own_name_only(connection: HTTPConnection, host: str) -> None:
    connection.request("GET", "/graph.ttl", headers={"Host": host})
    reply = connection.getresponse()
    assert reply.status == 421
    assert b"<urn:a>" not in reply.read()


def test_serve_refuses_a_query_without_length_or_too_long(connection: HTTPConnection) -> None:
    connection.request(
        "POST", "/sparql", headers={"Content-Length": "2000000", "Content-Type": "application/sparql-query"}
    )
    assert connection.getresponse().status == 413


def test_serve_taken_port_is_one_sentence(site: Site) -> None:
    server = listen(site, port=0)
    try:
        with pytest.raises(ServeError, match=r"Nothing can be served at 127\.0\.0\.1:\d+: .*in use\."):
            listen(site, port=server.server_address[1])
    finally:
        server.server_close()
    assert server.server_address[0] == "127.0.0.1"


def test_serve_asks_no_name_service_for_its_own_name(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the name service may be another machine")

    monkeypatch.setattr("socket.gethostbyaddr", refuse)
    listen(site, port=0).server_close()
