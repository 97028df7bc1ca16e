"""Who speaks: the noun phrase of the source behind a cue, and whom it was said to."""

from __future__ import annotations

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.annotate.attributions import cues
from kg.annotate.attributions.candidates import MARKS, Passage
from kg.annotate.parse import clauses
from kg.english import kinds
from kg.english.lists import classed, listed
from kg.model import Spans

# Verbs whose object is the hearer.
_ISSUING = frozenset(listed("attribution_words", "issuing"))
_OCCASIONS = frozenset(listed("attribution_words", "occasion"))
_TOLD = frozenset(listed("attribution_words", "told"))
TEXTS = classed("head_nouns", "document") | frozenset(listed("source_words", "carrier"))
"""Nouns of what says something that somebody wrote: a report, a banner."""
# What somebody does by saying something: "responded to the charge that A by admitting that B".
ANSWERS = frozenset({"respond", "react", "reply", "answer"})


def source_of(passage: Passage, verb: Token, *, limit: tuple[int, int] | None = None) -> TokenSpan | None:
    """The whole noun phrase of the one who speaks, or ``None``: the subject, or the agent of a passive."""
    if clauses.passive(verb) or clauses.asked(verb):
        head = clauses.agent(verb)
        return clauses.noun_phrase(head) if head is not None else None
    speaking = _outside(passage, verb) or _speaking(verb)
    head = clauses.subject(speaking)
    head = _issuer(head, speaking) or head
    if head is None or (head.lower_ in ("there", "it") and any(c.dep_ == "expl" for c in verb.children)):
        return None
    own = head.head.i == verb.i
    phrase = phrase_of(head, verb, barrier=_branch(head, verb))
    if limit is not None and own:
        phrase = _between(phrase, limit)
    return phrase if len(phrase) else None


def phrase_of(head: Token, verb: Token, *, barrier: Token) -> TokenSpan:
    """The noun phrase of the subject ``head`` of a verb, up to ``barrier``."""
    return _joined(head, verb) or clauses.noun_phrase(_nearest(head, verb), barrier=barrier)


def _outside(passage: Passage, verb: Token) -> Token | None:
    """The verb before a quotation that a participle behind it goes on with: "NAME said, “The king has told us …,” referring to"."""
    if verb.tag_ != "VBG" or passage.quote_at(verb.i) is not None or passage.quote_at(verb.head.i) is None:
        return None
    node = verb.head
    while passage.quote_at(node.i) is not None and node.head.i != node.i:
        node = node.head
    spoken = node.pos_ == "VERB" and passage.quote_at(node.i) is None and node.lemma_.lower() in cues.verbs()
    return node if spoken else None


def _second(head: Token, verb: Token) -> Token | None:
    """The second of two subjects that the parse gives the verb."""
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and head.i < c.i < verb.i]
    return own[-1] if own and head.head.i == verb.i else None


def _joined(head: Token, verb: Token) -> TokenSpan | None:
    """ "The actor and radio host NAME said", "The council and the port did not respond", of which the parse makes two subjects."""
    second = _second(head, verb)
    if second is None:
        return None
    left, (start, right) = clauses.edges(head)[0], clauses.edges(second)
    joint = verb.doc[start - 1]
    joins = joint.lower_ in ("and", "or") and joint.i > left and verb.doc[joint.i - 1].text != ","
    return clauses.trim(verb.doc, left, right) if joins else None


def _nearest(head: Token, verb: Token) -> Token:
    """The subject beside the verb: "Many share the fear, but the council wants …", where the first verb is taken for a noun, "For
    the loophole, a gap in the law, experts say …".
    """
    second = _second(head, verb)
    if second is None:
        return head
    start, end = clauses.edges(second)
    before = verb.doc[max(head.i, start - 1)]
    apart = before.text == "," and verb.doc[end + 1].text != ","  # not "The deputy head, NAME, said"
    voiceless = kinds.is_thing(head.text) and head.pos_ == "NOUN"
    return second if before.lower_ == "but" or apart or voiceless else head


def _speaking(verb: Token) -> Token:
    """The verb whose subject speaks: "X explained that A differed from B, saying …" and "X confirmed that A died and said …" go
    on with X, not with the subject of what X explained; "X responded to the charge that A differed by admitting …" with X.
    """
    node = verb
    if verb.dep_ == "pcomp" and verb.head.lower_ == "by":
        return next((t for t in verb.ancestors if t.lemma_.lower() in ANSWERS), verb)
    goes_on = verb.dep_ == "advcl" and verb.tag_ == "VBG" and _behind_comma(verb)
    joins = verb.dep_ == "conj" and verb.lemma_.lower() in ("say", "add") and verb.tag_ == "VBD"
    if (goes_on or joins) and not any(c.dep_ in clauses.SUBJECTS for c in verb.children):
        head = verb.head
        while head.dep_ == "conj" and head.head.i != head.i:
            head = head.head
        outer = head.head
        if head.dep_ == "ccomp" and outer.i < head.i and outer.pos_ == "VERB" and outer.lemma_.lower() in cues.verbs():
            node = outer
    return node


def _behind_comma(verb: Token) -> bool:
    """Whether a comma stands before a word, or before the mark that closes a quotation before it: "… cannot be,” adding that"."""
    before = verb.i - 1
    if before > 0 and verb.doc[before].text in MARKS:
        before -= 1
    return before > 0 and verb.doc[before].text == ","


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
