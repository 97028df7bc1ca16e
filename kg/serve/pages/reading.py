"""The text of an article in runs: where source, cue and content of its statements stand, to the character."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from kg.view.data import Mark, Statement

_WEIGHT = {Mark.CUE: 0, Mark.SOURCE: 1, Mark.CONTENT: 2}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, and the character of the text at which it begins."""

    start: int
    runs: list[Run]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters under one mark; one run of each statement ``leads`` to it: its cue, or its first where it has none."""

    text: str
    mark: str = ""
    statement: str = ""
    leads: bool = False


def paragraphs(text: str, statements: Iterable[Statement]) -> list[list[Run]]:
    """The lines of a text that are not empty, each in runs that make it up again.

    Where marks overlap the stronger wins, then that of the shorter statement, as of one inside another.
    """
    return [line.runs for line in lines(text, statements)]


def lines(text: str, statements: Iterable[Statement]) -> list[Line]:
    """The same, with where each line begins."""
    found = [Line(0, [])]
    place = 0
    for run in runs(text, statements):
        for at, piece in enumerate(run.text.split("\n")):
            if at:
                place += 1
                found.append(Line(place, []))
            if piece:
                found[-1].runs.append(Run(piece, run.mark, run.statement, run.leads and not at))
            place += len(piece)
    return [line for line in found if any(run.text.strip() for run in line.runs)]


def runs(text: str, statements: Iterable[Statement]) -> list[Run]:
    """A text in runs, in order, none of them empty."""
    marks = sorted(
        (span.start, min(span.end, len(text)), _WEIGHT[mark], (one.end or 0) - (one.start or 0), mark, one.id)
        for one in statements
        for mark, span in one.spans
        if 0 <= span.start < min(span.end, len(text))
    )
    places = sorted({0, len(text), *(place for mark in marks for place in mark[:2])})
    found: list[Run] = []
    cued = {mark[5] for mark in marks if mark[4] is Mark.CUE}
    led: set[str] = set()
    opened: list[tuple[int, int, int, int, Mark, str]] = []
    ahead = 0
    for start, end in pairwise(places):
        opened = [mark for mark in opened if mark[1] > start]
        while ahead < len(marks) and marks[ahead][0] <= start:
            opened.append(marks[ahead])
            ahead += 1
        best = min(opened, key=lambda mark: (mark[2], mark[3], mark[5]), default=None)
        if best is None:
            found.append(Run(text[start:end]))
            continue
        mark, statement = best[4], best[5]
        leads = statement not in led and (mark is Mark.CUE or statement not in cued)
        found.append(Run(text[start:end], mark.value, statement, leads))
        if leads:
            led.add(statement)
    return found
