"""Judgements → groups of references, by weighing what speaks for one actor against what speaks for two.

This is correlation clustering (Bansal, Blum and Chawla, 2004), solved by joining the two groups with the most evidence
first (greedy additive edge contraction, Keuper and others, 2015). For a join speak the judgements "same" between
the two groups; against it each pair of members whose full names are unlike. So what hangs on a single bridge, one
article that calls two actors by one name, is cut at that bridge as soon as either side has members of its own. Some evidence
is no matter of weight: "not same", two countries, and the word of a person, who is right against all of it.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.identity.profiles import Pair, Profile
from kg.identity.unlike import Calling, full_names, rivals
from kg.model import EntityType, Identity, Judgement

UNLIKE = 1.5
"""What two unlike full names weigh against one group, in log odds: less than a sure tie, more than an unsure one."""
_SUREST = 0.99
_NOBODY: Calling = Calling()


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups, each sorted, in order of their first reference; and the "same" that others overruled, with why."""

    groups: tuple[tuple[Pair, ...], ...]
    overruled: tuple[tuple[Judgement, str], ...] = ()


def group(
    of: Mapping[Pair, Profile],
    judgements: Iterable[Judgement],
    calling: Calling = _NOBODY,
    defied: Iterable[tuple[Pair, Pair]] = (),
) -> Grouping:
    """The groups that ``judgements`` form of the references of ``of``.

    Persons' judgements are taken first: only another person's word keeps apart what a person joins. ``defied`` are the nodes of
    which a person says "same" and a rule would say "not same"; where they are together, no rule of that kind counts any more. Then the groups are joined that have most evidence, until what is left speaks against.
    Bodies and places of two countries are never joined by rule, whatever lies between them. Judgements about references
    that are not there are left out. ``calling`` is what articles say of pairs of names. The same judgements in any
    order give the same groups.
    """
    known = [j for j in judgements if j.left in of and j.right in of]
    return _Clustering(of, known, calling, [d for d in defied if d[0] in of and d[1] in of]).grouping()


@dataclass(eq=False, slots=True)
class _Group:
    """A group while it grows: its members, its first one by which it is known, the countries that the text gives to its
    members, how many members have which full names, and the names that all of them have.
    """

    first: Pair
    members: set[Pair]
    countries: frozenset[str]
    names: Counter[tuple[EntityType, tuple[str, ...]]]
    shared: frozenset[str]
    ties: dict[Pair, float] = field(default_factory=dict)  # by the first member of the other group
    listed: frozenset[str] = frozenset()  # who the members are in a user's list of names
    told: bool = False  # whether a person says that members are one
    defies: frozenset[Pair] = frozenset()  # members of which a person may say so against a rule


def weight(confidence: float) -> float:
    """The log odds of a judgement.

    >>> round(weight(0.9), 2), weight(0.5)
    (2.2, 0.0)
    """
    p = min(max(confidence, 1 - _SUREST), _SUREST)
    return math.log(p / (1 - p))


class _Clustering:
    """One run over the judgements: each node is a group at first."""

    def __init__(
        self, of: Mapping[Pair, Profile], known: list[Judgement], calling: Calling, defied: list[tuple[Pair, Pair]]
    ) -> None:
        self._calling = calling
        self._at: dict[Pair, _Group] = {}
        self._defied: dict[Pair, set[Pair]] = defaultdict(set)
        for left, right in defied:
            self._defied[left].add(right)
            self._defied[right].add(left)
        for node, profile in of.items():
            names = full_names(profile.family, profile.names)
            country = frozenset({profile.country} if profile.country else ())
            listed = frozenset({profile.listed} if profile.listed else ())
            self._at[node] = _Group(
                node, {node}, country, Counter({(profile.family, names): 1}), frozenset(names), listed=listed
            )
            self._at[node].defies = frozenset({node} if node in self._defied else ())
        self._same = sorted((j for j in known if j.verdict is Identity.SAME), key=_rank)
        self._apart: dict[Pair, list[Judgement]] = defaultdict(list)
        for j in known:
            if j.verdict is Identity.NOT_SAME:
                self._apart[j.left].append(j)
                self._apart[j.right].append(j)

    def grouping(self) -> Grouping:
        overruled: list[tuple[Judgement, str]] = []
        for j in self._same:
            left, right = self._at[j.left], self._at[j.right]
            if j.person and left is not right:
                bar = self._bar(left, right, persons=True)
                if bar is None:
                    self._join(left, right).told = True
                else:
                    overruled.append((j, bar))
        self._contract()
        why: dict[tuple[Pair, Pair], str] = {}
        for j in self._same:
            left, right = self._at[j.left], self._at[j.right]
            if not j.person and left is not right:
                between = left.first, right.first
                if between not in why:
                    why[between] = self._bar(left, right) or self._against(left, right)[1]
                overruled.append((j, why[between]))
        groups = {id(g): tuple(sorted(g.members)) for g in self._at.values()}
        return Grouping(tuple(sorted(groups.values())), tuple(overruled))

    def _contract(self) -> None:
        """Join the two groups with most evidence, again and again. What speaks against a join is weighed when its turn comes:
        without it the evidence is the most that it can be.
        """
        self._tie()
        self._queue: list[tuple[float, Pair, Pair, bool]] = []
        for node, g in self._at.items():
            if g.first == node:
                self._offer(g)
        while self._queue:
            negative, first, second, weighed = heapq.heappop(self._queue)
            a, b = self._at[first], self._at[second]
            if a.first != first or b.first != second or a is b:
                continue  # one of them is a part of a larger group by now
            evidence = round(a.ties[second] - self._against(a, b, enough=a.ties[second])[0], 6)
            if not weighed:
                if evidence > 0 and self._bar(a, b) is None:
                    heapq.heappush(self._queue, (-evidence, first, second, True))
            elif evidence != -negative:  # one of them has grown since
                if evidence > 0:
                    heapq.heappush(self._queue, (-evidence, first, second, True))
            elif not (self._in_doubt(a, b) or self._in_doubt(b, a)):
                self._take(a, b)

    def _tie(self) -> None:
        """Sum the judgements of rules between each two groups."""
        for j in self._same:
            left, right = self._at[j.left], self._at[j.right]
            if left is not right and not j.person:
                for a, b in ((left, right), (right, left)):
                    a.ties[b.first] = a.ties.get(b.first, 0.0) + weight(j.confidence)

    def _take(self, a: _Group, b: _Group) -> None:
        """Join two groups, and offer the ties that are other than before: with those of a large group as it was, nothing more is
        to be found, unless a person's word is in it.
        """
        small, large = sorted((a, b), key=lambda g: (len(g.members), g.first))
        first, changed = large.first, list(small.ties)
        joined = self._join(a, b)
        self._offer(joined, None if joined.told or joined.first != first else changed)

    def _offer(self, g: _Group, among: Iterable[Pair] | None = None) -> None:
        """Put the ties of a group into the queue, unweighed: all of them, or those to other groups ``among`` these."""
        for other in g.ties if among is None else among:
            value = g.ties.get(other, 0.0)
            if value > 0:
                first, second = sorted((g.first, other))
                heapq.heappush(self._queue, (-round(value, 6), first, second, False))

    def _in_doubt(self, letters: _Group, other: _Group) -> bool:
        """Whether a group that has letters only may be that of ``other`` or as well that of a group of another name."""
        if letters.listed & other.listed:
            return False
        if any(family is not EntityType.ORGANISATION or names for family, names in letters.names):
            return False
        rest = (self._at[first] for first in letters.ties if first != other.first)
        return any(self._against(other, third, enough=0.0)[0] for third in rest)

    def _join(self, a: _Group, b: _Group) -> _Group:
        small, large = sorted((a, b), key=lambda g: (len(g.members), g.first))
        large.members |= small.members
        large.countries |= small.countries
        large.listed |= small.listed
        large.told |= small.told
        large.names += small.names
        large.shared &= small.shared
        large.defies |= small.defies
        before, large.first = large.first, min(large.first, small.first)
        self._at.update(dict.fromkeys(small.members, large))
        gone = {before, small.first}
        for other, value in small.ties.items():
            if other not in gone:
                large.ties[other] = large.ties.get(other, 0.0) + value
        large.ties = {other: value for other, value in large.ties.items() if other not in gone}
        for other, value in large.ties.items():
            theirs = self._at[other].ties
            for first in gone:
                theirs.pop(first, None)
            theirs[large.first] = value
        return large

    def _bar(self, left: _Group, right: _Group, *, persons: bool = False) -> str | None:
        """What keeps two groups apart whatever speaks for them; with ``persons`` only what persons said."""
        small, large = sorted((left, right), key=lambda g: len(g.members))
        defiant = self._is_defiant(left, right)
        bars = (
            n for p in small.members for n in self._apart[p] if (n.right if n.left == p else n.left) in large.members
        )
        bar = min((n for n in bars if n.person or not (persons or defiant)), key=_rank, default=None)
        if bar is not None:
            return bar.reason
        if not (persons or defiant) and left.listed and right.listed and not left.listed & right.listed:
            return "the user's list of names has them as two"
        lands = left.countries | right.countries
        agree = left.countries <= right.countries or right.countries <= left.countries
        if not persons and len(lands) > 1 and not agree:
            return f"they would join bodies or places of {' and '.join(sorted(lands))}"
        return None

    def _is_defiant(self, left: _Group, right: _Group) -> bool:
        """Whether two groups hold, together, what a person has joined against a rule."""
        if not (left.told or right.told):
            return False
        both = left.defies | right.defies
        return any(not both.isdisjoint(self._defied[node]) for node in both)

    def _against(self, left: _Group, right: _Group, *, enough: float = math.inf) -> tuple[float, str]:
        """How much unlike names weigh against a join, and what they are; ``enough`` is what no more needs to be counted. Where
        a person has joined unlike names, one that is like any of them is enough: the person is right.
        """
        if left.listed & right.listed:
            return 0.0, ""
        if left.shared & right.shared:
            return 0.0, "what speaks against it weighs more"  # no two members are unlike
        if (left.told or right.told) and any(
            not rivals(family, mine, yours, self._calling)[0] for family, mine in left.names for _, yours in right.names
        ):
            return 0.0, ""
        total, why = 0.0, "what speaks against it weighs more"
        for (family, mine), n in left.names.items():
            for (_, yours), m in right.names.items():
                unlike, two = rivals(family, mine, yours, self._calling)
                if two:
                    return math.inf, f"an article names “{mine[0]}” and “{yours[0]}” as two"
                if unlike:
                    total += UNLIKE * n * m
                    why = f"“{mine[0]}” and “{yours[0]}” are unlike names"
                    if total >= enough and enough < math.inf:
                        return total, why
        return total, why


def _rank(j: Judgement) -> tuple[bool, float, Pair, Pair, str]:
    return not j.person, -j.confidence, j.left, j.right, j.by


__all__ = ["Grouping", "group", "weight"]
