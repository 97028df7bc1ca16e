"""The picture is an answer: few actors, all named, laid out anew; what is folded says so."""

from __future__ import annotations

import math
from itertools import combinations
from pathlib import Path
from typing import Any

import chromium
import pytest
from test_browser import PICTURES, _drawn, _node, opened

from kg.model import EntityType, LinkKind
from kg.view.data import Article, Link, Node, Statement, ViewData
from tests.bench.view.shaped import shaped

NAMED = """(() => { const v = Shell.view(), s = Shell.names();
 return s.map(n => [n.left + v.width / 2 - v.x * v.scale, n.top + v.height / 2 - v.y * v.scale, n.wide, n.high]); })()"""


def readable(page: chromium.Browser) -> float:
    """The share of drawn actors whose name stands in the window, with no other name and no other node on it."""
    page.page.wait_for_timeout(450)
    names = page.ask(NAMED)
    width, height = page.ask(
        "[document.getElementById('stage').clientWidth, document.getElementById('stage').clientHeight]"
    )
    good = set(range(len(names)))
    for at, (left, top, wide, high) in enumerate(names):
        if left < -1 or top < -1 or left + wide > width + 1 or top + high > height + 1:
            good.discard(at)
    for (at, one), (other, two) in combinations(enumerate(names), 2):
        if (
            one[0] < two[0] + two[2]
            and two[0] < one[0] + one[2]
            and one[1] < two[1] + two[3]
            and two[1] < one[1] + one[3]
        ):
            good -= {at, other}
    drawn = len(_drawn(page)["nodes"])
    assert drawn > 0
    return len(good) / drawn


@pytest.fixture(scope="module")
def real_shaped() -> ViewData:
    return shaped(1500)


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700), (390, 844)])
def test_browser_a_real_shaped_store_starts_with_the_most_telling_all_named(
    browser: chromium.Browser, real_shaped: ViewData, tmp_path: Path, size: tuple[int, int]
) -> None:
    with opened(browser, real_shaped, tmp_path, size=size, fragment="") as page:
        drawn = _drawn(page)["nodes"]
        assert (40 if size[0] == 1440 else 12) <= len(drawn) <= 80
        assert readable(page) >= 0.95
        assert "others" in page.ask("document.getElementById('others').innerText")
        page.picture(PICTURES / f"answer-start-{size[0]}.png")
        page.press("#more")
        page.wait(f"Shell.state().nodes.length >= {len(drawn) - 5}")
        assert readable(page) >= 0.95
        page.picture(PICTURES / f"answer-more-{size[0]}.png")


def test_browser_every_choice_path_and_search_is_laid_out_anew_and_named(
    browser: chromium.Browser, real_shaped: ViewData, tmp_path: Path
) -> None:
    with opened(browser, real_shaped, tmp_path, fragment="") as page:
        start = set(_drawn(page)["nodes"])
        hub = page.ask("Shell.graph().nodes.reduce((a, b) => (b.links.length > a.links.length ? b : a)).index")
        page.do(f"Shell.open({{view: 'node', node: {hub}}})")
        ego = _drawn(page)["nodes"]
        assert hub in ego
        assert 50 < len(ego) <= 150
        assert set(ego) != start
        assert readable(page) >= 0.95
        page.picture(PICTURES / "answer-hub.png")
        page.press("#panel .actions button:nth-child(1)")
        assert readable(page) >= 0.95
        spots = [page.ask(f"Shell.spot({at})") for at in _drawn(page)["nodes"]]
        width = page.ask("document.getElementById('stage').clientWidth")
        middle = (min(s["x"] for s in spots) + max(s["x"] for s in spots)) / 2
        assert abs(middle - width / 2) < 0.2 * width, "the neighbours stand in the middle, not where they stood before"
        page.press("#all")
        assert set(_drawn(page)["nodes"]) == start


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_browser_every_kind_of_answer_is_named_in_every_window(
    browser: chromium.Browser, real_shaped: ViewData, tmp_path: Path, size: tuple[int, int]
) -> None:
    """Selection, neighbours, filter, search, article, statement, path, time: up to 150 each, at least 95 % readable."""
    hub = "Shell.graph().nodes.reduce((a, b) => (b.links.length > a.links.length ? b : a)).index"
    steps = {
        "selection": f"Shell.open({{view: 'node', node: {hub}}})",
        "neighbours": f"Shell.open({{view: 'node', node: {hub}}}); document.querySelector('#panel .actions button').click()",
        "filter": "document.querySelector('#left [data-name=person]').click(); document.getElementById('more').click()",
        "search": "Shell.open({view: 'search', query: 'spokeswoman'})",
        "article": "Shell.open({view: 'article', article: 0})",
        "statement": "Shell.open({view: 'statement', statement: 0})",
        "link": "Shell.open({view: 'link', link: 0})",
        "next page": "document.getElementById('more').click(); document.getElementById('more').click()",
    }
    with opened(browser, real_shaped, tmp_path, size=size, fragment="") as page:
        start = _drawn(page)["nodes"]
        for name, step in steps.items():
            page.do("document.getElementById('all').click(); document.getElementById('main')?.click()")
            page.do(step)
            drawn = _drawn(page)["nodes"]
            assert 1 < len(drawn) <= 150, name
            assert readable(page) >= 0.95, (name, len(drawn))
            assert drawn != start, name


@pytest.fixture(scope="module")
def starred() -> ViewData:
    """A hub with 312 leaves, and 200 who are tied to nobody."""
    nodes = [Node("hub", "Ministry of Everything", EntityType.MINISTRY)]
    nodes += [Node(f"leaf{at}", f"Deputy minister number {at}", EntityType.PERSON) for at in range(312)]
    nodes += [Node(f"alone{at}", f"Somebody who passed by {at}", EntityType.PERSON) for at in range(200)]
    links = tuple(Link("hub", f"leaf{at}", LinkKind.SAID_ABOUT) for at in range(312))
    return ViewData(tuple(nodes), links, (), (), ())


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700), (390, 844)])
def test_browser_folded_leaves_say_so_beside_their_hub_and_open(
    browser: chromium.Browser, starred: ViewData, tmp_path: Path, size: tuple[int, int]
) -> None:
    with opened(browser, starred, tmp_path, size=size, fragment="#show=node&show=hub") as page:
        first = set(_drawn(page)["nodes"])
        assert readable(page) >= 0.95
        left = 313 - len(first)
        assert (left == 163) == (size[0] > 390), "+163 others where there is room for 150"
        assert f"+{left} others" in page.ask("Shell.svg()"), "it is written into the picture"
        assert f"+{left} others" in page.ask("document.getElementById('others').innerText")
        assert "of 312 neighbours" in page.ask("document.getElementById('others').innerText")
        page.picture(PICTURES / f"answer-folded-{size[0]}.png")
        x, y = page.ask(
            "(() => { const svg = new DOMParser().parseFromString(Shell.svg(), 'image/svg+xml');"
            " const t = [...svg.querySelectorAll('#names text')].find(t => t.textContent.endsWith(' others'));"
            " const b = document.getElementById('stage').getBoundingClientRect();"
            " return [b.x + Number(t.getAttribute('x')) + 8, b.y + Number(t.getAttribute('y')) - 4]; })()"
        )
        page.click(x, y)
        page.wait("location.hash.includes('page=2')")
        second = set(_drawn(page)["nodes"])
        assert readable(page) >= 0.95
        assert first & second == {0}, "the next of them, around the same hub"


def test_browser_the_map_draws_leaves_around_their_hub_and_the_untied_as_one_group(
    browser: chromium.Browser, starred: ViewData, tmp_path: Path
) -> None:
    with opened(browser, starred, tmp_path, fragment="#picture=map") as page:
        page.wait("Shell.state().nodes.length === 513")
        page.page.wait_for_timeout(300)
        spots = page.ask("Shell.state().nodes.map(at => [at, Shell.spot(at).x, Shell.spot(at).y])")
        at = {node: (x, y) for node, x, y in spots}
        leaves = [at[node] for node in range(1, 313)]
        sectors = {int(math.atan2(y - at[0][1], x - at[0][0]) // (math.pi / 6)) for x, y in leaves}
        assert len(sectors) == 12, "on all sides of it"
        wide, high = (max(p[axis] for p in leaves) - min(p[axis] for p in leaves) for axis in (0, 1))
        assert 0.4 < wide / high < 2.5, "a round star, no bar"
        least = min(math.dist(one, other) for one, other in combinations(leaves, 2))
        area = wide * high / len(leaves)
        assert least > 0.3 * math.sqrt(area), "evenly"
        alone = [at[node] for node in range(313, 513)]
        assert not any(
            min(x for x, _ in alone) < x < max(x for x, _ in alone)
            and min(y for _, y in alone) < y < max(y for _, y in alone)
            for x, y in leaves
        ), "apart from those"
        assert "200 tied to nobody" in page.ask("Shell.svg()")
        page.picture(PICTURES / "map-star.png")


def test_browser_a_view_of_many_that_nothing_ties_is_named_too(browser: chromium.Browser, tmp_path: Path) -> None:
    nodes = tuple(Node(f"n{at}", f"Speaker of some ministry {at}", EntityType.PERSON) for at in range(120))
    said = tuple(Statement(f"s{at}", f"n{at}", nodes[at].name, "it rained", "a") for at in range(120))
    data = ViewData(nodes, (), said, (), (Article("a", "Rain", "2020-01-01"),))
    with opened(browser, data, tmp_path) as page:
        assert len(_drawn(page)["nodes"]) >= 100
        assert readable(page) >= 0.95


def test_browser_places_and_publishers_are_nodes_on_wish(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    asides = {_node(flood, key) for key in ("e/manabi", "e/chone", "e/ecuador", "e/radio")}
    with opened(browser, flood, tmp_path, fragment="") as page:
        assert set(_drawn(page)["nodes"]) == set(range(len(flood.nodes))) - asides
        page.press("#wish_places")
        assert set(_drawn(page)["nodes"]) == set(range(len(flood.nodes))) - {_node(flood, "e/radio")}
        page.press("#wish_publishers")
        assert len(_drawn(page)["nodes"]) == len(flood.nodes)
        page.press("#wish_places")
        page.press("#wish_publishers")
        page.do(f"Shell.open({{view: 'node', node: {_node(flood, 'e/chone')}}})")
        assert _node(flood, "e/chone") in _drawn(page)["nodes"], "a place that is chosen is drawn"


def test_browser_an_author_who_says_nothing_does_not_stand_there(browser: chromium.Browser, tmp_path: Path) -> None:
    nodes = (Node("a", "the article's author", EntityType.PERSON), Node("b", "Ada Lovelace", EntityType.PERSON))
    with opened(browser, ViewData(nodes), tmp_path) as page:
        assert _drawn(page)["nodes"] == [1]


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_browser_a_new_answer_comes_with_a_short_motion_or_with_none(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path, motion: Any
) -> None:
    with opened(browser, flood, tmp_path, reduced_motion=motion) as page:
        moved = page.ask(
            "(() => { const at = Shell.graph().nodes.findIndex(n => n.name === 'Tomás Vera');"
            " const before = Shell.spot(at); document.querySelector('#left [data-name=place]').click();"
            " const soon = Shell.spot(at); return new Promise(done => setTimeout(() => { const late = Shell.spot(at);"
            " done([Math.hypot(soon.x - before.x, soon.y - before.y), Math.hypot(late.x - soon.x, late.y - soon.y)]); }, 600)); })()"
        )
        first, later = moved
        if motion == "reduce":
            assert later < 1, "it stands at once"
        else:
            assert first < later, "it sets out from where it stood"


def test_browser_the_hover_card_has_the_latest_quotation(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    with opened(browser, flood, tmp_path) as page:
        page.page.wait_for_timeout(400)
        x, y = page.ask(
            f"(() => {{ const b = document.getElementById('stage').getBoundingClientRect(), s = Shell.spot({_node(flood, 'e/vera')});"
            " return [b.x + s.x, b.y + s.y]; })()"
        )
        page.page.mouse.move(x - 3, y)
        page.page.mouse.move(x, y)
        page.wait("!document.getElementById('tip').hidden")
        assert "Nobody warned us" in page.ask("document.getElementById('tip').innerText")
        assert "mayor, Chone" in page.ask("document.getElementById('tip').innerText")


def test_browser_figures_stand_on_what_was_compared(browser: chromium.Browser, flood: ViewData, tmp_path: Path) -> None:
    with opened(browser, flood, tmp_path) as page:
        assert "at least 210 ≠ 180" in page.ask("Shell.svg()")


def test_browser_all_are_a_map_on_wish(browser: chromium.Browser, real_shaped: ViewData, tmp_path: Path) -> None:
    with opened(browser, real_shaped, tmp_path, fragment="") as page:
        page.press("#map")
        page.wait("Shell.state().nodes.length > 1000")
        assert "picture=map" in page.ask("location.hash")
        page.picture(PICTURES / "answer-map.png")
        page.press("#main")
        page.wait("Shell.state().nodes.length < 100")


def test_browser_places_are_chips_that_lead_to_all_that_is_said_of_them(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    with opened(browser, flood, tmp_path, fragment="") as page:
        chips = page.ask("[...document.querySelectorAll('#panel .chip')].map(c => c.innerText)")
        assert "Chone 4" in chips
        page.do("[...document.querySelectorAll('#panel .chip')].find(c => c.innerText === 'Chone 4').click()")
        chone = _node(flood, "e/chone")
        page.wait(f"Shell.state().choice.node === {chone}")
        assert chone in _drawn(page)["nodes"]
        assert page.ask("document.querySelectorAll('#panel .card').length") == 4
