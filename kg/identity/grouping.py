"""Judgements → groups of references: "same" joins, "not same" keeps apart, persons come before rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.identity.profiles import Pair, Profile
from kg.model import Identity, Judgement


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups, each sorted, in order of their first reference; and the "same" that others overruled, with why."""

    groups: tuple[tuple[Pair, ...], ...]
    overruled: tuple[tuple[Judgement, str], ...] = ()


def group(of: Mapping[Pair, Profile], judgements: Iterable[Judgement]) -> Grouping:
    """The groups that ``judgements`` form of the references of ``of``.

    Persons' judgements are taken first, then the surest, so that a circle of same, same, not same is cut at its weakest
    tie. Bodies and places of two countries are never joined by rule, whatever lies between them. Judgements about
    references that are not there are left out.
    """
    known = [j for j in judgements if j.left in of and j.right in of]
    at = {p: _Group({p}, frozenset({profile.country} if profile.country else ())) for p, profile in of.items()}
    apart: dict[Pair, list[Judgement]] = defaultdict(list)
    for j in known:
        if j.verdict is Identity.NOT_SAME:
            apart[j.left].append(j)
            apart[j.right].append(j)
    overruled: list[tuple[Judgement, str]] = []
    for j in sorted(known, key=_rank):
        if j.verdict is not Identity.SAME or at[j.left] is at[j.right]:
            continue
        small, large = sorted((at[j.left], at[j.right]), key=lambda g: len(g.members))
        bars = (n for p in small.members for n in apart[p] if (n.right if n.left == p else n.left) in large.members)
        bar = min(bars, key=_rank, default=None)
        lands = small.countries | large.countries
        if bar is not None:
            overruled.append((j, bar.reason))
        elif len(lands) > 1 and not j.person:
            overruled.append((j, f"they would join bodies or places of {' and '.join(sorted(lands))}"))
        else:
            large.members |= small.members
            large.countries = lands
            at.update(dict.fromkeys(small.members, large))
    groups = {id(g): tuple(sorted(g.members)) for g in at.values()}
    return Grouping(tuple(sorted(groups.values())), tuple(overruled))


@dataclass(eq=False, slots=True)
class _Group:
    """A group while it grows, and the countries that the text gives to its members."""

    members: set[Pair]
    countries: frozenset[str]


def _rank(j: Judgement) -> tuple[bool, float, Pair, Pair, str]:
    return not j.person, -j.confidence, j.left, j.right, j.by
