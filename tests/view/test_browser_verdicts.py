"""Contradiction, revision and agreement: three colours, three edges, three filters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import chromium
import pytest
from test_browser import _panel, opened

from kg.model import LinkKind, Verdict
from kg.view.data import Link, ViewData


@pytest.fixture
def judged(flood: ViewData) -> ViewData:
    """The flood with one contradiction, two revisions and one agreement."""
    first = flood.comparisons[0]
    revised = tuple(replace(first, id=f"r{at}", verdict=Verdict.REVISES, reason="Later and higher.") for at in range(2))
    links = (*flood.links, Link("e/ministry", "e/red-cross", LinkKind.REVISES, comparisons=("r0", "r1")))
    return replace(flood, links=links, comparisons=(*flood.comparisons, *revised))


def test_browser_only_contradictions_count_as_disagreement(
    browser: chromium.Browser, judged: ViewData, tmp_path: Path
) -> None:
    with opened(browser, judged, tmp_path) as page:
        assert "Where they disagree 1" in " ".join(_panel(page).split())
        page.press("#conflicts")
        heads = page.ask("[...document.querySelectorAll('#panel h3')].map(h => h.innerText.replace(/\\s+/g, ' '))")
        assert heads == ["Contradict each other 1", "One revises the other 2", "Agree 1"]


def test_browser_each_verdict_has_its_edge_its_filter_and_its_line_in_the_legend(
    browser: chromium.Browser, judged: ViewData, tmp_path: Path
) -> None:
    kinds = ("disagrees_with", "revises", "agrees_with")
    with opened(browser, judged, tmp_path) as page:
        shown = "[...new Set(Shell.state().links.map(at => Shell.graph().links[at].kind))]"
        assert set(kinds) <= set(page.ask(shown))
        looks = {
            tuple(
                page.ask(
                    f"(() => {{ const s = getComputedStyle(document.querySelector('#left .stroke.{kind}'));"
                    " return [s.stroke, document.querySelector('#left .stroke.%s').getAttribute('stroke-dasharray')]; })()"
                    % kind
                )
            )
            for kind in kinds
        }
        assert len({ink for ink, _ in looks}) == len({dashes for _, dashes in looks}) == 3
        for kind in kinds:
            page.press(f"#left [data-name={kind}]")
            assert kind not in page.ask(shown)
            page.press(f"#left [data-name={kind}]")
        colours = page.ask(
            "(() => { Shell.open({view: 'disagreements'});"
            " return [...document.querySelectorAll('#panel .verdict')].map(v => getComputedStyle(v).color); })()"
        )
        assert len(set(colours)) == 3
