"""What somebody denies in an aside to what another says: "…, a claim SOURCE denies", "…, which SOURCE disputes"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.attributions import cues
from kg.annotate.attributions.candidates import Candidate, Passage
from kg.annotate.attributions.extents import disputed_at
from kg.annotate.parse.clauses import TENSED
from kg.model import Stance


def find(passage: Passage) -> Iterator[Candidate]:
    """One candidate for each aside in which somebody denies what the clause before it tells."""
    for token in passage.doc[:-2]:
        aside = disputed_at(passage, token.i)
        if aside is None or passage.quote_at(token.i) is not None:
            continue
        first, _ = passage.sentence(token)
        content = passage.spans(_told(passage, first, token.i))
        source, cue = passage.spans(aside.source), passage.spans(aside.cue)
        if content and source and cue:
            verb = passage.doc[aside.cue[1]]
            lemma = cues.lemma_of(verb)
            yield Candidate("disputed", source, cue, content, Stance.DENIED, lemma, passage.parsed.index, verb.i)


def _told(passage: Passage, first: int, mark: int) -> tuple[int, int]:
    """First and last token of what is denied: what the cue before it gives, or all of the sentence up to the aside."""
    doc = passage.doc
    said = [t.i for t in doc[first:mark] if t.tag_ in TENSED and passage.quote_at(t.i) is None and cues.of_verb(t)]
    if not said:
        return first, mark - 1
    if said[-1] + 1 == mark:  # "She took bribes, prosecutors say, a claim she denies"
        return first, next((i - 1 for i in range(said[-1], first, -1) if doc[i].text == ","), mark - 1)
    that = next((i for i in range(said[0] + 1, min(said[0] + _NEAR, mark)) if doc[i].lower_ == "that"), None)
    return (that if that is not None else said[0] + 1), mark - 1


_NEAR = 10  # tokens between a cue, with whom it is said to, and "that"
