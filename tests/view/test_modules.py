"""The page's scripts as modules: how they are joined, what is refused with a sentence, and which may import which."""

from __future__ import annotations

import posixpath
import re
import shutil
import subprocess
from importlib import resources
from pathlib import Path

import pytest

from kg.errors import ExportError
from kg.view import document, modules

pytestmark = pytest.mark.fast

FILES = Path(str(resources.files("kg.view"))) / "files"
SCRIPTS = sorted(path.relative_to(FILES).as_posix() for path in FILES.rglob("*.js"))
ENTRIES = ("vis.js", "canvas.js")

ABOVE = {
    "data": (),
    "elements.js": (),
    "layout": ("data",),
    "export": ("data",),
    "drawing": ("data", "layout"),
    "charts": ("data", "elements.js"),
    "controls": ("data", "elements.js", "export"),
    "panels": ("data", "elements.js", "charts", "controls", "export"),
    "app": ("data", "elements.js", "charts", "controls", "export", "panels", "drawing"),
    "vis.js": ("app", "drawing", "data"),
    "canvas.js": ("app", "drawing"),
}
"""What each folder and each script beside them may import, itself aside."""


def _joined(texts: dict[str, str], entry: str = "a.js") -> str:
    def read(path: str) -> str:
        if path not in texts:
            raise FileNotFoundError(path)
        return texts[path]

    return modules.join(entry, read)


def _imports(path: str) -> list[str]:
    named = re.findall(r'^import .* from "(.*)";$', document.read(path), re.M)
    return [posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) for name in named]


def test_modules_stand_after_what_they_import_each_once_in_a_block_of_its_own() -> None:
    texts = {
        "a.js": 'import { two as zwei } from "./b/two.js";\nimport * as One from "./one.js";\nconst x = zwei + One.one;\n',
        "b/two.js": 'import { one } from "../one.js";\nexport const two = one + one;\n',
        "one.js": "const x = 1;\nexport const one = x;\nexport function f() {}\nexport class C {}\nexport async function g() {}\n",
    }
    assert _joined(texts) == (
        "/* one.js */\n{\nconst x = 1;\nconst one = x;\nfunction f() {}\nclass C {}\nasync function g() {}\n"
        "var $one = { one, f, C, g };\n}\n"
        "/* b/two.js */\n{\nconst { one } = $one;\nconst two = one + one;\nvar $b$two = { two };\n}\n"
        "/* a.js */\n{\nconst { two: zwei } = $b$two;\nconst One = $one;\nconst x = zwei + One.one;\n}\n"
    )


def test_modules_leave_comments_and_types_to_the_source() -> None:
    text = """/* What this is,
   in two lines. */

/** @type {number} */
export const { a, b } = pair; // said here
/**
 * @typedef {object} Pair
 */
const c = /** @type {string} */ (a);
  /* Why. */
  /** @type {any} */ (c).d = "/* no comment */";
"""
    assert _joined({"a.js": text}) == (
        "/* a.js */\n{\nconst { a, b } = pair; // said here\nconst c = (a);\n"
        '  (c).d = "/* no comment */";\nvar $a = { a, b };\n}\n'
    )


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({"a.js": 'import { x } from "./b.js";'}, "The page's script b.js, which a.js imports, is not there."),
        ({}, "The page's script a.js is not there."),
        (
            {"a.js": 'import { x, y } from "./b.js";', "b.js": "export const x = 1;"},
            "The page's script a.js imports y from b.js, which does not export it.",
        ),
        (
            {"a.js": 'import { b } from "./b.js";', "b.js": 'import { c } from "./c.js";', "c.js": 'import * as B from "./b.js";'},
            "The page's scripts import one another in a circle: b.js → c.js → b.js.",
        ),
        ({"a.js": 'import * as A from "./a.js";'}, "The page's scripts import one another in a circle: a.js → a.js."),
        (
            {"a.js": "const x = 1;\nexport default x;"},
            "The page's script a.js has in line 2 a form that is not joined: export default x;",
        ),
        ({"a.js": 'import "./b.js";'}, 'The page\'s script a.js has in line 1 a form that is not joined: import "./b.js";'),
        ({"a.js": "export let x = 1;"}, "The page's script a.js has in line 1 a form that is not joined: export let x = 1;"),
        ({"a.js": 'import x from "x";'}, 'The page\'s script a.js has in line 1 a form that is not joined: import x from "x";'),
    ],
)  # fmt: skip
def test_modules_that_cannot_be_joined_are_named_in_a_sentence(texts: dict[str, str], sentence: str) -> None:
    with pytest.raises(ExportError) as told:
        _joined(texts)
    assert str(told.value) == sentence


@pytest.mark.parametrize("entry", ENTRIES)
def test_modules_of_the_page_are_joined_the_same_each_time(entry: str) -> None:
    once = modules.join(entry, document.read)
    assert once == modules.join(entry, document.read)
    assert "/**" not in once
    assert not re.search(r"^(import|export)\b", once, re.M)
    assert re.findall(r"^/\* ([\w/]+\.js) \*/$", once, re.M)[-1] == entry


def test_modules_are_all_in_a_page_and_only_the_renderer_differs() -> None:
    held = {entry: re.findall(r"^/\* ([\w/]+\.js) \*/$", modules.join(entry, document.read), re.M) for entry in ENTRIES}
    assert sorted({*held["vis.js"], *held["canvas.js"]}) == SCRIPTS
    assert {name for name in held["canvas.js"] if name not in held["vis.js"]} == {"canvas.js"}, (
        "the other page has the canvas too, for its map"
    )


@pytest.mark.parametrize("path", SCRIPTS)
def test_modules_import_one_way_and_say_in_their_first_line_what_they_are(path: str) -> None:
    own = path.split("/")[0]
    for other in _imports(path):
        assert other.split("/")[0] in (own, *ABOVE[own]), f"{path} imports {other}"
    assert re.match(r"/\* \S.{20,}", document.read(path))


def test_modules_stand_at_most_a_dozen_to_a_folder() -> None:
    for folder in {FILES, *(path.parent for path in FILES.rglob("*.js"))}:
        assert len(list(folder.glob("*.js"))) <= 12, folder


def test_modules_whose_parse_node_checks(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node is installed: the joined script is parsed by the browser's tests alone")
    for entry in ENTRIES:
        path = tmp_path / f"{entry}.mjs"
        path.write_text(modules.join(entry, document.read), encoding="utf-8")
        subprocess.run([node, "--check", str(path)], check=True, timeout=60)
