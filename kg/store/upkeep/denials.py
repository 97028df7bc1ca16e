"""Statements that deny one another: those of a change are held against the stored ones that share an actor and enough words.

Under each pair of actor and word the index has the statements that hold it. A statement that must share so many of its words
with another is looked for under its rarest ones alone: of n words any n - k + 1 hold one of k that are shared.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b

import pyoxigraph as ox

from kg import compare, rdf
from kg.model import Assertion, Comparison, digest
from kg.rdf import minting as m
from kg.store import Store
from kg.store.base import under
from kg.store.upkeep.encoding import decode, encode
from kg.store.upkeep.index import Index
from kg.vocabulary import Graph

_GIVEN = "(SELECT value FROM json_each(?))"  # any number of keys in one question
_KEPT = 50_000  # statements that are held decoded: a batch meets the same ones again and again


class Opposed:
    """Gathers the statements that came and went, then brings their comparisons up to date."""

    def __init__(self, store: Store, index: Index) -> None:
        self._store, self._db = store, index.db
        self._again: set[str] = set()  # statements to compare anew
        self._reading = lru_cache(_KEPT)(self._read)

    def learn(self, article: str, assertions: Iterable[Assertion]) -> None:
        """Put the statements of an article in the place of those that were known of it."""
        rows = self._db.execute("SELECT statement, id, data FROM assertion WHERE article=?", (article,))
        before = {statement: (number, data) for statement, number, data in rows}
        now = {a.statement: a for a in assertions if compare.denial_keys(a)}
        for statement in sorted(before.keys() | now.keys()):
            packed = encode(now[statement]) if statement in now else None
            if statement in before and before[statement][1] == packed:
                continue
            self._again.add(statement)
            if statement in before:
                self._leave(*before[statement])
            if packed is not None:
                self._enter(now[statement], packed)

    def _enter(self, one: Assertion, packed: bytes) -> None:
        db, sharp, keys = self._db, _sharp(one), [_hashed(k) for k in sorted(compare.denial_keys(one))]
        self._crossing(keys, compare.BUSY)
        number = db.execute(
            "INSERT INTO assertion(statement, article, data) VALUES(?, ?, ?)", (one.statement, one.article, packed)
        ).lastrowid
        db.executemany("INSERT OR IGNORE INTO asserted VALUES(?, ?, ?)", [(k, sharp, number) for k in keys])
        db.executemany(
            "INSERT INTO word VALUES(?, 1, ?) ON CONFLICT(key) DO UPDATE SET n=n+1, sharp=sharp+excluded.sharp",
            [(k, sharp > 0) for k in keys],
        )

    def _leave(self, number: int, packed: bytes) -> None:
        db, one = self._db, decode(packed, Assertion)
        sharp, keys = _sharp(one), [_hashed(k) for k in sorted(compare.denial_keys(one))]
        self._crossing(keys, compare.BUSY + 1)
        db.executemany(
            "DELETE FROM asserted WHERE key=? AND sharp=? AND assertion=?", [(k, sharp, number) for k in keys]
        )
        db.executemany("UPDATE word SET n=n-1, sharp=sharp-? WHERE key=?", [(sharp > 0, k) for k in keys])
        db.executemany("DELETE FROM word WHERE key=? AND n<1", [(k,) for k in keys])
        db.execute("DELETE FROM assertion WHERE id=?", (number,))

    def _crossing(self, keys: Iterable[int], size: int) -> None:
        """Where one statement more or less decides whether a key still tells anything, all that it holds is looked at."""
        for key, (number, _) in self._held(keys).items():
            if number == size:
                rows = self._db.execute(
                    "SELECT statement FROM asserted JOIN assertion ON assertion=id WHERE key=? AND sharp>0", (key,)
                )
                self._again.update(s for (s,) in rows)

    def _held(self, keys: Iterable[int]) -> dict[int, tuple[int, int]]:
        """How many statements each key holds, and how many of them are sharp; keys that hold none are left out."""
        rows = self._db.execute(f"SELECT key, n, sharp FROM word WHERE key IN {_GIVEN}", (json.dumps([*keys]),))
        return {key: (number, sharp) for key, number, sharp in rows}

    def finish(self) -> None:
        """Compare what came and went, and write what differs."""
        add: list[ox.Quad] = []
        remove: list[ox.Quad] = []
        before: dict[str, str] = {}
        now: dict[str, tuple[str, str, list[ox.Quad]]] = {}
        for statement in sorted(self._again):
            rows = self._db.execute("SELECT iri, data FROM denial WHERE a=? OR b=?", (statement, statement))
            before.update(rows.fetchall())
            for found in self._found(statement):
                quads = list(rdf.comparison_quads([found]))
                now[str(quads[0].subject.value)] = (found.left_statement, found.right_statement, quads)  # type: ignore[union-attr]
        for iri in sorted(before.keys() | now.keys()):
            text = digest(*map(str, now[iri][2])) if iri in now else None
            if text == before.get(iri):
                continue
            remove += self._store.about(m.node(under(iri, self._store.base)), Graph.COMPARISONS)
            self._db.execute("DELETE FROM denial WHERE iri=?", (iri,))
            if iri in now:
                a, b, quads = now[iri]
                add += quads
                self._db.execute("INSERT INTO denial VALUES(?, ?, ?, ?)", (iri, a, b, text))
        self._store.apply(add=add, remove=remove)

    def _found(self, statement: str) -> Iterable[Comparison]:
        """What a statement is opposed to; of two that came, the first in order tells."""
        row = self._db.execute("SELECT id FROM assertion WHERE statement=?", (statement,)).fetchone()
        mine = self._reading(row[0]) if row else None
        if mine is None:
            return
        for other in self._others(mine):
            theirs = self._reading(other)
            if theirs is None or theirs.at.statement == statement:
                continue
            if theirs.at.statement in self._again and theirs.at.statement < statement:
                continue
            found = compare.opposed(mine, theirs)
            if found is not None:
                yield found

    def _others(self, mine: compare.Reading) -> set[int]:
        """The statements that this one may oppose or be opposed by."""
        hashes = {key: _hashed(key) for key in compare.denial_keys(mine.at)}
        counts = self._held(hashes.values())
        held = {key: counts.get(hashed, (0, 0)) for key, hashed in hashes.items()}
        numbers = {key: number for key, (number, _) in held.items()}
        found: set[int] = set()
        for search in compare.searches(mine):
            for keys, least in compare.looks(numbers, mine, search):
                places = [hashes[key] for key in keys if held[key][1] or not search.sharp]
                found.update(self._under(places, search.sharp, least))
        return found

    def _under(self, places: Sequence[int], way: compare.Sharp, least: int) -> Iterator[int]:
        """The statements that are sharp in one of these ways and that so many of the keys hold."""
        ways = _WAYS[way]
        only = "" if len(ways) == len(_WAYS[0]) else f"AND sharp IN ({', '.join(map(str, sorted(ways)))})"
        rows = self._db.execute(
            f"SELECT assertion FROM asserted WHERE key IN {_GIVEN} {only} GROUP BY assertion HAVING count(*)>=?",
            (json.dumps(places), least),
        )
        return (s for (s,) in rows)

    def _read(self, number: int) -> compare.Reading | None:
        (packed,) = self._db.execute("SELECT data FROM assertion WHERE id=?", (number,)).fetchone()
        return compare.reading(decode(packed, Assertion))


_ALL = range(sum(compare.Sharp) + 1)
# The values of "sharp" that hold one of these ways; 0 asks for none.
_WAYS: Mapping[int, frozenset[int]] = {way: frozenset(s for s in _ALL if not way or s & way) for way in _ALL}


def _sharp(one: Assertion) -> int:
    read = compare.reading(one)
    return int(read.sharp) if read is not None else 0


@lru_cache(maxsize=_KEPT)  # of each statement twice: when it comes, and when it is compared
def _hashed(key: tuple[str, str]) -> int:
    """A key as a number; two that share one by chance cost a look and change nothing."""
    text = json.dumps(key, ensure_ascii=False).encode()
    return int.from_bytes(blake2b(text, digest_size=8).digest(), signed=True)
