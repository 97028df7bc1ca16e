"""How a story moved: the figures of one population over time.

A time line of figures holds all claims that :mod:`kg.compare` finds comparable, each with its speaker and bounds, and a
sentence that says how they moved.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg import compare
from kg.compare import dates
from kg.compare.wording import doing, figure
from kg.compare.wording.owners import owner
from kg.english.events import event
from kg.model import Claim, digest
from kg.query.timelines.placing import Told
from kg.query.timelines.placing import told as read
from kg.store import Store

UNTOLD = 100
"""So many times apart, the ends of a time line are not told as a movement."""

_NAME = re.compile(r"[A-Z]\w")

LOOK_BACK = 40
"""With so many earlier figures, the nearest in time, is a figure held against to find its time line."""


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a time line. ``at`` is EDTF; ``low`` and ``high`` are the literal bounds (``None`` is open); ``start``
    and ``end`` are the characters of the figure in ``article``; ``reported`` marks a date that is only the report's.
    """

    at: str | None
    value: float | None
    low: float | None
    high: float | None
    comparator: str
    text: str
    speaker: str | None
    speaker_name: str
    unofficial: bool
    reported: bool
    statement: str
    figure: str
    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TimeLine:
    """The figures of one population in order of date, and ``story``, a sentence that says how they moved."""

    id: str
    title: str
    population: str
    event: str
    unit: str
    places: tuple[str, ...]
    points: tuple[Point, ...]
    story: str


def figures(store: Store, about: str | None = None, *, told: Told | None = None) -> list[TimeLine]:
    """The time lines with at least two figures, the longest first. ``about`` keeps those whose title, event, population
    or places hold each of its words ("killed", "women Syria"). ``told`` are the figures of all articles, where they are read
    already.
    """
    told = read(store) if told is None else told
    lines = [line_of(members, told.spans) for members in lines_of(told.claims)]
    kept = [line for line in lines if about is None or _matches(line, about)]
    return sorted(kept, key=lambda line: (-len(line.points), line.title, line.id))


def lines_of(claims: Iterable[Claim]) -> list[list[Claim]]:
    """The claims of each time line in order of date: those tied by chains of comparable figures, at least two."""
    groups: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        at = compare.block(claim)
        if at is not None and compare.interval(claim) is not None:
            groups[at].append(claim)
    out = []
    for _, members in sorted(groups.items()):
        line = compare.once(sorted(members, key=dates.order))
        out += [chain for chain in _chains(line) if len(chain) > 1]
    return out


def _chains(line: Sequence[Claim]) -> list[list[Claim]]:
    """Connected components under comparability, looking back at the nearest claims only."""
    root = list(range(len(line)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for i, later in enumerate(line):
        for j in range(max(0, i - LOOK_BACK), i):
            if find(i) != find(j) and compare.difference(line[j], later) is None:
                root[find(i)] = find(j)
    chains: dict[int, list[Claim]] = defaultdict(list)
    for i, claim in enumerate(line):
        chains[find(i)].append(claim)
    return [chains[k] for k in sorted(chains)]


def line_of(members: Sequence[Claim], spans: dict[str, tuple[int, int]]) -> TimeLine:
    """The time line of figures, given from early to late."""
    population = _commonest([c.population for c in members if c.population])
    places = tuple(place for place, _ in Counter(p for c in members for p in c.places).most_common(3))
    lead = Counter(c.event for c in members).most_common(1)[0][0]
    typical = next(c for c in members if c.event == lead)
    title = figure.subject(typical, population, places)
    whose = _commonest([owner(c) for c in members if _NAME.search(owner(c))])
    if whose and whose not in title:
        title = f"{title} ({whose})"
    points = tuple(_point(c, spans) for c in members)
    head = figure.capital(event(lead).participle) if lead and doing.passive(typical) else title
    return TimeLine(
        id=digest(*sorted(c.figure for c in members)),
        title=title,
        population=population,
        event=lead,
        unit=typical.unit,
        places=places,
        points=points,
        story=f"{head}: {story(members)}.",
    )


def _commonest(names: Sequence[str]) -> str:
    """The most frequent name, of those the longest, so that the title says most."""
    counted = Counter(names)
    return max(counted, key=lambda n: (counted[n], len(n), n), default="")


def _point(c: Claim, spans: dict[str, tuple[int, int]]) -> Point:
    found = compare.interval(c)
    assert found is not None
    low, high = (None if abs(end) == float("inf") else round(end, 6) for end in (found.low, found.high))
    start, end = spans.get(c.figure, (0, 0))
    return Point(
        at=dates.when(c), value=c.value, low=low, high=high, comparator=c.comparator.value, text=figure.number(c), speaker=c.speaker,
        speaker_name=c.speaker_name, unofficial=c.unofficial, reported=c.said_on is None, statement=c.statement, figure=c.figure,
        article=c.article, start=start, end=end,
    )  # fmt: skip


def story(members: Sequence[Claim]) -> str:
    """How a row of figures moved: "22 in February 2015, around 40 in April, 45 in September: doubled in seven months".

    Unofficial figures and what does not differ from the last figure told are left out; of a long row the ends and the
    extremes are told.
    """
    dated = (
        [c for c in members if dates.when(c) and not c.unofficial]
        or [c for c in members if dates.when(c)]
        or list(members)
    )
    told = [dated[0], *(b for a, b in pairwise(dated) if figure.number(a) != figure.number(b))]
    if len(told) > 6:
        middle = told[1:-1]
        keep = {id(max(middle, key=_size)), id(min(middle, key=_size))}
        told = [told[0], *(c for c in middle if id(c) in keep), told[-1]]
    parts, before = [], None
    for c in told:
        when = dates.words(dates.when(c), beside=before)
        parts.append(f"{figure.number(c)} {when}".strip())
        before = dates.when(c)
    return ", ".join(parts) + _movement(dated)


def _movement(dated: Sequence[Claim]) -> str:
    first, last = dated[0], dated[-1]
    if len({c.unit for c in dated if c.unit.lower() not in ("person", "people", "")}) > 1:
        return ""  # a share and a number do not tell of one thing that moved
    start, end = _size(first), _size(last)
    days = dates.days_between(dates.when(first), dates.when(last))
    span = f" in {dates.length(days, exact=False)}" if days else ""
    sizes = [_size(c) for c in dated]
    if days == 0 and len({c.speaker_name for c in dated}) > 1 and min(sizes) < max(sizes):
        return f": counts of one time, {figure.amount(max(sizes) - min(sizes))} apart"  # nothing moved
    if len(dated) < 2 or min(start, end) <= 0 or (not days and min(sizes) < max(sizes)):
        return ""  # also of what is told of one day, or of nobody knows which
    ratio = end / start
    bounded = any(not _plain(c) for c in (first, last))
    if abs(ratio - 1) < 0.03:
        change = "unchanged" if max(sizes) == min(sizes) else "back where it began"
        return f": {change}{span}"
    times = max(ratio, 1 / ratio)
    if times >= UNTOLD:
        return ""  # figures so far apart do not tell of one thing that moved
    words = {2: ("doubled", "halved"), 3: ("tripled", "fell to a third"), 4: ("quadrupled", "fell to a quarter")}
    nearest = round(times)
    up = ratio > 1
    if abs(times - nearest) <= 0.08 * nearest and nearest in words:
        exactly = "" if times == nearest and not bounded else "about "
        told = words[nearest][0 if up else 1]
        said = f"fell to {exactly}{told.removeprefix('fell to ')}" if told.startswith("fell") else f"{exactly}{told}"
    elif times >= 4.5:
        said = f"{'up' if up else 'down'} about {nearest}-fold"
    else:
        said = f"{'up' if up else 'down'} by about {round(abs(ratio - 1) * 100)} percent"
    middle = sizes[1:-1]
    if middle and (max(middle) > 1.1 * max(start, end) or min(middle) < 0.9 * min(start, end)):
        said += (
            f", with {figure.amount(max(middle))} the highest"
            if max(middle) > max(start, end)
            else f", with {figure.amount(min(middle))} the lowest"
        )
    return f": {said}{span}"


def _size(c: Claim) -> float:
    for x in (c.value, c.low, c.high):
        if x is not None:
            return x
    return 0.0


def _plain(c: Claim) -> bool:
    return c.comparator.value in ("=",)


def _matches(line: TimeLine, about: str) -> bool:
    hay = " ".join(
        [line.title, line.event, event(line.event).group if line.event else "", line.population, *line.places]
    ).lower()
    if line.event:
        hay += " " + event(event(line.event).group).participle
    return all(word in hay for word in about.lower().split())
