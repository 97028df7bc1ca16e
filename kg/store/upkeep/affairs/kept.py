"""Affairs kept in the index: an article that comes or goes ties and parts what it touches, and nothing else.

The same rules as in :func:`kg.compare.affairs.group`, which holds all articles at once.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache

from kg.compare import affairs
from kg.compare.affairs import STEPS, Tie
from kg.model import Affair, Claim, Coverage, record
from kg.store.upkeep.encoding import packed, restored, unpacked
from kg.store.upkeep.index import Index


class Affairs:
    """Gathers what articles cover that came, went and changed; :meth:`finish` says which articles changed their affair."""

    def __init__(self, index: Index) -> None:
        self._db = index.db
        self.changed: set[str] = set()
        """The ids of affairs that may have other articles than before, or articles that cover something else."""
        self._gone: list[
            tuple[str, str, int]
        ] = []  # ties that are there no more, and whether they held an affair together
        self._again: set[str] = set()  # articles whose ties to earlier ones may be others
        self._duller: set[str] = set()  # articles of which a name says less than before, so that ties may be gone
        self._read = lru_cache(maxsize=4096)(self._coverage)
        self._common = lru_cache(maxsize=65536)(self._counted)

    def replace(self, article: str, now: Coverage | None) -> None:
        """Put what an article covers in the place of what was known of it; ``None`` where it is gone."""
        before = self._read(article)
        if before == now:
            return
        self._again.add(article)
        self.changed.add(self.of(article) or article)
        if before is not None:
            self._again |= self._behind(before)
            self._db.execute("DELETE FROM coverage WHERE article=?", (article,))
            self._db.execute("DELETE FROM covers WHERE article=?", (article,))
            self._rarer(before)
        if now is not None:
            self._db.execute(
                "INSERT INTO coverage VALUES(?, ?, ?, ?)",
                (article, now.day, next(iter(now.happenings), None), packed(record(now), of=Coverage)),
            )
            self._db.executemany(
                "INSERT INTO covers VALUES(?, ?, ?)",
                [(lane, affairs.place(now)[0], article) for lane in affairs.lanes(now)],
            )
            self._again |= self._behind(now)
            self._duller |= self._at_a_step(now, STEPS)
        self._read.cache_clear()

    def finish(self) -> set[str]:
        """Bring ties and affairs up to date; the articles that are of another affair than before."""
        self._common.cache_clear()
        new, old = self._bonds(self._ties())
        moved = self._part(old)
        for article in sorted(self._again | {a for pair in new for a in pair}):
            moved |= self._join(article)
        return moved

    def _ties(self) -> set[str]:
        """Write the ties that became others; the articles at their ends."""
        touched: set[str] = set()
        for article in sorted(self._again):
            rows = self._db.execute("SELECT earlier, tie FROM tied WHERE later=?", (article,))
            touched |= self._tie(article, dict(rows.fetchall()), self._earlier(article))
        for article in sorted(self._duller):
            rows = self._db.execute(
                "SELECT later, earlier, tie FROM tied WHERE later=:a UNION SELECT later, earlier, tie FROM tied WHERE earlier=:a",
                {"a": article},
            )
            for later, earlier, tie in rows.fetchall():
                if later not in self._again:
                    touched |= self._tie(later, {earlier: tie}, {earlier: self._tied(earlier, later)})
        return touched

    def _tie(self, later: str, before: dict[str, int], now: dict[str, Tie]) -> set[str]:
        """Put ties of an article to earlier ones in the place of others; the articles at the ends of those that differ."""
        differ = {e for e in before.keys() | now.keys() if before.get(e, Tie.NONE) != now.get(e, Tie.NONE)}
        for earlier in sorted(differ):
            if now.get(earlier):
                self._db.execute(
                    "INSERT INTO tied VALUES(?, ?, ?, 0) ON CONFLICT DO UPDATE SET tie=excluded.tie",
                    (later, earlier, int(now[earlier])),
                )
            else:
                self._gone += self._db.execute(
                    "DELETE FROM tied WHERE later=? AND earlier=? RETURNING later, earlier, bond", (later, earlier)
                ).fetchall()
        return differ | {later} if differ else set()

    def _bonds(self, touched: set[str]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """Write which ties of these articles hold their affair together; those that do now, and those that did before."""
        new: list[tuple[str, str]] = []
        old = [(later, earlier) for later, earlier, bond in self._gone if bond]
        beside = {a: self._beside(a, bonds=False) for a in sorted(touched)}
        for article in sorted(touched):
            rows = self._db.execute(
                "SELECT later, earlier, tie, bond FROM tied WHERE later=:a UNION SELECT later, earlier, tie, bond FROM tied "
                "WHERE earlier=:a",
                {"a": article},
            )
            for later, earlier, tie, bond in rows.fetchall():
                for end in (later, earlier):
                    if end not in beside:
                        beside[end] = self._beside(end, bonds=False)
                holds = affairs.holds(later, earlier, Tie(tie), beside)
                if holds != bool(bond):
                    (new if holds else old).append((later, earlier))
                    self._db.execute("UPDATE tied SET bond=? WHERE later=? AND earlier=?", (holds, later, earlier))
        return new, old

    def of(self, article: str) -> str:
        """The id of the affair of an article; "" where it has none yet."""
        row = self._db.execute("SELECT id FROM affair WHERE article=?", (article,)).fetchone()
        return row[0] if row else ""

    def placed(self, claim: Claim) -> Claim:
        """A figure with the affair of its article, and what that is about."""
        found = self._read(claim.article)
        if found is None:
            return claim
        return affairs.placed(claim, self.of(claim.article), found)

    def _part(self, old: list[tuple[str, str]]) -> set[str]:
        """Affairs of articles that are no longer tied, where they hang together no more; the articles that moved."""
        moved: set[str] = set()
        seen: set[str] = set()
        for pair in old:
            # Of one that was seen, all are known that hang together with it.
            there = [a for a in pair if a not in seen and self._read(a) is not None]
            if len(there) == len(pair) and self._together(*pair):
                continue
            for article in there:
                if article not in seen:
                    members = self._reached(article)
                    seen |= members
                    moved |= self._name(members, affairs.leader(members))
        return moved

    def _join(self, article: str) -> set[str]:
        """One affair for an article and those that it is tied to; the articles that moved."""
        if self._read(article) is None:
            self.changed.add(self.of(article) or article)
            self._db.execute("DELETE FROM affair WHERE article=?", (article,))
            return {article}
        own = self.of(article)
        ids = {own or article, *(self.of(other) or other for other in self._beside(article))}
        leader = affairs.leader({article, *ids} if not own else ids)
        moved = set() if own == leader else self._name({article}, leader)
        for other in sorted(ids - {leader}):
            rows = self._db.execute("SELECT article FROM affair WHERE id=?", (other,)).fetchall()
            moved |= self._name({a for (a,) in rows}, leader)
        return moved

    def _name(self, members: set[str], leader: str) -> set[str]:
        """Give articles the id of their affair; those that had another."""
        before = {a: self.of(a) for a in members}
        moved = {a for a, affair in before.items() if affair != leader}
        self.changed |= ({leader, *before.values()} - {""}) if moved else set()
        self._db.executemany("INSERT OR REPLACE INTO affair VALUES(?, ?)", [(a, leader) for a in sorted(moved)])
        return moved

    def _reached(self, article: str) -> set[str]:
        """All that hang together with an article."""
        members: set[str] = set()
        todo = [article]
        while todo:
            one = todo.pop()
            if one not in members:
                members.add(one)
                todo += sorted(self._beside(one))
        return members

    def _together(self, a: str, b: str) -> bool:
        """Whether two articles hang together: looked for from both, so that a short way is found at once."""
        sides, fresh = [{a}, {b}], [{a}, {b}]
        while all(fresh):
            side = 0 if len(sides[0]) <= len(sides[1]) else 1
            fresh[side] = {n for one in fresh[side] for n in self._beside(one)} - sides[side]
            sides[side].update(fresh[side])
            if sides[0] & sides[1]:
                return True
        return False

    def _beside(self, article: str, *, bonds: bool = True) -> set[str]:
        """The articles that one is tied to: by what holds their affair together, or by whatever tie."""
        rows = self._db.execute(
            "SELECT earlier FROM tied WHERE later=:a AND bond>=:b UNION SELECT later FROM tied WHERE earlier=:a AND bond>=:b",
            {"a": article, "b": bonds},
        )
        return {a for (a,) in rows}

    def _earlier(self, article: str) -> dict[str, Tie]:
        """The articles before one that it is tied to."""
        mine = self._read(article)
        if mine is None:
            return {}
        met: set[str] = set()
        day, iri = affairs.place(mine)
        for lane in affairs.lanes(mine):
            found = self._db.execute(
                "SELECT article FROM covers WHERE lane=? AND (day, article) < (?, ?) ORDER BY day DESC, article DESC LIMIT ?",
                (lane, day, iri, affairs.NEAREST),
            )
            met.update(a for (a,) in found)
        ties = {earlier: self._tied(earlier, article) for earlier in sorted(met)}
        return {earlier: tie for earlier, tie in ties.items() if tie is not Tie.NONE}

    def _tied(self, earlier: str, later: str) -> Tie:
        a, b = self._read(earlier), self._read(later)
        if a is None or b is None:
            return Tie.NONE
        return affairs.tied(a, b, lambda name, one: self._common(name, one.article, affairs.place(one)[0]))

    # ── how common a name is around an article ──

    def _counted(self, name: str, article: str, day: str) -> int:
        """How many other articles around one have a name that it has; see :class:`kg.compare.affairs.Commonness`."""
        most = STEPS[-1]
        (n,) = self._db.execute(
            "SELECT COUNT(*) FROM (SELECT 1 FROM covers WHERE lane=? AND day BETWEEN ? AND ? LIMIT ?)",
            (name, *affairs.around(day), most + 2),
        ).fetchone()
        return int(min(n - 1, most))

    def _rarer(self, gone: Coverage) -> None:
        """Note the articles of which a name says more than before, now that an article is gone."""
        for article in self._at_a_step(gone, [step - 1 for step in STEPS]):
            self._again.add(article)
            covers = _stored(self._db, article)
            if covers is not None:
                self._again |= self._behind(covers)

    def _at_a_step(self, one: Coverage, steps: Collection[int]) -> set[str]:
        """The articles around one that share a name with it which exactly so many others around them have."""
        day = affairs.place(one)[0]
        first, last = affairs.around(day)
        # Farther away than this, an article has more others between itself and this one than any step.
        most = 2 * (STEPS[-1] + 2)
        out: set[str] = set()
        for name in one.names:
            rows = [
                *self._db.execute(
                    "SELECT day, article FROM covers WHERE lane=? AND day<=? ORDER BY day DESC LIMIT ?",
                    (name, day, most),
                ),
                *self._db.execute(
                    "SELECT day, article FROM covers WHERE lane=? AND day>? ORDER BY day LIMIT ?", (name, day, most)
                ),
            ]
            if len(rows) <= min(steps):
                continue
            days = sorted(d for d, _ in rows)
            spans = {d: affairs.around(d) for d in days if first <= d <= last}
            counts = {d: bisect_right(days, high) - bisect_left(days, low) - 1 for d, (low, high) in spans.items()}
            out.update(article for d, article in rows if counts.get(d) in steps)
        return out

    def _behind(self, article: Coverage) -> set[str]:
        """The articles that are held against one."""
        out: set[str] = set()
        day, iri = affairs.place(article)
        for lane in affairs.lanes(article):
            found = self._db.execute(
                "SELECT article FROM covers WHERE lane=? AND (day, article) > (?, ?) ORDER BY day, article LIMIT ?",
                (lane, day, iri, affairs.NEAREST),
            )
            out.update(a for (a,) in found)
        return out

    def _coverage(self, article: str) -> Coverage | None:
        return _stored(self._db, article)


def _stored(db: sqlite3.Connection, article: str) -> Coverage | None:
    """What an article covers, as the index holds it."""
    row = db.execute("SELECT data FROM coverage WHERE article=?", (article,)).fetchone()
    if row is None:
        return None
    return restored(unpacked(row[0], of=Coverage), Coverage)


def affair_of(index: Index, affair: str) -> Affair | None:
    """The affair with this id; ``None`` where no article has it. Of its articles only days and happenings are looked at, so that one
    of thousands costs little.
    """
    rows = index.db.execute(
        "SELECT article, day, happening FROM affair JOIN coverage USING (article) WHERE id=?", (affair,)
    )
    found = [Coverage(article, day, happenings=(happening,) if happening else ()) for article, day, happening in rows]
    if not found:
        return None
    told = affairs.described(found)
    earliest = _stored(index.db, told.articles[0])
    return replace(told, title=earliest.title if earliest is not None else "")


__all__ = ["Affairs", "affair_of"]
