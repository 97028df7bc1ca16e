"""Statements that deny one another: those of a change are held against the stored ones that share an actor and enough words.

Under each pair of actor and word the index has the statements that hold it, period by period. A statement that must share so many of its words
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
_WORD_BITS = 28  # of the 64 of a key: an actor has fewer words than a store has actors
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
        db, sharp, places = self._db, _sharp(one), _places(one)
        self._crossing(places, compare.BUSY, opposed=True)
        number = db.execute(
            "INSERT INTO assertion(statement, article, data) VALUES(?, ?, ?)", (one.statement, one.article, packed)
        ).lastrowid
        db.executemany("INSERT OR IGNORE INTO asserted VALUES(?, ?, ?, ?)", [(*at, sharp, number) for at in places])
        columns = _columns(sharp)
        more = ", ".join(f"{column}={column}+1" for column in columns)
        db.executemany(
            f"INSERT INTO word(key, period, {', '.join(columns)}) VALUES(?, ?{', 1' * len(columns)}) "
            f"ON CONFLICT(key, period) DO UPDATE SET {more}",
            places,
        )

    def _leave(self, number: int, packed: bytes) -> None:
        db, one = self._db, decode(packed, Assertion)
        sharp, places = _sharp(one), _places(one)
        self._crossing(places, compare.BUSY + 1)
        db.executemany(
            "DELETE FROM asserted WHERE key=? AND period=? AND sharp=? AND assertion=?",
            [(*at, sharp, number) for at in places],
        )
        less = ", ".join(f"{column}={column}-1" for column in _columns(sharp))
        db.executemany(f"UPDATE word SET {less} WHERE key=? AND period=?", places)
        db.executemany("DELETE FROM word WHERE key=? AND period=? AND n<1", places)
        db.execute("DELETE FROM assertion WHERE id=?", (number,))

    def _crossing(self, places: Sequence[tuple[int, int]], size: int, *, opposed: bool = False) -> None:
        """Where one statement more or less decides whether a key still tells anything, all that it holds beside its period is looked at;
        where it becomes too busy, what is ``opposed`` to something by now.
        """
        keys, periods = ([*dict.fromkeys(of)] for of in zip(*places, strict=True))
        rows = self._db.execute(
            f"SELECT key, period FROM word WHERE key IN {_GIVEN} AND period IN {_GIVEN} AND n=?",
            (json.dumps(keys), json.dumps(periods), size),
        )
        only = "AND EXISTS (SELECT 1 FROM denial WHERE a=statement OR b=statement)" if opposed else ""
        for key, period in set(rows) & set(places):
            beside = self._db.execute(
                f"SELECT statement, period FROM asserted JOIN assertion ON assertion=id WHERE key=? AND sharp>0 {only}",
                (key,),
            )
            self._again.update(s for s, other in beside if compare.beside(period, other))

    def _held(self, keys: Iterable[int], periods: set[int]) -> dict[int, dict[int, list[int]]]:
        """How many statements each key holds in each period beside these, and how many of them are sharp in each way; what holds none
        is left out.
        """
        only = ""
        if compare.UNDATED not in periods:
            near = {period + d for period in periods for d in (-1, 0, 1)} | {compare.UNDATED}
            only = f"AND period IN ({', '.join(map(str, sorted(near)))})"
        rows = self._db.execute(
            f"SELECT key, period, n, {', '.join(_COUNTED)} FROM word WHERE key IN {_GIVEN} {only}",
            (json.dumps([*keys]),),
        )
        held: dict[int, dict[int, list[int]]] = {}
        for key, period, *counts in rows:
            held.setdefault(key, {})[period] = counts
        return held

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
        for other, sharp in self._others(mine):
            theirs = self._reading(other, sharp)
            if theirs is None or theirs.at.statement == statement:
                continue
            if theirs.at.statement in self._again and theirs.at.statement < statement:
                continue
            found = compare.opposed(mine, theirs)
            if found is not None:
                yield found

    def _others(self, mine: compare.Reading) -> set[tuple[int, int]]:
        """The statements that this one may oppose or be opposed by, each with in what ways it is sharp."""
        keys, searches = compare.denial_keys(mine.at), compare.searches(mine)
        hashes = {key: _hashed(key) for key in set(keys).union(*(search.holds for search in searches))}
        counts = self._held(hashes.values(), set(keys.values()))
        held = {key: counts.get(hashed, {}) for key, hashed in hashes.items()}
        numbers = {key: {period: number for period, (number, *_) in held[key].items()} for key in keys}
        found: set[tuple[int, int]] = set()
        for period, told in compare.telling(keys, numbers):
            for search in searches:
                if search.holds and not any(period in held[key] for key in search.holds):
                    continue
                at = _AT[search.sharp]
                for rare, least in compare.looks(told, mine, search):
                    places = [hashes[key] for key in rare if held[key][period][at]]
                    if len(places) >= least:
                        found.update(self._under(places, period, search.sharp, least))
        return found

    def _under(self, keys: Sequence[int], period: int, way: compare.Sharp, least: int) -> Iterator[tuple[int, int]]:
        """The statements of a period that are sharp in one of these ways and that so many of the keys hold."""
        ways = _WAYS[way]
        only = "" if len(ways) == len(_WAYS[0]) else f"AND sharp IN ({', '.join(map(str, sorted(ways)))})"
        return self._db.execute(
            f"SELECT assertion, sharp FROM asserted WHERE key IN {_GIVEN} AND period=? {only} GROUP BY assertion HAVING count(*)>=?",
            (json.dumps(keys), period, least),
        )

    def _read(self, number: int, sharp: int | None = None) -> compare.Reading | None:
        (packed,) = self._db.execute("SELECT data FROM assertion WHERE id=?", (number,)).fetchone()
        return compare.reading(decode(packed, Assertion), sharp=None if sharp is None else compare.Sharp(sharp))


_ALL = range(sum(compare.Sharp) + 1)
# The values of "sharp" that hold one of these ways; 0 asks for none.
_WAYS: Mapping[int, frozenset[int]] = {way: frozenset(s for s in _ALL if not way or s & way) for way in _ALL}


_COUNTED = [str(way.name).lower() for way in compare.Sharp]
# Where the row of a word counts the statements that are sharp in one way, and all of them.
_AT = {compare.Sharp(0): 0} | {way: at for at, way in enumerate(compare.Sharp, 1)}


def _columns(sharp: int) -> list[str]:
    """The columns that count a statement."""
    return ["n", *(name for way, name in zip(compare.Sharp, _COUNTED, strict=True) if sharp & way)]


def _sharp(one: Assertion) -> int:
    read = compare.reading(one)
    return int(read.sharp) if read is not None else 0


def _places(one: Assertion) -> list[tuple[int, int]]:
    """Where a statement stands: its keys as numbers, each with its period."""
    return sorted((_hashed(key), period) for key, period in compare.denial_keys(one).items())


def _hashed(key: tuple[str, str]) -> int:
    """A key as a number, those of one actor beside one another; two that share one by chance cost a look and change nothing."""
    actor, word = key
    return (_number(actor) >> _WORD_BITS << _WORD_BITS) | (_number(word) & ((1 << _WORD_BITS) - 1))


@lru_cache(maxsize=_KEPT)
def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), signed=True)
