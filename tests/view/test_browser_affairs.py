"""The first screen tells affairs: what is counted in them, who gave it, how it lies; and what a reader asks is few clicks away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import chromium
import pytest
from conftest import HOSTILE, hostile
from test_browser import PICTURES, _drawn, _node, _panel, opened

from kg.model import Article as Read
from kg.pipeline import build
from kg.store import Store
from kg.view import from_store
from kg.view.data import Affair, Article, Figure, Statement, TimeLine, ViewData
from kg.view.wording import claim, words

PRESS = Path(__file__).parents[3] / "shared" / "data" / "press_dev.jsonl"
ROWS = "[...document.querySelectorAll('#panel .story-row h4')].map(one => one.innerText)"


@pytest.fixture
def told(flood: ViewData) -> ViewData:
    """The flood as an affair of two counted things; beside it a counted thing of no affair."""
    boats = [Figure(f"{n} boats", f"b{n}", value=n, low=n, high=n, population="boats", unit="boat") for n in (3, 5)]
    said = tuple(
        Statement(f"boat{at}", "e/vera", "Tomás Vera", f"{figure.text} came", "a4", figures=(figure,), said_on=f"2021-05-0{at + 1}")
        for at, figure in enumerate(boats)
    )  # fmt: skip
    homes = TimeLine(
        "Homes destroyed",
        (("s1", ""), ("s2", ""), ("s7", "")),
        "Lost: more than 120, then 180.",
        ("2021-03-02", "2021-03-04", "2021-04-01"),
    )
    missing = TimeLine("Missing", (("s4", ""),), "", ("2021-03-05",))
    affair = Affair(
        "affair/1", "Flood in Manabí (2021-03-02 – 2021-04-01)", "flood", ("a1", "a2", "a3"), (missing, homes)
    )
    loose = TimeLine("Boats", (("boat0", "b3"), ("boat1", "b5")), "", ("2021-05-01", "2021-05-02"))
    return replace(
        flood, statements=flood.statements + said, articles=(*flood.articles, Article("a4", "Boats", "2021-05-03", "Gaceta")),
        timelines=(loose, replace(homes, title="Homes lost")), affairs=(affair,),
    )  # fmt: skip


@pytest.fixture
def page(browser: chromium.Browser, told: ViewData, tmp_path: Path) -> Iterator[chromium.Browser]:
    with opened(browser, told, tmp_path, fragment="") as one:
        yield one


def test_browser_an_affair_is_a_row_with_its_days_speakers_verdicts_and_counted_things(page: chromium.Browser) -> None:
    assert page.ask(ROWS) == ["Flood in Manabí", "Boats"], "what stands in an affair does not stand beside it again"
    row = page.ask("document.querySelector('#panel .story-row').innerText")
    assert "Flood · 2 Mar – 1 Apr 2021 · 3 articles · 5 speakers" in row
    assert "More than 120, then 180." in row
    drawn = page.ask("document.querySelector('#panel .story-row .small-line').getAttribute('aria-label')")
    for one in ("more than 120 Lucía Paredes", "at least 210 Red Cross", "180 Interior Ministry"):
        assert one in drawn
    slots = page.ask("[...document.querySelectorAll('#panel .story-row .slot')].map(one => one.innerText)")
    assert [re.sub(r"\s+", " ", slot) for slot in slots] == ["Missing about 9 unnamed rescuers"]
    chips = page.ask(
        "[...document.querySelectorAll('#panel .story-row .tag')].map(one => [one.className, one.innerText])"
    )
    assert ["tag contradicts", "1 contradiction"] in chips
    assert ["tag agrees", "1 agreement"] in chips
    inks = page.ask("[...document.querySelectorAll('#panel .story-row .tag')].map(one => getComputedStyle(one).color)")
    assert len(set(inks)) == 2
    page.picture(PICTURES / "affair-row.png")


def test_browser_an_affair_has_a_view_and_an_address_of_its_own(page: chromium.Browser) -> None:
    page.press("#panel .story-row .whole")
    text = _panel(page)
    for one in (
        "Affair",
        "Flood in Manabí",
        "How it moved",
        "Counted once",
        "Compared",
        "Who speaks",
        "Articles",
        "Published by:",
    ):
        assert one in text
    assert "affair" in page.ask("location.hash")
    assert page.ask("Shell.graph().nodes.findIndex(node => node.id === 'e/red-cross')") in _drawn(page)["nodes"]
    page.picture(PICTURES / "affair.png")
    page.press("#panel .chart")
    page.wait("document.getElementById('chart').open")
    assert page.ask("document.querySelector('#chart h2').innerText") == "Flood in Manabí"
    assert page.ask("document.querySelectorAll('#chart .lane-of-figures svg').length") == 1
    assert page.ask("document.querySelectorAll('#chart .figures-table tbody tr').length") == 3
    page.key("Escape")
    page.do("history.back()")
    page.wait("Shell.state().choice.view === 'overview'")


def test_browser_publishers_and_places_are_chips_that_lead_on(page: chromium.Browser, told: ViewData) -> None:
    page.press("#panel .chip.publisher")
    assert page.ask("Shell.state().choice.view") == "publisher"
    text = _panel(page)
    assert "Gaceta" in text
    assert "Counting the losses" in text
    assert "Whom it quotes" in text
    assert "publisher" in page.ask("location.hash")
    page.do("Shell.open({view: 'statement', statement: 1})")
    assert page.ask("document.querySelector('#panel .card .chip.publisher').innerText") == "Gaceta"
    assert page.ask("document.querySelector('#panel .card .chip.place').innerText") == "Manabí"
    page.press("#panel .card .chip.place")
    assert page.ask("Shell.state().choice.node") == _node(told, "e/manabi")


def test_browser_the_strip_of_two_figures_has_a_scale(page: chromium.Browser) -> None:
    page.press("#panel .story-row .tag.contradicts")
    ticks = page.ask(
        "[...document.querySelectorAll('#panel .scale .tick[data-value]')].map(t => [+t.dataset.value, +t.getAttribute('x')])"
    )
    assert len(ticks) >= 2
    (one, left), (other, right) = ticks[0], ticks[-1]
    x = page.ask("+document.querySelector('#panel .scale .lane.right .dot').getAttribute('cx')")
    assert x == pytest.approx(left + (180 - one) * (right - left) / (other - one), abs=0.5)
    assert page.ask("document.querySelector('#panel .scale .counted').textContent") == "homes"
    assert page.ask("getComputedStyle(document.querySelector('#panel .head .cue')).backgroundColor") != "rgb(0, 0, 0)"


class Watch:
    """Counts clicks as a reader makes them."""

    def __init__(self, page: chromium.Browser) -> None:
        self.page = page
        self.clicks = 0

    def press(self, selector: str) -> None:
        self.clicks += 1
        self.page.press(selector)


def test_browser_stopwatch_in_clicks(page: chromium.Browser, told: ViewData) -> None:
    watch = Watch(page)
    watch.press("#panel .story-row .both")
    assert "The Red Cross counted at least 210 homes destroyed" in _panel(page)
    assert "The Interior Ministry announced that 180 homes were destroyed" in _panel(page)
    assert watch.clicks == 1, "figures and both sentences of a disagreement"
    page.do("Shell.open({view: 'overview'})")

    watch = Watch(page)
    page.page.get_by_role("button", name="Lucía Paredes", exact=True).first.click()
    watch.clicks += 1
    said = page.ask("document.querySelectorAll('#panel .card:not(.pair)[data-statement]').length")
    assert said >= 2
    assert watch.clicks == 1, "all that one person said"
    page.do("Shell.open({view: 'overview'})")

    watch = Watch(page)
    watch.press("#panel .story-row .chart")
    assert page.ask("document.querySelectorAll('#chart .figures-table tbody tr').length") == 3
    assert watch.clicks == 1, "how a number moved"
    page.key("Escape")

    watch = Watch(page)
    watch.press("#panel .beside .chip.place")
    place = page.ask("Shell.state().choice.node")
    about = sum(told.nodes[place].id in one.about for one in told.statements)
    assert page.ask("document.querySelectorAll('#panel .card[data-statement]').length") == about == 4
    assert watch.clicks == 1, "statements about a place, all of them"
    page.do("Shell.open({view: 'overview'})")

    watch = Watch(page)
    page.do("document.getElementById('search').focus()")
    page.type("Manabí")
    page.wait("document.querySelector('#hits li')")
    watch.press("#hits li")
    assert page.ask(f"Shell.state().choice.node === {_node(told, 'e/manabi')}")
    voice = page.ask("document.querySelector('#panel .voice').innerText")
    assert "Lucía Paredes, governor" in voice
    assert "2 Mar 2021" in voice
    assert watch.clicks == 1, "who speaks for a body, with dates"


def test_browser_places_beyond_the_first_ten_are_two_clicks_away(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    place = next(node for node in flood.nodes if node.id == "e/chone")
    more = tuple(replace(place, id=f"e/p{at}", name=f"Place {at}") for at in range(14))
    said = tuple(
        Statement(f"p{at}", "e/vera", "Tomás Vera", "it rained", "a1", about=(node.id,)) for at, node in enumerate(more)
    )
    data = replace(flood, nodes=flood.nodes + more, statements=flood.statements + said)
    with opened(browser, data, tmp_path, fragment="") as page:
        page.press("#panel .chips .more")
        page.page.get_by_role("button", name="Place 13 1", exact=True).click()
        assert page.ask("Shell.graph().nodes[Shell.state().choice.node].name") == "Place 13"


def test_browser_a_figure_placed_somewhere_is_told_there_too(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    told = tuple(replace(one, about=()) if one.id == "s7" else one for one in flood.statements)
    with opened(browser, replace(flood, statements=told), tmp_path, fragment="") as page:
        page.do(f"Shell.open({{view: 'node', node: {_node(flood, 'e/manabi')}}})")
        assert "Figures from there" in _panel(page)
        assert "180 homes were destroyed" in _panel(page)


def test_browser_a_giant_affair_folds(browser: chromium.Browser, flood: ViewData, tmp_path: Path) -> None:
    figures = [Figure(f"{n} things", f"g{n}", value=n, low=n, high=n, population="things") for n in range(1, 61)]
    said = tuple(
        Statement(f"g{at}", "e/vera", "Tomás Vera", figure.text, "a1", figures=(figure,)) for at, figure in enumerate(figures)
    )  # fmt: skip
    lines = tuple(TimeLine(f"Thing {at}", ((f"g{at}", f"g{at + 1}"), (f"g{at + 1}", f"g{at + 2}"))) for at in range(58))
    affair = Affair("affair/big", "Everything", "", ("a1", "a2"), lines)
    with opened(
        browser, replace(flood, statements=flood.statements + said, affairs=(affair,)), tmp_path, fragment=""
    ) as page:
        assert page.ask("document.querySelectorAll('#panel .story-row[data-affair=\"0\"] .slot').length") == 4
        assert page.ask("document.querySelector('#panel .story-row').offsetHeight") < 620
        page.press("#panel .story-row[data-affair='0'] summary")
        page.wait("document.querySelectorAll('#panel .story-row[data-affair=\"0\"] .slot').length > 20")
        page.press("#panel .story-row[data-affair='0'] .chart")
        assert page.ask("document.querySelectorAll('#chart .lane-of-figures').length") == 12


@pytest.mark.parametrize("size", [(390, 844), (768, 1024), (1024, 700), (1440, 900), (1920, 1080)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_browser_the_first_screen_fits_and_its_labels_stand_clear(
    browser: chromium.Browser, told: ViewData, tmp_path: Path, size: tuple[int, int], scheme: str
) -> None:
    with opened(browser, told, tmp_path, fragment="", size=size, color_scheme=scheme) as page:
        wide, room = page.ask(
            "[document.getElementById('panel').scrollWidth, document.getElementById('panel').clientWidth]"
        )
        assert wide <= room
        for line in page.ask(
            "[...document.querySelectorAll('#panel .small-line')].map(s => [...s.querySelectorAll('text')].map(t => {"
            " const b = t.getBBox(); return [b.x, b.y, b.width, b.height]; }))"
        ):
            for one, two in combinations(line, 2):
                across = min(one[0] + one[2], two[0] + two[2]) - max(one[0], two[0])
                down = min(one[1] + one[3], two[1] + two[3]) - max(one[1], two[1])
                assert across < 4 or down < 4, (one, two)
        beside = page.ask(
            "document.querySelector('.beside').getBoundingClientRect().left - document.querySelector('.stories').getBoundingClientRect().left"
        )
        assert (beside > 200) == (size[0] in (768, 1920)), (
            "what is new and who is quoted stand beside the stories where there is room"
        )
        page.picture(PICTURES / f"stories-{size[0]}-{scheme}.png")


def test_browser_hostile_names_of_affairs_and_publishers_do_no_harm(
    browser: chromium.Browser, told: ViewData, tmp_path: Path
) -> None:
    bad = hostile(told)
    affairs = tuple(
        Affair(f"x{at}", name, name, ("a1", "a2", "a3"), tuple(replace(line, title=name, story=f"{name}: {name}") for line in told.affairs[0].lines))
        for at, name in enumerate(HOSTILE)
    )  # fmt: skip
    with opened(browser, replace(bad, affairs=affairs, timelines=()), tmp_path, fragment="") as page:
        for at in range(len(affairs)):
            page.do(f"Shell.open({{view: 'affair', affair: {at}}})")
        for at in range(page.ask("Shell.graph().publishers.length")):
            page.do(f"Shell.open({{view: 'publisher', publisher: {at}}})")
        assert page.ask("document.getElementById('panel').scrollWidth <= document.getElementById('panel').clientWidth")
        assert page.ask("document.images.length") == 0


def test_browser_stories_of_nothing_of_one_article_and_without_dates(
    browser: chromium.Browser, told: ViewData, tmp_path: Path
) -> None:
    with opened(browser, ViewData(), tmp_path, fragment="") as page:
        assert "Nothing to show" in _panel(page)
    one = replace(
        told,
        statements=(replace(told.statements[0], article="a1"),),
        comparisons=(),
        links=(),
        articles=told.articles[:1],
    )
    with opened(browser, one, tmp_path, fragment="") as page:
        assert page.ask(ROWS) == ["Flood in Manabí"]
        assert page.ask("document.querySelector('#panel .story-row .small-line')") is None, "one figure is no line"
    undated = replace(
        told,
        articles=tuple(replace(article, published="") for article in told.articles),
        statements=tuple(replace(statement, said_on="") for statement in told.statements),
        affairs=tuple(replace(affair, lines=tuple(replace(line, dates=()) for line in affair.lines)) for affair in told.affairs),
    )  # fmt: skip
    with opened(browser, undated, tmp_path, fragment="") as page:
        row = page.ask("document.querySelector('#panel .story-row').innerText")
        assert "Flood · 3 articles" in row
        assert "NaN" not in page.ask("document.getElementById('panel').innerHTML")
        page.press("#panel .story-row .chart")
        assert "no date" in page.ask("document.getElementById('chart').innerText")


@pytest.mark.skipif(not PRESS.is_file(), reason="the articles are not beside the project")
def test_browser_every_unit_of_the_press_is_in_its_card(browser: chromium.Browser, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in PRESS.read_text("utf-8").splitlines()]
    with Store.open() as store:
        build([Read(one["id"], one["text"], published=one["date"]) for one in lines], store=store)
        data = from_store(store)
    with opened(browser, data, tmp_path, fragment="") as page:
        missing = []
        for at, statement in enumerate(data.statements):
            if not statement.figures:
                continue
            page.do(f"Shell.open({{view: 'statement', statement: {at}}}, {{stay: true}})")
            card = page.ask("document.querySelector('#panel .card .figures').textContent")
            missing += [figure.text for figure in statement.figures if words(claim(figure, statement)) not in card]
        assert missing == []
