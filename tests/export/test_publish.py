"""``kg publish``: what is sent, what is sent again, what is removed, and every way in which a server can refuse."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
import remote
import serving
import story
from click.testing import CliRunner

from kg.cli import cli
from kg.errors import ExportError, RemoteError
from kg.export.publish import Manifest, plan, publish
from kg.export.publish.sending import TRIES, pieces, summed
from kg.query.remote import Login
from kg.query.remote.client import Client
from kg.serve import Site
from kg.store import Store


@pytest.fixture(scope="module")
def store() -> Store:
    return story.store()


def login(kind: str) -> Login:
    return {"": Login(), "bearer": Login(token=remote.TOKEN)}.get(kind) or Login(remote.USER, remote.PASSWORD)


def done(
    store: Store, server: remote.Server, path: Path, *, sleeps: list[float] | None = None, **more: bool
) -> list[tuple[str, str]]:
    url = f"{server.url}/graphs"
    slept = sleeps if sleeps is not None else []
    with Manifest(path, url=url, base=store.base) as manifest, Client(url, login(server.login)) as client:
        return [(step.what, step.graph) for step in publish(store, client, manifest, sleep=slept.append, **more)]


def quads(held: Store | ox.Store) -> set[str]:
    return {str(quad) for quad in (held.quads() if isinstance(held, Store) else held)}


@pytest.mark.parametrize("kind", ["", "basic", "digest", "bearer"])
def test_publishes_every_graph_once_and_replays_nothing(store: Store, tmp_path: Path, kind: str) -> None:
    with remote.server(kind) as server:
        first = done(store, server, tmp_path / "list")
        assert first == [("sent", graph) for graph in store.graphs()]
        assert quads(server.store) == quads(store)
        assert [graph for method, graph, _ in server.log if method == "PUT"] == store.graphs()
        assert server.unknown == 0, "a body came before the credentials"
        server.log.clear()
        assert {what for what, _ in done(store, server, tmp_path / "list")} == {"same"}
        assert not server.log
        done(store, server, tmp_path / "list", again=True)
        assert quads(server.store) == quads(store)


def test_removes_only_what_it_published(tmp_path: Path) -> None:
    changed = story.store()
    other = ox.NamedNode("https://example.org/theirs")
    with remote.server() as server:
        server.store.add(ox.Quad(other, other, other, other))
        done(changed, server, tmp_path / "list")
        gone = next(graph for graph in changed.graphs() if "article-graph" in graph)
        changed.remove_graph(ox.NamedNode(gone))
        server.log.clear()
        steps = done(changed, server, tmp_path / "list")
        assert ("removed", gone) in steps
        assert [graph for method, graph, _ in server.log if method == "DELETE"] == [gone]
        assert {graph.value for graph in server.store.named_graphs()} == {*changed.graphs(), other.value}
        assert all(what == "same" for what, _ in done(changed, server, tmp_path / "list"))


def test_stops_at_a_refusal_and_goes_on_from_there(store: Store, tmp_path: Path) -> None:
    with remote.server("basic") as server:
        server.faults = [
            None,
            None,
            None,
            (500, {}, b"<html><b>disk full</b></html>"),
        ]  # the question before, two graphs
        with pytest.raises(RemoteError, match=r"^127\.0\.0\.1:\d+ failed \(500\): disk full\.$"):
            done(store, server, tmp_path / "list")
        steps = done(store, server, tmp_path / "list")
        assert [what for what, _ in steps] == ["same"] * 2 + ["sent"] * (len(steps) - 2)
        assert quads(server.store) == quads(store)


def test_waits_as_the_server_asks(store: Store, tmp_path: Path) -> None:
    sleeps: list[float] = []
    with remote.server() as server:
        server.faults = [None, (503, {"Retry_After": "7"}, b""), (503, {}, b""), "drop", None]
        done(store, server, tmp_path / "list", sleeps=sleeps)
        assert sleeps == [7.0, 2.0, 4.0]
        assert quads(server.store) == quads(store)
        server.faults = [(503, {}, b"")] * TRIES
        with pytest.raises(RemoteError, match=r"has no time \(503\); try again later"):
            done(store, server, tmp_path / "list", again=True)
        server.faults = [(503, {"Retry_After": "86400"}, b"")]
        with pytest.raises(RemoteError, match="try again in 86400 seconds"):
            done(store, server, tmp_path / "list", again=True)


@pytest.mark.parametrize("kind", ["basic", "digest", "bearer"])
def test_wrong_credentials_are_one_sentence_without_them(store: Store, tmp_path: Path, kind: str) -> None:
    with remote.server(kind) as server:
        wrong = Login(token="wr0ng-token") if kind == "bearer" else Login("editor", "wr0ng-password")
        url = f"{server.url}/graphs"
        with (
            Manifest(tmp_path / "list", url=url, base=store.base) as manifest,
            Client(url, wrong) as client,
            pytest.raises(RemoteError, match=r"does not accept these credentials \(401\)\.$") as caught,
        ):
            list(publish(store, client, manifest))
        assert "wr0ng" not in str(caught.value)
        assert "wr0ng" not in repr(wrong)
        assert server.unknown == 0


def test_kgs_own_endpoint_takes_no_changes(store: Store, tmp_path: Path) -> None:
    """It answers from a store on which “kg build” works: what wrote into it beside that would be in no index."""
    path = tmp_path / "store"
    with Store.open(path) as made:
        made.add(store.quads())
    with serving.served(Site(Store.open(path, read_only=True), page="")) as port:
        url = f"http://127.0.0.1:{port}/sparql"
        with (
            Manifest(tmp_path / "list", url=url, base=store.base) as manifest,
            Client(url) as client,
            pytest.raises(RemoteError, match=r"There is no Graph Store Protocol service .* \(405\)\.$"),
        ):
            list(publish(store, client, manifest))


def test_large_graph_is_sent_in_pieces(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("kg.export.publish.sending.pieces", lambda found: pieces(found, 20))
    with remote.server() as server:
        done(store, server, tmp_path / "list")
        assert quads(server.store) == quads(store)
        of_one = [method for method, graph, _ in server.log if graph == store.graphs()[0]]
        assert of_one[:3] == ["HEAD", "PUT", "POST"]


def test_pieces_and_sums() -> None:
    assert list(pieces([], 2)) == [b""]
    store = story.store()
    graph = store.graphs()[0]
    count, total = summed(store, graph)
    assert [part.count(b"\n") for part in pieces(store.quads(graph), count)] == [count]
    node = ox.NamedNode(graph)
    store.add([ox.Quad(node, node, node, node)])
    assert summed(store, graph)[1] != total
    copy = Store.open()
    copy.add(sorted(story.store().quads(graph), key=str, reverse=True))
    assert summed(copy, graph) == (count, total), "the order of the triples counts"


def test_manifest_of_another_server_or_none_is_refused(store: Store, tmp_path: Path) -> None:
    with Manifest(tmp_path / "list", url="http://a.example/x", base=store.base):
        pass
    with (
        pytest.raises(ExportError, match="tells of another server"),
        Manifest(tmp_path / "list", url="http://b.example/", base=store.base),
    ):
        pass
    (tmp_path / "none").write_text("hello\n")
    with (
        pytest.raises(ExportError, match="is no list of what was published"),
        Manifest(tmp_path / "none", url="http://b.example/", base=store.base),
    ):
        pass


def test_line_that_was_cut_off_does_not_count(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "list"
    with remote.server() as server:
        done(store, server, path)
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(lines[:-1]) + lines[-1][:30])
        steps = done(store, server, path)
        assert [what for what, _ in steps].count("sent") == 1


def test_dry_run_asks_nobody(store: Store, tmp_path: Path) -> None:
    manifest = Manifest(tmp_path / "list", url="http://127.0.0.1:9/", base=store.base)
    assert {step.what for step in plan(store, manifest)} == {"sent"}
    assert not (tmp_path / "list").exists()


def test_conclusions_go_along_only_where_asked(tmp_path: Path) -> None:
    store = story.store()
    node = ox.NamedNode("https://w3id.org/kg-said/entity/kari-moen")
    graph = ox.NamedNode(store.graph_name("https://w3id.org/kg-said/graph/inferred"))
    store.add([ox.Quad(node, node, node, graph)])
    with remote.server() as server:
        assert graph.value not in [name for _, name in done(store, server, tmp_path / "list")]
        assert ("sent", graph.value) in done(store, server, tmp_path / "list", inferred=True)


def test_killed_in_the_middle_and_resumed(tmp_path: Path) -> None:
    """A process that is killed (-9) between two graphs: the next goes on, and the server has what the store has."""
    path = tmp_path / "store"
    with Store.open(path) as made:
        made.add(story.store().quads())
    with remote.server("digest") as server:
        slow = f"""
import sys, time
from kg.cli import main
import kg.export.publish.sending as sending
whole = sending.pieces
def pieces(found):
    time.sleep(0.3)
    yield from whole(found)
sending.pieces = pieces
sys.argv = ["kg", "publish", "--store", {str(path)!r}, "--to", "{server.url}/graphs", "--user", "{remote.USER}"]
main()
"""
        environment = {**os.environ, "KG_PASSWORD": remote.PASSWORD}
        process = subprocess.Popen([sys.executable, "-c", slow], env=environment, cwd=tmp_path)
        try:
            end = time.monotonic() + 60
            while sum(method == "PUT" for method, _, _ in server.log) < 2 and time.monotonic() < end:
                time.sleep(0.02)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        before = sum(method == "PUT" for method, _, _ in server.log)
        assert before >= 2
        with Store.open(path, read_only=True) as opened:
            assert quads(server.store) != quads(opened)
            command = ["publish", "--store", str(path), "--to", f"{server.url}/graphs", "--user", remote.USER]
            result = CliRunner().invoke(cli, command, env={"KG_PASSWORD": remote.PASSWORD})
            assert result.exit_code == 0, result.output
            assert quads(server.store) == quads(opened)
            again = sum(method == "PUT" for method, _, _ in server.log) - before
            assert again < len(opened.graphs())
            counts = CliRunner().invoke(cli, command, env={"KG_PASSWORD": remote.PASSWORD}).output
            assert f"{len(opened.graphs())} graphs: 0 sent" in counts
