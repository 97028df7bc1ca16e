"""For which places a figure is: those that its sentence names, and whether those of two figures can be one."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.compare.affairs import reach
from kg.compare.keys import places
from kg.compare.roles import around
from kg.english.calendar import MONTHS, WEEKDAYS
from kg.english.lists import alternation, listed
from kg.english.places import find, nationality
from kg.model import CARRIED, Claim, EntityType

_PAPERS = alternation(listed("role_words", "paper"))
_SEATS = alternation(listed("role_words", "seat"))
_NAME = rf"(?P<name>[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)*)(?!\s(?:{_PAPERS})\b)"
_AT = re.compile(
    rf"(?P<told>\b(?:reporters|journalists|told|speaking|said)\b[^,;.]{{0,15}}\s)?"
    rf"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Aa]round|(?P<noun>{_SEATS})s? of)\s(?:the\s)?{_NAME}"
)
_IS = re.compile(
    rf"^(?:The )?{_NAME} (?:is|was|has|had)\b[^,;.]{{0,30}}\b(?:{alternation(listed('role_words', 'town'))})\b"
)
_TIMES = frozenset((*MONTHS, *WEEKDAYS))
_SCALES = frozenset({"Richter", "Mercalli"})  # people, after whom scales are called
EVERYWHERE = "all places"
"""Where a figure is for that names no place, of what happened in many."""
_BEHIND = 70
"""Characters behind a figure within which a place is that of the figure."""


@lru_cache(maxsize=16384)
def local(claim: Claim) -> tuple[str, ...]:
    """The places of a figure: its own, else the nearest that its sentence names before it, else close behind it."""
    own = tuple(place.title() if place.isupper() else place for place in places(claim) if place not in _SCALES)
    before, after = around(claim)
    clauses = ([m["name"] for m in _AT.finditer(c) if _may_be(m, claim)] for c in re.split(r"[;,:]|\sand\s", before))
    found = [names for names in clauses if names]
    if own and found and set(own) & set(found[-1]):
        return tuple(dict.fromkeys((*own, *found[-1])))  # "in the province of Orlia in Portugal"
    if own and not (found and not _named(own, before) and not _named(own, re.split(r"[;.,]", after)[0])):
        return own
    if found:
        return tuple(dict.fromkeys(found[-1]))
    subject = _IS.match(before)
    if subject and _may_be(subject, claim):
        return (subject["name"],)
    close = re.split(r"[;.]|,\s", after)[0][:_BEHIND]
    return tuple(m["name"] for m in _AT.finditer(close) if _may_be(m, claim))[:1]


def _named(names: tuple[str, ...], text: str) -> bool:
    return any(name.lower() in text.lower() for name in names)


def _may_be(found: re.Match[str], claim: Claim) -> bool:
    """Whether a name behind "in" or "at" is that of a place, and not only of where somebody spoke."""
    name, groups = found["name"], found.groupdict()
    if (
        name.split()[0] in _TIMES | _SCALES
        or groups.get("told")
        or (find(name) is None and nationality(name) is not None)
    ):
        return False  # "men in Chadian uniform"
    first_of_all = found.start() == 0 and found.string is not None and around(claim)[0].startswith(found.group())
    return (
        first_of_all
        or bool(groups.get("noun"))
        or name in claim.sites
        or not any(name in known for known in claim.context)
    )


def elsewhere(a: Claim, b: Claim, *, scopes: tuple[str, str] | None = None) -> tuple[str, str] | None:
    """The two places of two figures, in words, where they cannot be for one; ``None`` where they can.

    ``scopes`` are those of figures of a known slot. Where all happened in one place, that has many names; where it happened in many, a figure without a place is that of all.
    """
    point = _at_one_place(a, b) and not (focused(a) or focused(b))
    here, there = (() if point and any(m.startswith(CARRIED) for m in c.marks) else local(c) for c in (a, b))
    if here and there:
        if {p.lower() for p in here} & {p.lower() for p in there}:
            return None
        lands = [any(map(is_land, side)) for side in (here, there)]
        nested = lands[0] != lands[1] and not _in_others(*((here, there) if lands[0] else (there, here)))
        return None if point and nested else (_list(here), _list(there))
    if scopes is None or not (a.affair and b.affair) or not (here or there):
        return None
    only, own, other, scope = (here, a, b, scopes[1]) if here else (there, b, a, scopes[0])
    if any(map(is_land, only)):
        land = other.land or own.land
        return None if not land or land in {_land(p) for p in only} else (_list(only), land.title())
    if scope == "" and {p.lower() for p in only} & set(other.home):
        return None  # "Flood toll in Orlia rises": what the text gives without a place is that of Orlia
    return None if point or scope == "city" else (_list(only), EVERYWHERE)


def focused(claim: Claim) -> bool:
    """Whether a figure is for one place among others: "At the Orpheum 89 people died", "in Belmar alone"."""
    before, _ = around(claim)
    return _AT.match(before) is not None or re.search(r"\balone\b", before[-30:]) is not None


def _at_one_place(a: Claim, b: Claim) -> bool:
    """Whether what both tell of happened in one place."""
    both = [h for h in a.happenings if h in b.happenings]
    return bool(both) and reach(both[0]) == "point"


@lru_cache(maxsize=4096)
def is_land(name: str) -> bool:
    """Whether a name is that of a country or a part of the world."""
    found = find(name)
    return found is not None and found.type in (EntityType.COUNTRY, EntityType.REGION)


def _in_others(lands: tuple[str, ...], places: tuple[str, ...]) -> bool:
    """Whether places are known to lie in countries, and in none of these."""
    known = {place.country.lower() for name in places if (place := find(name)) is not None and place.country}
    named = {_land(name) for name in lands}
    regions = any((found := find(name)) is not None and found.type is EntityType.REGION for name in lands)
    return bool(known) and not regions and not known & named


def _land(name: str) -> str:
    found = find(name)
    return (found.name if found is not None else name).lower()


def _list(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


__all__ = ["EVERYWHERE", "elsewhere", "focused", "is_land", "local"]
