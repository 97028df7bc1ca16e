"""The answer of any query → :class:`ViewData`: what the page draws when a result is asked for as HTML.

What the store knows is drawn as on the page of the whole graph: an entity as a node, a statement as what it says and who
is in it, a comparison as a disagreement. Any other IRI becomes a node too. Cells of a row and ends of a triple that nothing
else ties get a link of their own; literals of a triple are written on the node that has them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox

from kg import vocabulary as v
from kg.errors import QueryError
from kg.model import EntityType, LinkKind
from kg.query import Answer, plain, value
from kg.rdf import minting
from kg.store import Store
from kg.view.data import Link, Node, ViewData
from kg.view.rows import from_store

MAX_NODES = 5_000
"""Nodes that a picture may have; an answer with more is to be limited first."""

_LONG = 80  # longer text is a sentence, not a name


def page(answer: Answer, store: Store, *, title: str) -> str:
    """The page that draws ``answer``, whose IRIs are those of ``store``."""
    from kg import view

    return view.html(from_answer(answer, from_store(store)), title=title)


def from_answer(answer: Answer, whole: ViewData) -> ViewData:
    """What ``answer`` names, out of ``whole`` where that knows it. Raises ``QueryError`` where there is nothing to draw."""
    if answer.truth is not None:
        raise QueryError("An ASK query answers yes or no; there is nothing to draw.")
    named = _iris(answer)
    statements = {s.id: s for s in whole.statements if s.id in named}
    comparisons = tuple(
        c for c in whole.comparisons if c.id in named or (c.left in statements and c.right in statements)
    )
    compared = {end for c in comparisons for end in (c.left, c.right)}
    statements |= {s.id: s for s in whole.statements if s.id in compared}
    known = {node.id: node for node in whole.nodes}
    wanted = named & set(known)
    for statement in statements.values():
        wanted |= {end for end in (statement.speaker, *statement.about) if end in known}
    nodes = {id: known[id] for id in sorted(wanted)}
    skip = set(statements) | {c.id for c in comparisons}
    titles = {article.id: article.title for article in whole.articles}
    pairs = [pair for pair in _pairs(answer) if not skip & {pair[0], pair[1]}]
    loose = not named  # an answer of words alone: its short texts are the nodes
    for id, notes in sorted(_ends(answer, pairs, loose).items()):
        if id in skip:
            continue
        here = nodes.get(id) or Node(id, titles.get(id) or _name(id), EntityType.DOCUMENT)
        nodes[id] = replace(here, aliases=(*here.aliases, *(note for note in notes if note not in here.aliases)))
    if not nodes:
        raise QueryError("The answer is empty or holds numbers alone; there is nothing to draw.")
    if len(nodes) > MAX_NODES:
        raise QueryError(f"The answer names {len(nodes):,} things, too many for a picture; lower --limit.")
    links = _links(whole, nodes, set(statements), {c.id for c in comparisons})
    links += _in_answer(pairs, nodes, links)
    articles = {s.article for s in statements.values()}
    return ViewData(
        tuple(nodes.values()),
        tuple(links),
        tuple(statements.values()),
        comparisons,
        tuple(a for a in whole.articles if a.id in articles | named),
    )


def _in_answer(pairs: list[tuple[str, str, str]], nodes: dict[str, Node], links: list[Link]) -> list[Link]:
    """Links for the ``pairs`` of the answer (source, target, label) that none of ``links`` ties."""
    tied = {frozenset((link.source, link.target)) for link in links}
    added: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for source, target, label in pairs:
        if source != target and {source, target} <= set(nodes) and frozenset((source, target)) not in tied:
            added[source, target].setdefault(label)
    return [
        Link(source, target, LinkKind.IN_ANSWER, ", ".join(labels))
        for (source, target), labels in sorted(added.items())
    ]


def _links(whole: ViewData, nodes: dict[str, Node], statements: set[str], comparisons: set[str]) -> list[Link]:
    """The links of the whole between ``nodes``, with the statements and comparisons of the answer alone behind them."""
    out = []
    for link in whole.links:
        if not {link.source, link.target} <= set(nodes):
            continue
        said = tuple(s for s in link.statements if s in statements)
        compared = tuple(c for c in link.comparisons if c in comparisons)
        if said or compared or not (link.statements or link.comparisons):
            out.append(replace(link, statements=said, comparisons=compared))
    return out


def _cells(answer: Answer) -> Iterator[list[tuple[str, object]]]:
    for row in answer.rows:
        yield [(name, term) for name, term in zip(answer.columns, row, strict=True) if term is not None]


def _iris(answer: Answer) -> set[str]:
    found = {t.value for row in _cells(answer) for _, t in row if isinstance(t, ox.NamedNode | ox.BlankNode)}
    for triple in answer.triples or ():
        found |= {end.value for end in (triple.subject, triple.object) if isinstance(end, ox.NamedNode | ox.BlankNode)}
    return found


def _pairs(answer: Answer) -> list[tuple[str, str, str]]:
    """Source, target and label of each link that the answer itself makes: of a row, its first node to each other one."""
    out = []
    for triple in answer.triples or ():
        if isinstance(triple.object, ox.NamedNode | ox.BlankNode) and triple.predicate.value != v.TYPE:
            out.append((_key(triple.subject), _key(triple.object), _name(triple.predicate.value)))
    loose = not _iris(answer)
    for row in _cells(answer):
        ends = [(name, key) for name, term in row if (key := _node(term, loose))]
        out += [(ends[0][1], key, name) for name, key in ends[1:]]
    return out


def _ends(answer: Answer, pairs: list[tuple[str, str, str]], loose: bool) -> dict[str, list[str]]:
    """The nodes that the answer names, each with what its literals say of it."""
    out: dict[str, list[str]] = {end: [] for source, target, _ in pairs for end in (source, target)}
    for row in _cells(answer):
        for _, term in row:
            if key := _node(term, loose):
                out.setdefault(key, [])
    for triple in sorted(answer.triples or (), key=str):
        notes = out.setdefault(_key(triple.subject), [])
        if isinstance(triple.object, ox.Literal):
            text = plain(value(triple.object))
            notes.append(f"{_name(triple.predicate.value)}: {text if len(text) <= _LONG else text[: _LONG - 1] + '…'}")
        elif triple.predicate.value == v.TYPE:
            notes.append(f"a {_name(_key(triple.object))}")
    return out


def _node(term: object, loose: bool) -> str | None:
    """The key of the node that a cell is: an IRI; in an answer of words alone, also a short text."""
    if isinstance(term, ox.NamedNode | ox.BlankNode):
        return term.value
    text = value(term) if isinstance(term, ox.Literal) else None
    return text if loose and isinstance(text, str) and 0 < len(text) <= _LONG else None


def _key(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.BlankNode) else str(term)


def _name(iri: str) -> str:
    """An IRI as people would write it: with a prefix, or its end."""
    for prefix, namespace in v.PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return minting.local(iri) or iri.removeprefix(v.DATA)
