"""A store that a disk has damaged: what can be read is kept, what is lost is named, and the rest is made anew."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.store import Store
from kg.store.salvage import salvage
from tests.conftest import Kg

EX = "http://example.org/"


def fill(path: Path, graphs: int = 40, each: int = 400) -> None:
    with Store.open(path) as store:
        store.add(
            ox.Quad(ox.NamedNode(f"{EX}{g}/{n}"), ox.NamedNode(f"{EX}p"), ox.Literal(f"{g} {n} " * 9), ox.NamedNode(f"{EX}g{g:02}"))
            for g in range(graphs)
            for n in range(each)
        )  # fmt: skip


def damage(path: Path, at: float = 0.5) -> list[Path]:
    """Overwrite a piece of the largest files of a store."""
    files = sorted(path.glob("states/*/*.sst"), key=lambda p: -p.stat().st_size)
    with files[0].open("r+b") as file:
        file.seek(int(files[0].stat().st_size * at))
        file.write(b"\x00" * 3000)
    return files


@pytest.mark.parametrize("which", range(3))
def test_repair_keeps_what_can_be_read(tmp_path: Path, which: int) -> None:
    fill(tmp_path / "s")
    # The largest files hold the same quads in several orders and their strings: each is damaged by itself.
    files = sorted((tmp_path / "s").glob("states/*/*.sst"), key=lambda p: (-p.stat().st_size, p.name))
    with files[which].open("r+b") as file:
        file.seek(files[which].stat().st_size // 2)
        file.write(b"\x00" * 2000)
    found = salvage(tmp_path / "s")
    with Store.open(tmp_path / "s") as store:
        counts = {g: sum(1 for _ in store.quads(g)) for g in store.graphs()}
        assert set(counts.values()) <= {400}, "a graph is there whole or not at all"
        assert len(counts) + len(found.lost) == 40
        assert len(list(store.select("SELECT ?s WHERE { ?s ?p ?o }"))) == 400 * len(counts)
        store.add([ox.Quad(ox.NamedNode(EX + "new"), ox.NamedNode(EX + "p"), ox.Literal("x"), ox.NamedNode(EX + "g"))])


def test_repair_of_many_articles_needs_few_files(tmp_path: Path) -> None:
    """A graph for each article of an archive, written one by one, would be more files than a process may have open."""
    fill(tmp_path / "s", 200, 3)
    salvage(tmp_path / "s")
    assert len(list((tmp_path / "s").glob("states/*/*.sst"))) < 50
    with Store.open(tmp_path / "s", read_only=True) as store:
        assert len(store) == 600


@pytest.mark.parametrize("bytes_", [b"", b"{", b'{"format": 2}', b'{"format": 2, "state": "../../etc"}', b"\xff\xfe"])
def test_repair_writes_a_marker_anew(tmp_path: Path, bytes_: bytes) -> None:
    fill(tmp_path / "s", 2, 5)
    (tmp_path / "s" / "kg-store.json").write_bytes(bytes_)
    found = salvage(tmp_path / "s")
    assert bool(found.mended) == (bytes_ != b'{"format": 2}')
    with Store.open(tmp_path / "s", read_only=True) as store:
        assert len(store) == (10 if found.mended else 0)


def test_repair_says_what_it_cannot_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no store at"):
        salvage(tmp_path / "gone")
    fill(tmp_path / "s", 2, 5)
    next((tmp_path / "s").glob("states/*/CURRENT")).unlink()
    before = sorted(p.name for p in (tmp_path / "s").rglob("*"))
    with pytest.raises(StoreError, match="damaged beyond repair"):
        salvage(tmp_path / "s")
    assert sorted(p.name for p in (tmp_path / "s").rglob("*") if p.name != "lock") == [n for n in before if n != "lock"]


def test_repair_of_a_whole_store_changes_no_byte(demo: tuple[Path, object], tmp_path: Path, kg: Kg) -> None:
    import shutil

    shutil.copytree(demo[0] / "store", tmp_path / "s")
    before = kg("export", "--format", "trig", "--out", tmp_path / "before.trig", "--store", tmp_path / "s")
    assert before.code == 0
    (tmp_path / "s" / "index.sqlite").write_bytes(b"no index")
    done = kg("check", "--no-reasoning", "--store", tmp_path / "s")
    assert (done.code, "the index does not belong to the graph" in done.err) == (1, True)
    done = kg("repair", "--store", tmp_path / "s")
    assert (done.code, done.err) == (0, "")
    assert "articles were made anew" in done.out
    assert kg("check", "--no-reasoning", "--store", tmp_path / "s").code == 0
    kg("export", "--format", "trig", "--out", tmp_path / "after.trig", "--store", tmp_path / "s")
    assert (tmp_path / "after.trig").read_bytes() == (tmp_path / "before.trig").read_bytes()
