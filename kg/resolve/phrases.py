"""The words of a source phrase: its head, and what class of noun that is."""

from __future__ import annotations

import re
from functools import cache

from kg.english import places
from kg.english.lists import alternation, classed, listed
from kg.model import Span

DETERMINER = re.compile(
    rf"^(?:{alternation(listed('source_words', 'determiner'))})\s+",
    re.IGNORECASE,
)
_HEAD_END = re.compile(
    rf",|\(|—|–|;| (?:{alternation(listed('source_words', 'ends_head'))})\b",
    re.IGNORECASE,
)


@cache
def nouns(kind: str) -> frozenset[str]:
    """The head nouns of one class: document, body, role, country, firm."""
    return classed("head_nouns", kind)


def head_of(span: Span, text: str) -> Span:
    """The phrase up to its first modifier behind the head noun."""
    body = span.of(text)
    skip = DETERMINER.match(body)
    cut = _HEAD_END.search(body, skip.end() if skip else 1)
    end = span.start + (cut.start() if cut else len(body))
    while end > span.start + 1 and text[end - 1].isspace():
        end -= 1
    return Span(span.start, end)


def possessive(text: str, span: Span) -> bool:
    return text[span.end : span.end + 2] in ("'s", "’s", "s'") or text[span.end : span.end + 1] in ("'", "’")


_AND = re.compile(r"\sand\s")
_TITLE = re.compile(
    rf"(?:(?:{alternation(listed('source_words', 'camp'))})\s+)?"
    r"(?P<name>[A-Z][\w&.'’-]*(?:\s+(?:(?:of|for|and|the|on|&)\s+){0,2}[A-Z][\w&.'’-]*)+)"
)


def capitalised(words: str) -> str | None:
    """The name that a phrase opens with: two or more capitalised words, small words between them.

    >>> capitalised("Chamber of Commerce, which speaks for 400 firms"), capitalised("Shipping companies")
    ('Chamber of Commerce', None)
    >>> capitalised("Costa Rican paper"), capitalised("Kenyan and Danish officials")
    (None, None)
    """
    match = _TITLE.match(words)
    if match is None or (match["name"] != words and re.search(r"['’]s?$", match["name"])):
        return None  # "Mr. Keller's aide" is not Mr. Keller
    if match["name"] != words and all(_is_land(land.strip()) for land in _AND.split(match["name"])):
        return None  # "Costa Rican and Danish envoys" are nobody called so, "a Costa Rica judge" is no Costa Rica
    return match["name"]


def _is_land(name: str) -> bool:
    """Whether a name is a place's or a nationality word, of which what stands behind it is a part or a citizen."""
    return bool(places.nationality(name) or places.find(name))


def apposed(words: str) -> tuple[str, str] | None:
    """Description and name of a phrase that has both, in either order.

    >>> apposed("court's chairwoman, Ana Ruiz"), apposed("Ana Ruiz, a teacher who swam"), apposed("farmers, most of them old")
    (("court's chairwoman", 'Ana Ruiz'), ('teacher who swam', 'Ana Ruiz'), None)
    """
    parts = re.split(r"[,—–]", words, maxsplit=1)
    if len(parts) == 2:
        parts = [parts[0].rstrip(), parts[1].lstrip()]
        for description, name in (parts, parts[::-1]):
            match = _NAME.fullmatch(name)
            if match and description[:1] and capitalised(description) != description:
                return DETERMINER.sub("", description), name
    return None


_NAME = re.compile(r"[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){1,3}")
