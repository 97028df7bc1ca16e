"""Correcting and adding as somebody does it: counted in clicks, by keyboard alone, without scripts, and two people at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import chromium
import pytest
from playwright.sync_api import BrowserContext, Page
from serving import served

import kg
from kg import corrections
from kg.model import Article
from kg.serve import Site
from kg.serve.changing.people import People
from kg.serve.pages.looking import Graph
from kg.store import Store
from kg.view.data import Statement

TEXT = (
    "Governor Tove Lindqvarn 😀 visited Kvitfjord on Monday.\n\n"
    "Police chief Odd Ferring said on Tuesday that 12 people were killed in Lunde. He added that more than 300 houses were destroyed.\n\n"
    "The Red Cross counted 210 homes destroyed in Marenholt. A new bridge is needed at once in the eyes of Lindqvarn."
)
OTHER = "Odd Ferring, the police chief, said on 3 March that 14 people were killed in Lunde."
HERE = "https://w3id.org/kg-said/article/flood"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("correcting") / "store"
    with kg.open(path) as graph:
        first = Article("flood", TEXT, title="Flood in Lunde", published="2021-03-02", publisher="Nordlys Wire")
        graph.build(
            [first, Article("later", OTHER, title="Fourteen dead", published="2021-03-04", publisher="Havposten")]
        )
    return path


@pytest.fixture(scope="module")
def address(place: Path) -> Iterator[str]:
    people = People(alone="ana")
    with Store.open(place, read_only=True) as store, served(Site(store, page="page", people=people)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def context(browser: chromium.Browser) -> Iterator[BrowserContext]:
    started = browser.page.context.browser
    assert started is not None
    made = started.new_context(viewport={"width": 1280, "height": 900})
    made.set_default_timeout(10_000)
    yield made
    made.close()


class Hand:
    """A hand at the mouse, whose clicks are counted; choosing an entry of a list is two: to open it, and on the entry."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, selector: str) -> None:
        self.clicks += 1
        self.page.locator(selector).first.click()

    def choose(self, selector: str, label: str) -> None:
        self.clicks += 2
        self.page.select_option(selector, label=label)

    def type(self, selector: str, text: str) -> None:
        """Into a field, after a click that marks what stands there."""
        self.clicks += 1
        self.page.locator(selector).click(click_count=3)
        self.page.keyboard.type(text)

    def mark(self, words: str) -> None:
        """Draw over words of the article's text with the mouse."""
        self.clicks += 1
        ends = self.page.evaluate(
            """words => {
              for (const line of document.querySelectorAll(".text p")) {
                const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
                for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                  const at = node.data.indexOf(words);
                  if (at < 0) continue;
                  const range = document.createRange();
                  const box = (start, end) => { range.setStart(node, start); range.setEnd(node, end); return range.getBoundingClientRect(); };
                  const [first, last] = [box(at, at + 1), box(at + words.length - 1, at + words.length)];
                  return [[first.left + 1, first.top + first.height / 2], [last.right, last.top + last.height / 2]];
                }
              }
            }""",
            words,
        )
        self.page.mouse.move(*ends[0])
        self.page.mouse.down()
        self.page.mouse.move(*ends[1], steps=5)
        self.page.mouse.up()
        self.page.wait_for_selector("#marking:not([hidden]) button")


@pytest.fixture
def hand(context: BrowserContext) -> Iterator[Hand]:
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield Hand(page)
    assert complaints == []


def said(place: Path, words: str) -> Statement:
    """The statement with these words, as it is on the disk now."""
    with Store.open(place, read_only=True) as store:
        return next(one for one in Graph(store).said_in(HERE) if words in one.content)


def undo(page: Page) -> None:
    """The button of the message pressed, and waited for: the page that comes next has such a message, too."""
    with page.expect_navigation():
        page.click(".saved button")


def card(words: str) -> str:
    return f'.card:has(.content:has-text("{words}"))'


def test_correcting_a_wrong_speaker_takes_four_clicks(hand: Hand, address: str, place: Path) -> None:
    hand.page.goto(f"{address}/article/flood")
    hand.click(f"{card('12 people')} .correct")
    hand.choose("#speaker", "Red Cross")
    hand.click("button:has-text('Save')")
    hand.page.wait_for_selector(".saved")
    assert hand.clicks <= 4
    assert said(place, "12 people").speaker_name == "Red Cross"
    assert hand.page.locator(f"{card('12 people')} .tag:has-text('corrected')").count() == 1
    # Both versions, who, and the way back.
    hand.page.click(f"{card('12 people')} .content a")
    table = hand.page.inner_text("table:has-text('As extracted')")
    assert "Odd Ferring" in table
    assert "Red Cross" in table
    assert "ana, " in hand.page.inner_text(".decided")
    hand.page.click(".decided button:has-text('Undo')")
    hand.page.wait_for_selector(".saved")
    assert said(place, "12 people").speaker_name == "Odd Ferring"


def test_correcting_a_wrong_number_takes_three_clicks_and_is_seen_everywhere(
    hand: Hand, address: str, place: Path
) -> None:
    hand.page.goto(f"{address}/article/flood")
    hand.click(f"{card('300 houses')} .correct")
    hand.type("#f0\\.value", "340")
    hand.click("button:has-text('Save')")
    hand.page.wait_for_selector(".saved")
    assert hand.clicks <= 4
    [figure] = said(place, "300 houses").figures
    assert (figure.value, figure.text) == (340, "more than 300")
    assert "> 340" in hand.page.inner_text(card("300 houses"))
    turtle = hand.page.request.get(f"{address}/graph.ttl").text()
    assert "wasRevisionOf" in turtle
    query = (
        f"{address}/sparql?query={quote('ASK { ?f schema:value ?n ; prov:wasRevisionOf ?before FILTER(?n = 340) }')}"
    )
    assert hand.page.request.get(query, headers={"Accept": "application/json"}).json()["boolean"] is True
    # The message has the undo as well, and the terminal sees it.
    undo(hand.page)
    assert said(place, "300 houses").figures[0].value == 300


def test_adding_a_missed_statement_takes_six_clicks(hand: Hand, address: str, place: Path) -> None:
    hand.page.goto(f"{address}/article/flood")
    hand.mark("A new bridge is needed at once")
    hand.click("#marking button")
    hand.page.wait_for_selector("#sheet")
    assert hand.page.input_value("#content") == "A new bridge is needed at once"
    hand.choose("#speaker", "Tove Lindqvarn")
    hand.click("button:has-text('Add')")
    hand.page.wait_for_selector(".saved")
    assert hand.clicks <= 6
    one = said(place, "new bridge")
    assert (one.speaker_name, one.content) == ("Tove Lindqvarn", "A new bridge is needed at once"), (
        "behind a character of two units"
    )


def test_marking_fills_the_fields_of_a_sheet(hand: Hand, address: str, place: Path) -> None:
    one = said(place, "12 people")
    hand.page.goto(f"{address}/correct?thing={quote(one.id, safe='')}")
    hand.mark("people were killed in Lunde")
    assert hand.page.locator("#marking button").all_inner_texts() == ["Content", "Speaker", "Cue", "Number"]
    hand.click("#marking button:has-text('Content')")
    assert hand.page.input_value("#content") == "people were killed in Lunde"
    hand.click("button:has-text('Save')")
    hand.page.wait_for_selector(".saved")
    assert said(place, "people were killed").content == "people were killed in Lunde"
    undo(hand.page)
    assert said(place, "12 people").content == "that 12 people were killed in Lunde"


def test_correcting_by_keyboard_alone(hand: Hand, address: str, place: Path) -> None:
    page = hand.page

    def tab_to(expression: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate(f"document.activeElement.matches({expression!r})"):
                return
        raise AssertionError(expression)

    page.goto(f"{address}/article/flood")
    page.evaluate(
        f"document.querySelector('[id=\"s-{said(place, '300 houses').id.rsplit('/', 1)[1]}\"]').dataset.here = 'yes'"
    )
    tab_to("[data-here] .correct")
    page.keyboard.press("Enter")
    page.wait_for_selector("#sheet")
    tab_to("#day")
    page.keyboard.type("2021-03-01")
    tab_to("#why")
    page.keyboard.type("it says Tuesday")
    page.keyboard.press("Enter")
    page.wait_for_selector(".saved")
    assert said(place, "300 houses").said_on == "2021-03-01"
    tab_to(".saved button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert said(place, "300 houses").said_on != "2021-03-01"


def test_correcting_and_adding_without_scripts(browser: chromium.Browser, address: str, place: Path) -> None:
    started = browser.page.context.browser
    assert started is not None
    context = started.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(f"{address}/article/flood")
        page.click(f"{card('12 people')} .correct")
        page.fill("#cue", "nowhere in it")
        page.fill("#why", "kept")
        page.click("button:has-text('Save')")
        assert "is nowhere in the article" in page.inner_text(".problem")
        assert (page.input_value("#cue"), page.input_value("#why")) == ("nowhere in it", "kept")
        page.fill("#cue", "said on Tuesday")
        page.click("button:has-text('Save')")
        page.wait_for_selector(".saved")
        assert said(place, "12 people").cue == "said on Tuesday"
        undo(page)
        page.goto(f"{address}/add")
        page.fill("#text", " ")
        page.click("button:has-text('Add')")
        assert "There is nothing to read" in page.inner_text(".problem")
    finally:
        context.close()


def test_two_people_at_once_are_both_on_record(hand: Hand, context: BrowserContext, address: str, place: Path) -> None:
    one = said(place, "12 people")
    sheets = [hand.page, context.new_page()]
    for page in sheets:
        page.goto(f"{address}/correct?thing={quote(one.id, safe='')}")
    sheets[0].select_option("#stance", "claimed")
    sheets[0].click("button:has-text('Save')")
    sheets[0].wait_for_selector(".saved")
    sheets[1].select_option("#speaker", label="Red Cross")  # a sheet from before, with the old stance in it
    sheets[1].click("button:has-text('Save')")
    sheets[1].wait_for_selector(".saved")
    now = said(place, "12 people")
    assert (now.stance, now.speaker_name) == ("claimed", "Red Cross"), "a field that nobody touched changes nothing"
    # In the terminal, a third says otherwise of the same: the later holds, both are shown.
    with Store.open(place) as store:
        made = corrections.correct(store, one.id, "stance", "denied", by="bo", why="heard it")
    page = sheets[0]
    page.goto(f"{address}/resource?iri={quote(one.id, safe='')}")
    shown = page.locator(".decided").all_inner_texts()
    assert any("bo, " in text and "heard it" in text and "holds" in text for text in shown), shown
    assert any("claimed" in text and "overruled by bo" in text for text in shown), shown
    assert made.new
    # What was sent twice counts once.
    page.goto(f"{address}/correct?thing={quote(one.id, safe='')}")
    page.click("button:has-text('It is right')")
    page.wait_for_selector(".saved")
    page.go_back()
    page.click("button:has-text('It is right')")
    page.wait_for_selector(".saved:has-text('on record already')")


def test_actors_are_renamed_merged_and_split(hand: Hand, address: str, place: Path) -> None:
    page = hand.page
    with Store.open(place, read_only=True) as store:
        known = {node.name: node.id for node in Graph(store).actors()}
    page.goto(f"{address}/correct?thing={quote(known['Odd Ferring'], safe='')}")
    page.click("button:has-text('Another one is meant here')")
    page.wait_for_selector(".saved, h1:has-text('on record')")
    with Store.open(place, read_only=True) as store:
        twins = [node.id for node in Graph(store).actors() if node.name == "Odd Ferring"]
    assert len(twins) == 2
    page.goto(f"{address}/correct?thing={quote(twins[0], safe='')}")
    page.fill("#merge", twins[1])
    page.click("button:has-text('Save')")
    page.wait_for_selector(".saved, h1:has-text('on record')")
    with Store.open(place, read_only=True) as store:
        assert len([node for node in Graph(store).actors() if node.name == "Odd Ferring"]) == 1
        red = next(node.id for node in Graph(store).actors() if node.name == "Red Cross")
    page.goto(f"{address}/correct?thing={quote(red, safe='')}")
    page.fill("#merge", "Nobody at All")
    page.click("button:has-text('Save')")
    assert "Nobody else in the graph is called “Nobody at All”" in page.inner_text(".problem")
    page.fill("#merge", "")
    page.fill("#name", "Red Cross of Norway")
    page.click("button:has-text('Save')")
    page.wait_for_selector(".saved")
    with Store.open(place, read_only=True) as store:
        assert "Red Cross of Norway" in {node.name for node in Graph(store).actors()}


def test_an_article_is_added_in_two_clicks_or_dropped(hand: Hand, address: str) -> None:
    page = hand.page
    page.goto(address)
    page.locator("#text").focus()
    hand.clicks += 1
    page.keyboard.insert_text("Mayor Ines Calloway promised a new bridge in Lunde.")
    hand.click("button:has-text('Add')")
    page.wait_for_selector("#parcel[data-ended]", timeout=120_000)
    assert hand.clicks <= 2
    assert "1 article came in." in page.inner_text("#told")
    page.click("h2:has-text('In the graph now') + ul a")
    assert "promised" in page.inner_text(".text")
    page.goto(f"{address}/add")
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["\\0\\x01rubbish\\0".repeat(99)], "böse.bin"));
          document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true }));
        }"""
    )
    page.wait_for_selector("#parcel[data-ended]", timeout=120_000)
    assert "böse.bin: The file is binary, not text." in page.inner_text("#told")
