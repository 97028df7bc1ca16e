"""Attributions inside the content of others: which are relays of another speaker and which the speaker's own thoughts.

"The mayor said that the police have found …" relays the police. "She said she hopes …" and “He wants to be rich,” she said,
relay nobody: what a speaker tells of an attitude is the speaker's claim (PolNeAR's guidelines leave these unmarked too).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.annotate.attributions import confidence, cues
from kg.annotate.attributions.candidates import Candidate, Passage
from kg.annotate.attributions.extents import cut
from kg.annotate.attributions.speakers import source_of
from kg.annotate.parse import clauses
from kg.annotate.parse.quotes import Quote
from kg.model import Span, Spans, Stance, cover
from kg.nearby import Nearby

_QUOTING = frozenset({"quote", "cite", "paraphrase"})

_LAYOUT = frozenset({"colon", "dash", "turn"})
_COMMUNICATED = frozenset(
    {Stance.SAID, Stance.CLAIMED, Stance.DENIED, Stance.WARNED, Stance.ESTIMATED, Stance.PROMISED, Stance.DEMANDED}
)


def find(passage: Passage) -> Iterator[Candidate]:
    """ "RELAY quoted SOURCE as saying CONTENT" gives two: the relay's, whose content is the rest, and the source's own;
    "SOURCE was quoted (by RELAY) as saying CONTENT" likewise, without the relay where none is named.
    """
    for verb in passage.doc:
        if verb.lemma_.lower() not in _QUOTING or verb.tag_[:2] != "VB" or passage.quote_at(verb.i) is not None:
            continue
        saying = _saying(passage, verb)
        if saying is not None:
            yield from _quoted_as(passage, verb, saying)


def _quoted_as(passage: Passage, verb: Token, saying: Token) -> Iterator[Candidate]:
    """The source's own words, and the relay's telling of them where a relay is named."""
    passive = clauses.passive(verb)
    subject = clauses.subject(verb)
    content = _what(passage, saying)
    quoted = passage.quote_at(saying.i + 1 if saying.i + 1 < len(passage.doc) else saying.i) is not None
    before = _before(passage, verb)
    if before and not quoted and not _tells(passage, saying):
        content, quoted = before, True  # "…," its head was quoted as saying by the radio
    inner = (
        subject if passive else next((c for c in verb.children if c.dep_ in ("dobj", "nsubj") and c.i > verb.i), None)
    )
    if inner is None or not content:
        return
    phrase = clauses.noun_phrase(inner, barrier=verb if passive else passage.doc[saying.i - 1])
    source = passage.parsed.of(phrase)
    words = clauses.cue_words(verb, [])
    lemma = verb.lemma_.lower()
    as_saying = passage.doc[words.start if passive else saying.i - 1 : saying.i + 1]
    yield _proposed(passage, source, as_saying, content, f"{lemma} as saying", saying, direct=quoted)
    relay = None if passive else source_of(passage, verb)
    if relay is not None:
        end = passage.parsed.of(saying).end
        behind = content[0].start >= end
        told = (Span(source.start, cover(content).end),) if behind else (*content, Span(source.start, end))
        yield _proposed(passage, passage.parsed.of(relay), words, told, lemma, verb)


def _proposed(
    passage: Passage, source: Span, cue: TokenSpan, content: Spans, lemma: str, head: Token, *, direct: bool = False
) -> Candidate:
    cues_ = (passage.parsed.of(cue),)
    return Candidate("quoted_as", (source,), cues_, content, Stance.SAID, lemma, passage.parsed.index, head.i, direct)


def _tells(passage: Passage, saying: Token) -> bool:
    """Whether a clause follows the participle: what was said stands behind it."""
    last = passage.sentence(saying)[1]
    return any(t.tag_ in clauses.TENSED for t in passage.doc[saying.i + 1 : last + 1])


def _saying(passage: Passage, verb: Token) -> Token | None:
    """The participle of "as saying" behind a verb of quoting."""
    doc = passage.doc
    last = passage.sentence(verb)[1]
    for i in range(verb.i + 1, min(verb.i + 25, last)):
        if doc[i].lower_ == "as" and doc[i + 1].tag_ == "VBG" and doc[i + 1].lemma_.lower() in cues.verbs():
            return doc[i + 1]
    return None


def _before(passage: Passage, verb: Token) -> Spans:
    """The quotation before the source of a passive, with nothing between the two but the source's words."""
    number = next((n for n, (_, b) in reversed(list(enumerate(passage.ranges))) if b < verb.i), None)
    between = passage.doc[passage.ranges[number][1] + 1 : max(verb.i - 1, 0)] if number is not None else None
    if number is None or between is None or any(t.tag_ in clauses.TENSED or t.text in ".!?" for t in between):
        return ()
    return (passage.quotes[number].span,)


def _what(passage: Passage, saying: Token) -> Spans:
    """What was said: the quotation or clause behind the participle, up to the end of its sentence."""
    doc = passage.doc
    start = saying.i + 1
    while start < len(doc) and doc[start].text in (",", ":"):
        start += 1
    if start >= len(doc):
        return ()
    quotation = passage.quote_at(start)
    if quotation is not None:
        return (passage.quotes[quotation].span,)
    last = passage.sentence(saying)[1]
    return passage.spans((start, cut(passage, start, last)))


def keep(candidates: Sequence[Candidate], quoted: Nearby[Quote], passages: Sequence[Passage]) -> list[Candidate]:
    """All candidates but those that only unfold what the speaker around them thinks, wants or knows."""
    contents = Nearby((c.content, c) for c in candidates)
    pieces = Nearby(((p.parsed.whole,), p) for p in passages)
    return [c for c in candidates if _stands(c, contents, quoted, pieces)]


def _stands(c: Candidate, contents: Nearby[Candidate], quoted: Nearby[Quote], pieces: Nearby[Passage]) -> bool:
    if c.pattern in _LAYOUT or c.pattern in ("quoted_as", "lone"):
        return True
    cue = cover(c.cue)
    passage = next(p for p in pieces.at(cue) if p.parsed.whole.contains(cue))
    if any(q.span.contains(cue) for q in quoted.at(cue)):
        return c.pattern in confidence.REPORTS and c.stance in _COMMUNICATED and _named(c, passage)
    if not any(s.contains(cue) for o in contents.at(cue) if o is not c for s in o.content):
        return True
    if c.direct:
        return True
    if c.pattern in confidence.REPORTS:
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
