"""Groups of references → entities: a readable id, the usual name, type, country, and the body that it is part of.

Profiles are counted, not references, so that one more article that says the same changes nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.identity.profiles import Pair, Profile, is_letters
from kg.identity.sounds import fold
from kg.model import EntityType, Judgement, Reference, digest, record, slug
from kg.store.upkeep.index import Index

_NAMELESS = (EntityType.UNNAMED, EntityType.DOCUMENT)
# The references that those of a group say they are a part of: of profiles through the one that stands for each.
_WHOLES = """
SELECT r.article, r.whole FROM node n JOIN profile p ON p.id=n.key JOIN ref r ON r.article=p.article AND r.key=p.key
WHERE n.grp=? AND n.article='' AND r.whole IS NOT NULL
UNION ALL SELECT r.article, r.whole FROM node n JOIN ref r ON r.article=n.article AND r.key=n.key
WHERE n.grp=? AND r.whole IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Formed:
    """An entity as it is written: ``country`` and ``part_of`` are ids of entities; ``same_as`` are the ids of the entities
    that the rules kept apart and a person joined.
    """

    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    part_of: str | None = None
    same_as: tuple[str, ...] = ()


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
    judgements: list[tuple[Judgement | None, Judgement | None]] = field(default_factory=list)
    overruled: list[tuple[Judgement, str]] = field(default_factory=list)


class Naming:
    """Replaces groups in the index and names those that this changes. ``of`` gives the profile of each node at hand."""

    def __init__(self, index: Index, of: Mapping[Pair, Profile]) -> None:
        self._index, self._of = index, of
        self._before: dict[str, Formed] = {}  # entities that may change, as they were
        self._ids: dict[int, str | None] = {}  # groups whose id may change: the id before
        self._fresh: dict[int, dict[Pair, str | None]] = {}  # nodes that came into a group: the id that they had before
        self._left: list[Pair] = []  # nodes that are in no group any more
        self._renamed: set[int] = set()  # groups to describe anew
        self._bases: dict[str, set[str | None]] = {}  # names of which groups came or went, with the countries of those
        self._called: dict[str, list[int]] = {}  # the groups put under each of these names

    def replace(
        self, groups: Sequence[Sequence[Pair]], nodes: Iterable[Pair], parts: Mapping[Pair, Sequence[Sequence[Pair]]]
    ) -> None:
        """Put ``groups`` in the place of all groups that ``nodes`` were in; what stays as it was is not written again."""
        db = self._index.db
        was: dict[Pair, int] = {}
        old: dict[int, tuple[str, str | None, str | None]] = {}
        for grp in sorted({g for n in nodes if (g := self._index.grp(n)) is not None}):
            old[grp] = db.execute("SELECT base, country, id FROM entity WHERE grp=?", (grp,)).fetchone()
            was.update(((a, k), grp) for a, k in db.execute("SELECT article, key FROM node WHERE grp=?", (grp,)))
            self._remember(grp)
        free = set(old)
        for members in groups:
            grp = self._put(members, parts.get(members[0], ()), was, free)
            fresh = {n: old[was[n]][2] if n in was else None for n in members if was.get(n) != grp}
            db.executemany("INSERT OR REPLACE INTO node VALUES(?, ?, ?)", [(*n, grp) for n in fresh])
            self._fresh[grp] = fresh
            self._ids[grp] = old[grp][2] if grp in old else None
            self._renamed.add(grp)
        kept = {n for members in groups for n in members}
        self._left = [n for n in was if n not in kept]
        db.executemany("DELETE FROM node WHERE article=? AND key=?", self._left)
        db.executemany("DELETE FROM entity WHERE grp=?", [(grp,) for grp in free])
        for base, country, _ in old.values():
            self._bases.setdefault(base, set()).add(country)

    def _put(
        self, members: Sequence[Pair], parts: Sequence[Sequence[Pair]], was: Mapping[Pair, int], free: set[int]
    ) -> int:
        """Write a group in the place of the one that most of its nodes were in, or as a new one; its number."""
        known = [self._of[n] for n in members]
        name, kind, country = usual_name(known), usual_type(known), home_country(known)
        nameless = known[0].family in _NAMELESS
        mark = digest(known[0].own)[:10] if nameless else group_hash(members)
        base = f"{slug(name)}_{mark}" if nameless else slug(name)
        alone = [[slug(usual_name([self._of[n] for n in p])), group_hash(p)] for p in parts]
        core = {"type": kind, "name": name, "aliases": self._aliases(members, name), "parts": alone}
        called = fold(name) if kind is EntityType.COUNTRY else None
        land = fold(country) if country else None
        self._bases.setdefault(base, set()).add(country)
        row = (base, mark, country, len(members), land, called, json.dumps(core, ensure_ascii=False))
        from_ = Counter(g for n in members if (g := was.get(n)) in free)
        if from_:
            grp = min(from_, key=lambda g: (-from_[g], g))
            free.remove(grp)
            self._index.db.execute(
                "UPDATE entity SET base=?, mark=?, country=?, size=?, land=?, called=?, core=? WHERE grp=?", (*row, grp)
            )
        else:
            made = self._index.db.execute(
                "INSERT INTO entity(base, mark, country, size, land, called, core) VALUES(?, ?, ?, ?, ?, ?, ?)", row
            ).lastrowid
            assert made is not None
            grp = made
        self._called.setdefault(base, []).append(grp)
        return grp

    def finish(self, changes: Changes) -> None:
        """Give ids, countries and wholes, and put what differs from before on ``changes``."""
        for base in sorted(self._bases):
            self._give_ids(base)
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
            old, new = self._before[eid], after[eid]
            if (old.name, old.type) != (new.name, new.type):
                changes.renamed.add(eid)
            if old.part_of != new.part_of:
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

    def _give_ids(self, base: str) -> None:
        """The ids of the groups of one base: the base itself for one alone. Of several, the largest of each country has the
        country behind the base, the largest of no country the base alone, and all others a hash behind it.

        Looked at are those that came or went and those that now have or may have the ids without a hash: not all.
        """
        several = self._all("SELECT grp FROM entity WHERE base=? LIMIT 2", base)
        plain = {base, *(f"{base}_{slug(country)}" for country in self._bases[base] if country)}
        look = {grp for (grp,) in several} if len(several) == 1 else set()
        largest: set[int] = set()
        if len(several) > 1:
            countries = set(self._bases[base])
            for eid in plain:
                holding = self._all("SELECT grp, country FROM entity WHERE id=? AND base=?", eid, base)
                look.update(grp for grp, _ in holding)
                countries.update(country for _, country in holding)
            largest = {grp for country in countries for grp in self._largest(base, country)}
            look.update(largest, self._called.get(base, ()))
        for grp in sorted(look):
            mark, country, before = self._all("SELECT mark, country, id FROM entity WHERE grp=?", grp)[0]
            if len(several) == 1:
                eid = base
            elif grp in largest:
                eid = f"{base}_{slug(country)}" if country else base
            else:
                eid = f"{base}_{mark}"
            if eid != before:
                if grp not in self._renamed:
                    self._again([(grp,)])
                    self._ids[grp] = before
                self._index.db.execute("UPDATE entity SET id=? WHERE grp=?", (eid, grp))

    def _largest(self, base: str, country: str | None) -> list[int]:
        sql = "SELECT grp FROM entity WHERE base=? AND country IS ? ORDER BY size DESC, mark, grp LIMIT 1"
        return [grp for (grp,) in self._all(sql, base, country)]

    def _describe(self, grp: int) -> tuple[str, Formed]:
        db = self._index.db
        eid, core, land = db.execute("SELECT id, core, land FROM entity WHERE grp=?", (grp,)).fetchone()
        known = json.loads(core)
        country = db.execute("SELECT MIN(id) FROM entity WHERE called=?", (land,)).fetchone()[0] if land else None
        whole = self._whole(grp, eid)
        parts = [p for p, _ in known["parts"]]
        same = {p if parts.count(p) == 1 else f"{p}_{mark}" for p, mark in known["parts"]} - {eid}
        formed = Formed(
            EntityType(known["type"]), known["name"], tuple(known["aliases"]), country if country != eid else None, whole,
            tuple(sorted(same)),
        )  # fmt: skip
        data = json.dumps(record(formed), ensure_ascii=False)
        db.execute("UPDATE entity SET whole=?, data=? WHERE grp=?", (whole, data, grp))
        return eid, formed

    def _whole(self, grp: int, eid: str) -> str | None:
        """The body that most profiles say this is a part of; each profile speaks through the reference that stands for it."""
        found: Counter[str] = Counter()
        for article, key in self._all(_WHOLES, grp, grp):
            above = self._index.entity_of((article, key))
            if above is not None and above != eid:
                found[above] += 1
        return min(found, key=lambda w: (-found[w], w), default=None)

    def _aliases(self, members: Sequence[Pair], name: str) -> list[str]:
        names: set[str] = set()
        for node in members:
            if not node[0]:
                names.update(self._index.names(node[1]))
            else:
                (text,) = self._index.db.execute("SELECT names FROM ref WHERE article=? AND key=?", node).fetchone()
                names.update(json.loads(text))
        return sorted(names - {name})


def formed_of(data: dict[str, Any]) -> Formed:
    """An entity as the index keeps it."""
    return Formed(
        EntityType(data["type"]),
        data["name"],
        tuple(data["aliases"]),
        data["country"],
        data["part_of"],
        tuple(data["same_as"]),
    )


def shared_names(reference: Reference, profile: Profile) -> set[str]:
    """All names of a reference, as its entity shows them; a name with letters in brackets counts as two."""
    return {*profile.names, *(n for n in (reference.name, *reference.aliases) if not n.endswith(")"))}


def _distinct(group: Sequence[Profile]) -> list[Profile]:
    return list({p.id: p for p in group}.values())


def group_hash(nodes: Sequence[Pair]) -> str:
    """What tells a group from namesakes in its id: a hash of its smallest profile, which newcomers seldom change."""
    return min(((bool(a), k if not a else digest(a, k)) for a, k in nodes))[1][:8]


def usual_name(group: Sequence[Profile]) -> str:
    """The name that most distinct profiles give; for people the one of most words first, letters only where no name is."""
    names = Counter(p.names[0] for p in _distinct(group))
    full = (
        [n for n in names if not is_letters(n)]
        or sorted({n for p in group for n in p.names if not is_letters(n)})
        or list(names)
    )
    if group[0].family is EntityType.PERSON:
        return min(full, key=lambda n: (-min(len(n.split()), 3), -names[n], -len(n), n))
    return min(full, key=lambda n: (-names[n], -len(n), n))


def usual_type(group: Sequence[Profile]) -> EntityType:
    """The type that most profiles have; a finer one wins over plain organisation and place."""
    kinds = Counter(p.type for p in _distinct(group))
    plain = (EntityType.ORGANISATION, EntityType.PLACE)
    return min(kinds, key=lambda t: (t in plain, -kinds[t], t.value))


def home_country(group: Sequence[Profile]) -> str | None:
    """The country that the text gives to most profiles."""
    found = Counter(p.country for p in _distinct(group) if p.country)
    return min(found, key=lambda c: (-found[c], c)) if found else None
