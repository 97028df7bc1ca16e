"""Filters, paths, the article reader, the chart and what can be taken away, in headless Chromium."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import chromium
import pytest
import rdflib
from conftest import hostile
from test_browser import PICTURES, _drawn, _node, _panel, opened

from kg import vocabulary as v
from kg.model import Span
from kg.view import page as pages
from kg.view.data import Mark, ViewData

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def page(browser: chromium.Browser, flood: ViewData, tmp_path: Path) -> Iterator[chromium.Browser]:
    with opened(browser, flood, tmp_path):
        yield browser


def _unfold(page: chromium.Browser) -> None:
    page.do("for (const group of document.querySelectorAll('#left details')) group.open = true")


def _showing(page: chromium.Browser) -> str:
    return str(page.ask("document.getElementById('showing').textContent"))


def test_browser_confidence_leaves_the_surer_statements(page: chromium.Browser) -> None:
    _unfold(page)
    page.page.locator("#confidence").fill("0.85")
    page.wait("document.getElementById('showing').textContent.includes('7 of 8 statements')")
    page.page.locator("#confidence").fill("1")
    assert "5 of 8 statements" in _showing(page), "those without a confidence stay"
    page.press("#clear")
    assert "8 of 8 statements" in _showing(page)
    assert page.ask("document.getElementById('confidence').value") == "0"


def test_browser_certainty_and_publisher_filter_statements(page: chromium.Browser, flood: ViewData) -> None:
    _unfold(page)
    page.press("#left [data-name=firm]")
    assert "1 of 8 statements" in _showing(page)
    assert _node(flood, "e/rescuers") in _drawn(page)["nodes"]
    page.press("#left [data-name=firm]")
    page.press("#left [data-name='Radio Costa']")
    assert "6 of 8 statements" in _showing(page)
    page.press("#left [data-name='publisher not given']")
    assert "5 of 8 statements" in _showing(page)


def test_browser_figures_pass_when_they_may_lie_in_the_range(page: chromium.Browser) -> None:
    _unfold(page)
    page.page.locator("[data-bound=low]").fill("190")
    assert "2 of 8 statements" in _showing(page), "more than 120 and at least 210 may be 190 or more, 180 may not"
    page.page.locator("[data-bound=high]").fill("200")
    assert "1 of 8 statements" in _showing(page)
    page.page.locator("[data-bound=low]").fill("")
    assert "3 of 8 statements" in _showing(page)


def test_browser_path_between_two_actors_is_found_and_told(page: chromium.Browser, flood: ViewData) -> None:
    _unfold(page)
    page.page.locator("[aria-label='Path: from …']").fill("Radio Costa")
    page.page.locator("[aria-label='Path: to …']").fill("Manabí")
    page.page.locator("[aria-label='Path: to …']").press("Enter")
    page.wait("Shell.state().choice.view === 'path'")
    wanted = [_node(flood, key) for key in ("e/radio", "e/vera", "e/chone", "e/manabi")]
    assert _drawn(page)["choice"]["nodes"] == wanted
    assert sorted(_drawn(page)["nodes"]) == sorted(wanted)
    text = _panel(page)
    assert "3 steps" in text
    assert "was spoken about by" in text
    page.picture(PICTURES / "path.png")
    page.page.locator("[aria-label='Path: to …']").fill("No Such Actor")
    page.page.locator("[aria-label='Path: to …']").press("Enter")
    page.wait("document.getElementById('left').textContent.includes('No actor is called “No Such Actor”.')")


def test_browser_path_says_when_there_is_none(page: chromium.Browser) -> None:
    _unfold(page)
    for kind in ("said_about", "part_of", "relayed_by", "holds_office_in"):
        page.press(f"#left [data-name={kind}]")
    page.page.locator("[aria-label='Path: from …']").fill("Radio Costa")
    page.page.locator("[aria-label='Path: to …']").fill("Manabí")
    page.page.locator("[aria-label='Path: to …']").press("Enter")
    page.wait("document.getElementById('left').textContent.includes('No path over the links that are shown.')")


def test_browser_time_moves_by_keyboard_and_hides_what_is_outside(page: chromium.Browser) -> None:
    page.page.locator("#timeline input").first.focus()
    page.key("End")
    assert "1 of 8 statements" in _showing(page)
    page.key("Home")
    assert "8 of 8 statements" in _showing(page)


def test_browser_outlines_and_size_by_links_are_drawn(page: chromium.Browser) -> None:
    _unfold(page)
    before = page.ask("Shell.png().then(blob => blob.size)")
    page.press("#hulls")
    page.press("#by_links")
    page.page.wait_for_timeout(200)
    assert page.ask("Shell.png().then(blob => blob.size)") != before
    page.picture(PICTURES / "outlines.png")


# ── the address ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("renderer", ["vis", "canvas"])
def test_browser_the_address_restores_filters_and_choice(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path, renderer: pages.Renderer
) -> None:
    with opened(browser, flood, tmp_path, renderer=renderer) as page:
        page.press("#left [data-name=part_of]")
        page.do(f"Shell.open({{view: 'node', node: {_node(flood, 'e/chone')}}})")
        page.press("#panel .actions button:nth-child(2)")
        before, fragment = _drawn(page), page.ask("location.hash")
        assert "kinds=part_of" in fragment
        assert "e%2Fchone" in fragment
    with opened(browser, flood, tmp_path, renderer=renderer, fragment=fragment) as page:
        after = _drawn(page)
        assert (after["choice"], after["nodes"], after["links"]) == (before["choice"], before["nodes"], before["links"])
        assert page.ask("document.querySelector('#left [data-name=part_of]').checked") is False


@pytest.mark.parametrize(
    "fragment",
    ["#show=node&show=nobody", "#show=link&show=x", "#from=never&confidence=lots&low=NaN", "#%%%", "#show=constructor"],
)
def test_browser_an_address_of_another_graph_does_no_harm(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path, fragment: str
) -> None:
    with opened(browser, flood, tmp_path, fragment=f"{fragment}&wish=places&wish=publishers") as page:
        assert len(_drawn(page)["nodes"]) == len(flood.nodes)
        assert _drawn(page)["choice"] == {"view": "overview"}


# ── taking away ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_browser_saves_the_chosen_statements_as_csv(page: chromium.Browser, flood: ViewData) -> None:
    page.do(f"Shell.open({{view: 'node', node: {_node(flood, 'e/vera')}}})")
    page.press("#save summary")
    name, content = page.saved("#csv")
    assert name == "statements.csv"
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert row["statement"] == "s3"
    assert row["speaker_name"] == "Tomás Vera"
    assert row["content"] == "“Nobody warned us,”"
    assert row["url"] == "https://radio.example/flood"


def test_browser_csv_of_strangers_is_no_formula(browser: chromium.Browser, flood: ViewData, tmp_path: Path) -> None:
    odd = replace(flood.statements[2], content='=HYPERLINK("https://evil.example")', cue='said "so", he\nadded')
    data = replace(flood, statements=(*flood.statements[:2], odd, *flood.statements[3:]))
    with opened(browser, data, tmp_path) as page:
        rows = list(csv.DictReader(io.StringIO(page.ask("Shell.exported('csv')"))))
        assert rows[2]["content"].startswith("'=HYPERLINK")
        assert rows[2]["cue"] == 'said "so", he\nadded'


def _iris(flood: ViewData) -> ViewData:
    """The flood with the ids that a store gives: IRIs."""
    article = {one.id: f"{v.DATA}article/{one.id}" for one in flood.articles}
    ids = {one.id: f"{article[one.article]}/statement/{one.id}" for one in flood.statements}
    statements = tuple(
        replace(
            one,
            id=ids[one.id],
            article=article[one.article],
            within=ids.get(one.within or ""),
            figures=tuple(
                replace(figure, id=f"{article[one.article]}/figure/{at}-{at + 1}", per="day")
                for at, figure in enumerate(one.figures)
            ),
        )
        for one in flood.statements
    )
    links = tuple(replace(link, statements=tuple(ids[key] for key in link.statements)) for link in flood.links)
    pairs = tuple(replace(pair, left=ids[pair.left], right=ids[pair.right]) for pair in flood.comparisons)
    nodes = {node.id: f"{v.DATA}entity/{node.id[2:]}" for node in flood.nodes}
    return ViewData(
        tuple(replace(node, id=nodes[node.id], offices=()) for node in flood.nodes),
        tuple(replace(link, source=nodes[link.source], target=nodes[link.target]) for link in links),
        tuple(
            replace(one, speaker=nodes.get(one.speaker or ""), about=tuple(nodes[key] for key in one.about))
            for one in statements
        ),
        pairs,
        tuple(replace(one, id=article[one.id]) for one in flood.articles),
    )


def test_browser_saves_the_chosen_statements_as_turtle_that_rdflib_reads(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    with opened(browser, _iris(flood), tmp_path) as page:
        graph = rdflib.Graph().parse(data=page.ask("Shell.exported('turtle')"), format="turtle")
        assert "at least 210 homes per day" in page.ask("Shell.exported('csv')")
    kg = rdflib.Namespace(v.KG)
    statements = set(graph.subjects(rdflib.RDF.type, kg.Statement))
    assert len(statements) == 8
    (second,) = [one for one in statements if str(one).endswith("/s2")]
    assert str(graph.value(graph.value(second, kg.speaker), rdflib.URIRef(v.Property.NAME))) == "Red Cross"
    figure = graph.value(second, kg.figure)
    assert graph.value(figure, rdflib.URIRef(v.Property.LOW)).toPython() == 210
    assert graph.value(figure, kg.comparator) == kg["comparator-at-least"]
    assert str(graph.value(graph.value(second, kg.inArticle), rdflib.URIRef(v.Property.TITLE))) == "Counting the losses"
    assert str(graph.value(figure, kg.per)) == "day"
    terms = {str(term) for triple in graph for term in triple[1:] if str(term).startswith(v.KG)}
    known = set(v.Class) | set(v.Property)
    assert {term for term in terms if "-" not in term.removeprefix(v.KG)} <= known


def test_browser_turtle_of_hostile_strings_still_parses(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    with opened(browser, hostile(_iris(flood)), tmp_path) as page:
        graph = rdflib.Graph().parse(data=page.ask("Shell.exported('turtle')"), format="turtle")
    assert len(set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(v.Class.STATEMENT)))) == 8


@pytest.mark.parametrize("renderer", ["vis", "canvas"])
def test_browser_saves_the_picture_as_svg_with_every_node_and_name(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path, renderer: pages.Renderer
) -> None:
    with opened(browser, flood, tmp_path, renderer=renderer) as page:
        page.page.wait_for_timeout(200)
        page.press("#save summary")
        name, content = page.saved("#svg")
    assert name == "graph.svg"
    root = ET.fromstring(content.decode())
    nodes, names = root.find(f".//{SVG}g[@id='nodes']"), root.find(f".//{SVG}g[@id='names']")
    assert nodes is not None
    assert names is not None
    assert len(nodes) == len(flood.nodes)
    written = " ".join(text.text or "" for text in names)
    assert all(node.name.split()[0] in written for node in flood.nodes)
    assert not [one for one in root.iter() if one.tag.endswith("script")]


def test_browser_saves_a_png_file(page: chromium.Browser) -> None:
    page.press("#save summary")
    name, content = page.saved("#png")
    assert name == "graph.png"
    assert content.startswith(b"\x89PNG")


# ── the reader and the chart ───────────────────────────────────────────────────────────────────────────────────────

TEXT = "Losses in the north\n\nThe mayor 🙂 said the bridge held. “It will not hold again,” an engineer warned.\n\nRain goes on."


@pytest.fixture
def read(browser: chromium.Browser, flood: ViewData, tmp_path: Path) -> Iterator[chromium.Browser]:
    def span(part: str) -> Span:
        return Span(TEXT.index(part), TEXT.index(part) + len(part))

    def marked(at: int, source: str, cue: str, content: str) -> object:
        spans = ((Mark.SOURCE, span(source)), (Mark.CUE, span(cue)), (Mark.CONTENT, span(content)))
        return replace(flood.statements[at], article="a1", spans=spans, start=span(source).start, end=span(content).end)

    statements = (
        marked(0, "The mayor 🙂", "said", "the bridge held"),
        *flood.statements[1:2],
        marked(2, "an engineer", "warned", "“It will not hold again,”"),
        *flood.statements[3:],
    )
    articles = (replace(flood.articles[0], text=TEXT), *flood.articles[1:])
    with opened(browser, replace(flood, statements=statements, articles=articles), tmp_path):
        yield browser


def test_browser_reader_shows_the_whole_article_with_every_attribution_marked(read: chromium.Browser) -> None:
    read.do("Shell.open({view: 'article', article: 0})")
    text = read.ask("document.querySelector('.article').innerText")
    for part in ("Losses in the north", "Rain goes on.", "The mayor 🙂 said the bridge held."):
        assert part in text
    marks = read.ask("[...document.querySelectorAll('.article mark')].map(m => [m.className, m.textContent])")
    assert ["source", "The mayor 🙂"] in marks
    assert ["cue", "warned"] in marks
    assert ["content", "“It will not hold again,”"] in marks, "offsets count characters, not UTF-16 units"


def test_browser_click_goes_from_the_text_to_the_graph_and_back(read: chromium.Browser, flood: ViewData) -> None:
    read.do("Shell.open({view: 'article', article: 0})")
    read.press(".article mark.content")
    read.wait("Shell.state().choice.statement === 0")
    assert "Lucía Paredes" in read.ask("document.querySelector('.inset').innerText")
    assert read.ask("document.querySelectorAll('.article mark.current').length") == 3
    read.picture(PICTURES / "reader.png")
    read.do(f"Shell.open({{view: 'node', node: {_node(flood, 'e/vera')}}})")
    read.press("#panel .card .meta button.actor")
    read.wait("Shell.state().choice.view === 'article'")
    assert read.ask("document.querySelector('mark.current').textContent") == "“It will not hold again,”"


def test_browser_chart_draws_bounds_and_joins_what_disagrees(page: chromium.Browser) -> None:
    page.key("g")
    page.wait("document.getElementById('chart').open")
    assert page.ask("document.querySelectorAll('#chart .lane-of-figures').length") == 1
    figures = page.ask("[...document.querySelectorAll('#chart .figure')].map(f => f.getAttribute('aria-label'))")
    assert len(figures) == 3
    assert any(label.startswith("Red Cross: at least 210 homes") for label in figures)
    assert page.ask("document.querySelectorAll('#chart .figure path.open').length") == 2, "two open bounds"
    assert page.ask("document.querySelectorAll('#chart .tie').length") == 2
    page.do("document.querySelector('#chart .figure').focus()")
    assert "Lucía Paredes" in page.ask("document.querySelector('#chart .say').textContent")
    page.picture(PICTURES / "chart.png")
    page.do("document.querySelector('#chart .tie').dispatchEvent(new MouseEvent('click'))")
    page.wait("Shell.state().choice.view === 'comparison' && !document.getElementById('chart').open")


# ── large and odd graphs ───────────────────────────────────────────────────────────────────────────────────────────


def test_browser_a_folded_graph_starts_from_communities_and_opens_them(
    browser: chromium.Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.model import EntityType, LinkKind
    from kg.view.data import Link, Node

    monkeypatch.setattr(pages, "FOLD", 50)
    monkeypatch.setattr(pages, "FEW", 10)
    nodes = tuple(Node(f"n{at:03}", f"Actor {at}", EntityType.PERSON) for at in range(120))
    links = tuple(
        Link(f"n{at:03}", f"n{at - at % 20 + (at + step) % 20:03}", LinkKind.SAID_ABOUT)
        for at in range(120)
        for step in (1, 2, 3)
    )
    bridge = (Link("n000", "n020", LinkKind.PART_OF),)
    with opened(browser, ViewData(nodes, links + bridge), tmp_path, fragment="#picture=map") as page:
        start = _drawn(page)
        assert start["nodes"] == []
        assert len(start["groups"]) == 6
        page.picture(PICTURES / "folded.png")
        page.do("Shell.open({view: 'group', group: 0})")
        assert "20 actors" in _panel(page)
        page.press("#panel .actions button")
        page.wait("Shell.state().nodes.length === 20 && Shell.state().groups.length === 5")
        page.press("#panel .actions button")
        page.wait("Shell.state().groups.length === 6")
        page.key("/")
        page.type("Actor 25")
        page.key("Enter")
        page.wait("Shell.state().choice.node === 25")
        assert 25 in _drawn(page)["nodes"], "a search hit is drawn with its neighbours"
        assert len(_drawn(page)["nodes"]) == 7


def test_browser_a_node_with_ten_thousand_links_opens_and_lists_a_part(
    browser: chromium.Browser, tmp_path: Path
) -> None:
    from kg.model import EntityType, LinkKind
    from kg.view.data import Article, Link, Node, Statement

    nodes = tuple(Node(f"n{at}", f"Actor {at}", EntityType.PERSON) for at in range(10_001))
    said = tuple(Statement(f"s{at}", "n0", "Actor 0", f"about {at}", "a", about=(f"n{at}",)) for at in range(1, 10_001))
    links = tuple(Link("n0", f"n{at}", LinkKind.SAID_ABOUT, statements=(f"s{at}",)) for at in range(1, 10_001))
    with opened(browser, ViewData(nodes, links, said, (), (Article("a", "All of it"),)), tmp_path) as page:
        page.do("Shell.open({view: 'node', node: 0})")
        assert page.ask("document.querySelectorAll('#panel .card').length") == 40
        assert "Show 40 more of 9960" in _panel(page)


def test_browser_the_page_works_in_a_sandboxed_frame(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    path = tmp_path / "notebook.html"
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8>{pages.Page(flood)._repr_html_()}", encoding="utf-8")
    browser.complaints.clear()
    browser.page.goto(path.as_uri())
    frame = browser.page.frame_locator("iframe")
    frame.locator("html[data-ready=true]").wait_for(timeout=15_000)
    frame.locator("#conflicts").click()
    assert "Contradict each other" in frame.locator("#panel").inner_text()
    assert browser.complaints == []
    assert json.dumps(browser.page.locator("body > p").inner_text()).count("11 actors") == 1


@pytest.mark.parametrize("renderer", ["vis", "canvas"])
def test_browser_one_node_stands_in_the_middle_with_its_name(
    browser: chromium.Browser, tmp_path: Path, renderer: pages.Renderer
) -> None:
    from kg.model import EntityType
    from kg.view.data import Node

    with opened(
        browser, ViewData((Node("n", "Ada Lovelace", EntityType.PERSON),)), tmp_path, renderer=renderer
    ) as page:
        page.wait("Shell.names().length === 1")
        spot = page.ask("Shell.spot(0)")
        stage = page.ask(
            "[document.getElementById('stage').clientWidth, document.getElementById('stage').clientHeight]"
        )
        assert 0.2 * stage[0] < spot["x"] < 0.8 * stage[0]
        assert 0.2 * stage[1] < spot["y"] < 0.8 * stage[1]
        for key in ("n", "g", "Escape", "t", "Escape", "d", "f", "+", "-", "Escape"):
            page.key(key)


def test_browser_a_graph_without_dates_has_no_strip_of_time(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    undated = replace(
        flood,
        statements=tuple(replace(one, said_on="") for one in flood.statements),
        articles=tuple(replace(one, published="") for one in flood.articles),
    )
    with opened(browser, undated, tmp_path) as page:
        assert page.ask("document.getElementById('timeline').hidden")
        page.key("g")
        assert page.ask("document.querySelectorAll('#chart .figure').length") == 3, (
            "on the chart they stand under “no date”"
        )
        assert "no date" in page.ask("document.querySelector('#chart').textContent")


def test_browser_partial_dates_stay_in_when_they_may_be_in_time(
    browser: chromium.Browser, flood: ViewData, tmp_path: Path
) -> None:
    vague = tuple(replace(one, said_on="2021" if one.id == "s3" else one.said_on) for one in flood.statements)
    with opened(
        browser, replace(flood, statements=vague), tmp_path, fragment="#clock=said&from=2021-04&to=2021-04"
    ) as page:
        assert "2 of 8 statements" in _showing(page), "one of April, and one of some day of 2021"
