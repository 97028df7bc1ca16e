"""Titles of persons: which words head them, which belong to them, and what they tell of the tense of an office."""

from __future__ import annotations

from functools import cache

from kg.english.inflection import plurals
from kg.english.lists import groups
from kg.model import Tense


def kind(word: str) -> str | None:
    """The kind of title that the word heads: office, work, rank, address or kin; ``None`` where it heads none.

    "Spokeswoman" and "spokeswomen" are alike, so are "ex-minister" and "vice-president".

    >>> kind("Minister"), kind("ex-mayor"), kind("analysts"), kind("Mr."), kind("table")
    ('office', 'office', 'work', 'address', None)
    """
    return _heads().get(singular(word))


def singular(word: str) -> str:
    """The word in lower case and singular, without a prefix that tells the tense."""
    lower = word.lower().replace("’", "'")
    for prefix in ("ex-", "then-", "former-"):
        lower = lower.removeprefix(prefix)
    if lower in _heads():
        return lower
    for suffix in ("-elect", "-designate"):
        lower = lower.removesuffix(suffix)
    return _plurals().get(lower, lower)


def is_plural(word: str) -> bool:
    return word.lower() not in _heads() and singular(word) in _heads() and word.lower() in _plurals()


def holds_office(word: str) -> bool:
    """Whether the word heads the title of an office or work; ranks and forms of address are titles of a person alone."""
    return kind(word) in ("office", "work", "rank")


def modifier(word: str) -> str | None:
    """What a word before the head tells: part (of the title), former, acting, designate, drop; ``None`` otherwise.

    >>> [modifier(w) for w in ("Deputy", "former", "acting", "current", "green")]
    ['part', 'former', 'acting', 'drop', None]
    """
    lower = word.lower()
    return _modifiers().get(lower) or next(
        (k for p in ("ex-", "then-") if lower.startswith(p) for k in ("former",)), None
    )


def tense(words: list[str]) -> Tense:
    """The tense that the words of a title tell.

    >>> tense(["then-minister"]).value, tense(["president-elect"]).value, tense(["deputy", "mayor"]).value
    ('former', 'designate', 'current')
    """
    for word in words:
        lower = word.lower()
        told = _modifiers().get(lower)
        if told == "former" or lower.startswith(("ex-", "then-", "former-")):
            return Tense.FORMER
        if told == "designate" or lower.endswith(("-elect", "-designate")):
            return Tense.DESIGNATE
        if told == "acting":
            return Tense.ACTING
    return Tense.CURRENT


@cache
def complements() -> frozenset[str]:
    """What a title goes on with after "of": "secretary of state", "chief of staff"."""
    return groups("title_words", "kind")["complement"]


@cache
def _heads() -> dict[str, str]:
    order = ("kin", "rank", "address", "work", "office")
    table = groups("titles", "kind")
    return {word: name for name in order for word in table[name]}


@cache
def _plurals() -> dict[str, str]:
    return {several: word for word, name in _heads().items() if name != "address" for several in plurals(word)}


@cache
def _modifiers() -> dict[str, str]:
    table = groups("title_words", "kind")
    return {word: name for name in ("drop", "part", "acting", "designate", "former") for word in table[name]}
