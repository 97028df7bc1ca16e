"""The strip of time: bins of like size, publication apart from what was said, and outliers that stretch nothing."""

from __future__ import annotations

from pathlib import Path

import chromium
import pytest
from test_browser import PICTURES, opened

from kg.model import EntityType
from kg.view.data import Article, Node, Statement, ViewData


@pytest.fixture
def far() -> ViewData:
    """600 statements of 200 days of two years; three of them of 1941, 1861 and 2050."""
    said = {0: "1941", 1: "1861-05-02", 2: "2050"}
    articles = tuple(
        Article(f"a{at}", f"Day {at}", f"20{15 + at // 100}-{1 + at % 10:02}-{1 + at // 10 % 10:02}")
        for at in range(200)
    )
    statements = tuple(
        Statement(f"s{at}", "n", "Ada Lovelace", f"it rained {at}", f"a{at % 200}", said_on=said.get(at, ""))
        for at in range(600)
    )
    return ViewData((Node("n", "Ada Lovelace", EntityType.PERSON),), (), statements, (), articles)


def test_browser_outliers_stretch_nothing_and_a_step_drops_few(
    browser: chromium.Browser, far: ViewData, tmp_path: Path
) -> None:
    with opened(browser, far, tmp_path) as page:
        for clock in ("published", "said"):
            page.press(f"[data-clock={clock}]")
            bars = page.ask("[...document.querySelectorAll('#timeline rect.plain')].map(r => +r.getAttribute('width'))")
            assert 20 < len(bars) <= 120
            assert max(bars) == pytest.approx(min(bars)), "every bin is as wide as the others"
            handle = page.page.locator("#timeline input").first
            handle.focus()
            page.key("ArrowRight")
            kept = int(page.ask("document.getElementById('showing').textContent").split(" · ")[-1].split(" ")[0])
            assert 600 * 0.95 <= kept < 600, "one step leaves out a twentieth at most"
            page.key("Home")
        page.picture(PICTURES / "time.png")


def test_browser_publication_is_apart_from_the_days_that_are_told(
    browser: chromium.Browser, far: ViewData, tmp_path: Path
) -> None:
    with opened(browser, far, tmp_path) as page:
        assert page.ask("document.querySelector('#timeline output').textContent").endswith("10 Oct 2016")
        page.press("[data-clock=said]")
        assert page.ask("document.querySelector('#timeline output').textContent") == "2 May 1861 – 2050"
        assert "clock=said" in page.ask("location.hash")
        page.page.locator("#timeline input").last.focus()
        page.key("ArrowLeft")
        fragment = page.ask("location.hash")
    with opened(browser, far, tmp_path, fragment=fragment) as page:
        assert page.ask("document.querySelector('[data-clock=said]').getAttribute('aria-pressed')") == "true"
        assert "2050" not in page.ask("document.querySelector('#timeline output').textContent")
