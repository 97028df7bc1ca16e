"""Quads written anew, sorted and compressed: the same quads, and all or nothing."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import vocabulary as v
from kg.errors import StoreError
from kg.model import Annotation, Article
from kg.pipeline import building
from kg.store import Store

EX = "http://example.org/"


def quads(first: int, count: int) -> list[ox.Quad]:
    return [
        ox.Quad(
            ox.NamedNode(f"{EX}thing/{n}"), ox.NamedNode(f"{EX}p{n % 7}"), ox.Literal(f"value {n}"), ox.NamedNode(f"{EX}g{n % 50}")
        )
        for n in range(first, first + count)
    ]  # fmt: skip


def size(path: Path) -> int:
    return sum(file.stat().st_size for file in (path / "states").rglob("*.sst"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "s") as store:
        for start in range(0, 30_000, 3_000):
            store.add(quads(start, 3_000))
        store.optimize()
    return tmp_path / "s"


def test_packed_quads_are_the_same_and_take_less_room(path: Path) -> None:
    before = size(path)
    with Store.open(path) as store:
        told = set(store.quads())
        store.pack()
        assert set(store.quads()) == told
    assert size(path) < 0.8 * before
    with Store.open(path) as store:
        assert set(store.quads()) == told
        store.add(quads(40_000, 10))
        assert len(store) == len(told) + 10
    assert not list(path.glob("work-*"))


def test_packing_in_a_change_that_fails_leaves_what_was(path: Path) -> None:
    def change(store: Store) -> None:
        with store.transaction():
            store.add(quads(50_000, 5))
            store.pack()
            raise ZeroDivisionError

    with Store.open(path) as store:
        told = set(store.quads())
        with pytest.raises(ZeroDivisionError):
            change(store)
        assert set(store.quads()) == told
    with Store.open(path) as store:
        assert set(store.quads()) == told


def test_a_disk_that_is_full_while_packing_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Store, directory: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Store, "_rewrite", full)
    with Store.open(path) as store:
        told = set(store.quads())
        with pytest.raises(StoreError, match="Nothing of this was changed"):
            store.pack()
        assert set(store.quads()) == told


def test_a_store_in_memory_has_nothing_to_pack() -> None:
    with Store.open() as store:
        store.add(quads(0, 10))
        store.pack()
        assert len(store) == 10


@pytest.mark.parametrize("number", [8, 9])
def test_a_build_ends_with_packing_whatever_fills_its_last_portion(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Nothing:
        def annotate(self, article: Article) -> Annotation:
            return Annotation(article)

    packed: list[int] = []
    monkeypatch.setattr(building, "BATCH", 4)
    monkeypatch.setattr(building, "_PACKED", 5)
    monkeypatch.setattr(Store, "pack", lambda store: packed.append(len(list(store.subjects_of_type(v.Class.ARTICLE)))))
    found = [Article(f"a{n}", f"Report {n} tells of nothing.") for n in range(number)]
    with Store.open(tmp_path / "s") as store:
        building.build(found, store=store, annotator=Nothing())  # type: ignore[arg-type]
        assert packed == [number]
        building.build(found, store=store, annotator=Nothing())  # type: ignore[arg-type]
        assert packed == [number]
