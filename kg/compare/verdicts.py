"""The verdict on two figures that can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.compare import dates
from kg.compare.intervals import interval, moved, rounded, same_figure
from kg.compare.roles import DENIED, EARLIER, corrects, official
from kg.compare.slots import ALONE, FIXED, GROWING, LOSSES, PLANS, STATE, is_fight, slot
from kg.compare.whereabouts import is_land
from kg.english.lists import listed
from kg.english.places import named
from kg.model import Claim, Verdict

WINDOW = 14
"""Days within which two sources speak of one moment; a figure given later than that is taken for a later count."""


CLOSE = 3
"""Days within which who stands for a candidate counts against those who only count."""
FIGHT = 30
"""Days within which the two sides of a fight stand by their own numbers."""


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
    way = moved(a, b)
    if slot(a).role in (EARLIER, DENIED):
        return Finding(Verdict.REVISES if way else Verdict.COMPATIBLE, same, days, way)
    excluding = not left.overlaps(right) and not rounded(a, b)
    stands = excluding and way is not None and _stands(a, b, same=same, way=way)
    if way and _takes_its_place(a, b, way, same=same, days=days, stands=stands):
        return Finding(Verdict.REVISES, same, days, way)
    if not excluding or may_be_among(a, b) or may_be_among(b, a):
        return Finding(Verdict.COMPATIBLE, same, days)
    return Finding(Verdict.CONTRADICTS, same, days, way)


def may_be_among(some: Claim, every: Claim) -> bool:
    """Whether fewer are counted of a kind that others stand beside ("two protesters") than of all ("at least three people"), among
    whom they may be. The dead miners of a mine are all of them, whatever they are called.
    """
    if slot(some).kind not in _BESIDE or slot(every).kind:
        return False
    few, many = interval(some), interval(every)
    return few is not None and many is not None and few.high < many.low


_BESIDE = frozenset(listed("slot_words", "beside"))


def _takes_its_place(a: Claim, b: Claim, way: str, *, same: bool, days: int | None, stands: bool) -> bool:
    """Whether a figure that has moved on takes the place of an earlier one. ``stands`` says that the earlier one holds as long as
    nobody says otherwise.
    """
    nature = _nature(a, b)
    if not days:  # "The directorate later raised the number to 27"
        return a.article == b.article and a.start < b.start and nature in (GROWING, STATE) and corrects(b, way)
    if nature and (corrects(b, way) or (a.article == b.article and nature != FIXED)):
        return True  # the writer knows both, and gives one after the other
    if not same and nature == GROWING and days <= rivalry(a, b):
        return False
    return not stands and days > (0 if same or (nature and slot(a).what not in PLANS) else WINDOW)


def _nature(a: Claim, b: Claim) -> str:
    """Whether the counted can still grow: not in a year that both look back on."""
    over = (
        a.as_of is not None
        and a.as_of == b.as_of
        and len(a.as_of) == len("2020")
        and not (a.published or "").startswith(a.as_of)
    )
    return "" if over else slot(a).nature


def _stands(a: Claim, b: Claim, *, same: bool, way: str) -> bool:
    """Whether an earlier figure of another source holds: of what has one true number, and of what can only have grown."""
    nature = _nature(a, b)
    return not same and (nature == FIXED or (nature == GROWING and way == "down"))


def rivalry(a: Claim, b: Claim) -> int:
    """For how many days two sources count against one another, -1 where they do not: the ministry and an aid body, two sides of a fight."""
    one, other, what = camp(a), camp(b), slot(a).what
    if what in LOSSES and is_fight(a, b):
        return -1 if _own(a) and _own(b) else FIGHT
    if what in ALONE:
        return CLOSE if a.author != b.author else -1
    if what == "detained" and (one == "official") != (other == "official"):
        return WINDOW
    return WINDOW if one and other and one != other and "civil" in (one, other) else -1


def _own(claim: Claim) -> bool:
    """Whether those who count the losses of a side are of that side, as far as their name tells."""
    lands = {name for name in named(claim.speaker_name) if is_land(name)}
    return bool(lands & slot(claim).side) or (not lands and camp(claim) == "official")


@lru_cache(maxsize=4096)
def camp(claim: Claim) -> str:
    """Whom a source is of: "official", "civil" or "firm"; "" where its name does not tell."""
    if official(claim):
        return "official"
    return _kind(claim) or ("official" if claim.author else "")


def counts(claim: Claim) -> bool:
    """Whether the name of a source tells that it is no paper but a body or a person of one."""
    return bool(_kind(claim))


def _kind(claim: Claim) -> str:
    words = set(re.findall(r"[^\W\d_]+", claim.speaker_name.lower()))
    return next((kind for kind in ("civil", "firm", "official") if words & _CAMPS[kind]), "")


_CAMPS = {kind: frozenset(listed("slot_words", kind)) for kind in ("civil", "firm", "official")}


def same_source(a: Claim, b: Claim) -> bool:
    """Whether one source gave both: the same speaker, a body and one who speaks for it, or two of one body."""
    if a.speaker is not None and a.speaker == b.speaker:
        return True
    if a.speaker and b.speaker and _plain(a.speaker_name) == _plain(b.speaker_name):
        return True  # one name, whether or not they were judged to be the same
    if (a.speaker and a.speaker in b.bodies) or (b.speaker and b.speaker in a.bodies):
        return True
    if a.bodies and b.bodies and set(a.bodies) & set(b.bodies):
        return True
    return _of(a.speaker_name, b.speaker_name) or _of(b.speaker_name, a.speaker_name)


def _plain(name: str) -> str:
    return name.lower().removeprefix("the ")


def _of(name: str, body: str) -> bool:
    """Whether an unnamed source is called after a body: "a senior Interior Ministry official" of the Interior Ministry."""
    return name[:1].islower() and len(body.split()) > 1 and body[:1].isupper() and f" {body} " in f"{name} "
