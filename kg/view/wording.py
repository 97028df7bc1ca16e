"""How a figure reads on the page: its value with its unit and what it counts, and what happened to that."""

from __future__ import annotations

import re

from kg.compare import intervals
from kg.compare.wording import doing
from kg.compare.wording import figure as figures
from kg.compare.wording.owners import owner
from kg.compare.wording.places import place, where
from kg.english.events import event
from kg.english.inflection import is_plural, plural
from kg.model import Claim, Comparator, measured
from kg.view.data import Figure, Statement

_NOTHING = ("", "none", "each", "all", "those")
_PEOPLE = ("people", "person")
_ALIKE = ("magnitude", "crew", "staff", "personnel", "cattle")  # one form for one and for many
_SIGNS = {
    "percent": ("%", "per cent", "percent"),
    "foot": ("feet", "foot"),
    "kilometre": ("kilomet", "km"),
    "kilogram": ("kilogram", "kg"),
}
_FRACTION = re.compile(r"\b(?:half|thirds?|quarters?)$", re.IGNORECASE)
_ROUND = re.compile(r"\b(?:dozens|scores|hundreds|thousands|millions|billions)$", re.IGNORECASE)
_MONEY = re.compile(
    r"[$£€¥₽₸₴₹]|\b[A-Z]{3}\b|(?i:dollar|pound|euro|yen|rouble|ruble|yuan|rupee|peso|franc|krona|krone|lira|som\b|tenge|rands?\b|rupiah|ringgit|baht|dinar|dirham|riyal|shekel|zloty|forint|shilling|naira)"
)


def claim(figure: Figure, statement: Statement | None = None) -> Claim:
    """The figure as a claim, for the words that sentences of comparisons are made of."""
    return Claim(
        statement=statement.id if statement else "",
        figure=figure.id,
        article=statement.article if statement else "",
        speaker=statement.speaker if statement else None,
        speaker_name=statement.speaker_name if statement else "",
        said_on=(statement.said_on if statement else "") or None,
        published=None,
        text=figure.text,
        content=statement.content if statement else "",
        **{**measured(figure), "places": tuple(place for told in figure.places for place in told.split(", "))},
    )


def words(told: Claim) -> str:
    """Value, unit and what is counted: "more than 40 percent of the costs", "22 kilograms", "magnitude 5.6".

    >>> from kg.view.data import Figure
    >>> words(claim(Figure("22", value=22, unit="kilogram")))
    '22 kilograms'
    """
    number = _with_unit(told)
    noun = _noun(told)
    if number == "none" and noun not in _NOTHING:
        return f"none of the {told.population or noun}"
    if noun in _NOTHING or _names(number, noun):
        return number
    if half := _share(told, number, noun):
        return half
    if noun.lower() == told.unit.lower() == "magnitude":
        return f"magnitude {number}"
    if "-" in number.rsplit(" ", 1)[-1]:
        return f"{number} {noun}"
    if not _measured(told, number):
        if _is_sum(told, noun):
            return f"{noun} of {number}"
        return f"{number} of {noun}" if _ROUND.search(number) else f"{number} {noun}"
    of = re.search(
        rf"{re.escape(told.text)}\s+(of\s+(?:the\s+)?)(?:[\w'’-]+\s+){{0,2}}?{re.escape(noun)}",
        told.content,
        re.IGNORECASE,
    )
    if of:
        return f"{number} {' '.join(of[1].split())} {noun}"
    if not _many(noun):
        return f"{noun} of {number}"
    return f"{number} {'in' if told.unit.isupper() else 'of'} {noun}"


def _share(told: Claim, number: str, noun: str) -> str:
    """A half or a third of something: "about half of the country", "half a square kilometre"; "" for any other number."""
    if not _FRACTION.search(number) or re.search(rf"{re.escape(told.text)}[\s-]+{re.escape(noun)}", told.content):
        return ""
    of = re.search(rf"{re.escape(told.text)}\s+((?:of\s+)?(?:the|a|an|its|their|all)\s+)", told.content, re.IGNORECASE)
    return f"{number} {of[1].strip() if of else 'of the'} {told.population or noun}"


def _noun(told: Claim) -> str:
    noun = figures.noun_of(told)
    if (
        noun
        and noun not in _NOTHING
        and noun.lower() == told.unit.lower()
        and told.value not in (1, None)
        and not _many(noun)
    ):
        return plural(noun) if noun.isalpha() and noun.lower() not in _ALIKE else noun
    return noun


def _many(noun: str) -> bool:
    last = noun.rsplit(" ", 1)[-1].lower()
    return last == "people" or is_plural(last)


def _is_sum(told: Claim, noun: str) -> bool:
    """Whether the noun holds the counted rather than is them: "death toll", "team"; not "injured"."""
    people = told.unit.lower() in _PEOPLE
    described = noun.lower().endswith(("ed", "dead", "missing")) or noun[:1].isupper()
    return people and told.value != 1 and not _many(noun) and not described


def _measured(told: Claim, number: str) -> bool:
    """Whether the number is one of a unit, such as percent or metres, rather than of things that are counted."""
    if told.unit.lower() in (*_PEOPLE, ""):
        return False
    return told.unit == "percent" or told.unit.isupper() or _names(number, told.unit)


def happened(told: Claim, said: str) -> str:
    """What follows the words ``said`` in a sentence: "killed in Peru", "who had gone to Syria", "dropped in Basra by the army"; the
    text's own words where ours would be none; "" where nothing is known.
    """
    noun = _noun(told)
    counts = bool(noun) and noun.lower() in said.lower() and not said.lower().startswith(noun.lower())
    known = counts or (told.unit.isupper() and not noun)
    if _measured(told, figures.number(told)) and noun and not doing.certain(told):
        known = False  # a sum or a share of something: what is told happened to that
    done = doing.deed(told, said, told.places) if known else ""
    own = "" if done or not counts else _own(told, noun)
    if own:
        return own
    by = f" by {doing.agent(told)}" if done and doing.agent(told) else ""
    there = where(
        event(told.event).preposition if done else "in", tuple(name for name in told.places if place(name) not in by)
    )
    return f"{done}{by}{there}".strip()


def _own(told: Claim, noun: str) -> str:
    """The words of the text behind the figure and its noun, where they are a short clause: "spoiled their votes"."""
    if not told.event:
        return ""
    found = re.search(
        rf"{re.escape(told.text)}(?:\s+(?:of\s+(?:the\s+)?)?{re.escape(noun)}\b)?", told.content, re.IGNORECASE
    )
    if not found or re.search(r"\bof (?:the |its |their |all )?$", told.content[: found.start()]):
        return ""
    return doing.follows(told, told.content[found.end() :])


def whose(told: Claim, said: str) -> str:
    """Whose the figure is, to stand in brackets; "" where the words ``said`` of it have it."""
    who = owner(told)
    return "" if who.removeprefix("the ").lower() in said.lower() else who


def near(told: Claim) -> tuple[float, float] | None:
    """From where to where a figure with "around" may lie, as comparisons take it; ``None`` for any other figure."""
    found = intervals.interval(told) if told.comparator is Comparator.ABOUT else None
    return (found.low, found.high) if found else None


def _with_unit(told: Claim) -> str:
    """The number in the source's words, with the unit where neither these nor the noun have it."""
    number = figures.number(told)
    unit, _, per = told.unit.partition(" per ")
    counted = _names(told.population, unit) if unit else False
    if unit and unit.lower() not in _PEOPLE and not counted and not _names(number, unit):
        number = f"{number} {unit if told.value == 1 or unit.isupper() else _units(unit)}"
    per = per or told.per
    if per and per.lower() not in number.lower():
        number = f"{number}{f' {figures.noun_of(told)}' if counted else ''} per {per}"
    return number


def _names(text: str, unit: str) -> bool:
    """Whether ``text`` has the unit in it, in any of its forms."""
    low = text.lower()
    if unit.isupper() and len(unit) == 3:
        return bool(_MONEY.search(text))
    signs = _SIGNS.get(unit.lower())
    if signs:
        return any(sign in low for sign in signs)
    last = unit.lower().rsplit(" ", 1)[-1]
    stem = last if len(last) < 5 else last[:-2]
    at = low.find(stem)
    while at > 0 and "a" <= low[at - 1] <= "z":  # by hand: a pattern for each unit takes longer to make than to use
        at = low.find(stem, at + 1)
    return at >= 0


def _units(unit: str) -> str:
    *first, last = unit.split(" ")
    return " ".join((*first, last if last in ("percent", "magnitude") else plural(last)))
