"""Attributions inside the content of others: which are relays of another speaker and which the speaker's own thoughts.

"The mayor said that the police have found …" relays the police. "She said she hopes …" and “He wants to be rich,” she said,
relay nobody: what a speaker tells of an attitude is the speaker's claim (PolNeAR's guidelines leave these unmarked too).
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.annotate.candidates import Candidate, Passage
from kg.annotate.quotes import Quote
from kg.model import Span, Stance, cover

_REPORTS = frozenset({"clause", "quotation", "preposed", "according", "introduced", "quoted_as"})
_LAYOUT = frozenset({"colon", "dash"})
_COMMUNICATED = frozenset(
    {Stance.SAID, Stance.CLAIMED, Stance.DENIED, Stance.WARNED, Stance.ESTIMATED, Stance.PROMISED, Stance.DEMANDED}
)


def keep(candidates: Sequence[Candidate], found: Sequence[Quote], passages: Sequence[Passage]) -> list[Candidate]:
    """All candidates but those that only unfold what the speaker around them thinks, wants or knows."""
    quoted = [q.span for q in found]
    by_index = {p.parsed.index: p for p in passages}
    return [c for c in candidates if _stands(c, candidates, quoted, by_index[c.index])]


def _stands(c: Candidate, others: Sequence[Candidate], quoted: Sequence[Span], passage: Passage) -> bool:
    if c.pattern in _LAYOUT or c.pattern == "quoted_as":
        return True
    cue = cover(c.cue)
    if any(q.contains(cue) for q in quoted):
        return c.pattern in _REPORTS and c.stance in _COMMUNICATED and _named(c, passage)
    if not any(s.contains(cue) for o in others if o is not c for s in o.content):
        return True
    if c.direct:
        return True
    if c.pattern in _REPORTS:
        return _noun(c, passage)
    return c.pattern == "noun" and c.stance is Stance.KNOWN


def _named(c: Candidate, passage: Passage) -> bool:
    return any(
        t.pos_ == "PROPN" and t.dep_ not in ("compound", "poss", "pobj")
        for s in c.source
        for t in passage.parsed.tokens(s) or ()
    )


def _noun(c: Candidate, passage: Passage) -> bool:
    return any(t.pos_ in ("NOUN", "PROPN", "NUM") for s in c.source for t in passage.parsed.tokens(s) or ())
