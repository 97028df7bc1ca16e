"""What a newcomer wants to know, in clicks: as few as docs/page.md says, counted where they are made."""

from __future__ import annotations

from pathlib import Path

import chromium
from test_browser import _drawn, _node, _panel, opened

from kg.view.data import ViewData


class Clicks:
    """Clicks of the mouse on what is seen, counted; what is typed is not."""

    def __init__(self, page: chromium.Browser) -> None:
        self.page, self.count = page, 0

    def on(self, selector: str) -> None:
        self.page.press(selector)
        self.count += 1


def test_browser_a_path_takes_two_names(browser: chromium.Browser, flood: ViewData, tmp_path: Path) -> None:
    with opened(browser, flood, tmp_path, fragment="") as page:
        clicks = Clicks(page)
        clicks.on("#left summary:has-text('Path between two actors')")
        clicks.on("[aria-label='Path: from …']")
        page.type("Red Cross")
        page.key("Tab")
        page.type("Lucía Paredes")
        page.key("Enter")
        page.wait("Shell.state().choice.view === 'path'")
        assert clicks.count == 2
        assert {_node(flood, "e/red-cross"), _node(flood, "e/paredes")} <= set(_drawn(page)["nodes"])


def test_browser_a_state_is_shared_with_two_clicks(browser: chromium.Browser, flood: ViewData, tmp_path: Path) -> None:
    with opened(browser, flood, tmp_path) as page:
        page.do(f"Shell.open({{view: 'node', node: {_node(flood, 'e/vera')}}})")
        page.page.wait_for_timeout(400)
        fragment, clicks = page.ask("location.hash"), Clicks(page)
        clicks.on("#save summary")
        clicks.on("#copy")
        page.wait("/copied|Copy it/.test(document.getElementById('save').innerText)")
        assert clicks.count == 2
    with opened(browser, flood, tmp_path, fragment=fragment) as page:
        assert _drawn(page)["choice"] == {"view": "node", "node": _node(flood, "e/vera")}


def test_browser_a_search_is_filtered_with_two_clicks(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    with opened(browser, flood, tmp_path) as page:
        clicks = Clicks(page)
        page.key("/")
        page.type("homes")
        clicks.on("#hits li:has-text('All ')")
        page.wait("Shell.state().choice.view === 'search'")
        whole = _panel(page)
        clicks.on("#panel [data-facet]")
        page.wait("location.hash.includes('facet=')")
        assert _panel(page) != whole
        assert clicks.count == 2


def test_browser_both_sentences_of_a_contradiction_are_two_clicks_away(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    with opened(browser, flood, tmp_path, fragment="") as page:
        clicks = Clicks(page)
        clicks.on("#panel button:has-text('sentences')")
        assert clicks.count <= 2
        assert "180 homes were destroyed" in _panel(page)
        assert "at least 210 homes" in _panel(page)


def test_browser_all_that_one_person_said_is_one_click(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    with opened(browser, flood, tmp_path, fragment="") as page:
        clicks = Clicks(page)
        clicks.on("#panel .bars button")
        page.wait("Shell.state().choice.view === 'node'")
        node = _drawn(page)["choice"]["node"]
        said = page.ask(f"Shell.graph().nodes[{node}].said.length")
        assert clicks.count == 1
        assert page.ask("document.querySelectorAll('#panel .card').length") >= said
