"""Questions of analysts over the articles that come with kg: kg ask gives the rows that the articles have."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from kg.pipeline import build
from kg.read import samples
from kg.store import Store

TESTS = Path(__file__).resolve().parents[1]
SEEN: list[dict[str, Any]] = yaml.safe_load((TESTS / "data" / "ask_samples.yaml").read_text("utf-8"))
UNSEEN: list[dict[str, Any]] = yaml.safe_load((TESTS / "data" / "ask_unseen.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ask_bench", TESTS / "bench" / "ask.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def store() -> Store:
    opened = Store.open()
    build(samples(), store=opened)
    return opened


def test_questions_of_analysts_are_answered(bench: ModuleType, store: Store) -> None:
    assert (len(SEEN), len(UNSEEN)) == (30, 15)
    came = {case["ask"]: bench.answered(store, case) for case in [*SEEN, *UNSEEN]}
    assert sum(came[case["ask"]][0] == "right" for case in SEEN) >= 28, came
    assert sum(came[case["ask"]][0] == "right" for case in UNSEEN) >= 13, came
    assert not [asked for asked, (verdict, _) in came.items() if verdict == "wrong"]


def test_verdicts_tell_right_from_partly_wrong_and_other(bench: ModuleType, store: Store) -> None:
    asked = "Which figures count children?"
    right = [["Rafik Mambetaliev", "20"], ["Raim Salimov", "83"]]
    for rows, verdict in (
        (right, "right"), (right[::-1], "right"), (right[:1], "partly"), ([*right, ["x"]], "partly"), ([["x"]], "wrong"), ([], "wrong"),
    ):  # fmt: skip
        assert bench.answered(store, {"ask": asked, "rows": rows})[0] == verdict
    assert bench.answered(store, {"ask": "Why is the sky blue?", "rows": []})[0] == "refused"
