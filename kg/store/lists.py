"""The user's list of names that a store is built with: which one, and a copy of it beside the quads."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

import pyoxigraph as ox

from kg import vocabulary as v
from kg.errors import StoreError
from kg.model import ListSource
from kg.rdf import minting as m
from kg.store import Store
from kg.store.reasons import reason
from kg.vocabulary import Graph, Outside

_FOLDER = "lists"
_CURRENT = "current"


def current(store: Store) -> ListSource | None:
    """The list that articles were read with last."""
    told = store.about(m.name_list(_CURRENT, store.base), Graph.PROVENANCE)
    for quad in told:
        if quad.predicate.value == Outside.WAS_DERIVED_FROM and isinstance(quad.object, ox.NamedNode):
            labels = store.objects(quad.object.value, v.LABEL)
            name = next((term.value for term in labels if isinstance(term, ox.Literal)), "")
            return ListSource(name, quad.object.value.rpartition("/")[2])
    return None


def copy_of(store: Store, source: ListSource) -> Path | None:
    """The copy of a list that the store has; none in memory, and where somebody took it away."""
    path = Path(store.path) / _FOLDER / source.digest if store.path is not None else None
    return path if path is not None and path.is_file() else None


def keep(store: Store, source: ListSource, file: Path | None) -> None:
    """Note, in the transaction under way, that articles are read with a list from now on, and copy its ``file``."""
    if file is not None and store.path is not None and copy_of(store, source) is None:
        folder = Path(store.path) / _FOLDER
        try:
            folder.mkdir(exist_ok=True)
            shutil.copyfile(file, folder / f"{source.digest}.part")
            (folder / f"{source.digest}.part").replace(folder / source.digest)
        except OSError as error:
            raise StoreError(f"The list of names cannot be kept in {folder}: {reason(error)}.") from error
    node = m.name_list(_CURRENT, store.base)
    before = store.about(node, Graph.PROVENANCE)
    store.apply(remove=before, add=kept_quads(source))


def kept_quads(source: ListSource) -> list[ox.Quad]:
    """That articles are read with a list."""
    graph, node = m.node(Graph.PROVENANCE), m.name_list(source.digest)
    return [
        ox.Quad(m.name_list(_CURRENT), m.node(Outside.WAS_DERIVED_FROM), node, graph),
        ox.Quad(node, m.node(v.LABEL), m.string(source.name), graph),
    ]


def sweep(store: Store) -> None:
    """Remove copies of lists that are not the current one."""
    source = current(store)
    folder = Path(store.path) / _FOLDER if store.path is not None else None
    if folder is None or not folder.is_dir():
        return
    for path in folder.iterdir():
        if source is None or path.name != source.digest:
            with contextlib.suppress(OSError):
                path.unlink()


def read_with(store: Store, article: str, source: ListSource) -> bool:
    """Whether a stored article was read with a list."""
    used = store.about(m.graph(article, store.base), Graph.PROVENANCE)
    return any(q.object == m.name_list(source.digest, store.base) for q in used)


__all__ = ["copy_of", "current", "keep", "kept_quads", "read_with", "sweep"]
