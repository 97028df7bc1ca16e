"""Reading numbers: digits, words, multipliers and ranges, with the words that bound them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from kg.annotate.lexicon import rows
from kg.model import Comparator

_UNITS = {
    w: i
    for i, w in enumerate(
        [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
            "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
        ]
    )
}  # fmt: skip
_TENS = {
    w: 10 * i for i, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_MULTIPLIERS = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9,
    "tn": 1e12, "lakh": 1e5, "crore": 1e7, "dozen": 12.0,
}  # fmt: skip
# A plural of magnitude says its order, from one to ten of it.
_VAGUE = {
    "tens": 10.0,
    "dozens": 12.0,
    "scores": 20.0,
    "hundreds": 1e2,
    "thousands": 1e3,
    "millions": 1e6,
    "billions": 1e9,
}
_FRACTIONS = {
    "half": 0.5,
    "third": 1 / 3,
    "quarter": 0.25,
    "fifth": 0.2,
    "tenth": 0.1,
    "thirds": 1 / 3,
    "quarters": 0.25,
    "fifths": 0.2,
}
_DIGITS = re.compile(r"^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^[+-]?\d+(?:\.\d+)?$|^\.\d+$")
_GLUED = re.compile(r"^[$€£¥]?(\d[\d,]*(?:\.\d+)?)([a-z%]{1,4})$", re.IGNORECASE)


@cache
def bounds() -> tuple[tuple[tuple[str, ...], Comparator], ...]:
    """Words before a number and the comparator that they are, longest first."""
    table = ((tuple(row[0].split()), Comparator(row[1])) for row in rows("bounds.tsv"))
    return tuple(sorted(table, key=lambda pair: -len(pair[0])))


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a paragraph: tokens ``first`` to ``last``; a range has different ``low`` and ``high``."""

    first: int
    last: int
    low: float | None
    high: float | None
    fraction: bool = False

    @property
    def value(self) -> float | None:
        return self.low if self.low == self.high else None


def read(doc: Doc) -> list[Number]:
    """All numbers of a paragraph in order, ranges joined ("20 to 30", "between 5 and 7", "2014-2015" is one token)."""
    singles: list[Number] = []
    i = 0
    while i < len(doc):
        found = _one(doc, i)
        if found is None:
            i += 1
            continue
        singles.append(found)
        i = found.last + 1
    return _ranges(doc, singles)


def _one(doc: Doc, i: int) -> Number | None:
    token = doc[i]
    lower = token.lower_
    if lower in _VAGUE and i + 1 < len(doc):
        low, j = _VAGUE[lower], i
        if i + 2 < len(doc) and doc[i + 1].lower_ == "of" and doc[i + 2].lower_ in _VAGUE:
            low, j = low * _VAGUE[doc[i + 2].lower_], i + 2
        return Number(i, j, low, low * 10) if j > i or lower not in ("tens", "scores") else None
    fraction = _fraction(doc, i)
    if fraction is not None:
        return fraction
    value = _plain(token)
    if value is None:
        return None
    j = i
    word = lower in _UNITS or lower in _TENS
    total, current = 0.0, value
    while j + 1 < len(doc):
        following = doc[j + 1]
        word_ = following.lower_.rstrip(".")
        if word_ in _MULTIPLIERS and (
            word_ not in ("k", "m", "b") or not following.whitespace_ or following.text == word_
        ):
            if word_ in ("k", "m", "b") and following.idx != doc[j].idx + len(doc[j]):
                break
            if _MULTIPLIERS[word_] == 100 and current < 100:
                current *= 100
            else:
                total, current = total + current * _MULTIPLIERS[word_], 0.0
            j += 1
            word = True
        elif (
            word
            and word_ == "and"
            and j + 2 < len(doc)
            and (doc[j + 2].lower_ in _UNITS or doc[j + 2].lower_ in _TENS)
            and doc[j].lower_ in _MULTIPLIERS
        ):
            j += 1
        elif word and word_ == "-" and j + 2 < len(doc) and doc[j].lower_ in _TENS and doc[j + 2].lower_ in _UNITS:
            current += _UNITS[doc[j + 2].lower_]
            j += 2
        elif (
            word
            and (word_ in _UNITS or word_ in _TENS)
            and (
                doc[j].lower_ in _MULTIPLIERS or doc[j].lower_ == "and" or (doc[j].lower_ in _TENS and word_ in _UNITS)
            )
        ):
            current += _UNITS.get(word_, _TENS.get(word_, 0))
            j += 1
        else:
            break
    total += current
    return Number(i, j, total, total)


def _plain(token: Token) -> float | None:
    text = token.text
    if _DIGITS.match(text):
        return float(text.replace(",", ""))
    lower = token.lower_
    if lower in _UNITS:
        return float(_UNITS[lower])
    if lower in _TENS:
        return float(_TENS[lower])
    match = re.fullmatch(r"([a-z]+)-([a-z]+)", lower)
    if match and match[1] in _TENS and match[2] in _UNITS:
        return float(_TENS[match[1]] + _UNITS[match[2]])
    if lower == "dozen" or (
        lower in ("hundred", "thousand", "million", "billion")
        and token.i
        and token.nbor(-1).lower_ in ("a", "the", "one")
    ):
        return float(_MULTIPLIERS[lower])
    glued = _GLUED.match(text)
    if glued and glued[2].lower() not in ("st", "nd", "rd", "th", "s", "am", "pm", "d"):
        return float(glued[1].replace(",", "")) * _MULTIPLIERS.get(glued[2].lower(), 1.0)
    return None


def _fraction(doc: Doc, i: int) -> Number | None:
    """ "half of them", "two thirds of", "a quarter of"; an ordinal ("the third") is no fraction."""
    lower = doc[i].lower_
    nxt = doc[i + 1] if i + 1 < len(doc) else None
    if lower == "half" and nxt is not None and nxt.lower_ in ("of", "the", "a", "its", "their", "all"):
        return Number(i, i, 0.5, 0.5, fraction=True)
    if nxt is None or i + 2 >= len(doc):
        return None
    gap = 2 if nxt.text == "-" else 1
    if i + gap + 1 >= len(doc):
        return None
    part = doc[i + gap].lower_
    count = 1 if lower in ("a", "one") else _UNITS.get(lower, 0)
    if part in _FRACTIONS and count and doc[i + gap + 1].lower_ == "of":
        value = count * _FRACTIONS[part]
        return Number(i, i + gap, value, value, fraction=True)
    return None


def _ranges(doc: Doc, singles: list[Number]) -> list[Number]:
    out: list[Number] = []
    k = 0
    while k < len(singles):
        left = singles[k]
        if k + 1 < len(singles):
            right = singles[k + 1]
            gap = [t.lower_ for t in doc[left.last + 1 : right.first] if t.text not in "$€£"]
            before = doc[left.first - 1].lower_ if left.first else ""
            joined = gap in (["to"], ["-"], ["–"], ["or"]) or (
                gap == ["and"] and "between" in (before, doc[left.first - 2].lower_ if left.first > 1 else "")
            )
            if joined and left.low is not None and right.low is not None and not (left.fraction or right.fraction):
                low, high = left.low, right.low
                moved = gap == ["to"] and any(
                    t.lower_ in ("from", "by") for t in doc[max(0, left.first - 2) : left.first]
                )
                if high > low and not moved:
                    scale = right.low / (_plain(doc[right.first]) or right.low)
                    if scale > 1 and low < (_plain(doc[right.first]) or 0):
                        low *= scale
                    out.append(Number(left.first, right.last, low, high))
                    k += 2
                    continue
        out.append(left)
        k += 1
    return out


def comparator(doc: Doc, number: Number) -> tuple[Comparator, int]:
    """What the words before (or behind) a number say, and the first token of those words."""
    start = number.first
    while start and (
        doc[start - 1].text in "$€£¥"
        or (
            doc[start - 1].lower_ in ("us", "a", "the", "an")
            and doc[start - 1].i == start - 1
            and doc[start - 1].lower_ not in ("the",)
        )
    ):
        start -= 1
    for words, comp in bounds():
        size = len(words)
        for at in {start, number.first}:
            if at >= size and tuple(t.lower_ for t in doc[at - size : at]) == words:
                if (
                    words == ("over",)
                    and at - size
                    and doc[at - size - 1].pos_ == "VERB"
                    and doc[at - size].dep_ == "prt"
                ):
                    continue
                first = at - size
                while first and doc[first - 1].lower_ in ("somewhere", "just", "slightly", "only", "well"):
                    first -= 1
                return comp, first
    after = doc[number.last + 1 : number.last + 3]
    if len(after) == 2 and after[0].lower_ == "or" and after[1].lower_ in ("more", "so", "fewer", "less"):
        return {"more": Comparator.AT_LEAST, "so": Comparator.ABOUT}.get(
            after[1].lower_, Comparator.AT_MOST
        ), number.first
    return Comparator.EQUAL, number.first
