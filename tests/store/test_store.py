"""The store: transactions, union of graphs, and what is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, StoreError
from kg.store import Store
from kg.vocabulary import VERSION, Graph

EX = "http://example.org/"


def quad(subject: str, graph: str = "g") -> ox.Quad:
    return ox.Quad(ox.NamedNode(EX + subject), ox.NamedNode(EX + "p"), ox.Literal("x"), ox.NamedNode(EX + graph))


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return Store.open(None if request.param == "memory" else tmp_path / "store")


def test_store_replaces_one_graph_and_leaves_the_others(store: Store) -> None:
    store.add([quad("a"), quad("b", "other")])
    store.replace_graph(EX + "g", [quad("c")])
    assert sorted(q.subject.value for q in store.quads()) == [EX + "b", EX + "c"]


def test_store_queries_all_graphs_as_one(store: Store) -> None:
    store.add([quad("a"), quad("b", "other")])
    rows = list(store.select("SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s"))
    assert [row[0].value for row in rows] == [EX + "a", EX + "b"]  # type: ignore[union-attr]


def test_store_gives_an_rdflib_dataset_over_the_same_quads(store: Store) -> None:
    store.add([quad("a")])
    assert len(list(store.dataset().triples((None, None, None)))) == 1


def test_store_values_are_bound_not_pasted(store: Store) -> None:
    store.add([quad("a")])
    evil = ox.Literal('x"} UNION { ?s ?p ?o } #')
    result = store.query("SELECT ?v WHERE { ?s ?p ?v }", substitutions={"v": evil})
    assert list(result) == []


def test_store_syntax_error_is_one_sentence(store: Store) -> None:
    with pytest.raises(QueryError, match="The query is not valid SPARQL"):
        store.query("SELEC ?x")


def test_store_keeps_what_it_has_on_disk(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as first:
        first.add([quad("a")])
    with Store.open(tmp_path / "s") as second:
        assert len(second) == 1


def test_store_refuses_strangers(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match="is not a kg store and is not empty"):
        Store.open(tmp_path)
    with pytest.raises(StoreError, match="There is no store at"):
        Store.open(tmp_path / "gone", create=False)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_store_that_is_being_made_is_none_yet(tmp_path: Path) -> None:
    """A reader that comes while the marker is written beside its place."""
    (tmp_path / ".kg-store.json.x8s1").write_text("{")
    with pytest.raises(StoreError, match="There is no store at"):
        Store.open(tmp_path, read_only=True)
    with Store.open(tmp_path) as store:
        assert len(store) == 0


def test_store_refuses_damaged_and_newer(tmp_path: Path) -> None:
    Store.open(tmp_path / "s").close()
    marker = tmp_path / "s" / "kg-store.json"
    marker.write_text(json.dumps({"format": 99}))
    with pytest.raises(StoreError, match="newer version of kg"):
        Store.open(tmp_path / "s")
    marker.write_text("{")
    with pytest.raises(StoreError, match="is damaged"):
        Store.open(tmp_path / "s")


def test_store_in_use_is_one_sentence(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as first, Store.open(tmp_path / "s") as second:
        first.add([quad("a")])
        assert len(second) == 0, "who opened the store before sees what it was"
        with (
            first.reserved(),
            pytest.raises(StoreError, match=r"^The store at .* cannot be changed now: another process"),
        ):
            second.add([quad("b")])
        second.add([quad("b")])
        assert len(second) == 2, "a change is made on the newest state"
        assert (len(first), first.refresh(), len(first)) == (1, True, 2)


def test_store_is_read_beside_a_writer_and_written_by_no_reader(tmp_path: Path) -> None:
    Store.open(tmp_path / "s").close()
    with Store.open(tmp_path / "s") as writer, Store.open(tmp_path / "s", read_only=True) as reader:
        with writer.transaction():
            writer.add([quad("a")])
            with Store.open(tmp_path / "s", read_only=True) as other:
                assert len(other) == 0, "a change under way is not seen"
        writer.add([quad("b")])
        assert (len(reader), reader.refresh(), len(reader), reader.refresh()) == (0, True, 2, False)
        with pytest.raises(StoreError, match="opened for reading only"):
            reader.add([quad("c")])


def test_store_keeps_the_state_that_a_reader_has_open_and_sweeps_it_later(tmp_path: Path) -> None:
    states = tmp_path / "s" / "states"
    with Store.open(tmp_path / "s") as writer:
        writer.add([quad("a")])
        with Store.open(tmp_path / "s", read_only=True) as reader:
            writer.add([quad("b")])
            writer.add([quad("c")])
            assert [q.subject.value for q in reader.quads()] == [EX + "a"]
            assert len(list(states.iterdir())) == 2
        writer.add([quad("d")])
        assert len(list(states.iterdir())) == 1
    assert sorted(p.name for p in (tmp_path / "s").iterdir()) == ["index.sqlite", "kg-store.json", "lock", "states"]


def test_store_undoes_a_change_that_fails(store: Store) -> None:
    store.add([quad("a"), quad("z", "other")])
    for wrong in (ValueError("whatever"), KeyboardInterrupt()):

        def change(error: BaseException = wrong) -> None:
            with store.transaction():
                store.add([quad("b")])
                store.apply(remove=[quad("a")])
                store.replace_graph(EX + "other", [quad("y", "other")])
                store.side.execute("CREATE TABLE made(x)")
                raise error

        with pytest.raises(type(wrong)):
            change()
        assert sorted(q.subject.value for q in store.quads()) == [EX + "a", EX + "z"]
        assert store.side.execute("SELECT name FROM sqlite_master WHERE name='made'").fetchall() == []
    store.add([quad("b")])
    assert len(store) == 3


def test_store_of_the_first_layout_is_read_and_taken_over(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    inner = ox.Store(str(tmp_path / "s" / "quads"))
    inner.extend([quad("a")])
    inner.flush()
    del inner
    (tmp_path / "s" / "kg-store.json").write_text('{"format": 1}\n')
    with Store.open(tmp_path / "s", read_only=True) as reader:
        assert len(reader) == 1
    with Store.open(tmp_path / "s") as writer:
        writer.add([quad("b")])
        assert not writer.index_in_step
    assert not (tmp_path / "s" / "quads").exists()
    with Store.open(tmp_path / "s") as again:
        assert len(again) == 2


def test_store_takes_changes_through_rdflib(tmp_path: Path) -> None:
    import rdflib

    with Store.open(tmp_path / "s") as store:
        data = store.dataset()
        data.graph(rdflib.URIRef(EX + "g")).add((rdflib.URIRef(EX + "a"), rdflib.URIRef(EX + "p"), rdflib.Literal("x")))
        with Store.open(tmp_path / "s") as other, pytest.raises(StoreError, match="another process is using it"):
            other.add([quad("b")])
        assert len(store) == 1
    with Store.open(tmp_path / "s", read_only=True) as reader:
        assert len(reader) == 1


def test_store_finishes_a_change_whose_index_has_committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(tmp_path / "s") as store:
        with store.transaction():
            store.index_made()
            store.add([quad("a")])
        store.add([quad("b")])
        monkeypatch.setattr("kg.store.states.Folder.point", _no_space)
        with pytest.raises(StoreError, match="this could not be noted: there is no space left on the disk"):
            store.add([quad("c")])
        monkeypatch.undo()
    with Store.open(tmp_path / "s", read_only=True) as reader:
        assert len(reader) == 2, "until then the state before is shown"
    with Store.open(tmp_path / "s") as store:
        store.add([quad("d")])
        assert len(store) == 4
        assert store.index_in_step


def _no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_store_says_no_more_than_it_knows_of_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(tmp_path / "s") as store:
        store.add([quad("a")])
        monkeypatch.setattr("kg.store.quads.synchronise", _no_space)
        with pytest.raises(
            StoreError, match=r"cannot be written: there is no space left on the disk\. Nothing of this"
        ):
            store.add([quad("b")])
        monkeypatch.undo()
        assert len(store) == 1


def versioned(version: str) -> ox.Quad:
    graph = ox.NamedNode(EX + "g")
    return ox.Quad(
        graph,
        ox.NamedNode("http://purl.org/dc/terms/conformsTo"),
        ox.NamedNode(f"https://w3id.org/kg-said/ns/{version}"),
        graph,
    )


def test_store_of_a_newer_ontology_is_refused_and_left_alone(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as first:
        first.add([versioned("99.0.0")])
    with pytest.raises(StoreError, match=r"made with version 99\.0\.0 of the ontology and this kg knows"):
        Store.open(tmp_path / "s")
    with pytest.raises(StoreError, match=r"99\.0\.0"):  # and it was released
        Store.open(tmp_path / "s")


def test_store_of_this_ontology_opens(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as first:
        first.add([versioned(VERSION), versioned(VERSION.rsplit(".", 1)[0] + ".99")])
    with Store.open(tmp_path / "s") as second:
        assert len(second) == 2


def test_store_of_an_older_ontology_is_named_in_a_sentence_and_left_alone(tmp_path: Path) -> None:
    """Terms have gone since: no question would find anything, and what was added would stand beside what nobody reads."""
    folder = tmp_path / "s"
    with Store.open(folder) as first:
        first.add([versioned("0.2.0")])

    def held() -> dict[str, bytes]:
        files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "LOG")
        return {str(path): path.read_bytes() for path in files if not path.name.startswith("LOG.old")}

    before = held()
    sentence = r"^The graph in .* was made with version 0\.2\.0 of the ontology and this kg knows [\d.]+; build a new store from its articles\. Nothing was changed\.$"
    for read_only in (True, False):
        with pytest.raises(StoreError, match=sentence):
            Store.open(folder, read_only=read_only)
    assert held() == before


def test_store_loads_a_file_and_refuses_what_is_none(tmp_path: Path) -> None:
    good, bad, newer = tmp_path / "good.ttl", tmp_path / "bad.ttl", tmp_path / "newer.ttl"
    good.write_text("<http://example.org/a> <http://example.org/p> 1 .")
    bad.write_text("this is not Turtle")
    newer.write_text(f"{versioned('99.0.0').triple!s} .")
    assert len(Store.load(good)) == 1
    with pytest.raises(StoreError, match=r"bad\.ttl is not a valid graph file"):
        Store.load(bad)
    with pytest.raises(StoreError, match=r"newer\.ttl was made with version 99\.0\.0"):
        Store.load(newer)
    newer.write_text(f"{versioned('0.2.0').triple!s} .")
    with pytest.raises(StoreError, match=r"with version 0\.2\.0 of .*; build it again from its articles\.$"):
        Store.load(newer)
    with pytest.raises(StoreError, match="cannot be read"):
        Store.load(tmp_path / "gone.ttl")
    with pytest.raises(StoreError, match="no ending of a graph file"):
        Store.load(tmp_path / "graph.docx")


def test_store_takes_an_interrupted_commit_of_the_index_for_no_damage(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as store, store.transaction():
        store.index_made()
        store.add([quad("a")])
        store.side.execute("CREATE TABLE kept(x)")
        store.side.executemany("INSERT INTO kept VALUES(?)", [("x" * 500,) for _ in range(4000)])
    # A process that is killed in the middle of a commit leaves its journal behind.
    killed = (
        "import os, sqlite3, sys\n"
        "db = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "db.execute('PRAGMA cache_size=5')\n"
        "db.execute('BEGIN IMMEDIATE')\n"
        "db.execute('UPDATE step SET state=?', ('other',))\n"
        "db.execute(\"UPDATE kept SET x=x||'y'\")\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", killed, str(tmp_path / "s" / "index.sqlite")], check=True)
    assert (tmp_path / "s" / "index.sqlite-journal").exists()
    with Store.open(tmp_path / "s", read_only=True) as reader:
        assert reader.index_in_step
    with Store.open(tmp_path / "s") as store:
        assert store.index_in_step
        assert store.side.execute("SELECT MAX(LENGTH(x)) FROM kept").fetchone() == (500,)


def test_store_tells_what_a_graph_says_of_each_subject(store: Store) -> None:
    graph, other = ox.NamedNode(EX + "g"), ox.NamedNode(EX + "other")
    a, p, q = (ox.NamedNode(EX + name) for name in "apq")
    store.add(
        [
            *(ox.Quad(a, p, ox.Literal(text), graph) for text in ("two", "one", "", "three")),
            ox.Quad(a, p, ox.Literal("one", language="en"), graph),  # the same text again
            ox.Quad(a, q, ox.Literal("12", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")), graph),
            ox.Quad(a, ox.NamedNode(EX + "r"), ox.Literal("not asked for"), graph),
            ox.Quad(a, q, ox.Literal("elsewhere"), other),
            ox.Quad(ox.NamedNode(EX + "b"), q, a, graph),
        ]
    )
    assert dict(store.told_in(EX + "g", [EX + "p", EX + "q"])) == {
        EX + "a": {EX + "p": ["", "one", "three", "two"], EX + "q": ["12"]},
        EX + "b": {EX + "q": [EX + "a"]},
    }


def test_store_tells_values_that_hold_what_stands_between_values(store: Store) -> None:
    graph, p, q = (ox.NamedNode(EX + name) for name in "gpq")
    odd = {"a": "x\x1f1\x1ey", "b": "\x1f", "c": "\x1e"}
    for name, text in odd.items():
        store.add(
            [
                ox.Quad(ox.NamedNode(EX + name), p, ox.Literal(text), graph),
                ox.Quad(ox.NamedNode(EX + name), q, graph, graph),
            ]
        )
    store.add([ox.Quad(ox.BlankNode("n"), p, ox.BlankNode("m"), graph)])
    told = dict(store.told_in(EX + "g", [EX + "p", EX + "q"]))
    assert {name: told[EX + name] for name in odd} == {
        name: {EX + "p": [text], EX + "q": [EX + "g"]} for name, text in odd.items()
    }
    (blank,) = told.keys() - {EX + name for name in odd}
    assert len(told[blank][EX + "p"]) == 1


def test_store_counts_without_conclusions(store: Store) -> None:
    inferred = ox.NamedNode(store.graph_name(Graph.INFERRED))
    store.add(
        [
            quad("a"),
            quad("a", "other"),
            ox.Quad(ox.NamedNode(EX + "b"), ox.NamedNode(EX + "p"), ox.Literal("x"), inferred),
        ]
    )
    store.inferred = True
    assert [row[0].value for row in store.asserted("SELECT DISTINCT ?s WHERE { ?s ?p ?o }")] == [EX + "a"]
