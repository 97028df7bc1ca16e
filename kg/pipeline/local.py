"""One article with what its entities are, as a small graph of its own: reading it costs the same in a store of any size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg import vocabulary as v
from kg.rdf import minting as m
from kg.store import Store
from kg.vocabulary import Graph, Property

_SHORT = ("reference", "statement", "office")


class Local:
    """Answers SELECT queries like a store that holds this article alone."""

    def __init__(self, quads: Sequence[ox.Quad]) -> None:
        self._inner = ox.Store()
        self._inner.extend(quads)

    def select(self, query: str) -> Iterator[tuple[object, ...]]:
        for row in self._inner.query(query, use_default_graph_as_union=True):  # type: ignore[union-attr]
            yield tuple(row)


def own(store: Store, article: str) -> list[ox.Quad]:
    """The quads of an article's own graph."""
    return list(store.quads(m.graph(article).value))


def subjects(quads: Sequence[ox.Quad]) -> list[ox.NamedNode]:
    """The references, statements and offices of an article: what the entities graph says more of."""
    found = {q.subject for q in quads if isinstance(q.subject, ox.NamedNode)}
    return sorted((s for s in found if s.value.rsplit("/", 2)[-2] in _SHORT), key=str)


def whole(store: Store, quads: Sequence[ox.Quad], spoke: Sequence[tuple[str, str]]) -> Local:
    """An article with its entities and shortcuts. ``spoke`` are the speakers and the bodies that each spoke for anywhere."""
    out = list(quads)
    entities: set[ox.NamedNode] = set()
    for subject in subjects(quads):
        for quad in store.about(subject, Graph.ENTITIES):
            out.append(quad)
            if isinstance(quad.object, ox.NamedNode):
                entities.add(quad.object)
    graph = m.node(Graph.ENTITIES)
    for number, (speaker, body) in enumerate(spoke):
        somewhere = m.node(f"{v.DATA}somewhere/{number}")
        out.append(ox.Quad(somewhere, m.node(Property.SPEAKER), m.node(speaker), graph))
        out.append(ox.Quad(somewhere, m.node(Property.ON_BEHALF_OF), m.node(body), graph))
        entities.add(m.node(body))
    for entity in entities:
        out.extend(store.about(entity, Graph.ENTITIES))
    return Local(out)
