"""The server under attack: foreign pages, malformed requests, endless queries, clients that leave."""

from __future__ import annotations

import contextlib
import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, IncompleteRead
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from attacks import INNOCENT, OTHERS, SERVICE, Listener
from serving import ask as request
from serving import served

from kg import export
from kg.errors import UsageError
from kg.model import Certainty, Kind, Stance
from kg.serve import Site
from kg.serve.pages.looking import LISTS
from kg.serve.snapshots import Snapshots
from kg.serve.sparql import running
from kg.store import Store
from kg.vocabulary import DATA, TYPE, Class, Property, concept
from tests.fuzz import http as fuzzer

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h FILTER(?b != ?d && ?d != ?f && ?f != ?h) }"
GET = f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
PLAIN = b"GET /questions HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("served") / "store") as made:
        made.add(
            ox.Quad(ox.NamedNode(f"urn:{at}"), ox.NamedNode("urn:p"), ox.Literal(f"title {at}"), ox.NamedNode("urn:g"))
            for at in range(300)
        )
        yield made


@pytest.fixture
def port(store: Store) -> Iterator[int]:
    with served(Site(store, page="<!DOCTYPE html><title>graph</title>", timeout=5, rows=10_000)) as number:
        yield number


def ask(port: int, text: str, **headers: str) -> tuple[int, str]:
    reply = request(port, "POST", "/sparql", text, content_type="application/sparql-query", **headers)
    return reply.status, reply.text


def test_serve_attacks_reach_nothing(port: int) -> None:
    with Listener() as listener:
        for name, text in {**SERVICE, **OTHERS}.items():
            status, said = ask(port, text.replace("PORT", str(listener.port)))
            assert status in (200, 400, 403), (name, said)
            assert status == 403 or name in OTHERS, name
        status, said = ask(port, SERVICE["plain"].replace("PORT", str(listener.port)))
        assert (
            said
            == "The query asks another endpoint (SERVICE); kg answers from its own store and opens no connection.\n"
        )
        assert listener.heard == []
    assert ask(port, INNOCENT["in a string"])[0] == 200


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("SELECT * {" + "{" * 3000 + "}" * 3001, 413, "more than 200 brackets inside each other"),
        ("SELECT * { {}" + "UNION{}" * 100_000 + "}", 413, "more than 1,000 terms and operators"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", 413, "The answer has more than 10,000 rows; add a LIMIT to the query, or start the server with more --rows."),
        ("CONSTRUCT { ?a ?e ?f } { ?a ?b ?c . ?d ?e ?f }", 413, "more than 10,000 rows"),
        (ENDLESS, 408, "The query was stopped after 5 seconds; ask for less, or start the server with a longer --timeout."),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 10000", 200, "title 299"),
        ("CONSTRUCT WHERE { ?a ?b ?c }", 200, "title 299"),
    ],
)  # fmt: skip
def test_serve_limits_are_told_in_words(port: int, text: str, status: int, words: str) -> None:
    found, said = ask(port, text)
    assert (found, words in said) == (status, True), said[:300]


def test_serve_memory_is_bounded(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "linux":
        pytest.skip("memory is told from /proc")
    monkeypatch.setattr(running, "MEMORY", 200 << 20)
    text = "SELECT (GROUP_CONCAT(CONCAT(?x, ?y, ?z, ?x, ?y, ?z)) AS ?long) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z }"
    with served(Site(store, page="", timeout=60)) as port:
        assert ask(port, text) == (413, "The query needed more than 200 MB of memory and was ended; ask for less.\n")


def test_serve_bytes_of_an_answer_are_bounded(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LONGEST", 1 << 20)
    with served(Site(store, page="", timeout=60)) as port:
        for text in ("SELECT * { ?a ?b ?c . ?d ?e ?f }", "CONSTRUCT { ?a ?e ?f } { ?a ?b ?c . ?d ?e ?f }"):
            assert ask(port, text) == (413, "The answer is longer than 1 MB; ask for less, as with a LIMIT.\n")


def test_serve_four_endless_queries_hold_up_no_fifth_for_ever(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "PATIENCE", 2.0)
    links = [socket.create_connection(("127.0.0.1", port)) for _ in range(4)]
    for link in links:
        link.sendall(GET)
    time.sleep(0.7)
    began = time.monotonic()
    link = HTTPConnection("127.0.0.1", port, timeout=30)
    link.request("GET", f"/sparql?query={quote('ASK {}')}")
    reply = link.getresponse()
    said = reply.read().decode()
    waited = time.monotonic() - began
    assert (reply.status, reply.getheader("Retry-After")) == (503, "5"), said
    assert 1.5 < waited < 5
    assert request(port, "GET", "/questions").status == 200, "pages do not wait for queries"
    for link_ in links:
        link_.settimeout(30)
        assert link_.recv(20).startswith(b"HTTP/1.1 408")
        link_.close()
    assert ask(port, "ASK {}")[0] == 200


def HTTPStatus(port: int, data: bytes) -> int:
    reply = fuzzer.send(port, data, 20)
    return int(reply[9:12]) if reply.startswith(b"HTTP/1.1 ") else 0


def _children() -> set[int]:
    """The processes that this one started and that are at work."""
    found = set()
    for thread in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):
            found |= {int(word) for word in (thread / "children").read_text().split()}
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="the children of a process are told from /proc")
def test_serve_query_ends_when_its_client_leaves(store: Store) -> None:
    others = _children()
    with served(Site(store, page="", timeout=60, at_once=1)) as port:
        with socket.create_connection(("127.0.0.1", port)) as link:
            link.sendall(GET)
            began = time.monotonic()
            while not (_children() - others) and time.monotonic() < began + 10:
                time.sleep(0.02)
            assert _children() - others
        began = time.monotonic()
        while _children() - others and time.monotonic() < began + 10:
            time.sleep(0.02)
        assert not _children() - others
        assert time.monotonic() - began < 3
        assert ask(port, "ASK {}") == (200, '{"head":{},"boolean":true}'), "its turn is free"


def test_serve_answers_are_streamed_and_broken_off_where_they_grow_too_long(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long answer begins before it ends, in pieces; one that turns out too long is not taken for a whole one."""
    monkeypatch.setattr(running, "HELD", 1 << 16)
    text = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with served(Site(store, page="", timeout=60, rows=30_000)) as port:
        link = HTTPConnection("127.0.0.1", port, timeout=60)
        link.request("GET", f"/sparql?query={quote(text + ' LIMIT 30000')}", headers={"Accept": "text/csv"})
        reply = link.getresponse()
        assert reply.getheader("Transfer-Encoding") == "chunked"
        assert reply.read().count(b"\r\n") == 30_001
        link.request("GET", f"/sparql?query={quote(text)}", headers={"Accept": "text/csv"})
        reply = link.getresponse()
        assert reply.status == 200
        with pytest.raises(IncompleteRead):
            reply.read()
        link.close()
        assert ask(port, "ASK {}")[0] == 200


def test_serve_fifty_queries_beside_a_long_one(store: Store) -> None:
    with served(Site(store, page="", timeout=60)) as port, socket.create_connection(("127.0.0.1", port)) as long:
        long.sendall(GET)
        time.sleep(0.3)
        with ThreadPoolExecutor(50) as pool:
            found = list(pool.map(lambda at: ask(port, f"SELECT ?t {{ <urn:{at}> <urn:p> ?t }}"), range(50)))
        assert [status for status, _ in found] == [200] * 50
        assert all(f"title {at}" in said for at, (_, said) in enumerate(found))
        long.setblocking(False)
        with pytest.raises(BlockingIOError):
            long.recv(1)


@pytest.mark.parametrize(
    ("headers", "target", "status"),
    [
        ({"Origin": "http://evil.example"}, "/sparql?query=ASK%7B%7D", 403),
        ({"Origin": "null"}, "/sparql?query=ASK%7B%7D", 403),
        ({"Origin": "http://["}, "/sparql?query=ASK%7B%7D", 403),
        ({"Origin": "http://127.0.0.1:1"}, "/graph.ttl", 403),
        ({"Origin": "file://127.0.0.1"}, "/graph.ttl", 403),
        ({"Origin": "http://evil.example"}, "/", 403),
        ({"Sec-Fetch-Site": "cross-site"}, "/sparql?query=ASK%7B%7D", 403),
        ({"Sec-Fetch-Site": "same-site"}, "/graph.ttl", 403),
        ({"Sec-Fetch-Site": "odd"}, "/graph.ttl", 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, "/sparql?query=ASK%7B%7D", 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, "/graph.ttl", 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, "/", 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"}, "/asking/page.js", 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, "/", 200),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, "/query", 200),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, "/graph.ttl", 200),
        ({"Sec-Fetch-Site": "same-origin"}, "/sparql?query=ASK%7B%7D", 200),
        ({}, "/sparql?query=ASK%7B%7D", 200),
    ],
)  # fmt: skip
def test_serve_answers_no_page_of_another_site(port: int, headers: dict[str, str], target: str, status: int) -> None:
    link = HTTPConnection("127.0.0.1", port, timeout=30)
    link.request("GET", target, headers=headers)
    reply = link.getresponse()
    body = reply.read()
    assert reply.status == status, body
    assert b"title 2" not in body or status == 200
    assert "frame-ancestors 'none'" in str(reply.getheader("Content-Security-Policy"))
    assert reply.getheader("X-Frame-Options") == "DENY"


def test_serve_answers_its_own_pages_whatever_its_name(port: int) -> None:
    for host in (f"127.0.0.1:{port}", f"localhost:{port}"):
        assert ask(port, "ASK {}", Host=host, Origin=f"http://{host}", **{"Sec-Fetch-Site": "same-origin"})[0] == 200
    assert ask(port, "ASK {}", Host=f"localhost:{port}", Origin=f"http://127.0.0.1:{port}")[0] == 403


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ("POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ²\r\n\r\n", 400),
        ("POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + "9" * 5000 + "\r\n\r\n", 400),
        ("POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n", 400),
        ("POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 415),
        ("POST http://[ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n", 404),
        ("GET http://[ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 404),
        ("GET //[ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 404),
        ("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n\r\nASK{}", 400),
        ("POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nASK{}", 400),
        ("POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 415),
        ("GET / HTTP/0.9\r\nHost: 127.0.0.1\r\n\r\n", 505),
        ("GET /\r\n\r\n", 400),
        ("GET / HTTP/2.0\r\n\r\n", 505),
        ("GET / HTTP/1.²\r\n\r\n", 400),
        ("NONSENSE\r\n\r\n", 400),
        ("GET /sparql?query=%FF HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        ("GET /sparql?query=%ZZ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        ("GET /sparql?" + "a=b&" * 200 + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        ("GET /" + "a" * 70_000 + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 414),
        ("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + "a" * 70_000 + "\r\n\r\n", 431),
        ("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + "X: y\r\n" * 200 + "\r\n", 200),
        ("PUT / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 405),
        ("DELETE /graph.ttl HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 405),
        ("TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 405),
        ("OPTIONS /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://evil.example\r\n\r\n", 403),
        ("HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 200),
    ],
)  # fmt: skip
def test_serve_malformed_requests_are_answered(
    port: int, data: str, status: int, capfd: pytest.CaptureFixture[str]
) -> None:
    assert HTTPStatus(port, data.encode("latin-1", "replace") if "²" not in data else data.encode()) == status
    assert HTTPStatus(port, PLAIN) == 200
    assert capfd.readouterr() == ("", "")


def test_serve_fuzzed_requests(port: int, capfd: pytest.CaptureFixture[str]) -> None:
    """Three hundred here; tests/fuzz/http.py throws ten thousand."""
    found = fuzzer.fuzz(port, 300, seed=7)
    assert sum(found[status] for status in found if status.isdigit()) > 240, found
    assert found["500"] == 0
    assert found["odd"] == 0
    assert HTTPStatus(port, PLAIN) == 200
    assert capfd.readouterr() == ("", "")


def test_serve_slow_clients_are_dropped_and_hold_up_nobody(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.serve import http

    monkeypatch.setattr(http, "_TIME", 2.0)
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(200)]
    for link in slow:
        link.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
    began = time.monotonic()
    assert HTTPStatus(port, PLAIN) == 200
    assert time.monotonic() - began < 2
    # A byte now and then buys no further time: it is the whole request that has two seconds.
    ended = 0
    while time.monotonic() < began + 10 and not ended:
        time.sleep(0.3)
        with contextlib.suppress(OSError):
            slow[0].sendall(b"X: y\r\n")
        slow[0].setblocking(False)
        try:
            ended = slow[0].recv(10) in (b"", b"HTTP/1.1 4")
        except BlockingIOError:
            continue
        except OSError:
            ended = 1
    assert ended
    for link in slow:
        link.close()


def test_serve_more_connections_than_it_keeps_take_the_place_of_the_slowest(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.serve import http

    monkeypatch.setattr(http, "_CONNECTIONS", 20)
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(40)]
    time.sleep(0.3)
    assert HTTPStatus(port, PLAIN) == 200
    slow[0].settimeout(5)
    assert slow[0].recv(10) == b""
    for link in slow:
        link.close()


def test_serve_graph_is_that_of_export_and_made_once(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with served(Site(store, page="")) as port:
        first = request(port, "GET", "/graph.ttl")
        assert first.body == export.write(store, tmp_path / "graph.ttl", "turtle").read_bytes()
        monkeypatch.setattr(export, "turtle", lambda store: pytest.fail("made again"))
        assert request(port, "GET", "/graph.ttl").body == first.body


def test_serve_answers_from_the_newest_state(tmp_path: Path) -> None:
    """While another process builds, the page, the endpoint and the Turtle follow what it has finished."""
    Store.open(tmp_path / "s").close()
    with (
        Store.open(tmp_path / "s", read_only=True) as shown,
        Store.open(tmp_path / "s") as writer,
        served(Site(shown, page=lambda store: f"{len(store)} quads")) as port,
    ):
        asked = f"/sparql?query={quote('SELECT ?s { ?s ?p ?o }')}"
        assert request(port, "GET", "/graph").body == b"0 quads"
        with writer.transaction():
            writer.add(
                [ox.Quad(ox.NamedNode("urn:new"), ox.NamedNode("urn:p"), ox.Literal("x"), ox.NamedNode("urn:g"))]
            )
            assert b"urn:new" not in request(port, "GET", asked).body
        assert request(port, "GET", "/graph").body == b"1 quads"
        assert b"urn:new" in request(port, "GET", asked).body
        assert b"urn:new" in request(port, "GET", "/graph.ttl").body


def test_serve_search_is_ready_at_the_start_and_never_of_a_state_before(tmp_path: Path) -> None:
    graph = ox.NamedNode(f"{DATA}article-graph/a")

    def said(key: str, words: str) -> list[ox.Quad]:
        """A statement with all that a card needs."""
        return [
            ox.Quad(ox.NamedNode(f"{DATA}article/a/statement/{key}"), ox.NamedNode(prop), value, graph)
            for prop, value in (
                (TYPE, ox.NamedNode(Class.STATEMENT)), (Property.CONTENT, ox.Literal(words)), (Property.IN_ARTICLE, ox.NamedNode(f"{DATA}article/a")),
                (Property.KIND, ox.NamedNode(concept(Kind.DIRECT))), (Property.STANCE, ox.NamedNode(concept(Stance.SAID))),
                (Property.CERTAINTY, ox.NamedNode(concept(Certainty.FIRM))), (Property.NEGATED, ox.Literal("false")),
            )
        ]  # fmt: skip

    with Store.open(tmp_path / "s") as writer:
        writer.add(said("one", "the harbour is closed"))
        snapshots = Snapshots(Store.open(tmp_path / "s", read_only=True), lambda store: "")
        first = snapshots.now().graph
        assert [one.content for one in first.containing("harbour")] == ["the harbour is closed"]
        waited(lambda: set(first.prepared()) == set(LISTS))
        writer.replace_graph(graph.value, said("one", "the harbour is open") + said("two", "ships wait"))
        second = snapshots.now().graph
        assert [one.content for one in second.containing("harbour")] == ["the harbour is open"]
        assert [one.content for one in second.containing("ships")] == ["ships wait"]
        waited(lambda: set(second.prepared()) == set(LISTS))
        assert [one.content for one in first.containing("harbour")] == ["the harbour is closed"]


def waited(true: Callable[[], bool]) -> None:
    """Waits until something is so, half a minute at most."""
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_serve_lets_go_of_the_states_that_it_no_longer_shows(tmp_path: Path) -> None:
    Store.open(tmp_path / "s").close()
    with (
        Store.open(tmp_path / "s") as writer,
        Store.open(tmp_path / "s", read_only=True) as shown,
        served(Site(shown, page="")) as port,
    ):
        for at in range(6):
            writer.add(
                [ox.Quad(ox.NamedNode(f"urn:{at}"), ox.NamedNode("urn:p"), ox.Literal("x"), ox.NamedNode("urn:g"))]
            )
            for target in ("/article/", f"/sparql?query={quote('ASK {}')}", "/graph.ttl"):
                assert request(port, "GET", target).status == 200
        writer.add([ox.Quad(ox.NamedNode("urn:end"), ox.NamedNode("urn:p"), ox.Literal("x"), ox.NamedNode("urn:g"))])
        assert len(list((tmp_path / "s" / "states").iterdir())) <= 3


def test_serve_senseless_limits_are_refused(store: Store) -> None:
    for bad in ({"timeout": 0.0}, {"timeout": float("nan")}, {"rows": 0}, {"at_once": 0}):
        with pytest.raises(UsageError, match="more than 0"):
            Site(store, page="", **bad)  # type: ignore[arg-type]
