"""Decisions of persons → the graph of their article: what the machine read, with what was corrected in its place.

What the machine read and does not hold any more is no triple of the store, so that no question, page or export meets it. It is kept with
the article's extraction as the rows of an RDF patch, by which the machine's version can be made again to the byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from kg import rdf
from kg.model import Correction, Resolved
from kg.rdf import minting as m
from kg.rdf.corrections import corrections, resolved, revision_quads, superseded_quads
from kg.resolve.corrections.applying import Corrected, apply
from kg.store import Store
from kg.store.base import put_under
from kg.store.upkeep.article import Local, own, subjects
from kg.vocabulary import Class, Graph, Outside, Property

_REMOVED, _ADDED = "D", "A"


def read_by_machine(store: Store, article: str) -> list[ox.Quad]:
    """The article's own graph as the machine made it."""
    graph = m.graph(article, store.base)
    quads = set(own(store, article))
    for row in _patch(store, article).splitlines():
        for triple in ox.parse(row[2:], format=ox.RdfFormat.N_TRIPLES):
            quad = ox.Quad(triple.subject, triple.predicate, triple.object, graph)
            (quads.add if row[0] == _REMOVED else quads.discard)(quad)
    return sorted(quads, key=str)


def _patch(store: Store, article: str) -> str:
    return _first(store.about(m.extraction(article, store.base), Graph.PROVENANCE), Property.SUPERSEDED) or ""


def _first(quads: Iterable[ox.Quad], prop: str) -> str | None:
    """The first value of a property, as text."""
    return next((q.object.value for q in quads if q.predicate.value == prop), None)  # type: ignore[union-attr]


def is_corrected(store: Store, article: str) -> bool:
    """Whether the article's graph is another than the machine made."""
    return bool(_patch(store, article))


def decided(store: Store, article: str) -> list[Correction]:
    """The corrections of an article: those made on it, and on other versions under its address."""
    node = m.article(article, store.base)
    url = _first(store.about(node, m.graph(article, store.base).value), Property.URL)
    return corrections(store, article, url, base=store.base)


def articles(store: Store, one: Correction) -> list[str]:
    """The stored articles that a correction is about: its own, or the version under its address now."""
    found = [one.article]
    if one.url:
        found += [m.article_id(iri) for iri in store.subjects(Property.URL, m.string(one.url))]
    return [a for a in dict.fromkeys(found) if a and store.holds(m.article(a, store.base), Class.ARTICLE)]


def machine(store: Store, article: str) -> Resolved | None:
    """The article as the machine read it."""
    return resolved(Local(read_by_machine(store, article)))


def outcome(store: Store, article: str) -> Corrected | None:
    """The article with its corrections, and what became of each; ``None`` where there is no such article."""
    read = machine(store, article)
    return apply(read, decided(store, article)) if read is not None else None


def correct(store: Store, article: str) -> bool:
    """Make the graph of an article what the machine read and persons corrected; whether that changed it. In a transaction;
    identity and comparisons follow when the article is integrated.
    """
    given = decided(store, article)
    if not given and not _patch(store, article):
        return False
    before = own(store, article)
    base = read_by_machine(store, article)
    read = resolved(Local(base))
    if read is None:
        return False
    done = apply(read, given)
    now = _graph(store, base, read, done.resolved)
    gone = {str(s) for s in subjects(before)} - {str(s) for s in subjects(now)}
    stale = [q for s in subjects(before) if str(s) in gone for q in store.about(s, Graph.ENTITIES)]
    stale = [q for q in stale if q.predicate.value not in (Property.REFERS_TO, Property.ALIKE)]
    people = {one.id: one.by for one in given}
    told = [
        *revision_quads(article, done.revised, done.rejected, people, store.base),
        *superseded_quads(article, _rows(base, now), store.base),
    ]
    store.apply(remove=[*stale, *_told(store, article, before, base)])
    store.replace_graph(m.graph(article, store.base).value, now)
    store.apply(add=told)
    return set(now) != set(before)


def _graph(store: Store, base: Sequence[ox.Quad], read: Resolved, now: Resolved) -> list[ox.Quad]:
    """The machine's graph without what is not so, and with what is so instead. What neither is about stays as it is, to the byte;
    what is not so is taken away also where an older graph says it and one of today implies it.
    """

    def quads(one: Resolved, whole: bool) -> set[ox.Quad]:
        return set(put_under(rdf.article_quads(one, whole=whole), store.base))

    was, becomes = quads(read, True), quads(now, True)
    left = {q.subject for q in was} - {q.subject for q in becomes}
    new = quads(now, False) - quads(read, False)
    return sorted(({q for q in base if q.subject not in left} - (was - becomes)) | new, key=str)


def _rows(base: Iterable[ox.Quad], now: Iterable[ox.Quad]) -> str:
    """The rows of the patch that leads from ``base`` to ``now``."""
    old, new = set(base), set(now)
    rows = [f"{_REMOVED} {q.triple} ." for q in old - new] + [f"{_ADDED} {q.triple} ." for q in new - old]
    return "\n".join(sorted(rows))


def _told(store: Store, article: str, before: Sequence[ox.Quad], base: Sequence[ox.Quad]) -> list[ox.Quad]:
    """What is told of corrections of this article."""
    props = {Outside.WAS_REVISION_OF, Outside.WAS_INFLUENCED_BY, Outside.WAS_ATTRIBUTED_TO, Outside.INVALIDATED_BY}
    nodes = {str(s): s for s in (*subjects(before), *subjects(base))}
    found = [q for s in nodes.values() for q in store.about(s, Graph.PROVENANCE) if q.predicate.value in props]
    kept = store.about(m.extraction(article, store.base), Graph.PROVENANCE)
    return found + [q for q in kept if q.predicate.value == Property.SUPERSEDED]


def forget(store: Store, article: str) -> None:
    """Take away what is told of corrections of an article that goes; the decisions stay."""
    store.apply(remove=_told(store, article, own(store, article), read_by_machine(store, article)))


__all__ = ["articles", "correct", "decided", "forget", "is_corrected", "machine", "outcome", "read_by_machine"]
