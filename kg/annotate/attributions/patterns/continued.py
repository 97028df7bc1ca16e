"""Quotations that go on: in the same paragraph behind an attributed one, or over the next paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.annotate.attributions import cues
from kg.annotate.attributions.candidates import Candidate, Passage
from kg.annotate.attributions.speakers import recipient, source_of
from kg.annotate.parse import clauses, headings
from kg.annotate.parse.quotes import Quote
from kg.model import Block, BlockKind
from kg.nearby import Nearby

_RESUMING = frozenset(("go on", "continue", "add", "resume"))
_OPEN = re.compile(r",[”\"]\s*\Z")  # a quotation that ends with a comma
_AGAIN = re.compile(r",\s+[“\"]")
_WORDS = re.compile(r"[^\W\d_][\w'’-]*")
_SENTENCE = re.compile(r"(?<=[.!?])[\s”\"]+")
_STOPS = ".!?,;:…—–-\"”’')"
_PERSONAL = frozenset(("he", "she", "his", "her", "i"))
_LONGEST_BREAK = 40  # characters between two parts of a sentence in quotation marks


def join(candidates: list[Candidate], found: Sequence[Quote], text: str, blocks: Sequence[Block]) -> list[Candidate]:
    """Give quotations that no cue has claimed to the speaker who goes on: in the same paragraph after an attributed
    quotation, or in the next paragraph where the quotation was left open or the paragraph is nothing but a quotation.
    """
    out = [c for c in candidates if not _resumes(c, candidates, text)]
    at = Nearby((c.content, i) for i, c in enumerate(out))
    owner: int | None = None
    previous: Quote | None = None
    waiting: list[Quote] = []  # open quotations over paragraphs, whose speaker is told behind the last of them
    for quote in found:
        near = at.at(quote.span)
        index = next((i for i in near if out[i].direct and any(s.overlaps(quote.span) for s in out[i].content)), None)
        if index is not None:
            if waiting and waiting[-1].block == quote.block - 1 and quote.span.start == blocks[quote.block].span.start:
                out[index] = replace(out[index], content=(*(q.span for q in waiting), *out[index].content))
            owner, previous, waiting = index, quote, []
            continue
        claimed = [s for i in near if out[i].direct or out[i].pattern in ("colon", "dash") for s in out[i].content]
        if any(c.contains(quote.inner) or quote.span.contains(c) for c in claimed):
            previous = quote
            continue
        inside = any(s.contains(quote.inner) for i in near for s in out[i].content)
        if (
            not inside
            and owner is not None
            and previous is not None
            and _goes_on(previous, quote, text, blocks, out[owner])
            and not _another_spoke(out, owner, previous, quote, text)
        ):
            out[owner] = replace(out[owner], content=(*out[owner].content, quote.span))
            at.add((quote.span,), owner)
            previous = quote
        elif not inside and not quote.closed:
            waiting = [*waiting, quote] if waiting and waiting[-1].block == quote.block - 1 else [quote]
    return out


def _another_spoke(candidates: Sequence[Candidate], owner: int, previous: Quote, quote: Quote, text: str) -> bool:
    """Whether somebody else says something in quotation marks between two quotations, so that nothing tells whose the second is."""
    mine = {s.of(text) for s in candidates[owner].source}
    return any(
        c.source
        and previous.span.end <= c.source[0].start < c.cue[0].start < quote.span.start
        and not mine & {s.of(text) for s in c.source}
        and all(previous.span.end <= s.start for s in c.content)
        and any(mark in s.of(text) for s in c.content for mark in '“"')
        for c in candidates
    )


def _resumes(c: Candidate, candidates: Sequence[Candidate], text: str) -> bool:
    """Whether a cue only takes up a sentence that is not over: "“If the dam,” said NAME, “is not closed,” he went on, “the town …"."""
    if c.direct or c.lemma not in _RESUMING or not c.content or not _OPEN.search(text, 0, c.content[-1].end):
        return False
    if not _AGAIN.match(text, max(s.end for s in (*c.source, *c.cue))):
        return False
    return any(
        o.direct and all(any(s.contains(t) for s in c.content) for t in (*o.cue, *o.content)) for o in candidates
    )


def _goes_on(previous: Quote, quote: Quote, text: str, blocks: Sequence[Block], owner: Candidate) -> bool:
    if not quote.speech:
        return False
    if quote.block == previous.block:
        # Another speaker's cue between the two quotations would have claimed this one.
        between = text[previous.span.end : quote.span.start]
        unfinished = text[previous.inner.end - 1] == "," and len(between) < _LONGEST_BREAK and "." not in between
        return (
            previous.closed
            and not headings.has_link(between)  # the headline of another article
            and not _is_inset(quote, between, text, owner)
            and (owner.index == quote.block)
            and len(between) < 250
            and between.count(".") + between.count("?") <= 2
            and (unfinished or text[quote.inner.start].isupper() or text[quote.inner.start] in "[….")
        )
    if quote.block != previous.block + 1:
        return False
    block = blocks[quote.block].span
    if quote.span.start != block.start:
        return False
    # A paragraph that is nothing but a quotation goes on with the speaker of the one before.
    alone = block.end - quote.span.end <= 1
    return not previous.closed or alone


def _is_inset(quote: Quote, between: str, text: str, owner: Candidate) -> bool:
    """Whether a quotation is no speech that goes on: a heading in marks, a part of a sentence that is not the speaker's, or what a
    sentence without the speaker leads to with a colon.
    """
    before = between.rstrip()
    if before.endswith(":"):
        return not _names_owner(_SENTENCE.split(before)[-1], text, owner)
    joins = bool(before) and before[-1] not in _STOPS and text[quote.inner.end - 1] not in ".!?"
    return joins or quote.breaks_off(text)


def _names_owner(sentence: str, text: str, owner: Candidate) -> bool:
    """Whether a sentence tells of the speaker, by a pronoun or a word of the name."""
    own = {w for s in owner.source for w in _WORDS.findall(s.of(text)) if w[0].isupper()} | _PERSONAL
    return any(w in own or w.lower() in _PERSONAL for w in _WORDS.findall(sentence))


def introduced(passage: Passage, following: Passage) -> Candidate | None:
    """A paragraph that ends with a cue and a colon ("Ruiz added:"): the next paragraph is what was said."""
    doc = passage.doc
    last = len(doc) - 1
    while last > 0 and doc[last].is_space:
        last -= 1
    if last < 1 or doc[last].text != ":" or following.parsed.block.kind is not BlockKind.PROSE:
        return None
    first, _ = passage.sentence(doc[last])
    hits = [(t, hit) for t in doc[first:last] if passage.quote_at(t.i) is None and (hit := cues.of_verb(t)) is not None]
    verb, (cue, extra) = next(((t, h) for t, h in hits if t.dep_ == "ROOT"), hits[-1] if hits else (None, (None, [])))
    if verb is None or cue is None or not {"q", "c"} & set(cue.frames):
        return None
    source = source_of(passage, verb)
    if source is None:
        return None
    whole = following.parsed.block.span
    quote = next((q for q in following.quotes if q.span.start == whole.start), None)
    return Candidate(
        "introduced",
        (passage.parsed.of(source),),
        (passage.parsed.of(clauses.cue_words(verb, extra)),),
        (quote.span if quote is not None else whole,),
        cue.stance,
        cue.lemma,
        passage.parsed.index,
        verb.i,
        direct=quote is not None,
        negated=cues.negated(verb),
        recipient=recipient(passage, verb),
    )
