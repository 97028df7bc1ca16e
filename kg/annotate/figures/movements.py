"""What a measure is the measure of, whether it says how far that moved, and which way: "rose 3 percent", "down 20 cents", "cut
sales by a third".

With a noun ("a 3 percent drop") the movement is what is counted, and with "to" or "at" the number is where it ended: neither
is a change.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from kg.annotate.figures.counted import MEASURING, SUBJECTS, anchor_of, moving
from kg.annotate.parse import clauses
from kg.annotate.parse.quantities import Quantity, sentence
from kg.english.lists import listed, rows

_WAYS = {word: way for way in ("up", "down") for word in listed("figure_words", way)}
# Verbs that a bare "up" or "down" can stand with as a direction; with others it is a part of the verb ("gave up 5 yards").
_CARRIERS = frozenset(listed("figure_words", "carrier"))
_BETWEEN = frozenset(listed("figure_words", "between"))
_BRINGING = frozenset(listed("figure_words", "bringing"))
_SPREAD = frozenset({"between", "around", "about", "over"})
_NEAR = 9  # words from "up" or "down" to a number that is told with it
_ENDS = ("higher", "lower", "up", "down")
_GOALS = frozenset(listed("figure_words", "goal"))
_LEVELS = frozenset(("be", "of", "at", "stand", "remain"))
_TIES = frozenset({"of", "for", "worth"})
_STEPS = frozenset(listed("figure_words", "stepping"))


@cache
def _verbs() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("changes")}


def of(doc: Doc, q: Quantity) -> str | None:
    """ "up", "down" or ``None``."""
    if q.kind == "percent" and q.sign:
        if doc[q.first].lower_ == "minus" and q.first and doc[q.first - 1].lemma_.lower() in _LEVELS:
            return None  # "inflation was minus 4 percent"
        return "up" if q.sign == "+" else "down"
    i, by = q.first - 1, False
    while i >= 0:
        token = doc[i]
        lower = token.lower_
        if lower in _WAYS and not (lower == "up" and i + 1 < len(doc) and doc[i + 1].lower_ == "to"):
            return _WAYS[lower] if _free(token) else None
        up_to = lower == "to" and i and doc[i - 1].lower_ == "up"
        at_least = lower == "at" and i + 1 < len(doc) and doc[i + 1].lower_ == "least"
        if lower in ("to", "from", "at", "in") and not up_to and not at_least:
            return None
        by = by or lower == "by"
        if token.pos_ in ("VERB", "AUX") and lower not in _BETWEEN:
            return _way(token) if by or _is_extent(doc, q) else None
        if lower not in _BETWEEN:
            return _by(doc, i, q) if by else None
        i -= 1
    return None


def _free(particle: Token) -> bool:
    """Whether "up" or "down" is a direction of its own and no part of a verb like "gave up"."""
    verb = particle.head
    return not (verb.pos_ == "VERB" and verb.i < particle.i and verb.i == particle.i - 1) or (
        verb.lemma_.lower() in _CARRIERS or verb.lemma_.lower() in _verbs()
    )


def _way(verb: Token) -> str | None:
    return _verbs().get(verb.lemma_.lower())


def _is_extent(doc: Doc, q: Quantity) -> bool:
    """A measure, or a bare number: "rose 3 percent", "fell 20"; "lost 40 soldiers" counts soldiers."""
    after = doc[q.last + 1] if q.last + 1 < len(doc) else None
    if q.unit is not None and q.kind != "time":
        return after is None or after.pos_ != "NOUN" or after.ent_type_ in ("DATE", "TIME")
    return after is None or after.pos_ not in ("NOUN", "PROPN", "ADJ") or after.lower_ in ("points", "point")


def _by(doc: Doc, i: int, q: Quantity) -> str | None:
    """The verb behind "by" with something between ("grow sales by 3 percent"), or the one that was left out the second time
    ("shares of A were down 2%, B by 3%")."""
    start = sentence(doc, i).start
    for token in reversed(doc[start : i + 1]):
        lower = token.lower_
        if lower in _WAYS and _free(token):
            return _WAYS[lower]
        if token.pos_ == "VERB" or (token.lemma_.lower() in _verbs() and token.i == i):
            return _way(token)
        if token.pos_ == "AUX" and token.dep_ not in ("aux", "auxpass"):
            return None
    return None


# ── what is measured ───────────────────────────────────────────────────────────────────────────────────────────────────


def measured(doc: Doc, q: Quantity) -> Token | None:
    """What a measure is the measure of: "a [fine] of 5 million", "[turnout] was 61 percent", "[exports] rose 3 percent", "cut its
    [revenues] by 3 million", "a [deal] worth 5 million", "the [stock], which gained 3 percent".
    """
    anchor = anchor_of(doc, q)
    head = anchor.head
    if head.lower_ in _SPREAD and head.head.lower_ == "of":
        head = head.head  # "spending of between 2 and 3 million"
    if q.first > 1 and doc[q.first - 1].lower_ == "worth" and doc[q.first - 2].pos_ == "NOUN":
        return doc[q.first - 2]
    above = head.head
    if head.lower_ in _TIES and above.pos_ == "NOUN" and above.i < q.first:
        return above.head.head if above.head.lower_ == "per" and above.head.head.pos_ == "NOUN" else above
    if head.lower_ in _STEPS and above.pos_ == "NOUN" and above.i < q.first:
        return _moved_noun(above)
    if head.lower_ in _STEPS and above.lower_ in ("up", "down"):
        above = above.head  # "was 48 per cent, down from 56"
    node = above if anchor.dep_ == "pobj" and head.pos_ in ("ADP", "ADV", "SCONJ") else head
    node = _mover_before(doc, q) or node
    if node.pos_ not in ("VERB", "AUX"):
        return _moved_before(doc, q)
    if head.lower_ in _STEPS and node.lemma_.lower() in _BRINGING:
        thing = next((c for c in node.children if c.dep_ == "dobj" and c.i < q.first), None)
        if thing is not None and thing.pos_ == "NOUN" and not thing.like_num:
            return _moved_noun(thing)
    return _mover(doc, q, node, head) or _moved_before(doc, q)


def _moved_before(doc: Doc, q: Quantity) -> Token | None:
    """What moved, told before a comma: "[revenue] slid to $11.9bn, down 4 per cent on $12.4bn"."""
    start = sentence(doc, q.first).start
    way = next(
        (i for i in range(q.first - 1, max(start, q.first - _NEAR), -1) if doc[i].lower_ in ("up", "down")), None
    )
    if way is None or doc[way - 1].text != "," or any(t.pos_ in ("VERB", "AUX") for t in doc[way : q.first]):
        return None
    verb = next((t for t in reversed(doc[start : way - 1]) if t.pos_ in ("VERB", "AUX")), None)
    if verb is None or verb.lemma_.lower() not in MEASURING | moving():
        return None
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i < verb.i), None)
    return subject if subject is not None and subject.pos_ == "NOUN" else None


def _mover(doc: Doc, q: Quantity, node: Token, head: Token) -> Token | None:
    """The noun that a verb says to be so much, to move so far, or to end there."""
    after = doc[q.last + 1].lower_ if q.last + 1 < len(doc) else ""
    ends = after in _ENDS or (head.lower_ == "at" and any(c.lower_ in _ENDS for c in node.children))
    lemma = node.lemma_.lower()
    if not (lemma in MEASURING or lemma in moving() or ends):
        return None
    if head.lower_ == "at" and (thing := next((c for c in node.children if c.dep_ == "dobj"), None)) is not None:
        # "Economists put the rate at 3%", "the union estimates it at 28%".
        return thing if thing.pos_ == "NOUN" else None
    subject = next((c for c in node.children if c.dep_ in SUBJECTS and c.i < q.first), None)
    if subject is None and node.dep_ == "xcomp":  # "the economy is expected to grow 6 percent"
        subject = next((c for c in node.head.children if c.dep_ in SUBJECTS and c.i < q.first), None)
    if subject is None and node.dep_ == "acl":  # where the parser takes "exports contracted by" for a participle
        subject = node.head
    if subject is not None and subject.tag_ in clauses.RELATIVES and node.dep_ == "relcl":
        subject = node.head  # "the stock, which has gained 3 percent"
    if subject is not None and subject.dep_ == "csubj":  # "switching revenue grew"
        subject = next((c for c in subject.children if c.dep_ == "dobj"), subject)
    return subject if subject is not None and subject.pos_ in ("NOUN", "PROPN") else None


def _mover_before(doc: Doc, q: Quantity) -> Token | None:
    """The verb of moving right before a measure and its bound: "gained more than 2 per cent"."""
    for i in range(q.first - 1, max(-1, q.first - 5), -1):
        token = doc[i]
        if token.pos_ == "VERB" and token.lemma_.lower() in moving() and token.tag_ != "VBG":
            return token
        if token.lower_ not in _BETWEEN and token.lower_ not in ("by", "than", "more", "less") and token.pos_ != "ADJ":
            return None
    return None


def _moved_noun(noun: Token) -> Token:
    """The noun itself, or what a movement or a goal is one of: "an increase in [profit] to 5 million"."""
    if noun.lemma_.lower() not in moving() and noun.lemma_.lower() not in _GOALS:
        return noun
    for prep in noun.children:
        if prep.lower_ in ("in", "of", "for"):
            return next((c for c in prep.children if c.dep_ == "pobj" and c.pos_ in ("NOUN", "PROPN")), noun)
    return noun
