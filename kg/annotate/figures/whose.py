"""Whose figure it is and in what scene: who has, does or runs what is counted, and the place or happening it is said of.

"The hospital in Osh has 200 beds" counts beds of that hospital, "5 children died in the school" children of that school: two
figures of one thing are about one matter only where these agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.annotate.parse.quantities import Quantity, text_of
from kg.english.lists import listed
from kg.english.scenes import scenes

_OBJECT = ("dobj", "obj", "oprd")
_SUBJECT = ("nsubj", "nsubjpass", "csubj")
# The subject of such a verb is the source of the figure, not who has what it counts.
_TELLING = frozenset(listed("figure_words", "telling"))
_PREPOSITIONS = frozenset(listed("figure_words", "scene"))
_LONGEST = 12
# "Unity Party, 1,250; PDN, 41 votes": names with their numbers, parted by semicolons.
_ROW = r"(?:and\s+)?(?P<name>[A-Z][\w.&'’()-]*(?:\s[\w.&'’()-]+){0,4}),\s(?P<number>\d[\d,]*)(?:\s(?:votes?|seats?))?"
_ROWS = re.compile(
    rf"(?<=[;:.]\s){_ROW}(?=;|\.?\s|\.?$)|^{_ROW.replace('name>', 'first>').replace('number>', 'opening>')}(?=;)"
)
_OLDEST = 110  # years: numbers of which none is larger may be the ages of persons
_WIDE = 400  # characters of a list that are looked at on each side


def whose(doc: Doc, q: Quantity, noun: Token | None, verb: Token | None) -> tuple[int, int] | None:
    """The characters of who has, does or runs what is counted: the subject of the verb whose object it is, its possessor, the
    agent of a passive, or what has it "with" it; ``None`` where the clause does not say it.
    """
    row = in_rows(doc, q)
    if row is not None:
        return row
    head = _counted(doc, q, noun)
    found = next((c for c in head.children if c.dep_ == "poss" and c.i < q.first), None)
    if (
        found is None
        and head.dep_ == "pobj"
        and head.head.lower_ == "with"
        and head.head.head.pos_ in ("NOUN", "PROPN")
    ):
        found = head.head.head
    if found is None and head.dep_ in _OBJECT:
        found = _subject(head.head)
    if found is None and verb is not None and verb.pos_ == "VERB":
        by = next((c for c in verb.children if c.dep_ == "agent"), None)
        found = next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
        if found is not None and found.lemma_.lower() in scenes():
            return None  # "destroyed by the fire": a scene
    if found is None or q.first <= found.i <= q.last or found.i == head.i or found.dep_ == "expl":
        return None
    return _phrase(doc, found)


def in_rows(doc: Doc, q: Quantity) -> tuple[int, int] | None:
    """The characters of the name before a number in a list of names with their numbers: "APP, 250; PDN, 41"; ``None`` elsewhere
    and where all the numbers may be ages.
    """
    text = text_of(doc)
    low = max(0, q.start - _WIDE)
    if ";" not in text[low : q.end + _WIDE]:
        return None
    found = list(_ROWS.finditer(text, low, min(len(text), q.end + _WIDE)))
    own = next((i for i, row in enumerate(found) if q.start in (row.start("number"), row.start("opening"))), None)
    if own is None:
        return None
    first = last = own
    while first and text[found[first - 1].end() : found[first].start()].strip() == ";":
        first -= 1
    while last + 1 < len(found) and text[found[last].end() : found[last + 1].start()].strip() == ";":
        last += 1
    rows = found[first : last + 1]
    most = max(int((row["number"] or row["opening"]).replace(",", "")) for row in rows)
    if len(rows) < 2 or most < _OLDEST:
        return None
    return found[own].span("name" if found[own]["name"] else "first")


def scenes_of(doc: Doc, q: Quantity, noun: Token | None, verb: Token | None) -> list[tuple[int, int]]:
    """The characters of the places and happenings, in common nouns, that a figure is said of: "in the school", "by the fire"."""
    head = _counted(doc, q, noun)
    bases = [head, *((verb,) if verb is not None and verb.i != head.i else ())]
    if head.dep_ in (*_OBJECT, *_SUBJECT) and head.head.i not in [b.i for b in bases]:
        bases.append(head.head)
    found: dict[int, Token] = {}
    for base in bases:
        for token in _scenes(base):
            if not q.first <= token.i <= q.last:
                found[token.i] = token
    return [_phrase(doc, token) for _, token in sorted(found.items())]


def _counted(doc: Doc, q: Quantity, noun: Token | None) -> Token:
    """The head of the phrase that holds the number: of "300 tonnes of cherries", the tonnes."""
    node = doc[q.first] if noun is None or q.unit is not None else noun
    while node.dep_ in ("nummod", "compound", "quantmod", "amod", "nmod", "advmod") and node.head.i != node.i:
        node = node.head
    return node


def _subject(verb: Token) -> Token | None:
    """Who does what a verb tells, where that is no telling: its subject, or that of the verb it depends on."""
    for _ in range(4):
        if verb.pos_ not in ("VERB", "AUX"):
            return verb if verb.pos_ in ("NOUN", "PROPN") else None
        own = next((c for c in verb.children if c.dep_ in _SUBJECT), None)
        if own is not None and own.lower_ in ("who", "which", "that") and verb.dep_ == "relcl":
            own = verb.head
        if own is not None:
            counted = any(c.dep_ == "nummod" for c in own.children)
            return own if counted or verb.lemma_.lower() not in _TELLING else None
        if verb.dep_ not in ("conj", "xcomp", "advcl", "acl", "relcl", "pcomp", "prep") or verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def _scenes(base: Token) -> Iterator[Token]:
    for child in base.children:
        if child.dep_ not in ("prep", "agent") or child.lower_ not in _PREPOSITIONS:
            continue
        for thing in child.children:
            if thing.dep_ == "pobj" and thing.lemma_.lower() in scenes():
                yield thing


def _phrase(doc: Doc, head: Token) -> tuple[int, int]:
    """A noun with what stands before it and a place or owner behind it, without clauses and asides."""
    first = min((t.i for t in head.subtree if t.i <= head.i and t.i > head.i - _LONGEST), default=head.i)
    while first < head.i and (doc[first].is_punct or doc[first].dep_ == "mark"):
        first += 1
    last = head.i
    for child in head.rights:
        if child.dep_ != "prep" or child.lower_ not in ("of", "in", "at") or child.i > last + 1:
            break
        end = max(t.i for t in child.subtree)
        if end - first > _LONGEST or any(t.is_punct or t.pos_ == "VERB" for t in child.subtree):
            break
        last = end
    return doc[first].idx, doc[last].idx + len(doc[last])
