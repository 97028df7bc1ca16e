"""The page's scripts are ES modules: joins one and all that it imports into a single script, in the order of the imports.

Each module stands after those that it imports, in a block of its own, so that its names stay its own; what it exports is
one object named for its file. Read is a strict part of the language, each form at the beginning of a line:
``import { a, b as c } from "./x.js";``, ``import * as X from "../y/x.js";``, and ``export`` before ``const``, ``function``,
``async function`` or ``class``. Comments for the type checker (``/** … */``) stay out of the page.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from kg.errors import ExportError

_IMPORT = re.compile(
    r'^import (?:\{(?P<names>[^{}]*)\}|\* as (?P<whole>\w+)) from "(?P<path>\.\.?/[\w./]+\.js)";$', re.M
)
_EXPORT = re.compile(
    r"^export (?=(?:const|class|(?:async )?function) (?:(?P<name>\w+)\b|\{(?P<names>[\w\s,]*)\} =))", re.M
)
_OTHER = re.compile(r"^(?:import|export)\b.*$", re.M)
_TYPES = re.compile(r"^[ \t]*/\*\*.*?\*/[ \t]*\n", re.M | re.S)


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
        text = _IMPORT.sub(lambda match: self._imported(match, path, importers), _TYPES.sub("", text))
        exported = [name for match in _EXPORT.finditer(text) for name in _listed(match["name"] or match["names"])]
        text = _EXPORT.sub("", text)
        if other := _OTHER.search(text):
            raise ExportError(
                f"The page's script {path} has an import or export of a form that is not read: {other[0]}"
            )
        if exported:
            text = f"{text.rstrip()}\nvar {_object(path)} = {{ {', '.join(exported)} }};"
        self.exports[path] = exported
        self.blocks.append(f"/* {path} */\n{{\n{text.strip()}\n}}\n")

    def _imported(self, match: re.Match[str], path: str, importers: tuple[str, ...]) -> str:
        other = posixpath.normpath(posixpath.join(posixpath.dirname(path), match["path"]))
        self.add(other, (*importers, path))
        if match["whole"]:
            return f"const {match['whole']} = {_object(other)};"
        for name in _listed(match["names"]):
            if name.split(" as ")[0] not in self.exports[other]:
                raise ExportError(
                    f"The page's script {path} imports “{name}” from {other}, which exports no such name."
                )
        return f"const {{ {', '.join(_listed(match['names'])).replace(' as ', ': ')} }} = {_object(other)};"


def _listed(names: str) -> list[str]:
    """
    >>> _listed("a, b as c,")
    ['a', 'b as c']
    """
    return [name for part in names.split(",") if (name := " ".join(part.split()))]


def _object(path: str) -> str:
    """The variable that holds what a module exports.

    >>> _object("data/graph.js")
    '$data$graph'
    """
    return "$" + path.removesuffix(".js").replace("/", "$")
