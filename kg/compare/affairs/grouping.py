"""The affairs of given articles: articles that are tied, or hang together by ties that hold."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from kg.compare import dates
from kg.compare.affairs.ties import AROUND, STEPS, Tie, tied
from kg.model import Affair, Coverage, digest

NEAREST = 8
"""An article is held against so many of those before it that share a name with it, for each of its names."""
LATE = "9999"
"""Where an article without a day stands in a lane."""


def lanes(article: Coverage) -> tuple[str, ...]:
    """The lines of articles that one stands in: one for each of its names, and one for its first runs of words."""
    text = (f"#{h}" for h in article.sketch[:4])
    return tuple(sorted({*article.names, *text}))


def place(article: Coverage) -> tuple[str, str]:
    """Where an article stands in a lane: by its day, that in the middle of a month or a year; those without one last."""
    if not article.day:
        return LATE, article.article
    return _middle(article.day), article.article


@lru_cache(maxsize=4096)
def _middle(day: str) -> str:
    return date.fromordinal(int(dates.middle(day))).isoformat()


@lru_cache(maxsize=4096)
def around(day: str) -> tuple[str, str]:
    """The first and the last day of those around an article that stands on ``day`` in its lanes.

    >>> around("2016-09-25"), around("9999")
    (('2016-08-26', '2016-10-25'), ('9999', '9999'))
    """
    if day == LATE:
        return day, day
    middle = date.fromisoformat(day)
    return (middle - timedelta(AROUND)).isoformat(), (middle + timedelta(AROUND)).isoformat()


def leader(articles: Iterable[str]) -> str:
    """The article whose id is that of the affair: the least by a hash, so that articles that come later seldom change it."""
    return min(articles, key=lambda article: (digest(article), article))


def before(lane: Sequence[Coverage], at: int) -> Sequence[Coverage]:
    """Those that the article at ``at`` of a lane is held against."""
    return lane[max(at - NEAREST, 0) : at]


def holds(a: str, b: str, tie: Tie, beside: Mapping[str, Collection[str]]) -> bool:
    """Whether a tie of two articles holds their affair together: a weak one does where a third is tied to both, or one of them is
    tied to no other, so that no two groups are one by a single bridge. ``beside`` are the articles that either is tied to.
    """
    if tie is Tie.STRONG:
        return True
    mine, yours = beside[a], beside[b]
    return len(mine) == 1 or len(yours) == 1 or not set(mine).isdisjoint(yours)


class Commonness:
    """How many of given articles have a name in the weeks around one of them: counts up to the last of ``STEPS``."""

    def __init__(self, articles: Iterable[Coverage]) -> None:
        self._days: dict[str, list[str]] = defaultdict(list)
        for day, name in sorted((place(a)[0], name) for a in articles for name in a.names):
            self._days[name].append(day)

    def __call__(self, name: str, article: Coverage) -> int:
        first, last = around(place(article)[0])
        days = self._days[name]
        return min(bisect_right(days, last) - bisect_left(days, first) - 1, STEPS[-1])


def group(articles: Iterable[Coverage]) -> list[Affair]:
    """The affairs of all ``articles``, in order of id; an article that is tied to none is an affair by itself."""
    line = sorted(articles, key=place)
    common = Commonness(line)
    of: dict[str, list[Coverage]] = defaultdict(list)
    ties: dict[tuple[str, str], Tie] = {}
    for later in line:
        met = {e.article: e for lane in lanes(later) for e in before(of[lane], len(of[lane]))}
        found = {(earlier, later.article): tied(met[earlier], later, common) for earlier in met}
        ties |= {pair: tie for pair, tie in found.items() if tie is not Tie.NONE}
        for lane in lanes(later):
            of[lane].append(later)
    beside = _beside(ties)
    bonds = _beside(pair for pair, tie in ties.items() if holds(*pair, tie, beside))
    made, seen = [], set[str]()
    for article in line:
        if article.article not in seen:
            members = _reached(article.article, bonds)
            seen |= members
            made.append(described([a for a in line if a.article in members]))
    return sorted(made, key=lambda affair: affair.id)


def _beside(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        out[a].add(b)
        out[b].add(a)
    return out


def _reached(article: str, bonds: Mapping[str, Collection[str]]) -> set[str]:
    members, todo = set[str](), [article]
    while todo:
        one = todo.pop()
        if one not in members:
            members.add(one)
            todo += bonds.get(one, ())
    return members


def described(members: Iterable[Coverage]) -> Affair:
    """An affair, from what its articles cover."""
    line = sorted(members, key=place)
    days = [a.day for a in line if a.day]
    happenings = Counter(h for a in line for h in a.happenings[:1])
    return Affair(
        leader(a.article for a in line), tuple(a.article for a in line), line[0].title,
        min(days, key=dates.middle, default=None), max(days, key=dates.middle, default=None),
        min(happenings, key=lambda name: (-happenings[name], name), default=""),
    )  # fmt: skip
