"""A store in parts that can be checked one by one: some articles, or some things of none, each with what it is tied to.

A shape of a thing looks at what is told of it, at the kinds of what it is tied to, and from a figure or an entity back to
the one statement or reference that it must have. All of that is in the part of the thing, so that the parts together violate
what the whole violates, in the memory of one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Final, TypeVar

import pyoxigraph as ox

from kg import vocabulary as v
from kg.rdf.describing import article_of
from kg.store import Store

T = TypeVar("T")
WHOLE: Final = 60_000
"""A store of up to so many quads is one part."""

_ARTICLES: Final = 40
_THINGS: Final = 4_000
_BACK: Final = (v.Property.REFERS_TO, v.Property.FIGURE)
_KINDS: Final = frozenset(
    {v.TYPE, *(p.value for p in (v.Property.ENTITY_TYPE, v.Property.PART_OF, v.Property.IN_ARTICLE))}
)


@dataclass(slots=True)
class Part:
    """``focus`` is what is checked in it; ``triples`` also tell what those are tied to."""

    focus: set[ox.NamedNode] = field(default_factory=set)
    triples: set[ox.Triple] = field(default_factory=set)


def parts(store: Store) -> Iterator[Part] | None:
    """The parts of a store; ``None`` where it is small or holds unnamed nodes, and is checked as a whole."""
    if len(store) <= WHOLE:
        return None
    subjects = {quad.subject for quad in store.quads()}
    named = {s for s in subjects if isinstance(s, ox.NamedNode)}
    return _parts(store, named) if len(named) == len(subjects) else None


def _parts(store: Store, subjects: Iterable[ox.NamedNode]) -> Iterator[Part]:
    order = sorted((article_of(s.value), s.value) for s in subjects)
    for inside, of in groupby(order, key=lambda pair: bool(pair[0])):
        if inside:
            homes = ([iri for _, iri in group] for _, group in groupby(of, key=lambda pair: pair[0]))
            groups: Iterable[list[str]] = ([x for home in some for x in home] for some in _batches(homes, _ARTICLES))
        else:
            groups = (list(some) for some in _batches((iri for _, iri in of), _THINGS))
        for group in groups:
            yield _part(store, [ox.NamedNode(iri) for iri in group])


def _batches(of: Iterable[T], most: int) -> Iterator[list[T]]:
    things = iter(of)
    while found := list(islice(things, most)):
        yield found


def _part(store: Store, focus: list[ox.NamedNode]) -> Part:
    part = Part(set(focus))
    tied: set[ox.NamedNode] = set()
    for subject in focus:
        for triple in _told(store, subject):
            part.triples.add(triple)
            if isinstance(triple.object, ox.NamedNode):
                tied.add(triple.object)
        for prop in _BACK:
            back = next(store.pattern(None, ox.NamedNode(prop), subject), None)
            if back is not None:
                part.triples.add(back.triple)
    seen = set(focus)
    while tied := tied - seen:
        seen |= tied
        further: set[ox.NamedNode] = set()
        for subject in tied:
            for triple in _told(store, subject):
                if triple.predicate.value in _KINDS:
                    part.triples.add(triple)
                    if triple.predicate.value == v.Property.PART_OF and isinstance(triple.object, ox.NamedNode):
                        further.add(triple.object)
        tied = further
    return part


def _told(store: Store, subject: ox.NamedNode) -> Iterator[ox.Triple]:
    inferred = store.graph_name(v.Graph.INFERRED)
    for quad in store.pattern(subject, None, None):
        if getattr(quad.graph_name, "value", "") != inferred:
            yield quad.triple
