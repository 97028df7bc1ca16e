"""Units written beside a number: money before and behind it, measures behind it, and what a rate is counted per."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.english.lists import alternation, listed, rows

_PER = re.compile(
    r"(?:/(?!\d)|\s+per\s+|-per-)(?P<per>(?:(?:square|sq|cubic|metric|troy)\s+)?(?:\d[\d,]*\s+)?[A-Za-z]+)"
    r"|(?:\s+an?\s+|\s+each\s+|\s+every\s+|-an?-)(?P<each>" + alternation(listed("measure_words", "per")) + r")\b",
    re.IGNORECASE,
)
_LARGE = re.compile(rf"\d[\d.]*\s?(?:{alternation(listed('measure_words', 'large'))})\b|\d{{1,3}}(?:,\d{{3}})+")
# Behind a measure of time this tells when, not how often: "$700m a year ago", "40 a day earlier".
_WHEN = re.compile(rf"\s+(?:{alternation(listed('measure_words', 'when'))})\b", re.IGNORECASE)
_TAIL = re.compile(r"\s*(?:US\b|U\.S\.|sterling\b)(?!\s+[A-Z])")
_HYPHEN_TAIL = re.compile(rf"\)?[\s-](?:{alternation(listed('measure_words', 'dimension'))})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: canonical ``name`` ("USD", "mile per hour"), ``kind`` ("money", "length" …), its wording, and its end.

    ``start`` and ``end`` are the characters of the whole: a sign before the number begins there, words behind end there.
    """

    name: str
    kind: str
    wording: str
    start: int
    end: int


@cache
def _measures() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    names: dict[str, tuple[str, str]] = {}
    exact: list[str] = []
    loose: list[str] = []
    for unit, kind, forms in rows("units"):
        for form in forms.split("|"):
            short = len(form) <= 3
            (exact if short else loose).append(form)
            names[form if short else form.lower()] = (unit, kind)
    for row in rows("currencies"):
        code, signs, words = (*row, "", "")[:3]
        for form in (*words.split("|"), *(s for s in signs.split("|") if s in "€₽₴₸₺₪p"), code):
            if form:
                short = len(form) <= 3
                (exact if short else loose).append(form)
                names.setdefault(form if short else form.lower(), (code, "money"))

    def alternatives(forms: list[str]) -> str:
        return "|".join(re.escape(f).replace(r"\ ", r"\s+") for f in sorted(forms, key=lambda f: (-len(f), f)))

    pattern = re.compile(
        rf"(?P<gap>[\s-]?)(?P<form>(?:(?i:{alternatives(loose)})|{alternatives(exact)}))(?![A-Za-z0-9²³]|(?<=[A-Za-z])[’'](?!s?\s))"
    )
    return pattern, names


@cache
def _signs() -> tuple[re.Pattern[str], dict[str, str]]:
    codes: dict[str, str] = {}
    for row in rows("currencies"):
        code, signs = row[0], row[1] if len(row) > 1 else ""
        for sign in filter(None, signs.split("|")):
            codes.setdefault(sign, code)
        if len(code) == 3 and code.isupper():
            codes.setdefault(code, code)
    codes.pop("p", None)
    forms = "|".join(re.escape(s) for s in sorted(codes, key=lambda s: (-len(s), s)))
    return re.compile(rf"(?<![A-Za-z])(?P<sign>{forms})(?P<gap>\s?)[-−–+]?$"), codes


def before(text: str, start: int) -> Unit | None:
    """The currency sign or code right before the number that begins at ``start``.

    >>> before("worth US$ 58.24 a barrel", 10).name, before("to RM23.50", 5).name
    ('USD', 'MYR')
    """
    pattern, codes = _signs()
    low = max(0, start - 8)
    match = pattern.search(text[low:start])
    if match is None:
        return None
    sign = match["sign"]
    glued = sign == "PS" or (len(sign) == 1 and sign.isalpha())
    if glued and (match["gap"] or (sign != "PS" and not _LARGE.match(text, start))):
        return None  # letters that stand for a sign are glued to the number: "N50 million", not "the R24"
    return Unit(codes[sign], "money", sign, low + match.start("sign"), start)


def is_amount(word: str) -> bool:
    """Whether a word is a sum of money with its sign: no name, though it opens with a capital.

    >>> is_amount("RM25.94"), is_amount("Dh402"), is_amount("G20")
    (True, True, False)
    """
    digit = next((i for i, ch in enumerate(word) if ch.isdigit()), 0)
    unit = before(word, digit) if digit else None
    return unit is not None and unit.start == 0


def after(text: str, end: int) -> Unit | None:
    """The unit of money or measure right behind the number that ends at ``end``.

    >>> after("800 miles of road", 3).name, after("500 MW plant", 3).kind, after("12 soldiers", 2)
    ('mile', 'power', None)
    """
    pattern, names = _measures()
    match = pattern.match(text, end)
    if match is None:
        return None
    form, gap = re.sub(r"\s+", " ", match["form"]), match["gap"]
    name, kind = names[form] if form in names else names[form.lower()]
    if len(form) == 1 and form.isalpha() and gap and not _stands_alone(text, match.end(), form):
        return None
    if gap == "-" and len(form) == 1 and form.isalpha():
        return None
    if form.lower() in ("pound", "pounds"):
        name, kind = "pound", "mass"
    return Unit(name, kind, form, end, match.end())


def _stands_alone(text: str, end: int, form: str) -> bool:
    """Whether a single letter behind a number is a unit: "a 5 W charger", but not "5 A levels" or "12 C Company"."""
    if form in "alst":
        return False
    return form == "W" or not re.match(
        r"\s+[A-Z]|\.\w|['’]" + (r"|\s+[a-z]" if form == "A" else ""), text[end : end + 3]
    )


def rate(text: str, end: int) -> tuple[str, int] | None:
    """What a quantity is counted per, behind its unit or noun: ("barrel", end) for "$58 per barrel".

    >>> rate("$58 per barrel", 3), rate("3,500 a month", 5), rate("5 a side", 1), rate("$58 a year earlier", 3)
    (('barrel', 14), ('month', 13), None, None)
    """
    match = _PER.match(text, end)
    if match is None:
        return None
    word = match["per"] or match["each"]
    if match["each"] and _WHEN.match(text, match.end()):
        return None
    if word.lower() in ("cent", "se", "capita") and word.lower() != "capita":
        return None
    return " ".join(word.split()), match.end()


def tail(text: str, unit: Unit) -> int:
    """The end of a unit with what is tied to it: "$31.20 US", "121ft)-long", "3-year-old"."""
    if unit.kind == "money":
        match = _TAIL.match(text, unit.end)
        return match.end() if match else unit.end
    match = _HYPHEN_TAIL.match(text, unit.end)
    return match.end() if match else unit.end
