"""Who speaks: the noun phrase of the source behind a cue, and whom it was said to."""

from __future__ import annotations

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.annotate.attributions import cues
from kg.annotate.attributions.candidates import Passage
from kg.annotate.parse import clauses
from kg.english.lists import listed
from kg.model import Spans

# Verbs whose object is the hearer.
_ISSUING = frozenset(listed("attribution_words", "issuing"))
_OCCASIONS = frozenset(listed("attribution_words", "occasion"))
_TOLD = frozenset(listed("attribution_words", "told"))


def source_of(passage: Passage, verb: Token, *, limit: tuple[int, int] | None = None) -> TokenSpan | None:
    """The whole noun phrase of the one who speaks, or ``None``: the subject, or the agent of a passive."""
    if clauses.passive(verb) or clauses.asked(verb):
        head = clauses.agent(verb)
        return clauses.noun_phrase(head) if head is not None else None
    speaking = _speaking(verb)
    head = clauses.subject(speaking)
    head = _issuer(head, speaking) or head
    if head is None or (head.lower_ in ("there", "it") and any(c.dep_ == "expl" for c in verb.children)):
        return None
    own = head.head.i == verb.i
    phrase = clauses.noun_phrase(head, barrier=_branch(head, verb))
    if limit is not None and own:
        phrase = _between(phrase, limit)
    return phrase if len(phrase) else None


def _speaking(verb: Token) -> Token:
    """The verb whose subject speaks: "X explained that A differed from B, saying …" and "X confirmed that A died and said …" go
    on with X, not with the subject of what X explained.
    """
    node = verb
    goes_on = verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.i and verb.nbor(-1).text == ","
    joins = verb.dep_ == "conj" and verb.lemma_.lower() in ("say", "add") and verb.tag_ == "VBD"
    if (goes_on or joins) and not any(c.dep_ in clauses.SUBJECTS for c in verb.children):
        head = verb.head
        while head.dep_ == "conj" and head.head.i != head.i:
            head = head.head
        outer = head.head
        if head.dep_ == "ccomp" and outer.i < head.i and outer.pos_ == "VERB" and outer.lemma_.lower() in cues.verbs():
            node = outer
    return node


def _issuer(head: Token | None, verb: Token) -> Token | None:
    """ "The office issued a statement explaining that …": who issued it."""
    if head is None or head.i > verb.i or head.dep_ != "dobj" or verb.dep_ not in ("acl", "relcl"):
        return None
    gave = head.head
    if gave.lemma_.lower() not in _ISSUING or head.lemma_.lower() not in _OCCASIONS:
        return None
    return clauses.subject(gave)


def neighbour(passage: Passage, verb: Token, words: TokenSpan) -> TokenSpan | None:
    """The name or pronoun right before an active cue whose subject the parse has lost ("… Post Trump said that")."""
    if clauses.passive(verb) or clauses.asked(verb) or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    doc = passage.doc
    last = words.start - 1
    while last >= 0 and doc[last].pos_ == "ADV":
        last -= 1
    if last < 0 or doc[last].pos_ not in ("PROPN", "PRON") or doc[last].tag_ in clauses.RELATIVES:
        return None
    name = next((e for e in doc.ents if e.end == last + 1), None)
    return name if name is not None else doc[last : last + 1]


def own_words(passage: Passage, verb: Token) -> bool:
    """Whether a quoted speaker marks an own thought ("I think", "as we said", "you know"): no second source speaks."""
    head = clauses.subject(verb)
    return head is not None and head.lower_ in ("i", "we", "you") and passage.quote_at(verb.i) is not None


def _branch(head: Token, verb: Token) -> Token:
    """The verb, or its ancestor that is a child of ``head`` ("a report saying that …"): the phrase stops before it."""
    node = verb
    while node.head.i not in (head.i, node.i):
        node = node.head
    return node if node.head.i == head.i else (head.head if head.head.pos_ in ("VERB", "AUX") else verb)


def _between(phrase: TokenSpan, limit: tuple[int, int]) -> TokenSpan:
    """The phrase cut to the token range ``limit``, inclusive."""
    first, last = max(phrase.start, limit[0]), min(phrase.end - 1, limit[1])
    return phrase.doc[first : last + 1] if first <= last else phrase.doc[0:0]


def without_adverbs(phrase: TokenSpan) -> TokenSpan:
    end = phrase.end
    while end > phrase.start + 1 and phrase.doc[end - 1].pos_ in ("ADV", "AUX"):
        end -= 1
    return phrase.doc[phrase.start : end]


def recipient(passage: Passage, verb: Token) -> Spans:
    """Whom it was told to: the object of "tell", "to" or "with" after another verb of saying."""
    for child in verb.children:
        if child.dep_ in ("dobj", "dative") and verb.lemma_.lower() in _TOLD:
            noun = next((g for g in child.children if g.dep_ == "pobj"), child) if child.pos_ == "ADP" else child
            return spans_of(passage, clauses.noun_phrase(noun))
        if child.dep_ in ("prep", "dative") and child.lower_ == "to" and child.i > verb.i:
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.i - verb.i < 6:
                    return spans_of(passage, clauses.noun_phrase(noun))
    return ()


def spans_of(passage: Passage, phrase: TokenSpan | None) -> Spans:
    return (passage.parsed.of(phrase),) if phrase is not None and len(phrase) else ()
