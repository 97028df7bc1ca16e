"""The content words of what is counted or measured, and of what is said to have that quantity."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.annotate.figures.counted import EMPTY, SUBJECTS, anchor_of, is_glued, modifiers, written
from kg.annotate.parse.quantities import Quantity, sentence


def find(doc: Doc, q: Quantity, counted: Token | None) -> tuple[str, ...]:
    """The content words of what is counted, measured or said to have that quantity, at most twelve, in reading order."""
    seen: dict[int, Token] = {}
    anchor = anchor_of(doc, q)
    if counted is not None:
        _phrase(counted, seen)
        _complements(counted, seen)
    governor = _governor(anchor if counted is None or not q.first <= counted.i else counted)
    if governor is not None and governor.i not in seen:
        _phrase(governor, seen)
        _complements(governor, seen)
    subject = _subject(doc, q, anchor)
    if subject is not None:
        _phrase(subject, seen)
        _complements(subject, seen)
    if not seen and q.unit is not None:
        before = _nearest_noun(doc, q)
        if before is not None:
            _phrase(before, seen)
            _complements(before, seen)
    inside = range(q.first, q.last + 1)
    kept = [t for i, t in sorted(seen.items()) if i not in inside and t.lower_ not in EMPTY and t.text[:1].isalnum()]
    return tuple(dict.fromkeys(written(t, q) for t in kept if not is_glued(t)))[:12]


def _phrase(token: Token, seen: dict[int, Token]) -> None:
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB", "NUM", "X", "SYM"):
        return
    for w in modifiers(token):
        seen[w.i] = w
    for w in token.lefts:
        if w.dep_ == "poss" and w.pos_ in ("NOUN", "PROPN"):
            seen[w.i] = w
            for m in modifiers(w):
                seen[m.i] = m
    seen[token.i] = token


def _complements(token: Token, seen: dict[int, Token], depth: int = 2) -> None:
    """The nouns tied to a noun by prepositions: "exports [of wheat] [to Egypt]"."""
    if not depth or token.pos_ not in ("NOUN", "PROPN", "NUM"):
        return
    for prep in token.rights:
        if prep.dep_ == "prep":
            for obj in prep.children:
                if obj.dep_ == "pobj" and obj.pos_ in ("NOUN", "PROPN") and obj.ent_type_ not in ("DATE", "TIME"):
                    _phrase(obj, seen)
                    _complements(obj, seen, depth - 1)
        elif prep.dep_ == "conj" and prep.pos_ in ("NOUN", "PROPN"):
            _phrase(prep, seen)


def _governor(node: Token) -> Token | None:
    """The noun that a quantity is tied to by a preposition or as an apposition: "a [fine] of 5 million", "[seats], 120 of …"."""
    head = node.head
    if node.dep_ == "pobj" and head.pos_ in ("ADP", "SCONJ") and head.dep_ in ("prep", "pcomp"):
        above = head.head
        if above.pos_ in ("NOUN", "PROPN") and above.i != node.i:
            return above
    if (
        node.dep_ in ("appos", "conj", "npadvmod", "nummod", "amod", "nmod")
        and head.pos_ in ("NOUN", "PROPN")
        and head.i != node.i
    ):
        return head
    return None


def _subject(doc: Doc, q: Quantity, anchor: Token) -> Token | None:
    """The subject of the nearest clause above the quantity; of a relative clause, what it is about."""
    node = anchor
    for _ in range(10):
        if node.head.i == node.i and node.pos_ not in ("VERB", "AUX"):
            return None
        if node.pos_ in ("VERB", "AUX"):
            found = next((c for c in node.children if c.dep_ in SUBJECTS and not q.first <= c.i <= q.last), None)
            if found is not None and found.tag_ in ("WDT", "WP") and node.dep_ == "relcl":
                return node.head
            if found is not None and found.pos_ in ("NOUN", "PROPN"):
                return found
            if found is not None and found.pos_ == "NUM":
                return found
            if node.dep_ in ("acl", "relcl") and node.head.pos_ in ("NOUN", "PROPN"):
                return node.head
            if found is not None and found.pos_ == "PRON":
                return None
        if node.head.i == node.i:
            return None
        node = node.head
    return None


def _nearest_noun(doc: Doc, q: Quantity) -> Token | None:
    start = sentence(doc, q.first).start
    return next(
        (
            t
            for t in reversed(doc[start : q.first])
            if t.pos_ in ("NOUN", "PROPN") and t.ent_type_ not in ("DATE", "TIME")
        ),
        None,
    )
