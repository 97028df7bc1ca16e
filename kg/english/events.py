"""What happens to people and things, and the people whom it happens to, in classes that count together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.english.inflection import participle
from kg.english.lists import rows


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
    return {row[0]: Event(*row) for row in rows("events")}


@cache
def populations() -> dict[str, str]:
    """The class of people by noun in the singular."""
    return {row[0]: row[1] for row in rows("populations")}


def event(lemma: str) -> Event:
    """The event of ``lemma``; one that is not in the table is a class of its own.

    >>> event("die").group, event("repair").participle
    ('kill', 'repaired')
    """
    lemma = lemma.lower()
    return events().get(lemma) or Event(lemma, lemma, "", participle(lemma), "in")
