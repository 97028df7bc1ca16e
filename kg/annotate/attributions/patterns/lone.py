"""A quotation without a cue of its own: behind its speaker's sentence, or behind a colon that nobody's verb of saying leads to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.annotate.attributions import cues
from kg.annotate.attributions.candidates import Candidate, Passage
from kg.annotate.attributions.speakers import source_of
from kg.annotate.parse import clauses
from kg.english import titles
from kg.model import Span, Stance, cover

_FEWEST_WORDS = 3
_OPENS = 8  # characters, "that" and a space
_ENDS = (".", "!", "?", "…")
_SPEAKERS = frozenset(["he", "she", "i"])


def find(passage: Passage, kept: Sequence[Candidate]) -> Iterator[Candidate]:
    """Candidates for the quotations that no candidate of the paragraph in ``kept`` has."""
    for n, quote in enumerate(passage.quotes):
        # What somebody tells inside the quotation is no reason to leave it out.
        taken = [s for c in kept if not quote.span.contains(c.cue[0]) for s in c.content]
        if quote.words < _FEWEST_WORDS or any(s.overlaps(quote.span) for s in taken):
            continue
        found = _behind_colon(passage, n) or _behind_sentence(passage, n, kept)
        if found is not None:
            yield found


def _behind_colon(passage: Passage, n: int) -> Candidate | None:
    """ "NAME released a statement on Monday: "…"": the subject of the sentence before the colon."""
    first = passage.ranges[n][0]
    if first < 3 or passage.doc[first - 1].text != ":":
        return None
    begin, _ = passage.sentence(passage.doc[first - 1])
    root = _root(passage.doc[begin:first])
    source = source_of(passage, root) if root is not None else None
    if root is None or source is None or source.start >= first or not _is_speaker(source):
        return None
    return _candidate(passage, n, passage.parsed.of(source), passage.parsed.of(root), root)


def _behind_sentence(passage: Passage, n: int, kept: Sequence[Candidate]) -> Candidate | None:
    """ "NAME said he was tired. "I have no more to say."", "NAME looked at the river. "It is rising.""."""
    first, last = passage.ranges[n]
    if first < 2 or not _stands_alone(passage, first, last):
        return None
    before = passage.doc[first - 1]
    begin, _ = passage.sentence(before)
    sentence = passage.parsed.of(passage.doc[begin:first])
    spoken = [c for c in kept if sentence.contains(c.cue[0]) and c.source]
    if any(c.direct or _quotes(passage, c) for c in spoken):
        return None  # which goes on by itself
    spoken = [c for c in spoken if not _inner(c, kept)]
    if spoken:
        told = max(spoken, key=lambda c: c.cue[0].start)
        if told.stance is Stance.SAID or told.pattern in ("clause", "preposed"):
            return _candidate(passage, n, told.source[0], told.cue[0], passage.doc[told.head], lemma=told.lemma)
        return None
    root = _root(passage.doc[begin:first])
    source = source_of(passage, root) if root is not None else None
    if root is None or source is None or clauses.passive(root) or not _is_person(source):
        return None
    mark = passage.parsed.of(passage.doc[first])
    return _candidate(passage, n, passage.parsed.of(source), Span(mark.start, mark.start + 1), passage.doc[first])


def _quotes(passage: Passage, c: Candidate) -> bool:
    """Whether a content opens with a quotation: "NAME stated that “…”"."""
    return any(
        q.words >= _FEWEST_WORDS and q.span.overlaps(s) and q.span.start - s.start < _OPENS
        for q in passage.quotes
        for s in c.content
    )


def _stands_alone(passage: Passage, first: int, last: int) -> bool:
    """Whether the quotation is a sentence, or several, and the paragraph goes on with another or ends."""
    doc = passage.doc
    inner = [t for t in doc[first : last + 1] if not t.is_quote and not t.is_space]
    follows = next((t for t in doc[last + 1 :] if not t.is_space), None)
    return (
        bool(inner)
        and inner[0].text[:1].isupper()
        and inner[-1].text[-1] in _ENDS
        and doc[first - 1].text in _ENDS
        and (follows is None or follows.text[:1].isupper() or follows.is_quote)
    )


def _inner(c: Candidate, kept: Sequence[Candidate]) -> bool:
    whole = cover(c.cue)
    return any(o is not c and any(s.contains(whole) for s in o.content) for o in kept)


def _root(words: TokenSpan) -> Token | None:
    inside = range(words.start, words.end)
    return next((t for t in words if t.pos_ in ("VERB", "AUX") and _tops(t, inside) and _is_finite(t)), None)


def _is_finite(verb: Token) -> bool:
    """Whether a verb, or an auxiliary of its, has a tense: "laughed", "was unmoved"."""
    return verb.tag_ in clauses.TENSED or any(
        c.dep_ in ("aux", "auxpass") and c.tag_ in clauses.TENSED for c in verb.children
    )


def _tops(token: Token, inside: range) -> bool:
    return token.dep_ == "ROOT" or token.head.i not in inside


def _is_speaker(source: TokenSpan) -> bool:
    root = source.root
    named = root.pos_ == "PROPN" or any(t.dep_ == "appos" and t.ent_type_ == "PERSON" for t in source)
    return named or root.lower_ in _SPEAKERS or root.ent_type_ in ("PERSON", "ORG") or titles.is_person(root.text)


def _is_person(source: TokenSpan) -> bool:
    root = source.root
    named = root.pos_ == "PROPN" and root.ent_type_ in ("", "PERSON") and len(source) > 1
    return named or root.lower_ in _SPEAKERS


def _candidate(
    passage: Passage, n: int, source: Span, cue: Span, head: Token, *, lemma: str | None = None
) -> Candidate:
    words = lemma or cues.lemma_of(head)
    content = (passage.quotes[n].span,)
    return Candidate("lone", (source,), (cue,), content, Stance.SAID, words, passage.parsed.index, head.i, direct=True)
