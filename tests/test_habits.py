"""The habits hold: what a commit is checked by is what CI checks, and no exception outlives its reason."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(not (ROOT / "Makefile").is_file(), reason="only the tests are here")


def test_commits_are_checked_by_the_commands_of_make_lint() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    lint = re.search(r"^lint:.*\n((?:\t.+\n)+)", makefile, re.MULTILINE)
    assert lint is not None
    commands = [line.strip().replace("$(BIN)", ".venv/bin") for line in lint[1].splitlines()]
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert [repo["repo"] for repo in hooks] == ["local"]
    assert [hook["entry"] for hook in hooks[0]["hooks"]] == commands
    assert {hook["language"] for hook in hooks[0]["hooks"]} == {"system"}


def test_exceptions_of_the_checks_name_files_that_are_there() -> None:
    checks = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    for pattern, excepted in checks["per-file-ignores"].items():
        assert any(ROOT.glob(pattern)), pattern
        if {"C901", "PLR0915"} & set(excepted):
            assert "*" not in pattern, "thickets are named one by one"


def test_a_function_has_forty_lines_at_most_or_says_why() -> None:
    over = []
    for path in sorted((ROOT / "kg").rglob("*.py")):
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                lines = text.splitlines()[node.lineno - 1 : node.end_lineno]
                if len(lines) > 40 and not any("# long: " in line for line in lines):
                    over.append(f"{path.relative_to(ROOT)}: {node.name}, {len(lines)} lines")
    assert over == []


def test_pages_for_contributors_name_files_that_are_there() -> None:
    pages = (ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md", *(ROOT / "docs" / "recipes").glob("*.md"))
    text = "\n".join(page.read_text("utf-8") for page in pages)
    paths = re.findall(r"`((?:kg|tests|queries|docs|ontology)/[\w./-]+|[\w-]+\.(?:toml|md))`", text)
    assert len(set(paths)) > 40
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_form_of_attribution_is_in_the_contract_on_forms() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["name"].startswith("A form of attribution"))
    named = {name.rsplit(".", 1)[1] for layer in layers for name in layer.split(" | ") if ".patterns." in name}
    forms = ROOT / "kg" / "annotate" / "attributions" / "patterns"
    assert named == {path.stem for path in forms.glob("*.py")} - {"__init__"}
