"""What is taken away is whole: pictures with title, key, source and date; a link with all that is set; Back that works."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import chromium
import pytest
from conftest import HOSTILE, hostile
from test_browser import ALL, PICTURES, _drawn, _node, opened

from kg.view import page as pages
from kg.view.data import ViewData

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("renderer", ["vis", "canvas"])
def test_browser_svg_and_png_have_title_key_source_and_date(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path, renderer: pages.Renderer
) -> None:
    with opened(browser, flood, tmp_path, renderer=renderer) as page:
        page.page.wait_for_timeout(300)
        wide, high = page.ask(
            "[document.getElementById('stage').clientWidth, document.getElementById('stage').clientHeight]"
        )
        page.press("#save summary")
        _, drawn = page.saved("#svg")
        page.press("#save summary")
        _, dots = page.saved("#png")
    root = ET.fromstring(drawn.decode())
    told = {one.get("id"): "".join(one.itertext()) for one in root.iter() if one.get("id")}
    assert told["title"] == "Flood"
    assert "8 statements in 3 articles of Gaceta, Radio Costa, 2 Mar 2021 to 1 Apr 2021" in told["source"]
    assert "Drawn by kg on " in told["source"]
    for name in ("contradicts", "agrees with", "spoke about", "person", "place"):
        assert name in told["key"], name
    assert "at least 210 ≠ 180" in told["figures"]
    size = struct.unpack(">II", dots[16:24])
    assert size[0] == 2 * wide
    assert size[1] >= 2 * high + 100
    (PICTURES / f"saved-{renderer}.png").write_bytes(dots)


def test_browser_hostile_names_are_text_in_what_is_saved(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    with opened(browser, hostile(flood), tmp_path, title=HOSTILE[0]) as page:
        root = ET.fromstring(page.ask("Shell.svg()"))
        assert not [one for one in root.iter() if one.tag.endswith(("script", "img"))]
        assert page.ask("Shell.png().then(blob => blob.size)") > 5_000
        for words in ("script", "img", "__proto__"):
            page.do(f"Shell.open({{view: 'search', query: {words!r}}})")
        page.do("Shell.open({view: 'search', query: '<img src=x onerror=alert(1)>'})")
        assert page.ask("document.querySelectorAll('body img').length") == 0


def test_browser_back_undoes_one_step_after_another(browser: chromium.Browser, flood: ViewData, tmp_path: Path) -> None:
    vera, chone = _node(flood, "e/vera"), _node(flood, "e/chone")
    with opened(browser, flood, tmp_path) as page:
        page.do(f"Shell.open({{view: 'node', node: {vera}}})")
        page.page.wait_for_timeout(800)
        page.do(f"Shell.open({{view: 'node', node: {chone}}})")
        page.page.wait_for_timeout(800)
        page.press("#left [data-name=organisation]")
        page.wait("location.hash.includes('families=organisation')")
        page.page.go_back()
        page.wait("!location.hash.includes('families')")
        assert page.ask("document.querySelector('#left [data-name=organisation]').checked")
        assert _drawn(page)["choice"] == {"view": "node", "node": chone}
        page.page.go_back()
        page.wait(f"Shell.state().choice.node === {vera}")
        page.page.go_back()
        page.wait("Shell.state().choice.view === 'overview'")
        page.page.go_forward()
        page.wait(f"Shell.state().choice.node === {vera}")


def test_browser_a_link_has_the_whole_state(browser: chromium.Browser, flood: ViewData, tmp_path: Path) -> None:
    with opened(browser, flood, tmp_path) as page:
        page.press("[data-clock=said]")
        page.press("#left [data-name=direct]")
        page.do("Shell.open({view: 'search', query: 'homes lost'})")
        fragment, drawn = page.ask("location.hash"), _drawn(page)
        assert fragment.startswith("#")
        assert fragment != ALL
    with opened(browser, flood, tmp_path, fragment=fragment) as page:
        assert (_drawn(page)["choice"], sorted(_drawn(page)["nodes"])) == (drawn["choice"], sorted(drawn["nodes"]))
        assert page.ask("location.hash") == fragment
