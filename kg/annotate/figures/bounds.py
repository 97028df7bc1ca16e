"""What the words around a number say of it: at least, about, fewer than; and that it is an addition, a forecast, a capacity.

A figure with such a mark is never held against a count: "two more died" is no other toll than 11, "room for 150" no number of people.
"""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc, Token

from kg.annotate.figures.counted import anchor_of
from kg.annotate.parse.quantities import Quantity, sentence, text_of
from kg.english.lists import alternation, listed, rows
from kg.model import Comparator

ADDITION = "addition"
DIFFERENCE = "difference"
FORECAST = "forecast"
TARGET = "target"
CAPACITY = "capacity"
DENIED = "denied"
_MORE = frozenset(listed("tally_words", "addition"))
_FEWER = frozenset({"more", "fewer", "less"})
_HOPE = frozenset(listed("tally_words", "hope"))
_OUTLOOK = frozenset(listed("tally_words", "outlook"))
_ROOM = frozenset(listed("tally_words", "room"))
_MODALS = frozenset(listed("tally_words", "modal"))
_FALSE = re.compile(
    rf"\b(?:{alternation(listed('tally_words', 'telling'))})\b[^.;]{{0,200}}?\b(?:is|are|was|were)\s+(?:\w+\s+)?(?:{alternation(listed('tally_words', 'false'))})\b",
    re.IGNORECASE,
)
_UP = 6  # steps up the parse
_AFTER = (
    (re.compile(rf"\s*\+(?!\d)|[\s-]plus\b|\s+or\s+(?:{alternation(listed('figure_words', 'more'))})\b|\s+and\s+counting\b"), Comparator.AT_LEAST),
    (re.compile(rf"\s+or\s+(?:{alternation(listed('figure_words', 'less'))})\b"), Comparator.AT_MOST),
    (re.compile(r"\s+or\s+(?:so|thereabouts)\b|\s*-?ish\b|(?:\s*,)?\s+give or take\b"), Comparator.ABOUT),
)  # fmt: skip
_HANDED = re.compile(r"\b(?:hand|turn|sign)(?:ed|ing|s)?\s+$", re.IGNORECASE)
_NO_BOUND = re.compile(
    rf"\b(?:{alternation(listed('figure_words', 'up_to'))})\s+$", re.IGNORECASE
)  # "owned up to nine dead"


def behind(text: str, end: int) -> Comparator:
    """The comparator that stands behind what is counted: "400 delegates or more".

    >>> behind("400 delegates or more", 13).value, behind("400 delegates", 13).value
    ('≥', '=')
    """
    return next(
        (c for pattern, c in _AFTER[:2] if (m := pattern.match(text, end)) and " or " in m[0]), Comparator.EQUAL
    )


_NEGATED = re.compile(
    rf"\b(?:{alternation(listed('figure_words', 'negation'))}|not(?!\s+(?:only|just|least))|no(?=\s+[a-z]+))\b(?:(?!\bbut\b)[^.,;:?!]){{0,80}}$",
    re.IGNORECASE,
)


@cache
def _before() -> tuple[re.Pattern[str], dict[str, Comparator]]:
    table = {row[0]: Comparator(row[1]) for row in rows("bounds")}
    phrases = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(table, key=lambda p: (-len(p), p)))
    strength = alternation(listed("figure_words", "strength")).replace(r"\ ", r"\s+")
    article = alternation(listed("figure_words", "article"))
    return (
        re.compile(
            rf"(?P<all>(?:\b(?:{strength})\s+)?"
            rf"(?<!\w)(?P<bound>{phrases}))(?:\s*-\s*|\s+)?(?:(?:{article})\s+)?$",
            re.IGNORECASE,
        ),
        table,
    )


def of(text: str, start: int, end: int) -> tuple[Comparator, int, int]:
    """The comparator of the quantity at ``start`` to ``end``, and the span with the words that give it.

    >>> text = "well over 40 people"
    >>> of(text, 10, 12)[0].value, text[slice(*of(text, 10, 12)[1:])]
    ('>', 'well over 40')
    """
    for pattern, comparator in _AFTER:
        match = pattern.match(text, end)
        if match:
            return comparator, start, match.end()
    if re.search(r"\bsub-$", text[max(0, start - 5) : start]):
        return Comparator.LESS, start - 4, end
    pattern, table = _before()
    low = max(0, start - 48)
    match = pattern.search(text[low:start])
    if match is None:
        return Comparator.EQUAL, start, end
    words = re.sub(r"\s+", " ", match["bound"].lower())
    if words == "over" and _HANDED.search(text[max(0, low + match.start("all") - 12) : low + match.start("all")]):
        return Comparator.EQUAL, start, end  # "handed over $200,000"
    if text[low + match.end("bound") : start] == "" and words[-1].isalpha():
        return Comparator.EQUAL, start, end  # glued to the number: no word of its own
    comparator = table[words]
    if words == "up to" and _NO_BOUND.search(text[max(0, low + match.start("all") - 10) : low + match.start("all")]):
        return Comparator.EQUAL, start, end
    if comparator is Comparator.MORE and _NEGATED.search(text[max(0, start - 80) : low + match.start("all")]):
        comparator = Comparator.AT_MOST  # "none of them rises more than six feet"
    return comparator, low + match.start("all"), end


# ── what it is beside a count ──────────────────────────────────────────────────────────────────────────────────────────


def marks(doc: Doc, q: Quantity, noun: Token | None, verb: Token | None) -> tuple[str, ...]:
    """The marks of the figure of a quantity, in a fixed order."""
    found = (
        _added(doc, q, noun),
        CAPACITY if _has_room(doc, q) else _unreal(doc, q, verb),
        DENIED if _is_false(doc, q) else "",
    )
    return tuple(mark for mark in found if mark)


def _added(doc: Doc, q: Quantity, noun: Token | None) -> str:
    """ "two more people", "another three", "a further 11"; with "than" behind, what lies between two numbers."""
    last = noun.i if noun is not None and noun.i > q.last else q.last
    behind = doc[q.last + 1 : last + 2]
    more = next((t for t in behind if t.lower_ in _MORE or t.lower_ in _FEWER), None)
    if more is not None:
        than = any(t.lower_ == "than" for t in doc[more.i + 1 : more.i + 4])
        return DIFFERENCE if than or more.lower_ in ("fewer", "less") else ADDITION
    before = doc[q.first - 1] if q.first else None
    if before is None:
        return ""
    return ADDITION if before.lower_ in ("another", "additional") or before.lower_ in _MORE - {"more", "others"} else ""


def _has_room(doc: Doc, q: Quantity) -> bool:
    """ "licensed to carry 120", "room for 150", "a capacity of 40,000", "the 120 it was allowed to"."""
    before = doc[max(0, q.first - 4) : q.first]
    lemmas = [t.lemma_.lower() for t in before]
    if len(lemmas) > 1 and lemmas[-1] in ("for", "of") and lemmas[-2] in _ROOM:
        return True
    able = lemmas[-1:] != [] and lemmas[-1] in _ROOM and any(w in _ROOM or w in ("can", "could") for w in lemmas[:-1])
    after = [t.lemma_.lower() for t in doc[q.last + 1 : q.last + 6]]
    return able or (lemmas[-1:] == ["the"] and any(w in ("allow", "license", "permit") for w in after))


def _unreal(doc: Doc, q: Quantity, verb: Token | None) -> str:
    """A number that is only expected or wished for, by the words above it: "40 are likely to die", "hopes that 200,000 will come"."""
    node = anchor_of(doc, q)
    first = sentence(doc, q.first).start
    forecast = verb is not None and _is_modal(verb)
    for _ in range(_UP):
        lemma = node.lemma_.lower()
        if node.pos_ in ("VERB", "NOUN", "ADJ") and node.i != q.first:
            if lemma in _HOPE and _leads(node, q):
                return TARGET
            if lemma in _OUTLOOK and node.tag_ != "VBN":
                return FORECAST
        forecast = forecast or (node.pos_ in ("VERB", "AUX") and _is_modal(node))
        if node.head.i == node.i or node.head.i < first:
            break
        node = node.head
    return FORECAST if forecast else ""


def _is_modal(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in _MODALS and c.i < verb.i for c in verb.children) and not any(
        c.dep_ == "aux" and c.lower_ == "have" for c in verb.children
    )


def _leads(verb: Token, q: Quantity) -> bool:
    """Whether a verb of wishing has the number in what is wished for, and not as the one who wishes."""
    return verb.i < q.first


def _is_false(doc: Doc, q: Quantity) -> bool:
    """ "the information that its army killed three soldiers is false"."""
    own = sentence(doc, q.first)
    text = text_of(doc)[own.start_char : own.end_char]
    return any(m.start() <= q.start - own.start_char < m.end() for m in _FALSE.finditer(text))
