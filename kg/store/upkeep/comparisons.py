"""Comparisons of the figures and statements that a change touches; all others stay as they are."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping

import pyoxigraph as ox

from kg import compare, rdf
from kg.compare import affairs
from kg.model import Assertion, Claim, Comparison, CountJudgement, Coverage, Doubt, Identity, digest
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
    _figures(store, index, lines, inside, gone)
    opposed.finish()


def _figures(store: Store, index: Index, lines: Lines, inside: set[str], gone: set[str]) -> None:
    """Compare the figures that a change touches, and those of which persons say something else; ``inside`` are the articles whose figures
    are others than before.
    """
    db = index.db
    add: list[ox.Quad] = []
    remove: list[ox.Quad] = []
    said = {(f"{store.base}{j.left}", f"{store.base}{j.right}"): j for j in rdf.count_decisions(store)}
    other = _judged_anew(db, said)
    together = {frozenset(pair) for pair in said}
    for figure in sorted(lines.finish() | {figure for pair in other for figure in pair}):
        found, doubts = lines.compare(figure, together)
        _write(store, index, figure, found, add, remove)
        _doubt(db, figure, doubts)
    for pair in sorted(other | {p for p in said if any(m.article_id(f) in inside | gone for f in p)}):
        same = pair in said and said[pair].verdict is Identity.SAME
        _write(store, index, " ".join(pair), lines.counting_the_same(pair, said[pair].by) if same else (), add, remove)
    for article in sorted(inside):
        _write(store, index, f"article {article}", compare.sub_totals(known(db, article)), add, remove)
    store.apply(add=add, remove=remove)


def _judged_anew(db: sqlite3.Connection, said: Mapping[tuple[str, str], CountJudgement]) -> set[tuple[str, str]]:
    """The pairs of figures of which persons say something else than when this was last asked."""
    row = db.execute("SELECT value FROM meta WHERE key='counted'").fetchone()
    before = {(a, b): (verdict, by) for a, b, verdict, by in json.loads(row[0])} if row else {}
    now = {pair: (j.verdict.value, j.by) for pair, j in said.items()}
    db.execute(
        "INSERT OR REPLACE INTO meta VALUES('counted', ?)", (json.dumps([[*p, *w] for p, w in sorted(now.items())]),)
    )
    return {pair for pair in before.keys() | now.keys() if before.get(pair) != now.get(pair)}


def _doubt(db: sqlite3.Connection, figure: str, found: Iterable[Doubt]) -> None:
    """Note what nobody knows of a figure and earlier ones."""
    db.execute("DELETE FROM doubt WHERE later=?", (figure,))
    rows = [(figure, d.left, d.right, d.verdict.value, d.reason) for d in found]
    db.executemany("INSERT OR REPLACE INTO doubt VALUES(?, ?, ?, ?, ?)", rows)


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
