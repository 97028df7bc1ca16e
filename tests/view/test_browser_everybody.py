"""For everybody: screens of every size, keyboard, screen readers, dark mode, still pictures, every script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import chromium
import pytest
from axe_playwright_python.sync_playwright import Axe
from test_browser import PICTURES, _drawn, _panel, opened

from kg.view.data import ViewData

SIZES = [(1440, 900), (1280, 720), (390, 844)]
STATES = {
    "overview": "",
    "node": "Shell.open({view: 'node', node: 0})",
    "comparison": "Shell.open({view: 'comparison', comparison: 0})",
    "disagreements": "document.getElementById('conflicts').click()",
    "article": "Shell.open({view: 'article', article: 0})",
    "filters": "for (const group of document.querySelectorAll('#left details')) group.open = true",
    "table": "document.getElementById('open_table').click()",
    "chart": "document.getElementById('open_chart').click()",
    "save": "document.querySelector('#save summary').click()",
    "keys": "document.getElementById('open_keys').click()",
}


@pytest.fixture
def page(browser: chromium.Browser, flood: ViewData, tmp_path: Path) -> Iterator[chromium.Browser]:
    with opened(browser, flood, tmp_path):
        yield browser


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_browser_axe_finds_nothing_serious_in_any_state(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path, theme: str
) -> None:
    with opened(browser, with_article(flood), tmp_path, color_scheme=theme) as page:
        assert findings(page) == []


@pytest.mark.parametrize(("size", "font"), [((1000, 600), "30px monospace"), ((390, 844), "19px serif")])
def test_browser_axe_finds_nothing_serious_in_other_fonts_where_boxes_overflow(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path, size: tuple[int, int], font: str
) -> None:
    data = with_article(flood)
    long = replace(data.statements[1], evidence=(*data.statements[1].evidence * 40,))
    data = replace(data, statements=(data.statements[0], long, *data.statements[2:]))
    with opened(browser, data, tmp_path, size=size) as page:
        assert findings(page, f"document.body.style.font = '{font}'") == []


def test_browser_axe_finds_nothing_serious_with_names_and_sentences_without_end(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    nodes = (replace(flood.nodes[0], name="Lucía Paredes de Manabí " * 200), *flood.nodes[1:])
    sentences = tuple(replace(one, evidence=(), content="Homes were lost. " * 500) for one in flood.statements)
    data = replace(with_article(flood), nodes=nodes, statements=sentences)
    with opened(browser, data, tmp_path) as page:
        assert findings(page) == []


def with_article(flood: ViewData) -> ViewData:
    text = "Manabí, March 2\n\nGovernor Lucía Paredes said more than 120 homes were lost."
    return replace(flood, articles=(replace(flood.articles[0], text=text), *flood.articles[1:]))


def findings(page: chromium.Browser, before: str = "") -> list[tuple[str, str, str]]:
    """State of the page, rule and element of everything serious that axe finds."""
    out = []
    for state, action in STATES.items():
        page.do(f"document.querySelectorAll('dialog[open]').forEach(one => one.close()); {action}; {before}")
        page.page.wait_for_timeout(60)
        found = Axe().run(page.page).response
        assert len(found["passes"]) > 10, "it did look"
        bad = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
        out += [(state, one["id"], node["html"][:200]) for one in bad for node in one["nodes"]]
    return out


def test_browser_evidence_that_does_not_fit_is_scrolled_by_keyboard(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    long = replace(flood.statements[1], evidence=(*flood.statements[1].evidence * 40,))
    data = replace(flood, statements=(flood.statements[0], long, *flood.statements[2:]))
    with opened(browser, data, tmp_path) as page:
        page.do(STATES["comparison"])
        page.wait("document.querySelectorAll('#panel blockquote[tabindex]').length === 1")
        box = "document.querySelector('#panel blockquote[tabindex]')"
        assert page.ask(f"{box}.getAttribute('aria-label')") == "Evidence"
        assert page.ask("document.querySelectorAll('#panel blockquote').length") == 2, "the one that fits is no stop"
        page.do("document.getElementById('panel').focus()")
        for _ in range(20):
            page.key("Tab")
            if page.ask(f"document.activeElement === {box}"):
                break
        assert page.ask(f"document.activeElement === {box}")
        page.key("End")
        page.wait(f"{box}.scrollTop > 0")
        page.picture(PICTURES / "evidence-scrolled.png")


@pytest.mark.parametrize("renderer", ["vis", "canvas"])
@pytest.mark.parametrize("size", SIZES)
def test_browser_every_name_is_whole_and_apart_at_every_size(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path, size: tuple[int, int], renderer: Any
) -> None:
    with opened(browser, flood, tmp_path, size=size, renderer=renderer) as page:
        page.wait("Shell.names().length > 0")
        page.page.wait_for_timeout(250)
        width, height = page.ask(
            "[document.getElementById('stage').clientWidth, document.getElementById('stage').clientHeight]"
        )
        names = page.ask("Shell.names()")
        spots = [page.ask(f"Shell.spot({at})") for at in range(len(flood.nodes))]
        assert len(names) == len(flood.nodes)
        scale, origin = page.ask("Shell.state().scale"), spots[0]
        shift = page.ask(
            "(() => { const v = Shell.view(); return [v.width / 2 - v.x * v.scale, v.height / 2 - v.y * v.scale]; })()"
        )
        assert scale > 0
        assert origin
        for name in names:
            left, top = name["left"] + shift[0], name["top"] + shift[1]
            assert left >= 0, name
            assert left + name["wide"] <= width, name
            assert top >= 0, name
            assert top + name["high"] <= height, name
        for one, two in combinations(names, 2):
            apart = (
                one["left"] + one["wide"] <= two["left"] or two["left"] + two["wide"] <= one["left"]
                or one["top"] + one["high"] <= two["top"] or two["top"] + two["high"] <= one["top"]
            )  # fmt: skip
            assert apart, (one, two)
        page.picture(PICTURES / f"size-{size[0]}-{renderer}.png")


@pytest.mark.parametrize("size", [*SIZES, (1024, 700), (890, 600), (830, 600), (1920, 1080)])
def test_browser_nothing_reaches_beyond_the_window_at_the_side(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path, size: tuple[int, int]
) -> None:
    with opened(browser, flood, tmp_path, size=size) as page:
        for state, action in STATES.items():
            page.do(f"document.querySelectorAll('dialog[open]').forEach(d => d.close()); {action}")
            assert page.ask("document.documentElement.scrollWidth") <= size[0], state


def test_browser_another_size_of_window_is_filled_again(page: chromium.Browser, flood: ViewData) -> None:
    page.page.set_viewport_size({"width": 700, "height": 1000})
    page.page.wait_for_timeout(500)
    width, height = page.ask(
        "[document.getElementById('stage').clientWidth, document.getElementById('stage').clientHeight]"
    )
    for at in range(len(flood.nodes)):
        spot = page.ask(f"Shell.spot({at})")
        assert 0 < spot["x"] < width
        assert 0 < spot["y"] < height


def test_browser_dark_follows_the_system_until_the_button_is_pressed(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    with opened(browser, flood, tmp_path, color_scheme="dark") as page:
        assert page.ask("document.documentElement.dataset.theme") == "dark"
        page.press("#theme")
        assert page.ask("document.documentElement.dataset.theme") == "light"


def test_browser_reduced_motion_moves_at_once(browser: chromium.Browser, flood: ViewData, tmp_path: Path) -> None:
    for renderer in ("vis", "canvas"):
        with opened(browser, flood, tmp_path, renderer=renderer, reduced_motion="reduce") as page:
            page.key("+")
            page.key("+")
            before = page.ask("Shell.state().scale")
            page.key("f")
            assert page.ask("Shell.state().scale") < before


def test_browser_all_is_reached_by_keyboard_alone(page: chromium.Browser) -> None:
    reached = set()
    for _ in range(60):
        page.key("Tab")
        reached.add(
            page.ask(
                "document.activeElement.id || document.activeElement.dataset.name || document.activeElement.tagName"
            )
        )
    assert {
        "search",
        "fit",
        "all",
        "conflicts",
        "open_chart",
        "open_table",
        "theme",
        "open_keys",
        "stage",
        "panel",
    } <= reached
    assert {"person", "said_about", "indirect"} <= reached
    page.do("document.getElementById('stage').focus()")
    before = page.ask("Shell.spot(0)")
    page.key("ArrowLeft")
    page.page.wait_for_timeout(100)
    assert page.ask("Shell.spot(0)")["x"] > before["x"]


def test_browser_table_tells_a_screen_reader_of_every_node_and_link(page: chromium.Browser, flood: ViewData) -> None:
    page.key("t")
    for sheet, rows in ((2, len(flood.nodes)), (3, len(flood.links))):
        page.press(f"#table .tabs button:nth-child({sheet})")
        assert page.ask("document.querySelectorAll('#table tbody tr').length") == rows
        assert page.ask("document.querySelectorAll('#table tbody th[scope=row]').length") == rows
    assert page.ask("document.querySelector('#stage').getAttribute('aria-label')").startswith(
        "Network of who said what"
    )


def test_browser_names_of_every_script_and_direction_stand_and_are_found(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    names = ["محمد عبد الله", "Артур Медведев", "王小明", "שרה לוי", "Ágnes Kovács-Nagy", "Нұрсұлтан"]
    nodes = tuple(replace(node, name=names[at]) if at < len(names) else node for at, node in enumerate(flood.nodes))
    for renderer in ("vis", "canvas"):
        with opened(browser, replace(flood, nodes=nodes), tmp_path, renderer=renderer) as page:
            page.wait("Shell.names().length > 0")
            assert len(page.ask("Shell.names()")) == len(nodes)
            for at, query in ((0, "محمد"), (1, "медведев"), (2, "小明"), (3, "שרה"), (4, "kovacs"), (5, "нұр")):
                page.key("/")
                page.do("document.getElementById('search').value = ''")
                page.type(query)
                page.key("Enter")
                page.wait(f"Shell.state().choice.node === {at}")
                page.key("Escape")
            page.picture(PICTURES / f"scripts-{renderer}.png")
            assert "Where they disagree" in _panel(page)
            assert _drawn(page)["choice"] == {"view": "overview"}
