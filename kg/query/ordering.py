"""The order of an answer, made here and not in the engine, which looks both terms up anew for each of its comparisons.

A query whose ORDER BY is its last clause, of variables, ``STR``, ``COALESCE(…, "")`` and ``DESC``, is asked without it, and its rows are
sorted as SPARQL sorts them: nothing, blank nodes, IRIs, literals; texts by their characters, numbers by their value. Any other query is
left as it is, and so is an answer with other literals among what it is sorted by.

>>> taken("SELECT ?name WHERE { ?x skos:prefLabel ?name } ORDER BY DESC(STR(?name)) ?x").text
'SELECT ?name ?x WHERE { ?x skos:prefLabel ?name } '
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.query.answers import Answer, Term
from kg.query.written import Written
from kg.store import limits

_INTEGER: Final = v.XSD + "integer"
_NUMBERS: Final = frozenset({_INTEGER, v.XSD + "decimal"})
_STRING: Final = v.XSD + "string"
_EMPTY: Final = ('""', "''")

Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """What rows are sorted by: a variable, or its ``text``; ``filled`` is COALESCE(…, ""), so that nothing is empty text."""

    variable: str
    text: bool = False
    filled: bool = False
    falling: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A query without its ORDER BY. Its last ``hidden`` columns are there to sort by; ``distinct`` rows are so without them."""

    text: str
    keys: tuple[Key, ...]
    hidden: int
    distinct: bool

    def ordered(self, answer: Answer, limit: int | None) -> Answer | None:
        """The answer to the whole query, at most ``limit`` rows; ``None`` where only the engine knows its order."""
        places = list(range(len(answer.rows)))
        for key in reversed(self.keys):  # sorting keeps what was sorted before
            at = answer.columns.index(key.variable)
            values = _written(answer.rows, at, key) or _sortable(_column(answer.rows, at), key)
            if values is None:
                return None
            places.sort(key=values.__getitem__, reverse=key.falling)
        shown = len(answer.columns) - self.hidden
        rows: Sequence[Row]
        if isinstance(answer.rows, Written):
            rows = answer.rows.in_order(places, shown)
            rows = rows.once() if self.hidden and self.distinct else rows
        else:
            rows = tuple(answer.rows[place][:shown] for place in places)
            rows = tuple(dict.fromkeys(rows)) if self.hidden and self.distinct else rows
        complete = limit is None or len(rows) <= limit
        return Answer(answer.columns[:shown], rows[:limit], complete=complete)


def _column(rows: Sequence[Row], at: int) -> Sequence[Term | None]:
    return rows.column(at) if isinstance(rows, Written) else [row[at] for row in rows]


def _written(rows: Sequence[Row], at: int, key: Key) -> list[Any] | None:
    """What Python sorts where all cells of the column are of one kind, without a term for each."""
    if not isinstance(rows, Written):
        return None
    return rows.texts(at) or (None if key.text else rows.numbers(at))


def _sortable(terms: Sequence[Term | None], key: Key) -> list[Any] | None:
    """For each term what Python sorts as SPARQL does; ``None`` for literals that are neither all texts nor all numbers."""
    nothing: tuple[int, Any] = (3, "") if key.filled else (0, "")
    out: list[tuple[int, Any]] = []
    kinds = set()
    for term in terms:
        if term is None:
            out.append(nothing)
        elif isinstance(term, ox.NamedNode):
            out.append((3 if key.text else 2, term.value))
        elif isinstance(term, ox.Literal):
            if not key.text:
                kinds.add(_STRING if term.language is None and term.datatype.value == _STRING else term.datatype.value)
            out.append((3, term.value))
        elif isinstance(term, ox.BlankNode) and not key.text:
            out.append((1, term.value))
        else:
            return None
    if kinds <= {_STRING}:
        return out
    if not kinds <= _NUMBERS or (key.filled and nothing in out):
        return None
    try:
        number: type = int if kinds == {_INTEGER} else Decimal
        return [(rank, number(value) if rank == 3 else value) for rank, value in out]
    except (InvalidOperation, ValueError):
        return None


@lru_cache(maxsize=64)
def taken(text: str) -> Taken | None:
    """The query ``text`` without its ORDER BY; ``None`` where that is not the last clause of a SELECT, or is of another form."""
    tokens = [(token, at) for _, token, at in limits.tokens(text)]
    words = [token.upper() for token, _ in tokens]
    end = max((place for place, word in enumerate(words) if word == "}"), default=0)
    if "ORDER" not in words[end:] or "SELECT" not in words:
        return None
    order = words.index("ORDER", end)
    keys = _keys([token for token, _ in tokens[order + 1 :]])
    head = _head(words, [token for token, _ in tokens])
    if keys is None or head is None:
        return None
    columns, distinct, body = head
    missing = list(dict.fromkeys(key.variable for key in keys if key.variable not in columns))
    if missing and "GROUP" in words[end:order]:
        return None
    place = tokens[body][1]
    more = "".join(f"?{name} " for name in missing)
    return Taken(text[:place] + more + text[place : tokens[order][1]], keys, len(missing), distinct)


def _head(words: Sequence[str], tokens: Sequence[str]) -> tuple[set[str], bool, int] | None:
    """The columns of a SELECT, whether its rows are distinct, and where its pattern begins."""
    at = words.index("SELECT") + 1
    if "{" in words[: at - 1]:
        return None  # that of a part
    distinct = words[at] == "DISTINCT"
    at += distinct
    columns = set()
    while words[at] not in ("WHERE", "{"):
        if words[at][0] in "?$":
            columns.add(tokens[at][1:])
        elif words[at] == "(":  # (expression AS ?name)
            depth = 1
            while depth:
                at += 1
                depth += (words[at] == "(") - (words[at] == ")")
            columns.add(tokens[at - 1][1:])
        else:
            return None
        at += 1
    return columns, distinct, at


def _keys(tokens: list[str]) -> tuple[Key, ...] | None:
    """What stands behind ORDER, as keys."""
    if not tokens or tokens[0].upper() != "BY":
        return None
    keys: list[Key] = []
    rest = tokens[1:]
    while rest:
        found = _key(rest)
        if found is None:
            return None
        key, used = found
        keys.append(key)
        rest = rest[used:]
    return tuple(keys) or None


def _key(tokens: Sequence[str]) -> tuple[Key, int] | None:
    """The key with which ``tokens`` begin, and how many of them it is."""
    word = tokens[0].upper()
    if word[0] in "?$":
        return Key(tokens[0][1:]), 1
    if word == "COALESCE":
        form = ("(", None, ",", None, ")")
        if len(tokens) < 6 or any(want not in (None, token) for want, token in zip(form, tokens[1:6], strict=True)):
            return None
        return (Key(tokens[2][1:], filled=True), 6) if tokens[2][0] in "?$" and tokens[4] in _EMPTY else None
    if word not in ("STR", "ASC", "DESC") or len(tokens) < 4 or tokens[1] != "(":
        return None
    inner = _key(tokens[2:])
    if inner is None or tokens[2 + inner[1] : 3 + inner[1]] != [")"] or inner[0].falling:
        return None
    key = replace(inner[0], text=inner[0].text or word == "STR", falling=word == "DESC")
    return key, inner[1] + 3


__all__ = ["Key", "Taken", "taken"]
