"""Which statements can be compared, and do they contradict, agree with or revise one another: the verdict and its reason.

``keys`` and ``differences`` say what can be compared, ``intervals`` what a figure allows, ``verdicts`` decides, ``sentences`` explains,
``parts`` holds sub-totals against totals, ``denials`` compares statements without figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

from kg.compare import dates, totals, verdicts
from kg.compare.denials import (
    BUSY,
    UNDATED,
    Key,
    Reading,
    Search,
    Sharp,
    beside,
    denial_keys,
    denials,
    looks,
    opposed,
    reading,
    searches,
    telling,
)
from kg.compare.differences import Unsure, difference, doubt
from kg.compare.intervals import REACH, ROUNDING, interval
from kg.compare.keys import places
from kg.compare.roles import DENIED, EARLIER
from kg.compare.slots import Slot, block, counted, one_kind, series, slot, went
from kg.compare.verdicts import WINDOW
from kg.compare.wording import reason
from kg.english.numerals.bounds import TOLERANCE
from kg.model import Claim, Comparison, Doubt, Verdict

NEAREST = 16
"""Two figures are neighbours where fewer than so many others stand between them in time, of their group (its
:func:`block`) as a whole, or of those in their group that share a place with them. Only neighbours are compared: a figure
more concerns its neighbours on both sides and no others, however large the group.
"""
MOST_DOUBTS = 8
"""Of one figure at most so many doubts are kept, those on the nearest earlier figures."""
EVERYWHERE = "*"
"""The line of all figures of a group, whatever their places (:func:`lanes`)."""


def compare(claims: Sequence[Claim], *, all_pairs: bool = False) -> list[Comparison]:
    """The comparisons worth telling, the earlier figure on the left. With ``all_pairs`` every two claims, also those that
    cannot be compared, with the reason why not.

    A figure is compared with those of its neighbours (:data:`NEAREST`) that were given within ``WINDOW`` days by others,
    and with the last earlier one of its own source and of any other. What one source is quoted with twice is compared once.
    """
    if all_pairs:
        return _sorted(pair(a, b) for a, b in combinations(sorted(claims, key=dates.order), 2) if a.figure != b.figure)
    groups: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        at = block(claim)
        if at is not None:
            groups[at].append(claim)
    out = sub_totals(claims)
    for _, members in sorted(groups.items()):
        out += among(members)
    return _sorted(out)


def sub_totals(claims: Sequence[Claim]) -> list[Comparison]:
    """The sub-totals that cannot be parts of their totals. A total and its parts stand in one article."""
    return _sorted(totals.compare(claims))


def among(members: Sequence[Claim]) -> list[Comparison]:
    """The comparisons of figures that share a :func:`block`; a total is not compared with its own parts.

    Each is held against its neighbours (:data:`NEAREST`), so that what one figure more can change is bounded, too.
    """
    line = once(sorted(members, key=dates.order))
    behind: dict[str, list[int]] = defaultdict(list)
    out: list[Comparison] = []
    for i, later in enumerate(line):
        at = {j for lane in lanes(later) for j in behind[lane][-NEAREST:]}
        out += of_one(later, [line[j] for j in sorted(at)])
        for lane in lanes(later):
            behind[lane].append(i)
    return _sorted(out)


def lanes(claim: Claim) -> tuple[str, ...]:
    """The lines of figures that a figure stands in: that of its affair, one for each place in it and one for its side, and that of
    the people of a country, over all affairs. Where no affair is known, that of all of its group, and one for each place.
    """
    own = claim.affair
    inside = [f"{own}{EVERYWHERE}", *(f"{own}@{place}" for place in sorted(set(places(claim))))]
    if own and (side := "+".join(sorted(slot(claim).side))):
        inside.append(f"{own}/{side}")
    if own and (places(claim) or went(claim)) and (nations := "+".join(sorted(series(claim)))):
        inside.append(f"+{nations}")
    return tuple(inside)


def of_one(later: Claim, neighbours: Sequence[Claim]) -> list[Comparison]:
    """The comparisons of a figure with its earlier neighbours, given from early to late: with those of the same days, and
    with the last earlier one of its own source and of any other.
    """
    return weigh(later, neighbours)[0]


def weigh(
    later: Claim, neighbours: Sequence[Claim], judged: Collection[frozenset[str]] = ()
) -> tuple[list[Comparison], list[Doubt]]:
    """The comparisons of a figure as in :func:`of_one`, and the doubts that keep it from being compared with others. Of pairs
    that a person has ``judged`` on, nothing is said.
    """
    out: list[Comparison] = []
    doubts: list[Doubt] = []
    own = other = False  # whether the last earlier figure of this source, and of any other, was met
    for earlier in reversed(neighbours):
        if frozenset((earlier.figure, later.figure)) in judged:
            continue
        here, there = places(earlier), places(later)
        if not later.affair and here and there and set(here).isdisjoint(there):
            continue
        same = verdicts.same_source(earlier, later)
        days = dates.days_between(dates.when(earlier), dates.when(later))
        near = days is None or days <= WINDOW or (bool(later.affair) and bool(slot(later).nature))
        if (same and own) or (not same and not near and (own or other)):
            continue
        why = difference(earlier, later)
        if why is not None:
            doubts += doubted(earlier, later) if isinstance(why, Unsure) and len(doubts) < MOST_DOUBTS else ()
            continue
        own, other = own or (same and not near), other or (not same and not near)
        if later.figure != earlier.total and earlier.figure != later.total:
            found = pair(earlier, later)
            if found.verdict is not Verdict.AGREES or not (same or _only_writes(earlier) or _only_writes(later)):
                out.append(found)
    return out, doubts


def doubted(a: Claim, b: Claim) -> list[Doubt]:
    """What nobody knows of two figures that may count the same, where an answer tells something: that they exclude each other, that
    one takes the place of the other, or that two sources agree.
    """
    why = doubt(a, b)
    if why is None or b.figure == a.total or a.figure == b.total:
        return []
    a, b = sorted((a, b), key=_order)
    found = verdicts.find(a, b)
    agree = found.verdict is Verdict.AGREES and not (found.same_source or _only_writes(a) or _only_writes(b))
    if not agree and found.verdict not in (Verdict.CONTRADICTS, Verdict.REVISES):
        return []
    return [Doubt(a.figure, b.figure, found.verdict, why)]


def judged(a: Claim, b: Claim, by: str) -> Comparison | None:
    """The comparison of two figures that a person judged to count the same; ``None`` where they have no numbers."""
    a, b = sorted((a, b), key=_order)
    found = verdicts.find(a, b)
    if found.verdict is Verdict.NOT_COMPARABLE:
        return None
    told = reason.reason(a, b, found).rstrip(".")
    return _comparison(a, b, found.verdict, f"{told} ({by} judged that they count the same).")


def _order(claim: Claim) -> tuple[bool, float, str, int, str]:
    """Sorts two figures: what an article tells of before first; of one day, as an article tells them."""
    when, figure = dates.order(claim)
    return slot(claim).role not in (EARLIER, DENIED), when, claim.article, claim.start, figure


def _only_writes(claim: Claim) -> bool:
    """Whether a figure is in the voice of who only writes about it, and is no body that counts: a ministry publishes its own."""
    return claim.author and not verdicts.counts(claim)


def pair(a: Claim, b: Claim) -> Comparison:
    """The verdict on any two figures, in whichever order they are given."""
    a, b = sorted((a, b), key=_order)
    why = difference(a, b)
    if why is not None:
        return _comparison(a, b, Verdict.NOT_COMPARABLE, reason.not_comparable(a, b, why))
    found = verdicts.find(a, b)
    return _comparison(a, b, found.verdict, reason.reason(a, b, found))


def once(line: Sequence[Claim]) -> list[Claim]:
    """Without repetitions: a figure that the same source gave at the same time, reported twice, and a figure that an
    article gives in its own voice where it, or another of the same time, quotes somebody with it.
    """
    seen: dict[tuple[object, ...], list[str]] = defaultdict(list)
    quoted: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in line:
        if not claim.author:
            quoted[repeated(claim)].append(claim)
    out = []
    for claim in line:
        at = dates.when(claim) or ""
        times = seen[claim.speaker or claim.statement, claim.comparator, *repeated(claim)]
        same = quoted[repeated(claim)] if claim.author else ()
        if not any(meets(at, time) for time in times) and not any(
            c.article == claim.article or meets(dates.when(c) or "", at) for c in same
        ):
            out.append(claim)
        times.append(at)
    return out


def repeated(claim: Claim) -> tuple[object, ...]:
    """What two figures of a group must have in common where one is but a repetition of the other (:func:`once`)."""
    return claim.value, claim.low, claim.high, counted(claim)


def meets(a: str, b: str) -> bool:
    """Whether one of two partial dates holds the other; "" for an unknown one meets all."""
    return a.startswith(b) or b.startswith(a)


def _comparison(a: Claim, b: Claim, verdict: Verdict, reason: str) -> Comparison:
    return Comparison(a.figure, b.figure, a.statement, b.statement, verdict, reason)


def _sorted(found: Iterable[Comparison]) -> list[Comparison]:
    return sorted({(c.left, c.right): c for c in found}.values(), key=lambda c: (c.left, c.right))


__all__ = [
    "BUSY",
    "EVERYWHERE",
    "MOST_DOUBTS",
    "NEAREST",
    "REACH",
    "ROUNDING",
    "TOLERANCE",
    "UNDATED",
    "WINDOW",
    "Key",
    "Reading",
    "Search",
    "Sharp",
    "Slot",
    "Unsure",
    "among",
    "beside",
    "block",
    "compare",
    "counted",
    "denial_keys",
    "denials",
    "difference",
    "doubt",
    "doubted",
    "interval",
    "judged",
    "lanes",
    "looks",
    "meets",
    "of_one",
    "once",
    "one_kind",
    "opposed",
    "pair",
    "places",
    "reading",
    "repeated",
    "searches",
    "sharp",
    "slot",
    "sub_totals",
    "telling",
    "weigh",
]
