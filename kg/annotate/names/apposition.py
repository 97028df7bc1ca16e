"""Descriptions in apposition: "Ann Lee, the former head of …", "Hizb, an armed group that …"."""

from __future__ import annotations

from kg.annotate.names.capitals import words
from kg.annotate.parse.words import Passage
from kg.english import kinds, titles
from kg.english.lists import listed

_DETERMINERS = frozenset(listed("function_words", "determiner"))


def describes_person(passage: Passage, i: int) -> bool:
    """Whether a description of a person starts at the word: "the former head of …", "a correspondent for …"."""
    if passage.lower(i) in _DETERMINERS:
        i += 1
    for word in passage.words[i : i + 7]:
        if not word.is_word and word.text not in ("'s", "’s"):
            return False
        if titles.kind(word.text) in ("office", "work"):
            return True
        if word.tag[:2] in ("VB", "IN") or word.tag in ("MD", "TO", "WP"):
            return False
    return False


def describes_group(passage: Passage, i: int) -> bool:
    """Whether words behind a name say what kind of body it is: ", an armed group", "(…) militant group", ", the ruling party"."""
    if passage.lower(i) == "(":
        close = next((j for j in range(i, min(i + 6, len(passage.words))) if passage.words[j].text == ")"), None)
        if close is None:
            return False
        i = close + 1
        if passage.lower(i) in words("group_kind") or passage.lower(i) in words("group"):
            return True
    return _described(passage, i)


def _described(passage: Passage, i: int) -> bool:
    """Whether the apposition whose comma is at ``i`` describes a body: ", an armed group …"."""
    if passage.lower(i) != "," or passage.lower(i + 1) not in ("a", "an", "the", "its", "another"):
        return False
    for j in range(i + 2, min(i + 8, len(passage.words))):
        word = passage.words[j]
        if not word.is_word or word.tag in ("IN", "WP", "WDT") or titles.kind(word.text):
            return False
        if word.tag[:2] == "VB" and word.tag not in ("VBN", "VBG"):
            return False
        following = passage.lower(j + 1)
        if kinds.has_head(word.text) and not kinds.has_head(following) and following not in words("group"):
            return True
    return False
