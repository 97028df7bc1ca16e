"""Comparisons of the figures and statements that a change touches; all others stay as they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

import pyoxigraph as ox

from kg import compare, rdf
from kg.compare import affairs
from kg.model import Assertion, Claim, Comparison, Coverage, digest
from kg.rdf import minting as m
from kg.store import Store
from kg.store.base import put_under, under
from kg.store.upkeep.affairs import Affairs, affair_of
from kg.store.upkeep.article import Local, whole
from kg.store.upkeep.denials import Opposed
from kg.store.upkeep.encoding import decode
from kg.store.upkeep.index import Index
from kg.store.upkeep.series import Lines
from kg.vocabulary import Graph, Property


def update(
    store: Store, index: Index, articles: Iterable[str], removed: Iterable[str], read: Callable[[str], Local]
) -> None:
    """Read figures and statements of ``articles`` anew, forget those of ``removed``, and compare where they are. ``read``
    gives an article's own graph.
    """
    db = index.db
    again, gone = set(articles), set(removed)
    inside: set[str] = set()
    opposed, lines, kept = Opposed(store, index), Lines(index), Affairs(index)
    told: dict[str, list[Claim]] = {}
    for article in sorted(again | gone):
        told[article] = []
        assertions: list[Assertion] = []
        covers: Coverage | None = None
        if article not in gone:
            local = whole(store, read(article).quads)
            told[article], assertions = rdf.claims(local), rdf.assertions(local)
            covers = next((affairs.coverage(c) for c in rdf.covered(local)), None)
        opposed.learn(article, assertions)
        kept.replace(article, covers)
    moved = kept.finish()
    _tell(store, index, kept.changed)
    for article in sorted(moved | told.keys()):
        claims = told[article] if article in told else known(db, article)
        # Where an article says what it said before of the same affair, what was compared with it stays.
        if lines.replace(article, [kept.placed(c) for c in claims]):
            inside.add(article)
    add: list[ox.Quad] = []
    remove: list[ox.Quad] = []
    for figure in sorted(lines.finish()):
        _write(store, index, figure, lines.compare(figure), add, remove)
    for article in sorted(inside):
        _write(store, index, f"article {article}", compare.sub_totals(known(db, article)), add, remove)
    store.apply(add=add, remove=remove)
    opposed.finish()


def _tell(store: Store, index: Index, changed: Iterable[str]) -> None:
    """Write the affairs that became others, or came or went."""
    before: set[ox.Quad] = set()
    now: set[ox.Quad] = set()
    for one in sorted(changed):
        affair, node = affair_of(index, one), m.affair(one, store.base)
        before.update(store.about(node, Graph.COMPARISONS), store.holding(Property.IN_AFFAIR, node, Graph.COMPARISONS))
        now.update(put_under(rdf.affair_quads(affair), store.base) if affair is not None else ())
    store.apply(add=now - before, remove=before - now)


def known(db: sqlite3.Connection, article: str) -> list[Claim]:
    """The figures of an article as the index holds them."""
    rows = db.execute("SELECT data FROM claim WHERE article=? ORDER BY figure", (article,))
    return [decode(data, Claim) for (data,) in rows]


def _write(
    store: Store, index: Index, of: str, found: Iterable[Comparison], add: list[ox.Quad], remove: list[ox.Quad]
) -> None:
    """Note the comparisons ``of`` a figure with earlier ones, or of an article's totals with their parts: what is new and what is gone."""
    db = index.db
    before = dict(db.execute("SELECT iri, data FROM compared WHERE later=?", (of,)).fetchall())
    now: dict[str, tuple[str, list[ox.Quad]]] = {}
    for comparison in found:
        made = list(rdf.comparison_quads([comparison]))
        now[str(made[0].subject.value)] = (digest(*map(str, made)), made)  # type: ignore[union-attr]
    for iri in before.keys() | now.keys():
        if iri in now and before.get(iri) == now[iri][0]:
            continue
        remove += store.about(m.node(under(iri, store.base)), Graph.COMPARISONS)
        db.execute("DELETE FROM compared WHERE later=? AND iri=?", (of, iri))
        if iri in now:
            add += now[iri][1]
            db.execute("INSERT INTO compared VALUES(?, ?, ?)", (of, iri, now[iri][0]))


__all__ = ["Claim", "update"]
