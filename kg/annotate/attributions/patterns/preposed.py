"""Content before its cue ("Prices rose, SOURCE said") or around it ("Prices, SOURCE said, rose")."""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from kg.annotate.attributions.candidates import MARKS, Passage
from kg.annotate.attributions.extents import behind_another, cut
from kg.annotate.attributions.speakers import source_of, without_adverbs
from kg.annotate.parse import clauses
from kg.annotate.parse.clauses import RELATIVES, TENSED
from kg.english.lists import listed
from kg.model import Spans

_BODIES = frozenset(listed("function_words", "body"))
_CONJUNCTS = frozenset(listed("function_words", "conjunct"))
_DETERMINERS = frozenset(listed("function_words", "determiner"))
_SHORTEST_CLAUSE, _NOUNS = 5, 3  # words; nouns and numbers among them


def find(
    passage: Passage, verb: Token, words: TokenSpan, first: int, last: int
) -> tuple[Spans, TokenSpan | None, str] | None:
    """Content before the cue ("Prices rose, SOURCE said") or around it ("Prices, SOURCE said, rose")."""
    doc = passage.doc
    group = _group(passage, verb, words, first)
    if group is None:
        return None
    group_start, group_end, source = group
    tail = group_end + 1
    while tail <= last and doc[tail].text not in (",", ";", ".") and doc[tail].head.i in range(group_start, tail + 1):
        tail += 1
    rest = (tail + 1, last) if tail <= last and doc[tail].text == "," else None
    begin = behind_another(passage, first, group_start)
    while begin < group_start and (doc[begin].pos_ == "CCONJ" or doc[begin].is_space):
        begin += 1
    spans = passage.spans((begin, group_start - 1))
    if (
        rest is not None
        and rest[1] - rest[0] > 2
        and not _own_clause(doc[rest[0] : rest[1] + 1], doc[begin:group_start])
    ):
        spans += passage.spans((rest[0], cut(passage, rest[0], rest[1])))
    told = [t for s in spans for t in passage.parsed.tokens(s) or ()]
    if not any(t.tag_ in (*TENSED, "VBN", "VBG") for t in told) and not (
        _ends(doc, group_end, last) and _is_sentence(told)
    ):
        return None
    if rest is None and _is_circumstance(doc[begin:group_start]):
        return None
    return spans, source, "preposed"


def _ends(doc: Doc, at: int, last: int) -> bool:
    """Whether the sentence ends right behind source and cue."""
    return all(t.text in (".", "!", "?") or t.text in MARKS or t.is_space for t in doc[at + 1 : last + 1])


def _is_sentence(told: list[Token]) -> bool:
    """Whether words may be a clause whose verb was taken for a noun: "The blockade cost growers $12 million a day". One is if it opens
    with a noun phrase, and goes on with a bare number or noun phrase behind it.
    """
    opens = bool(told) and told[0].pos_ in ("DET", "NOUN", "PROPN", "PRON", "NUM", "ADJ")
    nouns = sum(t.pos_ in ("NOUN", "PROPN", "NUM") for t in told)
    return opens and len(told) >= _SHORTEST_CLAUSE and nouns >= _NOUNS


def _is_circumstance(front: TokenSpan) -> bool:
    """Whether what stands before the source is a participle that tells what they were doing: "Speaking on television, NAME told …"."""
    if front[0].lower_ == "asked" and front[0].tag_ in ("VBN", "VBD"):
        return True  # "Asked if he would resign, he laughed"
    return front[0].tag_ == "VBG" and front[0].dep_ == "advcl" and not any(t.tag_ in TENSED for t in front)


def _group(passage: Passage, verb: Token, words: TokenSpan, first: int) -> tuple[int, int, TokenSpan] | None:
    """First and last token of source and cue together, and the source, where a comma or dash stands before them."""
    doc = passage.doc
    source = source_of(passage, verb)
    if source is not None and source.start > verb.i:  # "…, said SOURCE"
        start, end = words.start, source.end - 1
    else:
        run = _segments(passage, first, words.start)
        if run is None:
            return None
        start, end = run, words.end - 1
        source = without_adverbs(clauses.trim(doc, run, words.start - 1))
    if start - first < 2 or not len(source) or source[0].tag_ in RELATIVES or source[-1].tag_ in RELATIVES:
        return None
    comma = doc[start - 1].text
    return (start, end, source) if comma in (",", "—", "–", "-", "--") or comma in MARKS else None


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
    parts = _between_commas(doc, first, stop)
    if not parts or not _nominal(doc[parts[0][0] : parts[0][1] + 1]):
        return None
    best = parts[0][0]
    for left, right in parts[1:]:
        upper, lower = doc[left : right + 1], doc[best : stop + 1]
        if not _nominal(upper) or left == first:
            break
        if _listed(upper, lower):
            best = left  # "the ministry of environment, forests and climate change"
        elif _described(upper) != _described(lower[: max(1, len(lower))]) or _relative(lower):
            best = left
            if _named(upper):
                break
        else:
            break
    return best


def _between_commas(doc: Doc, first: int, stop: int) -> list[tuple[int, int]]:
    """First and last token of what stands between commas or dashes before ``stop``, the nearest first, up to four; commas
    in brackets part nothing, a semicolon or quotation mark ends it.
    """
    found: list[tuple[int, int]] = []
    right = stop
    depth = 0
    for i in range(stop, first - 1, -1):
        text = doc[i].text
        if text in ")]":
            depth += 1
        elif text in "([":
            depth -= 1
        at_quote = text in MARKS and text != "'"
        if depth <= 0 and (text in (",", "—", "–", ";") or at_quote):
            if right >= i + 1 and not (at_quote and found and not _ends_speech(doc, i)):
                found.append((i + 1, right))
            right = i - 1
            if text == ";" or at_quote or len(found) >= 4:
                break
    return found


def _ends_speech(doc: Doc, mark: int) -> bool:
    """Whether a closing mark ends what is said: in "to “close” the port, she said" the words behind it go on."""
    return mark > 0 and doc[mark - 1].text[-1] in ",.!?…—–"


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


def _listed(upper: TokenSpan, lower: TokenSpan) -> bool:
    """Whether a comma stands between two of the things that a body is for."""
    tail = [t.lower_ for t in upper[-4:]]
    opens = any(word in ("of", "for") and body in _BODIES for body, word in pairwise(tail))
    return opens and lower[0].pos_ in ("NOUN", "PROPN") and any(t.dep_ == "cc" or t.lower_ == "and" for t in lower)


def _relative(segment: TokenSpan) -> bool:
    return segment[0].tag_ in RELATIVES or segment[0].tag_ == "VBG"
