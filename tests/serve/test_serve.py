"""The server: what it answers, what it refuses, and that it listens on this machine alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from serving import ask, served

from kg.errors import ServeError
from kg.serve import Site, listen
from kg.store import Store
from kg.vocabulary import Property

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s skos:prefLabel ?name }"


def _site(**more: object) -> Site:
    store = Store.open()
    name = ox.Literal('<img src=x onerror="alert(1)">')
    store.add([ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode(Property.NAME.value), name, ox.NamedNode("urn:g"))])
    return Site(store, page="<!DOCTYPE html><title>graph</title>", **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with served(_site()) as number:
        yield number


def test_serve_page_form_and_questions(port: int) -> None:
    assert ask(port, "GET", "/graph").body == b"<!DOCTYPE html><title>graph</title>"
    assert "<h1>Who said what</h1>" in ask(port, "GET", "/").text
    for target, kind in (("/query", "text/html"), ("/asking/page.js", "text/javascript"), ("/query.css", "text/css")):
        answer = ask(port, "GET", target)
        assert (answer.status, answer.type.partition(";")[0]) == (200, kind)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    questions = json.loads(ask(port, "GET", "/questions").body)
    assert {"disagreements", "offices"} <= {q["name"] for q in questions}
    assert all(q["text"] and q["group"] for q in questions)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/sparql-results+xml;q=0.9, text/csv;q=0.2", "application/sparql-results+xml"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/html, */*;q=0.1", "application/sparql-results+json"),
        ("text/csv;q=x", "application/sparql-results+json"),
    ],
)
def test_serve_solutions_in_the_type_that_is_asked_for(port: int, accept: str, kind: str) -> None:
    answer = ask(port, "GET", f"/sparql?query={quote(COUNT)}", accept=accept)
    assert (answer.status, answer.type) == (200, kind)
    assert b"1" in answer.body


def test_serve_graph_and_boolean(port: int) -> None:
    kind = "application/sparql-query; charset=utf-8"
    turtle = ask(port, "POST", "/sparql", "CONSTRUCT WHERE { ?s skos:prefLabel ?n }", content_type=kind)
    assert (turtle.status, turtle.type) == (200, "text/turtle; charset=utf-8")
    assert len(list(ox.parse(turtle.body, format=ox.RdfFormat.TURTLE))) == 1
    told = {str(quad.subject) for quad in ox.parse(ask(port, "GET", "/graph.ttl").body, format=ox.RdfFormat.TURTLE)}
    assert told == {"<urn:a>", "<https://w3id.org/kg-said/graph>"}
    form = "application/x-www-form-urlencoded"
    assert (
        json.loads(ask(port, "POST", "/sparql", "query=ASK%7B%3Fs+%3Fp+%3Fo%7D", content_type=form).body)["boolean"]
        is True
    )


@pytest.mark.parametrize(
    ("body", "type_", "status", "words"),
    [
        (b"SELECT ?x WHERE {", "application/sparql-query", 400, "not valid SPARQL"),
        (b"INSERT DATA { <urn:a> <urn:b> <urn:c> }", "application/sparql-query", 400, "not valid SPARQL"),
        (b"INSERT DATA { <urn:a> <urn:b> <urn:c> }", "application/sparql-update", 403, "changes nothing"),
        (b"update=DELETE+WHERE+%7B%3Fs+%3Fp+%3Fo%7D", "application/x-www-form-urlencoded", 403, "changes nothing"),
        (b"SELECT * { service <http://127.0.0.1:9/> { ?s ?p ?o } }", "application/sparql-query", 403, "SERVICE"),
        (b"SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "application/sparql-query", 403, "SERVICE"),
        (b"query=a&query=b", "application/x-www-form-urlencoded", 400, "one query"),
        (b"", "application/x-www-form-urlencoded", 400, "one query"),
        (b"query=ASK%7B%7D&timeout=-1", "application/x-www-form-urlencoded", 400, "time-out"),
        (b"ASK {}", "text/plain", 415, "application/sparql-query"),
        (b"\xff\xfe", "application/sparql-query", 400, "UTF-8"),
    ],
)
def test_serve_refuses_with_a_sentence(port: int, body: bytes, type_: str, status: int, words: str) -> None:
    answer = ask(port, "POST", "/sparql", body, content_type=type_)
    assert answer.status == status
    assert words in answer.text
    assert answer.text.endswith(".\n")


def test_serve_the_word_service_inside_a_string_or_an_iri_is_none(port: int) -> None:
    text = 'SELECT ?s { ?s ?p "the security service said" # service\n OPTIONAL { ?s <urn:service> ?o } }'
    assert ask(port, "POST", "/sparql", text, content_type="application/sparql-query").status == 200


def test_serve_headers(port: int) -> None:
    reply = ask(port, "GET", "/")
    assert (reply.status, reply.type) == (200, "text/html; charset=utf-8")
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in reply.headers
    assert "server" not in reply.headers
    head = ask(port, "HEAD", "/query")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["content-length"]) == len(ask(port, "GET", "/query").body)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_serve_answers_to_its_own_name_only(port: int, host: str) -> None:
    reply = ask(port, "GET", "/graph.ttl", host=host)
    assert reply.status == 421
    assert b"<urn:a>" not in reply.body


def test_serve_refuses_a_query_that_is_too_long(port: int) -> None:
    kind = "application/sparql-query"
    assert ask(port, "POST", "/sparql", content_length="2000000", content_type=kind).status == 413
    assert ask(port, "POST", "/sparql", b"#" * 1_000_001, content_type=kind).status == 413


def test_serve_taken_port_is_one_sentence() -> None:
    server = listen(_site(), port=0)
    try:
        with pytest.raises(ServeError, match=r"Nothing can be served at 127\.0\.0\.1:\d+: .*in use\."):
            listen(_site(), port=server.server_address[1])
    finally:
        server.server_close()
    assert server.server_address[0] == "127.0.0.1"


def test_serve_asks_no_name_service_for_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the name service may be another machine")

    for name in ("gethostbyaddr", "getaddrinfo", "getfqdn", "gethostname"):
        monkeypatch.setattr(f"socket.{name}", refuse)
    listen(_site(), port=0).server_close()


def test_serve_pages_of_other_sites_may_ask_where_one_was_named() -> None:
    asked = f"/sparql?query={quote(COUNT)}"
    with served(_site(origins=["https://notebook.example"])) as port:
        mine = ask(port, "GET", asked, origin="https://notebook.example")
        assert (mine.status, mine.headers["access-control-allow-origin"]) == (200, "https://notebook.example")
        before = ask(
            port, "OPTIONS", "/sparql", origin="https://notebook.example",
            Access_Control_Request_Method="POST", Access_Control_Request_Headers="content-type",
        )  # fmt: skip
        assert (before.status, before.headers["access-control-allow-origin"]) == (204, "https://notebook.example")
        assert "POST" in before.headers["access-control-allow-methods"]
        assert ask(port, "GET", asked, origin="https://evil.example").status == 403
        assert ask(port, "GET", "/graph.ttl", origin="https://notebook.example").status == 403, "the endpoint alone"
        wrong = ask(port, "GET", "/sparql?query=SELEC", origin="https://notebook.example")
        assert (wrong.status, wrong.headers["access-control-allow-origin"]) == (400, "https://notebook.example")
    with served(_site()) as port:
        assert ask(port, "GET", asked, origin="https://notebook.example").status == 403
        assert "access-control-allow-origin" not in ask(port, "OPTIONS", "/sparql").headers


def test_serve_tells_from_the_store_s_state_what_is_new(tmp_path: Path) -> None:
    quad = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal("x"), ox.NamedNode("urn:g"))
    Store.open(tmp_path / "s").close()
    with Store.open(tmp_path / "s") as writer, Store.open(tmp_path / "s", read_only=True) as shown:
        writer.add([quad])
        with served(Site(shown, page="page")) as port:
            first = ask(port, "GET", "/article/")
            tag = first.headers["etag"]
            assert "no-cache" in first.headers["cache-control"]
            assert "Accept" in first.headers["vary"]
            again = ask(port, "GET", "/article/", If_None_Match=tag)
            assert (again.status, again.body) == (304, b"")
            assert ask(port, "GET", "/article/", If_None_Match=tag, accept="application/json").status == 200
            writer.apply(remove=[quad])
            assert ask(port, "GET", "/article/", If_None_Match=tag).status == 200
