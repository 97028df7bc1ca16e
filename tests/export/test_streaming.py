"""RDF is written piece by piece: the bytes of a graph in memory, in a memory that does not hold it; compressed and in parts."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph as ox
import pytest
import story
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import export
from kg import vocabulary as v
from kg.cli import cli
from kg.errors import ExportError
from kg.export import graphs
from kg.export.linked import readable, syntaxes, void
from kg.export.rows import Source
from kg.export.sorting import in_order
from kg.store import Store

RDF = ("turtle", "ntriples", "owl", "trig", "nquads", "jsonld")


@pytest.fixture(scope="module")
def store() -> Store:
    return story.store()


def pieces(store: Store, name: str) -> list[bytes]:
    found = export.FORMATS[name].made(Source(store))
    assert not isinstance(found, bytes | dict)
    return list(found)


@given(st.lists(st.text(max_size=3)), st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_runs_that_are_merged_are_what_is_sorted(words: list[str], run: int) -> None:
    assert list(in_order(words, run=run)) == sorted(set(words))


def test_streamed_turtle_is_that_of_the_same_triples_in_memory(store: Store) -> None:
    whole = {quad.triple for quad in ox.parse(b"".join(pieces(store, "ntriples")), format=ox.RdfFormat.N_TRIPLES)}
    assert b"".join(pieces(store, "turtle")) == readable.write(whole, store.base)


def test_subject_that_two_graphs_tell_of_stands_in_one_block(store: Store) -> None:
    subject = next(iter(store.subjects_of_type("https://w3id.org/kg-said/ns#Statement")))
    assert isinstance(subject, ox.NamedNode)
    more = story.store()
    note = ox.NamedNode("http://www.w3.org/2004/02/skos/core#note")
    more.add([ox.Quad(subject, note, ox.Literal("kept apart"), ox.NamedNode(f"{more.base}graph/notes"))])
    text = b"".join(pieces(more, "turtle")).decode()
    before = b"".join(pieces(store, "turtle")).decode()
    assert text.count("kept apart") == 1
    assert len(text.splitlines()) - len(before.splitlines()) <= 2
    whole = {quad.triple for quad in ox.parse(b"".join(pieces(more, "ntriples")), format=ox.RdfFormat.N_TRIPLES)}
    assert text.encode() == readable.write(whole, more.base)


@pytest.mark.parametrize("name", RDF)
def test_order_of_the_quads_does_not_matter(store: Store, name: str) -> None:
    other = Store.open()
    for quad in sorted(store.quads(), key=str, reverse=True):
        other.add([quad])
    assert b"".join(pieces(other, name)) == b"".join(pieces(store, name))


def test_memory_does_not_grow_with_the_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five times the things: what Python holds while it writes them is at most half again as much."""
    monkeypatch.setattr(syntaxes, "_HELD", 50)
    monkeypatch.setattr(readable, "_HELD", 50)
    monkeypatch.setattr(readable, "in_order", lambda items: in_order(items, run=1_000))
    monkeypatch.setattr("kg.export.sorting._TOGETHER", 10)
    peaks = []
    for number in (2_000, 10_000):
        big = Store.open()
        kind, note = (
            ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
            ox.NamedNode("http://www.w3.org/2004/02/skos/core#note"),
        )
        graph = ox.NamedNode(f"{big.base}graph/big")
        for at in range(number):
            subject = ox.NamedNode(f"{big.base}entity/e{at}")
            big.add(
                [
                    ox.Quad(subject, kind, ox.NamedNode("https://w3id.org/kg-said/ns#Entity"), graph),
                    ox.Quad(subject, note, ox.Literal("x" * 300), graph),
                ]
            )
        source = Source(big)
        for _ in syntaxes.turtle(source):
            break
        tracemalloc.start()
        size = sum(map(len, syntaxes.turtle(source)))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert size > number * 300
    assert peaks[1] < 1.5 * peaks[0] + 200_000, peaks


def test_name_with_gz_is_compressed_the_same_each_time(store: Store, tmp_path: Path) -> None:
    for name in ("one.nq.gz", "two.nq.gz"):
        export.write(store, tmp_path / name, "nquads")
    assert (tmp_path / "one.nq.gz").read_bytes() == (tmp_path / "two.nq.gz").read_bytes()
    assert gzip.decompress((tmp_path / "one.nq.gz").read_bytes()) == b"".join(pieces(store, "nquads"))


def test_split_parts_are_the_whole_and_old_ones_go(store: Store, tmp_path: Path) -> None:
    lines = pieces(store, "nquads")
    for most in (50, 400):
        result = CliRunner().invoke(
            cli,
            [
                "export",
                "--store",
                str(_kept(store, tmp_path)),
                "--format",
                "nquads",
                "--split",
                str(most),
                "--out",
                str(tmp_path / "bulk"),
            ],
        )
        assert result.exit_code == 0, result.output
        parts = sorted((tmp_path / "bulk").glob("part-*.nq.gz"))
        assert len(parts) == -(-len(lines) // most)
        assert b"".join(gzip.decompress(part.read_bytes()) for part in parts) == b"".join(lines)


def _kept(store: Store, folder: Path) -> Path:
    path = folder / "store"
    if not path.exists():
        with Store.open(path) as made:
            made.add(store.quads())
    return path


def test_only_lines_can_be_split(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="Only ntriples, nquads can be split"):
        export.write(store, tmp_path / "x", "turtle", split=5)


def test_file_that_fails_halfway_leaves_the_old_one(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "graph.ttl"
    target.write_text("before")

    def broken(source: Source) -> object:
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(export.FORMATS, "turtle", export.Format("turtle", "t", "f", broken, "text/turtle"))
    with pytest.raises(ExportError, match="cannot be written"):
        export.write(store, target, "turtle")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]
    assert target.read_text() == "before"


def test_network_is_written_as_networkx_writes_it(store: Store) -> None:
    whole = io.BytesIO()
    nx.write_graphml_xml(graphs.network(Source(store)), whole, encoding="utf-8", prettyprint=True)
    assert b"".join(pieces(store, "graphml")) == whole.getvalue()
    empty = io.BytesIO()
    nx.write_graphml_xml(graphs.network(Source(Store.open())), empty, encoding="utf-8", prettyprint=True)
    assert b"".join(pieces(Store.open(), "graphml")) == empty.getvalue()


def test_network_with_a_time_line_is_one_document(store: Store) -> None:
    for held in (store, Store.open()):
        network = graphs.network(Source(held))
        root = ElementTree.fromstring(b"".join(pieces(held, "gexf")))
        names = {"g": "http://gexf.net/1.3"}
        assert [node.get("id") for node in root.iterfind(".//g:node", names)] == list(network)
        edges = [(edge.get("source"), edge.get("target"), edge.get("id")) for edge in root.iterfind(".//g:edge", names)]
        assert edges == [(a, b, str(number)) for a, b, number in network.edges(keys=True)]
        whole = b"".join(pieces(held, "gexf")).removesuffix(b"\n")
        ElementTree.register_namespace("", "http://gexf.net/1.3")
        ElementTree.indent(root, " ")
        assert ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) == whole


@pytest.mark.parametrize("name", ["schemaorg", "ftm", "graphml", "gexf"])
def test_formats_of_many_pieces_are_streamed(store: Store, name: str) -> None:
    found = pieces(store, name)
    assert len(found) > 20
    assert max(map(len, found)) < 0.5 * sum(map(len, found))


def test_json_is_written_as_if_it_were_whole(store: Store) -> None:
    for held in (store, Store.open()):
        made = b"".join(pieces(held, "schemaorg")).decode()
        assert made == json.dumps(json.loads(made), ensure_ascii=False, indent=1) + "\n"


def test_description_counts_each_triple_once() -> None:
    more = story.store()
    doubled = next(iter(more.quads()))
    more.add([ox.Quad(*doubled.triple, ox.NamedNode(f"{more.base}graph/notes"))])
    more.add(
        [
            ox.Quad(
                doubled.subject,
                doubled.predicate,
                ox.Literal("concluded"),
                ox.NamedNode(more.graph_name(v.Graph.INFERRED)),
            )
        ]
    )
    held = {quad.triple for quad in more.quads() if quad.object != ox.Literal("concluded")}
    told = {
        (triple.subject, triple.predicate.value.rpartition("#")[2]): triple.object
        for triple in void.description(Source(more))
        if triple.predicate.value.startswith("http://rdfs.org/")
    }
    dataset = ox.NamedNode(f"{more.base}graph")
    assert told[dataset, "triples"] == ox.Literal(len(held))
    assert told[dataset, "distinctSubjects"] == ox.Literal(len({triple.subject for triple in held}))
    counted = Counter(triple.predicate for triple in held)
    parts = {node: prop for (node, name), prop in told.items() if name == "property"}
    assert {prop: told[node, "triples"] for node, prop in parts.items()} == {
        prop: ox.Literal(number) for prop, number in counted.items()
    }
