"""What the words around a number say of it: at least, about, fewer than."""

from __future__ import annotations

import re
from functools import cache

from kg.english.lists import alternation, listed, rows
from kg.model import Comparator

_AFTER = (
    (re.compile(rf"\s*\+(?!\d)|[\s-]plus\b|\s+or\s+(?:{alternation(listed('figure_words', 'more'))})\b|\s+and\s+counting\b"), Comparator.AT_LEAST),
    (re.compile(rf"\s+or\s+(?:{alternation(listed('figure_words', 'less'))})\b"), Comparator.AT_MOST),
    (re.compile(r"\s+or\s+(?:so|thereabouts)\b|\s*-?ish\b|(?:\s*,)?\s+give or take\b"), Comparator.ABOUT),
)  # fmt: skip
_NO_BOUND = re.compile(
    rf"\b(?:{alternation(listed('figure_words', 'up_to'))})\s+$", re.IGNORECASE
)  # "owned up to nine dead"
_NEGATED = re.compile(
    rf"\b(?:{alternation(listed('figure_words', 'negation'))}|not(?!\s+(?:only|just|least))|no(?=\s+[a-z]+))\b(?:(?!\bbut\b)[^.,;:?!])*$",
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
    if text[low + match.end("bound") : start] == "" and words[-1].isalpha():
        return Comparator.EQUAL, start, end  # glued to the number: no word of its own
    comparator = table[words]
    if words == "up to" and _NO_BOUND.search(text[max(0, low + match.start("all") - 10) : low + match.start("all")]):
        return Comparator.EQUAL, start, end
    if comparator is Comparator.MORE and _NEGATED.search(text[max(0, start - 80) : low + match.start("all")]):
        comparator = Comparator.AT_MOST  # "none of them rises more than six feet"
    return comparator, low + match.start("all"), end
