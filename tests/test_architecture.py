"""docs/architecture.md and the import contracts name every room and module at the root of kg, on the level where it stands."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "kg"
ROW = re.compile(r"^\| (\d+) \| `([\w/.]+)` \|(.+)\|([^|]+)\|$", re.MULTILINE)

pytestmark = pytest.mark.skipif(not PACKAGE.is_dir(), reason="only the tests are here")


def at_the_root() -> set[str]:
    """The rooms and modules of the package."""
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    return rooms | {path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("__")}


def contracts() -> dict[str, dict[str, list[str]]]:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    return {contract["name"]: contract for contract in written}


def levels() -> dict[str, int]:
    """The level of each name in the contract on layers, from below: ``{"errors": 1, …, "store/upkeep": 6}``."""
    layers = contracts()["Data flows one way"]["layers"]
    found = {}
    for level, layer in enumerate(reversed(layers), 1):
        for name in layer.split(" | "):
            inside = name.removeprefix("kg.").replace(".", "/")
            found["store" if inside == "store/quads" else inside] = level
    return found


def told() -> dict[str, tuple[int, str]]:
    """Level and last cell of each row of the page."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    return {
        name.removesuffix("/").removesuffix(".py"): (int(level), last) for level, name, _, last in ROW.findall(page)
    }


def test_every_room_and_module_has_a_level_in_the_contract() -> None:
    assert {name.partition("/")[0] for name in levels()} == at_the_root()


def test_the_page_tells_each_on_the_level_of_the_contract() -> None:
    assert {name: level for name, (level, _) in told().items()} == levels()


@pytest.mark.parametrize(
    ("contract", "words"),
    [
        ("RDF and drawing stay out of reading and extraction", "no RDF library"),
        ("SQL is spoken beside the quads only", "no `sqlite3`"),
        ("spaCy lives in annotate only", "no spaCy"),
    ],
)
def test_the_page_tells_what_else_is_forbidden(contract: str, words: str) -> None:
    forbidden = {name.removeprefix("kg.") for name in contracts()[contract]["source_modules"]}
    assert {name.partition("/")[0] for name, (_, last) in told().items() if words in last} == forbidden


def test_the_root_has_seventeen_rooms_at_most() -> None:
    assert len(list(PACKAGE.glob("*/__init__.py"))) <= 17


def test_a_room_has_a_dozen_modules_at_most() -> None:
    modules = [path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" and path.parent != PACKAGE]
    rooms = Counter(path.parent.relative_to(PACKAGE).as_posix() for path in modules)
    assert {room: number for room, number in rooms.items() if number > 12} == {}
