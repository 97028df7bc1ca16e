"""Quads → the ids of entities: those that references mean, and those that others took the place of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol
from urllib.parse import unquote

from pyoxigraph import NamedNode, Quad

from kg.rdf import minting as m
from kg.vocabulary import Graph, Outside, Property

Pair = tuple[str, str]


class Graphs(Protocol):
    """A store that gives the quads of one of its graphs."""

    def quads(self, graph: str | None = None) -> Iterator[Quad]: ...


def meant(store: Graphs) -> Iterator[tuple[Pair, str]]:
    """Each reference (article id, key) with the id of the entity that it means."""
    for quad in store.quads(Graph.ENTITIES):
        if quad.predicate.value == Property.REFERS_TO:
            pair, eid = _pair(quad.subject), _id(quad.object)
            if pair[0] and eid:
                yield pair, eid


def replaced(store: Graphs) -> dict[str, tuple[str, tuple[Pair, ...]]]:
    """Each replaced id with the id in its place and the references that the entity was made of."""
    place: dict[str, str] = {}
    made_of: dict[str, set[Pair]] = {}
    for quad in store.quads(Graph.PROVENANCE):
        eid = _id(quad.subject)
        if eid and quad.predicate.value == Outside.IS_REPLACED_BY:
            place[eid] = _id(quad.object)
        elif eid and quad.predicate.value == Outside.WAS_DERIVED_FROM:
            made_of.setdefault(eid, set()).add(_pair(quad.object))
    return {eid: (by, tuple(sorted(made_of.get(eid, ())))) for eid, by in place.items() if by}


def joined(store: Graphs) -> frozenset[str]:
    """The replaced ids that a person's judgement made the same as another."""
    found = (_id(quad.object) for quad in store.quads(Graph.ENTITIES) if quad.predicate.value == Outside.SAME_AS)
    return frozenset(eid for eid in found if eid)


def _id(term: object) -> str:
    return m.entity_id(term.value) if isinstance(term, NamedNode) else ""


def _pair(term: object) -> Pair:
    iri = term.value if isinstance(term, NamedNode) else ""
    return m.article_id(iri), unquote(iri.rsplit("/", 1)[-1])


__all__ = ["joined", "meant", "replaced"]
