"""Identity of given references all at once and in memory, by the same code that keeps a store up to date: the oracle of tests.

Nothing is merged in place. A judgement says same, not same or unsure of two references, by which rule or person and why;
entities are the groups that the judgements "same" join, and change when a judgement is withdrawn. All of it follows
from the set of references and of persons' judgements alone, not from their order.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.identity.profiles import Pair
from kg.identity.rules import decide
from kg.model import Entity, Judgement, OfficeHeld, Reference
from kg.store.upkeep.identities import Change
from kg.store.upkeep.index import Index
from kg.store.upkeep.naming import Changes


@dataclass(frozen=True, slots=True)
class Identities:
    """Entities in order of id, all judgements in order of their references, and persons' judgements that others overrule."""

    entities: tuple[Entity, ...]
    judgements: tuple[Judgement, ...]
    overruled: tuple[tuple[Judgement, str], ...] = ()


def identify(
    references: Sequence[Reference], offices: Sequence[OfficeHeld] = (), *, decided: Sequence[Judgement] = ()
) -> Identities:
    """Judge ``references`` and form entities, all at once and in memory. ``decided`` are the judgements of persons."""
    change = Change(Index(sqlite3.connect(":memory:")), decided)
    change.add(references, offices)
    changes = change.finish()
    of: dict[str, list[Pair]] = defaultdict(list)
    for pair, eid in changes.references.items():
        if eid is not None:
            of[eid].append(pair)
    entities = [
        Entity(eid, e.type, e.name, e.aliases, e.country, e.part_of, tuple(sorted(of[eid])))
        for eid, e in sorted(changes.entities.items())
    ]
    told = [now for _, now in changes.judgements if now is not None]
    judgements = sorted([*decided, *told], key=lambda j: (j.left, j.right, j.by))
    return Identities(tuple(entities), tuple(judgements), tuple(changes.overruled))


__all__ = ["Change", "Changes", "Identities", "Index", "decide", "identify"]
