"""Are two places the same? Rules for countries, regions and cities."""

from __future__ import annotations

import re

from rapidfuzz.distance import DamerauLevenshtein

from kg.identity.decision import Decision, not_same, same, unsure
from kg.identity.institutions import squeezed
from kg.identity.profiles import Profile
from kg.identity.sounds import PARTICLES, fold, near, skeleton
from kg.model import EntityType


def decide(left: Profile, right: Profile) -> Decision | None:
    """The judgement on two places, or ``None`` where their names have nothing to do with each other."""
    written = {fold(n) for n in left.names} & {fold(n) for n in right.names}
    likeness = max(_likeness(a, b) for a in left.names for b in right.names)
    if not written and not likeness:
        return None
    both = f"“{left.names[0]}” and “{right.names[0]}”"
    if left.country and right.country and left.country != right.country:
        return not_same(f"{both} lie in {left.country} and {right.country}", 0.95)
    kinds = {left.type, right.type} - {EntityType.PLACE}
    if len(kinds) == 2 and EntityType.COUNTRY in kinds:
        return not_same(f"one “{left.names[0]}” is a country, the other is not", 0.8)
    if len(kinds) == 2:
        return unsure(f"one “{left.names[0]}” is a {left.type.value}, the other a {right.type.value}", 0.5)
    if written:
        return same(f"both articles name the place “{left.names[0]}”", 0.99 if left.country == right.country else 0.9)
    if (left.country and left.country == right.country) or likeness == 2:
        return same(f"{both} are spellings of one name", 0.85)
    return unsure(f"{both} may be spellings of one name", 0.4)


def _likeness(a: str, b: str) -> int:
    """2 for names that sound the same in full, 1 for near ones and for a short one with another vowel, else 0."""
    if sorted(re.findall(r"\d+", a)) != sorted(re.findall(r"\d+", b)):
        return 0  # "District 9" is no spelling of "District 6"
    x, y = (squeezed(" ".join(w for w in fold(n).replace("-", " ").split() if w not in PARTICLES) or n) for n in (a, b))
    if x == y:
        return 2 if len(x) >= 5 else 1
    short = skeleton(x) == skeleton(y) and len(skeleton(x)) > 1 and DamerauLevenshtein.distance(x, y) <= 1
    return int(near(x, y) or short)
