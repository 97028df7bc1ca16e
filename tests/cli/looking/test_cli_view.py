from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any


def _page(path: Path) -> dict[str, Any]:
    found = re.search(
        r'<script type="application/json" id="data">(.*?)</script>', path.read_text(encoding="utf-8"), re.S
    )
    assert found
    loaded: dict[str, Any] = json.loads(found[1])
    return loaded


def test_cli_view_leaves_out_what_is_less_sure(demo: tuple[Path, Any], tmp_path: Path, kg: Callable[..., Any]) -> None:
    whole, sure = tmp_path / "whole.html", tmp_path / "sure.html"
    assert kg("view", "--store", demo[0] / "store", "--out", whole).code == 0
    assert kg("view", "--store", demo[0] / "store", "--out", sure, "--min-confidence", "0.99").code == 0
    told = _page(sure)["statements"]
    assert len(told) < len(_page(whole)["statements"])
    assert all(one["confidence"] is None or one["confidence"] >= 0.99 for one in told)


def test_cli_view_keeps_the_best_tied_actors(demo: tuple[Path, Any], tmp_path: Path, kg: Callable[..., Any]) -> None:
    path = tmp_path / "top.html"
    assert kg("view", "--store", demo[0] / "store", "--out", path, "--top", "2").code == 0
    assert len(_page(path)["nodes"]) == 2


def test_cli_view_refuses_a_confidence_that_is_none(
    demo: tuple[Path, Any], tmp_path: Path, kg: Callable[..., Any]
) -> None:
    done = kg("view", "--store", demo[0] / "store", "--out", tmp_path / "x.html", "--min-confidence", "7")
    assert done.code == 2
    assert "0" in done.err
    assert not (tmp_path / "x.html").exists()
