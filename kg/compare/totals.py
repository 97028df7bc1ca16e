"""Sub-totals against their total: a part is no larger than the whole, and parts that exclude one another add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.compare.differences import alike
from kg.compare.intervals import interval
from kg.compare.keys import key
from kg.compare.wording import reason
from kg.compare.wording.figure import amount, capital, counted, number, saying, speaker
from kg.model import Claim, Comparison, Verdict

_APART = (
    frozenset({"woman", "man", "child"}),
    frozenset({"civilian", "soldier", "police", "fighter"}),
    frozenset({"girl", "boy"}),
)
"""Kinds of people of whom nobody is two, so that their numbers add up."""


def compare(claims: Sequence[Claim]) -> Iterator[Comparison]:
    """A comparison for each part that is larger than its total, and one for parts that together are larger."""
    by_figure = {claim.figure: claim for claim in claims}
    parts: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.total and claim.total in by_figure and alike(claim, by_figure[claim.total]):
            parts[claim.total].append(claim)
    for figure, found in sorted(parts.items()):
        whole = by_figure[figure]
        limit = interval(whole)
        if limit is None:
            continue
        too_large = [p for p in found if (i := interval(p)) is not None and i.low > limit.high]
        for part in too_large:
            yield _comparison(whole, part, _one(whole, part))
        if too_large:
            continue
        for kinds in _APART:
            apart = {
                key(p).population: p for p in found if key(p).population in kinds and key(p).event == key(whole).event
            }
            least = sum(i.low for p in apart.values() if (i := interval(p)) is not None)
            if len(apart) > 1 and least > limit.high:
                yield _comparison(
                    whole, max(apart.values(), key=lambda p: p.low or 0), _sum(whole, list(apart.values()))
                )


def _one(whole: Claim, part: Claim) -> str:
    return (
        f"{capital(speaker(whole))} {saying(whole)} that {reason.statement(whole)}, of whom {reason.statement(part)}: "
        f"a part cannot be larger than its total."
    )


def _sum(whole: Claim, parts: Sequence[Claim]) -> str:
    listed = [counted(p) for p in parts]
    total = sum(p.value or p.low or 0 for p in parts)
    return (
        f"{capital(speaker(whole))} {saying(whole)} that {reason.statement(whole)}, among them "
        f"{', '.join(listed[:-1])} and {listed[-1]}: the parts add up to {amount(total)}, more than {number(whole)}."
    )


def _comparison(whole: Claim, part: Claim, reason: str) -> Comparison:
    return Comparison(whole.figure, part.figure, whole.statement, part.statement, Verdict.CONTRADICTS, reason)
