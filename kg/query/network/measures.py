"""Rows of named queries → a networkx graph of who spoke about whom, and its measures.

Nodes are entities (IRIs), with ``name`` and ``type``. Edges are typed: ``kind`` is a :class:`kg.model.LinkKind`, ``label`` the
office, ``statements`` and ``comparisons`` the IRIs behind the edge, ``weight`` how many. Everything is deterministic.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np

from kg import query
from kg.model import LinkKind
from kg.store import Store

EXACT = 1_500
"""Nodes up to which betweenness is exact; above, it is estimated from this many of them."""

DAMPING = 0.85


@dataclass(frozen=True, slots=True)
class Actor:
    """The measures of one node. ``degree`` counts links, ``neighbours`` nodes; ``betweenness`` (undirected, normed)
    and ``pagerank`` (directed, weighted by statements) are shares; ``community`` 0 is the largest."""

    id: str
    name: str
    type: str
    degree: int
    neighbours: int
    betweenness: float
    pagerank: float
    community: int


@dataclass(frozen=True, slots=True)
class Measures:
    """``actors`` by falling PageRank; ``communities`` by falling size; ``bridges``: pairs of nodes that nothing else
    ties together than the links between them."""

    actors: tuple[Actor, ...]
    communities: tuple[tuple[str, ...], ...]
    bridges: tuple[tuple[str, str], ...]


def graph(store: Store) -> nx.MultiDiGraph[str]:
    """The network of a store, by the named queries ``entities`` and ``links``."""
    return from_rows(query.run(store, query.find("entities")), query.run(store, query.find("links")))


def from_rows(entities: Iterable[Mapping[str, object]], links: Iterable[Mapping[str, object]]) -> nx.MultiDiGraph[str]:
    """The network of rows with ``entity, name, type`` and rows with ``source, target, kind`` and, each where the
    kind has it, ``label``, ``statement``, ``comparison``. Links to what is no entity of the rows are left out.

    >>> people = [{"entity": "a", "name": "Ana", "type": "person"}, {"entity": "b", "name": "Bo", "type": "person"}]
    >>> said = [{"source": "a", "target": "b", "kind": "said_about", "statement": f"s{n}"} for n in (1, 2)]
    >>> list(from_rows(people, said).edges(data="weight"))
    [('a', 'b', 2)]
    """
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in sorted(entities, key=lambda row: str(row["entity"])):
        network.add_node(str(row["entity"]), name=str(row["name"]), type=str(row["type"]))
    behind: dict[tuple[str, str, LinkKind, str], tuple[set[str], set[str]]] = {}
    for row in links:
        source, target, kind = str(row["source"]), str(row["target"]), LinkKind(str(row["kind"]))
        if kind is LinkKind.DISAGREES_WITH and target < source:  # it has no direction: one edge, not two
            source, target = target, source
        if source in network and target in network:
            key = (source, target, kind, str(row.get("label") or ""))
            statements, comparisons = behind.setdefault(key, (set(), set()))
            if row.get("statement"):
                statements.add(str(row["statement"]))
            if row.get("comparison"):
                comparisons.add(str(row["comparison"]))
    for (source, target, kind, label), (statements, comparisons) in sorted(behind.items()):
        network.add_edge(
            source,
            target,
            key=f"{kind}: {label}" if label else str(kind),
            kind=kind,
            label=label,
            statements=tuple(sorted(statements)),
            comparisons=tuple(sorted(comparisons)),
            weight=max(1, len(statements), len(comparisons)),
        )
    return network


def only(network: nx.MultiDiGraph[str], kinds: Collection[LinkKind]) -> nx.MultiDiGraph[str]:
    """The same nodes with the links of ``kinds`` alone."""
    chosen: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    chosen.add_nodes_from(network.nodes(data=True))
    for source, target, key, data in network.edges(keys=True, data=True):
        if data["kind"] in kinds:
            chosen.add_edge(source, target, key=key, **data)
    return chosen


def measures(network: nx.MultiDiGraph[str], *, seed: int = 7, exact: int = EXACT) -> Measures:
    """Degree, betweenness, PageRank, communities (Louvain) and bridges. Links from a node to itself do not count."""
    simple = _simple(network)
    names = list(simple.nodes)
    pivots = None if len(names) <= exact else exact
    between = nx.betweenness_centrality(simple, k=pivots, seed=seed)
    ranks = pagerank(network)
    groups = _communities(simple, seed)
    community = {node: at for at, group in enumerate(groups) for node in group}
    actors = [
        Actor(
            id=node,
            name=str(network.nodes[node]["name"]),
            type=str(network.nodes[node]["type"]),
            degree=sum(1 for left, right in network.out_edges([node]) if left != right)
            + sum(1 for left, right in network.in_edges([node]) if left != right),
            neighbours=len(simple[node]),
            betweenness=float(between[node]),
            pagerank=ranks[node],
            community=community[node],
        )
        for node in names
    ]
    bridges = sorted((min(edge), max(edge)) for edge in nx.bridges(simple))
    return Measures(
        tuple(sorted(actors, key=lambda actor: (-round(actor.pagerank, 12), actor.id))), groups, tuple(bridges)
    )


def pagerank(network: nx.MultiDiGraph[str], *, damping: float = DAMPING, tolerance: float = 1e-10) -> dict[str, float]:
    """PageRank by power iteration over the links' weights; shares that sum to 1.

    networkx's own needs scipy, 35 MB for this one function; a test holds the two definitions together.
    """
    names = sorted(network.nodes)
    if not names:
        return {}
    at = {name: position for position, name in enumerate(names)}
    edges = [(at[a], at[b], float(weight)) for a, b, weight in network.edges(data="weight", default=1.0) if a != b]
    sources = np.array([edge[0] for edge in edges], dtype=int)
    targets = np.array([edge[1] for edge in edges], dtype=int)
    weights = np.array([edge[2] for edge in edges])
    count = len(names)
    total = np.bincount(sources, weights, minlength=count)
    share = weights / total[sources]
    dangling = total == 0
    ranks = np.full(count, 1.0 / count)
    for _ in range(1000):
        flow = np.bincount(targets, ranks[sources] * share, minlength=count)
        new = damping * (flow + ranks[dangling].sum() / count) + (1 - damping) / count
        done = np.abs(new - ranks).sum() < tolerance
        ranks = new
        if done:
            break
    return {name: float(rank) for name, rank in zip(names, ranks / ranks.sum(), strict=True)}


def _simple(network: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """One undirected edge for all links between two nodes, nodes and edges in sorted order."""
    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(sorted(network.nodes))
    weights: dict[tuple[str, str], float] = {}
    for left, right, weight in network.edges(data="weight", default=1.0):
        if left != right:
            pair = (min(left, right), max(left, right))
            weights[pair] = weights.get(pair, 0.0) + float(weight)
    for (left, right), weight in sorted(weights.items()):
        simple.add_edge(left, right, weight=weight)
    return simple


def _communities(simple: nx.Graph[str], seed: int) -> tuple[tuple[str, ...], ...]:
    """Louvain on positions instead of names: sets of strings have no stable order from one run to the next."""
    names = list(simple.nodes)
    if simple.number_of_edges() == 0:
        return tuple((name,) for name in names)
    numbered = _numbered(simple)
    found = nx.community.louvain_communities(numbered, weight="weight", seed=seed)
    groups = (tuple(names[at] for at in sorted(group)) for group in found)
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))


def _numbered(simple: nx.Graph[str]) -> nx.Graph[int]:
    at = {name: position for position, name in enumerate(simple.nodes)}
    numbered: nx.Graph[int] = nx.Graph()
    numbered.add_nodes_from(at.values())
    numbered.add_edges_from((at[left], at[right], data) for left, right, data in simple.edges(data=True))
    return numbered
