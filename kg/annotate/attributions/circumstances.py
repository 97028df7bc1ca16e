"""Where something was said: places beside the cue, outside the content."""

from __future__ import annotations

import re

from kg.annotate.attributions.candidates import Candidate
from kg.english.lists import alternation, listed
from kg.model import Span, cover

# No sentence that a newspaper prints is longer.
_LONGEST = 2_000
_SPEAKING = re.compile(rf"^\W*(?:{alternation(listed('attribution_words', 'setting'))})\b", re.IGNORECASE)


def is_venue(text: str, place: Span, sentence: Span, c: Candidate) -> bool:
    """Whether it was said there: "Speaking at a forum in X, …" before the source, or right behind the cue."""
    front = cover(c.source or c.cue).start
    if place.end <= front:
        return bool(_SPEAKING.match(sentence.of(text)))
    return (
        0 <= place.start - max(s.end for s in (*c.cue, *c.recipient)) < 40
        and "," not in text[c.cue[0].end : place.start]
    )


def sentence(text: str, block: Span, c: Candidate) -> Span:
    """From the sentence end before the cue's own clause to the one after it; quotations aside."""
    start = min(s.start for s in (*c.cue, *c.source, *(s for s in c.content if block.contains(s))))
    end = max(s.end for s in (*c.cue, *c.source))
    front, back = max(block.start, start - _LONGEST), min(block.end, end + _LONGEST)
    left = (
        max((m.end() for m in re.finditer(r"[.!?][\"”’]?\s+(?=[A-Z\"“])", text[front : start + 1])), default=0) + front
    )
    stop = re.search(r"[.!?](?=\s+[A-Z\"“]|\s*$)", text[end:back])
    right = end + stop.end() if stop else back
    return Span(min(left, start), max(right, end))
