"""Graphs compared apart from the IRIs of their entities: those depend on what was there before, and nothing else does."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox

from kg.model import digest
from kg.rdf import minting as m
from kg.store import Store
from kg.vocabulary import Outside, Property

_HISTORY = {Outside.IS_REPLACED_BY.value, Outside.WAS_DERIVED_FROM.value, Outside.SAME_AS.value}


def lines(store: Store) -> list[str]:
    """All quads, each entity named by the references that mean it; without what tells of replaced IRIs."""
    made_of: dict[str, list[str]] = defaultdict(list)
    for quad in store.quads():
        if quad.predicate.value == Property.REFERS_TO:
            made_of[quad.object.value].append(str(quad.subject))  # type: ignore[union-attr]
    name = {iri: ox.NamedNode(f"urn:entity:{digest(*sorted(found))}") for iri, found in made_of.items()}
    assert len(set(name.values())) == len(name)

    def term(given: object) -> object:
        return name.get(getattr(given, "value", ""), given) if isinstance(given, ox.NamedNode) else given

    return sorted(
        str(ox.Quad(term(q.subject), q.predicate, term(q.object), q.graph_name))  # type: ignore[arg-type]
        for q in store.quads()
        if not (q.predicate.value in _HISTORY and m.entity_id(q.subject.value))  # type: ignore[union-attr]
    )


def names(store: Store) -> dict[str, str]:
    """The entity that each reference means."""
    return {
        q.subject.value: q.object.value  # type: ignore[union-attr]
        for q in store.quads()
        if q.predicate.value == Property.REFERS_TO
    }


def replaced(store: Store) -> dict[str, str]:
    """The entity in the place of each replaced one."""
    return {
        q.subject.value: q.object.value  # type: ignore[union-attr]
        for q in store.quads()
        if q.predicate.value == Outside.IS_REPLACED_BY
    }
