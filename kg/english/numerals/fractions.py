"""Numerals that are no plain count: fractions, shares ("one in three") and orders of magnitude ("dozens").

Each reader takes the lexemes and an index, and gives the number and the index behind it, or ``None``.
"""

from __future__ import annotations

from kg.english.inflection import singular
from kg.english.numerals.lexemes import MULTIPLIERS, UNITS, VAGUE, Lexeme, Number, at, gap

_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "halves": 2, "hundredth": 100,
}  # fmt: skip
_PARTS |= {f"{part}s": n for part, n in _PARTS.items() if part not in ("half", "halves")}


def magnitude(lex: list[Lexeme], i: int) -> tuple[Number, int] | None:
    """ "dozens", "tens of thousands", "several hundred", "a few thousand": an order of magnitude."""
    word = at(lex, i)
    if word in ("several", "few") and at(lex, i + 1) in MULTIPLIERS:
        base, j = MULTIPLIERS[at(lex, i + 1)], i + 1
        while at(lex, j + 1) in ("thousand", "million", "billion", "trillion"):
            base, j = base * MULTIPLIERS[at(lex, j + 1)], j + 1
        start = i - 1 if at(lex, i - 1) == "a" else i
        return Number(lex[start].start, lex[j].end, 2 * base, 10 * base, words=True), j + 1
    if word not in VAGUE or at(lex, i - 1) in ("the", "-"):
        return None
    base, j = VAGUE[word], i
    while at(lex, j + 1) == "of" and at(lex, j + 2) in VAGUE:
        base, j = base * VAGUE[at(lex, j + 2)], j + 2
    if word in ("tens", "scores") and j == i and at(lex, i + 1) != "of":
        return None  # "he scores twice"
    if word == "tens" and j == i:
        return None
    return Number(lex[i].start, lex[j].end, base, base * 10, words=True), j + 1


def share(lex: list[Lexeme], i: int) -> tuple[Number, int] | None:
    """ "one in three", "nine out of 10": a fraction of the people that follow; not "five in 2014"."""
    top = _small(lex, i)
    out_of = at(lex, i + 1) == "out" and at(lex, i + 2) == "of"
    if top is None or not (out_of or at(lex, i + 1) == "in"):
        return None
    j = i + (3 if out_of else 2)
    bottom = _small(lex, j)
    if bottom is None or not top < bottom or bottom not in (2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000):
        return None  # "four out of eleven samples" are four of them
    if out_of and bottom in (6, 7, 8, 9) and top > 1:
        return None
    if singular(at(lex, j + 1)) in ("day", "week", "month", "year", "hour", "minute", "second", "game", "match"):
        return None
    if at(lex, j + 1) in MULTIPLIERS or (not out_of and top != 1 and bottom not in (10, 100)):
        return None
    value = top / bottom
    return Number(lex[i].start, lex[j].end, value, value, fraction=True), j + 1


def none(lex: list[Lexeme], i: int) -> tuple[Number, int] | None:
    """ "none of the 12 miners": nothing of a number that is told."""
    if (
        at(lex, i) != "none"
        or at(lex, i + 1) != "of"
        or at(lex, i + 2) not in ("the", "its", "their", "these", "those")
    ):
        return None
    if not (i + 3 < len(lex) and (lex[i + 3].digits or at(lex, i + 3) in UNITS)):
        return None
    return Number(lex[i].start, lex[i].end, 0.0, 0.0, words=True), i + 1


def _small(lex: list[Lexeme], i: int) -> int | None:
    word = at(lex, i)
    if word in UNITS:
        return UNITS[word]
    return int(word) if word.isdigit() and word.isascii() and len(word) <= 4 and word[0] != "0" else None


def fraction(lex: list[Lexeme], i: int) -> tuple[Number, int] | None:
    """ "half of them", "two-thirds", "a quarter of", "1/16 of"; an ordinal ("the third", "a third man") is no fraction."""
    if at(lex, i) == "half":
        return _half(lex, i)
    return _in_words(lex, i) or _with_slash(lex, i)


def _half(lex: list[Lexeme], i: int) -> tuple[Number, int] | None:
    """ "half a million", "half of them"; "the first half of the game", "the second half of 2014" are parts, not counts."""
    after = at(lex, i + 1)
    if after in ("a", "an") and at(lex, i + 2) in MULTIPLIERS:
        value = 0.5 * MULTIPLIERS[at(lex, i + 2)]
        return Number(lex[i].start, lex[i + 2].end, value, value, words=True, mantissa=0.5), i + 3
    if after == "," and at(lex, i + 2) == "or" and at(lex, i - 1) not in ("first", "second", "the"):
        return Number(lex[i].start, lex[i].end, 0.5, 0.5, fraction=True), i + 1  # "half, or 150, of the voters"
    if after in ("of", "the", "its", "their", "his", "her", "our", "all") and at(lex, i - 1) not in (
        "the", "first", "second", "other", "latter", "this", "last", "each", "every", "by", "in", "and", "-",
    ):  # fmt: skip
        return Number(lex[i].start, lex[i].end, 0.5, 0.5, fraction=True), i + 1
    return None


def _in_words(lex: list[Lexeme], i: int) -> tuple[Number, int] | None:
    """ "two-thirds", "a quarter of", "a third of a million"."""
    word, after = at(lex, i), at(lex, i + 1)
    count = 1 if word in ("a", "an", "one") else UNITS.get(word, 0) or (int(word) if word in ("2", "3") else 0)
    j = i + (2 if after == "-" else 1)
    part = _PARTS.get(at(lex, j))
    if count and part and (count > 1) == (at(lex, j).endswith(("s", "ves"))):
        of = at(lex, j + 1)
        if of == "of" and at(lex, j + 2) in ("a", "an") and at(lex, j + 3) in ("million", "billion", "trillion"):
            value = count / part * MULTIPLIERS[at(lex, j + 3)]
            return Number(lex[i].start, lex[j + 3].end, value, value, words=True, mantissa=count / part), j + 4
        if of == "of" and at(lex, j + 2) in ("a", "an") and at(lex, j + 3) in ("century", "decade"):
            return None  # a length of time that is an idiom
        if of == "of" or (count > 1 and of not in ("place", "-")):
            value = count / part
            return Number(lex[i].start, lex[j].end, value, value, fraction=True), j + 1
    return None


def _with_slash(lex: list[Lexeme], i: int) -> tuple[Number, int] | None:
    """ "1/16 of", "3/4 inch"."""
    after = at(lex, i + 1)
    if (
        i + 2 < len(lex)
        and lex[i].digits
        and after in ("/", "⁄")
        and lex[i + 2].digits
        and gap(lex, i + 1) == gap(lex, i + 2) == 0
        and at(lex, i - 1) not in ("/", "⁄")
        and lex[i + 2].text.isdigit()
        and int(lex[i + 2].text) > 1
        and lex[i].text.isdigit()
        and int(lex[i].text) < int(lex[i + 2].text)
        and (after == "⁄" or at(lex, i + 3) in ("of", "inch", "inches", "mile", "cup"))
    ):
        value = int(lex[i].text) / int(lex[i + 2].text)
        return Number(lex[i].start, lex[i + 2].end, value, value, fraction=True), i + 3
    return None
