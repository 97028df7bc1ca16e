"""Quantities that belong together: ranges ("40 to 60"), movements ("from 200 in May to 300 in June"), and conversions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.annotate.parse.quantities import Quantity, sentence, text_of
from kg.english.lists import alternation, classed, listed
from kg.english.numerals.lexemes import written

_CHANGE_NOUNS = frozenset(listed("figure_words", "change_noun"))
_CHANGE_VERBS = frozenset(listed("figure_words", "change_verb"))
_SPANS = frozenset(listed("figure_words", "span"))
_GAMES = frozenset(listed("figure_words", "game"))
_ON = re.compile(r"\s+to\s+[$€£]?\d")
_SUMS = frozenset({"money", "percent"})
_BETWEEN = re.compile(r"\bbetween\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
_TO = re.compile(
    rf"(?:\s+(?!to\b)[\w.,’'-]+){{0,8}}\s+to(?:\s+(?:{alternation(listed('figure_words', 'approx'))}))*\s*".replace(
        "\\ ", r"\s+"
    )
)


def join(doc: Doc, singles: Sequence[Quantity]) -> list[Quantity]:
    """Quantities in order, with those that are ends of one range or movement put together."""
    out: list[Quantity] = []
    for q in singles:
        merged = _range(doc, out[-1], q) if out else None
        if merged is not None:
            out[-1:] = merged
        else:
            out.append(q)
        if len(out) > 1 and out[-1].moved:
            out[-2:] = _shared(*out[-2:])
    return out


def with_conversions(text: str, kept: Sequence[Quantity]) -> list[Quantity]:
    """The quantities, those marked that give the one before again in another unit."""
    out: list[Quantity] = []
    for quantity in kept:
        out.append(_repeating(text, [*out[-1:], quantity], len(out[-1:])))
    return out


def _repeating(text: str, kept: Sequence[Quantity], i: int) -> Quantity:
    """A quantity in parentheses (or behind a slash in them) right behind another, in another unit, says the same again."""
    if not i:
        return kept[i]
    own, before = kept[i], kept[i - 1]
    between = text[before.whole_end : own.whole_start]
    opened = re.fullmatch(r"\s*\(\s*(?:(?:about|around|roughly|some|~)\s*)?", between) is not None
    again = before.repeats or "(" in text[max(0, before.whole_start - 1) : before.whole_start]
    if own.unit and before.unit and (opened or (again and re.fullmatch(r"\s*[/;,]\s*", between))):
        same_kind = own.kind == before.kind and own.unit.name != before.unit.name
        return replace(own, repeats=same_kind)
    if (
        own.unit
        and before.unit
        and own.kind in _SUMS
        and before.kind in _SUMS
        and re.fullmatch(r",\s+or\s+(?:about\s+)?", between)
    ):
        return replace(own, repeats=True)  # "fell 12 percent, or $3,"
    if own.unit and own.kind == "money" and opened:
        return replace(own, repeats=True)  # a sum whose own sign was lost: "1.356 billion ($1.762bn)"
    return own


def _range(doc: Doc, a: Quantity, b: Quantity) -> list[Quantity] | None:
    """One range of two quantities, a movement from the one to the other, or ``None`` where they have nothing to do."""
    if a.fraction or b.fraction or (a.unit and b.unit and a.unit.name != b.unit.name):
        return None
    between = text_of(doc)[a.whole_end : b.whole_start]
    gap = between.strip().lower()
    if gap == "-to-":
        return []  # a vote or a score: "a 2-to-1 decision"
    lead = text_of(doc)[max(0, a.whole_start - 40) : a.whole_start]
    first, last = _shared(a, b)
    rising = a.low == a.high and first.low < last.low
    if gap in ("-", "–", "—", "‑") and len(between) <= 3:
        if not (a.unit or b.unit) and _is_score(doc, a, b):
            return []
        if rising:
            return [_span(first, last)]
        return None
    if gap == "or" and rising and last.low <= 3 * first.low:
        return [_span(first, last)]
    if gap == "and" and rising and _BETWEEN.search(lead):
        return [_span(first, last)]
    if _FROM.search(lead) and rising and _ON.match(text_of(doc), b.whole_end):
        return [_span(first, last)]  # "from 5 to 7 percent to 3 to 5 percent"
    if _FROM.search(lead) and _TO.fullmatch(between):
        if _moves(doc, first, last, gap):
            return [first, replace(last, moved=True)]
        return [_span(first, last)] if rising else None
    if gap in ("to", "to-") and not (a.unit and _is_extent(doc, a) and (b.unit or a.kind == "percent")):
        if rising:
            return [_span(first, last)]
        if a.unit and b.unit and a.low == a.high:
            return [first, replace(last, moved=True)]
    return None


def _is_score(doc: Doc, a: Quantity, b: Quantity) -> bool:
    """ "89-89", "Peru won 3 – 1": falling or even numbers, or two behind a team or a verb of the game, with nothing counted."""
    before = doc[a.first - 1] if a.first else None
    after = doc[b.last + 1] if b.last + 1 < len(doc) else None
    if a.low >= b.low:
        return True
    played = before is not None and (before.pos_ == "PROPN" or before.lemma_.lower() in _GAMES)
    return played and (after is None or after.pos_ not in ("NOUN", "ADJ", "PROPN"))


def _is_extent(doc: Doc, q: Quantity) -> bool:
    """ "rose by 3 dollars to 40 dollars": the first is how far it moved and no end of a range."""
    before = doc[q.first - 1] if q.first else None
    return before is not None and (before.lower_ == "by" or before.lemma_.lower() in _change_verbs())


def _shared(a: Quantity, b: Quantity) -> tuple[Quantity, Quantity]:
    """Unit and multiplier of one end serve the other: "24 to 33 billion euros", "from 208 pounds to 193"."""
    if a.unit is None and b.unit is not None:
        a = replace(a, unit=b.unit)
    elif b.unit is None and a.unit is not None:
        b = replace(b, unit=a.unit)
    scale = b.scale
    if a.scale == 1.0 and scale > 1 and 0 < a.low < abs(b.mantissa):
        a = replace(a, low=written(a.low * scale), high=written(a.high * scale), scale=scale)
    if not b.per and a.per:
        b = replace(b, per=a.per)
    return a, b


def _span(a: Quantity, b: Quantity) -> Quantity:
    return replace(
        a, end=b.end, high=b.high, unit=b.unit or a.unit, per=b.per or a.per, whole_end=b.whole_end, last=b.last, scale=b.scale,
        mantissa=b.mantissa,
    )  # fmt: skip


def _moves(doc: Doc, a: Quantity, b: Quantity, gap: str) -> bool:
    """Whether "from A to B" tells of something that went from A to B, and not of things that lie between A and B."""
    if a.low > b.low or a.low != a.high or b.low != b.high or re.search(r"\b(?:in|at|on|last|a year)\s", gap + " "):
        return True
    start = max(a.first - 14, sentence(doc, a.first).start)
    lemmas = [t.lemma_.lower() for t in doc[start : a.first]]
    for lemma in reversed(lemmas):
        if lemma in _SPANS:
            return False
        if lemma in _CHANGE_VERBS or lemma in _CHANGE_NOUNS or lemma in _change_verbs():
            return True
    return False


def _change_verbs() -> frozenset[str]:
    return classed("changes", "up") | classed("changes", "down")
