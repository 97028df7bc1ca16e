"""Why two figures cannot be compared: another measure, other people, another event, place or time, or another affair."""

from __future__ import annotations

import re

from kg.compare import dates
from kg.compare.keys import is_amount, key, nations, places, told_as
from kg.compare.whose import other_matter
from kg.english.events import event, events
from kg.english.scenes import scene
from kg.english.stems import stems
from kg.model import Claim

_WEEK = 7  # days
_NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?:,\d{3})+(?![\w-])|(?<![\w.,-])\d+(?![\w-])")


def difference(a: Claim, b: Claim) -> str | None:
    """Why two figures cannot be compared, as the end of a sentence that starts "Not comparable:"; ``None`` where they can."""
    left, right = key(a), key(b)
    if a.figure == b.figure:
        return "it is one and the same figure"
    if a.statement == b.statement:
        return "both figures stand in one statement and count different things"
    if left.unit != right.unit or (
        left.unit == "things" and _noun(a) != _noun(b) and left.population != right.population
    ):
        return f"one figure counts {_noun(a)}, the other {_noun(b)}"
    if a.per.lower() != b.per.lower():
        return f"one figure is {_counted_per(a)}, the other {_counted_per(b)}"
    if (a_told := told_as(a)) != (b_told := told_as(b)):
        return f"one figure is {_list(a_told) or 'a count'}, the other {_list(b_told) or 'a count'}"
    if left.change != right.change:
        return "one figure tells how much something changed, the other how much there was"
    if left.reality != right.reality:
        unreal = left.reality or right.reality
        return (
            f"one figure is {unreal}, the other is given as a fact"
            if not (left.reality and right.reality)
            else (f"one figure is {left.reality}, the other {right.reality}")
        )
    if left.event != right.event:
        one, other = _happened(a), _happened(b)
        if left.unit == "people" and one and other:
            return f"one figure tells how many {one}, the other how many {other}"
        return "the figures tell of different events"
    if left.part or right.part:
        return "one figure is only a part of a total"
    if left.population != right.population or left.modifiers != right.modifiers:
        return f"one figure counts {_described(a)}, the other {_described(b)}"
    if nations(a) and nations(b) and not nations(a) & nations(b):
        return f"one figure counts {_described(a)}, the other {_described(b)}"
    here, there = places(a), places(b)
    if here and there and not set(here) & set(there):
        return f"one figure is for {_list(here)}, the other for {_list(there)}"
    return other_matter(a, b) or _parted(a, b) or _times(a, b) or _unanchored(a, b) or _unlike(a, b)


def alike(a: Claim, b: Claim) -> bool:
    """Whether two figures measure in one way, whatever they count, so that one can be larger than the other."""
    return a.unit == b.unit and a.per == b.per


def _unlike(a: Claim, b: Claim) -> str | None:
    """Whether the two contents tell of different things, as far as their words show it.

    One source that gives two numbers in one article means two things by them. What befell people (killed, arrested) says
    enough by itself; of shares, money, things and rarer verbs, the rest of the sentence must be about the same.
    """
    if a.article == b.article and (a.speaker_name == b.speaker_name or (a.author and b.author)):
        return "one source gives both in one article and means two things by them"
    amount = is_amount(key(a).unit)
    if not a.content or not b.content or (not amount and a.event.lower() in events()):
        return None
    if amount and any(len(re.findall(r"%|\bper ?cent\b", c.content)) > 1 for c in (a, b)):
        return "one of the sentences gives several shares"
    left, right = (stems(c.content) - stems(c.text) for c in (a, b))
    shared = left & right
    if len(shared) >= min(2, len(left), len(right)) and len(shared) >= 0.4 * min(len(left), len(right)):
        return None
    return "the statements are about different things"


def _times(a: Claim, b: Claim) -> str | None:
    """Figures for different years, or measures of a moving quantity at different times, are a series, not a dispute."""
    left, right = dates.period(a), dates.period(b)
    if left and right and left != right and not left.startswith(right) and not right.startswith(left):
        if left[:4] != right[:4] and min(len(left), len(right)) == 4:
            return f"one figure is for {left}, the other for {right}"
        if is_amount(key(a).unit):
            return f"one figure was measured {dates.words(left)}, the other {dates.words(right)}"
    if (dates.when(a) is None or dates.when(b) is None) and a.article != b.article:
        return "one of the figures has no date"
    return None


def _unanchored(a: Claim, b: Claim) -> str | None:
    """Whether anything ties two figures of different articles to one affair: a place, a nation, a speaker, the company, what
    happened in one week ("in the clashes").
    """
    if a.article == b.article:
        return None
    ties = int(bool(set(a.places) & set(b.places)))
    ties += bool(nations(a) & nations(b))
    ties += a.speaker is not None and a.speaker == b.speaker
    ties += bool(_happenings(a) & _happenings(b)) and (dates.days_between(dates.when(a), dates.when(b)) or 0) <= _WEEK
    ties += key(a).population not in ("people", "") or bool(key(a).modifiers)
    shared = set(a.context) & set(b.context)
    least = min(len(a.context), len(b.context))
    ties += len(shared) >= min(2, least / 2) and len(shared) >= 0.3 * least > 0
    needed = 2 if a.context and b.context else 1
    return None if ties >= needed else "nothing says that both speak of the same affair"


def _parted(a: Claim, b: Claim) -> str | None:
    apart = _adds_up(a, b) or _adds_up(b, a)
    return "one figure is one of several that add up to the other" if apart else None


def _adds_up(whole: Claim, part: Claim) -> bool:
    """Whether a content gives several numbers, of as many places or deeds, that together are the other figure: "542 were killed
    in Andora and 203 died in Parkabad", of 745.
    """
    if not whole.value or not part.value or part.value >= whole.value or whole.statement == part.statement:
        return False
    told = [float(n.replace(",", "")) for n in _NUMBER.findall(part.content)]
    return len(told) > 1 and part.value in told and sum(told) == whole.value


def _happenings(claim: Claim) -> frozenset[str]:
    """The classes of what a figure is said of with "the": "in the clashes"."""
    found = (scene(s) for s in claim.scenes if re.match(r"(?:\w+ )?(?:the|these|this)\b", s, re.IGNORECASE))
    return frozenset(kind for of, kind in (f for f in found if f is not None) if of == "happening")


def _noun(claim: Claim) -> str:
    names = {"percent": "a share", "people": "people"}
    unit = claim.unit or "people"
    if unit in names:
        return names[unit]
    if is_amount(unit):
        return f"an amount in {unit}"
    return claim.population or unit


def _counted_per(claim: Claim) -> str:
    return f"a rate per {claim.per}" if claim.per else "a total"


def _described(claim: Claim) -> str:
    return claim.population or ("people" if key(claim).unit == "people" else claim.unit)


def _happened(claim: Claim) -> str:
    happening = event(claim.event) if claim.event else None
    match happening.voice if happening else "":
        case "passive":
            return f"had been {event(claim.event).participle}"
        case "state":
            return f"were {event(claim.event).participle}"
        case "active" | "progressive":
            return f"had {event(claim.event).participle}"
    return ""


def _list(names: tuple[str, ...]) -> str:
    if not names:
        return ""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
