"""Contradiction, revision and agreement: three colours, three edges, three filters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import chromium
import pytest
from test_browser import PICTURES, _panel, opened

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


SAMPLE = """(kind) => { const line = document.querySelector('#left .stroke.' + kind), look = getComputedStyle(line);
 const length = 26, dashes = (line.getAttribute('stroke-dasharray') || '').split(/[ ,]+/).map(Number).filter(Boolean);
 const row = []; let at = 0, on = true, left = dashes[0] || Infinity;
 for (let x = 0; x < length; x += 1) { row.push(on ? 1 : 0); left -= 1;
  while (left <= 0) { at = (at + 1) % dashes.length; on = !on; left += dashes[at]; } }
 return [row.join(''), Number.parseFloat(look.strokeWidth)]; }"""


def test_browser_no_two_kinds_of_link_are_one_to_who_sees_no_red_and_green(
    browser: chromium.Browser, judged: ViewData, tmp_path: Path
) -> None:
    """By the dashes and widths alone, and in the picture as Chromium shows it to a deuteranope."""
    verdicts = ("disagrees_with", "revises", "agrees_with")
    with opened(browser, judged, tmp_path) as page:
        kinds = page.ask("[...document.querySelectorAll('#left [data-set=kinds]')].map(b => b.dataset.name)")
        assert set(verdicts) < set(kinds)
        samples = {kind: page.page.evaluate(SAMPLE, kind) for kind in kinds}
        for one in kinds:
            for other in kinds:
                if one < other:
                    apart = sum(a != b for a, b in zip(samples[one][0], samples[other][0], strict=True))
                    assert apart >= 4 or abs(samples[one][1] - samples[other][1]) >= 0.8, (one, other)
        assert min(samples[kind][1] for kind in verdicts) > max(samples[kind][1] for kind in {*kinds} - {*verdicts})
        session = page.page.context.new_cdp_session(page.page)
        session.send("Emulation.setEmulatedVisionDeficiency", {"type": "deuteranopia"})
        page.picture(PICTURES / "deuteranope.png")
        session.send("Emulation.setEmulatedVisionDeficiency", {"type": "none"})
        drawn = page.ask(
            "(() => { const links = new DOMParser().parseFromString(Shell.svg(), 'image/svg+xml')"
            ".querySelectorAll('#links > path[fill=none]');"
            " return [...links].map(l => [l.getAttribute('stroke'), l.getAttribute('stroke-dasharray')]); })()"
        )
        dashes = {ink: {dash for other, dash in drawn if other == ink} for ink, _ in drawn}
        assert all(len(own) == 1 for own in dashes.values()), "a kind has one pattern wherever it is drawn"
        patterns = [next(iter(own)) for own in dashes.values()]
        assert len(patterns) == len(set(patterns)), "and no two kinds share theirs"
