"""``kg timeline``: figures, offices and statements over time, as a table, as rows and as a drawing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from kg.cli.looking.timeline import timeline


def run(*args: object) -> Any:
    return CliRunner().invoke(timeline, [str(a) for a in args])


@pytest.fixture(scope="module")
def store(demo: tuple[Path, Any]) -> Path:
    return demo[0] / "store"


def test_timeline_tells_and_draws(store: Path, tmp_path: Path) -> None:
    told = run("--store", store, "--about", "killed")
    assert told.exit_code == 0
    picture = tmp_path / "timeline.svg"
    assert run("--store", store, "--about", "killed", "--out", picture).exit_code == 0
    assert ElementTree.parse(picture).getroot().tag.endswith("svg")


def test_timeline_rows(store: Path) -> None:
    lines = json.loads(run("--store", store, "--format", "json").output)
    assert all(len(line["points"]) > 1 for line in lines)
    rows = run("--store", store, "--about", "killed", "--format", "csv").output.splitlines()
    assert rows[0].startswith("title,at,value,low,high,comparator,text,speaker,")
    assert any("around 40" in row for row in rows)
    assert "deputy prime minister" in run("--store", store, "--person", "Mamataliev", "--format", "csv").output
    assert json.loads(run("--store", store, "--speaker", "Interior Ministry", "--format", "json").output)


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("--about", "x", "--person", "y"), "Give one of"),
        (("--person", "y", "--out", "x.svg"), "Only figures are drawn"),
        (("--about", "volcano"), "no two comparable figures about “volcano”"),
        (("--person", "Nobody Such"), "No office of anybody"),
        (("--speaker", "Nobody Such"), "Nobody called"),
    ],
)
def test_timeline_says_what_is_wrong(store: Path, args: tuple[str, ...], sentence: str) -> None:
    done = run("--store", store, *args)
    assert done.exception is not None
    assert sentence in str(done.exception)
