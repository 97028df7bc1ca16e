"""Ranges of characters: half open, ``text[start:end]``, in Python string indices into ``Article.text``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters.

    >>> Span(0, 2).of("IS in Syria")
    'IS'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start} and {self.end}")

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


Spans = tuple[Span, ...]


def cover(spans: Spans) -> Span:
    """The smallest span that holds all of ``spans`` (at least one)."""
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def text_of(spans: Spans, text: str) -> str:
    """The pieces of ``text`` under ``spans``, joined by `` … `` where something was left out."""
    return " … ".join(s.of(text) for s in spans)


def record(value: Any) -> dict[str, Any]:
    """The fields of a dataclass by name, as they are: :func:`dataclasses.asdict` would copy all that they hold.

    >>> record(Span(0, 2))
    {'start': 0, 'end': 2}
    """
    return {name: getattr(value, name) for name in value.__dataclass_fields__}
