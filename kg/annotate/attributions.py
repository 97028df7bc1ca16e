"""Attributions of an article: the patterns' proposals weighed, joined over paragraphs, nested and dated.

Needs the parsed paragraphs, mentions and dates; sets source, cue and content with kind, stance, certainty, recipient,
date and place of the saying, the relay it lies in, and a confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.annotate import held, quotes, reported, styles
from kg.annotate.candidates import Candidate, Passage
from kg.annotate.parsing import Parsed
from kg.annotate.quotes import Quote
from kg.model import (
    Attribution,
    Block,
    BlockKind,
    Certainty,
    DateMention,
    EntityType,
    Kind,
    Mention,
    Span,
    Spans,
    cover,
)

# Share of each pattern's proposals that are right on the development corpora (tests/bench/README.md).
_CONFIDENCE = {
    "quotation": 0.9,
    "clause": 0.8,
    "preposed": 0.85,
    "according": 0.9,
    "colon": 0.75,
    "dash": 0.75,
    "figure": 0.7,
    "noun": 0.55,
    "adjective": 0.6,
    "infinitive": 0.5,
    "preposition": 0.55,
    "object": 0.4,
    "passive": 0.5,
}
_RANK = {name: rank for rank, name in enumerate(_CONFIDENCE)}
_HEDGES = re.compile(
    r"\b(?:may|might|could|perhaps|possibl[ey]|probabl[ey]|likely|reportedly|allegedly|apparently|"
    r"seem(?:s|ed)?|appear(?:s|ed)?|suggest(?:s|ed)?|somewhere around|about|around|roughly|"
    r"approximately|unofficial|unconfirmed|alleged|suspected|estimated?)\b",
    re.IGNORECASE,
)


def find(
    parsed: Sequence[Parsed],
    *,
    mentions: Sequence[Mention] = (),
    dates: Sequence[DateMention] = (),
    text: str,
    blocks: Sequence[Block],
) -> list[Attribution]:
    """All attributions in the order of their first character. ``parent`` indexes into the list that is returned."""
    found = quotes.find(text, blocks)
    candidates: list[Candidate] = []
    for piece in parsed:
        if piece.block.kind not in (BlockKind.PROSE, BlockKind.HEADLINE):
            continue
        passage = Passage.of(piece, found)
        candidates.extend(_best(_proposals(passage)))
    candidates = _continued(candidates, found, text, blocks)
    candidates.sort(key=lambda c: (cover(c.content + c.cue).start, c.cue[0].start, -cover(c.content).end))
    out = [_attribution(c, found, text, blocks, mentions, dates) for c in candidates]
    return [replace(a, parent=_parent(i, out)) for i, a in enumerate(out)]


def _proposals(passage: Passage) -> Iterable[Candidate]:
    yield from reported.find(passage)
    yield from styles.find(passage)
    yield from held.according(passage)
    yield from held.nominal(passage)
    yield from held.adjective(passage)
    yield from held.frames(passage)


def _best(proposals: Iterable[Candidate]) -> list[Candidate]:
    """One candidate a cue: the more reliable pattern wins. A source never holds its own content."""
    kept: list[Candidate] = []
    for candidate in sorted(proposals, key=lambda c: (_RANK[c.pattern], _distance(c) if c.direct else 0, c.head)):
        if candidate.direct and any(
            k.direct and any(a.overlaps(b) for a in k.content for b in candidate.content) for k in kept
        ):
            continue  # a quotation has one speaker: the nearest cue's
        if any(s.overlaps(t) for s in candidate.cue for t in candidate.content):
            continue
        if any(k.head == candidate.head or any(a.overlaps(b) for a in k.cue for b in candidate.cue) for k in kept):
            continue
        if any(s.overlaps(t) for s in candidate.source for t in candidate.content) and candidate.pattern != "noun":
            candidate = replace(candidate, content=_minus(candidate.content, candidate.source))
            if not candidate.content:
                continue
        kept.append(candidate)
    return kept


def _distance(candidate: Candidate) -> int:
    """Characters between the cue and the nearest end of its content."""
    cue = candidate.cue[0]
    return min(max(s.start - cue.end, cue.start - s.end, 0) for s in candidate.content)


def _minus(content: Spans, source: Spans) -> Spans:
    out: list[Span] = []
    for span in content:
        pieces = [span]
        for hole in source:
            pieces = [
                Span(a, b)
                for p in pieces
                for a, b in ((p.start, min(p.end, hole.start)), (max(p.start, hole.end), p.end))
                if a < b
            ]
        out.extend(pieces)
    return tuple(out)


# ── quotations that go on ──────────────────────────────────────────────────────────────────────────────────────


def _continued(
    candidates: list[Candidate], found: Sequence[Quote], text: str, blocks: Sequence[Block]
) -> list[Candidate]:
    """Give quotations that no cue has claimed to the speaker who goes on: in the same paragraph after an attributed
    quotation, or in the next paragraph where the quotation was left open or the paragraph is nothing but a quotation.
    """
    out = list(candidates)
    claimed = [s for c in out for s in c.content if c.direct or c.pattern in ("colon", "dash")]
    owner: int | None = None
    previous: Quote | None = None
    for quote in found:
        index = next(
            (i for i, c in enumerate(out) if c.direct and any(s.overlaps(quote.span) for s in c.content)), None
        )
        if index is not None:
            owner, previous = index, quote
            continue
        if any(c.contains(quote.inner) or quote.span.contains(c) for c in claimed):
            previous = quote
            continue
        inside = any(s.contains(quote.inner) for c in out for s in c.content)
        if (
            not inside
            and owner is not None
            and previous is not None
            and _goes_on(previous, quote, text, blocks, out[owner])
        ):
            out[owner] = replace(out[owner], content=(*out[owner].content, quote.span))
            previous = quote
    return out


def _goes_on(previous: Quote, quote: Quote, text: str, blocks: Sequence[Block], owner: Candidate) -> bool:
    if not quote.speech:
        return False
    if quote.block == previous.block:
        # Another speaker's cue between the two quotations would have claimed this one.
        between = text[previous.span.end : quote.span.start]
        return (
            previous.closed
            and (owner.index == quote.block)
            and len(between) < 250
            and between.count(".") + between.count("?") <= 2
            and (text[quote.inner.start : quote.inner.start + 1].isupper() or text[quote.inner.start] in "[….")
        )
    if quote.block != previous.block + 1:
        return False
    block = blocks[quote.block].span
    alone = quote.span.start == block.start and block.end - quote.span.end <= 1
    return (not previous.closed and quote.span.start == block.start) or (
        alone and blocks[previous.block].span.end - previous.span.end <= 1
    )


# ── the rest of an attribution ─────────────────────────────────────────────────────────────────────────────────


def _attribution(
    c: Candidate,
    found: Sequence[Quote],
    text: str,
    blocks: Sequence[Block],
    mentions: Sequence[Mention],
    dates: Sequence[DateMention],
) -> Attribution:
    content = tuple(sorted(c.content))
    said = " ".join(s.of(text) for s in content)
    sentence = _sentence(text, blocks[c.index].span, c)
    own = [d for d in dates if sentence.contains(d.span) and not any(s.overlaps(d.span) for s in (*content, *c.source))]
    place = next(
        (
            m.span
            for m in mentions
            if m.type.family is EntityType.PLACE
            and m.form.value == "name"
            and sentence.contains(m.span)
            and not any(s.overlaps(m.span) for s in (*content, *c.source, *c.recipient))
            and _is_venue(text, m.span, sentence, c)
            and text[max(0, m.span.start - 4) : m.span.start].strip().lower() in ("in", "at")
        ),
        None,
    )
    return Attribution(
        source=c.source,
        cue=c.cue,
        content=content,
        kind=_kind(c, content, found),
        stance=c.stance,
        cue_lemma=c.lemma,
        recipient=c.recipient,
        said_on=_nearest(own, c.cue[0]),
        venue=place,
        negated=c.negated,
        certainty=Certainty.HEDGED if _HEDGES.search(said) else Certainty.FIRM,
        headline=blocks[c.index].kind is BlockKind.HEADLINE,
        confidence=_CONFIDENCE[c.pattern],
    )


_SPEAKING = re.compile(r"^\W*(?:speaking|talking|addressing|appearing|at an?|in an?|during an?)\b", re.IGNORECASE)


def _is_venue(text: str, place: Span, sentence: Span, c: Candidate) -> bool:
    """Whether it was said there: "Speaking at a forum in X, …" before the source, or right behind the cue."""
    front = cover(c.source or c.cue).start
    if place.end <= front:
        return bool(_SPEAKING.match(sentence.of(text)))
    return (
        0 <= place.start - max(s.end for s in (*c.cue, *c.recipient)) < 40
        and "," not in text[c.cue[0].end : place.start]
    )


def _nearest(dates: Sequence[DateMention], cue: Span) -> str | None:
    best = min(dates, key=lambda d: (abs(d.span.start - cue.start), d.span.start), default=None)
    return best.edtf if best is not None else None


def _sentence(text: str, block: Span, c: Candidate) -> Span:
    """From the sentence end before the cue's own clause to the one after it; quotations aside."""
    start = min(s.start for s in (*c.cue, *c.source, *(s for s in c.content if block.contains(s))))
    end = max(s.end for s in (*c.cue, *c.source))
    left = (
        max((m.end() for m in re.finditer(r"[.!?][\"”’]?\s+(?=[A-Z\"“])", text[block.start : start])), default=0)
        + block.start
    )
    stop = re.search(r"[.!?](?=\s+[A-Z\"“]|\s*$)", text[end : block.end])
    right = end + stop.end() if stop else block.end
    return Span(min(left, start), max(right, end))


def _kind(c: Candidate, content: Spans, found: Sequence[Quote]) -> Kind:
    # A single quoted word marks distance ('the "official" figure'); it is no quotation.
    inside = [q for q in found if (q.words > 1 or c.direct) and any(s.overlaps(q.span) for s in content)]
    if not inside:
        return Kind.INDIRECT
    total = sum(s.end - s.start for s in content)
    quoted = sum(max(0, min(s.end, q.span.end) - max(s.start, q.span.start)) for s in content for q in inside)
    if c.direct or quoted >= 0.9 * total:
        return Kind.DIRECT
    return Kind.MIXED


def _parent(index: int, all_: Sequence[Attribution]) -> int | None:
    """The smallest other attribution whose content holds this one's source (or cue) and content."""
    own = all_[index]
    held_ = (*own.source, *own.cue)
    best: tuple[int, int] | None = None
    for i, other in enumerate(all_):
        if i == index or not all(any(c.contains(s) for c in other.content) for s in held_):
            continue
        size = sum(c.end - c.start for c in other.content)
        if best is None or size < best[0]:
            best = (size, i)
    return best[1] if best else None
