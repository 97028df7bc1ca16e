"""What a cell of numbers says: its value, its bound and its unit, with what the head of its column or the title adds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.annotate.parse import units
from kg.english.lists import alternation, listed
from kg.english.paragraphs.tables import NUMBER, is_number
from kg.model import Comparator

_SCALES = {
    word: factor
    for kind, factor in (("scale_thousand", 1e3), ("scale_million", 1e6), ("scale_billion", 1e9))
    for word in listed("table_words", kind)
}
_SCALE = re.compile(rf"(?<![^\W\d_])(?:{alternation(_SCALES)})(?!\w)", re.IGNORECASE)
_PERCENT = re.compile(r"%|\bper ?cent\b|\bpercentage\b", re.IGNORECASE)
_SIGN = re.compile(r"(?:\b[A-Z]{1,3})?[$€£¥₽₴₺₹₪]|\b[A-Z]{3}\b")
# Where a head or a title tells in what it counts: "Revenue ($m)", "Damage, million crowns", "Output in tonnes".
_TOLD = re.compile(r"\(([^()]{1,40})\)|,\s*([^,()]{1,40})$|\bin ([^,()]{1,40})$", re.IGNORECASE)
_BOUNDS = {"~": "~", "≈": "~", "about": "~", "<": "<", "≤": "≤", "up to": "≤", ">": ">", "≥": "≥", "at least": "≥", "more than": ">", "over": ">"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hint:
    """In what numbers are given: a unit by its name, its kind and as it is written, and the factor of "in millions"."""

    unit: str = ""
    kind: str = ""
    wording: str = ""
    factor: float = 1.0

    def __bool__(self) -> bool:
        return bool(self.unit) or self.factor != 1.0

    def over(self, other: Hint) -> Hint:
        """This hint, and what only ``other`` tells."""
        unit = self if self.unit else other
        factor = self.factor if self.factor != 1.0 or self.unit else other.factor
        return Hint(unit.unit, unit.kind, unit.wording, 1.0 if unit.kind == "percent" else factor)


@dataclass(frozen=True, slots=True)
class Amount:
    """The number of a cell, from its character ``start`` to ``end`` with what stands around it, in ``hint``; ``digits`` is where
    the number alone begins and ends.
    """

    start: int
    end: int
    digits: tuple[int, int]
    value: float
    comparator: Comparator
    hint: Hint


def hint(words: str) -> Hint:
    """In what a head or a title says that its numbers are.

    >>> [(h.unit, h.factor) for h in map(hint, ("Revenue ($m)", "Damage, million euros", "Turnout (%)", "Rain (mm)", "Deaths"))]
    [('USD', 1000000.0), ('EUR', 1000000.0), ('percent', 1.0), ('millimetre', 1.0), ('', 1.0)]
    """
    if _PERCENT.search(words):
        return Hint("percent", "percent", "%")
    told = [next(part for part in match.groups() if part) for match in _TOLD.finditer(words)] or [words]
    for part in told:
        scale = _SCALE.search(re.sub(r"[$€£¥]", " ", part))
        factor = _SCALES[scale[0].lower()] if scale else 1.0
        unit = _money(part) or _measure(_SCALE.sub(" ", part) if scale and len(part.split()) > 1 else part)
        if unit is not None:
            return Hint(unit.name, unit.kind, unit.wording, factor)
        if scale is not None and part != words:
            return Hint(factor=factor)
    return Hint()


def _money(words: str) -> units.Unit | None:
    for match in _SIGN.finditer(words):
        unit = units.before(f"{match[0]}1", len(match[0]))
        if unit is not None and unit.kind == "money":
            return unit
    for match in re.finditer(r"[^\W\d_]{2,}", words):
        unit = units.after(f"1 {words[match.start() :]}", 1)
        if unit is not None and unit.kind == "money":
            return unit
    return None


def _measure(words: str) -> units.Unit | None:
    clean = words.strip().removeprefix("in ").strip()
    unit = units.after(f"1 {clean}", 1) if clean else None
    return unit if unit is not None and unit.end >= len(clean) + 2 else None


def amount(cell: str, told: Hint) -> Amount | None:
    """The number that a cell is; ``None`` where it is none, or one with words that are no unit.

    >>> found = amount("(1,240)", hint("Profit ($m)"))
    >>> found.value, found.hint.unit
    (-1240000000.0, 'USD')
    >>> amount("48,3 %", Hint()).value, amount("3 May", Hint())
    (48.3, None)
    """
    match = NUMBER.fullmatch(cell)
    if match is None or not is_number(cell):
        return None
    own = _own(match)
    if own is None:
        return None
    number = re.sub(r"[\s\u00a0\u202f\u2009]", "", match["number"])
    decimal = re.fullmatch(r"\d+,\d{1,2}", number) is not None
    value = float(number.replace(",", "." if decimal else ""))
    hint_ = own.over(told)
    if hint_.factor != 1.0:
        value = float(f"{value * hint_.factor:.12g}")
    negative = match["sign"] in ("-", "−", "–") or (match["open"] and match["close"])
    bound = "≥" if match["plus"] else _BOUNDS.get((match["bound"] or "").lower(), "=")
    start = next(match.start(name) for name in ("bound", "open", "before", "sign", "sign_of", "number") if match[name])
    end = max(match.end("number"), match.end("behind"), match.end("close"), match.end("plus"))
    return Amount(start, end, match.span("number"), -value if negative else value, Comparator(bound), hint_)


def _own(match: re.Match[str]) -> Hint | None:
    """What the cell itself tells of its unit; ``None`` where what stands beside its number is none."""
    sign = (match["before"] or "") + (match["sign_of"] or "")
    behind = (match["behind"] or "").strip()
    unit = units.before(f"{sign.strip()}1", len(sign.strip())) if sign.strip() else None
    if sign.strip() and unit is None:
        return None
    if not behind:
        return Hint(unit.name, unit.kind, unit.wording) if unit is not None else Hint()
    found = hint(f"({behind})") if not behind.startswith("%") else Hint("percent", "percent", "%")
    if not found:
        return None
    return Hint(unit.name, unit.kind, unit.wording, found.factor) if unit is not None else found
