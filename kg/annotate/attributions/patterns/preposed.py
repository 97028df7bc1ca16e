"""Content before its cue ("Prices rose, SOURCE said") or around it ("Prices, SOURCE said, rose")."""

from __future__ import annotations

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.annotate.attributions.candidates import MARKS, Passage
from kg.annotate.attributions.extents import cut
from kg.annotate.attributions.speakers import source_of, without_adverbs
from kg.annotate.parse import clauses
from kg.annotate.parse.clauses import RELATIVES, TENSED
from kg.english.lists import listed
from kg.model import Spans

_CONJUNCTS = frozenset(listed("function_words", "conjunct"))
_DETERMINERS = frozenset(listed("function_words", "determiner"))


def find(
    passage: Passage, verb: Token, words: TokenSpan, first: int, last: int
) -> tuple[Spans, TokenSpan | None, str] | None:
    """Content before the cue ("Prices rose, SOURCE said") or around it ("Prices, SOURCE said, rose")."""
    doc = passage.doc
    source = source_of(passage, verb)
    inverted = source is not None and source.start > verb.i
    if inverted and source is not None:
        group_start, group_end = words.start, source.end - 1
    else:
        run = _segments(passage, first, words.start)
        if run is None:
            return None
        group_start, group_end = run, words.end - 1
        source = without_adverbs(clauses.trim(doc, run, words.start - 1))
    if (
        group_start - first < 2
        or source is None
        or not len(source)
        or source[0].tag_ in RELATIVES
        or source[-1].tag_ in RELATIVES
    ):
        return None
    comma = doc[group_start - 1]
    if comma.text not in (",", "—", "–", "-", "--") and comma.text not in MARKS:
        return None
    tail = group_end + 1
    while tail <= last and doc[tail].text not in (",", ";", ".") and doc[tail].head.i in range(group_start, tail + 1):
        tail += 1
    rest = (tail + 1, last) if tail <= last and doc[tail].text == "," else None
    begin = first
    while begin < group_start and (doc[begin].pos_ == "CCONJ" or doc[begin].is_space):
        begin += 1
    spans = passage.spans((begin, group_start - 1))
    if (
        rest is not None
        and rest[1] - rest[0] > 2
        and not _own_clause(doc[rest[0] : rest[1] + 1], doc[begin:group_start])
    ):
        spans += passage.spans((rest[0], cut(passage, rest[0], rest[1])))
    if not any(t.tag_ in (*TENSED, "VBN", "VBG") for s in spans for t in passage.parsed.tokens(s) or ()):
        return None
    return spans, source, "preposed"


def _own_clause(rest: TokenSpan, front: TokenSpan) -> bool:
    """What follows a cue in mid-sentence goes on with the content, unless it is a participle or conjunct of the cue."""
    if rest[0].tag_ == "VBG" or rest[0].lower_ in _CONJUNCTS:
        return True
    return any(t.tag_ in TENSED for t in front) and rest[0].tag_ not in TENSED


def _segments(passage: Passage, first: int, end: int) -> int | None:
    """Where the source begins: the noun phrases between commas right before the cue.

    A name may have a description before it ("the deputy head of X, NAME,") or behind it.
    """
    doc = passage.doc
    stop = end - 1
    while stop > first and (doc[stop].text == "," or doc[stop].pos_ in ("ADV", "AUX") or doc[stop].dep_ == "neg"):
        stop -= 1
    starts: list[tuple[int, int]] = []
    right = stop
    i = stop
    depth = 0
    while i >= first:
        text = doc[i].text
        if text in ")]":
            depth += 1
        elif text in "([":
            depth -= 1
        at_quote = text in MARKS and text != "'"
        if depth <= 0 and (text in (",", "—", "–", ";") or at_quote):
            if right >= i + 1:
                starts.append((i + 1, right))
            right = i - 1
            if text == ";" or at_quote or len(starts) >= 4:
                break
        i -= 1
    if not starts:
        return None
    best = starts[0][0]
    if not _nominal(doc[starts[0][0] : starts[0][1] + 1]):
        return None
    for left, right in starts[1:]:
        upper, lower = doc[left : right + 1], doc[best : stop + 1]
        if not _nominal(upper) or left == first:
            break
        if _described(upper) != _described(lower[: max(1, len(lower))]) or _relative(lower):
            best = left
            if _named(upper):
                break
        else:
            break
    return best


def _nominal(segment: TokenSpan) -> bool:
    """Whether a segment is one noun phrase: no tensed verb but in a relative clause."""
    if not len(segment):
        return False
    relative = next((t.i for t in segment if t.tag_ in RELATIVES), segment.end)
    return (
        not any(t.tag_ in TENSED and t.i < relative for t in segment)
        and any(t.pos_ in ("NOUN", "PROPN", "PRON", "NUM") for t in segment)
        and (segment[0].pos_ not in ("ADP", "SCONJ", "VERB", "CCONJ", "ADV") or segment[0].tag_ in RELATIVES)
    )


def _described(segment: TokenSpan) -> bool:
    return (
        segment[0].pos_ in ("DET", "PRON")
        or segment[0].lower_ in _DETERMINERS
        or (segment[0].pos_ in ("NOUN", "ADJ") and not segment[0].is_title)
    )


def _named(segment: TokenSpan) -> bool:
    return all(t.pos_ == "PROPN" or t.is_title for t in segment)


def _relative(segment: TokenSpan) -> bool:
    return segment[0].tag_ in RELATIVES or segment[0].tag_ == "VBG"
