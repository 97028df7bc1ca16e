"""Affairs kept in the index: an article that comes or goes ties and parts what it touches, and nothing else.

The same rules as in :func:`kg.compare.affairs.group`, which holds all articles at once.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from functools import lru_cache
from typing import Any

from kg.compare import affairs
from kg.model import Affair, Claim, Coverage, record
from kg.store.upkeep.encoding import packed, unpacked
from kg.store.upkeep.index import Index


class Affairs:
    """Gathers what articles cover that came, went and changed; :meth:`finish` says which articles changed their affair."""

    def __init__(self, index: Index) -> None:
        self._db = index.db
        self.changed: set[str] = set()
        """The ids of affairs that may have other articles than before, or articles that cover something else."""
        self._again: set[str] = set()  # articles whose ties to earlier ones may be others
        self._read = lru_cache(maxsize=4096)(self._coverage)

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
        self._read.cache_clear()

    def finish(self) -> set[str]:
        """Bring ties and affairs up to date; the articles that are of another affair than before."""
        new: list[tuple[str, str]] = []
        old: list[tuple[str, str]] = []
        for article in sorted(self._again):
            before = {e for (e,) in self._db.execute("SELECT earlier FROM tied WHERE later=?", (article,))}
            now = self._earlier(article)
            new += [(article, e) for e in sorted(now - before)]
            old += [(article, e) for e in sorted(before - now)]
        self._db.executemany("DELETE FROM tied WHERE later=? AND earlier=?", old)
        self._db.executemany("INSERT INTO tied VALUES(?, ?)", new)
        moved = self._part(old)
        for article in sorted(self._again | {a for pair in new for a in pair}):
            moved |= self._join(article)
        return moved

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
            there = [a for a in pair if self._read(a) is not None]
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
                todo += self._beside(one)
        return members

    def _together(self, a: str, b: str) -> bool:
        """Whether two articles hang together: looked for from both, so that a short way is found at once."""
        sides, fresh = [{a}, {b}], [[a], [b]]
        while all(fresh):
            side = 0 if len(sides[0]) <= len(sides[1]) else 1
            fresh[side] = [n for one in fresh[side] for n in self._beside(one) if n not in sides[side]]
            sides[side].update(fresh[side])
            if sides[0] & sides[1]:
                return True
        return False

    def _beside(self, article: str) -> list[str]:
        rows = self._db.execute(
            "SELECT earlier FROM tied WHERE later=:a UNION SELECT later FROM tied WHERE earlier=:a", {"a": article}
        )
        return [a for (a,) in rows]

    def _earlier(self, article: str) -> set[str]:
        """The articles before one that it is tied to."""
        mine = self._read(article)
        if mine is None:
            return set()
        met: set[str] = set()
        day, iri = affairs.place(mine)
        for lane in affairs.lanes(mine):
            found = self._db.execute(
                "SELECT article FROM covers WHERE lane=? AND (day, article) < (?, ?) ORDER BY day DESC, article DESC LIMIT ?",
                (lane, day, iri, affairs.NEAREST),
            )
            met.update(a for (a,) in found)
        return {a for a in met if (other := self._read(a)) is not None and affairs.tied(other, mine)}

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
    fields: dict[str, Any] = {
        k: tuple(x) if isinstance(x, list) else x for k, x in unpacked(row[0], of=Coverage).items()
    }
    return Coverage(**fields)


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
