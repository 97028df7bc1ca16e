"""A path of any length, walked one step a request: what many servers cannot follow through both directions of many ties.

A query that asks for it has one block in a fixed form, as ``queries/reachable.rq`` has::

    { SELECT DISTINCT ?entity WHERE {
        { SELECT DISTINCT ?begin WHERE { … } }
        OPTIONAL { ?begin (…)+ ?entity } FILTER(?entity != ?begin) } }

Engines that hold the graph themselves run it as it stands; for a server kg asks where it begins, then again and again for
what is one step further, and at last for the rest of the query with what was found in the place of the block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from kg.query.answers import Answer

AT_ONCE: Final = 500
"""Things that are asked about in one request."""

_BLOCK: Final = re.compile(
    r"\{\s*SELECT\s+DISTINCT\s+\?(?P<end>\w+)\s+WHERE\s*\{\s*"
    r"(?P<beginning>\{\s*SELECT\s+DISTINCT\s+\?(?P<begin>\w+)\s+WHERE\s*\{.*?\}\s*\}\s*)"
    r"(?:\#[^\n]*\n\s*)?"
    r"OPTIONAL\s*\{\s*\?(?P=begin)\s*(?P<step>\([^{}]*\))\+\s*\?(?P=end)\s*\}\s*"
    r"FILTER\(\?(?P=end)\s*!=\s*\?(?P=begin)\)\s*\}\s*\}",
    re.DOTALL,
)
_PREFIX: Final = re.compile(r"^\s*PREFIX\s[^\n]*$", re.IGNORECASE | re.MULTILINE)

Asking = Callable[[str], Answer]


def walks(sparql: str) -> bool:
    """Whether ``sparql`` has a block of this form."""
    return _BLOCK.search(sparql) is not None


def walked(sparql: str, ask: Asking) -> str:
    """``sparql`` with the things that the path reaches in the place of its block, found by questions that ``ask`` answers."""
    found = _BLOCK.search(sparql)
    if found is None:
        return sparql
    prefixes = "\n".join(_PREFIX.findall(sparql))
    begin, step = found["begin"], found["step"]
    begins = _column(ask(f"{prefixes}\nSELECT DISTINCT ?{begin} WHERE {{ {found['beginning']} }}"))
    near: dict[ox.NamedNode, set[ox.NamedNode]] = {}
    todo = set(begins)
    while todo:
        for batch in _batches(sorted(todo, key=str)):
            near.update({node: set() for node in batch})
            answer = ask(
                f"{prefixes}\nSELECT DISTINCT ?from ?to WHERE {{ VALUES ?from {{ {_listed(batch)} }} ?from {step} ?to }}"
            )
            for start, end in answer.rows:
                if isinstance(start, ox.NamedNode) and isinstance(end, ox.NamedNode):
                    near.setdefault(start, set()).add(end)
        todo = {end for ends in near.values() for end in ends} - set(near)
    reached = _reached(begins, near)
    return f"{sparql[: found.start()]}VALUES ?{found['end']} {{ {_listed(sorted(reached, key=str))} }}{sparql[found.end() :]}"


def _reached(begins: Iterable[ox.NamedNode], near: dict[ox.NamedNode, set[ox.NamedNode]]) -> set[ox.NamedNode]:
    """What any of ``begins`` reaches besides itself."""
    out: set[ox.NamedNode] = set()
    for begin in begins:
        seen: set[ox.NamedNode] = set()
        todo = [begin]
        while todo:
            new = near.get(todo.pop(), set()) - seen
            seen |= new
            todo += new
        out |= seen - {begin}
    return out


def _column(answer: Answer) -> list[ox.NamedNode]:
    return [row[0] for row in answer.rows if isinstance(row[0], ox.NamedNode)]


def _batches(nodes: list[ox.NamedNode]) -> Iterator[list[ox.NamedNode]]:
    return (nodes[at : at + AT_ONCE] for at in range(0, len(nodes), AT_ONCE))


def _listed(nodes: Iterable[ox.NamedNode]) -> str:
    return " ".join(map(str, nodes))


__all__ = ["walked", "walks"]
