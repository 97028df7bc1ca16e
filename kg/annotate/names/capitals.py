"""Whether a written word can be part of a name: by its letters, where it stands, and what spaCy makes of it."""

from __future__ import annotations

import re
from functools import cache

from kg.annotate.parse import months
from kg.annotate.parse.words import Passage, Word
from kg.english import kinds, lists, name_words, places
from kg.model import EntityType

_NO_NAMES = ("DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY")
_NAMED = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP")
_PRONOUNS = frozenset(["i", "i'm", "i've", "i'd", "i'll"])
_NUMERAL = re.compile(r"[IVX]{1,6}")
# Of the numeral I and the pronoun I, the pronoun is followed by these.
_FIRST_PERSON = frozenset(lists.listed("function_words", "first_person"))


def starts_name(passage: Passage, i: int, familiar: frozenset[str] = frozenset()) -> bool:
    """Whether the word can be part of a name by the way it is written and where it stands.

    ``familiar`` are words that are names elsewhere in the article, which lets them be names where a sentence opens.
    """
    word = passage.words[i]
    if not word.capital or not word.is_word or word.lower in _PRONOUNS or "$" in word.text:
        return False
    if months.in_name(passage.parsed.doc, word.first):
        return True
    if word.lower in name_words.times():
        return _is_sunday_paper(passage, i)
    if (all(part in _capitals() for part in word.text.upper().split("/")) and not _opens_body(passage, i)) or (
        word.label in _NO_NAMES and not word.acronym
    ):
        return False
    if word.acronym:
        return not _NUMERAL.fullmatch(word.text)
    # "Mine" and "front" are function words, but not inside a name or at its end: "Union of Mine Workers", "Dagan Front".
    before, after = passage.word(i - 1), passage.word(i + 1)
    inside = (
        word.tag in ("NNP", "NNPS") and word.label == "ORG" and before and before.capital and after and after.capital
    )
    head = before is not None and before.capital and before.is_word and not word.opens and kinds.has_head(word.text)
    if (word.stop and not inside and not head) or (word.lower in words("label") and passage.lower(i + 1) == ":"):
        return False
    if word.tag == "NNS" and not word.label and passage.lower(i + 1) == "who":
        return False  # "Children who fled" are no Foundation for Children
    if not word.opens or word.text in familiar or word.label in _NAMED or word.tag in ("NNP", "NNPS"):
        return True
    return bool(places.find(word.text) or places.nationality(word.text) or kinds.body(word.text)) or _another_follows(
        passage, i, word
    )


def _is_sunday_paper(passage: Passage, i: int) -> bool:
    """Whether a weekday begins the name of a paper: "the Sunday Herald"; not "on Sunday Herald said"."""
    after = passage.word(i + 1)
    return (
        passage.words[i].lower in name_words.weekdays()
        and after is not None
        and after.capital
        and (after.lower in words("paper") or kinds.of_name(after.text) is EntityType.NEWS_ORGANISATION)
        and passage.lower(i - 1) not in words("before_day")
    )


def _opens_body(passage: Passage, i: int) -> bool:
    """Whether an abbreviation that mostly names a thing begins a body's name here: "CCTV America", as spaCy has it."""
    word, after = passage.words[i], passage.word(i + 1)
    return word.label in _NAMED[1:] and after is not None and after.capital and after.label == word.label


def number(passage: Passage, i: int) -> bool:
    """Whether a bare number is the end of a name: "Europe 1 radio", "Africa 39"; not "in Europe 12 people" or a score."""
    word, after = passage.word(i), passage.word(i + 1)
    if word is None or not word.text.isdigit() or len(word.text) > 2 or word.label in _NO_NAMES:
        return False
    if after is not None and kinds.is_media(after.text):
        return True
    token = passage.parsed.doc[word.first]
    counts = after is not None and (after.tag[:2] in ("CD", "NN", "JJ") or after.text in ("%", "-", "–", "/", ":"))
    return token.dep_ == "nummod" and token.head.i < token.i and not counts


def _another_follows(passage: Passage, i: int, word: Word) -> bool:
    """Where a sentence opens, a noun or adjective before another capital: "Harbour Board officials said"."""
    after = passage.word(i + 1)
    return bool(
        after
        and after.capital
        and after.is_word
        and word.tag in ("JJ", "NN", "NNS", "FW")
        and not after.opens
        and after.lower not in name_words.times()
    )


def numeral(passage: Passage, i: int) -> bool:
    """Whether the word counts bearers of a name: "Henry VIII", "Henry I" but not "said I"."""
    word = passage.word(i)
    if word is None or not _NUMERAL.fullmatch(word.text):
        return False
    if word.text != "I":
        return True
    after = passage.word(i + 1)
    return after is None or (
        after.lower not in _FIRST_PERSON and not (word.tag == "PRP" and after.tag[:2] in ("VB", "MD"))
    )


def last_named(passage: Passage, first: int, last: int) -> int:
    """The last word of a name without numerals and "Jr."."""
    while last > first and (
        numeral(passage, last) or passage.lower(last).rstrip(".") in ("jr", "sr") or passage.words[last].text == ","
    ):
        last -= 1
    return last


@cache
def words(kind: str) -> frozenset[str]:
    """The words of one kind in the list ``name_words``, in lower case."""
    return lists.groups("name_words", "kind")[kind]


@cache
def _capitals() -> frozenset[str]:
    return frozenset(word.upper() for word in words("capitals"))
