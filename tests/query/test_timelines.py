"""Time lines: which figures belong together, how the story is told, and the chart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.compare import dates
from kg.errors import QueryError
from kg.export import chart
from kg.model import Claim, Comparator
from kg.pipeline import build
from kg.query import timelines
from kg.query.timelines import Point, TimeLine
from kg.read import samples
from kg.store import Store

SVG = "{http://www.w3.org/2000/svg}"


def claim(value: float, on: str | None, comparator: str = "=", **fields: object) -> Claim:
    words = {"=": "", "~": "around ", ">": "more than ", "≤": "up to "}[comparator]
    kind = Comparator(comparator)
    given: dict[str, object] = {
        "statement": f"s{value}{on}", "figure": f"f{value}{on}", "article": f"a{on}", "speaker": "x", "speaker_name": "Red Cross", "said_on": on,
        "published": None, "value": value, "low": None if comparator == "≤" else value, "high": None if comparator == ">" else value,
        "comparator": kind, "text": f"{words}{value:g}", "unit": "people", "population": "miners", "event": "kill", "places": ("Peru",),
    }  # fmt: skip
    return Claim(**(given | fields))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.open() as opened:
        build(samples(), store=opened)
        yield opened


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ([(22, "2020-02", "="), (40, "2020-04", "~"), (45, "2020-09", "=")],
         "22 in February 2020, around 40 in April, 45 in September: about doubled in seven months"),
        ([(20, "2020-02-01", "="), (60, "2021-02-01", "=")], "20 on 1 February 2020, 60 on 1 February 2021: tripled in twelve months"),
        ([(60, "2020-02", "="), (30, "2020-03", "=")], "60 in February 2020, 30 in March: halved in one month"),
        ([(50, "2020-02", "="), (80, "2020-03", "="), (50, "2020-04", "=")],
         "50 in February 2020, 80 in March, 50 in April: back where it began in two months"),
        ([(50, "2020-02", "="), (90, "2020-03", "="), (60, "2020-04", "=")],
         "50 in February 2020, 90 in March, 60 in April: up by about 20 percent, with 90 the highest in two months"),
    ],
)  # fmt: skip
def test_story_says_how_it_moved(row: list[tuple[float, str, str]], told: str) -> None:
    assert timelines.story([claim(*r) for r in row]) == told


def test_story_leaves_unofficial_figures_out() -> None:
    row = [claim(22, "2020-02"), claim(500, "2020-03", unofficial=True), claim(44, "2020-04")]
    assert timelines.story(row) == "22 in February 2020, 44 in April: doubled in two months"


def test_story_of_two_counts_on_one_day_tells_of_no_movement() -> None:
    row = [
        claim(200, "2020-05-05", speaker_name="the police"),
        claim(2000, "2020-05-05", speaker_name="the organizers"),
    ]
    assert timelines.story(row) == "200 on 5 May 2020, 2000 on 5 May: counts of one time, 1,800 apart"


@pytest.mark.parametrize("day", [None, "2020-05-05"])
def test_story_of_figures_of_one_day_or_of_no_known_day_tells_of_no_movement(day: str | None) -> None:
    row = [claim(6, day, speaker_name="the police"), claim(30, day, speaker_name="the police")]
    assert timelines.story(row).split(": ")[0].startswith("6")
    assert ":" not in timelines.story(row)


def test_lines_keep_places_and_people_apart() -> None:
    row = [
        claim(22, "2020-02"),
        claim(40, "2020-04"),
        claim(9, "2020-04", places=("Chile",)),
        claim(7, "2020-05", population="women"),
    ]
    [line] = timelines.lines_of(row)
    assert [c.value for c in line] == [22, 40]


def test_figures_of_the_samples(store: Store) -> None:
    lines = {line.title: line for line in timelines.figures(store)}
    killed = lines["Kyrgyz citizens killed in Syria and Iraq"]
    assert (
        killed.story
        == "Killed: 22 in February 2015, around 40 in April, 45 on 9 September: about doubled in seven months."
    )
    for line in lines.values():
        assert len(line.points) > 1
        assert [dates.middle(p.at or "") for p in line.points] == sorted(dates.middle(p.at or "") for p in line.points)
    texts = {a.id: a.text for a in samples()}
    for point in killed.points:
        assert (
            point.text.split()[-1] in next(t for i, t in texts.items() if i in point.article)[point.start : point.end]
        )


def test_figures_about_finds_by_words(store: Store) -> None:
    assert [line.title for line in timelines.figures(store, "killed")] == ["Kyrgyz citizens killed in Syria and Iraq"]
    assert [line.population for line in timelines.figures(store, "women syria")] == ["women"]
    assert timelines.figures(store, "volcano") == []


def test_offices_of_a_person_over_time(store: Store) -> None:
    [office] = timelines.offices(store, "mambetaliev")
    assert (office.role, office.first, office.last) == ("head", "2015-02", "2015-04-21")


def test_statements_of_an_actor_over_time(store: Store) -> None:
    found = timelines.statements(store, "Sula")
    assert [s.at or "" for s in found] == sorted(s.at or "" for s in found)
    assert {s.at for s in found} >= {"2015-01-15", "2015-11-15"}
    with pytest.raises(QueryError, match="Nobody called"):
        timelines.statements(store, "Zzz")


# ── the chart ──────────────────────────────────────────────────────────────────────────────────────────────────────


def point(value: float, at: str, comparator: str, unofficial: bool, speaker: str) -> Point:
    low = None if comparator in ("≤", "<") else value * (0.9 if comparator == "~" else 1)
    high = None if comparator in (">", "≥") else value * (1.1 if comparator == "~" else 1)
    return Point(
        at,
        value,
        low,
        high,
        comparator,
        f"{comparator}{value:g}",
        speaker,
        speaker,
        unofficial,
        False,
        "s",
        "f",
        "a",
        0,
        1,
    )


points = st.builds(
    point,
    st.one_of(st.integers(0, 500), st.integers(1, 10**9)),
    st.one_of(
        st.dates().map(lambda d: d.isoformat()),
        st.sampled_from(["2015", "2015-04", "2015-04-21", "2015-04-22", "2015-11"]),
    ),
    st.sampled_from(["=", "~", ">", "≥", "<", "≤"]),
    st.booleans(),
    st.text(max_size=60),
)


def line(found: list[Point], title: str = "Miners killed") -> TimeLine:
    return TimeLine("id", title, "miners", "kill", "people", (), tuple(found), "Killed: many.")


@settings(max_examples=80, deadline=None)
@given(st.lists(points, min_size=1, max_size=14))
def test_chart_labels_cover_nothing(found: list[Point]) -> None:
    root = ElementTree.fromstring(chart.svg([line(found)]))
    boxes = []
    for text in root.iter(f"{SVG}text"):
        if text.get("paint-order") is None:
            continue
        wide = len(text.text or "") * 6.6
        x, y = float(text.get("x", 0)), float(text.get("y", 0))
        left = x - {"start": 0, "end": wide, "middle": wide / 2}[text.get("text-anchor", "start")]
        boxes.append((left, y - 10, left + wide, y + 2))
    for i, a in enumerate(boxes):
        assert a[0] >= 0
        assert a[2] <= chart.WIDTH
        for b in boxes[:i]:
            assert a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3]


def test_chart_escapes_and_describes() -> None:
    evil = point(5, "2015-04-21", "=", False, "</text><script>alert(1)</script>\x00")
    text = chart.svg([line([evil], title="<b>&amp;\x01")])
    root = ElementTree.fromstring(text)
    assert not list(root.iter(f"{SVG}script"))
    assert "script" in "".join(t.text or "" for t in root.iter(f"{SVG}text"))
    assert root.find(f"{SVG}desc") is not None
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_chart_without_dates_or_figures_is_still_a_picture() -> None:
    undated = Point(None, 3, 3, 3, "=", "3", "x", "x", False, False, "s", "f", "a", 0, 1)
    for lines in ([], [line([undated])]):
        ElementTree.fromstring(chart.svg(lines))


def test_chart_draws_each_figure_and_open_ends(tmp_path: Path) -> None:
    found = [
        point(330, "2015-04-21", ">", False, "A"),
        point(500, "2015-04", "≤", True, "B"),
        point(339, "2015-04-16", "=", False, "C"),
    ]
    root = ElementTree.fromstring(chart.svg([line(found)]))
    circles = list(root.iter(f"{SVG}circle"))
    assert [c.get("fill") == "#ffffff" for c in circles] == [False, True, False]
    assert (
        len([g for g in root.iter(f"{SVG}g") if g.find(f"{SVG}title") is not None and g.find(f"{SVG}path") is not None])
        == 2
    )
