"""What a person corrects of what the machine read: one decision each, which says where, what, who, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from kg.model.identifiers import digest
from kg.model.spans import Span

CONTEXT = 32
"""So many characters on each side let a quotation be found again where the text has moved (Web Annotation, 4.2.4)."""


class CorrectionKind(StrEnum):
    """What is corrected. Who is whom across articles is no correction but a judgement (:class:`kg.model.Judgement`)."""

    CONFIRM = "confirm"  # a statement is right as it is
    REJECT = "reject"  # it is no statement
    SPEAKER = "speaker"
    CUE = "cue"
    CONTENT = "content"
    KIND = "kind"
    STANCE = "stance"
    DAY = "day"
    FIGURE = "figure"
    OFFICE = "office"
    TYPE = "type"  # what somebody or something is
    NAME = "name"
    ADD = "add"  # a statement that was missed
    UNDO = "undo"  # an earlier correction holds no more


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters of an article, with what finds them again in another version of its text."""

    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""

    @classmethod
    def of(cls, text: str, span: Span) -> Passage:
        """
        >>> Passage.of("Forty boats were lost.", Span(6, 11)).quote
        'boats'
        """
        before, behind = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
        return cls(span.start, span.end, span.of(text), before, behind)

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision of a person on what an article says.

    ``passage`` are the characters of the thing that is corrected: the content of a statement, the number of a figure, the words that
    show an office, a mention of somebody. ``thing`` is what the machine called it ("statement/ab12"), which tells apart
    what stands on the same characters. ``value`` is what holds now, as text; ``marked`` are the characters that it is, by what they
    are ("speaker", "cue", "content", "place"). ``part`` is the part of a figure or an office. ``at`` is the time (ISO 8601, UTC);
    ``url`` the address of the article, which its next version has too. Of an undo, ``value`` is the id of what it undoes.
    """

    article: str
    passage: Passage
    kind: CorrectionKind
    by: str
    at: str
    thing: str = ""
    part: str = ""
    value: str = ""
    marked: tuple[tuple[str, Passage], ...] = ()
    why: str = ""
    url: str = ""

    @property
    def id(self) -> str:
        """A short hash of all that it says: the same decision of the same person at the same time is one."""
        places = (f"{role} {p.start}-{p.end}" for role, p in self.marked)
        where = (self.article, self.passage.start, self.passage.end, self.thing)
        return digest(*where, self.kind, self.part, self.value, *places, self.by, self.at)[:12]

    @property
    def start(self) -> int:
        return self.passage.start

    @property
    def end(self) -> int:
        return self.passage.end

    @property
    def quote(self) -> str:
        return self.passage.quote

    def says_as(self, other: Correction) -> bool:
        """Whether another one says the same of the same, whoever said it and when."""
        return _said(self) == _said(other)


def _said(one: Correction) -> tuple[object, ...]:
    places = tuple((role, p.start, p.end) for role, p in one.marked)
    return one.article, one.start, one.end, one.thing, one.kind, one.part, one.value, places


def holding(corrections: Iterable[Correction]) -> list[Correction]:
    """Those that nobody has undone, in the order of their time; an undo that was undone undoes nothing."""
    given = list(corrections)
    undoing: dict[str, list[str]] = {}
    for one in given:
        if one.kind is CorrectionKind.UNDO:
            undoing.setdefault(one.value, []).append(one.id)

    def undone(name: str, seen: frozenset[str]) -> bool:
        return any(u not in seen and not undone(u, seen | {u}) for u in undoing.get(name, ()))

    left = (c for c in given if c.kind is not CorrectionKind.UNDO and not undone(c.id, frozenset({c.id})))
    return sorted(left, key=lambda c: (moment(c.at), c.id))


def moment(at: str) -> datetime:
    """When a decision was made; the beginning of time for what is no time."""
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return found.astimezone(UTC) if found.tzinfo is not None else found.replace(tzinfo=UTC)


def instant(at: datetime) -> str:
    """A time as decisions have it: in UTC, without zeros that say nothing, as a store gives it back.

    >>> instant(datetime(2020, 3, 2, 14, 5, 0, 120000, UTC)), instant(datetime(2020, 3, 2, 14, 5, tzinfo=UTC))
    ('2020-03-02T14:05:00.12Z', '2020-03-02T14:05:00Z')
    """
    text = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
    return text.rstrip("0").rstrip(".") + "Z"
