"""Whatever is imported is declared: a plain ``pip install`` brings all of it, whatever other packages bring along."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import NamedTuple

import pytest

import kg

pytestmark = pytest.mark.fast

ROOT = Path(__file__).parents[1]
PACKAGE = Path(kg.__file__).parent
# Functions that import the module that their first argument names.
IMPORTING = {"import_module", "importorskip", "find_spec", "__import__"}
# What several distributions share as their first name.
SHARED = {"backports"}
# Measured by hand beside other people's tools; their pages say what to install.
BY_HAND = {ROOT / "tests" / "bench", ROOT / "tests" / "fuzz"}


class Import(NamedTuple):
    """One import of a module: its first name, where, and whether the code goes on without it."""

    module: str
    where: str
    handled: bool


def imports(path: Path) -> Iterator[Import]:
    """Every import in a file, in functions and type checking too; those that a string names as well."""

    def walk(node: ast.AST, handled: bool) -> Iterator[Import]:
        for name in _named(node):
            first, _, rest = name.partition(".")
            module = f"{first}.{rest.partition('.')[0]}" if first in SHARED else first
            yield Import(module, f"{path.name}:{getattr(node, 'lineno', 0)}", handled or _asks(node))
        inner = handled or (isinstance(node, ast.Try) and any(_catches(handler) for handler in node.handlers))
        for field, value in ast.iter_fields(node):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from walk(child, inner if field == "body" else handled)

    yield from walk(ast.parse(path.read_text(encoding="utf-8")), handled=False)


def _named(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module] if node.module and not node.level else []
    if isinstance(node, ast.Call) and _function(node) in IMPORTING and node.args:
        first = node.args[0]
        return [first.value] if isinstance(first, ast.Constant) and isinstance(first.value, str) else []
    return []


def _function(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _asks(node: ast.AST) -> bool:
    """Whether the import itself is a question, or a test that is skipped without the module."""
    return isinstance(node, ast.Call) and _function(node) in ("importorskip", "find_spec")


def _catches(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(one, ast.Name) and one.id in ("ImportError", "ModuleNotFoundError") for one in caught)


def normal(name: str) -> str:
    """A distribution's name as the packaging standard compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements: list[str]) -> set[str]:
    return {normal(found[0]) for line in requirements if (found := re.match(r"[A-Za-z0-9._-]+", line))}


@pytest.fixture(scope="module")
def project() -> dict[str, set[str]]:
    """What is declared: under ``""`` for everybody, under its name for an extra or a group."""
    written = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    parts = {"": written["project"]["dependencies"], **written["project"]["optional-dependencies"]}
    parts |= written.get("dependency-groups", {})
    return {name: names(lines) for name, lines in parts.items()}


def undeclared(files: list[Path], always: set[str], where_handled: set[str]) -> list[str]:
    """The imports of modules that no declared distribution brings."""
    brought = {module: {normal(one) for one in found} for module, found in packages_distributions().items()}
    ours = (
        {"kg", "tests", *(path.name for path in BY_HAND)}
        | {path.stem for path in files}
        | {path.parent.name for path in files}
    )
    seen, out = set(), []
    for path in files:
        for found in imports(path):
            if found.module in sys.stdlib_module_names or found.module in ours:
                continue
            seen.add(found.module)
            # What is not installed here is known by its own name.
            by = brought.get(found.module, {normal(found.module)})
            if not by & (always | where_handled if found.handled else always):
                out.append(f"{found.where} imports {found.module} (of {', '.join(sorted(by))})")
    assert seen, "it did look"
    return out


def test_everything_that_kg_imports_is_declared(project: dict[str, set[str]]) -> None:
    extras = set().union(*project.values())
    assert undeclared(sorted(PACKAGE.rglob("*.py")), project[""], extras) == []


def test_everything_that_the_tests_import_is_declared(project: dict[str, set[str]]) -> None:
    files = [path for path in sorted((ROOT / "tests").rglob("*.py")) if BY_HAND.isdisjoint(path.parents)]
    files += sorted((ROOT / "ontology").glob("*.py"))
    assert undeclared(files, project[""] | project["test"], set().union(*project.values())) == []


@pytest.mark.skipif(not (ROOT / "notebooks").is_dir(), reason="the notebooks are not beside the tests")
def test_everything_that_the_notebooks_import_is_declared(project: dict[str, set[str]]) -> None:
    assert undeclared(sorted((ROOT / "notebooks").glob("*.py")), project[""] | project["notebook"], set()) == []


def test_a_page_is_read_without_an_extra_of_another_package(project: dict[str, set[str]]) -> None:
    """trafilatura asks for ``lxml_html_clean`` by an extra whose name older versions of pip do not match."""
    assert {"lxml-html-clean", "numpy", "markupsafe"} <= project[""]


def test_an_import_that_nothing_declares_is_found(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        "import json\nimport pytest.mark\ndef f():\n    from click import style\n"
        "try:\n    import pandas\nexcept ImportError:\n    import rich\n"
        "frames = import_module('hypothesis.strategies')\n"
    )
    assert list(imports(path)) == [
        ("json", "module.py:1", False),
        ("pytest", "module.py:2", False),
        ("click", "module.py:4", False),
        ("pandas", "module.py:6", True),
        ("rich", "module.py:8", False),
        ("hypothesis", "module.py:9", False),
    ]
    assert undeclared([path], {"pytest"}, {"pandas"}) == [
        "module.py:4 imports click (of click)",
        "module.py:8 imports rich (of rich)",
        "module.py:9 imports hypothesis (of hypothesis)",
    ]


def test_the_wheel_holds_every_file_of_the_ontology_and_the_queries() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for path in (*(ROOT / "ontology").glob("*.ttl"), *(ROOT / "queries").glob("*.rq")):
        name = path.relative_to(ROOT)
        assert name.as_posix() in included or name.parent.as_posix() in included, name
