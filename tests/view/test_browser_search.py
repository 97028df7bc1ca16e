"""Searching is a page: all hits with facets; other spellings and words of the same meaning; candidates that are told apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import chromium
import pytest
from test_browser import PICTURES, _node, _panel, opened

from kg.model import EntityType, LinkKind
from kg.view.data import Link, Node, ViewData


@pytest.fixture
def namesakes(flood: ViewData) -> ViewData:
    """The flood with another Tomás Vera, and with Radio Costa between two who have nothing else in common."""
    other = Node("e/vera-2", "Tomás Vera", EntityType.PERSON, country="Peru")
    lone = Node("e/lone", "Lone Voice", EntityType.PERSON)
    links = (
        Link("e/lone", "e/radio", LinkKind.SAID_ABOUT),
        Link("e/red-cross", "e/radio", LinkKind.SAID_ABOUT),
    )
    return replace(flood, nodes=(*flood.nodes, other, lone), links=(*flood.links, *links))


def _search(page: chromium.Browser, words: str) -> None:
    page.key("/")
    page.do("document.getElementById('search').value = ''")
    page.type(words)
    page.wait("!document.getElementById('hits').hidden")


def test_browser_search_takes_meanings_aliases_and_typing_errors(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    with opened(browser, flood, tmp_path) as page:
        for words, found in (
            ("losing homes", "more than 120 homes were lost"),
            ("Paredez", "Lucía Paredes"),
            ("Pareddes", "Lucía Paredes"),
            ("chone mayor", "Tomás Vera"),
        ):
            _search(page, words)
            assert found in page.ask("document.getElementById('hits').innerText"), words
            page.key("Escape")


@pytest.mark.parametrize(
    ("words", "view"),
    [("Tomás Vera", "node"), ("vera tom", "node"), ("Pareddes", "node"), ("losing homes", "statement"), ("homes", "search")],
)  # fmt: skip
def test_browser_enter_takes_the_actor_that_is_named_and_else_shows_all_hits(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path, words: str, view: str
) -> None:
    with opened(browser, flood, tmp_path) as page:
        _search(page, words)
        page.key("Enter")
        page.wait(f"Shell.state().choice.view === {view!r}")


def test_browser_search_page_has_all_hits_and_facets_that_narrow(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    with opened(browser, flood, tmp_path) as page:
        _search(page, "homes")
        page.press("#hits li:last-child")
        page.wait("Shell.state().choice.view === 'search'")
        assert "show=search&show=homes" in page.ask("location.hash")
        assert "3 statements" in _panel(page)
        page.press("#panel [data-facet=Type][data-value=people]")
        assert "1 statement." in _panel(page)
        assert "more than 120 homes" in _panel(page)
        page.picture(PICTURES / "search.png")
        page.press("#panel [data-facet=Type][data-value=people]")
        assert "3 statements" in _panel(page)
    with opened(browser, flood, tmp_path, fragment="#show=search&show=homes") as page:
        assert "3 statements" in _panel(page), "a link leads to a search, too"


def test_browser_path_fields_ask_which_namesake_is_meant(
    browser: chromium.Browser, namesakes: ViewData, tmp_path: Path
) -> None:
    with opened(browser, namesakes, tmp_path) as page:
        page.do("for (const group of document.querySelectorAll('#left details')) group.open = true")
        page.page.locator("[aria-label='Path: to …']").fill("Manabí")
        page.page.locator("[aria-label='Path: from …']").fill("Tomás Vera")
        page.page.locator("[aria-label='Path: from …']").press("Enter")
        page.wait("document.getElementById('left').textContent.includes('Several may be meant by “Tomás Vera”')")
        rows = page.ask("[...document.querySelectorAll('.candidates:not([hidden]) li')].map(r => r.innerText)")
        assert len(rows) == 2
        assert any("Peru" in row for row in rows)
        assert any("mayor, Chone" in row for row in rows)
        page.key("ArrowDown")
        page.key("Enter")
        page.wait("Shell.state().choice.view === 'path'")
        assert page.ask("Shell.state().choice.nodes[0]") == _node(namesakes, "e/vera")


def test_browser_paths_do_not_run_through_publishers(
    browser: chromium.Browser, namesakes: ViewData, tmp_path: Path
) -> None:
    with opened(browser, namesakes, tmp_path) as page:
        page.do("for (const group of document.querySelectorAll('#left details')) group.open = true")
        page.page.locator("[aria-label='Path: from …']").fill("Lone Voice")
        page.page.locator("[aria-label='Path: to …']").fill("Red Cross")
        page.page.locator("[aria-label='Path: to …']").press("Enter")
        page.wait("document.getElementById('left').textContent.includes('No path over the links')")
        page.page.locator("[aria-label='Path: to …']").fill("Radio Costa")
        page.page.locator("[aria-label='Path: to …']").press("Enter")
        page.wait("Shell.state().choice.view === 'path'")
