"""Numbers that somebody gives: "put the toll at 20", "listed 890 dead", "its estimate is 60", "by X's account 12 died"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.attributions import cues
from kg.annotate.attributions.candidates import Candidate, Passage
from kg.annotate.attributions.extents import cut
from kg.annotate.attributions.speakers import source_of
from kg.annotate.parse import clauses
from kg.english.lists import listed
from kg.model import Stance

_GIVING = frozenset(listed("attribution_words", "give"))
_COUNTING = frozenset(listed("attribution_words", "counting"))
_COUNTS = frozenset(listed("attribution_words", "figure"))
_STANDING = frozenset(listed("attribution_words", "standing"))
_ACTORS = ("PROPN", "NOUN")


def find(passage: Passage) -> Iterator[Candidate]:
    """ "SOURCE has given the figure of 330", "put the number at 20", "counted 12 dead", "SOURCE's count stands at 44"."""
    for token in passage.doc:
        found = given(passage, token) or _counted(passage, token) or _owned(passage, token)
        if found is not None:
            yield found


def given(passage: Passage, verb: Token) -> Candidate | None:
    """The noun phrase of a figure with its number, as the object of a verb of giving."""
    lemma = verb.lemma_.lower()
    if lemma not in _GIVING | _COUNTING or verb.pos_ != "VERB" or cues.unreal(verb):
        return None
    for child in verb.children:
        if child.dep_ != "dobj":
            continue
        left, right = clauses.edges(child)
        at = [
            c
            for c in verb.children
            if c.dep_ == "prep" and c.lower_ in ("at", "as") and c.i > child.i and any(t.like_num for t in c.subtree)
        ]
        if child.lemma_.lower() not in _COUNTS and not at:
            continue
        right = max([right, *[clauses.edges(c)[1] for c in at]])
        if not any(t.like_num for t in passage.doc[left : right + 1]):
            return None
        return _candidate(passage, verb, left, right, f"{lemma} {child.lemma_.lower()}")
    return None


def _counted(passage: Passage, verb: Token) -> Candidate | None:
    """ "The ministry listed more than 890 dead and 1,320 as missing", "police counted 12 bodies"."""
    lemma = verb.lemma_.lower()
    if lemma not in _COUNTING or verb.tag_[:2] != "VB" or clauses.passive(verb) or cues.unreal(verb):
        return None
    number = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i and _has_number(c)), None)
    if number is None:
        return None
    left, right = clauses.edges(number)
    return _candidate(passage, verb, max(left, verb.i + 1), right, lemma)


def _owned(passage: Passage, noun: Token) -> Candidate | None:
    """ "The Red Cross's estimate is 60", "the ministry's count stands at 44"."""
    verb = noun.head
    if noun.lemma_.lower() not in _COUNTS or noun.dep_ != "nsubj" or verb.lemma_.lower() not in _STANDING:
        return None
    owner = next((c for c in noun.children if c.dep_ == "poss" and c.pos_ in _ACTORS), None)
    last = clauses.edges(verb)[1]
    if owner is None or not any(t.like_num for t in passage.doc[verb.i + 1 : last + 1]):
        return None
    source = clauses.trim(passage.doc, *clauses.edges(owner, leave=frozenset({"case"})))
    content = passage.spans((verb.i + 1, cut(passage, verb.i + 1, last)))
    words = passage.parsed.of(noun)
    if not content:
        return None
    index = passage.parsed.index
    return Candidate(
        "figure", (passage.parsed.of(source),), (words,), content, Stance.SAID, noun.lemma_.lower(), index, noun.i
    )


def _has_number(noun: Token) -> bool:
    return noun.like_num or any(c.like_num for c in noun.subtree)


def _candidate(passage: Passage, verb: Token, left: int, right: int, lemma: str) -> Candidate | None:
    source = source_of(passage, verb)
    if source is None or source.root.pos_ not in (*_ACTORS, "PRON"):
        return None
    return Candidate(
        "figure",
        (passage.parsed.of(source),),
        (passage.parsed.of(clauses.cue_words(verb, [])),),
        passage.spans((left, cut(passage, left, right))),
        Stance.SAID,
        lemma,
        passage.parsed.index,
        verb.i,
        negated=cues.negated(verb),
    )
