"""How sure an attribution is: the share of its pattern that is right on the development corpora, moved by what it looks like.

The shares and the odds ratios are counted on both development corpora together (tests/bench/attributions.md has the counts
and the reliability table); nothing is fitted.
"""

from __future__ import annotations

from kg.annotate.attributions.candidates import Candidate
from kg.english.lists import listed

# Share of each pattern's attributions that are right, in the order in which patterns win over one another.
SHARES = {
    "turn": 0.90,
    "quoted_as": 0.85,
    "relative": 0.80,
    "disputed": 0.80,  # of which the corpora have one; that of "relative"
    "quotation": 0.89,
    "bare figure": 0.75,
    "clause": 0.84,
    "preposed": 0.85,
    "according": 0.92,
    "colon": 0.86,
    "dash": 0.88,
    "credit": 0.90,
    "introduced": 0.70,
    "figure": 0.60,
    "silence": 0.65,
    "noun": 0.64,
    "adjective": 0.46,
    "infinitive": 0.66,
    "preposition": 0.75,
    "object": 0.72,
    "passive": 0.70,
    "lone": 0.45,
}
RANK = {pattern: rank for rank, pattern in enumerate(SHARES)}

REPORTS = frozenset({"clause", "quotation", "relative", "preposed", "according", "introduced", "quoted_as"})
"""Patterns that report what was said, and do not only tell of an attitude. Numbers in the frames of tallies ("figure") are not
among them: told inside what somebody says they would be given twice, to the inner source and to the outer one.
"""

# Odds ratios against attributions with a noun or a personal pronoun as source.
_VAGUE = 0.25  # "it", "they", "that", "who": the parse may have the wrong one
_SOURCELESS = 0.12
_NESTED = 0.12
_SHORT = 0.35  # three words or fewer of content
_VAGUE_WORDS = frozenset(listed("function_words", "vague"))


def of(candidate: Candidate, text: str, *, nested: bool) -> float:
    """The confidence between 0 and 1, on two digits; ``nested``: it lies in the content of another attribution."""
    share = SHARES[candidate.pattern]
    odds = share / (1 - share)
    source = " ".join(s.of(text) for s in candidate.source).lower()
    if not source:
        odds *= 1.0 if candidate.pattern == "passive" else _SOURCELESS
    elif source in _VAGUE_WORDS or len(source) < 2:
        odds *= _VAGUE
    if nested and candidate.pattern != "quoted_as":
        odds *= _NESTED
    if sum(len(s.of(text).split()) for s in candidate.content) <= 3 and candidate.pattern not in ("credit", "silence"):
        odds *= _SHORT
    return round(odds / (1 + odds), 2)
