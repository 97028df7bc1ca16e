"""Quantities of a paragraph: numerals with their units, and the tokens under them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from kg.annotate.parse import units
from kg.annotate.parse.units import Unit
from kg.english.lists import alternation, listed
from kg.english.numerals import numbers
from kg.english.numerals.lexemes import Number

_MONEY_TALK = re.compile(
    rf"\b(?:{alternation(listed('measure_words', 'money'))}|(?:{alternation(listed('measure_words', 'money_stem'))})\w*)\b",
    re.IGNORECASE,
)
_REACH = 200
_SERIES = re.compile(r"-(?:,|\s+(?:and|or|to)\b)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or range with its unit. ``start`` and ``end`` are the characters of the number, ``first`` and ``last`` the
    tokens of number and unit together.

    ``per`` is what a rate is counted per; ``moved`` says that the quantity before this one is where it moved from;
    ``repeats`` that it gives the one before in another unit, in parentheses.
    """

    start: int
    end: int
    low: float
    high: float
    unit: Unit | None = None
    per: str = ""
    fraction: bool = False
    sign: str = ""
    whole_start: int = 0
    whole_end: int = 0
    first: int = 0
    last: int = 0
    moved: bool = False
    repeats: bool = False
    words: bool = False
    mantissa: float = 0.0
    scale: float = 1.0

    @property
    def kind(self) -> str:
        """ "money", "percent", "length" …, or "" for a count of things."""
        return self.unit.kind if self.unit is not None else ""


@lru_cache(maxsize=8)
def text_of(doc: Doc) -> str:
    """The text of a doc; ``Doc.text`` puts it together from its tokens each time that it is asked."""
    return str(doc.text)


def read(doc: Doc, *, dates: Sequence[tuple[int, int]] = ()) -> list[Quantity]:
    """All numbers of a parsed paragraph with their units, in order. ``dates`` are character ranges that hold dates."""
    text = text_of(doc)
    found = [
        q
        for n in numbers.read(text)
        if not any(s < n.end and n.start < e for s, e in dates) and (q := _with_unit(text, n)) is not None
    ]
    return [_placed(doc, q) for q in found]


def sentence(doc: Doc, i: int) -> TokenSpan:
    """The sentence around token ``i``, by the marks of where sentences begin; ``Token.sent`` goes over the whole text.

    At most 200 tokens on each side, so that a text without full stops takes no longer than another.
    """
    first, last = i, i + 1
    while first and not doc[first].is_sent_start and i - first < _REACH:
        first -= 1
    while last < len(doc) and not doc[last].is_sent_start and last - i < _REACH:
        last += 1
    return doc[first:last]


def in_series_with_next(text: str, q: Quantity) -> bool:
    """Whether the number stands with a hanging hyphen: "four-, five- and six-cylinder engines"."""
    return _SERIES.match(text, q.end) is not None


def _with_unit(text: str, n: Number) -> Quantity | None:
    money, behind = units.before(text, n.start), units.after(text, n.end)
    if money is None and behind is None and text[n.end : n.end + 1].isalpha():
        return None  # glued to letters that are no unit: "5G", "9AB8"
    unit = money or behind
    start, end = n.start, n.end
    if money is not None:
        start = money.start
        end = units.tail(text, replace(money, end=n.end))
    elif behind is not None:
        if behind.kind == "mass" and behind.name == "pound":
            behind = _pound(text, n, behind)
        unit = behind
        end = units.tail(text, behind)
        hyphen = text[n.end : n.end + 1] == "-"
        if hyphen and behind.kind == "time" and not re.match(r"[\s-]old\b", text[behind.end : behind.end + 4]):
            return None  # "a two-month contract": how long it is by its nature, nothing that is counted
    elif n.words and n.low == n.high and text[n.end : n.end + 6].lower().startswith("-fold"):
        return None
    per = ""
    if unit is not None and not n.fraction and (found := units.rate(text, end)) is not None:
        per, end = found
    return Quantity(
        n.start, n.end, n.low, n.high, unit, per, n.fraction, n.sign, start, end, words=n.words, mantissa=n.mantissa, scale=n.scale
    )  # fmt: skip


def _pound(text: str, n: Number, unit: Unit) -> Unit:
    """Pounds of money where they are counted in millions or where money is spoken of near by, of weight elsewhere."""
    if n.scale >= 1e5 or _MONEY_TALK.search(text[max(0, n.start - 60) : unit.end + 30]):
        return replace(unit, name="GBP", kind="money")
    return unit


def _placed(doc: Doc, q: Quantity) -> Quantity:
    tokens = doc.char_span(q.whole_start, q.whole_end, alignment_mode="expand")
    if tokens is None or not len(tokens):
        return q
    return replace(q, first=tokens.start, last=tokens.end - 1)
