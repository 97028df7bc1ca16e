"""The affairs of given articles: articles that are tied, or hang together by ties."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from kg.compare import dates
from kg.compare.affairs.ties import tied
from kg.model import Affair, Coverage, digest

NEAREST = 8
"""An article is held against so many of those before it that share a name with it, for each of its names."""
_LATE = "9999"


def lanes(article: Coverage) -> tuple[str, ...]:
    """The lines of articles that one stands in: one for each of its names, and one for its first runs of words."""
    text = (f"#{h}" for h in article.sketch[:4])
    return tuple(sorted({*article.names, *text}))


def place(article: Coverage) -> tuple[str, str]:
    """Where an article stands in a lane: by its day, those without one last."""
    return article.day or _LATE, article.article


def leader(articles: Iterable[str]) -> str:
    """The article whose id is that of the affair: the least by a hash, so that articles that come later seldom change it."""
    return min(articles, key=lambda article: (digest(article), article))


def before(lane: Sequence[Coverage], at: int) -> Sequence[Coverage]:
    """Those that the article at ``at`` of a lane is held against."""
    return lane[max(at - NEAREST, 0) : at]


def group(articles: Iterable[Coverage]) -> list[Affair]:
    """The affairs of all ``articles``, in order of id; an article that is tied to none is an affair by itself."""
    line = sorted(articles, key=place)
    of: dict[str, list[Coverage]] = defaultdict(list)
    beside: dict[str, set[str]] = {a.article: set() for a in line}
    for later in line:
        met = {e.article: e for lane in lanes(later) for e in before(of[lane], len(of[lane]))}
        for earlier in met.values():
            if tied(earlier, later):
                beside[earlier.article].add(later.article)
                beside[later.article].add(earlier.article)
        for lane in lanes(later):
            of[lane].append(later)
    found, seen = [], set[str]()
    for article in line:
        if article.article in seen:
            continue
        members, todo = set[str](), [article.article]
        while todo:
            one = todo.pop()
            if one not in members:
                members.add(one)
                todo += beside[one]
        seen |= members
        found.append(described([a for a in line if a.article in members]))
    return sorted(found, key=lambda affair: affair.id)


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
