"""What a search needs beyond letters: words that mean the same, and how names sound in other spellings and scripts."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import Any

from kg.english.events import event, events
from kg.english.inflection import singular
from kg.english.lists import rows
from kg.english.stems import stem
from kg.identity import sounds
from kg.view.data import ViewData

Json = dict[str, Any]

_WORD = re.compile(r"[^\W\d_]{3,40}")


def lexicon(data: ViewData) -> Json:
    """``concepts``: words of the statements, and those that the tables know, that mean the same, as one text each; and the
    tables by which the page hears how a name sounds.
    """
    found = defaultdict(set)
    for word in _known():
        found[concept(word)].add(word)
    told = set()
    for statement in data.statements:
        told.update(_WORD.findall(statement.content.lower()))
        for figure in statement.figures:
            told.update(_WORD.findall(f"{figure.population} {figure.event} {figure.unit}".lower()))
    for word in told:
        found[concept(word)].add(word)
    groups = sorted(" ".join(sorted({*words, name})) for name, words in found.items() if {*words} != {name})
    return {"concepts": groups, "sounds": sounds.tables()}


@cache
def concept(word: str) -> str:
    """What a word means, as far as the tables know: its class of events, else its stem.

    >>> concept("toll") == concept("killed") == concept("deaths") == "kill"
    True
    >>> concept("schools")
    'school'
    """
    low = word.lower()
    verb = _nouns().get(low) or _nouns().get(singular(low)) or stem(low)
    return event(verb).group if verb in events() else verb


@cache
def _nouns() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("event_nouns")}


@cache
def _known() -> frozenset[str]:
    """The words of the tables, which a reader may ask for though no statement has them."""
    participles = {one.participle for one in events().values() if " " not in one.participle}
    return frozenset({*events(), *participles, *_nouns()})
