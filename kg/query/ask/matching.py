"""Compares a question with the examples in the headers of the queries: shared words, each weighed by how rare it is."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg import query
from kg.query.ask.names import Found, fold
from kg.query.ask.words import FILLERS, GENERIC, LEADING, LIGHT, canonical, known, plain_form

_SLOT = re.compile(r"\{(\w+):(\w+)\}|([^\W_]+)")
_UNKNOWN = 1.5  # the weight of a word that no example has: it asks for something else
_SLOT_WEIGHT = 1.0
_PLACE = 0.15  # what it costs when a name stands after “about” and its slot does not, or the other way round
_EXACT = 0.02  # what a slot of just the right kind is worth more than one that takes any actor


@dataclass(frozen=True, slots=True)
class Pattern:
    """An example of a query: its words in plain form, and its slots as (parameter, kind), in order."""

    query: str
    example: str
    words: tuple[str, ...]
    slots: tuple[tuple[str, str], ...]
    before: str = ""
    """The word before a slot of counted words: they are looked for after it."""
    leading: tuple[str, ...] = ()
    """The preposition before each slot, or an empty string."""


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern with the question's values in its slots."""

    query: str
    example: str
    params: dict[str, str]
    score: float
    slots: tuple[tuple[str, str], ...] = ()


@cache
def patterns() -> tuple[Pattern, ...]:
    """The examples of all queries that come with kg."""
    return tuple(_pattern(asked.name, example) for asked in query.named().values() for example in asked.asks)


def _pattern(name: str, example: str) -> Pattern:
    words: list[str] = []
    slots: list[tuple[str, str]] = []
    before, last = "", ""
    leading: list[str] = []
    for slot, kind, word in _SLOT.findall(example):
        if slot:
            leading.append(last if last in LEADING else "")
            if kind == "words":
                before = next((w for w in reversed(words) if w not in LIGHT), "")
            slots.append((slot, kind))
            last = ""
        elif fold(word) not in FILLERS or fold(word) in LEADING:
            last = canonical(fold(word))
            if last not in FILLERS:
                words.append(last)
    readable = re.sub(r"\{\w+:(\w+)\}", r"…", example)
    return Pattern(name, readable, tuple(words), tuple(slots), before, tuple(leading))


@cache
def vocabulary(of: tuple[Pattern, ...]) -> frozenset[str]:
    """The words of questions, which no part of a name takes from them."""
    return known() | {word for pattern in of for word in pattern.words}


@cache
def _weights(of: tuple[Pattern, ...]) -> dict[str, float]:
    """Rare words of the examples say more: the logarithm of how few queries have them, from 0.4 to 1.2."""
    has: Counter[str] = Counter()
    names = {pattern.query for pattern in of}
    for name in sorted(names):
        has.update({word for pattern in of if pattern.query == name for word in pattern.words})
    most = math.log(len(names) + 1)
    return {word: 0.1 if word in LIGHT else 0.4 + 0.8 * (1 - math.log(count) / most) for word, count in has.items()}


def rank(found: Sequence[Found], of: tuple[Pattern, ...]) -> list[Match]:
    """The patterns whose slots the question fills, best first."""
    matches = (_match(found, pattern, _weights(of)) for pattern in of)
    return sorted((m for m in matches if m is not None and m.score > 0), key=lambda m: (-m.score, m.query, m.example))


def _match(found: Sequence[Found], pattern: Pattern, weights: dict[str, float]) -> Match | None:
    named = _named(found)
    words = [canonical(fold(item.text)) for item in found if item.kind == "word"]
    words = [word for word in words if word not in FILLERS]
    params, bonus = _fill(named, pattern)
    if params is None:
        return None
    rest = Counter(words)
    shared = Counter(pattern.words) & rest
    rest -= shared
    if any(kind == "words" for _, kind in pattern.slots):
        counted = _counted(found, pattern, shared)
        if not counted:
            return None
        for name, value in zip((name for name, kind in pattern.slots if kind == "words"), counted, strict=False):
            params[name] = plain_form(value)
        if len(counted) > 1:
            params["also"] = plain_form(counted[1])
        rest -= Counter(canonical(word) for word in _consumed(found, pattern, shared))
    filled = _SLOT_WEIGHT * len(pattern.slots)
    left = _SLOT_WEIGHT * sum(1 for _ in named) - _SLOT_WEIGHT * sum(1 for _, kind in pattern.slots if kind != "words")
    same = sum(weights[word] * count for word, count in shared.items())
    theirs = sum(weights[word] for word in pattern.words) + filled
    ours = same + sum(weights.get(word, _UNKNOWN) * count for word, count in rest.items()) + filled + left
    score = 2 * (same + filled) / (theirs + ours) if theirs + ours else 0.0
    return Match(pattern.query, pattern.example, params, round(min(1.0, score + bonus - 0.05), 6), pattern.slots)


def _named(found: Sequence[Found]) -> list[tuple[Found, str]]:
    """The names, offices and dates of the question, each with the preposition before it."""
    out: list[tuple[Found, str]] = []
    last = ""
    for item in found:
        word = canonical(fold(item.text)) if item.kind == "word" else ""
        if item.kind != "word":
            out.append((item, last if last in LEADING else ""))
        if word not in FILLERS or word in LEADING:
            last = word
    return out


def _fill(named: Sequence[tuple[Found, str]], pattern: Pattern) -> tuple[dict[str, str], float] | tuple[None, float]:
    """The slots of names, offices and dates, in the order in which both have them; each takes the next one that fits."""
    params: dict[str, str] = {}
    bonus = 0.0
    at = 0
    for (name, kind), leading in zip(pattern.slots, pattern.leading, strict=True):
        if kind == "words":
            continue
        while at < len(named) and not named[at][0].fits(kind):
            at += 1
        if at == len(named):
            return None, 0.0
        item, stands_after = named[at]
        params[name] = item.value
        if stands_after != leading and "about" in (stands_after, leading):
            bonus -= _PLACE
        bonus += _EXACT if kind not in ("actor", "speaker") else 0.0
        at += 1
    return params, bonus


def _consumed(found: Sequence[Found], pattern: Pattern, shared: Counter[str]) -> list[str]:
    """The words after the one that leads to the counted words, up to what else the example has."""
    texts = [fold(item.text) if item.kind == "word" else "" for item in found]
    start = next(
        (at + 1 for at, text in enumerate(texts) if not pattern.before or canonical(text) == pattern.before), None
    )
    if start is None:
        return []
    out = []
    for text in texts[start:]:
        if not text or text == "according":
            break
        word = canonical(text)
        if text not in GENERIC and (word in shared or word in LIGHT or word in vocabulary(patterns())):
            continue
        out.append(text)
    return out


def _counted(found: Sequence[Found], pattern: Pattern, shared: Counter[str]) -> list[str]:
    """One or two words of what is counted and what happened; "people" only where there is nothing else.

    The last two: the head of a noun phrase stands at its end, and what happened after it.
    """
    words = _consumed(found, pattern, shared)
    telling = [word for word in words if word not in GENERIC]
    return (telling or words)[-2:]


def strangers(found: Sequence[Found]) -> list[str]:
    """Words with a capital inside the question that are no name of the graph."""
    return [
        item.text
        for at, item in enumerate(found)
        if at and item.kind == "word" and item.text[0].isupper() and fold(item.text) not in known()
    ]
