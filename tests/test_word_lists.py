"""English words stand in ``kg/english/words``: no list of six or more of them is written in code outside ``kg/english``."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MOST = 5  # words in a row
# Rooms and files whose lists name what kg or a format gives names to; they are no words of a text.
NO_WORDS = {
    "kg/annotate/figures/figures.py": "fields",
    "kg/identity/sounds.py": "spellings of sounds",
    "kg/annotate/attributions/confidence.py": "patterns of attribution and their shares",
    "kg/annotate/language.py": "codes of languages",
    "kg/annotate/records.py": "fields",
    "kg/cli/": "formats and columns",
    "kg/evaluate/": "labels of corpora",
    "kg/export/": "formats, fields, types",
    "kg/pipeline/": "public names, rooms of the code, and fields of a manifest",
    "kg/query/articles/rows.py": "columns of questions",
    "kg/query/catalogue.py": "types of parameters",
    "kg/query/child.py": "fields",
    "kg/query/formats.py": "formats",
    "kg/query/headers.py": "headers of the questions",
    "kg/query/terms.py": "prefixes",
    "kg/rdf/": "kinds of nodes",
    "kg/read/": "tags of pages",
    "kg/reason/": "rules of OWL",
    "kg/resolve/corrections/": "parts and marks of a figure",
    "kg/review.py": "answers",
    "kg/serve/": "fields and paths",
    "kg/store/": "tables and messages of a database",
    "kg/view/": "fields of the page",
    "kg/vocabulary.py": "prefixes",
}
# Relations of the dependency parse look like words and are none.
RELATIONS = frozenset(
    "acl acomp advcl advmod agent amod appos attr aux auxpass cc ccomp compound conj csubj dative dep det dobj expl mark neg "
    "nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss prep prt punct relcl tmod xcomp".split()
)
_WORD = re.compile(r"[a-zA-Z]?[a-z][a-z'’-]*(?: [a-z'’-]+)*")


def test_no_word_list_stands_in_code() -> None:
    over = {name: words for name, words in _found().items() if not any(name.startswith(room) for room in NO_WORDS)}
    assert not over, "move these words into kg/english/words and read them with kg.english.lists"


def test_the_list_of_exceptions_has_no_dead_entry() -> None:
    found = _found()
    assert not [room for room in NO_WORDS if not any(name.startswith(room) for name in found)]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ('x = ("red", "green", "blue", "white", "black", "brown")', 6),
        ('x = "red green blue white black brown".split()', 6),
        ('x = {"red": 1, "green": 2, "blue": 3, "white": 4, "black": 5, "brown": 6}', 6),
        (r'x = re.compile(r"\b(?:red|green|blues?|white|black|brown\w+)\b")', 6),
        (r'x = re.compile(rf"\b(?:red|green|blues?|white|(?:{y})|black|brown|grey)\b")', 7),
        ('x = "i we my our us ours".split()', 6),
        ('x = ("red", "green", "blue", "white", "black")', 0),
        ('x = r"(red|green|blue)|(white|black|brown)"', 0),
        ('x = ("nsubj", "dobj", "pobj", "agent", "prep", "prt", "acl")', 0),
    ],
)
def test_it_sees_lists_in_every_shape(code: str, words: int) -> None:
    assert [len(found) for found in word_lists(code)] == ([words] if words else [])


def test_lists_have_a_note_whole_rows_and_no_word_twice() -> None:
    files = sorted((ROOT / "kg" / "english" / "words").glob("*.tsv"))
    assert files
    for path in files:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("# "), path.name
        columns, *rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        assert [row for row in rows if len(row) > len(columns)] == [], path.name
        if columns == ["kind", "words"]:
            kinds = [kind for kind, _ in rows]
            assert len(kinds) == len(set(kinds)), path.name
            for kind, words in rows:
                assert len(words.split("|")) == len(set(words.split("|"))), (path.name, kind)


def word_lists(code: str) -> Iterator[list[str]]:
    """The lists of more than five words in a module: collections, keys, texts that are split, alternatives of a pattern."""
    tree = ast.parse(code)
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    notes |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Assign) and _exports(node)}
    for node in ast.walk(tree):
        if id(node) in parts or id(node) in notes:
            continue
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            found = [_plain(text) for text in map(_text, node.elts)]
        elif isinstance(node, ast.Dict):
            found = [_plain(text) for text in map(_text, node.keys)]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
            found = [_plain(word) for word in _text(node.func.value).split()]
        else:
            found = _alternatives(_text(node))
        words = [word for word in found if word]
        if len(words) > MOST:
            yield words


def _found() -> dict[str, list[list[str]]]:
    """The word lists of each file that has any."""
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in _files()}
    return {name: lists for name, text in texts.items() if (lists := list(word_lists(text)))}


def _files() -> Iterator[Path]:
    english = ROOT / "kg" / "english"
    return (path for path in sorted((ROOT / "kg").rglob("*.py")) if english not in path.parents)


def _exports(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets)


def _text(node: ast.AST | None) -> str:
    """The text of a literal; what a formatted one puts in is left out."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_text, node.values))
    return ""


def _plain(text: str) -> str:
    long = len(text) > 1 or text in ("a", "i")
    return text if long and _WORD.fullmatch(text) and text not in RELATIONS else ""


def _alternatives(pattern: str) -> list[str]:
    """The words of the group that has most alternatives, of those that begin with a word of their own."""
    bare = re.sub(r"\[(?:\\.|[^\]\\])*\]|\\.", "", pattern)
    groups: list[list[str]] = []
    open_: list[list[str]] = [[""]]
    for piece in re.split(r"(\((?:\?[\w:=!<>-]*[:=!>])?|\)|\|)", bare):
        if piece.startswith("("):
            open_.append([""])
        elif piece == ")" and len(open_) > 1:
            groups.append(open_.pop())
        elif piece == "|":
            open_[-1].append("")
        else:
            open_[-1][-1] += piece
    words = [[_plain(re.sub(r"[?*+{}\d,.^$]", "", cell).strip()) for cell in group] for group in groups + open_]
    return max(([word for word in group if word] for group in words), key=len) if "|" in bare else []
