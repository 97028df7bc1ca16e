"""Statements that deny one another: those of a change are held against the stored ones that share an actor and a word."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from kg import compare, rdf
from kg.model import Assertion
from kg.rdf import minting as m
from kg.store import Store
from kg.store.base import under
from kg.store.upkeep.encoding import decode, encode
from kg.store.upkeep.index import Index
from kg.vocabulary import Graph


class Opposed:
    """Gathers the statements that came and went, then brings their comparisons up to date."""

    def __init__(self, store: Store, index: Index) -> None:
        self._store, self._db = store, index.db
        self._again: set[str] = set()  # statements to compare anew

    def learn(self, article: str, assertions: Iterable[Assertion]) -> None:
        """Put the statements of an article in the place of those that were known of it."""
        db = self._db
        before = dict(db.execute("SELECT statement, data FROM assertion WHERE article=?", (article,)).fetchall())
        now = {a.statement: a for a in assertions if compare.denial_keys(a)}
        for statement in sorted(before.keys() | now.keys()):
            if statement in now and before.get(statement) == encode(now[statement]):
                continue
            self._again.add(statement)
            if statement in before:
                rows = db.execute("SELECT key, sharp FROM asserted WHERE statement=?", (statement,)).fetchall()
                self._crossing([k for k, _ in rows], compare.BUSY + 1)
                db.execute("DELETE FROM asserted WHERE statement=?", (statement,))
                db.executemany("UPDATE word SET n=n-1, sharp=sharp-? WHERE key=?", [(s, k) for k, s in rows])
                db.executemany("DELETE FROM word WHERE key=? AND n<1", [(k,) for k, _ in rows])
                db.execute("DELETE FROM assertion WHERE statement=?", (statement,))
            if statement in now:
                one = now[statement]
                keys = [json.dumps(k, ensure_ascii=False) for k in sorted(compare.denial_keys(one))]
                self._crossing(keys, compare.BUSY)
                db.execute("INSERT INTO assertion VALUES(?, ?, ?)", (statement, article, encode(one)))
                sharp = compare.sharp(one)
                db.executemany("INSERT INTO asserted VALUES(?, ?, ?)", [(k, sharp, statement) for k in keys])
                db.executemany(
                    "INSERT INTO word VALUES(?, 1, ?) ON CONFLICT(key) DO UPDATE SET n=n+1, sharp=sharp+excluded.sharp",
                    [(k, sharp) for k in keys],
                )

    def _crossing(self, keys: Iterable[str], size: int) -> None:
        """Where one statement more or less decides whether a key still tells anything, all that it holds is looked at."""
        for key in keys:
            if self._held(key)[0] == size:
                rows = self._db.execute("SELECT statement FROM asserted WHERE key=? AND sharp=1", (key,))
                self._again.update(s for (s,) in rows)

    def _held(self, key: str) -> tuple[int, int]:
        """How many statements a key holds, and how many of them are sharp."""
        return self._db.execute("SELECT n, sharp FROM word WHERE key=?", (key,)).fetchone() or (0, 0)

    def finish(self) -> None:
        """Compare what came and went, and write what differs."""
        add: list[ox.Quad] = []
        remove: list[ox.Quad] = []
        before: dict[str, str] = {}
        now: dict[str, tuple[str, str, list[ox.Quad]]] = {}
        for statement in sorted(self._again):
            rows = self._db.execute("SELECT iri, data FROM denial WHERE a=? OR b=?", (statement, statement))
            before.update(rows.fetchall())
            mine = self._read(statement)
            if mine is None:
                continue
            for other in self._others(statement):
                theirs = self._read(other)
                if theirs is None or (other in self._again and other < statement):
                    continue
                for found in compare.denials([mine, theirs]):
                    quads = list(rdf.comparison_quads([found]))
                    now[str(quads[0].subject.value)] = (statement, other, quads)  # type: ignore[union-attr]
        for iri in sorted(before.keys() | now.keys()):
            text = json.dumps([str(q) for q in now[iri][2]]) if iri in now else None
            if text == before.get(iri):
                continue
            remove += self._store.about(m.node(under(iri, self._store.base)), Graph.COMPARISONS)
            self._db.execute("DELETE FROM denial WHERE iri=?", (iri,))
            if iri in now:
                a, b, quads = now[iri]
                add += quads
                self._db.execute("INSERT INTO denial VALUES(?, ?, ?, ?)", (iri, a, b, text))
        self._store.apply(add=add, remove=remove)

    def _others(self, statement: str) -> Sequence[str]:
        """The statements that share a key which tells something with this one; one of the two is sharp."""
        found: set[str] = set()
        mine = self._db.execute("SELECT key, sharp FROM asserted WHERE statement=?", (statement,)).fetchall()
        for key, sharp in mine:
            held, sharp_ones = self._held(key)
            if held > compare.BUSY or not sharp_ones:
                continue
            only = "" if sharp else "AND sharp=1"
            found.update(s for (s,) in self._db.execute(f"SELECT statement FROM asserted WHERE key=? {only}", (key,)))
        found.discard(statement)
        return sorted(found)

    def _read(self, statement: str) -> Assertion | None:
        row = self._db.execute("SELECT data FROM assertion WHERE statement=?", (statement,)).fetchone()
        return decode(row[0], Assertion) if row else None
