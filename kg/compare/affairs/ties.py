"""Whether two articles are about one affair. The farther their days, the more must be in common, and a name that many articles of
those weeks have says less than one that few have.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import IntEnum

from kg.compare import dates
from kg.compare.affairs.coverage import reach
from kg.model import Coverage

DAYS = 7
"""Days within which articles that share a happening and a place, or two names, follow one another, as clusters of a day do."""
CLOSE = 2
"""Days within which one name is enough where all happened in one place."""
AROUND = 30
"""Days before and after an article in which it is counted how many others have a name."""
STEPS = (8, 16, 32)
"""From so many other articles around it on, a name says half as much as before; from the last on always as little."""
COPY = 0.5
"""The share of runs of words from which two texts are one, printed twice."""
_FAR = ((DAYS, 2, 3), (30, 2, 4), (90, 3, 5))
"""Up to so many days: how many rare names two articles of one happening must share, and how many without one."""
_UNDATED = (3, 5)
_ALIKE = 0.18
"""How much of their names two articles must share, as a cosine, those that many have counted as little as they say."""
_SCENE = 0.12
"""How much where place or kind of happening say the same."""
_TIMELESS = 0.3
"""How much where nobody knows how far apart they are."""
_MOST = (5, 0.45)
"""Two of one happening and week that share so many names and so much of all their names are of one affair, however many have these."""


class Tie(IntEnum):
    """How two articles hang together: ``WEAK`` ones hold an affair together only where a third article is tied to both."""

    NONE = 0
    WEAK = 1
    STRONG = 2


Common = Callable[[str, Coverage], int]
"""How many other articles of the weeks around an article have a name; counted as far as the last of :data:`STEPS`."""


def alone(name: str, article: Coverage) -> int:
    """That no other article has a name: what two articles are by themselves."""
    return 0


def says(others: int) -> float:
    """How much a name says that so many other articles have.

    >>> says(0), says(8), says(20), says(500)
    (1.0, 0.5, 0.25, 0.125)
    """
    return 0.5 ** sum(others >= step for step in STEPS)


def tied(a: Coverage, b: Coverage, common: Common = alone) -> Tie:
    """How two articles hang together as being about one affair."""
    if alike(a, b):
        return Tie.STRONG
    shared = set(a.names) & {*b.names, *b.heads} | set(b.names) & set(a.heads)
    places = set(a.places) & set(b.places)
    if not shared and not places:
        return Tie.NONE
    size = math.sqrt(len(a.names) * len(b.names)) or 1.0
    happenings = set(a.happenings) & set(b.happenings)
    days = dates.days_between(a.day, b.day)
    # What is shared says at most as much as nobody else has; most pairs need no counting.
    said = _said(a, b, shared, common) if len(shared) >= _SCENE * size else 0.0
    if days is None:
        enough = said >= _UNDATED[not happenings] and said >= _TIMELESS * size
        return Tie.STRONG if enough else Tie.NONE
    by_names = _names(said, size, abs(days), bool(happenings))
    if by_names is not Tie.NONE or not happenings:
        return by_names
    within = abs(days) <= DAYS
    if within and places and a.happenings[0] == b.happenings[0] and reach(a.happenings[0]) != "case":
        return Tie.WEAK
    if within and len(shared) >= _MOST[0] and len(shared) >= _MOST[1] * size:
        return Tie.WEAK
    return Tie.WEAK if said >= _SCENE * size and _scene(a, b, happenings, abs(days), said) else Tie.NONE


def _said(a: Coverage, b: Coverage, shared: set[str], common: Common) -> float:
    """How much names that two articles share say: each as little as around that article of the two where more have it."""
    return sum(min(says(common(name, one)) for one in (a, b) if name in one.names) for name in sorted(shared))


def _scene(a: Coverage, b: Coverage, happenings: set[str], days: int, said: float) -> bool:
    """Whether place and kind of happening say that two articles of so many days are about one affair."""
    land, places = bool(set(a.lands) & set(b.lands)), bool(set(a.places) & set(b.places))
    if land and places and days <= 2 * DAYS:
        return True
    if days > DAYS or said < 1:
        return False
    reaches = {reach(happening) for happening in happenings}
    apart = bool(a.lands) and bool(b.lands) and not land
    return places or ("point" in reaches and days <= CLOSE and not apart) or ("wide" in reaches and land)


def _names(said: float, size: float, days: int, one_happening: bool) -> Tie:
    """How two articles hang together by the names that they share."""
    least = next((few if one_happening else many for most, few, many in _FAR if days <= most), math.inf)
    if said < least or said < _ALIKE * size:
        return Tie.NONE
    return Tie.STRONG if said > least and said >= 2 * _ALIKE * size else Tie.WEAK


def alike(a: Coverage, b: Coverage) -> bool:
    """Whether one article is the other, printed elsewhere or again with little changed."""
    if not a.sketch or not b.sketch:
        return False
    small = sorted({*a.sketch, *b.sketch})[: max(len(a.sketch), len(b.sketch))]
    both = set(a.sketch) & set(b.sketch)
    return sum(h in both for h in small) >= COPY * len(small)
