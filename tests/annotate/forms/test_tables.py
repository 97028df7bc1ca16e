"""Tables in texts: what each cell counts, where, whose and as of when; and what must not become a figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.annotate import Annotator
from kg.model import Article, Comparator, Resolved, StatedFigure
from kg.resolve.coreference import resolve

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "data" / "tables.yaml").read_text(encoding="utf-8")
)
PUBLISHED = "2022-05-15"


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


def read(annotator: Annotator, text: str) -> Resolved:
    return resolve(annotator.annotate(Article("a", text, published=PUBLISHED)))


def inside(found: Resolved, text: str) -> list[tuple[str | None, StatedFigure]]:
    """The figures of lines with cells, each with who gives it, in their order."""
    names = {r.key: r.name for r in found.references}
    lines = [line for line in text.split("\n") if any(mark in line for mark in ("|", "\t", "   "))]
    figures = [(names[s.speaker] if s.speaker else None, f) for s in found.statements for f in s.figures]
    cells = [(who, f) for who, f in figures if any(_line(text, f) == line for line in lines)]
    return sorted(cells, key=lambda pair: pair[1].span)


def _line(text: str, figure: StatedFigure) -> str:
    start = text.rfind("\n", 0, figure.span.start) + 1
    end = text.find("\n", figure.span.end)
    return text[start : end if end >= 0 else len(text)]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_figures_of_a_table(annotator: Annotator, case: dict[str, Any]) -> None:
    found = read(annotator, case["text"])
    names = {r.key: r.name for r in found.references}
    given = inside(found, case["text"])
    totals = {f.key: f.text for _, f in given}
    assert sorted(
        (
            f.text,
            f.value,
            f.unit,
            f.population,
            f.event,
            names[f.places[0]] if f.places else f.whose,
            f.as_of,
            totals.get(f.total or ""),
        )
        for _, f in given
    ) == sorted(tuple(figure) for figure in case["figures"])
    assert all(f.span.of(case["text"]) == f.text for _, f in given)
    if "speaker" in case:
        assert {who for who, _ in given} == {case["speaker"]}


def test_the_bounds_of_cells(annotator: Annotator) -> None:
    case = next(case for case in CASES if case["id"] == "bounds-and-footnotes")
    bounds = {f.text: f.comparator for _, f in inside(read(annotator, case["text"]), case["text"])}
    assert bounds == {"1,200+": Comparator.AT_LEAST, "~300": Comparator.ABOUT, "4": Comparator.EQUAL}


def test_a_row_is_what_the_author_says_where_no_source_is_told(annotator: Annotator) -> None:
    text = "It rained.\n\nTown | Deaths\nOsten | 4\nTolm | 9\n\nThe mayor said nothing."
    own = [s for s in read(annotator, text).statements if s.kind.value == "author"]
    assert [s.content for s in own] == ["Osten | 4", "Tolm | 9"]


def test_the_words_before_a_table_are_no_headline(annotator: Annotator) -> None:
    text = "Police gave these figures on Friday:\n\nTown | Deaths\nOsten | 4\nTolm | 9\n"
    assert {who for who, _ in inside(read(annotator, text), text)} == {"Police"}
