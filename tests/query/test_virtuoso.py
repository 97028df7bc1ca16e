"""Every named question gives equal rows in equal order on Virtuoso, Oxigraph and rdflib, published by kg itself.

Virtuoso 7 is that of Debian: ``apt-get install virtuoso-opensource-7-bin``. Without it these tests are skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import story
import virtuoso
import yaml

from kg import query
from kg.export.publish import Manifest, publish
from kg.query.remote import Endpoint, Login
from kg.query.remote.client import Client
from kg.store import Store

TESTS = Path(__file__).resolve().parents[1]
CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load((TESTS / "data" / "questions.yaml").read_text("utf-8"))
LONG = "A name that is longer than twenty characters"
"""Virtuoso keeps long strings apart from short ones, and sorts the two by different rules."""

pytestmark = pytest.mark.skipif(
    virtuoso.PROGRAM is None, reason="Virtuoso is not installed: apt-get install virtuoso-opensource-7-bin"
)


@pytest.fixture(scope="module")
def store() -> Store:
    return story.store()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with virtuoso.started(tmp_path_factory.mktemp("virtuoso")) as url:
        yield url


def done(store: Store, server: str, path: Path, *, password: str = virtuoso.PASSWORD, again: bool = False) -> list[str]:
    url, login = f"{server}/sparql-graph-crud-auth", Login(virtuoso.USER, password)
    with Manifest(path, url=url, base=store.base) as manifest, Client(url, login) as client:
        return [step.what for step in publish(store, client, manifest, again=again)]


@pytest.fixture(scope="module")
def published(store: Store, server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("published") / "list"
    assert set(done(store, server, path)) == {"sent"}
    return path


@pytest.fixture(scope="module")
def endpoint(server: str, published: Path) -> Iterator[Endpoint]:
    with Endpoint(f"{server}/sparql") as found:
        yield found


def counts(endpoint: Endpoint, base: str) -> dict[str, int]:
    text = (
        "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } "
        f'FILTER(STRSTARTS(STR(?g), "{base}")) }} GROUP BY ?g ORDER BY ?g'
    )
    return {str(graph): int(str(number)) for graph, number in query.run(endpoint, query.parse(text)).rows}


def test_published_replayed_and_resumed_with_the_same_counts(
    store: Store, server: str, endpoint: Endpoint, published: Path
) -> None:
    own = {graph: len(list(store.quads(graph))) for graph in store.graphs()}
    assert counts(endpoint, store.base) == own
    assert set(done(store, server, published)) == {"same"}
    assert set(done(store, server, published, again=True)) == {"sent"}
    assert counts(endpoint, store.base) == own
    lines = published.read_bytes().splitlines(keepends=True)
    published.write_bytes(b"".join(lines[: len(lines) // 2]))  # as a kill leaves it
    assert set(done(store, server, published)) == {"same", "sent"}
    assert counts(endpoint, store.base) == own


def typed(rows: query.Rows) -> list[list[tuple[str, Any]]]:
    return [[(type(cell).__name__, cell) for cell in row] for row in rows.rows]


@pytest.mark.parametrize("name", list(query.named()))
def test_question_gives_the_same_on_virtuoso(store: Store, endpoint: Endpoint, name: str) -> None:
    asked = query.find(name)
    tried = [case["params"] for case in CASES[name]]
    if all(parameter.default is not None for parameter in asked.parameters):
        tried.append({})
    for params in tried:
        found = query.run(endpoint, asked, params)
        assert typed(found) == typed(query.run(store, asked, params)), params
        assert found.complete


def test_large_body_comes_after_the_login(server: str, endpoint: Endpoint, tmp_path: Path) -> None:
    """Virtuoso breaks the connection on a large body without credentials."""
    store = Store.open()
    graph = ox.NamedNode(f"{store.base}graph/large")
    note = ox.NamedNode("http://www.w3.org/2004/02/skos/core#note")
    store.add(ox.Quad(graph, note, ox.Literal(f"{number} {'x' * 400}"), graph) for number in range(12_000))
    assert done(store, server, tmp_path / "list") == ["sent"]
    assert counts(endpoint, graph.value) == {graph.value: 12_000}
    store.remove_graph(graph)
    assert done(store, server, tmp_path / "list") == ["removed"]
    assert counts(endpoint, graph.value) == {}


def test_long_and_short_names_stand_in_one_order(server: str, endpoint: Endpoint, tmp_path: Path) -> None:
    text = (
        'SELECT ?name WHERE { VALUES ?name { "'
        + '" "'.join([LONG, f"{LONG} and more", "A name", "Äther", "zebra", "Zoo"])
        + '" } } ORDER BY STR(?name)'
    )
    names = [row[0] for row in query.run(endpoint, query.parse(text)).rows]
    assert names == sorted(names, key=str)
    with Store.open() as empty:
        assert names == [row[0] for row in query.run(empty, query.parse(text)).rows]
