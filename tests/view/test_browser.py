"""The page in headless Chromium: each control does what it says, nothing complains, nothing is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import chromium
import pytest
from conftest import HOSTILE, hostile

from kg.view import page as pages
from kg.view.data import ViewData

PICTURES = Path(__file__).parents[2] / "artefacts" / "view"


ALL = "#wish=places&wish=publishers"
"""Places and publishers as nodes, too: every actor of the invented story is drawn."""

PLAIN = "document.documentElement.dataset.broken"


@pytest.fixture
def page(
    request: pytest.FixtureRequest, browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> Iterator[chromium.Browser]:
    """The flood's page, by vis-network unless a test asks for both renderers."""
    with opened(browser, flood, tmp_path, renderer=getattr(request, "param", "vis")):
        yield browser


both = pytest.mark.parametrize("page", ["vis", "canvas"], indirect=True)


@contextmanager
def opened(
    browser: chromium.Browser,
    data: ViewData,
    folder: Path,
    *,
    title: str = "Flood",
    renderer: Literal["vis", "canvas"] | None = None,
    **how: Any,
) -> Iterator[chromium.Browser]:
    path = pages.write(data, folder / "graph.html", title=title, renderer=renderer)
    browser.open(path, **{"fragment": ALL, **how})
    yield browser
    # At the end it must have complained of nothing and asked for nothing.
    assert browser.ask(PLAIN) is None
    assert browser.complaints == []
    assert [url.split("#")[0] for url in browser.requests if not url.startswith("blob:")] == [path.as_uri()]


def _panel(page: chromium.Browser) -> str:
    return str(page.ask("document.getElementById('panel').innerText"))


def _drawn(page: chromium.Browser) -> dict[str, Any]:
    state: dict[str, Any] = page.ask("Shell.state()")
    return state


def _node(flood: ViewData, key: str) -> int:
    return [node.id for node in flood.nodes].index(key)


def _click_node(page: chromium.Browser, node: int) -> None:
    x, y = page.ask(
        f"(() => {{ const b = document.getElementById('stage').getBoundingClientRect(), s = Shell.spot({node});"
        " return [b.x + s.x, b.y + s.y]; })()"
    )
    page.click(x, y)
    page.wait(f"Shell.state().choice.node === {node}")


@both
def test_browser_overview_shows_the_disagreement_without_a_click(page: chromium.Browser, flood: ViewData) -> None:
    text = _panel(page)
    assert "8 statements by 5 speakers in 3 articles" in text
    assert "at least 210 homes" in text
    assert "180 is below the lower bound of 210" in text
    assert "Lucía Paredes" in text
    assert len(_drawn(page)["nodes"]) == len(flood.nodes)
    page.picture(PICTURES / "overview.png")


@both
def test_browser_every_button_of_the_overview_leads_on(page: chromium.Browser, flood: ViewData) -> None:
    buttons = "document.querySelectorAll('#panel button:not(.chart)')"
    names = page.ask(f"[...{buttons}].map(b => b.innerText)")
    assert "Lucía Paredes" in names
    assert flood.articles[0].title in names
    for at in range(len(names)):
        page.ask(f"{buttons}[{at}].click()")
        assert page.ask("Shell.state().choice.view") != "overview", names[at]
        page.ask("Shell.open({ view: 'overview' })")
    assert len(names) > 5


@both
def test_browser_click_on_a_node_shows_its_statements_with_marked_evidence(
    page: chromium.Browser, flood: ViewData
) -> None:
    _click_node(page, _node(flood, "e/vera"))
    text = _panel(page)
    assert "former mayor, Chone" in text
    assert "quoted" in text
    assert "confidence 0.95" in text
    assert "Flood takes homes in Manabí" in text
    marks = page.ask("[...document.querySelectorAll('#panel mark')].map(m => [m.className, m.textContent])")
    assert ["content", "“Nobody warned us,”"] in marks
    assert ["source", "Tomás Vera, a former mayor of Chone"] in marks
    assert ["cue", "told"] in marks
    looks = page.ask(
        "[...new Set([...document.querySelectorAll('#panel mark')].map(m => { const s = getComputedStyle(m);"
        " return m.className + s.backgroundColor + s.color + s.borderBottom; }))].length"
    )
    assert looks == 3
    assert page.ask("document.querySelector('#panel .meta a').href") == "https://radio.example/flood"
    page.picture(PICTURES / "node.png")


@both
def test_browser_click_on_a_link_shows_what_is_behind_it(page: chromium.Browser, flood: ViewData) -> None:
    left, right = _node(flood, "e/vera"), _node(flood, "e/radio")
    x, y = page.ask(
        f"(() => {{ const b = document.getElementById('stage').getBoundingClientRect(), a = Shell.spot({left}),"
        f" c = Shell.spot({right}); return [b.x + (a.x + c.x) / 2, b.y + (a.y + c.y) / 2]; }})()"
    )
    page.click(x, y)
    page.wait("Shell.state().choice.view === 'link'")
    assert "Tomás Vera spoke about Radio Costa" in _panel(page)
    assert "“Nobody warned us,”" in _panel(page)


@both
def test_browser_disagreements_only_leaves_both_sides_and_reads_both_sentences(
    page: chromium.Browser, flood: ViewData
) -> None:
    page.press("#conflicts")
    page.wait("Shell.state().choice.view === 'disagreements'")
    assert sorted(_drawn(page)["nodes"]) == sorted([_node(flood, "e/red-cross"), _node(flood, "e/ministry")])
    assert page.ask("document.getElementById('conflicts').getAttribute('aria-pressed')") == "true"
    page.press("#panel .pair button.wide")
    page.wait("Shell.state().choice.view === 'comparison'")
    text = _panel(page)
    assert "The Red Cross counted at least 210 homes destroyed in Manabí." in text
    assert "The Interior Ministry announced that 180 homes were destroyed." in text
    page.picture(PICTURES / "comparison.png")
    page.press("#all")
    page.wait(f"Shell.state().nodes.length === {len(flood.nodes)}")


def test_browser_search_finds_names_and_content_by_keyboard(page: chromium.Browser, flood: ViewData) -> None:
    page.key("/")
    assert page.ask("document.activeElement.id") == "search"
    page.type("lucia")
    page.wait("!document.getElementById('hits').hidden")
    page.key("ArrowDown")
    page.key("Enter")
    page.wait(f"Shell.state().choice.node === {_node(flood, 'e/paredes')}")
    page.do("document.getElementById('search').value = ''")
    page.key("Escape")
    page.key("/")
    page.type("nobody warned")
    page.key("Enter")
    page.wait("Shell.state().choice.view === 'statement'")
    assert "Tomás Vera" in _panel(page)


def test_browser_legend_filters_types_links_and_kinds_of_statement(page: chromium.Browser, flood: ViewData) -> None:
    page.press("#left [data-name=place]")
    page.wait("Shell.state().nodes.length === 8")
    page.press("#left [data-name=place]")
    page.press("#left [data-name=part_of]")
    page.wait("Shell.state().links.length === 14")
    page.press("#left [data-name=part_of]")
    page.press("#left [data-name=indirect]")
    page.wait("Shell.state().nodes.length < 11")
    drawn = _drawn(page)["nodes"]
    assert _node(flood, "e/vera") in drawn
    assert _node(flood, "e/red-cross") not in drawn
    page.press("#all")
    page.wait("Shell.state().nodes.length === 11")
    assert page.ask("[...document.querySelectorAll('#left input[data-set]')].every(box => box.checked)")


def test_browser_time_narrows_to_the_days_between_the_handles(page: chromium.Browser, flood: ViewData) -> None:
    page.ask(
        "(() => { const [from] = document.querySelectorAll('#timeline input'); from.value = from.max;"
        " from.dispatchEvent(new Event('input')); })()"
    )
    assert sorted(_drawn(page)["nodes"]) == sorted([_node(flood, "e/ministry"), _node(flood, "e/manabi")])
    assert "1 of 8 statements" in page.ask("document.getElementById('showing').textContent")


@both
def test_browser_neighbours_at_one_and_two_steps(page: chromium.Browser, flood: ViewData) -> None:
    _click_node(page, _node(flood, "e/radio"))
    page.press("#panel .actions button:nth-child(1)")
    page.wait("Shell.state().nodes.length === 2")
    page.press("#panel .actions button:nth-child(2)")
    page.wait("Shell.state().nodes.length === 3")
    assert _node(flood, "e/chone") in _drawn(page)["nodes"]


def test_browser_table_lists_statements_and_leads_back(page: chromium.Browser) -> None:
    page.key("t")
    page.wait("document.getElementById('table').open")
    assert page.ask("document.querySelectorAll('#table tbody tr').length") == 8
    page.press("#table .tabs button:nth-child(2)")
    assert page.ask("document.querySelectorAll('#table tbody tr').length") == 11
    page.press("#table .tabs button:nth-child(1)")
    page.press("#table tbody button")
    page.wait("!document.getElementById('table').open && Shell.state().choice.view === 'statement'")


@both
def test_browser_dark_is_a_button_and_the_keys_step_through_the_actors(page: chromium.Browser) -> None:
    page.press("#theme")
    assert page.ask("document.documentElement.dataset.theme") == "dark"
    page.key("n")
    first = _drawn(page)["choice"]
    page.key("n")
    assert _drawn(page)["choice"]["view"] == first["view"] == "node"
    assert _drawn(page)["choice"] != first
    page.picture(PICTURES / "dark.png")
    page.key("Escape")
    assert _drawn(page)["choice"] == {"view": "overview"}


@both
def test_browser_picture_is_a_png(page: chromium.Browser) -> None:
    kind, size = page.ask("Shell.png().then(blob => [blob.type, blob.size])")
    assert kind == "image/png"
    assert size > 5_000


def test_browser_names_stand_on_neither_one_another_nor_a_node(page: chromium.Browser, flood: ViewData) -> None:
    page.wait("Shell.names().length > 0")
    boxes = page.ask("Shell.names()")
    assert len(boxes) == len(flood.nodes), "in a small graph every name has room"
    for at, one in enumerate(boxes):
        for two in boxes[at + 1 :]:
            assert (
                one["left"] + one["wide"] <= two["left"]
                or two["left"] + two["wide"] <= one["left"]
                or one["top"] + one["high"] <= two["top"]
                or two["top"] + two["high"] <= one["top"]
            ), (one, two)


def test_browser_the_picture_fills_its_place(page: chromium.Browser, flood: ViewData) -> None:
    wide, high = page.ask(
        "(() => { const s = document.getElementById('stage'); return [s.clientWidth, s.clientHeight]; })()"
    )
    spots = [page.ask(f"Shell.spot({at})") for at in range(len(flood.nodes))]
    xs, ys = [spot["x"] for spot in spots], [spot["y"] for spot in spots]
    assert min(xs) > 0
    assert max(xs) < wide
    assert min(ys) > 0
    assert max(ys) < high
    assert (max(xs) - min(xs)) > 0.5 * wide
    assert (max(ys) - min(ys)) > 0.5 * high


@pytest.mark.parametrize("renderer", ["vis", "canvas"])
def test_browser_hostile_strings_never_run_and_never_break_the_page(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path, renderer: Literal["vis", "canvas"]
) -> None:
    with opened(browser, hostile(flood), tmp_path, title=HOSTILE[0], renderer=renderer) as page:
        for node in range(len(flood.nodes)):
            page.do(f"Shell.open({{view: 'node', node: {node}}})")
        for at in range(len(flood.articles)):
            page.do(f"Shell.open({{view: 'article', article: {at}}})")
        page.key("g")
        page.key("Escape")
        assert "<script" not in page.ask("Shell.svg()")
        assert "javascript:" not in page.ask("location.href")
        page.do("Shell.open({view: 'disagreements'})")
        assert HOSTILE[0] in page.ask("document.getElementById('panel').textContent")
        page.key("t")
        assert HOSTILE[0][:30] in page.ask("document.getElementById('table').textContent")
        page.key("Escape")
        page.key("/")
        page.type("img")
        assert page.ask("document.querySelectorAll('a[href^=javascript]').length") == 0
        assert page.ask("document.querySelectorAll('body img').length") == 0


def test_browser_an_empty_graph_says_so(browser: chromium.Browser, tmp_path: Path) -> None:
    with opened(browser, ViewData(), tmp_path) as page:
        assert "Nothing to show" in _panel(page)
        for key in ("n", "f", "t", "Escape", "d"):
            page.key(key)


def test_browser_opens_a_thousand_nodes(browser: chromium.Browser, tmp_path: Path) -> None:
    from kg.model import EntityType, LinkKind
    from kg.view.data import Link, Node

    nodes = tuple(Node(f"n{at}", f"Actor {at}", EntityType.PERSON) for at in range(1000))
    links = tuple(Link(f"n{at}", f"n{(at * 7 + 1) % 1000}", LinkKind.SAID_ABOUT) for at in range(1, 1000))
    with opened(browser, ViewData(nodes, links), tmp_path, fragment="#picture=map") as page:
        assert len(_drawn(page)["nodes"]) == 1000
