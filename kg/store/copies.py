"""A copy of a store to try something on, which is thrown away."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg import vocabulary as v
from kg.errors import StoreError
from kg.store.quads import Store
from kg.store.reasons import reason
from kg.store.side import FILE
from kg.store.states import Folder

_FIRST = "000001-0"  # the state of a copy of what was never published


@contextlib.contextmanager
def scratch(store: Store) -> Iterator[Store]:
    """A store with the same quads, and the same index where it is in step; nothing of what is done to it reaches ``store``.

    It is made of hard links where the folder may be written to, and so costs little.
    """
    if store.path is None:
        other = type(store).open(base=store.base)
        other.apply(add=store.quads())
        other.inferred = store.inferred
        yield other
        return
    with _place(store.path) as folder:
        _copy(store, folder)
        with type(store).open(folder, create=False) as other:
            other.inferred = store.inferred
            yield other


@contextlib.contextmanager
def _place(path: Path) -> Iterator[Path]:
    """A folder beside the quads, which a writer sweeps where this process dies, else one for what passes."""
    try:
        folder, held = Folder(path).working_copy()
    except OSError:
        with tempfile.TemporaryDirectory(prefix="kg-") as elsewhere:
            yield Path(elsewhere)
        return
    try:
        yield folder
    finally:
        held.release()
        shutil.rmtree(folder, ignore_errors=True)


def _copy(store: Store, folder: Path) -> None:
    name = store.state or _FIRST
    made = Folder(folder)
    try:
        (folder / "states" / name).parent.mkdir(parents=True, exist_ok=True)
        with store.frozen() as quads:
            ox.Store.read_only(str(quads)).backup(str(folder / "states" / name))
        assert store.path is not None
        index = store.path / FILE
        if store.index_in_step and index.is_file():
            with (
                contextlib.closing(sqlite3.connect(index.resolve().as_uri() + "?mode=ro", uri=True)) as known,
                contextlib.closing(sqlite3.connect(folder / FILE)) as copied,
            ):
                known.backup(copied)
        made.point(name, store.base if store.base != v.DATA else None)
    except (OSError, RuntimeError, sqlite3.Error) as error:
        raise StoreError(f"The store at {store.path} cannot be copied: {reason(error)}.") from error
