"""Attributions of an article: the patterns' proposals weighed, joined over paragraphs, nested and dated.

Needs the parsed paragraphs, mentions and dates; sets source, cue and content with kind, stance, certainty, recipient,
date and place of the saying, the relay it lies in, and a confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.annotate.attributions import confidence, relays, voices
from kg.annotate.attributions.candidates import Candidate, Passage
from kg.annotate.attributions.circumstances import is_venue
from kg.annotate.attributions.circumstances import sentence as sentence_of
from kg.annotate.attributions.patterns import (
    according,
    continued,
    disputed,
    frames,
    layout,
    lone,
    nominal,
    relative,
    reported,
    tallied,
)
from kg.annotate.attributions.saying import Days
from kg.annotate.parse import headings, quotes
from kg.annotate.parse.parsing import Parsed
from kg.annotate.parse.quotes import Quote
from kg.english.lists import alternation, listed
from kg.english.paragraphs import transcripts
from kg.model import (
    Attribution,
    Block,
    BlockKind,
    Certainty,
    DateMention,
    EntityType,
    Form,
    Kind,
    Mention,
    Span,
    Spans,
    Stance,
    cover,
)
from kg.nearby import Nearby

_ACCORDING = re.compile(r"according to [^,]{2,80},\s+(?=\S)", re.IGNORECASE)
_UNCLOSED = re.compile(r"[“\"]\w[^“”\"]{0,30}$")
_CLOSING = re.compile(r"[.,!?]?[”\"]")
_HEDGES = re.compile(rf"\b(?:{alternation(listed('attribution_words', 'hedge'))})\b", re.IGNORECASE)


def find(
    parsed: Sequence[Parsed],
    *,
    mentions: Sequence[Mention] = (),
    dates: Sequence[DateMention] = (),
    published: str | None = None,
    text: str,
    blocks: Sequence[Block],
) -> list[Attribution]:
    """All attributions in the order of their first character. ``parent`` indexes into the list that is returned."""
    found = quotes.find(text, blocks)
    candidates: list[Candidate] = []
    quoted = Nearby(((q.span,), q) for q in found)
    passages = [
        Passage.of(p, quoted.at(p.whole)) for p in parsed if p.block.kind in (BlockKind.PROSE, BlockKind.HEADLINE)
    ]
    for passage, following in zip(passages, [*passages[1:], None], strict=False):
        best = _best(_fitting(passage, following))
        candidates.extend((*best, *lone.find(passage, best)))
    turns = transcripts.turns(text, blocks)
    candidates.extend(_turn(turn) for turn in turns if not transcripts.asks(turn.name.of(text)))
    pieces = Nearby(((p.parsed.whole,), p) for p in passages)
    days = Days(passages, dates, published)
    candidates = [days.apart(_own_source(c, text), _passage(pieces, c)) for c in candidates]
    candidates = relays.keep([c for c in candidates if _legible(c, text)], quoted, passages)
    candidates = continued.join(candidates, found, text, blocks)
    candidates.sort(key=lambda c: (cover(c.content + c.cue).start, c.cue[0].start, -cover(c.content).end))
    places = Nearby(((m.span,), m) for m in mentions if m.type.family is EntityType.PLACE and m.form is Form.NAME)
    told = Nearby((c.content, c) for c in candidates)
    out = [_attribution(c, quoted, text, blocks, places, days.of(c, _passage(pieces, c), told)) for c in candidates]
    contents = Nearby((a.content, i) for i, a in enumerate(out))
    parents = [_parent(i, out, contents) for i in range(len(out))]
    tied = [
        replace(a, parent=parent, confidence=confidence.of(c, text, nested=parent is not None))
        for a, parent, c in zip(out, parents, candidates, strict=True)
    ]
    return without_circles(tied)


def _turn(turn: transcripts.Turn) -> Candidate:
    """What one speaker of a transcript says, with all its paragraphs."""
    return Candidate("turn", (turn.name,), (turn.colon,), turn.content, Stance.SAID, ":", turn.block, 0, direct=True)


def _own_source(c: Candidate, text: str) -> Candidate:
    """The candidate without what another cue gives before its source ("According to the report, NAME told …"), and with the
    closing mark of a name in quotation marks ("a man called “Lanky.”").
    """
    source = []
    for span in c.source:
        words = span.of(text)
        lead = _ACCORDING.match(words) if c.pattern != "according" else None
        start = span.start + (lead.end() if lead else 0)
        close = _UNCLOSED.search(words)
        behind = _CLOSING.match(text, span.end) if close else None
        source.append(Span(start, behind.end() if behind else span.end))
    return c if tuple(source) == c.source else replace(c, source=tuple(source))


def _passage(pieces: Nearby[Passage], c: Candidate) -> Passage:
    return next(p for p in pieces.at(c.cue[0]) if p.parsed.whole.contains(c.cue[0]))


def _fitting(passage: Passage, following: Passage | None) -> Iterable[Candidate]:
    """The proposals whose sources can speak."""
    fitted = (voices.fit(c, passage) for c in _proposals(passage, following))
    return (c for c in fitted if c is not None and not _is_link(c, passage))


def _is_link(c: Candidate, passage: Passage) -> bool:
    """Whether the cue stands in a link to another article ("Read more: NAME calls …")."""
    return headings.leads_elsewhere(passage.doc[passage.sentence(passage.doc[c.head])[0]])


def _proposals(passage: Passage, following: Passage | None) -> Iterable[Candidate]:
    introduced = continued.introduced(passage, following) if following is not None else None
    if introduced is not None:
        yield introduced
    yield from relays.find(passage)
    yield from relative.find(passage)
    yield from disputed.find(passage)
    yield from reported.find(passage)
    yield from layout.find(passage)
    yield from according.find(passage)
    yield from nominal.nominal(passage)
    yield from nominal.adjective(passage)
    yield from tallied.find(passage)
    yield from frames.find(passage)


def _best(proposals: Iterable[Candidate]) -> list[Candidate]:
    """One candidate a cue: the more reliable pattern wins. A source never holds its own content."""
    kept: list[Candidate] = []
    for candidate in sorted(
        proposals, key=lambda c: (confidence.RANK[c.pattern], _distance(c) if c.direct else 0, c.head)
    ):
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
    return [c for c in kept if c.direct or not _of_another(c, kept)]


def _of_another(c: Candidate, kept: Sequence[Candidate]) -> bool:
    """Whether all that is told is a part of a quotation that another cue has, and the cue itself is not."""
    return any(
        o.direct
        and all(any(q.contains(s) for q in o.content) for s in c.content)
        and not any(q.overlaps(c.cue[0]) for q in o.content)
        for o in kept
        if c.pattern == "clause"
    )


def _legible(c: Candidate, text: str) -> bool:
    """Whether every span has a letter or a digit, or is a mark that serves as a cue."""
    return all(any(ch.isalnum() for ch in s.of(text)) for s in (*c.source, *c.content)) and all(
        s.of(text).strip() for s in c.cue
    )


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


def _attribution(
    c: Candidate,
    quoted: Nearby[Quote],
    text: str,
    blocks: Sequence[Block],
    places: Nearby[Mention],
    said_on: str | None,
) -> Attribution:
    content = tuple(sorted(c.content))
    said = " ".join(s.of(text) for s in content)
    sentence = sentence_of(text, blocks[c.index].span, c)
    return Attribution(
        source=c.source,
        cue=c.cue,
        content=content,
        kind=_kind(c, content, quoted),
        stance=c.stance,
        cue_lemma=c.lemma,
        recipient=c.recipient,
        said_on=said_on,
        venue=_venue(c, text, sentence, places),
        negated=c.negated,
        certainty=Certainty.HEDGED if _HEDGES.search(said) else Certainty.FIRM,
        headline=blocks[c.index].kind is BlockKind.HEADLINE,
        credit=c.pattern == "credit",
    )


def _venue(c: Candidate, text: str, sentence: Span, places: Nearby[Mention]) -> Span | None:
    """The place in the sentence, outside source, content and recipient, that it was said in or at."""
    return next(
        (
            m.span
            for m in places.at(sentence)
            if sentence.contains(m.span)
            and not any(s.overlaps(m.span) for s in (*c.content, *c.source, *c.recipient))
            and is_venue(text, m.span, sentence, c)
            and text[max(0, m.span.start - 4) : m.span.start].strip().lower() in ("in", "at")
        ),
        None,
    )


def _kind(c: Candidate, content: Spans, quoted: Nearby[Quote]) -> Kind:
    # A single quoted word marks distance ('the "official" figure'); it is no quotation.
    near = {q.span: q for s in content for q in quoted.at(s)}
    inside = [q for q in near.values() if (q.words > 1 or c.direct) and any(s.overlaps(q.span) for s in content)]
    if not inside:
        return Kind.INDIRECT
    total = sum(s.end - s.start for s in content)
    marked = sum(max(0, min(s.end, q.span.end) - max(s.start, q.span.start)) for s in content for q in inside)
    if marked >= (0.7 if c.direct else 0.9) * total:
        return Kind.DIRECT
    return Kind.MIXED


def without_circles(all_: Sequence[Attribution]) -> list[Attribution]:
    """Where attributions would hold each other, the one with the longest content is in none: who relays says more."""
    out = list(all_)
    for start in range(len(out)):
        path = [start]
        while (parent := out[path[-1]].parent) is not None and parent not in path:
            path.append(parent)
        if parent is not None:
            circle = path[path.index(parent) :]
            widest = max(circle, key=lambda i: (sum(c.end - c.start for c in out[i].content), -i))
            out[widest] = replace(out[widest], parent=None)
    return out


def _parent(index: int, all_: Sequence[Attribution], contents: Nearby[int]) -> int | None:
    """The smallest other attribution whose content holds this one's source (or cue) and content."""
    own = all_[index]
    held_ = (*own.source, *own.cue)
    best: tuple[int, int] | None = None
    for i in contents.at(own.cue[0]):
        other = all_[i]
        if i == index or not all(any(c.contains(s) for c in other.content) for s in held_):
            continue
        size = sum(c.end - c.start for c in other.content)
        if best is None or size < best[0]:
            best = (size, i)
    return best[1] if best else None
