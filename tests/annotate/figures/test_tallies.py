"""Figures in the frames of agencies: every row of a table of texts with what must come out of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.annotate import Annotator
from kg.annotate.figures import placed
from kg.model import Annotation, Article, Attribution, Figure, cover

CASES = yaml.safe_load((Path(__file__).parents[2] / "data" / "tallies.yaml").read_text(encoding="utf-8"))
PUBLISHED = "2021-06-09"
KNOWN = {
    "value",
    "low",
    "high",
    "bound",
    "counted",
    "event",
    "place",
    "far",
    "as_of",
    "mark",
    "of",
    "per",
    "by",
    "whose",
}


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_figures_of_the_table(annotator: Annotator, case: dict[str, Any]) -> None:
    done = annotator.annotate(Article("a", case["text"], published=PUBLISHED))
    told = [f for f in done.figures if f.salient]
    assert not [row for row in case["figures"] if set(row) - KNOWN]
    for row in case["figures"]:
        found = [f for f in told if (f.low, f.high) == _ends(row)]
        assert found, (row, [(f.low, f.high, f.span.of(case["text"])) for f in told])
        wrong = [_wrong(done, f, row) for f in found]
        assert {} in wrong, (row, wrong)
    if case.get("only"):
        assert len(told) == len(case["figures"]), [f.span.of(case["text"]) for f in told]


def _ends(row: dict[str, Any]) -> tuple[float | None, float | None]:
    return row.get("low", row.get("value")), row.get("high", row.get("value"))


def _wrong(done: Annotation, figure: Figure, row: dict[str, Any]) -> dict[str, object]:
    """What the figure says otherwise than the row asks for."""
    text = done.article.text
    total = done.figures[figure.total].value if figure.total is not None else None
    far = [m.removeprefix(placed.mark("")) for m in figure.marks if m.startswith(placed.mark(""))]
    said: dict[str, object] = {
        "bound": figure.comparator.value,
        "event": figure.event,
        "place": " ".join(p.of(text) for p in figure.places),
        "far": " ".join(far),
        "as_of": figure.as_of,
        "of": total,
        "per": figure.per,
        "whose": figure.whose.of(text) if figure.whose is not None else "",
    }
    asked = {"bound": "=", **row}
    wrong = {k: v for k, v in said.items() if k in asked and v != asked[k]}
    if row.get("counted", "") not in f"{figure.unit} {figure.population}":
        wrong["counted"] = f"{figure.unit} {figure.population}"
    if "mark" in row and row["mark"] not in figure.marks:
        wrong["mark"] = figure.marks
    if "by" in row and not _is_by(_teller(done, figure), row["by"], text):
        wrong["by"] = [s.of(text) for a in (_teller(done, figure),) if a is not None for s in a.source]
    return wrong


def _is_by(teller: Attribution | None, name: str, text: str) -> bool:
    return teller is None if name == "author" else teller is not None and any(name in s.of(text) for s in teller.source)


def _teller(done: Annotation, figure: Figure) -> Attribution | None:
    """The attribution with the shortest content that holds the number."""
    holding = [a for a in done.attributions if any(s.contains(figure.number) for s in a.content)]
    return min(holding, key=lambda a: (sum(s.end - s.start for s in a.content), cover(a.content)), default=None)
