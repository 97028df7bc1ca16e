"""The figures of each group in order of time, kept in the index: what a change of figures touches, and nothing else, is
compared anew. The same rules as in :func:`kg.compare.among`, which holds all figures of a group at once.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg import compare
from kg.compare import dates
from kg.model import Claim, Comparison, Doubt, Verdict
from kg.store import Store
from kg.store.upkeep.encoding import decode, encode
from kg.store.upkeep.index import Index


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as the index holds it: its group ("" where it is never compared), what makes it a repetition of another (``said``:
    source, comparator and values; ``at``: date; ``val``: values alone), its place in time, and the claim, encoded.
    """

    figure: str
    article: str
    grp: str
    speaker: str | None
    data: bytes
    said: str
    at: str
    val: str
    author: bool
    ord: float


_COLUMNS = "figure, article, grp, speaker, data, said, at, val, author, ord"
# Whether one partial date holds the other (compare.meets), so that an index on "at" serves.
_MEETS = "(:at='' OR at IN ('', :at, :month, :year) OR (at>=:at AND at<:end))"


def row_of(claim: Claim) -> Row:
    block = compare.block(claim)
    values = compare.repeated(claim)
    return Row(
        claim.figure, claim.article, json.dumps(block, ensure_ascii=False) if block is not None else "", claim.speaker,
        encode(claim), json.dumps([claim.speaker or claim.statement, claim.comparator.value, *values]),
        dates.when(claim) or "", json.dumps(values), claim.author, dates.order(claim)[0],
    )  # fmt: skip


class Lines:
    """Gathers the figures that came, went and changed; :meth:`finish` says which figures to compare anew."""

    def __init__(self, index: Index) -> None:
        self._db = index.db
        self._claim = lru_cache(maxsize=4096)(self._held)  # asked for once all are as they are to be
        self._old: list[Row] = []
        self._new: list[Row] = []

    def replace(self, article: str, claims: Iterable[Claim]) -> bool:
        """Put the figures of an article in the place of those that were known of it; whether anything is different."""
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM claim WHERE article=?", (article,)).fetchall()
        before = {row[0]: _read(row) for row in rows}
        now = {claim.figure: row_of(claim) for claim in claims}
        differ = sorted(f for f in before.keys() | now.keys() if before.get(f) != now.get(f))
        for figure in differ:
            if figure in before:
                self._old.append(before[figure])
                self._db.execute("DELETE FROM claim WHERE figure=?", (figure,))
            if figure in now:
                r = now[figure]
                self._new.append(r)
                self._db.execute(
                    f"INSERT INTO claim({_COLUMNS}, alive) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
                    (r.figure, r.article, r.grp, r.speaker, r.data, r.said, r.at, r.val, r.author, r.ord),
                )
        return bool(differ)

    def finish(self) -> set[str]:
        """Bring the lines up to date; the figures whose earlier neighbours are others than before."""
        changed = {r.figure for r in (*self._old, *self._new)}
        alive = {r.figure: self._stays(r) for r in self._new}
        for other in sorted((self._repeats(self._old, alive=False) | self._repeats(self._new, alive=True)) - changed):
            row = self._db.execute(f"SELECT {_COLUMNS}, alive FROM claim WHERE figure=?", (other,)).fetchone()
            stays = self._stays(_read(row))
            if stays != bool(row[10]):
                alive[other] = stays
                changed.add(other)
        touched = set(changed)
        for figure in sorted(changed):
            touched |= self._behind(figure)
        self._db.executemany("DELETE FROM lane WHERE figure=?", [(figure,) for figure in sorted(changed)])
        for figure, stays in sorted(alive.items()):
            self._db.execute("UPDATE claim SET alive=? WHERE figure=?", (stays, figure))
            if stays:
                grp, data, ord_ = self._db.execute(
                    "SELECT grp, data, ord FROM claim WHERE figure=?", (figure,)
                ).fetchone()
                claim = decode(data, Claim)
                self._db.executemany(
                    "INSERT INTO lane VALUES(?, ?, ?, ?)",
                    [(grp, lane, ord_, figure) for lane in compare.lanes(claim)],
                )
        for figure in sorted(alive):
            touched |= self._behind(figure)
        return touched

    def compare(self, figure: str, judged: Collection[frozenset[str]] = ()) -> tuple[list[Comparison], list[Doubt]]:
        """The comparisons of a figure with its earlier neighbours, and the doubts; none for one that is gone or only repeats another.
        Pairs that persons have ``judged`` on are left out.
        """
        row = self._db.execute("SELECT grp, ord FROM claim WHERE figure=? AND alive", (figure,)).fetchone()
        if row is None:
            return [], []
        grp, ord_ = row
        later = self._claim(figure)
        near: set[tuple[float, str]] = set()
        for lane in compare.lanes(later):
            found = self._db.execute(
                "SELECT ord, figure FROM lane WHERE grp=? AND place=? AND (ord, figure) < (?, ?) "
                "ORDER BY ord DESC, figure DESC LIMIT ?",
                (grp, lane, ord_, figure, compare.NEAREST),
            )
            near.update((o, f) for o, f in found)
        return compare.weigh(later, [self._claim(f) for _, f in sorted(near)], judged)

    def counting_the_same(self, pair: tuple[str, str], by: str) -> list[Comparison]:
        """The comparison of two figures that a person judged to count the same, where both are there."""
        rows = [self._db.execute("SELECT data FROM claim WHERE figure=?", (figure,)).fetchone() for figure in pair]
        if None in rows:
            return []
        one, other = (decode(data, Claim) for (data,) in rows)
        found = compare.judged(one, other, by)
        return [found] if found is not None else []

    def _held(self, figure: str) -> Claim:
        return decode(self._db.execute("SELECT data FROM claim WHERE figure=?", (figure,)).fetchone()[0], Claim)

    def _behind(self, figure: str) -> set[str]:
        """The later neighbours of a figure."""
        out: set[str] = set()
        lanes = self._db.execute("SELECT grp, place, ord FROM lane WHERE figure=?", (figure,)).fetchall()
        for grp, lane, ord_ in lanes:
            found = self._db.execute(
                "SELECT figure FROM lane WHERE grp=? AND place=? AND (ord, figure) > (?, ?) ORDER BY ord, figure LIMIT ?",
                (grp, lane, ord_, figure, compare.NEAREST),
            )
            out.update(f for (f,) in found)
        return out

    # ── repetitions (compare.once) ──

    def _stays(self, r: Row) -> bool:
        """Whether a figure repeats none: no earlier one of its source, and not one that others are quoted with."""
        if not r.grp:
            return False
        repeated = f"SELECT 1 FROM claim WHERE grp=:grp AND said=:said AND {_MEETS} AND (ord, figure) < (:ord, :figure) LIMIT 1"
        if self._db.execute(repeated, _given(r)).fetchone():
            return False
        quoted = (
            f"SELECT 1 FROM claim WHERE grp=:grp AND val=:val AND author=0 AND (article=:article OR {_MEETS}) LIMIT 1"
        )
        return not (r.author and self._db.execute(quoted, _given(r)).fetchone())

    def _repeats(self, rows: Iterable[Row], *, alive: bool) -> set[str]:
        """The figures that may stand or fall with these: of each source and date the first, the others repeat it anyway."""
        out: set[str] = set()
        first = "GROUP BY said, at"
        for r in rows:
            if not r.grp:
                continue
            given = _given(r) | {"alive": alive}
            own = f"SELECT MIN(figure) FROM claim WHERE grp=:grp AND said=:said AND alive=:alive AND {_MEETS} {first}"
            out.update(f for (f,) in self._db.execute(own, given))
            if not r.author:
                told = (
                    "SELECT MIN(figure) FROM claim WHERE grp=:grp AND val=:val AND author=1 AND alive=:alive "
                    f"AND (article=:article OR {_MEETS}) {first}"
                )
                out.update(f for (f,) in self._db.execute(told, given))
        return out


def doubts(store: Store) -> list[tuple[Doubt, Claim, Claim]]:
    """The pairs of figures in doubt of a store, with what is known of either figure. None where the index is not in step."""
    if not store.index_in_step or not Index(store.side).usable:
        return []
    rows = store.side.execute(
        "SELECT d.a, d.b, d.verdict, d.reason, l.data, r.data FROM doubt d JOIN claim l ON l.figure=d.a "
        "JOIN claim r ON r.figure=d.b ORDER BY d.a, d.b"
    )
    return [
        (Doubt(a, b, Verdict(verdict), reason), decode(left, Claim), decode(right, Claim))
        for a, b, verdict, reason, left, right in rows
    ]


def _read(row: Sequence[Any]) -> Row:
    figure, article, grp, speaker, data, said, at, val, author, ord_ = row[:10]
    return Row(figure, article, grp, speaker, data, said, at, val, bool(author), ord_)


def _given(r: Row) -> dict[str, object]:
    return {
        "grp": r.grp, "said": r.said, "val": r.val, "article": r.article, "figure": r.figure, "ord": r.ord,
        "at": r.at, "month": r.at[:7], "year": r.at[:4], "end": r.at + "~",
    }  # fmt: skip
