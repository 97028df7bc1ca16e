"""The chart of figures tells the truth: every figure stands at its date, with its bounds, its unit and a row in the table."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import chromium
import pytest
from test_browser import PICTURES, opened

from kg.model import Comparator, EntityType, Verdict
from kg.view.data import Article, Comparison, Figure, Node, Statement, TimeLine, ViewData

DAYS = ("2015-02", "2015-04-16", "2015-04-21", "2015-04-21", "2015-04-22", "2015-04-23", "2015-06-06", "2015", "")
VALUES = (20, 50, 30, 31, 32, 40, 60, 45, 44)


@pytest.fixture
def crowded() -> ViewData:
    """Nine figures of one population, five of them within a week, one of a month, one of a year, one without a date."""
    nodes = tuple(Node(f"e{at}", f"Speaker number {at}", EntityType.PERSON) for at in range(len(DAYS)))
    figures = tuple(
        Figure(
            f"{'around ' if at == 2 else 'more than ' if at == 6 else ''}{value} women",
            f"f{at}",
            value=value,
            low=value,
            high=None if at == 6 else value,
            comparator=(Comparator.ABOUT if at == 2 else Comparator.MORE if at == 6 else Comparator.EQUAL),
            unit="people",
            population="women",
            event="kill",
            as_of="2014-12" if at == 4 else None,
        )
        for at, value in enumerate(VALUES)
    )
    statements = tuple(
        Statement(f"s{at}", f"e{at}", f"Speaker number {at}", f"{figures[at].text} had been killed", "a", said_on=day, figures=(figures[at],))
        for at, day in enumerate(DAYS)
    )  # fmt: skip
    pairs = tuple(
        Comparison(f"c{at}", f"s{one}", f"s{two}", "", "", figures[one], figures[two], verdict, "Told.")
        for at, (one, two, verdict) in enumerate(
            ((1, 2, Verdict.CONTRADICTS), (2, 6, Verdict.REVISES), (3, 4, Verdict.AGREES))
        )
    )
    line = TimeLine(
        "Women killed", tuple((f"s{at}", f"f{at}") for at in range(len(DAYS))), "Killed: more and more.", DAYS
    )
    return ViewData(nodes, (), statements, pairs, (Article("a", "Counts", ""),), (line,))


def _middle(edtf: str) -> float:
    """Days since 1970 of the middle of a day, month or year."""
    parts = [int(part) for part in edtf.split("-")]
    year, month, day = (*parts, 0, 0)[:3]
    if day:
        return float((date(year, month, day) - date(1970, 1, 1)).days)
    first = date(year, month or 1, 1)
    after = date(year + 1, 1, 1) if not month or month == 12 else date(year, month + 1, 1)
    return ((first - date(1970, 1, 1)).days + (after - date(1970, 1, 1)).days - 1) / 2


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_browser_every_figure_stands_at_its_date(
    browser: chromium.Browser, crowded: ViewData, tmp_path: Path, size: tuple[int, int]
) -> None:
    with opened(browser, crowded, tmp_path, size=size) as page:
        page.key("g")
        ticks: list[dict[str, Any]] = page.ask(
            "[...document.querySelectorAll('#chart .tick[data-day]')].map(t => ({day: +t.dataset.day, x: +t.dataset.x}))"
        )
        assert len(ticks) > 1
        scale = (ticks[-1]["x"] - ticks[0]["x"]) / (ticks[-1]["day"] - ticks[0]["day"])
        drawn = page.ask(
            "[...document.querySelectorAll('#chart .figure')].map(f => [f.dataset.statement, f.dataset.date,"
            " +f.querySelector('circle.halo').getAttribute('cx'), f.getAttribute('aria-label')])"
        )
        assert len(drawn) == len(DAYS)
        for statement, day, x, label in drawn:
            assert day == DAYS[int(statement)], "the date of the story, not what the figure is as of"
            if day:
                assert x == pytest.approx(ticks[0]["x"] + (_middle(day) - ticks[0]["day"]) * scale, abs=0.5), label
            else:
                assert x < ticks[0]["x"]
                assert label.endswith("no date")
        page.picture(PICTURES / f"chart-{size[0]}.png")


def test_browser_names_on_the_chart_dodge_one_another(
    browser: chromium.Browser, crowded: ViewData, tmp_path: Path
) -> None:
    with opened(browser, crowded, tmp_path) as page:
        page.key("g")
        boxes = page.ask(
            "[...document.querySelectorAll('#chart .number')].map(t => { const b = t.getBoundingClientRect();"
            " return [b.left, b.right, b.top, b.bottom]; })"
        )
        assert len(boxes) == len(DAYS), "every figure has its number"
        for (left, right, top, foot), (left2, right2, top2, foot2) in combinations(boxes, 2):
            assert right <= left2 + 1 or right2 <= left + 1 or foot <= top2 + 1 or foot2 <= top + 1


def test_browser_chart_draws_tolerance_bounds_and_three_verdicts(
    browser: chromium.Browser, crowded: ViewData, tmp_path: Path
) -> None:
    with opened(browser, crowded, tmp_path) as page:
        page.key("g")
        assert page.ask("document.querySelectorAll('#chart .figure .range.about').length") == 1
        assert page.ask("document.querySelectorAll('#chart .figure path.open').length") == 1
        assert page.ask("document.querySelectorAll('#chart .figure .vague').length") == 2, "a month and a year"
        looks = page.ask(
            "[...document.querySelectorAll('#chart .tie')].map(t => { const s = getComputedStyle(t);"
            " return [t.classList[1], s.stroke, s.strokeDasharray]; })"
        )
        assert [name for name, *_ in looks] == ["contradicts", "revises", "agrees"]
        assert len({ink for _, ink, _ in looks}) == len({dashes for *_, dashes in looks}) == 3


def test_browser_a_table_beside_the_chart_has_every_figure_whole(
    browser: chromium.Browser, crowded: ViewData, tmp_path: Path
) -> None:
    with opened(browser, crowded, tmp_path) as page:
        page.key("g")
        rows = page.ask(
            "[...document.querySelectorAll('#chart .figures-table tbody tr')].map(r => [...r.children].map(c => c.innerText))"
        )
        assert rows[1] == ["16 Apr 2015", "50 women", "Speaker number 1"]
        assert rows[2] == ["21 Apr 2015", "around 30 women", "Speaker number 2"]
        assert len(rows) == len(DAYS)
        page.press("#chart .figures-table tbody button")
        page.wait("Shell.state().choice.view === 'statement' && !document.getElementById('chart').open")
        assert "20 women killed" in page.ask("document.querySelector('#panel .figures').innerText")
