"""Pieces of a text as numerals need them: digits, words and signs with their characters, and what the number words mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNITS = {
    w: i
    for i, w in enumerate(
        [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
            "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
        ]
    )
}  # fmt: skip
TENS = {
    w: 10 * i for i, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
MULTIPLIERS = {
    "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "million": 1e6, "lakhs": 1e5, "crore": 1e7, "crores": 1e7, "billion": 1e9, "trillion": 1e12,
}  # fmt: skip
# A plural of magnitude says its order, from one to ten of it.
VAGUE = {
    "tens": 10.0, "dozens": 12.0, "scores": 20.0, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9,
    "trillions": 1e12,
}  # fmt: skip
VULGAR = frozenset("½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")
_LEX = re.compile(
    r"\d{1,3}(?:[\u00a0\u202f\u2009]\d{3}){1,12}(?!\d)"  # 10 000 with a narrow or hard space
    r"|\d{1,3}(?:,\d{2,3}){0,12},\d{3}(?:\.\d+)?(?!\d)|\d+\.\d+(?!\.?\d)|(?<![\w.])\.\d+|\d+"
    r"|[½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|[^\W\d_]+|[^\w\s]|_"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral: characters ``start`` to ``end`` of a text. A vague one has different ``low`` and ``high``.

    ``sign`` is ``"+"`` or ``"-"`` where it is written, ``words`` whether it is spelt out, ``mantissa`` the value without
    its multiplier.
    """

    start: int
    end: int
    low: float
    high: float
    fraction: bool = False
    sign: str = ""
    words: bool = False
    mantissa: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "low", written(self.low))
        object.__setattr__(self, "high", written(self.high))

    @property
    def scale(self) -> float:
        return self.low / self.mantissa if self.mantissa else 1.0


def written(value: float) -> float:
    """A product of two floats as the number that is written: 8.3 million.

    >>> 8.3 * 1e6, written(8.3 * 1e6)
    (8300000.000000001, 8300000.0)
    """
    return float(f"{value:.15g}") if abs(value) >= 1 else value


def lexemes(text: str) -> list[Lexeme]:
    """The words, numerals and signs of a text in order."""
    return [Lexeme(m[0], m.start(), m.end()) for m in _LEX.finditer(text)]


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word, a numeral or a sign: characters ``start`` to ``end`` of the text."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def digits(self) -> bool:
        return self.text[0].isdecimal() or (self.text[0] == "." and len(self.text) > 1)


def at(lex: list[Lexeme], i: int) -> str:
    return lex[i].lower if 0 <= i < len(lex) else ""


def gap(lex: list[Lexeme], i: int) -> int:
    """How many characters lie between an item and the one before it; a large number at the ends."""
    return lex[i].start - lex[i - 1].end if 0 < i < len(lex) else 9
