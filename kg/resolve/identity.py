"""References of different articles that are the same entity: judgements by rule or person, and the entities they form.

Nothing is merged in place. A judgement says same, not same or unsure of two references, by which rule or person and why;
entities are the groups that the judgements "same" join, and change when a judgement is withdrawn. All of it follows
from the set of references and of persons' judgements alone, not from their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.model import Entity, EntityType, Identity, Judgement, OfficeHeld, Reference, digest
from kg.resolve import bodies, people, places
from kg.resolve.blocking import candidates
from kg.resolve.decision import Decision
from kg.resolve.grouping import group
from kg.resolve.naming import name_entities
from kg.resolve.profiles import Pair, Profile, profiles

ALIKE = 0.97
"""How sure it is that two references with the same profile are the same."""


def judge(
    references: Sequence[Reference], offices: Sequence[OfficeHeld] = (), *, decided: Sequence[Judgement] = ()
) -> list[Judgement]:
    """All judgements: those of persons (``decided``), which no rule overrides, and those of the rules.

    References with the same profile are each judged the same as one of them; of two profiles that share a key, those
    that stand for them are judged.
    """
    of = profiles(references, offices)
    members: dict[str, list[Pair]] = defaultdict(list)
    by_id: dict[str, Profile] = {}
    for pair, profile in of.items():
        members[profile.id].append(pair)
        by_id[profile.id] = profile
    stands = {pid: representative(pairs) for pid, pairs in members.items()}
    persons = {frozenset((d.left, d.right)) for d in decided}
    out = list(decided)
    for pid, pairs in members.items():
        out.extend(alike(stands[pid], pair, by_id[pid]) for pair in pairs if pair != stands[pid])
    for left, right in candidates(by_id.items()):
        found = decide(by_id[left], by_id[right])
        if found is not None:
            out.append(between(stands[left], stands[right], by_id[left], found))
    return sorted(
        (j for j in out if j.person or frozenset((j.left, j.right)) not in persons),
        key=lambda j: (j.left, j.right, j.by),
    )


def decide(left: Profile, right: Profile) -> Decision | None:
    """What the rules say of two profiles; ``None`` where nothing ties them. Left and right may be exchanged."""
    if left.family is not right.family or left.family in (EntityType.UNNAMED, EntityType.DOCUMENT):
        return None
    if right.id < left.id:
        left, right = right, left
    if left.family is EntityType.PERSON:
        return people.decide(left, right)
    return places.decide(left, right) if left.family is EntityType.PLACE else bodies.decide(left, right)


def representative(pairs: Iterable[Pair]) -> Pair:
    """The reference that stands for all with its profile: that of the smallest hash, so that newcomers seldom take over."""
    return min(pairs, key=lambda pair: (digest(*pair), pair))


def alike(left: Pair, right: Pair, profile: Profile) -> Judgement:
    """The judgement that a reference is the same as the one that stands for its profile."""
    what = "the same offices" if profile.offices else "nothing that tells them apart"
    reason = f"both articles name {profile.names[0]} and say {what}"
    return _judgement(left, right, Identity.SAME, f"rule: alike {profile.family.value}", reason, ALIKE)


def between(left: Pair, right: Pair, profile: Profile, found: Decision) -> Judgement:
    """The judgement of a rule on the references that stand for two profiles."""
    return _judgement(left, right, found.verdict, f"rule: {profile.family.value} names", found.reason, found.confidence)


def _judgement(left: Pair, right: Pair, verdict: Identity, by: str, reason: str, confidence: float) -> Judgement:
    left, right = sorted((left, right))
    return Judgement(left, right, verdict, by, reason, confidence)


def entities(
    references: Sequence[Reference], judgements: Iterable[Judgement], offices: Sequence[OfficeHeld] = ()
) -> list[Entity]:
    """The entities that the judgements form, in order of id."""
    of = profiles(references, offices)
    groups = group(of, judgements).groups
    return name_entities(groups, {(r.article, r.key): r for r in references}, of)


def unsettled(judgements: Iterable[Judgement], formed: Mapping[Pair, str]) -> list[Judgement]:
    """The unsure judgements that a person could settle: their two references are not in one entity by other ways."""
    return [
        j
        for j in judgements
        if j.verdict is Identity.UNSURE and not j.person and formed.get(j.left) != formed.get(j.right)
    ]
