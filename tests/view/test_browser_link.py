"""The address tells all that is seen, another page opened with it shows the same, and Back undoes each step of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import chromium
import pytest
from test_browser import _node, opened

from kg.view.data import ViewData
from tests.bench.view.shaped import shaped

SEEN = """({
 theme: document.documentElement.dataset.theme,
 chart: document.getElementById('chart').open, table: document.getElementById('table').open,
 lanes: document.querySelectorAll('#chart[open] .lane-of-figures').length,
 facets: [...document.querySelectorAll('[data-facet]:checked')].map(b => b.dataset.facet + '=' + b.dataset.value),
 off: [...document.querySelectorAll('#left [data-set]:not(:checked)')].map(b => b.dataset.name),
 outlines: document.getElementById('hulls').checked, links: document.getElementById('by_links').checked,
 choice: Shell.state().choice, nodes: Shell.state().nodes.toSorted((a, b) => a - b),
 zoom: Math.round(Shell.view().scale * 50) / 50, spot: [Math.round(Shell.spot(Shell.state().nodes[0]).x / 4), Math.round(Shell.spot(Shell.state().nodes[0]).y / 4)],
})"""

STEPS: dict[str, str] = {
    "facet": "document.querySelector('[data-facet]').click()",
    "theme": "document.getElementById('theme').click()",
    "outlines": "document.getElementById('hulls').click()",
    "filter": "document.querySelector('#left [data-name=organisation]').click()",
    "chart": "document.getElementById('open_chart').click()",
    "table": "document.getElementById('open_table').click()",
    "zoom": "document.getElementById('stage').focus(); document.dispatchEvent(new KeyboardEvent('keydown', {key: '+'}))",
}
"""What the reader may do, by itself; a search is open before."""


def _at_rest(page: chromium.Browser) -> dict[str, Any]:
    page.page.wait_for_timeout(800)
    seen: dict[str, Any] = page.ask(SEEN)
    return seen


@pytest.mark.parametrize("step", STEPS)
def test_browser_each_step_is_in_the_address_opens_again_and_is_undone(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path, step: str
) -> None:
    with opened(browser, flood, tmp_path, fragment="#show=search&show=homes") as page:
        before, bare = _at_rest(page), page.ask("location.hash")
        page.do(STEPS[step])
        after, fragment = _at_rest(page), page.ask("location.hash")
        assert after != before
        assert fragment != bare
        page.page.go_back()
        page.wait(f"location.hash === {bare!r}")
        assert _at_rest(page) == before
        page.page.go_forward()
        page.wait(f"location.hash === {fragment!r}")
        assert _at_rest(page) == after
    with opened(browser, flood, tmp_path, fragment=fragment) as page:
        assert _at_rest(page) == after
        assert page.ask("location.hash") == fragment


def test_browser_a_link_has_all_of_it_at_once(browser: chromium.Browser, flood: ViewData, tmp_path: Path) -> None:
    with opened(browser, flood, tmp_path, fragment="#show=search&show=homes") as page:
        for step in ("facet", "theme", "outlines", "filter", "zoom", "chart"):
            page.do(STEPS[step])
            page.page.wait_for_timeout(400)
        seen, fragment = _at_rest(page), page.ask("location.hash")
    with opened(browser, flood, tmp_path, fragment=fragment) as page:
        assert _at_rest(page) == seen
        for undone in ("facets", "outlines", "chart"):
            assert seen[undone], undone


def test_browser_pages_of_others_the_map_and_its_zoom_are_in_the_address(
    browser: chromium.Browser, tmp_path: Path
) -> None:
    data = shaped(900)
    with opened(browser, data, tmp_path, fragment="") as page:
        page.press("#more")
        page.page.wait_for_timeout(900)
        page.press("#more")
        seen, fragment = _at_rest(page), page.ask("location.hash")
        assert "page=2" in fragment
        page.press("#map")
        page.wait("Shell.state().nodes.length > 500")
        page.page.mouse.move(600, 400)
        page.page.mouse.wheel(0, -600)
        mapped, far = _at_rest(page), page.ask("location.hash")
        assert "look=" in far
        page.page.go_back()
        page.page.go_back()
        page.wait(f"location.hash === {fragment!r}")
        assert _at_rest(page) == seen
    with opened(browser, data, tmp_path, fragment=far) as page:
        assert _at_rest(page) == mapped


def test_browser_a_chart_of_one_thing_opens_again(browser: chromium.Browser, flood: ViewData, tmp_path: Path) -> None:
    with opened(browser, flood, tmp_path) as page:
        page.do("[...document.querySelectorAll('#panel button')].find(b => b.innerText.startsWith('Chart')).click()")
        seen, fragment = _at_rest(page), page.ask("location.hash")
        assert seen["chart"]
        page.key("Escape")
        page.page.wait_for_timeout(300)
        assert "open=" not in page.ask("location.hash"), "a closed chart is not in the address"
    with opened(browser, flood, tmp_path, fragment=fragment) as page:
        assert _at_rest(page) == seen
        page.do(
            f"document.getElementById('chart').close(); Shell.open({{view: 'node', node: {_node(flood, 'e/vera')}}})"
        )
        page.page.wait_for_timeout(300)
        assert "open=" not in page.ask("location.hash")
