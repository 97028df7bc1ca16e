"""Which statement, figure, office or reference stands on given characters, as the machine read the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.model import Form, OfficeHeld, Reference, Resolved, Span, StatedFigure, Statement, cover

_ENOUGH = 0.5  # share of the characters of both that two readings of one statement have in common at least
_BORDER = re.compile(r"[.!?][”\"’)]*\s+(?=[“\"‘(]?[A-Z0-9])|(?<!\s)\s*\n\s*")
_NUMBER = re.compile(r"(\d+)-(\d+)")

Found = tuple[str, Sequence[Span]]
"""The key of a thing and the characters that it stands on."""


def place(statement: Statement) -> Span:
    """The characters by which a statement is found again: its content."""
    return cover(statement.content_spans or statement.cue_spans or (statement.evidence,))


def number(figure: StatedFigure) -> Span:
    """The characters of the number of a figure, which its key tells."""
    found = _NUMBER.match(figure.key)
    return Span(int(found[1]), int(found[2])) if found else figure.span


def mentions(reference: Reference) -> list[Span]:
    """The characters that mean a reference, those of names first."""
    links = sorted(reference.mentions, key=lambda link: (link.form is not Form.NAME, link.span))
    return [link.span for link in links]


def in_article(resolved: Resolved) -> dict[str, list[Found]]:
    """All things of an article by what they are, with the characters that they stand on."""
    figures: dict[str, StatedFigure] = {f.key: f for s in resolved.statements for f in s.figures}
    return {
        "statement": [(s.key, [place(s)]) for s in resolved.statements],
        "figure": [(f.key, [number(f), f.span]) for f in figures.values()],
        "office": [(o.key, _shown(o)) for o in resolved.offices],
        "reference": [(r.key, mentions(r)) for r in resolved.references],
    }


def _shown(office: OfficeHeld) -> list[Span]:
    return [office.evidence] if office.evidence is not None else []


def find(things: Iterable[Found], span: Span, hint: str) -> str | None:
    """The key of the thing that stands on ``span``: one that stands on just these characters before one that shares most with them,
    and among equals the one that was called ``hint``.
    """
    best: tuple[float, bool, str] | None = None
    for key, spans in things:
        share = max((_common(span, s) for s in spans), default=0.0)
        rank = (share, key == hint, key)
        if share >= _ENOUGH and (best is None or rank > best):
            best = rank
    return best[2] if best is not None else None


def _common(one: Span, other: Span) -> float:
    both = min(one.end, other.end) - max(one.start, other.start)
    return both / (max(one.end, other.end) - min(one.start, other.start)) if both > 0 else 0.0


def sentence(text: str, span: Span) -> Span:
    """``span`` as far as the sentences reach in which it begins and ends.

    >>> sentence("It rained. Forty boats sank. Men swam.", Span(11, 16))
    Span(start=11, end=28)
    """
    first = max((m.end() for m in _BORDER.finditer(text, 0, span.start + 1) if m.end() <= span.start), default=0)
    behind = next((m for m in _BORDER.finditer(text, max(span.end - 1, 0)) if m.end() >= span.end), None)
    if behind is None:
        return Span(first, len(text.rstrip()) if len(text.rstrip()) >= span.end else span.end)
    last = behind.start() + len(behind.group().rstrip())
    return Span(first, max(span.end, last))
