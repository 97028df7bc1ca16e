"""Phones, and a window at 200 %: the picture, and a sheet at the foot with the card or the filters, all within reach."""

from __future__ import annotations

from pathlib import Path

import chromium
import pytest
from test_browser import PICTURES, _node, _panel, opened

from kg.view.data import ViewData

SMALL = [(390, 844), (360, 640), (700, 900), (720, 450)]
INSIDE = """((id) => { const b = document.getElementById(id).getBoundingClientRect();
 return b.height > 60 && b.top >= 0 && b.bottom <= innerHeight + 1 && b.left >= 0 && b.right <= innerWidth + 1; })"""


@pytest.mark.parametrize("size", SMALL)
def test_browser_card_and_filters_are_a_sheet_at_the_foot(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path, size: tuple[int, int]
) -> None:
    with opened(browser, flood, tmp_path, size=size) as page:
        assert page.ask("document.documentElement.scrollHeight") <= size[1] + 1, "nothing lies below the fold"
        assert page.ask(f"{INSIDE}('panel')")
        assert page.ask(f"{INSIDE}('stage')")
        page.press("#tabs [data-of=left]")
        assert page.ask(f"{INSIDE}('left')")
        page.press("#left [data-name=person]")
        page.press("#left [data-name=person]")
        page.picture(PICTURES / f"phone-{size[0]}-filters.png")
        page.page.wait_for_timeout(500)
        vera = _node(flood, "e/vera")
        x, y = page.ask(
            "(() => { const b = document.getElementById('stage').getBoundingClientRect(),"
            f" s = Shell.spot({vera}); return [b.x + s.x, b.y + s.y]; }})()"
        )
        page.click(x, y)
        page.wait(f"Shell.state().choice.node === {vera}")
        assert page.ask(f"{INSIDE}('panel')"), "a tap on an actor brings the card"
        assert "Nobody warned us" in _panel(page)
        page.picture(PICTURES / f"phone-{size[0]}-card.png")
        page.press("#tabs [data-of=panel]")
        assert page.ask("document.getElementById('stage').clientHeight") > size[1] * 0.5, (
            "a second tap gives the room back"
        )


def test_browser_the_sheet_is_no_part_of_a_wide_window(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    with opened(browser, flood, tmp_path) as page:
        assert page.ask("getComputedStyle(document.getElementById('tabs')).display") == "none"
        assert page.ask(f"{INSIDE}('panel') && {INSIDE}('left')")
