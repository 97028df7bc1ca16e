"""A query's parameters stand in its text as ``VALUES ?name { default }``; a value takes the place of the default there.

Such a text is whole: any SPARQL 1.1 engine runs it as it is. What is put in is an RDF term as Oxigraph writes it, into a
block that was found by reading the text as tokens, so that a value never becomes more than a value.

>>> import pyoxigraph as ox
>>> text = 'SELECT ?s WHERE { VALUES ?by { "" } ?s kg:cue ?by }'
>>> filled(text, {"by": ox.Literal('sa"id')})[0]
'SELECT ?s WHERE { VALUES ?by { "sa\\\\"id" } ?s kg:cue ?by }'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from kg.errors import QueryError
from kg.query.binding import Bound
from kg.store import limits

_ESCAPE = re.compile(r"\\(?:\\(u|U)?|.)")


def filled(text: str, bound: Mapping[str, Bound | tuple[Bound, ...]]) -> tuple[str, dict[str, Bound]]:
    """``text`` with the values in its blocks, and the values that have no block.

    Raises ``QueryError`` for several values of a parameter without a block, which an engine cannot bind.
    """
    places = blocks(text)
    inside = sorted(((place, name) for name in bound for place in places.get(name, ())), reverse=True)
    for (start, end), name in inside:
        terms = bound[name]
        data = " ".join(map(written, terms if isinstance(terms, tuple) else (terms,)))
        text = f"{text[:start]} {data} {text[end:]}"
    rest: dict[str, Bound] = {}
    for name, term in bound.items():
        if name in places:
            continue
        if isinstance(term, tuple):
            raise QueryError(f"The parameter “{name}” takes one value; its query has no VALUES ?{name} for several.")
        rest[name] = term
    return text, rest


def written(term: Bound) -> str:
    """A term as SPARQL writes it, the same for every engine.

    Some replace ``\\uXXXX`` everywhere before they read a string, also where the backslash is itself escaped; so a ``u``
    after a backslash is written as an escape of its own.
    """
    return _ESCAPE.sub(_escape, str(term))


def _escape(found: re.Match[str]) -> str:
    return rf"\\\U{ord(found[1]):08X}" if found[1] else found[0]


@lru_cache(maxsize=256)
def blocks(text: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """Where the data of each ``VALUES ?name { … }`` begins and ends, by the name of its variable."""
    found: dict[str, list[tuple[int, int]]] = {}
    before: list[str] = []  # the last three tokens
    name, start = "", 0
    for _, token, at in limits.tokens(text):
        if name:
            if token == "}":
                found.setdefault(name, []).append((start, at))
                name = ""
        elif token == "{" and len(before) == 2 and before[0].upper() == "VALUES" and before[1][0] in "?$":
            name, start = before[1][1:], at + 1
        before = [*before[-1:], token]
    return {name: tuple(places) for name, places in found.items()}
