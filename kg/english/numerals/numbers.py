"""Numerals of a text: digits, words, multipliers, fractions and vague plurals, by their characters.

The reading is done on characters and not on a parser's tokens, because news glues numbers to signs and units ("$13.6M",
"~45g", "PS8.1bn") and every tokeniser cuts those differently. Ranges, units and bounds are other modules' affair.
"""

from __future__ import annotations

import re
import unicodedata

from kg.english.lists import rows
from kg.english.numerals import fractions
from kg.english.numerals.lexemes import MULTIPLIERS, TENS, UNITS, VAGUE, VULGAR, Lexeme, Number, at, gap, lexemes

# Behind digits only. A capital M is millions, a small one is metres unless it is money; "b" alone is bits or billions likewise.
_SHORT = {"K": 1e3, "k": 1e3, "M": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12}
_SHORT_MONEY = {**_SHORT, "m": 1e6, "mm": 1e6, "b": 1e9, "B": 1e9, "T": 1e12, "t": 1e12}
_MINUS = frozenset("-−–")
# What may stand glued with a hyphen before a number without making a name of it: "minus-5", "sub-7", "now-18".
_PREFIXES = frozenset({"minus", "plus", "sub", "now", "to", "than", "about", "around", "over", "under", "nearly"})
_ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"})
_SIGNS = frozenset("$€£¥₹₽₺₴₩₦₸₪₱฿₫₼₾")
# Letters that stand before an amount of money; one or two capitals that name other things too only before thousands or
# millions: "N50 million", "SR2,000".
_LETTERS = frozenset(
    sign.rstrip(".").lower()
    for row in rows("currencies")
    for sign in (row[0], *row[1].split("|"))
    if sign.rstrip(".").isalpha()
)
_SURE = frozenset({"ps", "rm", "rs", "rp", "dh", "tk"})
_LARGE = frozenset({"million", "billion", "trillion", "bn", "tn", "mn", "m", "b"})
_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_Found = tuple[Number | None, int]


def read(text: str) -> list[Number]:
    """All numerals of a text in order, without ordinals, clock times, dates in figures and numbers inside names.

    >>> [(n.low, n.high) for n in read("three thousand tests, 4.3M sales, tens of thousands, two-thirds of them")]
    [(3000.0, 3000.0), (4300000.0, 4300000.0), (10000.0, 100000.0), (0.6666666666666666, 0.6666666666666666)]
    """
    lex = lexemes(text)
    out: list[Number] = []
    i = 0
    while i < len(lex):
        found = (
            fractions.magnitude(lex, i)
            or fractions.share(lex, i)
            or fractions.fraction(lex, i)
            or fractions.none(lex, i)
            or _cardinal(lex, i)
        )
        if found is None:
            i += 1
            continue
        number, i = found
        if number is not None:
            out.append(number)
    return out


def _cardinal(lex: list[Lexeme], i: int) -> _Found | None:
    item = lex[i]
    if item.digits or item.text in VULGAR:
        return _digits(lex, i)
    word = item.lower
    if word in TENS and at(lex, i + 1) in ("-", "‑") and at(lex, i + 2) in _ORDINALS:
        return None, i + 3  # "the twenty-first"
    if (word in UNITS or word in TENS) and not (lex[i + 1 : i + 2] and lex[i + 1].digits and gap(lex, i + 1) == 0):
        if at(lex, i - 1) == "-" and gap(lex, i) == 0 and gap(lex, i - 1) == 0 and at(lex, i - 2) not in _PREFIXES:
            return None  # the tail of a compound: "Twenty20-one", "post-nine"
        current = float(UNITS.get(word, TENS.get(word, 0)))
        return _words(lex, i, i, current, start=item.start)
    if word in MULTIPLIERS and at(lex, i - 1) in ("a", "an"):
        if word == "dozen" and at(lex, i + 1) == "'":
            return None
        return _words(lex, i, i, MULTIPLIERS[word], start=lex[i - 1].start, base=1.0)
    return None


def _digits(lex: list[Lexeme], i: int) -> _Found | None:
    item = lex[i]
    # The run of glued items around: a clock time, a date, a version, a name with a number in it.
    before, glued_before = at(lex, i - 1), gap(lex, i) == 0
    end = i + 1
    joined = glued_before and (before.isalpha() or before in ("_", "#", "/", ":", "⁄", ".", "@", "'", "’", "&"))
    if joined and not (before.isalpha() and _currency_letters(lex, i - 1)):
        return None, end
    signed = _sign(lex, i)
    if signed is None:
        return None, end
    sign, start = signed
    after = _behind_no_count(lex, i)
    if after is not None:
        return None, after
    nxt, tight = at(lex, i + 1), gap(lex, i + 1) == 0
    value = _value(item.text)
    if tight and nxt in VULGAR:
        value += unicodedata.numeric(nxt)
        i += 1
    scientific = _scientific(lex, i, value)
    if scientific is not None:
        value, j = scientific
        return Number(start, lex[j].end, value, value, mantissa=value), j + 1
    money = _money_before(lex, i, item)
    short = _SHORT_MONEY if money else _SHORT
    j = i
    mantissa = value
    if i + 1 < len(lex) and lex[i + 1].text in short and (tight or len(lex[i + 1].text) > 1 or lex[i + 1].text == "M"):
        value *= short[lex[i + 1].text]
        j = i + 1
        if at(lex, j + 1) == "." and gap(lex, j + 1) == 0 and j + 2 < len(lex) and lex[j + 2].text[:1].islower():
            j += 1
    return _words(lex, i, j, value, start=start, base=mantissa, sign=sign)


def _sign(lex: list[Lexeme], i: int) -> tuple[str, int] | None:
    """The sign of the numeral and where it starts with it; ``None`` where a hyphen or plus makes it a part of a word."""
    before, start = at(lex, i - 1), lex[i].start
    if gap(lex, i) or not (before in _MINUS or before == "+"):
        return ("-", lex[i - 1].start) if before == "minus" else ("", start)
    left = lex[i - 2] if i > 1 else None
    sign = "+" if before == "+" else "-"
    if left is None or left.end != lex[i - 1].start:
        # "fell to -5", "(-3)", "+0.2%"; but "COVID -19": behind capitals a hyphen joins
        joins = left is not None and left.text.isupper() and len(left.text) > 1 and before == "-"
        return None if joins else (sign, lex[i - 1].start)
    if left.text in "$€£¥₽₹([":
        return sign, lex[i - 1].start
    if before == "-" and left.lower == "minus":
        return "-", left.start
    if before == "+" and not left.digits:
        return None
    if before == "-" and left.text[-1].isalpha() and left.lower not in _PREFIXES and not _unit_like(lex, i - 2):
        return None  # "TA-35", "COVID-19", "last-32"
    return "", start


def _behind_no_count(lex: list[Lexeme], i: int) -> int | None:
    """Where to go on behind a numeral that what follows makes a time, a date, a version or an order; ``None`` for any other."""
    nxt, tight = at(lex, i + 1), gap(lex, i + 1) == 0
    if tight and nxt in (":", "/", ".") and i + 2 < len(lex) and lex[i + 2].digits and gap(lex, i + 2) == 0:
        return i + 3  # a clock time, a date in figures, a version
    if tight and nxt in ("st", "nd", "rd", "th"):
        return i + 2
    if nxt in ("am", "pm", "o", "gmt") or (nxt in ("a", "p") and at(lex, i + 2) == "." and at(lex, i + 3) == "m"):
        return i + 2
    if (tight and nxt == "s") or (tight and nxt in ("'", "’") and at(lex, i + 2) == "s"):
        return i + 2  # "the 1990s", "2018's"
    return None


def _words(
    lex: list[Lexeme], first: int, last: int, current: float, *, start: int, base: float | None = None, sign: str = ""
) -> _Found:
    """Go on from the item ``last`` over the number words that follow: "four hundred and twenty-three thousand"."""
    total, j = 0.0, last
    digits = lex[first].digits
    mantissa = current if base is None else base
    if not digits and base is not None and current >= 1000:  # "a million", not "a hundred and twenty"
        total, current = current, 0.0
    while j + 1 < len(lex) and lex[j + 1].start - lex[j].end <= 2:
        word = at(lex, j + 1)
        if word in MULTIPLIERS:
            if MULTIPLIERS[word] <= 100 and word != "dozen":
                current *= 100
            elif word == "dozen":
                current *= 12
            elif not current and total and at(lex, j) in MULTIPLIERS:
                total *= MULTIPLIERS[word]  # "3.45 lakh crore"
            else:
                total, current = total + (current or 1.0) * MULTIPLIERS[word], 0.0
            j += 1
            continue
        more = _more(lex, j, digits=digits)
        if more is None:
            break
        current, j = current + more[0], more[1]
    value = total + current
    if sign == "-":
        value = -value
    end = lex[j].end
    return Number(
        start, end, value, value, sign=sign, words=not digits, mantissa=mantissa if sign != "-" else -mantissa
    ), j + 1


def _more(lex: list[Lexeme], j: int, *, digits: bool) -> tuple[float, int] | None:
    """What the words behind the item ``j`` add to the number that it ends, and the last item that they reach."""
    word, behind = at(lex, j + 1), at(lex, j + 2)
    if word == "-" and gap(lex, j + 2) == 0:
        if at(lex, j) in TENS and 0 < UNITS.get(behind, 0) < 10 and gap(lex, j + 1) == 0:
            return UNITS[behind], j + 2  # "twenty-three"
        if behind in ("million", "billion", "thousand"):
            return 0, j + 1
    if digits:
        return None
    if (
        word == "and"
        and at(lex, j) in MULTIPLIERS
        and (behind in UNITS or behind in TENS)
        and at(lex, j + 3) not in VAGUE
    ):
        return UNITS.get(behind, TENS.get(behind, 0)), j + 2
    if word == "and" and behind == "a" and at(lex, j + 3) == "half":
        return 0.5, j + 3
    after_magnitude = at(lex, j) in MULTIPLIERS and at(lex, j) != "dozen"
    after_tens = at(lex, j) in TENS and 0 < UNITS.get(word, 0) < 10
    if (word in UNITS or word in TENS) and (after_magnitude or after_tens):
        return UNITS.get(word, TENS.get(word, 0)), j + 1
    return None


def _value(text: str) -> float:
    return unicodedata.numeric(text) if text in VULGAR else float(re.sub(r"[,\u00a0\u202f\u2009]", "", text))


def _scientific(lex: list[Lexeme], i: int, value: float) -> tuple[float, int] | None:
    """ "1.99×10−30", "3 x 10^6"."""
    if at(lex, i + 1) not in ("×", "x") or at(lex, i + 2) != "10":
        return None
    j, minus = i + 3, False
    while at(lex, j) in ("^", "-", "−"):
        minus = minus or at(lex, j) != "^"
        j += 1
    if j == i + 3 or not at(lex, j).isdigit() or len(at(lex, j)) > 3:
        return None
    power = int(at(lex, j))
    if power > 300:
        return None
    return value * 10.0 ** (-power if minus else power), j


def _currency_letters(lex: list[Lexeme], i: int) -> bool:
    """Whether the letters glued before a number are a currency: "PS8.1bn", "RM23.50", "US" of "$US55"."""
    word = lex[i].text
    known = word.lower() in _LETTERS and word[0].isupper()
    if known and len(word) <= 2 and word.lower() not in _SURE:
        known = word.isupper() and (at(lex, i + 2) in _LARGE or _GROUPS.fullmatch(lex[i + 1].text) is not None)
    return known or (word.isupper() and at(lex, i - 1) in _SIGNS and gap(lex, i) == 0)


def _money_before(lex: list[Lexeme], i: int, item: Lexeme) -> bool:
    before = at(lex, i - 1)
    if before in _MINUS and gap(lex, i) == 0:
        before = at(lex, i - 2)
    return bool(before) and (
        before in _SIGNS
        or (before == "=" and at(lex, i - 2) == "y")
        or (before.isalpha() and before in _LETTERS and lex[i - 1].text[0].isupper())
        or (before.isalpha() and lex[i - 1].text.isupper() and at(lex, i - 2) in _SIGNS)
    )


def _unit_like(lex: list[Lexeme], i: int) -> bool:
    """A unit glued to a number before a hyphen: "5m-10m", "40min-45min"."""
    return i > 0 and lex[i - 1].digits and gap(lex, i) == 0
