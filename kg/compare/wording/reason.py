"""The reason of a verdict: one sentence that names both speakers, their figures, what was counted, when, and why."""

from __future__ import annotations

import math
import re

from kg.compare import dates
from kg.compare.intervals import exact, interval, rounded
from kg.compare.keys import CUMULATIVE, key
from kg.compare.verdicts import Finding, may_be_among
from kg.compare.wording.figure import amount, capital, clause, counted, number, putting, saying, speaker
from kg.compare.wording.owners import owner
from kg.english.inflection import is_plural
from kg.english.lists import listed
from kg.model import Claim, Comparator, Verdict

_MEASURES = frozenset(listed("tally_words", "measure"))
_HAS = re.compile(r"\b(?:has|have|had|having|with)\s*(?:\w+\s+){0,2}$", re.IGNORECASE)


def reason(a: Claim, b: Claim, found: Finding) -> str:
    """The sentence for two figures that can be compared, ``a`` being the earlier."""
    match found.verdict:
        case Verdict.AGREES:
            why = _agreement(a, b)
        case Verdict.REVISES:
            why = _revision(a, b, found)
        case Verdict.CONTRADICTS:
            why = _contradiction(a, b, found)
        case _:
            why = _compatible(a, b)
    return f"{told(a, b)}: {why}."


def not_comparable(a: Claim, b: Claim, why: str) -> str:
    """The sentence for two figures that cannot be compared."""
    return f"{told(a, b)}: not comparable, because {why}."


def told(a: Claim, b: Claim) -> str:
    """Both sides in one clause: "The Interior Ministry said in February 2015 that 22 people had been killed in Syria and
    put the number at around 40 in April".
    """
    one = a.speaker is not None and a.speaker_name == b.speaker_name and a.citing == b.citing
    return f"{capital(_side(a))}{' and' if one else f', and {speaker(b)}'} {_second(a, b, one=one)}"


def _side(claim: Claim) -> str:
    return f"{speaker(claim)} {saying(claim)} that {statement(claim)}"


def statement(claim: Claim) -> str:
    """What was said of the figure, as a clause: "22 people had been killed in Syria"."""
    return clause(claim) or _bare(claim)


def _bare(claim: Claim) -> str:
    """For a figure without an event: that it *was* so much, or that there *were* so many."""
    if key(claim).unit not in ("people", "things"):
        if not claim.population:
            return f"the figure was {number(claim)}"
        if claim.unit == "percent":
            several = is_plural(claim.population) or claim.population.lower() == "people"
            return f"the figure was {counted(claim)}" if several else f"{claim.population} was {number(claim)}"
        return f"the {claim.population} was {number(claim)}"
    if claim.unit.lower() in _MEASURES:
        return f"the {claim.unit.lower()} was {number(claim)}"
    if owner(claim) and _HAS.search(claim.content[: max(claim.content.find(claim.text), 0)]):
        return f"{owner(claim)} had {counted(claim)}"
    return f"there {'was' if claim.value == 1 else 'were'} {counted(claim)}"


def _second(a: Claim, b: Claim, *, one: bool) -> str:
    """The second side: the number alone where the same verb was just told of the same people, else a whole clause."""
    when = dates.when(a)
    same_people = not b.population or a.population == b.population or key(a).population == key(b).population == "people"
    if a.event == b.event and same_people and set(b.places) == set(a.places):
        return putting(b, "number" if key(b).unit in ("people", "things") else "figure", beside=when, again=one)
    return f"{saying(b, beside=when, again=one)} that {statement(b)}"


def _agreement(a: Claim, b: Claim) -> str:
    if a.comparator is b.comparator:
        return "both give the same figure"
    return "both give the same number, one of them as an approximate one"


def _revision(a: Claim, b: Claim, found: Finding) -> str:
    way = "upwards" if found.way == "up" else "downwards"
    span = ""
    if found.days:
        rough = not (dates.is_day(dates.when(a)) and dates.is_day(dates.when(b)))
        span = f" in {'about ' if rough and found.days < 31 else ''}{dates.length(found.days, exact=not rough)}"
    words = f"revised {way}{_by(a, b)}{span}"
    if not found.same_source:
        by = _by(a, b).removeprefix(" by ")
        words = f"the later figure, from another source, is {by + ' ' if by else ''}{'higher' if found.way == 'up' else 'lower'}"
        words += f",{span[3:]} on" if span else ""
        if found.way == "down" and key(a).event in CUMULATIVE:
            words += ", although such a count can only grow, so that one of the two is doubtful"
    return words + _unofficial(a, b)


def _by(a: Claim, b: Claim) -> str:
    if a.value is None or b.value is None or Comparator.EQUAL is not b.comparator is not Comparator.ABOUT:
        return ""
    if a.comparator not in (Comparator.EQUAL, Comparator.ABOUT):
        return ""
    difference = abs(b.value - a.value)
    unit = " points" if a.unit == "percent" else f" {a.unit}" if a.unit.isupper() else ""
    return f" by {'' if exact(a) and exact(b) else 'about '}{amount(difference)}{unit}"


def _contradiction(a: Claim, b: Claim, found: Finding) -> str:
    one = "the same source gave both" if found.same_source else "the two figures"
    rough = not (dates.is_day(dates.when(a)) and dates.is_day(dates.when(b)))
    # A figure of which nobody knows when it was said stands for its day, and may have been given later.
    said = all(claim.said_on or not claim.as_of for claim in (a, b))
    if found.days is None:
        apart = "at an unknown time"
    elif found.days == 0:
        apart = f"{'at' if said else 'for'} about the same time" if rough else f"{'on' if said else 'for'} the same day"
    else:
        times = "" if said else "for times " if rough else "for days "
        apart = f"{times}{'about ' if rough else 'only '}{dates.length(found.days)} apart"
    if found.same_source:
        words = f"{one} {apart}, and they cannot both be right"
    else:
        words = f"{one} were given {apart} and cannot both be right"
    for x in (a, b):
        if x.comparator is Comparator.ABOUT:
            words += f", even if “{number(x)}” is taken as anything from {_ends(x)}"
            break
    return words + _unofficial(a, b)


def _ends(claim: Claim) -> str:
    found = interval(claim)
    assert found is not None
    whole = key(claim).unit in ("people", "things")
    low, high = (math.ceil(found.low), math.floor(found.high)) if whole else (found.low, found.high)
    return f"{amount(low)} to {amount(high)}"


def _unofficial(a: Claim, b: Claim) -> str:
    if a.unofficial == b.unofficial:
        return ""
    return f"; note that the {'first' if a.unofficial else 'second'} figure is called unofficial"


def _compatible(a: Claim, b: Claim) -> str:
    """Why both figures can hold: the more telling of the bounds first."""
    for x, y in ((a, b), (b, a)):
        if may_be_among(x, y):
            few = f"“{number(x)}” counts only {x.population}"
            return f"{few}, who may be among the “{number(y)}”, so both can be true{_unofficial(a, b)}"
    lower, upper = {Comparator.MORE, Comparator.AT_LEAST}, {Comparator.LESS, Comparator.AT_MOST}
    sides = {c.comparator for c in (a, b)}
    if sides <= lower or sides <= upper:
        return (
            f"both give only {'a lower' if sides <= lower else 'an upper'} end, so both can be true{_unofficial(a, b)}"
        )
    if sides & lower and sides & upper:
        low, high = (a, b) if a.comparator in lower else (b, a)
        room = f"“{number(low)}” is a lower end and “{number(high)}” an upper one"
        return f"{room}, so both can be true{_unofficial(a, b)}"
    for x, y in ((a, b), (b, a)):
        other = f"“{number(y)}”" if not exact(y) else number(y)
        if x.comparator in lower:
            return f"“{number(x)}” gives only a lower end, which {other} is not below, so both can be true{_unofficial(a, b)}"
        if x.comparator in upper:
            return f"“{number(x)}” gives only an upper end, which {other} is not above, so both can be true{_unofficial(a, b)}"
    for x, y in ((a, b), (b, a)):
        if x.comparator is Comparator.ABOUT:
            other = f"“{number(y)}”" if not exact(y) else number(y)
            return f"“{number(x)}” is approximate, and {other} lies within a tenth of it, so both can be true"
    if rounded(a, b):
        return "one figure is the other, rounded"
    return "the ranges overlap, so both can be true"
