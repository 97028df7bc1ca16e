"""Dates in the text, resolved against the publication date into EDTF (ISO 8601-2, level 1); partial where the text is.

They are found by their words: a parser's search mode takes ordinary words for dates, and a model's DATE label takes
durations and ages with them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from spacy.tokens import Doc

from kg.annotate.parse import months
from kg.annotate.parse.parsing import Parsed
from kg.english.calendar import MONTHS, SHORT, WEEKDAYS, later, resolve, until
from kg.english.lists import alternation, listed
from kg.english.numerals.lexemes import UNITS
from kg.model import BlockKind, DateMention


def _written(names: tuple[str, ...]) -> str:
    """Names of months or weekdays as alternatives, with a capital or in capitals."""
    return alternation((*names, *map(str.upper, names)))


_LONG = _written(MONTHS)
_MONTH = rf"(?:{_LONG}|(?:{alternation(SHORT)})\.?)"
_WEEKDAY = rf"(?:{_written(WEEKDAYS)})"
_LEAD = listed("date_words", "lead")
_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_DASH = r"\s?[-–]\s?"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_COUNT = rf"(?:\d{{1,3}}|an?|{alternation(word for word, value in UNITS.items() if 0 < value <= 12)})"
_PATTERN = re.compile(
    rf"\b{_YEAR}-\d\d(?:-\d\d)?\b(?![-/]?\d)"
    rf"|\b\d{{1,2}}/\d{{1,2}}/{_YEAR}\b"
    rf"|\b{_DAY}{_DASH}{_DAY}\s+{_MONTH}(?:,?\s+{_YEAR})?\b"
    rf"|\b{_MONTH}\s+{_DAY}{_DASH}{_DAY}\b(?:,?\s+{_YEAR}\b)?"
    rf"|\b{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?\b"
    rf"|\b{_MONTH}\s+{_DAY}\b(?!\s*(?:%|per\s?cent|[-–]\d))(?!\s+(?:people|[a-z]+s\b))(?:,?\s+{_YEAR}\b)?"
    rf"|\b(?:{_LONG})(?:{_DASH}|\s+to\s+)(?:{_LONG})(?:,?\s+{_YEAR})?\b"
    rf"|\b[Bb]etween\s+(?:{_LONG})\s+and\s+(?:{_LONG})(?:,?\s+{_YEAR})?\b"
    rf"|\b[Bb]etween\s+{_YEAR}\s+and\s+{_YEAR}\b|\b[Ff]rom\s+{_YEAR}\s+to\s+{_YEAR}\b"
    rf"|\b{_MONTH}(?:\s+of)?,?\s+{_YEAR}\b"
    rf"|\b{_MONTH}\s+(?i:(?:of\s+)?(?:last|this|next)\s+year)\b"
    rf"|\b(?:{_MONTH}\s+(?i:of\s+)?)?(?i:(?:that|the\s+same)\s+year)\b"
    rf"|\b(?:(?i:{alternation(listed('date_words', 'part'))})[\s-])?(?:{_LONG})\b"
    rf"|\b(?i:(?:last|this|next)\s+)?{_WEEKDAY}\b"
    rf"|\b(?i:(?:the\s+)?(?:first|second|third|fourth|last)\s+(?:quarter|half)\s+of\s+(?:{_YEAR}|(?:this|last)\s+year))\b"
    rf"|\bQ[1-4],?\s+{_YEAR}\b"
    rf"|\b(?i:(?:the\s+)?{_SEASON}(?:\s+of)?\s+{_YEAR}|(?:this|last)\s+(?:spring|summer|autumn|winter))\b"
    rf"|\b(?i:(?:earlier|later|late|early)\s+(?:this|last|next)\s+(?:month|year|week)|(?:this|last|next)\s+(?:month|year|weekend|week))\b"
    rf"|\b(?i:{_COUNT}\s+(?:days?|weeks?|fortnights?|months?|years?)\s+ago)\b"
    rf"|\b(?i:the\s+(?:following|next)\s+(?:day|week|month|year)|{_COUNT}\s+(?:days?|weeks?|months?|years?)\s+later)\b"
    rf"|\b(?i:yesterday|today|tomorrow|tonight)\b"
    rf"|\b(?:{_YEAR})[-–](?:\d\d|{_YEAR})\b(?!\s*(?:percent|%))"
    rf"|\b(?:(?i:early|mid|late)[\s-])?(?:the\s+)?(?:1[5-9]|20)\d0s\b"
    rf"|\b(?i:{alternation((*_LEAD, 'than'))})[\s-]{_YEAR}\b(?!\s+(?:[a-z]+s|people)\b|[\d,.]*\d)",
)
_FOLLOWING = re.compile(r"\b(?:the\s+(?:following|next)\s|later$)", re.IGNORECASE)
_SAME_YEAR = re.compile(r"\b(?:of\s+)?(?:that|the\s+same)\s+year$", re.IGNORECASE)
_LEADING = re.compile(rf"^(?:{alternation((*_LEAD, 'on', 'than'))})[\s-]+", re.IGNORECASE)
_PREPOSED = re.compile(
    rf"\b(?:{alternation((*_LEAD, 'on', *listed('date_words', 'near')))})[\s-]+$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:[Ss]ince|[Ee]ver since)\s(?:early |late |mid-)?$")
_TENSE = re.compile(
    rf"\b(?:(?P<future>{alternation(listed('date_words', 'future'))})|{alternation(listed('date_words', 'past'))})\b",
    re.IGNORECASE,
)


def find(
    parsed: Sequence[Parsed], *, published: str | None, day: Callable[[int], str | None] | None = None
) -> list[DateMention]:
    """Every date expression of prose, headlines and tables, in order; durations and ages are none.

    ``published`` is EDTF or ``None``; without it "April 21" stays ``XXXX-04-21`` and "this month" is left out. ``day`` tells
    from which day those at a character of the text are counted, where that is not of the whole.
    """
    out: list[DateMention] = []
    whole = published
    for piece in parsed:
        if piece.block.kind not in (BlockKind.PROSE, BlockKind.HEADLINE, BlockKind.TABLE):
            continue
        text = piece.text
        published = day(piece.offset) if day is not None else whole
        for match in _PATTERN.finditer(text):
            start, words = _trimmed(match.start(), match[0])
            if _is_other_word(text, start, words) or _is_name(piece.doc, start, words):
                continue
            if _SAME_YEAR.search(words):
                edtf = _in_year_before(words, out, piece.index)
            elif _FOLLOWING.search(words):
                edtf = later(words, out[-1].edtf) if out and out[-1].block == piece.index else None
            else:
                future = _is_future(text, start)
                past = not future and _is_past(piece.doc, start, words)
                edtf = resolve(words, published=published, future=future, past=past)
                if edtf is not None and _SINCE.search(text[:start][-12:]):
                    edtf = until(edtf, published)
            if edtf is not None:
                out.append(DateMention(piece.span(start, start + len(words)), edtf, piece.index))
    return out


def _in_year_before(words: str, before: Sequence[DateMention], block: int) -> str | None:
    """ "December of that year", "the same year": of the year that was told last in the paragraph."""
    years = (
        m[0] for d in reversed(before) if d.block == block and (m := re.match(r"\d{4}(?=$|-)", d.edtf)) is not None
    )
    year = next(years, None)
    return resolve(f"{_SAME_YEAR.sub('', words)} {year}", published=None) if year is not None else None


def _trimmed(start: int, words: str) -> tuple[int, str]:
    """The expression without the preposition that was needed to know it, and where it starts."""
    lead = _LEADING.match(words)
    if lead:
        start, words = start + lead.end(), words[lead.end() :]
    return start, words.rstrip(" ,-")


def _is_other_word(text: str, start: int, words: str) -> bool:
    """ "May" and "March" that are no months, and "than 2000" that counts."""
    before = text[:start][-24:]
    if words in ("May", "March", "MAY", "MARCH") and not _PREPOSED.search(before):
        return True
    if words == "Today" and re.search(r"[\w’']\s$", before):
        return True  # the end of a paper's name
    return (
        words.isdigit()
        and re.search(r"\b(?:more|less|fewer|other|rather)\s+than\s+$", before, re.IGNORECASE) is not None
    )


def _is_name(doc: Doc, start: int, words: str) -> bool:
    """Whether the month, alone, is a part of a person's name."""
    token = doc.char_span(start, start + len(words))
    return token is not None and len(token) == 1 and months.in_name(doc, token[0].i)


def _is_future(text: str, start: int) -> bool:
    """Whether the words before a date in its sentence speak of what is to come: "will vote in December"; not "will vote, she
    said on December 3"."""
    low = max(text.rfind(". ", 0, start), text.rfind("\n", 0, start), start - 90, 0)
    tenses = list(_TENSE.finditer(text[low:start]))
    return bool(tenses) and tenses[-1]["future"] is not None


def _is_past(doc: Doc, start: int, words: str) -> bool:
    """Whether the clause of a date tells of what has happened: "nine boats sank in May"."""
    tokens = doc.char_span(start, start + len(words), alignment_mode="expand")
    if tokens is None:
        return False
    node = tokens.root
    for _ in range(8):
        if node.pos_ in ("VERB", "AUX") or node.head.i == node.i:
            break
        node = node.head
    if node.pos_ not in ("VERB", "AUX") or _TENSE.fullmatch(node.lower_):
        return False
    return node.tag_ == "VBD" or (
        node.tag_ in ("VBN", "VBG") and any(c.lower_ in ("was", "were", "had") for c in node.children)
    )
