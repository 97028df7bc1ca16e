"""The first screen: a row a counted thing, with its small time line, its verdict, and both sentences a click away."""

from __future__ import annotations

from pathlib import Path

import chromium
import pytest
from test_browser import PICTURES, _panel, opened

from kg.view.data import ViewData


@pytest.fixture
def page(browser: chromium.Browser, flood: ViewData, tmp_path: Path) -> chromium.Browser:
    with opened(browser, flood, tmp_path):
        return browser


def test_browser_a_story_has_its_figures_speakers_verdict_and_sentences_a_click_away(page: chromium.Browser) -> None:
    assert page.ask("document.querySelectorAll('#panel .story-row').length") == 1
    story = page.ask("document.querySelector('#panel .story-row').innerText")
    assert "Homes lost in Manabí" in story
    assert "1 contradiction" in story
    drawn = page.ask("document.querySelector('#panel .small-line').getAttribute('aria-label')")
    for told in ("more than 120 Lucía Paredes", "at least 210 Red Cross", "180 Interior Ministry"):
        assert told in drawn
    xs = page.ask(
        "[...document.querySelectorAll('#panel .small-line .figure')].map(f => [f.dataset.date, +f.dataset.x])"
    )
    assert [day for day, _ in sorted(xs, key=lambda one: one[1])] == sorted(day for day, _ in xs), "in order of date"
    page.picture(PICTURES / "stories.png")
    page.press("#panel .story-row .both")
    text = _panel(page)
    assert "The Red Cross counted at least 210 homes destroyed in Manabí." in text
    assert "The Interior Ministry announced that 180 homes were destroyed." in text


def test_browser_a_story_leads_to_its_chart_alone(page: chromium.Browser) -> None:
    page.press("#panel .story-row .chart")
    page.wait("document.getElementById('chart').open")
    assert page.ask("document.querySelectorAll('#chart .lane-of-figures').length") == 1


def test_browser_overview_tells_who_is_quoted_most_and_what_is_new(page: chromium.Browser) -> None:
    text = _panel(page)
    assert "Most quoted" in text
    new = page.ask("[...document.querySelectorAll('#panel .new')].map(p => p.innerText)")
    assert new[0] == "Interior Ministry: “180 homes were destroyed” 1 Apr 2021", "the newest first"
    page.press("#panel .new .said")
    page.wait("Shell.state().choice.view === 'statement'")
