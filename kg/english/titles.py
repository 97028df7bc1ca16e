"""Titles of persons: which words head them, which belong to them, and what they tell of the tense of an office."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kg.english.inflection import plurals
from kg.english.inflection import singular as noun_singular
from kg.english.lists import classed, groups, listed, rows
from kg.model import Tense

_DOERS = ("man", "woman", "person", "ist", "ician", "ologian", "arian", "maker", "keeper", "holder", "worker", "goer")


def kind(word: str) -> str | None:
    """The kind of title that the word heads: office, work, rank, address or kin; ``None`` where it heads none.

    "Spokeswoman" and "spokeswomen" are alike, so are "ex-minister" and "vice-president".

    >>> kind("Minister"), kind("ex-mayor"), kind("analysts"), kind("Mr."), kind("table")
    ('office', 'office', 'work', 'address', None)
    """
    return _heads().get(singular(word)) or ("office" if _is_compound(word.lower()) else None)


def _is_compound(word: str) -> bool:
    """ "Prosecutor-General", "vice-minister", "co-chairman": an office by its half."""
    left, joint, right = word.partition("-")
    if not joint:
        return False
    whole = right == "general" and (left in _heads() or left in groups("title_words", "kind")["generals"])
    return whole or (left in ("vice", "deputy", "co") and _heads().get(right) == "office")


def is_kin(word: str) -> bool:
    """Whether the word tells a relative, as "father" and "sister" do where they are no titles of clerics."""
    return word.lower() in groups("titles", "kind")["kin"]


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


def is_person(noun: str) -> bool:
    """Whether a common noun in the singular or plural tells of a person: an office, a relative, somebody counted, whoever does something.

    >>> [is_person(w) for w in ("spokesman", "neighbours", "theologian", "belief", "conference")]
    [True, True, True, False, False]
    """
    one = noun.lower().removeprefix("ex-")
    if kind(one) is not None or is_kin(one):
        return True
    one = noun_singular(one)
    people = classed("people", "noun") | classed("head_nouns", "role")
    return one in people or one.endswith(_DOERS) or one in listed("source_words", "human")


def in_full(word: str) -> str | None:
    """A shortened rank of the police, or elected office, in words, in lower case; ``None`` for other words.

    >>> in_full("Insp."), in_full("Det"), in_full("General")
    ('inspector', 'detective', None)
    """
    return _letters().get(word.lower().rstrip("."))


def is_elected(word: str) -> bool:
    """Whether a word is the short form of an elected office, which stands also behind a title that tells more.

    >>> is_elected("Sen."), is_elected("Senator"), is_elected("Insp.")
    (True, False, False)
    """
    return word[:1].isupper() and in_full(word) in listed("office_words", "elected")


def modifier(word: str) -> str | None:
    """What a word before the head tells: part (of the title), former, acting, designate, drop; ``None`` otherwise.

    >>> [modifier(w) for w in ("Deputy", "former", "acting", "current", "green")]
    ['part', 'former', 'acting', 'drop', None]
    """
    lower = word.lower()
    return _modifiers().get(lower) or next(
        (k for p in ("ex-", "then-") if lower.startswith(p) for k in ("former",)), None
    )


def is_part(word: str) -> bool:
    """Whether a word is a part of the title behind what tells the tense: "then-vice [president]".

    >>> is_part("then-vice"), is_part("then-minister"), is_part("vice")
    (True, False, False)
    """
    lower = word.lower()
    return any(
        _modifiers().get(lower.removeprefix(p)) == "part" for p in ("ex-", "then-", "former-") if lower.startswith(p)
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


def takes_topic(word: str) -> bool:
    """Whether an office is over something: "minister", "vice-minister", "commissioner"; a director is of a body.

    >>> takes_topic("Ministers"), takes_topic("vice-minister"), takes_topic("director")
    (True, True, False)
    """
    return singular(word).rpartition("-")[2] in groups("office_words", "kind")["topical"]


def over(words: Sequence[str], i: int) -> int:
    """How many words from ``i`` on tell what an office is over, with the "of" or "for" before them; 0 where none do.

    >>> over("for Rural Development Ana Ruiz".split(), 0), over("of State for Home Affairs".split(), 0), over(["of", "Peru"], 0)
    (3, 5, 0)
    """
    end = i
    while end + 1 < len(words) and words[end].lower() in ("of", "for"):
        after = end + (2 if words[end + 1].lower() == "the" else 1)
        over_it = complements() if after == end + 2 else complements() | topics()  # "boss of the national Board"
        if after >= len(words) or words[after].lower() not in over_it:
            break
        end = after + 1
        end += further(words, end)
    return end - i


def further(words: Sequence[str], i: int) -> int:
    """How many words from ``i`` on name more of what an office is over.

    >>> further("and Mines Ana Ruiz".split(), 0), further(["and", "Ana"], 0)
    (2, 0)
    """
    end = i
    while end < len(words) and (
        words[end].lower() in topics()
        or (words[end].lower() in ("and", "&") and end + 1 < len(words) and words[end + 1].lower() in topics())
    ):
        end += 1
    return end - i


def beat(rank: str, words: Sequence[str], i: int) -> int:
    """How many words from ``i`` on tell where a police officer serves, behind the letters of the rank: "SP Cantt", "SSP City".

    >>> beat("SP", ["Cantt", "Farid", "Kamar"], 0), beat("SP", ["Farid", "Kamar"], 0), beat("Judge", ["North"], 0)
    (1, 0, 0)
    """
    if not (rank.isupper() and kind(rank) == "rank"):
        return 0
    found = i < len(words) and words[i][:1].isupper() and words[i].lower() in groups("office_words", "kind")["beat"]
    return int(found)


@cache
def topics() -> frozenset[str]:
    """Words for what an office is over: "Minister for Rural Development"."""
    return groups("office_words", "kind")["topic"]


@cache
def _heads() -> dict[str, str]:
    order = ("kin", "rank", "address", "work", "office")
    table = groups("titles", "kind")
    return {word: name for name in order for word in table[name]}


@cache
def _letters() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("title_letters")}


@cache
def _plurals() -> dict[str, str]:
    return {several: word for word, name in _heads().items() if name != "address" for several in plurals(word)}


@cache
def _modifiers() -> dict[str, str]:
    table = groups("title_words", "kind")
    return {word: name for name in ("drop", "part", "acting", "designate", "former") for word in table[name]}
