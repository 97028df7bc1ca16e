"""The parts of a figure as a person gives them: what a text says of a part, and the figure with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kg.english import calendar
from kg.english.events import events
from kg.english.numerals import numbers
from kg.english.stems import STOP, stem
from kg.errors import UsageError, shown
from kg.model import CARRIED, Comparator, Span, StatedFigure

ROLES: Final = ("addition", "difference", "forecast", "target", "capacity", "denied")
"""What a figure can be other than a count of what there is."""

_BOUNDS: Final = {c.value: c for c in Comparator} | {">=": Comparator.AT_LEAST, "<=": Comparator.AT_MOST}
_RANGE = re.compile(r"(?<=[\w%])\s*(?:-|–|\.\.|\bto\b)\s*(?=[\d$€£])")
_AUXILIARIES = frozenset(("was", "were", "is", "are", "been"))
_UP = (Comparator.MORE, Comparator.AT_LEAST)
_DOWN = (Comparator.LESS, Comparator.AT_MOST)


def quantity(text: str) -> tuple[float | None, float, float]:
    """Value, least and most of what a person gives as a number: "340", "1.5 million", or a range "300-340", which has no value.

    >>> quantity("1,340"), quantity("300-340")
    ((1340.0, 1340.0, 1340.0), (None, 300.0, 340.0))
    """
    ends = [_number(part) for part in _RANGE.split(text.strip(), maxsplit=1)]
    low, high = ends[0], ends[-1]
    if None in ends or low is None or high is None or low > high:
        raise UsageError(f"“{shown(text)}” is no number; write 340, 1.5 million, or a range, 300-340.")
    return (low if low == high else None), low, high


def _number(text: str) -> float | None:
    try:
        plain = float(text.replace(",", "").strip())
    except ValueError:
        found = numbers.read(text)
        return found[0].low if len(found) == 1 and found[0].low == found[0].high else None
    return plain if abs(plain) < 1e30 else None


def _value(figure: StatedFigure, text: str) -> StatedFigure:
    value, low, high = quantity(text)
    return _bounded(replace(figure, value=value, low=low, high=high), figure.comparator)


def _bound(figure: StatedFigure, text: str) -> StatedFigure:
    comparator = _BOUNDS.get(text.strip())
    if comparator is None:
        raise UsageError(f"“{shown(text)}” is no bound; use one of {' '.join(c.value for c in Comparator)}.")
    ends = [end for end in (figure.value, figure.low, figure.high) if end is not None]
    if figure.value is not None:
        figure = replace(figure, low=figure.value, high=figure.value)
    elif figure.low is None or figure.high is None:
        figure = replace(
            figure, value=ends[0] if ends else None, low=ends[0] if ends else None, high=ends[0] if ends else None
        )
    return _bounded(figure, comparator)


def _bounded(figure: StatedFigure, comparator: Comparator) -> StatedFigure:
    """A figure whose two ends are there, with a bound, which opens one of them."""
    low = None if comparator in _DOWN else figure.low
    high = None if comparator in _UP else figure.high
    value = figure.value
    if value is None and comparator in (*_UP, *_DOWN):
        value = low if high is None else high
    return replace(figure, value=value, low=low, high=high, comparator=comparator)


def _unit(figure: StatedFigure, text: str) -> StatedFigure:
    return replace(figure, unit=text.strip())


def _population(figure: StatedFigure, text: str) -> StatedFigure:
    """The words of what is counted are what it is compared by as well."""
    before, now = _words(figure.population), _words(text)
    kept = tuple(c for c in figure.concepts if c.lower() not in {w.lower() for w in (*before, *now)})
    return replace(figure, population=" ".join(text.split()), concepts=(*now, *kept))


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(w for w in re.findall(r"[\w'’-]+", text) if w.lower() not in STOP))


def _event(figure: StatedFigure, text: str) -> StatedFigure:
    return replace(figure, event=lemma(text))


def lemma(text: str) -> str:
    """The verb that a person gives for an event, in the form that the graph has it in.

    >>> lemma("were injured"), lemma("joined"), lemma("die"), lemma("")
    ('injure', 'join', 'die', '')
    """
    given = text.lower().split()
    words = [w for w in given if w not in _AUXILIARIES]
    text = " ".join(words)
    by_participle: dict[str, str] = {}
    for name, event in events().items():
        by_participle.setdefault(event.participle, name)
    if len(words) < len(given) and text in by_participle:
        return by_participle[text]
    return text if not words or text in events() else by_participle.get(text) or " ".join([stem(words[0]), *words[1:]])


def _day(figure: StatedFigure, text: str) -> StatedFigure:
    return replace(figure, as_of=day(text))


def day(text: str) -> str | None:
    """A date as a person gives it, or none for an empty text; ``UsageError`` for what is no date."""
    text = text.strip()
    if text and calendar.valid(text) is None:
        raise UsageError(f"“{shown(text)}” is not a date; write it as 2015-04-21, 2015-04 or 2015.")
    return text or None


def _role(figure: StatedFigure, text: str) -> StatedFigure:
    role = text.strip().lower()
    if role and role not in ROLES:
        raise UsageError(
            f"“{shown(text)}” is no role of a figure; use {', '.join(ROLES)}, or nothing for a plain count."
        )
    others = tuple(m for m in figure.marks if m.startswith(CARRIED))
    return replace(figure, marks=(*([role] if role else ()), *others))


def placed(figure: StatedFigure, place: str | None) -> StatedFigure:
    """A figure at the place of this reference (its key), or at none."""
    marks = tuple(m for m in figure.marks if not m.startswith(CARRIED))
    return replace(figure, places=(place,) if place else (), marks=marks)


PARTS: Final[dict[str, Callable[[StatedFigure, str], StatedFigure]]] = {
    "value": _value,
    "unit": _unit,
    "bound": _bound,
    "population": _population,
    "event": _event,
    "day": _day,
    "role": _role,
}
"""What changes each part of a figure; its place is a reference, and ``add`` and ``remove`` are about the whole."""


def new(text: str, span: Span, value: str = "") -> StatedFigure:
    """A figure that was missed, on the characters of its number, which tell its value where a person does not."""
    number, low, high = quantity(value or span.of(text))
    return StatedFigure(key=f"{span.start}-{span.end}", span=span, text=span.of(text), value=number, low=low, high=high)


__all__ = ["PARTS", "ROLES", "day", "lemma", "new", "placed", "quantity"]
