"""The judgements of rules: on two profiles, and on references that are alike in all that rules look at."""

from __future__ import annotations

from kg.identity import bodies, people, places
from kg.identity.decision import Decision, not_same, same
from kg.identity.profiles import Pair, Profile
from kg.model import ALIKE, ALIKE_REASON, ALIKE_RULE, EntityType, Identity, Judgement

LISTED = 0.99
"""How sure a user's list of names is."""

TOGETHER = 0.8
"""How sure it is that two bodies which may be one are one, where one person holds the same office in both."""


def decide(left: Profile, right: Profile) -> Decision | None:
    """What the rules say of two profiles; ``None`` where nothing ties them. The verdict is the same for right and left
    exchanged, the reason may name them in the other order.
    """
    if left.family is not right.family or left.family in (EntityType.UNNAMED, EntityType.DOCUMENT):
        return None
    if left.listed and right.listed:
        if left.listed == right.listed:
            return same("the user's list of names has both as one", LISTED)
        return not_same("the user's list of names has them as two", LISTED)
    if left.family is EntityType.PERSON:
        return people.decide(left, right)
    return places.decide(left, right) if left.family is EntityType.PLACE else bodies.decide(left, right)


def together(found: Decision) -> Decision:
    """The judgement on two bodies that may be one, where one person holds the same office in both."""
    return Decision(Identity.SAME, f"{found.reason}, and one person speaks or acts for both", TOGETHER)


def alike(left: Pair, right: Pair) -> Judgement:
    """The judgement that a reference is the same as the one before it with the same profile."""
    return _judgement(left, right, Identity.SAME, ALIKE_RULE, ALIKE_REASON, ALIKE)


def between(left: Pair, right: Pair, profile: Profile, found: Decision) -> Judgement:
    """The judgement of a rule on the references that stand for two profiles."""
    return _judgement(left, right, found.verdict, f"rule: {profile.family.value} names", found.reason, found.confidence)


def _judgement(left: Pair, right: Pair, verdict: Identity, by: str, reason: str, confidence: float) -> Judgement:
    left, right = sorted((left, right))
    return Judgement(left, right, verdict, by, reason, confidence)
