"""What the tree of a checkout is like: sizes, thickets, word lists outside ``english/``, rooms. One row of ``house.md``.

    python tests/bench/house.py LABEL [CHECKOUT]        prints the row and appends it to house.json as one line
    python tests/bench/house.py --table                 writes house.md anew from house.json

Complexity and statements are ruff's (C901, PLR0915), those that CI holds. A word list is a set, list, tuple, ``"…".split()``,
keys of a dictionary or an alternation of a regular expression with six or more words of small letters, in a room that reads
English; a list of an extension's, a column's or a script's names in another room is none.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
LINES, TABLE = HERE / "house.json", HERE / "house.md"
FEWEST = 6
# Rooms whose lists are no English: names of columns, formats, attributes, scripts. `query` counts only where it reads plain words.
NO_ENGLISH = ("cli", "evaluate", "export", "network", "rdf", "reason", "serve", "store", "view", "samples")
OTHER_MODULES = ("sealed", "vocabulary", "graph", "__init__", "__main__")
_WORD = re.compile(r"[a-z][a-z'’ -]*")
_ALTERNATION = re.compile(r"(?:[a-z'’ -]{2,}\|){5,}[a-z'’ -]{2,}")

Row = dict[str, str | int | float]


def measured(checkout: Path) -> Row:
    """The row of a checkout, without its label."""
    package = checkout / "kg"
    modules = sorted(package.rglob("*.py"))
    lines = [len(path.read_text("utf-8").splitlines()) for path in modules]
    folders = Counter(path.parent for path in modules if path.parent != package and path.name != "__init__.py")
    complexities = reported(package, "C901", "lint.mccabe.max-complexity=0")
    statements = reported(package, "PLR0915", "lint.pylint.max-statements=0")
    functions = [node for path in modules for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef)]
    lengths = [(node.end_lineno or 0) - node.lineno + 1 for node in functions]
    found = [path for path in modules for _ in word_lists(parsed(path)) if reads_english(path.relative_to(package))]
    return {
        "modules": len(modules),
        "lines, median": int(median(lines)),
        "lines, most": max(lines),
        "functions": len(functions),
        "lines a function, most": max(lengths),
        "functions over 40 lines": sum(n > 40 for n in lengths),
        "statements a function, most": max(statements),
        "complexity, most": max(complexities),
        "functions over complexity 15": sum(n > 15 for n in complexities),
        "word lists outside english/": len(found),
        "rooms at the root": len({path.relative_to(package).parts[0] for path in folders}),
        "modules at the root": sum(path.parent == package and not path.name.startswith("__") for path in modules),
        "modules a room, most": max(folders.values()),
    }


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text("utf-8"))


def reported(package: Path, rule: str, setting: str) -> list[int]:
    """The number that ruff tells of each function of the package."""
    ruff = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--exit-zero", "--output-format", "json"]
    done = subprocess.run(
        [*ruff, "--ignore-noqa", "--select", rule, "--config", setting, str(package)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [int(re.findall(r"\((\d+) > 0\)", one["message"])[0]) for one in json.loads(done.stdout)]


def reads_english(inside: Path) -> bool:
    """Whether a list in this module, a path inside the package, would be one of English words outside their room."""
    room = inside.parts[0].removesuffix(".py")
    if room == "query":
        return "ask" in inside.parts
    return room not in (*NO_ENGLISH, *OTHER_MODULES, "english")


def word_lists(tree: ast.AST) -> Iterator[ast.AST]:
    """The word lists of a module; the keys of a dictionary are a list as well, and a list inside another counts by itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Set | ast.List | ast.Tuple):
            words: Iterable[ast.expr | None] = node.elts
        elif isinstance(node, ast.Dict):
            words = node.keys
        else:
            if (
                isinstance(node, ast.Constant) and isinstance(node.value, str) and _ALTERNATION.search(node.value)
            ) or split(node) >= FEWEST:
                yield node
            continue
        if sum(isinstance(word, ast.Constant) and is_word(word.value) for word in words) >= FEWEST:
            yield node


def split(node: ast.AST) -> int:
    """The words of a text that is split where it is written, otherwise 0."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split"):
        return 0
    text = node.func.value
    if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
        return 0
    return sum(map(is_word, text.value.split()))


def is_word(value: object) -> bool:
    """Whether a constant is a word, or some, of small letters."""
    return isinstance(value, str) and _WORD.fullmatch(value) is not None


def table(rows: list[Row]) -> str:
    """The page: one column a measured tree."""
    labels = [str(row["tree"]) for row in rows]
    keys = list(dict.fromkeys(key for row in rows for key in row if key != "tree"))
    out = [f"| | {' | '.join(labels)} |", f"|---|{'---|' * len(rows)}"]
    out += [f"| {key} | {' | '.join(str(row.get(key, '–')) for row in rows)} |" for key in keys]
    return "\n".join(out)


def main() -> None:
    """Measure a checkout, or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("label", nargs="?", help="what the tree is called in the table")
    parser.add_argument("checkout", nargs="?", type=Path, default=HERE.parents[1])
    parser.add_argument("--with", dest="more", action="append", default=[], metavar="NAME=VALUE",
                        help="a number that was measured otherwise, as seconds of pytest -m fast")  # fmt: skip
    parser.add_argument("--table", action="store_true", help="write house.md from what was measured")
    asked = parser.parse_args()
    if asked.label:
        more = dict(pair.split("=", 1) for pair in asked.more)
        row: Row = {"tree": asked.label, **measured(asked.checkout.resolve()), **more}
        print(table([row]))
        with LINES.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    if asked.table:
        rows = [json.loads(line) for line in LINES.read_text("utf-8").splitlines()]
        above, _, _ = TABLE.read_text("utf-8").partition("| | ")
        TABLE.write_text(above + table(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
