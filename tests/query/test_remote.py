"""``kg query --store URL``: the same rows as on disk, and one sentence for everything that a server can do wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import remote
import serving
import story
import yaml
from click.testing import CliRunner

from kg import query
from kg.cli import cli
from kg.errors import QueryError, RemoteError, StoppedError, TooMuchError, UnreachableError, UsageError
from kg.query.remote import Endpoint, Login, address
from kg.query.remote.client import Client
from kg.query.remote.endpoint import normal
from kg.query.remote.walking import walked, walks
from kg.serve import Site
from kg.store import Store

TESTS = Path(__file__).resolve().parents[1]
CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load((TESTS / "data" / "questions.yaml").read_text("utf-8"))
XSD = "http://www.w3.org/2001/XMLSchema#"
ROWS = {"Content_Type": "application/sparql-results+json"}


@pytest.fixture(scope="module")
def store() -> Store:
    return story.store()


@pytest.fixture
def server(store: Store) -> Iterator[remote.Server]:
    with remote.server() as found:
        found.store.extend(store.quads())
        yield found


@pytest.fixture(scope="module")
def own(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """kg's own endpoint."""
    path = tmp_path_factory.mktemp("own") / "store"
    with Store.open(path) as made:
        made.add(store.quads())
    with serving.served(Site(Store.open(path, read_only=True), page="")) as port:
        yield f"http://127.0.0.1:{port}/sparql"


@pytest.mark.parametrize("name", list(query.named()))
def test_question_gives_the_same_on_kgs_own_endpoint(store: Store, own: str, name: str) -> None:
    with Endpoint(own) as endpoint:
        case = CASES[name][0]["params"]
        assert query.run(endpoint, query.find(name), case) == query.run(store, query.find(name), case)


def test_rows_of_the_command_are_those_of_the_store(store: Store, server: remote.Server, tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as made:
        made.add(store.quads())
    asked = ["query", "statements_by", "-p", "by=Haugland", "--format", "csv", "--store"]
    there = CliRunner().invoke(cli, [*asked, f"{server.url}/sparql"])
    here = CliRunner().invoke(cli, [*asked, str(tmp_path / "store")])
    assert there.exit_code == 0, there.output
    assert there.stdout == here.stdout
    assert there.stdout.count("\n") > 1


@pytest.mark.parametrize("value", ['x" } ?s ?p ?o . #', "\\u0022 }", "'; DROP", "<http://a> }", 'ö\n\t"""'])
def test_value_stays_a_value(store: Store, server: remote.Server, value: str) -> None:
    with Endpoint(f"{server.url}/sparql") as endpoint:
        asked = query.find("statements_by")
        assert query.run(endpoint, asked, {"by": value}) == query.run(store, asked, {"by": value})


def test_limit_and_graphs_and_truth(store: Store, server: remote.Server) -> None:
    with Endpoint(f"{server.url}/sparql") as endpoint:
        found = query.run(endpoint, query.find("who_said_what"), limit=2)
        assert (len(found), found.complete) == (2, False)
        assert query.run(endpoint, query.parse("ASK { ?s a kg:Statement }")).rows == ((True,),)
        made = "CONSTRUCT { ?s kg:content ?c } WHERE { ?s kg:content ?c }"
        assert query.run(endpoint, query.parse(made)) == query.run(store, query.parse(made))


def test_replaced_entity_is_followed() -> None:
    old, new = (ox.NamedNode(f"https://w3id.org/kg-said/entity/{name}") for name in ("old", "new"))
    with remote.server() as server, Endpoint(f"{server.url}/sparql") as endpoint:
        server.store.add(ox.Quad(old, ox.NamedNode("http://purl.org/dc/terms/isReplacedBy"), new, old))
        assert endpoint.current(old.value) == new.value
        assert endpoint.current(new.value) == new.value
        server.store.add(ox.Quad(new, ox.NamedNode("http://purl.org/dc/terms/isReplacedBy"), old, old))
        assert endpoint.current(old.value) == new.value


@pytest.mark.parametrize(
    ("fault", "kind", "sentence"),
    [
        ((401, {}, b"no"), RemoteError, "wants to know who asks (401); give --user and KG_PASSWORD, or KG_TOKEN."),
        ((403, {}, b"<p>not you</p>"), RemoteError, "does not allow it (403): not you."),
        ((404, {}, b""), RemoteError, "There is no SPARQL endpoint at"),
        ((302, {"Location": "http://elsewhere.example/"}, b""), RemoteError, "sends on to http://elsewhere.example/ (302)"),
        ((503, {"Retry_After": "9"}, b""), RemoteError, "has no time (503); try again in 9 seconds."),
        ((500, {"Content_Type": "text/html"}, b"<h1>Oops</h1>"), RemoteError, "failed (500): Oops."),
        ((400, {"Content_Type": "text/plain"}, b"syntax error\nat 3"), QueryError, "does not take the query: syntax error at 3."),
        ((200, {"Content_Type": "text/html"}, b"<html>Hello</html>"), RemoteError, "answers with text/html and not with the results"),
        ((200, {}, b"{}"), RemoteError, "answers with something without a type"),
        ((200, ROWS, b'{"head": {"vars": ["s"]}, "results": {"bind'), RemoteError, "results that are damaged or not whole"),
        ((200, {**ROWS, "X_SQL_State": "S1TAT"}, b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'), StoppedError, "ended the query before"),
        ("half", UnreachableError, "ended the connection before its answer was whole."),
        ("drop", UnreachableError, "connection"),
    ],
)  # fmt: skip
def test_fault_of_a_server_is_one_sentence(
    server: remote.Server, fault: object, kind: type[Exception], sentence: str
) -> None:
    server.faults = [fault]
    with Endpoint(f"{server.url}/sparql") as endpoint, pytest.raises(kind) as caught:
        query.run(endpoint, query.find("articles"))
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(caught.value)[-1] in ".?"
    assert isinstance(query.run(Endpoint(f"{server.url}/sparql"), query.find("articles")), query.Rows), "it goes on"


def test_answer_that_the_server_cut_is_not_complete(server: remote.Server) -> None:
    body = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'
    server.faults = [(200, {**ROWS, "X_SPARQL_MaxRows": "10000"}, body)]
    with Endpoint(f"{server.url}/sparql") as endpoint:
        assert not query.run(endpoint, query.parse("SELECT ?s WHERE { ?s ?p ?o }")).complete


def test_nobody_there_and_nobody_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        Endpoint("http://127.0.0.1:1/sparql") as endpoint,
        pytest.raises(UnreachableError, match="No server answers at 127"),
    ):
        query.run(endpoint, query.find("articles"))
    import socket

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"
        with Endpoint(url) as endpoint, pytest.raises(StoppedError, match=r"did not answer within 0\.3 seconds"):
            query.run(endpoint, query.find("articles"), timeout=0.3)


def test_answer_that_drips_ends_at_the_time_out() -> None:
    import socket

    stop = threading.Event()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def drip() -> None:
            link, _ = listening.accept()
            with link:
                link.sendall(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nContent-Length: 9999\r\n\r\n"
                )
                while not stop.wait(0.05):
                    try:
                        link.sendall(b" ")
                    except OSError:
                        return

        worker = threading.Thread(target=drip, daemon=True)
        worker.start()
        begun = time.monotonic()
        with Endpoint(f"http://127.0.0.1:{listening.getsockname()[1]}/sparql") as endpoint, pytest.raises(StoppedError):
            query.run(endpoint, query.find("articles"), timeout=0.5)
        assert time.monotonic() - begun < 5
        stop.set()
        worker.join(5)


def test_answer_without_an_end_is_ended(server: remote.Server) -> None:
    server.faults = [(200, {}, b"x" * 5_000)]
    with (
        Client(f"{server.url}/sparql") as client,
        pytest.raises(TooMuchError, match="answers with more than 1,000 bytes"),
    ):
        client.send("POST", timeout=5, content=b"", most=1_000)


@pytest.mark.parametrize("kind", ["basic", "digest", "bearer"])
def test_logs_in_as_the_server_asks(store: Store, kind: str) -> None:
    with remote.server(kind) as server:
        server.store.extend(store.quads())
        asked = ["query", "articles", "--format", "csv", "--store", f"{server.url}/sparql"]
        known = {"KG_TOKEN": remote.TOKEN} if kind == "bearer" else {"KG_PASSWORD": remote.PASSWORD}
        who = [] if kind == "bearer" else ["--user", remote.USER]
        good = CliRunner().invoke(cli, [*asked, *who], env=known)
        assert good.exit_code == 0, good.output
        bad = CliRunner().invoke(cli, [*asked, *who], env=dict.fromkeys(known, "wr0ng-wr0ng"))
        assert bad.exit_code == 1
        assert "does not accept these credentials (401)." in bad.output
        assert "wr0ng" not in bad.output


def test_server_that_repeats_what_is_secret_is_not_quoted_with_it(server: remote.Server) -> None:
    server.faults = [(403, {}, b"no entry for s3cret-word")]
    with Endpoint(f"{server.url}/sparql", Login("me", "s3cret-word")) as endpoint, pytest.raises(RemoteError) as caught:
        query.run(endpoint, query.find("articles"))
    assert str(caught.value).endswith("(403): no entry for ….")


@pytest.mark.parametrize(
    "given",
    [
        "http://me:word@host.example/sparql",
        "http://",
        "ftp://host.example/",
        "http://host.example/a b",
        "http://h/#x",
        "http://h:99999/",
    ],
)
def test_address_that_is_none_is_refused(given: str) -> None:
    with pytest.raises(UsageError) as caught:
        address(given)
    assert "word@" not in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [{"user": "a", "token": "b"}, {"scheme": "bearer"}, {"scheme": "digest"}, {"scheme": "x"}, {"token": "a\nb"}],
)
def test_login_that_does_not_fit_together_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        Login(**given)


def test_page_and_conclusions_need_the_store(server: remote.Server) -> None:
    for more in (["--inferred"], ["--format", "html", "--out", "x.html"]):
        result = CliRunner().invoke(cli, ["query", "articles", "--store", f"{server.url}/sparql", *more])
        assert result.exit_code == 2


def test_values_are_written_in_one_way() -> None:
    def literal(text: str, kind: str) -> ox.Literal:
        return ox.Literal(text, datatype=ox.NamedNode(XSD + kind))

    for text, kind, whole in (
        ("1", "boolean", "true"), ("0", "boolean", "false"), ("330.0", "decimal", "330"), ("0.50", "decimal", "0.5"),
        ("1000", "decimal", "1000"), ("+07", "integer", "7"), ("x", "decimal", "x"), ("NaN", "decimal", "NaN"),
    ):  # fmt: skip
        assert normal(literal(text, kind)) == literal(whole, kind)
    assert normal(literal("4", "nonNegativeInteger")) == literal("4", "integer")
    assert query.value(normal(literal("330.0", "decimal"))) == Decimal("330")


def test_path_is_walked_a_step_at_a_time(store: Store) -> None:
    """Only a block of this form is; what is found stands in its place."""
    asked = query.find("reachable")
    assert walks(asked.sparql)
    assert [name for name, one in query.named().items() if walks(one.sparql)] == ["reachable"]
    steps: list[str] = []

    def ask(text: str) -> query.Answer:
        steps.append(text)
        return query.execute(store, query.parse(text))

    text = walked(asked.sparql.replace('VALUES ?from { "" }', 'VALUES ?from { "fjordvern" }'), ask)
    assert len(steps) >= 3
    assert ")+" not in text
    assert query.run(store, query.parse(text)) == query.run(store, asked, {"from": "Fjordvern"})
    assert len(query.run(store, query.parse(text))) > 3
