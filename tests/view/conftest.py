"""An invented story for the page: a flood in Ecuador, and who gave which figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import chromium
import pytest

from kg.model import Certainty, Comparator, EntityType, Kind, LinkKind, Span, Tense, Verdict
from kg.view.data import Article, Comparison, Figure, Link, Node, Office, Statement, ViewData, pieces

_SENTENCES = {
    "s1": ("Governor Lucía Paredes of Manabí said that more than 120 homes were lost.", "Governor Lucía Paredes of Manabí", "said", "more than 120 homes were lost"),
    "s2": ("The Red Cross counted at least 210 homes destroyed in Manabí.", "The Red Cross", "counted", "at least 210 homes destroyed in Manabí"),
    "s3": ("“Nobody warned us,” Tomás Vera, a former mayor of Chone, told Radio Costa.", "Tomás Vera, a former mayor of Chone", "told", "“Nobody warned us,”"),
    "s4": ("According to unnamed rescuers, around 9 people may be missing.", "unnamed rescuers", "According to", "around 9 people may be missing"),
    "s5": ("Paredes noted that the Interior Ministry had reported 4 missing.", "the Interior Ministry", "reported", "4 missing"),
    "s6": ("Roads to Chone reopened on Monday.", "", "", "Roads to Chone reopened on Monday"),
    "s7": ("The Interior Ministry announced that 180 homes were destroyed.", "The Interior Ministry", "announced", "180 homes were destroyed"),
}  # fmt: skip


def _evidence(key: str) -> dict[str, object]:
    sentence, source, cue, content = _SENTENCES[key]

    def spans(part: str) -> tuple[Span, ...]:
        at = sentence.find(part) + 1000
        return (Span(at, at + len(part)),) if part else ()

    cut = pieces(sentence, 1000, source=spans(source), cue=spans(cue), content=spans(content))
    return {"content": content, "cue": cue, "evidence": cut, "start": 1000, "end": 1000 + len(sentence)}


HOSTILE = (
    "</script><script>document.documentElement.dataset.broken='yes'</script>",
    "<img src=x onerror=\"document.documentElement.dataset.broken='yes'\">",
    "<!--<script>",
    "{{ 7*7 }} {% raw %} ${7*7}",
    "javascript:document.documentElement.dataset.broken='yes'",
    "\u2028\u2029\x00\ud800 ]]> &lt;b&gt;",
    "\u202eright to left\u202c",
    "__proto__",
    "w" * 100_000,
)


def hostile(flood: ViewData) -> ViewData:
    """Every string of strangers replaced or extended by a hostile one."""
    nodes = tuple(replace(node, name=bad, aliases=(bad,)) for node, bad in zip(flood.nodes, HOSTILE, strict=False))
    nodes += flood.nodes[len(HOSTILE) :]
    statements = tuple(
        replace(
            statement,
            speaker_name=bad,
            content=bad,
            cue=bad[:60],
            role=bad,
            organisation=bad,
            reason=bad,
            evidence=tuple(replace(piece, text=bad[:2000]) for piece in statement.evidence),
            figures=tuple(replace(figure, text=bad, population=bad, places=(bad,)) for figure in statement.figures),
        )
        for statement, bad in zip(flood.statements, HOSTILE, strict=False)
    )
    articles = tuple(
        replace(article, title=bad, publisher=bad, url="javascript:document.documentElement.dataset.broken='yes'")
        for article, bad in zip(flood.articles, HOSTILE, strict=False)
    )
    comparisons = tuple(replace(pair, reason=HOSTILE[0], left_speaker=HOSTILE[1]) for pair in flood.comparisons)
    links = tuple(replace(link, label=HOSTILE[1]) for link in flood.links)
    return ViewData(nodes, links, statements, comparisons, articles)


@pytest.fixture(scope="session")
def browser() -> Iterator[chromium.Browser]:
    if chromium.executable() is None:
        pytest.skip("no Chromium is installed: the page is not tried in a browser")
    with chromium.Browser() as started:
        yield started


@pytest.fixture
def flood() -> ViewData:
    nodes = (
        Node("e/paredes", "Lucía Paredes", EntityType.PERSON, aliases=("Paredes",), country="Ecuador", offices=(Office("governor", "e/manabi", "Manabí", Tense.CURRENT),)),
        Node("e/vera", "Tomás Vera", EntityType.PERSON, offices=(Office("mayor", "e/chone", "Chone", Tense.FORMER),)),
        Node("e/red-cross", "Red Cross", EntityType.ORGANISATION),
        Node("e/ministry", "Interior Ministry", EntityType.MINISTRY, country="Ecuador", part_of="Government of Ecuador"),
        Node("e/government", "Government of Ecuador", EntityType.GOVERNMENT),
        Node("e/radio", "Radio Costa", EntityType.NEWS_ORGANISATION),
        Node("e/rescuers", "unnamed rescuers", EntityType.UNNAMED),
        Node("e/manabi", "Manabí", EntityType.REGION, country="Ecuador"),
        Node("e/chone", "Chone", EntityType.CITY, country="Ecuador"),
        Node("e/ecuador", "Ecuador", EntityType.COUNTRY),
        Node("e/report", "Situation Report No. 3", EntityType.DOCUMENT),
    )  # fmt: skip
    homes: dict[str, Any] = {"population": "homes", "event": "lose", "places": ("Manabí",)}
    more_than_120 = Figure("more than 120 homes", value=120, low=120, comparator=Comparator.MORE, **homes)
    at_least_210 = Figure(
        "at least 210 homes", value=210, low=210, comparator=Comparator.AT_LEAST, **homes, as_of="2021-03-04"
    )
    exactly_180 = Figure("180 homes", value=180, low=180, high=180, **homes)
    statements = (
        Statement("s1", "e/paredes", "Lucía Paredes", article="a1", stance="said", role="governor", organisation="Manabí", tense=Tense.CURRENT, about=("e/manabi",), figures=(more_than_120,), confidence=0.9, reason="named", said_on="2021-03-02", **_evidence("s1")),
        Statement("s2", "e/red-cross", "Red Cross", article="a2", stance="said", about=("e/manabi", "e/report"), figures=(at_least_210,), confidence=0.8, **_evidence("s2")),
        Statement("s3", "e/vera", "Tomás Vera", article="a1", stance="said", kind=Kind.DIRECT, role="mayor", organisation="Chone", tense=Tense.FORMER, about=("e/chone", "e/radio"), confidence=0.95, **_evidence("s3")),
        Statement("s4", "e/rescuers", "unnamed rescuers", article="a2", stance="said", certainty=Certainty.HEDGED, about=("e/chone",), figures=(Figure("around 9 people", value=9, low=8, high=10, comparator=Comparator.ABOUT, population="people", event="miss"),), **_evidence("s4")),
        Statement("s5", "e/ministry", "Interior Ministry", article="a2", stance="said", within="s8", about=("e/chone",), **_evidence("s5")),
        Statement("s6", None, "", article="a2", kind=Kind.AUTHOR, about=("e/chone",), **_evidence("s6")),
        Statement("s7", "e/ministry", "Interior Ministry", article="a3", stance="said", about=("e/manabi",), figures=(exactly_180,), **_evidence("s7")),
        Statement("s8", "e/paredes", "Lucía Paredes", article="a2", stance="said", about=("e/ministry",), reason="role reference: the governor", **_evidence("s5")),
    )  # fmt: skip
    links = (
        Link("e/paredes", "e/manabi", LinkKind.HOLDS_OFFICE_IN, "governor"),
        Link("e/vera", "e/chone", LinkKind.HOLDS_OFFICE_IN, "former mayor"),
        Link("e/paredes", "e/manabi", LinkKind.SAID_ABOUT, statements=("s1",)),
        Link("e/red-cross", "e/manabi", LinkKind.SAID_ABOUT, statements=("s2",)),
        Link("e/red-cross", "e/report", LinkKind.SAID_ABOUT, statements=("s2",)),
        Link("e/vera", "e/chone", LinkKind.SAID_ABOUT, statements=("s3",)),
        Link("e/vera", "e/radio", LinkKind.SAID_ABOUT, statements=("s3",)),
        Link("e/rescuers", "e/chone", LinkKind.SAID_ABOUT, statements=("s4",)),
        Link("e/ministry", "e/chone", LinkKind.SAID_ABOUT, statements=("s5",)),
        Link("e/ministry", "e/manabi", LinkKind.SAID_ABOUT, statements=("s7",)),
        Link("e/paredes", "e/ministry", LinkKind.SAID_ABOUT, statements=("s8",)),
        Link("e/ministry", "e/paredes", LinkKind.RELAYED_BY, statements=("s5",)),
        Link("e/ministry", "e/government", LinkKind.PART_OF),
        Link("e/government", "e/ecuador", LinkKind.PART_OF),
        Link("e/manabi", "e/ecuador", LinkKind.PART_OF),
        Link("e/chone", "e/manabi", LinkKind.PART_OF),
        Link("e/red-cross", "e/ministry", LinkKind.DISAGREES_WITH, comparisons=("c1",)),
        Link("e/ministry", "e/paredes", LinkKind.AGREES_WITH, comparisons=("c2",)),
    )
    comparisons = (
        Comparison("c1", "s2", "s7", "Red Cross", "Interior Ministry", at_least_210, exactly_180, Verdict.CONTRADICTS, "180 is below the lower bound of 210 for the same homes in Manabí."),
        Comparison("c2", "s1", "s7", "Lucía Paredes", "Interior Ministry", more_than_120, exactly_180, Verdict.AGREES, "180 is more than 120."),
    )  # fmt: skip
    articles = (
        Article("a1", "Flood takes homes in Manabí", "2021-03-02", "Radio Costa", "https://radio.example/flood"),
        Article("a2", "Counting the losses", "2021-03-05", "Gaceta", "https://gaceta.example/losses"),
        Article("a3", "Ministry gives its figure", "2021-04-01"),
    )
    return ViewData(nodes, links, statements, comparisons, articles)
