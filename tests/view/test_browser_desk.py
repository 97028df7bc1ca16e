"""The desk in a browser: every page is sound to axe in light and dark, narrow and wide; the page that asks works by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import chromium
import pytest
import story
from playwright.sync_api import BrowserContext, Page
from serving import served

from kg.serve import Site
from kg.serve.pages.looking import Graph
from kg.store import Store

SIZES = ((390, 844), (1920, 1080))
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?d && ?d != ?g && ?g != ?j) }"


@pytest.fixture(scope="module")
def store() -> Store:
    return story.store()


@pytest.fixture(scope="module")
def address(store: Store) -> Iterator[str]:
    with served(Site(store, page="<!DOCTYPE html><title>graph</title>", timeout=30)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def context(browser: chromium.Browser) -> Iterator[BrowserContext]:
    started = browser.page.context.browser
    assert started is not None
    made = started.new_context(viewport={"width": 1440, "height": 900})
    made.grant_permissions(["clipboard-read", "clipboard-write"])
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    made = context.new_page()
    complaints: list[str] = []
    made.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    made.on("pageerror", lambda error: complaints.append(str(error)))
    yield made
    made.close()
    assert [one for one in complaints if "status of 4" not in one] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_desk_pages_are_sound_to_axe_and_fit(page: Page, address: str, store: Store, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    graph = Graph(store)
    things = [graph.articles()[0].id, graph.statements()[0], graph.actors()[0].id, graph.comparisons()[0][1]]
    paths = [iri.removeprefix("https://w3id.org/kg-said") for iri in things]
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    sheets = [f"/correct?thing={quote(iri, safe='')}" for iri in things[:3]]
    for path in (
        *paths,
        *sheets,
        "/",
        "/add",
        "/review",
        "/corrections",
        "/sign-in",
        "/article/",
        "/entity/",
        "/statement/",
        "/comparison/",
        "/search?q=fish",
        "/entity/nobody",
        "/query",
    ):
        page.goto(address + path)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
            found = axe.run(page).response["violations"]
            assert [(one["id"], one["nodes"][0]["target"]) for one in found] == [], (path, width)


def _until_said(page: Page, words: str) -> None:
    page.wait_for_function(
        "words => document.getElementById('said').textContent.includes(words)", arg=words, timeout=20_000
    )


def _edit(page: Page, text: str) -> None:
    page.evaluate("text => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", text)


def test_desk_asks_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/query")
    page.wait_for_selector(".CodeMirror")
    page.focus("#words")
    page.keyboard.type("which sources are unnamed")
    page.keyboard.press("Enter")
    _until_said(page, "row")
    assert page.input_value("#named") == "unnamed_sources"
    page.focus(".CodeMirror textarea")
    page.keyboard.press("Control+a")
    page.keyboard.type("ASK { ?s a kg:Statement }")
    page.keyboard.press("Control+Enter")
    _until_said(page, "Yes")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "run", "Tab leaves the editor"


def test_desk_completes_terms_and_names(page: Page, address: str, store: Store) -> None:
    node = next(node for node in Graph(store).actors() if " " in node.name)
    page.goto(f"{address}/query")
    page.wait_for_selector(".CodeMirror")
    page.focus(".CodeMirror textarea")
    for typed, inserted in (
        ("SELECT * { ?s kg:speakerOf", "kg:speakerOffice"),
        (f"SELECT * {{ ?s ?p <{node.name[:6]}", node.id),
    ):
        _edit(page, "")
        page.keyboard.type(typed)
        page.keyboard.press("Control+Space")
        page.wait_for_selector(".CodeMirror-hint")
        page.keyboard.press("Enter")
        text = str(page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()"))
        assert inserted in text, text
        assert text.count("<") == text.count(">"), text


def test_desk_named_questions_have_a_field_for_each_parameter(page: Page, address: str) -> None:
    page.goto(f"{address}/query")
    page.wait_for_selector(".CodeMirror")
    page.select_option("#named", "figures_above")
    named = page.evaluate("[...document.querySelectorAll('#fields input')].map(input => input.name)")
    assert len(named) >= 1
    page.select_option("#named", "statements_by")
    page.fill("#fields input", "a")
    page.keyboard.press("Enter")
    _until_said(page, "row")
    assert page.get_attribute("#fields input", "list") == "actors"


def test_desk_cancel_and_time_out(page: Page, address: str) -> None:
    page.goto(f"{address}/query")
    page.wait_for_selector(".CodeMirror")
    _edit(page, SLOW)
    page.click("#run")
    page.wait_for_timeout(300)
    page.click("#cancel")
    _until_said(page, "Cancelled.")
    page.fill("#seconds", "1")
    page.click("#run")
    _until_said(page, "stopped after 1 seconds")


def test_desk_links_hold_the_question_and_do_not_ask_it(page: Page, address: str) -> None:
    text = "SELECT ?name (COUNT(?s) AS ?n) { ?s kg:speaker/skos:prefLabel ?name } GROUP BY ?name ORDER BY ?name"
    page.goto(f"{address}/query#query={quote(text)}")
    page.wait_for_selector(".CodeMirror")
    _until_said(page, "from the link")
    page.click("#run")
    _until_said(page, "rows")
    page.click('[data-form="chart"]')
    assert page.locator("#answer svg .bar").count() > 1
    page.click("#share")
    _until_said(page, "link")
    assert page.url.startswith(f"{address}/query#query=SELECT")


def test_desk_answers_link_to_pages_and_are_drawn(page: Page, address: str) -> None:
    page.goto(f"{address}/query")
    page.wait_for_selector(".CodeMirror")
    _edit(page, "SELECT ?statement ?speaker { ?statement kg:speaker ?speaker }")
    page.click("#run")
    _until_said(page, "rows")
    page.click('[data-form="picture"]')
    assert page.locator("#answer svg .node").count() > 2
    page.click('[data-form="table"]')
    page.click("#answer td:nth-child(2) a")
    page.wait_for_selector("h1")
    assert "/entity/" in page.url
