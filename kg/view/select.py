"""A part of what a page shows: the surer statements, or the best tied actors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from kg.view.data import Link, Statement, ViewData


def confident(data: ViewData, least: float) -> ViewData:
    """Without the statements of a confidence below ``least`` (0 to 1), and without what only they told of.

    A statement without a confidence stays.
    """
    kept = tuple(one for one in data.statements if one.confidence is None or one.confidence >= least)
    if len(kept) == len(data.statements):
        return data
    told = {key for statement in kept for key in (statement.speaker, *statement.about) if key}
    return _cut(data, told, kept)


def top(data: ViewData, count: int) -> ViewData:
    """The ``count`` actors with the most links and statements, with what ties them to one another.

    Statements by and about the others are left out; at equal numbers the smaller id stays.
    """
    degree: Counter[str] = Counter()
    for link in data.links:
        degree.update((link.source, link.target))
    for statement in data.statements:
        degree.update([statement.speaker] if statement.speaker else ())
    kept = {node.id for node in sorted(data.nodes, key=lambda node: (-degree[node.id], node.id))[:count]}
    said = tuple(statement for statement in data.statements if statement.speaker in kept)
    return _cut(data, kept, said)


def _cut(data: ViewData, nodes: Collection[str], kept: tuple[Statement, ...]) -> ViewData:
    """``data`` with only these nodes and statements, and only what they still hold together."""
    ids = {statement.id for statement in kept}
    pairs = tuple(pair for pair in data.comparisons if pair.left in ids and pair.right in ids)
    known = {pair.id for pair in pairs}
    links = []
    for link in data.links:
        if link.source not in nodes or link.target not in nodes:
            continue
        left = replace(
            link,
            statements=tuple(key for key in link.statements if key in ids),
            comparisons=tuple(key for key in link.comparisons if key in known),
        )
        if _empty(left) <= _empty(link):  # a link that rested on statements needs one still
            links.append(left)
    used = {statement.article for statement in kept}
    articles = tuple(article for article in data.articles if article.id in used)
    return replace(
        data,
        nodes=tuple(node for node in data.nodes if node.id in nodes),
        links=tuple(links),
        statements=kept,
        comparisons=pairs,
        articles=articles,
    )


def _empty(link: Link) -> bool:
    return not link.statements and not link.comparisons
