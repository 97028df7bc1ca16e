"""Which figures belong on one time line: those of one population and event, and those that a comparison ties together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.compare.wording.figure import subject
from kg.model import Verdict
from kg.view import wording
from kg.view.data import Figure, Statement, TimeLine, ViewData

Point = tuple[str, int]
"""A figure: the id of its statement, and its position among the statement's figures."""

Ends = dict[str, tuple[Point, Point, Verdict]]
"""The two figures of each comparison and its verdict, by its id."""

MOST = 60
"""Time lines without an affair that a page holds at most, those with the most disagreements first."""

MOST_OF_ONE, MOST_OF_ALL = 24, 360
"""Time lines that a page holds of an affair, and of all affairs, at most."""


@dataclass(frozen=True, slots=True)
class Lane:
    """The figures of one population over time, each at its EDTF date or ``""``; ``pairs`` are ids of the comparisons
    between them, ``story`` tells how they moved, ``affair`` is the id of the affair that they are of."""

    label: str
    points: tuple[Point, ...]
    dates: tuple[str, ...]
    pairs: tuple[str, ...]
    story: str = ""
    affair: str = ""


def lanes(data: ViewData) -> tuple[Lane, ...]:
    """The time lines, the most disputed first: of affairs those of a figure or more, then those of at least two that are of
    none. Only figures with a value or a bound stand on them.
    """
    figures = {
        (statement.id, at): figure
        for statement in data.statements
        for at, figure in enumerate(statement.figures)
        if figure.value is not None or figure.low is not None or figure.high is not None
    }
    ends, days = _ends(data, figures), _dates(data)
    known = {(point[0], figure.id): point for point, figure in figures.items()}
    of_affairs: list[Lane] = []
    for affair in data.affairs:
        lines = [_given(line, known, days) for line in affair.lines]
        found = [_lane(*line, ends, days, affair.id) for line in lines if line[1]]
        of_affairs += _disputed(found, ends)[:MOST_OF_ONE]
    told = {point for lane in of_affairs for point in lane.points}
    lines = [_given(line, known, days) for line in data.timelines] if data.timelines else _gathered(data, figures, ends)
    alone = [_lane(*line, ends, days) for line in lines if len(line[1]) > 1 and not _twice(line[1], told)]
    return (*of_affairs[:MOST_OF_ALL], *_disputed(alone, ends)[:MOST])


def _twice(points: tuple[Point, ...], told: set[Point]) -> bool:
    """Whether most of a time line's figures stand in an affair already."""
    return 2 * sum(point in told for point in points) > len(points)


def _lane(
    label: str, points: tuple[Point, ...], story: str, ends: Ends, days: dict[Point, str], affair: str = ""
) -> Lane:
    inside = set(points)
    pairs = tuple(key for key, (left, right, _) in ends.items() if left in inside and right in inside)
    return Lane(label, points, tuple(days[point] for point in points), pairs, story, affair)


def _disputed(found: list[Lane], ends: Ends) -> list[Lane]:
    """The lanes with the most contradictions first, then the longest."""

    def rank(lane: Lane) -> tuple[int, int, str, tuple[Point, ...]]:
        disputes = sum(ends[key][2] is Verdict.CONTRADICTS for key in lane.pairs)
        return -disputes, -len(lane.points), lane.label, lane.points

    return sorted(found, key=rank)


def _ends(data: ViewData, figures: dict[Point, Figure]) -> Ends:
    """The two figures of each comparison, by its id."""
    of: dict[str, list[tuple[Point, Figure]]] = {}
    for point, figure in figures.items():
        of.setdefault(point[0], []).append((point, figure))
    ends: Ends = {}
    for pair in data.comparisons:
        left, right = _point(of, pair.left, pair.left_figure), _point(of, pair.right, pair.right_figure)
        if pair.verdict is not Verdict.NOT_COMPARABLE and left and right:
            ends[pair.id] = (left, right, pair.verdict)
    return ends


def _dates(data: ViewData) -> dict[Point, str]:
    """The date of each figure as a story takes it: said on, else as of, else published."""
    published = {article.id: article.published for article in data.articles}
    return {
        (statement.id, at): statement.said_on or figure.as_of or published.get(statement.article, "")
        for statement in data.statements
        for at, figure in enumerate(statement.figures)
    }


def _given(
    line: TimeLine, known: dict[tuple[str, str], Point], days: dict[Point, str]
) -> tuple[str, tuple[Point, ...], str]:
    """A time line that the data bring, as far as the page knows its figures; their dates go into ``days``."""
    days |= {known[key]: day for key, day in zip(line.figures, line.dates, strict=False) if key in known}
    return line.title, tuple(known[key] for key in line.figures if key in known), line.story


def _gathered(data: ViewData, figures: dict[Point, Figure], ends: Ends) -> list[tuple[str, tuple[Point, ...], str]]:
    """Figures of one population, event and unit, and those that a comparison ties to them."""
    root = {point: point for point in figures}

    def find(point: Point) -> Point:
        while root[point] != point:
            root[point] = root[root[point]]
            point = root[point]
        return point

    first: dict[tuple[str, ...], Point] = {}
    for point, figure in figures.items():
        if figure.population:
            root[find(point)] = find(first.setdefault(_key(figure), point))
    for left, right, _ in ends.values():
        root[find(left)] = find(right)
    members: dict[Point, list[Point]] = {}
    for point in figures:
        members.setdefault(find(point), []).append(point)
    statements = {statement.id: statement for statement in data.statements}
    return [
        (_label([(figures[point], statements[point[0]]) for point in points]), tuple(points), "")
        for points in members.values()
    ]


def _key(figure: Figure) -> tuple[str, ...]:
    return tuple(" ".join(part.lower().split()) for part in (figure.population, figure.event, figure.unit))


def _point(of: dict[str, list[tuple[Point, Figure]]], statement: str, figure: Figure) -> Point | None:
    return next((point for point, known in of.get(statement, ()) if known == figure), None)


def _label(figures: list[tuple[Figure, Statement]]) -> str:
    """What the figures count, in a few words: the commonest population, event and place ("Homes lost in Manabí")."""
    common = {}
    for field in ("population", "event", "place", "unit"):
        values = Counter(value for figure, _ in figures if (value := getattr(figure, field)))
        common[field] = min(values, key=lambda value: (-values[value], value)) if values else ""
    typical = next((one for one in figures if one[0].event == common["event"]), figures[0])
    noun = common["population"].strip() or common["unit"] or "figures"
    where = tuple(place for place in common["place"].split(", ") if place)
    return subject(wording.claim(*typical), noun, where)
