"""Nouns and adjectives that hold a claim: "the claim that …", "SOURCE is concerned that …".

The kinds follow PolNeAR (Newell, Margolin and Ruths 2018), which counts beliefs, plans and attitudes of an actor too.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.annotate.attributions import cues
from kg.annotate.attributions.candidates import MARKS, Candidate, Passage
from kg.annotate.attributions.extents import cut
from kg.annotate.attributions.speakers import source_of
from kg.annotate.parse import clauses
from kg.english.lists import listed
from kg.model import Spans, Stance

_HOLDING = frozenset(listed("attribution_words", "hold"))
_FEELING = frozenset(listed("attribution_words", "feel"))


def nominal(passage: Passage) -> Iterator[Candidate]:
    """ "the claim that …", "their decision to …", "SOURCE has information that …", "SOURCE is concerned that …"."""
    doc = passage.doc
    table = cues.nouns()
    for token in doc:
        lemma = token.lemma_.lower()
        if token.pos_ == "NOUN" and lemma in table:
            holder, verb = _holder(token)
            content = _noun_content(passage, token)
            if holder is None or content is None:
                continue
            first = verb.i if verb is not None and verb.i < token.i else token.i
            words = doc[first : token.i + 1]
            if any(t in words for t in holder) or len(words) > 6:
                words = doc[token.i : token.i + 1]
            if verb is not None and cues.unreal(verb):
                continue
            yield Candidate(
                "noun",
                (passage.parsed.of(holder),),
                (passage.parsed.of(words),),
                content,
                table[lemma],
                lemma,
                passage.parsed.index,
                token.i,
                negated=verb is not None and cues.negated(verb),
            )


def adjective(passage: Passage) -> Iterator[Candidate]:
    """ "SOURCE is concerned that …"."""
    doc = passage.doc
    table = cues.adjectives()
    for token in doc:
        stance = table.get(token.lower_)
        if stance is None or token.dep_ not in ("acomp", "attr", "ROOT", "ccomp", "conj", "relcl", "advcl"):
            continue
        verb = token.head if token.dep_ in ("acomp", "attr") else token
        if not any(t.lemma_ in _FEELING for t in doc[max(0, token.i - 4) : token.i]):
            continue
        follow = token.i + 1
        if follow + 1 < len(doc) and doc[follow].text in MARKS and doc[follow].text != "'":
            follow += 1  # "is “quite sure” that"
        if follow >= len(doc) or doc[follow].lower_ not in ("that", "to", "about"):
            continue
        if doc[follow].lower_ == "to" and stance not in (Stance.PLANNED, Stance.REFUSED):
            continue
        if doc[follow].lower_ == "to" and doc[follow + 1 : follow + 2].text.lower() == "have":
            continue  # "was determined to have been a bird": found by somebody
        source = source_of(passage, verb)
        if source is None or source.start > token.i:
            continue
        _, last = passage.sentence(token)
        end = _clause_end(passage, token, follow, last)
        start = max(source.end, verb.i if verb.i < token.i else source.end)
        yield Candidate(
            "adjective",
            (passage.parsed.of(source),),
            passage.spans((start, follow - 1)),
            passage.spans((follow, end)),
            stance,
            token.lower_,
            passage.parsed.index,
            token.i,
            negated=cues.negated(verb),
        )


def _clause_end(passage: Passage, token: Token, start: int, last: int) -> int:
    _, right = clauses.edges(token)
    right = max(right, start)
    if passage.doc[start].lower_ == "that":
        stop = next(
            (
                i
                for i in range(start, last)
                if passage.doc[i].text in ",;" and passage.doc[i + 1].lower_ in ("according", "but", "and")
            ),
            last,
        )
        right = max(right, stop - (1 if stop < last else 0))
    return cut(passage, start, min(right, last))


def _holder(noun: Token) -> tuple[TokenSpan | None, Token | None]:
    """The actor behind a noun: its possessor, its agent, or the subject of the verb that has it as object."""
    for child in noun.children:
        if child.dep_ == "poss":
            return clauses.trim(noun.doc, *clauses.edges(child, leave=frozenset({"case"}))), None
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from", "of", "among") and child.i > noun.i:
            for item in child.children:
                if item.dep_ == "pobj" and (
                    item.ent_type_ in ("PERSON", "ORG", "NORP", "GPE") or child.lower_ in ("by", "from")
                ):
                    return clauses.noun_phrase(item), None
    verb = noun.head
    if noun.dep_ == "nsubjpass" and verb.lemma_.lower() in _HOLDING:  # "the claim that … was made by SOURCE"
        maker = clauses.agent(verb)
        return (clauses.noun_phrase(maker), None) if maker is not None else (None, None)
    if noun.dep_ in ("dobj", "attr") and verb.lemma_.lower() in _HOLDING:
        head = clauses.subject(verb)
        if head is not None:
            return clauses.noun_phrase(head, barrier=verb), verb
    return None, None


def _noun_content(passage: Passage, noun: Token) -> Spans | None:
    for child in noun.children:
        if child.i > noun.i and child.dep_ in ("acl", "ccomp", "relcl"):
            left, right = clauses.edges(child)
            opens = passage.doc[max(left, noun.i + 1)]
            if opens.lower_ in ("that", "to") and not (
                child.dep_ == "relcl"
                and any(c.tag_ == "WDT" and c.dep_ in ("nsubj", "nsubjpass") for c in child.children)
            ):
                return passage.spans((max(left, noun.i + 1), cut(passage, max(left, noun.i + 1), right)))
    return None
