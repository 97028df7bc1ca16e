"""A store that a disk has damaged: what can still be read goes into a state of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg import vocabulary as v
from kg.errors import StoreError
from kg.store.base import recorded, under
from kg.store.quads import Store
from kg.store.reasons import reason
from kg.store.side import belongs_to
from kg.store.states import MARKER, Folder

_UNREADABLE = (OSError, RuntimeError, ValueError)  # RocksDB tells damage as any of these


@dataclass(slots=True)
class Found:
    """What was wrong, a sentence each, and the named graphs that could not be read whole."""

    mended: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def salvage(path: str | Path, *, leave_out: Collection[str] = ()) -> Found:
    """Write the quads of the store in ``path`` anew, as far as they can be read, graph by graph, and without those that
    ``leave_out`` names since they follow from the others.

    A marker that is unreadable is written anew for the state that the index names, or else the newest. Raises
    ``StoreError`` where there is no store, or no state of it opens; nothing is changed then.
    """
    folder = Folder(Path(path))
    found = Found()
    if not folder.path.is_dir() or not (folder.is_store or (folder.path / "states").is_dir()):
        raise StoreError(f"There is no store at {folder.path}; build one with “kg build”.")
    with folder.reserve():
        try:
            folder.published()
        except StoreError as error:
            if "newer version" in str(error):
                raise
            _point_anew(folder)
            found.mended.append(f"{MARKER} could not be read; it was written anew.")
    pinned = folder.pin()
    try:
        if pinned.directory is None:
            return found
        try:
            inner = ox.Store.read_only(str(pinned.directory))
        except _UNREADABLE as error:
            raise StoreError(
                f"The store at {folder.path} is damaged beyond repair ({reason(error)}); build it again from its articles."
            ) from error
        base = folder.base() or _base(inner)
        Store.write_anew(folder.path, _readable(inner, {under(name, base) for name in leave_out}, found))
    finally:
        pinned.release()
    return found


def _base(inner: ox.Store) -> str:
    try:
        return recorded(inner) or v.DATA
    except _UNREADABLE:
        return v.DATA


def _point_anew(folder: Folder) -> None:
    states = folder.path / "states"
    names = sorted(p.name for p in states.iterdir()) if states.is_dir() else []
    named, _ = belongs_to(folder.path)
    best = named if named in names else names[-1] if names else None
    if best is None:
        raise StoreError(f"The store at {folder.path} is damaged and holds no state to read; build it again.")
    folder.point(best)


def _readable(inner: ox.Store, leave_out: set[str], found: Found) -> Iterator[list[ox.Quad]]:
    """The quads of each named graph that can be read whole. The engine keeps quads in several orders; where that by graph
    is damaged, that by subject may not be.
    """
    try:
        names = sorted(g.value for g in inner.named_graphs() if isinstance(g, ox.NamedNode))
    except _UNREADABLE:
        names = sorted(_by_subject(inner, None))
    failed: list[str] = []
    for name in names:
        if name in leave_out:
            continue
        try:
            quads = list(inner.quads_for_pattern(None, None, None, ox.NamedNode(name)))
        except _UNREADABLE as error:
            if not failed:
                found.mended.append(f"Some of the quads could not be read: {reason(error)}.")
            failed.append(name)
            continue
        yield quads
    if failed:
        rescued = _by_subject(inner, set(failed))
        yield from rescued.values()
        found.lost += [name for name in failed if name not in rescued]


def _by_subject(inner: ox.Store, wanted: set[str] | None) -> dict[str, list[ox.Quad]]:
    """The quads of the wanted graphs in the order by subject; none where that is damaged too, since none is whole then."""
    out: dict[str, list[ox.Quad]] = {}
    try:
        for quad in inner:
            name = getattr(quad.graph_name, "value", "")
            if wanted is None or name in wanted:
                out.setdefault(name, []).append(quad)
    except _UNREADABLE:
        return {}
    return out
