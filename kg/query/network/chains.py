"""What SPARQL's property paths cannot say of the network: which chain is the shortest, and who stands between communities.

The named query ``reachable`` says whether there is a chain at all; ``links`` gives the rows that this works on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from kg.errors import QueryError
from kg.model import LinkKind
from kg.query.network.measures import Measures, only


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a chain as it is walked. ``forward`` is false where the link points the other way."""

    source: str
    source_name: str
    target: str
    target_name: str
    kind: LinkKind
    label: str
    forward: bool
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Broker:
    """An actor with neighbours in more than one community: how many in each, by number of the community."""

    id: str
    name: str
    type: str
    betweenness: float
    neighbours: tuple[tuple[int, int], ...]


def find(network: nx.MultiDiGraph[str], name: str) -> str:
    """The node that ``name`` means: its id, its whole name, or the only one of which a word begins so.

    Raises ``QueryError`` where there is none, or more than one.
    """
    if name in network:
        return name
    wanted = name.casefold().strip()
    names = {node: str(data["name"]).casefold() for node, data in network.nodes(data=True)}
    found = sorted(node for node, known in names.items() if known == wanted) or sorted(
        node for node, known in names.items() if wanted and f" {wanted}" in f" {known}"
    )
    if not found:
        raise QueryError(f"There is no actor “{name}”; “kg query entities” lists all.")
    if len(found) > 1:
        shown = ", ".join(f"“{network.nodes[node]['name']}”" for node in found[:5])
        raise QueryError(f"“{name}” may be {shown}{' or others' if len(found) > 5 else ''}; give more of the name.")
    return found[0]


def chain(
    network: nx.MultiDiGraph[str], source: str, target: str, *, kinds: Collection[LinkKind] = tuple(LinkKind)
) -> tuple[Step, ...]:
    """The shortest chain of links from ``source`` to ``target`` (ids), whatever way the links point; empty where there is none.

    Of several, the one with the most statements behind its links, then the first by name: the same at every run.
    """
    chosen = only(network, kinds)
    if source == target or source not in chosen or target not in chosen:
        return ()
    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(sorted(chosen))
    for left, right, data in chosen.edges(data=True):
        if left != right:
            weight = simple.edges[left, right]["weight"] if simple.has_edge(left, right) else 0
            simple.add_edge(left, right, weight=weight + float(data.get("weight", 1.0)))
    # Every step costs 1; the statements behind it make it dearer by less than any chain has steps.
    small = 0.5 / (len(simple) + 1)
    for _, _, data in simple.edges(data=True):
        data["cost"] = 1 + small / (1 + data["weight"])
    try:
        walked = nx.shortest_path(simple, source, target, weight="cost")
    except nx.NetworkXNoPath:
        return ()
    return tuple(_step(chosen, a, b) for a, b in pairwise(walked))


def _step(network: nx.MultiDiGraph[str], a: str, b: str) -> Step:
    links = [(True, d) for d in (network.get_edge_data(a, b) or {}).values()]
    links += [(False, d) for d in (network.get_edge_data(b, a) or {}).values()]
    forward, data = min(
        links, key=lambda link: (-link[1].get("weight", 1), not link[0], link[1]["kind"], link[1]["label"])
    )
    statements = tuple(data.get("statements", ()))
    names = (str(network.nodes[node]["name"]) for node in (a, b))
    return Step(a, next(names), b, next(names), data["kind"], str(data["label"]), forward, statements)


def brokers(network: nx.MultiDiGraph[str], measured: Measures) -> tuple[Broker, ...]:
    """The actors whose neighbours are of more than one community, by falling betweenness."""
    community = {actor.id: actor.community for actor in measured.actors}
    out = []
    for actor in measured.actors:
        near = {*network.successors(actor.id), *network.predecessors(actor.id)} - {actor.id}
        counts = Counter(community[node] for node in near)
        if len(counts) > 1:
            out.append(Broker(actor.id, actor.name, actor.type, actor.betweenness, tuple(sorted(counts.items()))))
    return tuple(sorted(out, key=lambda broker: (-round(broker.betweenness, 12), broker.id)))
