"""Named questions: ``.rq`` files with a header that says what they answer and which parameters they take.

A header is a run of ``#+ key: value`` lines: ``title``, ``question``, ``returns``, ``group``, one ``asks`` line for each way
to ask it in plain words, and one ``param`` line a parameter: ``#+ param: name type default — text``. A default of ``-`` means
that the parameter must be given; a default with spaces, or none at all, stands in quotation marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import process

from kg import vocabulary as v
from kg.errors import QueryError, shown

GROUPS = (
    "Who said what",
    "Figures",
    "Affairs",
    "Disagreement",
    "Offices and organisations",
    "How it is said",
    "Sources and coverage",
    "Actors and links",
    "Gaps and changes",
    "Parts of the page",
)
"""The groups of the questions that come with kg, in the order of the lists; what a file of one's own names is free."""

TYPES = ("string", "name", "iri", "integer", "decimal", "boolean", "date", "when")
"""The types of parameters; ``name`` is the IRI of an actor or the beginning of a word of its name, ``when`` is a day, a
month or a year: 2015-04-21, 2015-04, 2015."""

_HEADER = re.compile(r"^#\+\s*(\w+):\s*(.*)$")
_PARAM = re.compile(rf"^(\w+)\s+({'|'.join(TYPES)})(?:\s+(\"[^\"]*\"|\S+))?(?:\s+[—-]\s+(.*))?$")
_PREFIX = re.compile(r"^PREFIX\s+(\w+):\s+<[^>]*>\s*$", re.IGNORECASE)
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query; without a ``default`` it must be given."""

    name: str
    type: str
    default: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question and its SPARQL. ``asks`` are examples of the question in plain words."""

    name: str
    title: str
    question: str
    returns: str
    parameters: tuple[Parameter, ...]
    text: str
    group: str = ""
    asks: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns, as its header gives them."""
        return tuple(name.strip() for name in self.returns.split(",") if name.strip())

    @property
    def sparql(self) -> str:
        """The query without its header and other comment lines, and without the prefixes that it does not use."""
        lines = [line for line in _COMMENT.sub("", self.text).split("\n") if line.strip()]
        body = "\n".join(line for line in lines if not _PREFIX.match(line))
        return "\n".join(
            line for line in lines if not (named := _PREFIX.match(line)) or re.search(rf"\b{named[1]}:", body)
        )


@cache
def named() -> dict[str, Query]:
    """All queries that come with kg, by name."""
    return {path.stem: load(path) for path in sorted(v.shipped("queries").glob("*.rq"))}


def grouped() -> dict[str, list[Query]]:
    """The queries that come with kg by group, in the order of ``GROUPS`` and of their names."""
    groups: dict[str, list[Query]] = {group: [] for group in GROUPS}
    for query in named().values():
        groups.setdefault(query.group, []).append(query)
    return {group: queries for group, queries in groups.items() if queries}


def find(name: str) -> Query:
    """The query ``name``: one that comes with kg, or a ``.rq`` file. ``QueryError`` names the nearest that exists."""
    known = named()
    if name in known:
        return known[name]
    path = Path(name)
    if path.suffix == ".rq":
        return load(path)
    near = process.extractOne(name, list(known), score_cutoff=60)
    hint = f" Did you mean “{near[0]}”?" if near else " “kg query --list” shows all."
    raise QueryError(f"There is no query “{shown(name)}”.{hint}")


def load(path: Path) -> Query:
    """A query from a file."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"The query file {path} cannot be read.") from error
    return parse(text, name=path.stem)


def parse(text: str, *, name: str = "query") -> Query:
    """A query from its text; one without a header has no parameters. The prefixes of kg need not be declared."""
    fields: dict[str, str] = {}
    parameters: list[Parameter] = []
    asks: list[str] = []
    for line in text.splitlines():
        match = _HEADER.match(line)
        if not match:
            continue
        key, rest = match[1], match[2].strip()
        if key == "param":
            parameters.append(_parameter(rest, name))
        elif key == "asks":
            asks.append(rest)
        else:
            fields[key] = rest
    missing = {
        prefix: iri
        for prefix, iri in v.PREFIXES.items()
        if re.search(rf"\b{prefix}:", text) and not re.search(rf"PREFIX\s+{prefix}:", text, re.IGNORECASE)
    }
    return Query(
        name,
        fields.get("title", name),
        fields.get("question", ""),
        fields.get("returns", ""),
        tuple(parameters),
        "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in missing.items()) + text,
        fields.get("group", ""),
        tuple(asks),
    )


def _parameter(line: str, query: str) -> Parameter:
    found = _PARAM.match(line)
    if not found:
        raise QueryError(f"The query “{query}” has a parameter line that cannot be read: “{line}”.")
    default: str | None = found[3] if found[3] != "-" else None
    if default is not None and len(default) > 1 and default[0] == default[-1] == '"':
        default = default[1:-1]
    return Parameter(found[1], found[2], default, found[4] or "")
