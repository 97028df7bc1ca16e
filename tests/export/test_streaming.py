"""RDF is written piece by piece: the bytes of a graph in memory, in a memory that does not hold it; compressed and in parts."""

from __future__ import annotations

import gzip
import tracemalloc
from pathlib import Path

import pyoxigraph as ox
import pytest
import story
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import export
from kg.cli import cli
from kg.errors import ExportError
from kg.export.linked import readable, syntaxes
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
