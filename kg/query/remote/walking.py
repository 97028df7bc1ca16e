"""A path of any length, walked one step a request: what many servers cannot follow through both directions of many ties.

A query that asks for it has one block in a fixed form, as ``queries/reachable.rq`` has::

    { SELECT DISTINCT ?entity WHERE {
        { SELECT DISTINCT ?begin WHERE { … } }
        OPTIONAL { ?begin (…)+ ?entity } FILTER(?entity != ?begin) } }

Other engines run it as it stands. For a server kg asks where it begins, then again and again for what is one step further, and at last for
the rest of the query with what was found in the place of the block; of its own store it reads all steps at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
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
_STEP: Final = re.compile(r"\(\s*(?:\^?\w+:\w+\s*[/|]\s*)*\^?\w+:\w+\s*\)")
_PREFIX: Final = re.compile(r"^\s*PREFIX\s[^\n]*$", re.IGNORECASE | re.MULTILINE)

Asking = Callable[[str], Answer]


def walks(sparql: str) -> bool:
    """Whether ``sparql`` has a block of this form."""
    return _BLOCK.search(sparql) is not None


def closed(sparql: str, ask: Asking) -> Answer | None:
    """The answer to ``sparql`` over a store that reads all ties at once faster than it follows them from each beginning: where it
    begins, all single steps, and the rest of the query, of which the rows are kept that are reached. ``None`` where it has no such
    block, or does not show what is reached.
    """
    found = _BLOCK.search(sparql)
    ties = found and _ties(found["step"])
    if found is None or not ties:
        return None
    prefixes = "\n".join(_PREFIX.findall(sparql))
    answer = ask(sparql[: found.start()] + sparql[found.end() :])
    if found["end"] not in answer.columns:
        return None
    begins = _column(ask(f"{prefixes}\nSELECT DISTINCT ?{found['begin']} WHERE {{ {found['beginning']} }}"))
    near: dict[ox.NamedNode, set[ox.NamedNode]] = {}
    for start, end, both in ask(f"{prefixes}\nSELECT DISTINCT ?from ?to ?both WHERE {{ {ties} }}").rows:
        if isinstance(start, ox.NamedNode) and isinstance(end, ox.NamedNode):
            near.setdefault(start, set()).add(end)
            if both is not None:
                near.setdefault(end, set()).add(start)
    ends, at = reached(begins, near), answer.columns.index(found["end"])
    return replace(answer, rows=tuple(row for row in answer.rows if row[at] in ends))


def _ties(step: str) -> str:
    """A pattern of all single steps from ``?from`` to ``?to``, each part of a path read whole; of a step that is there in both
    directions one, with ``?both``. Empty for a step of another form.
    """
    if not _STEP.fullmatch(step):
        return ""
    paths = [path.strip().split("/") for path in step[1:-1].split("|")]
    parts = []
    for number, path in enumerate(paths):
        back = [part[1:] if part[0] == "^" else f"^{part}" for part in reversed(path)]
        if back in paths[:number]:
            continue
        names = ["?from", *(f"?between{place}" for place in range(1, len(path))), "?to"]
        read = "".join(
            f"{{ SELECT {start} {end} WHERE {{ {start} {part} {end} }} }} "
            for part, start, end in zip(path, names, names[1:], strict=False)
        )
        parts.append(f"{{ {read}{'BIND(true AS ?both) ' if back in paths else ''}}}")
    return " UNION ".join(parts)


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
    ends = reached(begins, near)
    return (
        f"{sparql[: found.start()]}VALUES ?{found['end']} {{ {_listed(sorted(ends, key=str))} }}{sparql[found.end() :]}"
    )


def reached(begins: Iterable[ox.NamedNode], near: Mapping[ox.NamedNode, set[ox.NamedNode]]) -> set[ox.NamedNode]:
    """What any of ``begins`` reaches besides itself; ``near`` has what is one step away."""
    several = set(begins)
    out = _followed(several, near)
    back: dict[ox.NamedNode, set[ox.NamedNode]] = {}
    for start, ends in near.items():
        for end in ends:
            back.setdefault(end, set()).add(start)
    # One of them stays only where another one reaches it.
    return {node for node in out if node not in several or _meets({node}, back, several - {node})}


def _followed(begins: Iterable[ox.NamedNode], near: Mapping[ox.NamedNode, set[ox.NamedNode]]) -> set[ox.NamedNode]:
    seen: set[ox.NamedNode] = set()
    todo = set(begins)
    while todo:
        todo = {end for node in todo for end in near.get(node, ())} - seen
        seen |= todo
    return seen


def _meets(todo: set[ox.NamedNode], near: Mapping[ox.NamedNode, set[ox.NamedNode]], sought: set[ox.NamedNode]) -> bool:
    seen: set[ox.NamedNode] = set()
    while todo:
        todo = {end for node in todo for end in near.get(node, ())} - seen
        if todo & sought:
            return True
        seen |= todo
    return False


def _column(answer: Answer) -> list[ox.NamedNode]:
    return [row[0] for row in answer.rows if isinstance(row[0], ox.NamedNode)]


def _batches(nodes: list[ox.NamedNode]) -> Iterator[list[ox.NamedNode]]:
    return (nodes[at : at + AT_ONCE] for at in range(0, len(nodes), AT_ONCE))


def _listed(nodes: Iterable[ox.NamedNode]) -> str:
    return " ".join(map(str, nodes))


__all__ = ["closed", "walked", "walks"]
