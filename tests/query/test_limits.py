"""A query that would run for hours is stopped, in a process of its own, and the store is as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg import query, sealed
from kg.errors import QueryError
from kg.query import child
from kg.store import Store

# Every pair of pairs of 300 things is looked at before the first row comes out: about 8 billion.
ENDLESS = query.parse(
    "SELECT (COUNT(*) AS ?n) WHERE { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h FILTER(?b != ?d && ?d != ?f && ?f != ?h) }"
)
COUNT = query.parse("SELECT (COUNT(*) AS ?n) WHERE { ?a ?p ?b }")


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    made = Store.open(None if request.param == "memory" else tmp_path / "store")
    node = ox.NamedNode
    made.add(
        ox.Quad(node(f"http://e.org/{at}"), node("http://e.org/p"), ox.Literal(str(at)), node("http://e.org/g"))
        for at in range(300)
    )
    return made


def test_query_that_runs_long_is_really_stopped(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def watched(*args: object, **kwargs: object) -> subprocess.Popen[bytes]:
        started.append(real(*args, **kwargs))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(child.subprocess, "Popen", watched)
    before = time.monotonic()
    with pytest.raises(QueryError, match=r"^The query was stopped after 1\.5 seconds; "):
        query.run(store, ENDLESS, timeout=1.5)
    assert time.monotonic() - before < 15
    (process,) = started
    assert process.poll() == -signal.SIGKILL, "the process that worked on it is gone"
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)
    assert query.run(store, COUNT).rows == ((300,),)
    store.add([ox.Quad(ox.NamedNode("http://e.org/new"), ox.NamedNode("http://e.org/p"), ox.Literal("x"))])
    assert len(store) == 301


def test_query_in_time_gives_the_same_as_without_a_timeout(store: Store) -> None:
    asked = query.parse("SELECT ?a ?b WHERE { ?a <http://e.org/p> ?b . FILTER(STRLEN(?b) = 1) } ORDER BY ?b")
    assert query.run(store, asked, timeout=60) == query.run(store, asked)
    graph = query.parse("CONSTRUCT { ?a ?p ?b } WHERE { ?a ?p ?b }")
    assert query.run(store, graph, timeout=60) == query.run(store, graph)
    assert query.run(store, query.parse("ASK { ?s ?p '7' }"), timeout=60).rows == ((True,),)


def test_query_in_a_process_of_its_own_binds_and_carries_every_kind_of_term() -> None:
    store = Store.open()
    node = ox.NamedNode
    objects = [ox.Literal("Straße\n“x”", language="de"), ox.Literal("3.5", datatype=node("http://www.w3.org/2001/XMLSchema#decimal")),
               node("http://e.org/ü"), ox.BlankNode("b1")]  # fmt: skip
    store.add(ox.Quad(node("http://e.org/s"), node(f"http://e.org/p{at}"), term) for at, term in enumerate(objects))
    asked = query.parse("#+ param: who iri -\nSELECT ?p ?o ?who WHERE { ?who ?p ?o } ORDER BY ?p")
    found = query.execute(store, asked, {"who": "http://e.org/s"}, timeout=60)
    assert found.columns == ("p", "o")
    assert [row[1] for row in found.rows[:3]] == objects[:3]
    assert isinstance(found.rows[3][1], ox.BlankNode)


def test_query_errors_are_the_same_sentence_in_a_process_of_its_own(store: Store) -> None:
    broken = query.parse("SELECT ?x WHERE { ?x ?y")
    with pytest.raises(QueryError) as here:
        query.run(store, broken)
    with pytest.raises(QueryError) as there:
        query.run(store, broken, timeout=60)
    assert str(here.value) == str(there.value)


def test_query_process_that_dies_is_one_sentence(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed.sys, "executable", "/bin/false")
    if not Path("/bin/false").exists():
        monkeypatch.setattr(sealed.sys, "executable", "/usr/bin/false")
    with pytest.raises(QueryError, match=r"^The query ended without an answer: exit code 1\.$"):
        query.run(store, COUNT, timeout=60)


@pytest.mark.parametrize("timeout", [None, 60])
def test_query_limit_cuts_and_says_so(store: Store, timeout: float | None) -> None:
    asked = query.parse("SELECT ?a WHERE { ?a ?p ?b } ORDER BY ?a")
    cut = query.run(store, asked, limit=2, timeout=timeout)
    assert (len(cut), cut.complete) == (2, False)
    whole = query.run(store, asked, limit=300, timeout=timeout)
    assert (len(whole), whole.complete) == (300, True)
    assert len(query.run(store, query.parse("CONSTRUCT WHERE { ?a ?p ?b }"), limit=3, timeout=timeout)) == 3
    assert len(query.run(store, asked, limit=0, timeout=timeout)) == 0


def test_query_limit_stops_a_long_answer_early(store: Store) -> None:
    product = query.parse("SELECT ?a ?c ?e ?g WHERE { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }")
    assert len(query.run(store, product, limit=5)) == 5


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [({"limit": -1}, "A limit must be 0 or more rows"), ({"timeout": 0}, "A time-out must be more than 0 seconds")],
)
def test_query_senseless_limits_are_refused(store: Store, bad: dict[str, int], sentence: str) -> None:
    with pytest.raises(QueryError, match=sentence):
        query.run(store, COUNT, **bad)  # type: ignore[arg-type]


def test_query_on_rdflib_takes_a_limit_but_no_timeout() -> None:
    graph = rdflib.Graph().parse(data="<http://e.org/a> <http://e.org/p> 1, 2, 3 .", format="turtle")
    cut = query.run(graph, query.parse("SELECT ?o WHERE { ?s ?p ?o } ORDER BY ?o"), limit=2)
    assert (cut.rows, cut.complete) == (((1,), (2,)), False)
    with pytest.raises(QueryError, match="cannot be stopped"):
        query.run(graph, COUNT, timeout=1)


def test_query_child_is_a_program() -> None:
    for words in ([], ["nothing"]):
        done = subprocess.run(sealed.command(*words), input=b"{}", capture_output=True, check=False)
        assert done.returncode != 0  # a job without a query is none of ours
