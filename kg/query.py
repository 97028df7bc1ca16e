"""Named questions: ``.rq`` files with a header, their typed parameters, and rows of Python values.

A header is a run of ``#+ key: value`` lines: ``title``, ``question``, ``returns`` and one ``param`` line a parameter,
``#+ param: name type default — text``. Parameters are bound as variables, never pasted into the query.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rapidfuzz import process

from kg import vocabulary as v
from kg.errors import QueryError
from kg.store import Store

Value = str | int | Decimal | float | bool | date | None

_HEADER = re.compile(r"^#\+\s*(\w+):\s*(.*)$")
_PARAM = re.compile(r"^(\w+)\s+(string|iri|integer|decimal|boolean|date)(?:\s+(\S+))?(?:\s+[—-]\s+(.*))?$")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query; without a ``default`` it must be given."""

    name: str
    type: str
    default: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question and its SPARQL."""

    name: str
    title: str
    question: str
    returns: str
    parameters: tuple[Parameter, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer: column names and rows of Python values (``None`` where a cell is empty)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@cache
def named() -> dict[str, Query]:
    """All queries that come with kg, by name."""
    return {path.stem: load(path) for path in sorted(v.shipped("queries").glob("*.rq"))}


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
    raise QueryError(f"There is no query “{name}”.{hint}")


def load(path: Path) -> Query:
    """A query from a file. A named query must have a title, a question and what it returns."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"The query file {path} cannot be read.") from error
    return parse(text, name=path.stem)


def parse(text: str, *, name: str = "query") -> Query:
    """A query from its text; a query without a header is one without parameters."""
    fields: dict[str, str] = {}
    parameters: list[Parameter] = []
    for line in text.splitlines():
        match = _HEADER.match(line)
        if not match:
            continue
        if match[1] == "param":
            found = _PARAM.match(match[2].strip())
            if not found:
                raise QueryError(f"The query “{name}” has a parameter line that cannot be read: “{match[2]}”.")
            parameters.append(Parameter(found[1], found[2], found[3] if found[3] != "-" else None, found[4] or ""))
        else:
            fields[match[1]] = match[2].strip()
    return Query(
        name,
        fields.get("title", name),
        fields.get("question", ""),
        fields.get("returns", ""),
        tuple(parameters),
        "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in v.PREFIXES.items() if not re.search(rf"PREFIX\s+{p}:", text))
        + text,
    )


def execute(store: Store, query: Query, params: Mapping[str, str] | None = None) -> Any:
    """The result as pyoxigraph gives it: solutions, triples or a boolean."""
    return store.query(query.text, substitutions=_bindings(query, params or {}))


def run(store: Store, query: Query, params: Mapping[str, str] | None = None) -> Rows:
    """The rows of a SELECT query, or one row for ASK, or subject, predicate and object for CONSTRUCT."""
    result = execute(store, query, params)
    try:
        if isinstance(result, ox.QuerySolutions):
            # Parameters stand in the SELECT clause, since only there the engine binds them; they are no columns.
            given = {p.name for p in query.parameters}
            keep = [i for i, variable in enumerate(result.variables) if variable.value not in given]
            names = tuple(result.variables[i].value for i in keep)
            return Rows(names, tuple(tuple(value(row[i]) for i in keep) for row in result))
        if isinstance(result, ox.QueryTriples):
            triples = sorted(((value(t.subject), value(t.predicate), value(t.object)) for t in result), key=str)
            return Rows(("subject", "predicate", "object"), tuple(triples))
        return Rows(("answer",), ((bool(result),),))
    except (ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"The query cannot be run: {str(error).splitlines()[0]}.") from error


def value(term: Any) -> Value:
    """A term as a Python value; IRIs and dates that are not whole days stay strings.

    >>> value(ox.Literal("330", datatype=ox.NamedNode(v.XSD + "decimal")))
    Decimal('330')
    """
    if term is None or isinstance(term, ox.NamedNode | ox.BlankNode):
        return term.value if term is not None else None
    if not isinstance(term, ox.Literal):
        return str(term)
    kind = term.datatype.value.removeprefix(v.XSD)
    try:
        if kind in ("integer", "int", "long", "nonNegativeInteger"):
            return int(term.value)
        if kind == "decimal":
            return Decimal(term.value)
        if kind in ("double", "float"):
            return float(term.value)
        if kind == "boolean":
            return term.value in ("true", "1")
        if kind == "date":
            return date.fromisoformat(term.value)
    except ValueError:
        return term.value
    return term.value


def _bindings(query: Query, params: Mapping[str, str]) -> dict[str, Any]:
    known = {p.name: p for p in query.parameters}
    for name in params:
        if name not in known:
            offered = ", ".join(known) or "none"
            raise QueryError(f"The query “{query.name}” has no parameter “{name}”; it takes: {offered}.")
    out: dict[str, Any] = {}
    for parameter in query.parameters:
        given = params.get(parameter.name, parameter.default)
        if given is None:
            raise QueryError(f"The query “{query.name}” needs a value for “{parameter.name}” ({parameter.text}).")
        out[parameter.name] = _term(parameter, given)
    return out


def _term(parameter: Parameter, given: str) -> Any:
    try:
        if parameter.type == "iri":
            return ox.NamedNode(given)
        if parameter.type == "string":
            return ox.Literal("" if given == '""' else given)
        checks: dict[str, Callable[[str], object]] = {
            "integer": int,
            "decimal": Decimal,
            "date": date.fromisoformat,
            "boolean": _boolean,
        }
        checks[parameter.type](given)
        return ox.Literal(given, datatype=ox.NamedNode(v.XSD + parameter.type))
    except (ValueError, ArithmeticError) as error:
        raise QueryError(f"“{given}” is no {parameter.type}, which “{parameter.name}” must be.") from error


def _boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def serialise(store: Store, query: Query, params: Mapping[str, str] | None, kind: str) -> str:
    """The answer as ``csv``, ``json``, ``xml`` (SPARQL results formats) or, for CONSTRUCT, ``turtle``."""
    result = execute(store, query, params)
    if isinstance(result, ox.QueryTriples):
        if kind != "turtle":
            raise QueryError("A CONSTRUCT query gives a graph; ask for it as turtle.")
        return (ox.serialize(result, format=ox.RdfFormat.TURTLE, prefixes=v.PREFIXES) or b"").decode()
    if kind == "csv":
        rows = run(store, query, params)
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(rows.columns)
        writer.writerows([["" if cell is None else cell for cell in row] for row in rows.rows])
        return out.getvalue()
    formats = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML}
    if kind not in formats:
        raise QueryError(f"A SELECT query cannot be written as {kind}; use csv, json or xml.")
    text: bytes = result.serialize(format=formats[kind])
    return json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n" if kind == "json" else text.decode()
