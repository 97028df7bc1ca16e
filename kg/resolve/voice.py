"""The article's own voice: which words around a figure are the author's clause, and not what others are quoted with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.english.lists import alternation, listed
from kg.model import Span

_JOINTS = alternation(listed("source_words", "joint"))
# A part attributed to somebody ends the author's clause only where punctuation or a conjunction parts the two: in
# "up from the 22 said to have died" the attributed phrase is a part of the clause.
_PARTED_BEFORE = re.compile(rf"(?:[,;:—–(\[]|\b(?:{_JOINTS}))\s*$", re.IGNORECASE)
_PARTED_AFTER = re.compile(rf"[”\"’']?\s*(?:[,;:—–)\]]|(?:{_JOINTS})\b)", re.IGNORECASE)
_LEAD = re.compile(rf"[\s,;:.—–)\]”\"]*(?:(?:{_JOINTS})\b[\s,]*)?", re.IGNORECASE)
_LAST_JOINT = re.compile(rf"\b(?:{_JOINTS})$", re.IGNORECASE)
_POINTS = ",;:.—–(["
_LONGEST_JOINT = 12  # characters, with one before


def clause(text: str, sentence: Span, figure: Span, taken: Sequence[Span]) -> Span:
    """The part of ``sentence`` around ``figure`` that the author says: from one semicolon to the next, and without
    what ``taken`` attributes to others, but never a torn-off part of a clause.

    >>> text = "The 40 dead are more than the 22 said to have died, according to Silva."
    >>> clause(text, Span(0, len(text)), Span(4, 11), [Span(26, 50), Span(52, 64), Span(65, 70)]).of(text)
    'The 40 dead are more than the 22 said to have died'
    """
    start, end = sentence.start, sentence.end
    for match in re.finditer(r";\s*", sentence.of(text)):
        at = sentence.start + match.start()
        if at < figure.start:
            start = sentence.start + match.end()
        elif at >= figure.end:
            end = min(end, at)
    whole = start
    for other in sorted(taken):
        if start <= other.start and other.end <= figure.start and _PARTED_AFTER.match(text, other.end, figure.start):
            start, whole = other.end, other.start
        if figure.end <= other.start < end and _PARTED_BEFORE.search(text[figure.end : other.start]):
            end = other.start
    if sum(start <= other.start and other.end <= figure.start for other in taken) == 1:
        start = whole  # a cue stands between: "the Electoral Board, EB, announced after counting 96 per cent"
    lead = _LEAD.match(text, start, figure.start)
    start = lead.end() if lead else start
    return Span(start, figure.end + len(_without_tail(text[figure.end : end])))


def _without_tail(words: str) -> str:
    """``words`` without the points, spaces and the one conjunction that they end with.

    >>> _without_tail(" were found, and "), _without_tail(" were sand.")
    (' were found', ' were sand')
    """
    spoken = words.rstrip()
    joint = _LAST_JOINT.search(spoken, max(0, len(spoken) - _LONGEST_JOINT))
    if joint is not None:
        words = spoken[: joint.start()]
    while words and (words[-1] in _POINTS or words[-1].isspace()):
        words = words.rstrip().rstrip(_POINTS)
    return words
