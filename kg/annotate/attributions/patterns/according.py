""" "According to SOURCE, CONTENT", and the same behind or inside the content."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.annotate.attributions import cues
from kg.annotate.attributions.candidates import Candidate, Passage
from kg.annotate.attributions.extents import behind_another, cut
from kg.annotate.parse import clauses
from kg.annotate.parse.clauses import RELATIVES, TENSED
from kg.english import kinds
from kg.english.lists import listed
from kg.model import Spans, Stance

_CLAUSES = frozenset(listed("function_words", "clause"))
_SOME = ("many", "some", "most", "all", "both")  # "…, many crushing people inside"
_SUBJECTS = listed("attribution_words", "subject")
_EVIDENCE = frozenset(listed("attribution_words", "evidence"))


def find(passage: Passage) -> Iterator[Candidate]:
    """ "According to SOURCE, CONTENT", "CONTENT, according to SOURCE" and the same in mid-sentence."""
    doc = passage.doc
    for token in doc[:-2]:
        if token.lower_ != "according" or token.nbor().lower_ != "to":
            continue
        first, last = passage.sentence(token)
        start = token.i + 2
        if doc[start].lower_ == "which":
            yield from _which(passage, token, last)
            continue
        opening = all(t.is_punct or t.pos_ in ("CCONJ", "ADV", "SCONJ") for t in doc[first : token.i])
        end = _source_end(passage, start, last)
        if opening and not any(t.is_alpha for t in doc[end + 1 : last + 1]):
            end = _first_phrase(passage, start, last)
        if end < start:
            continue
        source = clauses.trim(doc, start, end)
        inner = _estimate_by(source)
        content = _behind(passage, end + 1, last) if opening else _around(passage, first, token.i, end, last)
        if not content:
            continue
        stance = cues.nouns().get(source.root.lemma_.lower(), Stance.SAID) if inner is not None else Stance.SAID
        holder = inner if inner is not None else source
        cue_end = holder.start - 1 if inner is not None else token.i + 1
        yield Candidate(
            "according",
            (passage.parsed.of(holder),),
            passage.spans((token.i, cue_end)),
            content,
            stance,
            "according to",
            passage.parsed.index,
            token.i,
        )


def _behind(passage: Passage, start: int, last: int) -> Spans:
    """What stands behind an opening cue and its source."""
    return passage.spans((start, cut(passage, start, last))) if start <= last else ()


def _which(passage: Passage, token: Token, last: int) -> Iterator[Candidate]:
    """ "an estimate by SOURCE, according to which CONTENT"."""
    doc = passage.doc
    first = passage.sentence(token)[0]
    end = token.i - 1 if doc[token.i - 1].text == "," else token.i
    noun = next(
        (
            t
            for t in reversed(doc[first:end])
            if t.dep_ in ("dobj", "nsubj", "attr", "pobj", "appos") and t.pos_ == "NOUN" and not kinds.is_thing(t.text)
        ),
        None,
    )
    if noun is None or token.i + 3 > last:
        return
    phrase = doc[noun.left_edge.i : end]
    holder = _estimate_by(phrase) if phrase.root.i == noun.i else None
    if holder is None:
        holder = clauses.trim(doc, phrase.start, phrase.end - 1)
    yield Candidate(
        "according", (passage.parsed.of(holder),), passage.spans((token.i, token.i + 2)),
        passage.spans((token.i + 3, cut(passage, token.i + 3, last))), Stance.SAID, "according to", passage.parsed.index, token.i,
    )  # fmt: skip


def _around(passage: Passage, first: int, begin: int, end: int, last: int) -> Spans:
    """What stands in the sentence before the cue at ``begin``, with what goes on behind its source's ``end``."""
    doc = passage.doc
    content = passage.spans((behind_another(passage, first, begin), begin - 1))
    if end + 1 < last and doc[end + 1].text == "," and not _another(doc[end + 2 : last + 1]):
        content += passage.spans((end + 2, last))
    reportative = _reportative(passage, first, begin) if content else None
    return content if reportative is None else reportative


def _another(rest: TokenSpan) -> bool:
    """Whether what follows is a clause of its own rather than the rest of the content."""
    if len(rest) > 1 and rest[0].lower_ in ("and", "but") and rest[1].tag_ in TENSED:
        return False  # "killed 154, according to the bulletin, and left six missing"
    return rest[0].lower_ in _CLAUSES if len(rest) else True


def _source_end(passage: Passage, start: int, last: int) -> int:
    """The source runs to the comma that is followed by a clause; appositions between commas belong to it."""
    doc = passage.doc
    i = start
    end = start - 1
    while i <= last:
        if doc[i].text in (".", ";", "—", "–", ":", "?", "!", "“", "”") or (
            doc[i].text == '"' and passage.quote_at(i) is None
        ):
            break
        if doc[i].text == ",":
            stop = next((j for j in range(i + 1, last + 1) if doc[j].text in ",.;—–"), last + 1)
            segment = doc[i + 1 : stop]
            follows = stop <= last and doc[stop].text == ","
            apposition = (
                len(segment) > 0
                and not any(
                    t.tag_ in TENSED and not any(r.tag_ in RELATIVES for r in doc[i + 1 : t.i]) for t in segment
                )
                and _opens_description(segment)
                and not (segment[0].lower_ in _SOME and any(t.tag_ in ("VBG", "VBN") for t in segment))
            )
            at_end = stop > last or doc[stop].text in ".;"
            if not apposition or not (follows or at_end):
                break
            end = stop - 1
            i = stop
            continue
        end = i
        i += 1
    return end


def _opens_description(segment: TokenSpan) -> bool:
    """Whether a segment may describe the source before it: no clause ("that is due to …") and no predicate ("different from …")."""
    word = segment[0]
    if word.lower_ in _SUBJECTS:
        return False
    if word.pos_ == "ADJ" and word.head.i not in range(segment.start, segment.end):
        return False
    return word.pos_ in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM")


def _first_phrase(passage: Passage, start: int, last: int) -> int:
    """Where an opening source ends when the parse took the content into it: at the first comma before a verb, else with its name."""
    doc = passage.doc
    comma = next((i for i in range(start, last + 1) if doc[i].text == ","), None)
    if comma is not None and not any(t.tag_ in TENSED for t in doc[start:comma]):
        return comma - 1
    name = next((e.end - 1 for e in doc.ents if e.start <= start + 1 and e.end - 1 >= start), None)
    return name if name is not None else start - 1


def _estimate_by(source: TokenSpan) -> TokenSpan | None:
    """ "an estimate by SOURCE", "a report from SOURCE", "SOURCE's figures": the one behind the document."""
    root = source.root
    if root.lemma_.lower() not in (*cues.nouns(), "figure", "data", "datum", "number", "count"):
        return None
    for child in root.children:
        if child.lower_ in ("by", "from") and child.dep_ in ("prep", "agent"):
            noun = next((g for g in child.children if g.dep_ == "pobj"), None)
            if noun is not None:
                left, right = clauses.edges(noun)
                time = next(
                    (t.i for t in source.doc[noun.i + 1 : right + 1] if t.lower_ in ("in", "on", "last", "this")),
                    right + 1,
                )
                return source.doc[left : min(right + 1, time, source.end)]
    return None


def _reportative(passage: Passage, first: int, begin: int) -> Spans | None:
    """ "the 22 said to have been killed, according to …": an evidential attaches to the nearest reporting passive
    without a source of its own, so that its content is that phrase and not the whole sentence.
    """
    doc = passage.doc
    for token in reversed(doc[first:begin]):
        if token.tag_ in ("VBN", "VBD") and token.lemma_.lower() in _EVIDENCE:
            if token.i + 1 < begin and doc[token.i + 1].lower_ == "to" and token.i > first:
                left = token.i - 1
                while (
                    left > first
                    and doc[left - 1].pos_ in ("DET", "NUM", "ADJ", "NOUN", "PROPN")
                    and doc[left].pos_ != "DET"
                ):
                    left -= 1
                if doc[token.i - 1].pos_ in ("NUM", "NOUN", "PROPN", "PRON") and doc[left].dep_ not in (
                    "nsubj",
                    "ROOT",
                ):
                    return passage.spans((left, begin - 1))
            return None
    return None
