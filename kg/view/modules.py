"""The page's scripts are ES modules: joins one and all that it imports into a single script, in the order of the imports.

Each module stands after those that it imports, in a block of its own, so that its names stay its own; what it exports is
one object named for its file. Read is a strict part of the language, each form beginning a line and ending on it:
``import { a, b as c } from "./x.js";``, ``import * as X from "../y/x.js";``, and ``export`` before ``const``, ``function``,
``async function`` or ``class``. Comments on lines of their own and casts (``/** @type … */``) stay out of the page.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from kg.errors import ExportError

_IMPORT = re.compile(r'import (?:\{ (?P<names>[^{}]+) \}|\* as (?P<whole>\w+)) from "(?P<path>\.\.?/[\w./]+\.js)";')
_EXPORT = re.compile(
    r"export (?P<rest>(?:const|class|(?:async )?function) (?:(?P<name>\w+)\b|\{ (?P<names>[\w ,]+) \} =).*)"
)
_CAST = re.compile(r"/\*\* @type .*?\*/ ")


def join(entry: str, read: Callable[[str], str]) -> str:
    """The module ``entry`` and all that it imports as one script; the same texts give the same script.

    ``read`` gives the text of a module by its path, such as ``data/graph.js``, or raises ``FileNotFoundError``.
    Raises :class:`ExportError`, a sentence that names the module: one that is not there, a name that is not exported,
    modules that import one another in a circle, an import or export of another form.
    """
    joined = _Joined(read)
    joined.add(entry, ())
    return "".join(joined.blocks)


class _Joined:
    """The modules read so far: their blocks in order, and the names that each exports."""

    def __init__(self, read: Callable[[str], str]) -> None:
        self._read = read
        self.blocks: list[str] = []
        self.exports: dict[str, list[str]] = {}

    def add(self, path: str, importers: tuple[str, ...]) -> None:
        """Adds the module, unless it is there already, after all that it imports."""
        if path in importers:
            circle = " → ".join((*importers[importers.index(path) :], path))
            raise ExportError(f"The page's scripts import one another in a circle: {circle}.")
        if path in self.exports:
            return
        try:
            text = self._read(path)
        except FileNotFoundError:
            by = f", which {importers[-1]} imports," if importers else ""
            raise ExportError(f"The page's script {path}{by} is not there.") from None
        lines = [f"/* {path} */", "{"]
        exported: list[str] = []
        for number, line in _code(text):
            if not line.startswith(("import ", "import{", "import(", 'import"', "export ", "export{")):
                lines.append(line)
            elif match := _IMPORT.fullmatch(line):
                lines.append(self._imported(match, path, importers))
            elif match := _EXPORT.fullmatch(line):
                exported += _listed(match["name"] or match["names"])
                lines.append(match["rest"])
            else:
                raise ExportError(f"The page's script {path} has in line {number} a form that is not joined: {line}")
        if exported:
            lines.append(f"var {_object(path)} = {{ {', '.join(exported)} }};")
        self.exports[path] = exported
        self.blocks.append("\n".join((*lines, "}\n")))

    def _imported(self, match: re.Match[str], path: str, importers: tuple[str, ...]) -> str:
        """The import as a constant, its module added before."""
        other = posixpath.normpath(posixpath.join(posixpath.dirname(path), match["path"]))
        self.add(other, (*importers, path))
        if match["whole"]:
            return f"const {match['whole']} = {_object(other)};"
        for name in (names := _listed(match["names"])):
            if (wanted := name.split(" as ")[0]) not in self.exports[other]:
                raise ExportError(f"The page's script {path} imports {wanted} from {other}, which does not export it.")
        return f"const {{ {', '.join(names).replace(' as ', ': ')} }} = {_object(other)};"


def _code(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers, without those that are comments or empty, and without casts."""
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip()
        if inside or (bare.startswith("/*") and bare.find("*/") in (-1, len(bare) - 2)):
            inside = not bare.endswith("*/")
        elif bare:
            yield number, _CAST.sub("", line) if "/** @type" in line else line


def _listed(names: str) -> list[str]:
    """
    >>> _listed("a, b as c")
    ['a', 'b as c']
    """
    return [name.strip() for name in names.split(",")]


def _object(path: str) -> str:
    """The variable that holds what a module exports.

    >>> _object("data/graph.js")
    '$data$graph'
    """
    return "$" + path.removesuffix(".js").replace("/", "$")
