"""Which figures can be compared: the same measure, of the same people or things, that the same befell, in one place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.english.events import event, populations
from kg.english.inflection import singular
from kg.english.lists import alternation, listed
from kg.english.places import named
from kg.model import CARRIED, Claim, Stance

# What is planned, wished or feared is no report of how things are.
_UNREAL = {
    Stance.PLANNED: "planned",
    Stance.HOPED: "hoped for",
    Stance.FEARED: "feared",
    Stance.DEMANDED: "demanded",
    Stance.ASKED: "asked about",
    Stance.PROMISED: "promised",
    Stance.WARNED: "warned of",
}
_EMPTY = frozenset(listed("comparison_words", "empty"))
# An event word that tells of speaking or being tells nothing of what is counted.
_LIGHT = frozenset(listed("comparison_words", "light"))
# Counts of these can only grow while one counts on: nobody is un-killed.
CUMULATIVE = frozenset(listed("comparison_words", "cumulative"))


def is_amount(unit: str) -> bool:
    """Whether a unit measures (a share, money in a currency) instead of naming what is counted.

    >>> is_amount("percent"), is_amount("NGN"), is_amount("people"), is_amount("tonne")
    (True, True, False, False)
    """
    return unit in ("percent", "point", "percentage point", "share") or bool(re.fullmatch(r"[A-Z]{3}", unit))


@dataclass(frozen=True, slots=True)
class Key:
    """What must be equal in two figures for a comparison to make sense."""

    reality: str
    change: str
    unit: str
    event: str
    population: str
    modifiers: frozenset[str]
    part: bool


_NEAR = frozenset({"sentence"})


def places(claim: Claim) -> tuple[str, ...]:
    """The places of a figure that its own sentence names: those that were carried from farther away say nothing against others."""
    far = any(m.startswith(CARRIED) and m.removeprefix(CARRIED) not in _NEAR for m in claim.marks)
    return () if far else claim.places


_UNREAL_MARKS = frozenset({"forecast", "target"})


def told_as(claim: Claim) -> tuple[str, ...]:
    """What a figure is told as beside a count, in words: ("an addition",). What is planned and what is forecast are one."""
    told = {"expectation" if m in _UNREAL_MARKS else m for m in claim.marks if not m.startswith(CARRIED)}
    return tuple(f"{'an' if m[0] in 'aeiou' else 'a'} {m}{' number' if m == 'denied' else ''}" for m in sorted(told))


@lru_cache(maxsize=16384)
def key(claim: Claim) -> Key:
    """The key of a figure: its measure, what befell the counted, who they are, and whether it is only a part of them."""
    unit = _unit(claim)
    population, modifiers = _population(claim, unit)
    subgroup = partitive(claim)
    if subgroup is not None:
        population, modifiers = subgroup or population, frozenset() if subgroup else modifiers
    return Key(
        reality=_UNREAL.get(claim.stance, "") if claim.stance else "",
        change=claim.change or "",
        unit=unit if is_amount(unit) else "people" if unit == "people" else "things",
        event="" if claim.event.lower() in _LIGHT else event(claim.event).group if claim.event else "",
        population=population,
        modifiers=modifiers,
        part=subgroup == "",
    )


_THINGS = frozenset({"house", "case"})


def _unit(claim: Claim) -> str:
    """The unit; a noun for a kind of people ("troop") or a nation ("220 Tajiks") counts people."""
    if claim.value is not None and 0 < claim.value < 1 and not is_amount(claim.unit):
        return "share"  # "nearly a third of the mothers" is no number of mothers
    unit = claim.unit.lower()
    kind = populations().get(singular(unit))
    nation = (
        claim.population[:1].isupper() and unit == singular(claim.population.split()[-1]) and not is_amount(claim.unit)
    )
    if unit in ("people", "person", "") or (kind and kind not in _THINGS) or nation:
        return "people"
    return claim.unit


def _population(claim: Claim, unit: str) -> tuple[str, frozenset[str]]:
    """The class of what is counted, and the words that narrow it down; nationality words are kept apart."""
    words = re.findall(r"[\w’'-]+", claim.population)
    words = [
        w
        for w in words
        if w.lower() not in _EMPTY and not (is_amount(unit) and singular(w) in (*unit.lower().split(), "percent"))
    ]
    if not words and is_amount(unit):
        words = [
            w
            for c in claim.concepts
            for w in re.findall(r"[^\W\d_][\w’'-]*", c)
            if singular(w) not in (*unit.lower().split(), "percent")
        ]
    if not words:
        return ("" if is_amount(unit) else "people" if unit == "people" else singular(unit)), frozenset()
    head, table = singular(words[-1]), populations()
    group = table.get(head)
    if group is None and words[-1][:1].isupper() and (unit == "people" or singular(unit) == singular(words[-1])):
        group = "people"  # "23 Kyrgyz", "125 Uzbeks": the nation is compared by itself
    if group == "fighter" and event(claim.event).group == "go":
        group = "people"
    if group == "police" and head == "officer" and not any(w.lower() in ("police", "security") for w in words[:-1]):
        group = "officer"
    narrowing = frozenset(
        singular(w) for w in words[:-1] if not w[:1].isupper() and (group is None or table.get(singular(w)) != group)
    )
    return group or head, narrowing


def nations(claim: Claim) -> frozenset[str]:
    """The names in what is counted, a country for its nationality words: "Kyrgyz citizens" → Kyrgyzstan."""
    return named(claim.population)


_WHOSE = re.compile(
    rf"\s+of\s+(?:{alternation(listed('comparison_words', 'whole'))})\s+(?P<whole>[^,;.]*)", re.IGNORECASE
)
_IS = re.compile(r"\b(?:are|were|is|was|being)\s+(?:\w+\s+)?(?P<what>[a-z]+)\b")


@lru_cache(maxsize=16384)
def partitive(claim: Claim) -> str | None:
    """For "30 of the citizens who have joined are women": the kind of people that this part is ("woman"), "" where the
    text does not say it in a way that we read; ``None`` for a figure that is no such part.
    """
    at = claim.content.find(claim.text) if claim.text else -1
    found = _WHOSE.match(claim.content, at + len(claim.text)) if at >= 0 else None
    if found is None:
        # "339 had gone, of whom 20 …": with the event of its whole and no kind of its own, the figure is a part.
        return None
    whole = found["whole"]
    if not re.search(r"\b(who|that|which)\b", whole):
        return None  # "eight of the returnees have been convicted" counts all who were convicted
    predicate = next((m for m in _IS.finditer(whole) if populations().get(singular(m["what"]))), None)
    return populations()[singular(predicate["what"])] if predicate else ""
