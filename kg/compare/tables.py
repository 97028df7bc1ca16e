"""The word lists of comparison: events, populations, and the forms of their words."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_SINGULAR = {
    "women": "woman", "men": "man", "children": "child", "people": "people", "policemen": "policeman", "schoolchildren": "schoolchild",
    "servicemen": "serviceman", "lives": "life", "wives": "wife", "staff": "staff", "police": "police", "businesses": "business",
    "troops": "troop", "persons": "person",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """A verb of the table: the class that it counts with, its voice, participle, and the preposition of its place."""

    lemma: str
    group: str
    voice: str
    participle: str
    preposition: str


@cache
def events() -> dict[str, Event]:
    """The events by lemma."""
    return {row[0]: Event(*row) for row in rows("events.tsv")}


@cache
def populations() -> dict[str, str]:
    """The class of people by noun in the singular."""
    return {row[0]: row[1] for row in rows("populations.tsv")}


def event(lemma: str) -> Event:
    """The event of ``lemma``; one that is not in the table is a class of its own.

    >>> event("die").group, event("repair").participle
    ('kill', 'repaired')
    """
    lemma = lemma.lower()
    return events().get(lemma) or Event(lemma, lemma, "", participle(lemma), "in")


def participle(lemma: str) -> str:
    """The regular past participle of a verb.

    >>> participle("carry"), participle("ban"), participle("receive")
    ('carried', 'banned', 'received')
    """
    verb, _, rest = lemma.partition(" ")
    if verb.endswith("e"):
        made = verb + "d"
    elif re.search(r"[^aeiou]y$", verb):
        made = verb[:-1] + "ied"
    elif re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb):
        made = verb + verb[-1] + "ed"
    else:
        made = verb + "ed"
    return f"{made} {rest}".strip()


def singular(noun: str) -> str:
    """The singular of an English noun, near enough to tell nouns apart.

    >>> [singular(w) for w in ("women", "families", "boxes", "homes", "crisis")]
    ['woman', 'family', 'box', 'home', 'crisis']
    """
    noun = noun.lower()
    if noun in _SINGULAR:
        return _SINGULAR[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if re.search(r"(ss|sh|ch|x|z)es$", noun):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun


def rows(name: str) -> list[list[str]]:
    """The rows of a word list without its head."""
    text = files("kg.compare").joinpath("data", name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.reader(lines[1:], delimiter="\t", quoting=csv.QUOTE_NONE))
