"""Nationality words that name a language, which is no country: "in German", "speaks Greek", "the French-speaking south"."""

from __future__ import annotations

from kg.annotate.names.capitals import words
from kg.annotate.parse.words import Passage
from kg.english import places

_LISTED = 8  # languages of one list that are looked back through


def is_language(passage: Passage, i: int) -> bool:
    """Whether the nationality word ``i`` names a language by what stands around it or before its list."""
    for _ in range(_LISTED):
        if _named(passage, i):
            return True
        before = i - 1
        if passage.lower(before) in ("and", "or"):
            before -= 1
        if passage.lower(before) == ",":
            before -= 1
        if before == i - 1 or before < 0:
            return False
        word = passage.words[before].text
        if not (places.nationality(word) or places.people(word)):
            return False
        i = before
    return False


def _named(passage: Passage, i: int) -> bool:
    after = passage.lower(i + 1)
    if after.lstrip("-‐‑") in words("tongue") or (after in ("-", "‐", "‑") and passage.lower(i + 2) in words("tongue")):
        return True
    if _has_noun(passage, i):
        return False
    if passage.lower(i - 1) in ("in", "into"):
        return places.find(passage.words[i].text) is None
    token = passage.parsed.doc[passage.words[i].last]
    spoken = token.dep_ in ("dobj", "obj", "oprd", "attr") and token.head.lemma_.lower() in words("tongue_verb")
    return spoken or passage.lower(i - 1) == "fluent"


def _has_noun(passage: Passage, i: int) -> bool:
    """Whether a noun follows that the word belongs to: "in German hands", "read Greek papers", "in Russian, Polish and French schools"."""
    word = passage.word(i + 1)
    return word is not None and (
        word.capital or (word.tag[:2] in ("NN", "JJ", "VB") and word.tag in ("NN", "NNS", "JJ", "VBG", "VBN"))
    )
