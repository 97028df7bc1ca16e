"""Comparisons of the figures and statements that a change touches; all others stay as they are."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

import pyoxigraph as ox

from kg import compare, rdf
from kg.model import Assertion, Claim, Comparison
from kg.pipeline.codec import decode
from kg.pipeline.lines import Lines
from kg.pipeline.local import own, whole
from kg.pipeline.opposed import Opposed
from kg.rdf import minting as m
from kg.resolve.index import Index
from kg.store import Store
from kg.vocabulary import Class, Graph, Property


def update(store: Store, index: Index, articles: Iterable[str], removed: Iterable[str]) -> None:
    """Read figures and statements of ``articles`` anew, forget those of ``removed``, and compare where they are."""
    db = index.db
    again, gone = set(articles), set(removed)
    quads = {article: own(store, article) for article in sorted(again)}
    again |= _speakers(store, index, quads, gone)
    inside: set[str] = set()
    opposed, lines = Opposed(store, index), Lines(index)
    for article in sorted(again | gone):
        claims: list[Claim] = []
        assertions: list[Assertion] = []
        if article not in gone:
            local = whole(store, quads.get(article) or own(store, article), _spoke(index, article))
            claims, assertions = rdf.claims(local), rdf.assertions(local)
        opposed.learn(article, assertions)
        # Where an article says what it said before, what was compared with it stays.
        if lines.replace(article, claims):
            inside.add(article)
    add: list[ox.Quad] = []
    remove: list[ox.Quad] = []
    for figure in sorted(lines.finish()):
        _write(store, index, figure, lines.compare(figure), add, remove)
    for article in sorted(inside):
        rows = db.execute("SELECT data FROM claim WHERE article=? ORDER BY figure", (article,))
        found = compare.sub_totals([decode(d, Claim) for (d,) in rows])
        _write(store, index, f"article {article}", found, add, remove)
    store.apply(add=add, remove=remove)
    opposed.finish()


def _write(
    store: Store, index: Index, of: str, found: Iterable[Comparison], add: list[ox.Quad], remove: list[ox.Quad]
) -> None:
    """Note the comparisons ``of`` a figure with earlier ones, or of an article's totals with their parts: what is new and what is gone."""
    db = index.db
    before = dict(db.execute("SELECT iri, data FROM compared WHERE later=?", (of,)).fetchall())
    now: dict[str, tuple[str, list[ox.Quad]]] = {}
    for comparison in found:
        made = list(rdf.comparison_quads([comparison]))
        now[str(made[0].subject.value)] = (json.dumps([str(q) for q in made]), made)  # type: ignore[union-attr]
    for iri in before.keys() | now.keys():
        if iri in now and before.get(iri) == now[iri][0]:
            continue
        remove += store.about(m.node(iri), Graph.COMPARISONS)
        db.execute("DELETE FROM compared WHERE later=? AND iri=?", (of, iri))
        if iri in now:
            add += now[iri][1]
            db.execute("INSERT INTO compared VALUES(?, ?, ?)", (of, iri, now[iri][0]))


# ── the bodies that speakers have spoken for ───────────────────────────────────────────────────────────────────────


def _speakers(store: Store, index: Index, quads: dict[str, list[ox.Quad]], gone: set[str]) -> set[str]:
    """Count anew for which bodies the speakers of these articles speak; the articles where that makes a difference."""
    db = index.db
    differ: set[str] = set()
    for article in sorted(quads.keys() | gone):
        before = {
            (s, b): n for s, b, n in db.execute("SELECT speaker, body, n FROM spoke_in WHERE article=?", (article,))
        }
        now = _bodies(store, quads.get(article, ())) if article not in gone else Counter()
        for pair in before.keys() | now.keys():
            by = now.get(pair, 0) - before.get(pair, 0)
            if by == 0:
                continue
            db.execute("DELETE FROM spoke_in WHERE article=? AND speaker=? AND body=?", (article, *pair))
            if now.get(pair):
                db.execute("INSERT INTO spoke_in VALUES(?, ?, ?, ?)", (article, *pair, now[pair]))
            row = db.execute("SELECT n FROM spoke WHERE speaker=? AND body=?", pair).fetchone()
            total = (row[0] if row else 0) + by
            db.execute("INSERT OR REPLACE INTO spoke VALUES(?, ?, ?)", (*pair, total))
            if total == 0:
                db.execute("DELETE FROM spoke WHERE speaker=? AND body=?", pair)
            if (row is None) != (total == 0):
                differ.add(pair[0])
    found: set[str] = set()
    for speaker in differ:
        found.update(a for (a,) in db.execute("SELECT DISTINCT article FROM claim WHERE speaker=?", (speaker,)))
    return found


def _bodies(store: Store, quads: Iterable[ox.Quad]) -> Counter[tuple[str, str]]:
    out: Counter[tuple[str, str]] = Counter()
    statement = m.node(Class.STATEMENT)
    for quad in quads:
        if quad.object != statement or not isinstance(quad.subject, ox.NamedNode):
            continue
        more = store.about(quad.subject, Graph.ENTITIES)
        speakers = [q.object.value for q in more if q.predicate.value == Property.SPEAKER]  # type: ignore[union-attr]
        bodies = [q.object.value for q in more if q.predicate.value == Property.ON_BEHALF_OF]  # type: ignore[union-attr]
        out.update((s, b) for s in speakers for b in bodies)
    return out


def _spoke(index: Index, article: str) -> list[tuple[str, str]]:
    """The speakers of an article with all bodies that they spoke for anywhere."""
    speakers = [s for (s,) in index.db.execute("SELECT DISTINCT speaker FROM spoke_in WHERE article=?", (article,))]
    return [
        (s, b)
        for s in speakers
        for (b,) in index.db.execute("SELECT body FROM spoke WHERE speaker=? ORDER BY body", (s,))
    ]


__all__ = ["Claim", "update"]
