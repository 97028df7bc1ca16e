"""One article with what its entities are, as a small graph of its own: reading it costs the same in a store of any size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import pyoxigraph as ox

from kg.rdf import minting as m
from kg.store import Store
from kg.vocabulary import Graph, Property

_KEPT = 64  # a change of one article reads a few; one of thousands would fill the memory
_SHORT = ("reference", "statement", "office", "figure")


class Local:
    """Tells of one article what a store that holds nothing else would tell (:class:`kg.rdf.reading.Source`)."""

    def __init__(self, quads: Sequence[ox.Quad]) -> None:
        self.quads = quads
        self._told: dict[str, dict[str, set[str]]] = {}
        for quad in quads:
            told = self._told.setdefault(quad.subject.value, {})  # type: ignore[union-attr]
            told.setdefault(quad.predicate.value, set()).add(quad.object.value)  # type: ignore[union-attr]

    def told(self, subject: str) -> dict[str, list[str]]:
        return {prop: sorted(values) for prop, values in self._told.get(subject, {}).items()}

    def subjects(self, prop: str, value: ox.NamedNode | ox.Literal) -> list[str]:
        return sorted(s for s, told in self._told.items() if value.value in told.get(prop, ()))


def own(store: Store, article: str) -> list[ox.Quad]:
    """The quads of an article's own graph."""
    return list(store.quads(m.graph(article, store.base).value))


def reader(store: Store) -> Callable[[str], Local]:
    """Reads the own graphs of articles, which must not change meanwhile; the last few are kept."""

    @lru_cache(maxsize=_KEPT)
    def read(article: str) -> Local:
        return Local(own(store, article))

    return read


def subjects(quads: Sequence[ox.Quad]) -> list[ox.NamedNode]:
    """The references, statements, offices and figures of an article: what the entities graph says more of."""
    found = {q.subject for q in quads if isinstance(q.subject, ox.NamedNode)}
    return sorted((s for s in found if s.value.rsplit("/", 2)[-2] in _SHORT), key=str)


def whole(store: Store, quads: Sequence[ox.Quad]) -> Local:
    """An article with its entities and shortcuts."""
    out = list(quads)
    entities: set[ox.NamedNode] = set()
    for subject in subjects(quads):
        for quad in store.about(subject, Graph.ENTITIES):
            out.append(quad)
            if isinstance(quad.object, ox.NamedNode) and quad.predicate.value != Property.ALIKE:
                entities.add(quad.object)
    for entity in entities:
        out.extend(store.about(entity, Graph.ENTITIES))
    return Local(out)
