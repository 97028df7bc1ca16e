"""Which figures belong on one time line: those of one population and event, and those that a comparison ties together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.model import Verdict
from kg.view.data import Figure, ViewData

Point = tuple[str, int]
"""A figure: the id of its statement, and its position among the statement's figures."""

MOST = 60
"""Time lines that a page holds at most, those with the most disagreements first."""


@dataclass(frozen=True, slots=True)
class Lane:
    """The figures of one population over time; ``pairs`` are ids of the comparisons between them."""

    label: str
    points: tuple[Point, ...]
    pairs: tuple[str, ...]


def lanes(data: ViewData) -> tuple[Lane, ...]:
    """The time lines of at least two figures with a value or a bound, the most disputed first."""
    figures = {
        (statement.id, at): figure
        for statement in data.statements
        for at, figure in enumerate(statement.figures)
        if figure.value is not None or figure.low is not None or figure.high is not None
    }
    root = {point: point for point in figures}

    def find(point: Point) -> Point:
        while root[point] != point:
            root[point] = root[root[point]]
            point = root[point]
        return point

    first: dict[tuple[str, ...], Point] = {}
    for point, figure in figures.items():
        if figure.population:
            same = first.setdefault(_key(figure), point)
            root[find(point)] = find(same)
    of: dict[str, list[tuple[Point, Figure]]] = {}
    for point, figure in figures.items():
        of.setdefault(point[0], []).append((point, figure))
    ends: dict[str, tuple[Point, Point, Verdict]] = {}
    for pair in data.comparisons:
        left, right = _point(of, pair.left, pair.left_figure), _point(of, pair.right, pair.right_figure)
        if pair.verdict is not Verdict.NOT_COMPARABLE and left and right:
            ends[pair.id] = (left, right, pair.verdict)
            root[find(left)] = find(right)
    members: dict[Point, list[Point]] = {}
    for point in figures:
        members.setdefault(find(point), []).append(point)
    tied: dict[Point, list[str]] = {}
    disputes: Counter[Point] = Counter()
    for key, (left, _right, verdict) in ends.items():
        tied.setdefault(find(left), []).append(key)
        disputes[find(left)] += verdict in (Verdict.CONTRADICTS, Verdict.REVISES)
    found = [
        (
            -disputes[key],
            -len(points),
            Lane(_label([figures[p] for p in points]), tuple(points), tuple(tied.get(key, ()))),
        )
        for key, points in members.items()
        if len(points) > 1
    ]
    return tuple(lane for _, _, lane in sorted(found, key=lambda one: (*one[:2], one[2].label, one[2].points))[:MOST])


def _key(figure: Figure) -> tuple[str, ...]:
    return tuple(" ".join(part.lower().split()) for part in (figure.population, figure.event, figure.unit))


def _point(of: dict[str, list[tuple[Point, Figure]]], statement: str, figure: Figure) -> Point | None:
    return next((point for point, known in of.get(statement, ()) if known == figure), None)


def _label(figures: list[Figure]) -> str:
    """The commonest population, event and place."""
    parts = []
    for field in ("population", "event", "place"):
        values = Counter(value for figure in figures if (value := getattr(figure, field)))
        if values:
            parts.append(min(values, key=lambda value: (-values[value], value)))
    return " · ".join(parts) or figures[0].unit or "figures"
