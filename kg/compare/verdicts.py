"""The verdict on two figures that can be compared."""

from __future__ import annotations

from dataclasses import dataclass

from kg.compare import dates
from kg.compare.intervals import interval, moved, rounded, same_figure
from kg.model import Claim, Verdict

WINDOW = 14
"""Days within which two sources speak of one moment; a figure given later than that is taken for a later count."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with what its sentence needs: whether one source gave both, days between, and ``"up"`` or ``"down"``."""

    verdict: Verdict
    same_source: bool
    days: int | None
    way: str | None = None


def find(a: Claim, b: Claim) -> Finding:
    """The verdict on two comparable figures, ``a`` being the earlier one."""
    same = same_source(a, b)
    days = dates.days_between(dates.when(a), dates.when(b))
    left, right = interval(a), interval(b)
    if left is None or right is None:
        return Finding(Verdict.NOT_COMPARABLE, same, days)
    if same_figure(a, b):
        return Finding(Verdict.AGREES, same, days)
    later = days is not None and (days > WINDOW or (same and days > 0))
    way = moved(a, b)
    if later and way:
        return Finding(Verdict.REVISES, same, days, way)
    if left.overlaps(right) or rounded(a, b):
        return Finding(Verdict.COMPATIBLE, same, days)
    return Finding(Verdict.CONTRADICTS, same, days, way)


def same_source(a: Claim, b: Claim) -> bool:
    """Whether one source gave both: the same speaker, a body and one who speaks for it, or two of one body."""
    if a.speaker is not None and a.speaker == b.speaker:
        return True
    if a.speaker and b.speaker and a.speaker_name == b.speaker_name and a.speaker_name[:1].isupper():
        return (
            True  # one name in two articles that are about one affair, whether or not they were judged to be the same
        )
    if (a.speaker and a.speaker in b.bodies) or (b.speaker and b.speaker in a.bodies):
        return True
    if a.bodies and b.bodies and set(a.bodies) & set(b.bodies):
        return True
    return _of(a.speaker_name, b.speaker_name) or _of(b.speaker_name, a.speaker_name)


def _of(name: str, body: str) -> bool:
    """Whether an unnamed source is called after a body: "a senior Interior Ministry official" of the Interior Ministry."""
    return name[:1].islower() and len(body.split()) > 1 and body[:1].isupper() and f" {body} " in f"{name} "
