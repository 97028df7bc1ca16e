"""Which id an entity has: the one that it had, or a new one where it had none; what another took the place of is kept.

An id is what the IRI is minted from, and whoever has seen an IRI may refer to it. So an entity keeps its id as long as
anything of it is there, whatever comes, goes or is judged anew. Where two entities become one, the id of the greater part
stays, and the other is *replaced*: it is kept with the id in its place and with the references that it was made of, its
*anchors*. Where one is parted again, the part that holds the anchors has its old id back. An id that was of an entity of
which nothing is left is gone with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.identity.naming import candidates, rank
from kg.identity.profiles import Pair
from kg.store.upkeep.index import Index


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes that are one entity: its number, the ids that it might have, and whether persons joined it.

    ``everywhere`` is the id of a thing that is the same in every store, ``base`` a readable one, ``mark`` what tells it from
    others of this base.
    """

    number: int
    nodes: tuple[Pair, ...]
    base: str
    mark: str
    everywhere: str | None = None
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Replaced:
    """What took the place of an id: the id now, and the references that the replaced entity was made of."""

    by: str
    anchors: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a graph tells of ids: those of the entities that its references mean, and the replaced ones; ``joined`` are the
    replaced ids that a person's judgement made the same as another.
    """

    meant: Mapping[Pair, str]
    replaced: Mapping[str, Replaced]
    joined: Collection[str]


class Names:
    """Gives ids to groups that were formed anew; :attr:`changed` are the replaced ids that are new, other or forgotten."""

    def __init__(self, index: Index) -> None:
        self._index, self._db = index, index.db
        self.changed: dict[str, Replaced | None] = {}
        self._places: set[str] = set()  # ids that a graph says took the place of others

    def know(self, told: Told) -> None:
        """Take the replaced ids of a graph into tables that hold references and profiles, and no ids yet."""
        self._places = {one.by for one in told.replaced.values()}
        for eid, one in sorted(told.replaced.items()):
            self._keep(eid, one.by, one.anchors, joined=eid in told.joined)
            if self._anchors(eid) == sorted(one.anchors):
                del self.changed[eid]
            elif not self._anchors(eid):
                self._forget(eid)

    def give(
        self, groups: Sequence[Group], before: Mapping[Pair, str], *, new: Collection[Pair], gone: Collection[Pair]
    ) -> dict[int, str]:
        """The id of each group by its number. ``before`` are the ids that nodes had, also of nodes that are gone; ``new`` and
        ``gone`` are the references that came and went.
        """
        self._new = new
        self._of = {node: group for group in groups for node in group.nodes}
        self._ids: dict[int, str] = {}
        self._release(gone)
        self._inherit(groups, before)
        rest = sorted(
            (g for g in groups if g.number not in self._ids), key=lambda g: rank(len(g.nodes), g.mark, g.base)
        )
        for group in rest:
            back = self._back(group, before)
            if back is not None:
                self._ids[group.number] = back
                self._forget(back)
        used = set(self._ids.values())
        lost: dict[str, list[Pair]] = {}
        for node, eid in before.items():
            if eid not in used and node in self._of and self._weight(node):
                lost.setdefault(eid, []).append(node)
        for group in rest:
            if group.number not in self._ids:
                found = (
                    eid
                    for eid in candidates(group.base, group.mark, group.everywhere)
                    if eid not in lost and self._is_free(eid, used)
                )
                self._ids[group.number] = next(found)
                used.add(self._ids[group.number])
        self._retire(lost, before)
        return self._ids

    def _inherit(self, groups: Sequence[Group], before: Mapping[Pair, str]) -> None:
        """Each id goes to the group with most of the references that had it, and each group has one: that of most of its
        references, but the one of a thing that is the same everywhere before all others.
        """
        by = {group.number: group for group in groups}
        votes: dict[tuple[int, str], list[Pair]] = {}
        for group in groups:
            for node in group.nodes:
                if node in before:
                    votes.setdefault((group.number, before[node]), []).append(node)
        asked = Counter(part for vote in votes for part in vote)  # what is not contested needs no count
        count = {
            (number, eid): sum(map(self._weight, nodes)) if asked[number] > 1 or asked[eid] > 1 else 0
            for (number, eid), nodes in votes.items()
        }

        def rank(vote: tuple[int, str]) -> tuple[bool, int, bool, bool, str, str]:
            number, eid = vote
            judged = all(article for article, _ in by[number].nodes)  # what a person took away leaves the name behind
            return "/" not in eid, -count[vote], judged, eid != by[number].base, eid, by[number].mark

        used: set[str] = set()
        for number, eid in sorted(votes, key=rank):
            if number not in self._ids and eid not in used:
                self._ids[number] = eid
                used.add(eid)

    def _back(self, group: Group, before: Mapping[Pair, str]) -> str | None:
        """The replaced id that a group has back: of those that the entity it was parted from took the place of, the one with
        most anchors in the group.
        """
        origins = {before[node] for node in group.nodes if node in before}
        held: Counter[str] = Counter()
        for origin in sorted(origins):
            for (eid,) in self._db.execute("SELECT id FROM replaced WHERE place=?", (origin,)).fetchall():
                held[eid] = sum(self._of.get(self._node(anchor)) is group for anchor in self._anchors(eid))
        found = [eid for eid, n in held.items() if n]
        return min(found, key=lambda eid: (-held[eid], eid != group.base, eid), default=None)

    def _is_free(self, eid: str, used: Collection[str]) -> bool:
        if eid in used:
            return False
        sql = "SELECT 1 FROM entity WHERE id=? UNION ALL SELECT 1 FROM replaced WHERE id=?"
        return self._db.execute(sql, (eid, eid)).fetchone() is None

    def _retire(self, lost: Mapping[str, Sequence[Pair]], before: Mapping[Pair, str]) -> None:
        """Keep the ids that no group has any more, and lead all that the ids at hand took the place of to where it is now."""
        followed = {
            eid
            for place in sorted({*before.values(), *self._places})
            for (eid,) in self._db.execute("SELECT id FROM replaced WHERE place=?", (place,)).fetchall()
        }
        for eid, nodes in sorted(lost.items()):
            group = self._home(nodes)
            self._keep(eid, self._ids[group.number], map(self._stand, nodes), joined=group.joined)
        for eid in sorted(followed):
            nodes = [node for anchor in self._anchors(eid) if (node := self._node(anchor)) in self._of]
            if nodes:
                place = self._ids[self._home(nodes).number]
                if self._db.execute(
                    "UPDATE replaced SET place=? WHERE id=? AND place!=?", (place, eid, place)
                ).rowcount:
                    self._changed(eid)

    def _weight(self, node: Pair) -> int:
        """How many references of a node were there before: those of a profile but the ones that persons have judged."""
        if node[0]:
            return int(node not in self._new)
        return sum(pair not in self._new and self._index.grp(pair) is None for pair in self._index.members(node[1]))

    def _home(self, nodes: Iterable[Pair]) -> Group:
        """The group that most of these nodes are in."""
        found: Counter[Group] = Counter()
        for node in nodes:
            found[self._of[node]] += self._weight(node)
        return min(found, key=lambda g: (-found[g], g.mark, g.number))

    # ── replaced ids and their anchors ──

    def _release(self, gone: Iterable[Pair]) -> None:
        """Anchor what a reference that went held to another one of the same profile; what nothing is left of is forgotten."""
        for article, key in sorted(gone):
            if self._index.profile_of((article, key)) is not None:
                continue
            rows = self._db.execute(
                "SELECT id, profile FROM anchor WHERE article=? AND key=?", (article, key)
            ).fetchall()
            self._db.execute("DELETE FROM anchor WHERE article=? AND key=?", (article, key))
            for eid, pid in rows:
                if self._db.execute("SELECT 1 FROM profile WHERE id=?", (pid,)).fetchone() is not None:
                    self._anchor(eid, self._index.stand(pid))
                if self._anchors(eid):
                    self._changed(eid)
                else:
                    self._forget(eid)

    def _keep(self, eid: str, place: str, anchors: Iterable[Pair], *, joined: bool) -> None:
        self._db.execute("INSERT OR REPLACE INTO replaced VALUES(?, ?, ?)", (eid, place, joined))
        for anchor in anchors:
            self._anchor(eid, anchor)
        self._changed(eid)

    def _anchor(self, eid: str, pair: Pair) -> None:
        pid = self._index.profile_of(pair)
        if pid is not None:
            self._db.execute("INSERT OR REPLACE INTO anchor VALUES(?, ?, ?, ?)", (eid, *pair, pid))

    def _forget(self, eid: str) -> None:
        self._db.execute("DELETE FROM anchor WHERE id=?", (eid,))
        self._db.execute("DELETE FROM replaced WHERE id=?", (eid,))
        self.changed[eid] = None

    def _changed(self, eid: str) -> None:
        row = self._db.execute("SELECT place FROM replaced WHERE id=?", (eid,)).fetchone()
        if row is not None:
            self.changed[eid] = Replaced(row[0], tuple(self._anchors(eid)))

    def _anchors(self, eid: str) -> list[Pair]:
        rows = self._db.execute("SELECT article, key FROM anchor WHERE id=? ORDER BY article, key", (eid,))
        return rows.fetchall()

    def _node(self, pair: Pair) -> Pair:
        """The node that a reference belongs to: itself where a person has judged it, else its profile."""
        return pair if self._index.grp(pair) is not None else ("", str(self._index.profile_of(pair)))

    def _stand(self, node: Pair) -> Pair:
        return node if node[0] else self._index.stand(node[1])
