"""Why two figures cannot be compared: another measure, other people, another event, place or time, or another affair."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.compare import dates
from kg.compare.intervals import middle
from kg.compare.keys import CUMULATIVE, is_amount, key, nations, places, told_as
from kg.compare.roles import DENIED, EARLIER, OLD, dimension, from_where, is_aftershock
from kg.compare.slots import ALONE, FIXED, GROWING, HELD, LOSSES, PLANS, Slot, is_fight, one_kind, series, slot, went
from kg.compare.verdicts import same_source
from kg.compare.whereabouts import EVERYWHERE, elsewhere, local
from kg.compare.whose import other_matter
from kg.english.events import event, events
from kg.english.scenes import scene
from kg.english.stems import stems
from kg.model import Claim


class Unsure(str):
    """A reason that is no difference but something that nobody knows: with it known, the two figures may count the same."""

    __slots__ = ()


DAYS = frozenset({"protest"})
"""Happenings of which each day is one by itself."""
NATIONAL = frozenset({"delegates", "seats"})
"""Slots that are counted for all places together."""
DAILY = "attending"
"""The slot of which every day has its own number."""
OCCASION = 4
"""Days within which two figures of that slot may be of one occasion."""
FARTHEST = 10
"""Of what cannot grow, a figure so many times another counts something else."""
_WEEK = 7  # days
_NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?:,\d{3})+(?![\w-])|(?<![\w.,-])\d+(?![\w-])")


def difference(a: Claim, b: Claim) -> str | None:
    """Why two figures cannot be compared, as the end of a sentence that starts "Not comparable:"; ``None`` where they can."""
    return next(_reasons(a, b), None)


def doubt(a: Claim, b: Claim) -> Unsure | None:
    """The one thing that nobody knows of two figures of one affair and that alone keeps them from being compared; ``None`` where more
    does, or nothing.
    """
    found = _reasons(a, b)
    only = next(found, None)
    if not isinstance(only, Unsure) or not a.affair or a.affair != b.affair:
        return None
    return only if all(reason == only for reason in found) else None


def _reasons(a: Claim, b: Claim) -> Iterator[str]:
    """All reasons why two figures cannot be compared, that which tells most first."""
    if a.figure == b.figure:
        yield "it is one and the same figure"
        return
    if a.statement == b.statement and EARLIER not in (slot(a).role, slot(b).role):
        yield "both figures stand in one statement and count different things"
        return
    one, other = slot(a), slot(b)
    yield from _given(_measures(a, b))
    yield from _slots(a, b, one, other) if one.nature or other.nature else _given(_counts(a, b))
    for of in (_shocks, _parted, other_matter, _where, _affairs, _times, _writers, _unlike):
        yield from _given(of(a, b))


def _given(reason: str | None) -> Iterator[str]:
    if reason is not None:
        yield reason


def _measures(a: Claim, b: Claim) -> str | None:
    """Whether two figures are measured in two ways, or one of them is no count of what is."""
    left, right = key(a), key(b)
    one_slot = (
        bool(slot(a).nature) and slot(a).what == slot(b).what and not (is_amount(left.unit) or is_amount(right.unit))
    )
    if (left.unit != right.unit and not one_slot) or (
        left.unit == "things" and not slot(a).nature and _noun(a) != _noun(b) and left.population != right.population
    ):
        return f"one figure counts {_noun(a)}, the other {_noun(b)}"
    if a.per.lower() != b.per.lower():
        return f"one figure is {_counted_per(a)}, the other {_counted_per(b)}"
    if (of := dimension(a)) != (of_other := dimension(b)):
        return f"one figure is a {of or 'length'}, the other a {of_other or 'length'}"
    if of == "distance" and (not from_where(a) or from_where(a) != from_where(b)):
        return "one distance is not from where the other is"
    if left.change != right.change and not _plans(a, b):
        return "one figure tells how much something changed, the other how much there was"
    if left.reality != right.reality and not _plans(a, b):
        unreal = left.reality or right.reality
        return (
            f"one figure is {unreal}, the other is given as a fact"
            if not (left.reality and right.reality)
            else (f"one figure is {left.reality}, the other {right.reality}")
        )
    return None


def _shocks(a: Claim, b: Claim) -> str | None:
    """Whether what is told of two quakes is of two: of many aftershocks, nothing says which one an article means."""
    if slot(a).what != "magnitude" and dimension(a) != "depth":
        return None
    one, other = is_aftershock(a), is_aftershock(b)
    if one != other:
        return "one figure is of an aftershock, the other of the earthquake before it"
    if one and a.article != b.article and middle(a) != middle(b):
        return Unsure("nothing says of which aftershock the figures are")
    return None


def _plans(a: Claim, b: Claim) -> bool:
    return slot(a).what == slot(b).what and slot(a).what in PLANS


def _counts(a: Claim, b: Claim) -> str | None:
    """Whether two figures of no known slot count two things: other events, kinds, roles."""
    left, right = key(a), key(b)
    if (a_told := told_as(a)) != (b_told := told_as(b)):
        return f"one figure is {_list(a_told) or 'a count'}, the other {_list(b_told) or 'a count'}"
    if left.event != right.event:
        return _events(a, b)
    if left.part or right.part:
        return "one figure is only a part of a total"
    if left.population != right.population or left.modifiers != right.modifiers:
        return f"one figure counts {_described(a)}, the other {_described(b)}"
    if nations(a) and nations(b) and not nations(a) & nations(b):
        return f"one figure counts {_described(a)}, the other {_described(b)}"
    return _roles(a, b, slot(a), slot(b))


def _events(a: Claim, b: Claim) -> str:
    one, other = _happened(a), _happened(b)
    if key(a).unit == "people" and one and other and one != other:
        return f"one figure tells how many {one}, the other how many {other}"
    return "the figures tell of different events"


def _slots(a: Claim, b: Claim, one: Slot, other: Slot) -> Iterator[str]:
    """Whether two figures fill two slots, or one slot of other people, another side, scope or role."""
    if one.what != other.what:
        yield _events(a, b)
        return
    fighting = is_fight(a, b)
    sides = one.side and other.side
    if not one_kind(one, other, fighting=fighting) or (sides and not one.side & other.side):
        yield f"one figure counts {_described(a)}, the other {_described(b)}"
    if fighting and one.what in LOSSES and not sides and not one.kind == other.kind == "fighter":
        yield Unsure("nothing says of which side one of the figures is")
    if one.nature == GROWING and 1 in (a.value, b.value):
        yield "one of the figures tells of one alone"
    if one.what in ALONE and not sides and not (_common(a.whose) and _common(b.whose)):
        yield Unsure("nothing says whose one of the figures is")
    scopes = {one.scope, other.scope}
    if (
        len(scopes) > 1
        and (scopes != {"", "country"} or one.what in HELD)
        and not ("city" in scopes and (local(a) or local(b)))
    ):
        told = f"one figure is that of {_SCOPES[one.scope]}, the other that of {_SCOPES[other.scope]}"
        yield Unsure(told) if "" in scopes and scopes <= {"", "city", "country"} and _like(a, b) else told
    yield from _given(_roles(a, b, one, other))


def _common(whose: str | None) -> bool:
    """Whether somebody is told by common nouns alone: "the opposition party"."""
    return bool(whose) and not any(word[:1].isupper() for word in (whose or "").split()[1:])


_SCOPES = {"": "all", "day": "a short time", "world": "the world", "country": "the whole country", "city": "one place"}


def _roles(a: Claim, b: Claim, one: Slot, other: Slot) -> str | None:
    """Whether one of the figures is no count of all. An earlier figure is held against what its own article gives now."""
    if {one.role, other.role} in ({"", EARLIER}, {"", DENIED}) and a.article == b.article and one.nature:
        return None if EARLIER in (one.role, other.role) or one.nature == GROWING else "one of the figures is denied"
    if a.as_of and a.as_of == b.as_of and {one.role, other.role} <= {"", OLD}:
        return None
    if one.role or other.role:
        return f"one figure is {_role(one.role)}, the other {_role(other.role)}"
    return None


def _role(role: str) -> str:
    return role or "a count"


def _where(a: Claim, b: Claim) -> str | None:
    """Whether two figures are for two places."""
    if slot(a).what in NATIONAL:
        return None
    found = elsewhere(a, b, scopes=(slot(a).scope, slot(b).scope) if slot(a).nature else None)
    if found is None:
        return None
    told = f"one figure is for {found[0]}, the other for {found[1]}"
    return Unsure(told) if EVERYWHERE in found and _like(a, b) else told


def _like(a: Claim, b: Claim) -> bool:
    """Whether one figure is less than twice the other: what is so much more counts more places."""
    low, high = _ends(a, b)
    return high < 2 * low


def _ends(a: Claim, b: Claim) -> tuple[float, float]:
    """The numbers that two figures are about, the lesser first; zeros where one is about none."""
    one, other = middle(a), middle(b)
    return (0.0, 0.0) if one is None or other is None else (min(one, other), max(one, other))


def _affairs(a: Claim, b: Claim) -> str | None:
    """Whether two figures are of two affairs, or of one on two days of it, or so unlike that they cannot be of one."""
    if a.affair and b.affair:
        if a.affair != b.affair:
            one_people = bool(series(a) & series(b)) and (
                bool(set(places(a)) & set(places(b))) or (went(a) and went(b))
            )
            return None if one_people else "the articles are about different affairs"
        if slot(a).what == DAILY or DAYS & {*a.happenings[:1], *b.happenings[:1]}:
            days = dates.days_between(dates.when(a), dates.when(b))
            if days is not None and abs(days) > OCCASION:
                return "the figures are of different days"
        low, high = _ends(a, b)
        if slot(a).nature in (FIXED, "") and low > 0 and high > FARTHEST * low:
            return "the figures are too far apart to count one thing"
        return None
    return _unanchored(a, b)


def alike(a: Claim, b: Claim) -> bool:
    """Whether two figures measure in one way, whatever they count, so that one can be larger than the other."""
    return a.unit == b.unit and a.per == b.per


def _writers(a: Claim, b: Claim) -> str | None:
    """Whether one writer gives both in one article: whoever writes two numbers down knows both, so that they count two things."""
    if {EARLIER, DENIED} & {slot(a).role, slot(b).role}:
        return None
    if a.article == b.article and (a.author or b.author or a.speaker_name == b.speaker_name):
        return "one source gives both in one article and means two things by them"
    # People are told apart by what befell them, and where.
    if a.article == b.article and a.unit != "people" and any(_between(a, b, turn) for turn in (*a.turns, *b.turns)):
        return "between them in the article the source of one of the figures gives another number of the same"
    return None


def _between(a: Claim, b: Claim, at: int) -> bool:
    return min(a.start, b.start) < at < max(a.start, b.start)


def _unlike(a: Claim, b: Claim) -> str | None:
    """Whether the two contents tell of different things, as far as their words show it.

    What befell people (killed, arrested) says enough by itself; of shares, money, things and rarer verbs, the rest of the
    sentence must be about the same.
    """
    amount = is_amount(key(a).unit)
    if not a.content or not b.content or slot(a).nature:
        return None
    befell = key(a).event in CUMULATIVE or a.article == b.article or not (a.affair and b.affair)
    if not amount and a.event.lower() in events() and befell:
        return None
    if amount and any(len(re.findall(r"%|\bper ?cent\b", c.content)) > 1 for c in (a, b)):
        return "one of the sentences gives several shares"
    left, right = (stems(c.content) - stems(c.text) for c in (a, b))
    shared = left & right
    if len(shared) >= min(2, len(left), len(right)) and len(shared) >= 0.4 * min(len(left), len(right)):
        return None
    return Unsure("the statements are about different things")


def _times(a: Claim, b: Claim) -> str | None:
    """Figures for different years, or measures of a moving quantity at different times, are a series, not a dispute."""
    left, right = dates.period(a), dates.period(b)
    if left and right and left != right and not left.startswith(right) and not right.startswith(left):
        if left[:4] != right[:4] and min(len(left), len(right)) == 4:
            return f"one figure is for {left}, the other for {right}"
        if is_amount(key(a).unit):
            return f"one figure was measured {dates.words(left)}, the other {dates.words(right)}"
    if (dates.when(a) is None or dates.when(b) is None) and a.article != b.article:
        return Unsure("one of the figures has no date")
    if dates.days_between(dates.when(a), dates.when(b)) is None and same_source(a, b):
        told = (a.said_on or a.as_of), (b.said_on or b.as_of)
        if told[0] != told[1]:
            return Unsure("one source gave them at times of which nobody knows how far apart they are")
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
