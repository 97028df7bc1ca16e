"""Figures as intervals: what a figure allows literally, what a hearer takes from it, and how two of them lie.

Literally "more than 330" has no upper end, and no figure above it contradicts it. Who knew of 500 would not say "more
than 330", though: a hearer infers an end at the next round number (Cummins, Sauerland and Solt 2012, *Granularity and
scalar implicature in numerical expressions*). Whether two figures *contradict* is decided by what they allow literally;
what is inferred decides only whether a later figure has *moved on* from an earlier one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from kg.english.numerals.bounds import TOLERANCE, around
from kg.model import Claim, Comparator

ROUNDING = 0.025
"""How far a bare round number (100 or more, without "around") may be off by rounding, as a share of the value."""

REACH = 0.5
""""As many as 500" and "up to 500" literally allow any smaller number; a hearer takes it that half is surpassed."""

_INF = math.inf


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high``, both included. ``implied_low`` and ``implied_high`` are what a hearer infers."""

    low: float
    high: float
    implied_low: float
    implied_high: float

    def overlaps(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high


def interval(claim: Claim) -> Interval | None:
    """The quantities that a figure allows; ``None`` for a figure without any number."""
    low, high = claim.low, claim.high
    if low is None and high is None:
        low = high = claim.value
    if low is None and high is None:
        return None
    match claim.comparator:
        case Comparator.ABOUT:
            least = low if low is not None else high or 0.0
            most = high if high is not None else least
            a, b = around(least, most)
            return Interval(a, b, a, b)
        case Comparator.MORE | Comparator.AT_LEAST:
            least = low if low is not None else high or 0.0
            return Interval(least, _INF, least, least + _step(least))
        case Comparator.LESS | Comparator.AT_MOST:
            most = high if high is not None else low or 0.0
            share = REACH * most if claim.comparator is Comparator.AT_MOST else most - _step(most)
            return Interval(min(0.0, most), most, min(share, most), most)
    least = low if low is not None else -_INF
    most = high if high is not None else _INF
    return Interval(least, most, least, most)


def _step(value: float) -> float:
    """To the next number as round as ``value``, at least a tenth: 330 → 33 (of 10 and a tenth the larger), 200 → 100."""
    if value == 0:
        return 0.0
    power = 10 ** math.floor(math.log10(abs(value)))
    while round(value / power, 9) % 1 and power > 1e-6:
        power /= 10
    return float(max(power, abs(value) * TOLERANCE))


def middle(claim: Claim) -> float | None:
    """The number that a figure is about; ``None`` for a figure without any."""
    if claim.value is not None:
        return claim.value
    ends = [x for x in (claim.low, claim.high) if x is not None]
    return sum(ends) / len(ends) if ends else None


def exact(claim: Claim) -> bool:
    """Whether the figure is one number without a bound."""
    return claim.comparator is Comparator.EQUAL and claim.value is not None


def same_figure(a: Claim, b: Claim) -> bool:
    """Whether both give the same number with the same bound; "around 40" and "40" are the same too."""
    close = {Comparator.EQUAL, Comparator.ABOUT}
    if a.value is not None and b.value is not None and math.isclose(a.value, b.value, rel_tol=1e-9):
        return a.comparator is b.comparator or {a.comparator, b.comparator} <= close
    return a.comparator is b.comparator and (a.low, a.high) == (b.low, b.high) and (a.low, a.high) != (None, None)


def rounded(a: Claim, b: Claim) -> bool:
    """Whether one of two bare numbers is the other, rounded ("12 percent" for 12.4, "340" for 339)."""
    if not (exact(a) and exact(b)) or a.value is None or b.value is None:
        return False
    for rough, fine in ((a.value, b.value), (b.value, a.value)):
        if rough == fine:
            continue
        if fine % 1 and not rough % 1 and abs(rough - fine) <= 0.5:
            return True
        if abs(rough) >= 100 and abs(rough - fine) <= abs(rough) * ROUNDING:
            return any(math.isclose(round(fine / p) * p, rough) for p in (10.0**k for k in range(1, 13)))
    return False


def moved(earlier: Claim, later: Claim) -> str | None:
    """``"up"`` or ``"down"`` where the later figure has left what the earlier one literally or by implication said."""
    a, b = interval(earlier), interval(later)
    if a is None or b is None or same_figure(earlier, later):
        return None
    if not a.overlaps(b) and not rounded(earlier, later):
        return "up" if b.low > a.high else "down"
    if a.high == _INF and b.implied_low >= a.implied_high:
        return "up"
    if earlier.comparator in (Comparator.LESS, Comparator.AT_MOST) and b.implied_high <= a.implied_low:
        return "down"
    return None
