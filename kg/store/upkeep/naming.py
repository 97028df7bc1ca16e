"""Groups of references → entities: a steady id, the usual name, type, country, and the body that it is part of.

Profiles are counted, not references, so that one more article that says the same changes nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.identity.naming import most_told, named
from kg.identity.profiles import Pair, Profile
from kg.identity.sounds import fold
from kg.identity.unlike import Calling
from kg.model import EntityType, Judgement, record
from kg.store.upkeep.index import Index
from kg.store.upkeep.names import Group, Names, Replaced, Told

# The references that those of a group say they are a part of: of profiles through the one that stands for each.
_WHOLES = """
SELECT r.article, r.whole FROM node n JOIN profile p ON p.id=n.key JOIN ref r ON r.article=p.article AND r.key=p.key
WHERE n.grp=? AND n.article='' AND r.whole IS NOT NULL
UNION ALL SELECT r.article, r.whole FROM node n JOIN ref r ON r.article=n.article AND r.key=n.key
WHERE n.grp=? AND r.whole IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Formed:
    """An entity as it is written: ``country`` and ``part_of`` are ids of entities; ``same_as`` are the ids, replaced by this one,
    of the entities that the rules kept apart and a person joined; ``codes`` and ``item`` are those of :mod:`kg.english.known`.
    """

    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    part_of: str | None = None
    same_as: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    item: str | None = None


@dataclass(slots=True)
class Changes:
    """What has to be written: entities that are new or read differently, ids that are gone, references that mean another
    entity than before (``None`` where the reference is gone), judgements told before and now, and what was overruled.
    """

    entities: dict[str, Formed] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    references: dict[Pair, str | None] = field(default_factory=dict)
    renamed: set[str] = field(default_factory=set)  # ids that were there before under another name or type
    rehoused: set[str] = field(default_factory=set)  # ids that were there before as a part of another body
    replaced: dict[str, Replaced | None] = field(
        default_factory=dict
    )  # what took the place of an id; None where it is forgotten
    judgements: list[tuple[Judgement | None, Judgement | None]] = field(default_factory=list)
    overruled: list[tuple[Judgement, str]] = field(default_factory=list)


class Naming:
    """Replaces groups in the index and names those that this changes. ``of`` gives the profile of each node at hand, ``calling`` what
    articles say of the names that one article gives to one actor.
    """

    def __init__(self, index: Index, of: Mapping[Pair, Profile], calling: Calling) -> None:
        self._index, self._of, self._calling = index, of, calling
        self._before: dict[str, Formed] = {}  # entities that may change, as they were
        self._ids: dict[int, str | None] = {}  # groups whose id may change: the id before
        self._fresh: dict[int, dict[Pair, str | None]] = {}  # nodes that came into a group: the id that they had before
        self._left: list[Pair] = []  # nodes that are in no group any more
        self._renamed: set[int] = set()  # groups to describe anew
        self._groups: list[Group] = []
        self._had: dict[Pair, str] = {}  # the ids that nodes had, also of those that are gone

    def replace(
        self,
        groups: Sequence[Sequence[Pair]],
        nodes: Iterable[Pair],
        joined: Collection[Pair],
        told: Told | None = None,
    ) -> None:
        """Put ``groups`` in the place of all groups that ``nodes`` were in; what stays as it was is not written again.

        ``joined`` are the first nodes of groups that would be several without persons' judgements. ``told`` is what is known
        of ids where the tables hold nothing: by a graph, or of references that became others.
        """
        db = self._index.db
        was: dict[Pair, int] = {}
        old: dict[int, str] = {}
        for grp in sorted({g for n in nodes if (g := self._index.grp(n)) is not None}):
            (old[grp],) = db.execute("SELECT id FROM entity WHERE grp=?", (grp,)).fetchone()
            was.update(((a, k), grp) for a, k in db.execute("SELECT article, key FROM node WHERE grp=?", (grp,)))
            self._remember(grp)
            db.execute("UPDATE entity SET id=NULL WHERE grp=?", (grp,))
        self._had = {node: old[grp] for node, grp in was.items()}
        for node in (n for members in groups for n in members if n[0] and n not in was):  # judged by a person since
            hub = ("", str(self._index.profile_of(node)))
            self._had.update({node: self._had[hub]} if hub in self._had else {})
        if told is not None:
            fresh_nodes = [n for g in groups for n in g if n not in self._had]
            self._had.update((n, eid) for n in fresh_nodes if (eid := self._told(n, told)) is not None)
        free = set(old)
        for members in groups:
            grp = self._put(members, members[0] in joined, was, free)
            fresh = {n: self._had.get(n) for n in members if was.get(n) != grp}
            db.executemany("INSERT OR REPLACE INTO node VALUES(?, ?, ?)", [(*n, grp) for n in fresh])
            self._fresh[grp] = fresh
            self._ids[grp] = old.get(grp)
            self._renamed.add(grp)
        kept = {n for members in groups for n in members}
        self._left = [n for n in was if n not in kept]
        db.executemany("DELETE FROM node WHERE article=? AND key=?", self._left)
        db.executemany("DELETE FROM entity WHERE grp=?", [(grp,) for grp in free])

    def _told(self, node: Pair, told: Told) -> str | None:
        """The id that a graph gives to most references of a node."""
        found = Counter(told.meant[pair] for pair in self._references(node) if pair in told.meant)
        return min(found, key=lambda eid: (-found[eid], eid), default=None)

    def _put(self, members: Sequence[Pair], joined: bool, was: Mapping[Pair, int], free: set[int]) -> int:
        """Write a group in the place of the one that most of its nodes were in, or as a new one; its number."""
        names = {name for node in members for name in self._names(node)}
        made = named(members, [self._of[n] for n in members], names, self._calling)
        core = {
            "type": made.type, "name": made.name, "aliases": made.aliases, "joined": joined, "codes": made.codes, "item": made.item,
        }  # fmt: skip
        row = (made.mark, made.land, made.called, json.dumps(core, ensure_ascii=False))
        from_ = Counter(g for n in members if (g := was.get(n)) in free)
        if from_:
            grp = min(from_, key=lambda g: (-from_[g], g))
            free.remove(grp)
            self._index.db.execute("UPDATE entity SET mark=?, land=?, called=?, core=? WHERE grp=?", (*row, grp))
        else:
            grp = int(
                self._index.db.execute("INSERT INTO entity(mark, land, called, core) VALUES(?, ?, ?, ?)", row).lastrowid
                or 0
            )
        self._groups.append(Group(grp, tuple(members), made.base, made.mark, made.everywhere, joined))
        return grp

    def finish(
        self, changes: Changes, *, new: Collection[Pair], gone: Collection[Pair], told: Told | None = None
    ) -> None:
        """Give ids, countries and wholes, and put what differs from before on ``changes``. ``new`` and ``gone`` are the references
        that came and went.
        """
        names = Names(self._index)
        if told is not None:
            names.know(told)
        given = names.give(self._groups, self._had, new=new, gone=gone)
        self._index.db.executemany("UPDATE entity SET id=? WHERE grp=?", [(eid, grp) for grp, eid in given.items()])
        changes.replaced.update(names.changed)
        called = {fold(f.name) for f in self._before.values() if f.type is EntityType.COUNTRY}
        for grp in self._ids:
            called.update(c for (c,) in self._all("SELECT called FROM entity WHERE grp=?", grp) if c)
        for name in sorted(called):
            self._again(self._all("SELECT grp FROM entity WHERE land=?", name))
        for eid in list(self._before):
            self._again(self._all("SELECT grp FROM entity WHERE whole=?", eid))
        after: dict[str, Formed] = {}
        for grp in sorted(self._renamed):
            eid, formed = self._describe(grp)
            after[eid] = formed
        changes.entities.update({eid: f for eid, f in after.items() if self._before.get(eid) != f})
        changes.gone.update(eid for eid in self._before if eid not in after)
        for eid in self._before.keys() & after.keys():
            old, now = self._before[eid], after[eid]
            if (old.name, old.type) != (now.name, now.type):
                changes.renamed.add(eid)
            if old.part_of != now.part_of:
                changes.rehoused.add(eid)
        for node in self._meaning_another():
            changes.references.update((p, self._index.entity_of(p)) for p in self._references(node))

    def _meaning_another(self) -> Iterator[Pair]:
        """The nodes whose entity has another id than before, and those that a person's judgement took out of a group."""
        yield from (node for node in self._left if node[0])
        for grp, before in self._ids.items():
            eid = self._all("SELECT id FROM entity WHERE grp=?", grp)[0][0]
            fresh = self._fresh.get(grp, {})
            yield from (node for node, had in fresh.items() if had != eid)
            if eid != before:
                rest = ((n[0], n[1]) for n in self._all("SELECT article, key FROM node WHERE grp=?", grp))
                yield from (node for node in rest if node not in fresh)

    def _references(self, node: Pair) -> list[Pair]:
        return [node] if node[0] else self._index.members(node[1])

    def _all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self._index.db.execute(sql, values).fetchall()

    def _again(self, found: Iterable[tuple[object, ...]]) -> None:
        for (grp,) in found:
            assert isinstance(grp, int)
            if grp not in self._renamed:
                self._renamed.add(grp)
                self._remember(grp)

    def _remember(self, grp: int) -> None:
        eid, data = self._index.db.execute("SELECT id, data FROM entity WHERE grp=?", (grp,)).fetchone()
        if eid and data:
            self._before[eid] = formed_of(json.loads(data))

    def _describe(self, grp: int) -> tuple[str, Formed]:
        db = self._index.db
        eid, core, land = db.execute("SELECT id, core, land FROM entity WHERE grp=?", (grp,)).fetchone()
        known = json.loads(core)
        country = self._all("SELECT id FROM entity WHERE called=? ORDER BY mark, id LIMIT 1", land) if land else []
        whole = self._whole(grp, eid)
        same = self._all("SELECT id FROM replaced WHERE place=? AND joined ORDER BY id", eid) if known["joined"] else []
        formed = Formed(
            EntityType(known["type"]), known["name"], tuple(known["aliases"]),
            next((found for (found,) in country if found != eid), None), whole, tuple(found for (found,) in same),
            tuple(known["codes"]), known["item"],
        )  # fmt: skip
        data = json.dumps(record(formed), ensure_ascii=False)
        db.execute("UPDATE entity SET whole=?, data=? WHERE grp=?", (whole, data, grp))
        return eid, formed

    def _whole(self, grp: int, eid: str) -> str | None:
        """The body that most profiles say this is a part of; each profile speaks through the reference that stands for it."""
        found = (self._index.entity_of(pair) for pair in self._all(_WHOLES, grp, grp))
        wholes = [above for above in found if above is not None and above != eid]
        marks = {w: str(self._all("SELECT mark FROM entity WHERE id=?", w)[0][0]) for w in wholes}
        return most_told((w, marks[w]) for w in wholes)

    def _names(self, node: Pair) -> list[str]:
        """All names that the references of a node give."""
        if not node[0]:
            return self._index.names(node[1])
        (text,) = self._index.db.execute("SELECT names FROM ref WHERE article=? AND key=?", node).fetchone()
        return list(json.loads(text))


def formed_of(data: dict[str, Any]) -> Formed:
    """An entity as the index keeps it."""
    return Formed(
        EntityType(data["type"]),
        data["name"],
        tuple(data["aliases"]),
        data["country"],
        data["part_of"],
        tuple(data["same_as"]),
        tuple(data["codes"]),
        data["item"],
    )
