"""The figures of ``kg eval``: on hand-made documents, and equal to the scorers that lie beside the project."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.evaluate import Score, score

SHARED = Path(__file__).parents[3] / "shared"
TEXT = "Ana Ruiz said that 12 boats sank. Rui Costa denied it."


def at(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def said(source: str, cue: str, content: str) -> dict[str, Any]:
    return {"source": [at(source)], "cue": [at(cue)], "content": [at(content)]}


GOLD = {
    "text": TEXT,
    "attributions": [said("Ana Ruiz", "said", "that 12 boats sank"), said("Rui Costa", "denied", "it")],
    "entities": [{"type": "PER", "mentions": [at("Ana Ruiz"), at("Rui Costa")]}],
    "figures": [{"value": 12, "change": ">", "unit": "", "concepts": ["boats"]}],
}
MADE = {
    "text": TEXT,
    "attributions": [said("Ruiz", "said", "12 boats sank.")],
    "entities": [{"type": "person", "mentions": [at("Ana Ruiz"), at("Costa")]}],
    "figures": [{"value": 12.0, "change": "=", "unit": "people", "concepts": ["boat"]}],
}


def test_evaluate_rows() -> None:
    rows = score([GOLD], [MADE])
    assert rows["source exact"] == (0.0, 0.0, 0.0)
    assert rows["source token"] == (100.0, 25.0, 40.0)
    assert rows["cue fragment"] == (100.0, 50.0, pytest.approx(200 / 3))
    assert rows["who said what"] == (100.0, 50.0, pytest.approx(200 / 3))
    assert rows["who said what, said"] == (100.0, 100.0, 100.0)
    assert rows["who said what, denied"] == (0.0, 0.0, 0.0)
    assert (rows["mentions exact"][2], rows["mentions overlap"][2]) == (50.0, 100.0)
    assert [rows[f"figures {n}"][2] for n in ("value", "value and comparator", "value and counted")] == [100, 0, 100]


def test_evaluate_only_the_layers_that_the_gold_carries() -> None:
    assert set(score([{"text": TEXT, "figures": GOLD["figures"]}], [MADE])) == {
        "figures value",
        "figures value and comparator",
        "figures value and counted",
    }


def test_evaluate_a_prediction_is_counted_once() -> None:
    doubled = {**GOLD, "attributions": [GOLD["attributions"][0]] * 2}
    assert score([doubled], [MADE])["who said what"][:2] == (100.0, 50.0)


def scorer(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"scorer_{name}", SHARED / "measure" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def disturbed(document: dict[str, Any]) -> dict[str, Any]:
    """Predictions made from the gold: every third item dropped, every fourth span shortened, values and types kept."""
    attributions = [
        {r: [[s, e if (i + s) % 4 else max(s + 1, e - 6)] for s, e in a[r]] for r in ("source", "cue", "content")}
        for i, a in enumerate(document.get("attributions", []))
        if i % 3
    ]
    entities = [
        {"type": x["type"], "mentions": [[s, e if s % 4 else max(s + 1, e - 3)] for s, e in x["mentions"]]}
        for i, x in enumerate(document.get("entities", []))
        if i % 3
    ]
    figures = [
        {**f, "change": "=", "concepts": f.get("concepts", [])[: i % 2]}
        for i, f in enumerate(document.get("figures", []))
        if i % 5
    ]
    return {"text": document["text"], "attributions": attributions, "entities": entities, "figures": figures}


def of_attributions(module: ModuleType, pairs: list[tuple[Any, Any]]) -> dict[str, Score]:
    found = module.score([(g["text"], g["attributions"], p["attributions"]) for g, p in pairs])
    names = {"frag": "fragment"}
    return {
        "who said what" if measure == "triple" else f"{role} {names.get(measure, measure)}": row
        for (role, measure), row in found.items()
    }


def of_mentions(module: ModuleType, pairs: list[tuple[Any, Any]]) -> dict[str, Score]:
    return {f"mentions {name}": row for name, row in module.score(pairs).items()}


def of_figures(module: ModuleType, pairs: list[tuple[Any, Any]]) -> dict[str, Score]:
    found = module.score([(g.get("figures", []), p["figures"]) for g, p in pairs])
    names = {"value+change": "value and comparator", "value+counted": "value and counted"}
    return {f"figures {names.get(name, name)}": row for name, row in found.items()}


@pytest.mark.skipif(not (SHARED / "measure").is_dir(), reason="the scorers are not beside the project")
@pytest.mark.parametrize(
    ("data", "name", "rows"),
    [
        ("polnear_dev", "attributions", of_attributions),
        ("gum_news_train", "attributions", of_attributions),
        ("gum_news_train", "entities", of_mentions),
        ("uner_pud_wiki", "entities", of_mentions),
        ("newsquant_even", "figures", of_figures),
    ],
)
def test_evaluate_equals_the_scorers(data: str, name: str, rows: Callable[..., dict[str, Score]]) -> None:
    lines = (SHARED / "data" / f"{data}.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    made = [disturbed(document) for document in gold]
    ours = score(gold, made)
    theirs = rows(scorer(name), list(zip(gold, made, strict=True)))
    assert theirs
    for row, figures in theirs.items():
        assert ours[row] == pytest.approx(figures), row
