"""Whether two articles are about one affair. The farther their days, the more must be in common."""

from __future__ import annotations

from kg.compare import dates
from kg.compare.affairs.coverage import reach
from kg.model import Coverage

DAYS = 7
"""Days within which articles that share a happening and a place, or two names, follow one another, as clusters of a day do."""
CLOSE = 2
"""Days within which one name is enough where all happened in one place."""
_STEPS = ((DAYS, 2, 3), (30, 2, 4), (90, 3, 5))
"""Up to so many days: how many names two articles of one happening must share, and how many without one."""
_UNDATED = (3, 5)
COPY = 0.5
"""The share of runs of words from which two texts are one, printed twice."""


def tied(a: Coverage, b: Coverage) -> bool:
    """Whether two articles are about one affair."""
    if alike(a, b):
        return True
    mine, yours = set(a.names), set(b.names)
    shared = len(mine & (yours | set(b.heads)) | yours & set(a.heads))
    happenings = set(a.happenings) & set(b.happenings)
    days = dates.days_between(a.day, b.day)
    if days is None:
        return shared >= _UNDATED[not happenings]
    land = bool(set(a.lands) & set(b.lands))
    if happenings and land and set(a.places) & set(b.places) and abs(days) <= 2 * DAYS:
        return True
    if abs(days) <= DAYS and happenings and shared:
        if set(a.places) & set(b.places):
            return True
        reaches = {reach(happening) for happening in happenings}
        if ("point" in reaches and abs(days) <= CLOSE) or ("wide" in reaches and land):
            return True
    return any(abs(days) <= most and shared >= (few if happenings else many) for most, few, many in _STEPS)


def alike(a: Coverage, b: Coverage) -> bool:
    """Whether one article is the other, printed elsewhere or again with little changed."""
    if not a.sketch or not b.sketch:
        return False
    small = sorted({*a.sketch, *b.sketch})[: max(len(a.sketch), len(b.sketch))]
    both = set(a.sketch) & set(b.sketch)
    return sum(h in both for h in small) >= COPY * len(small)
