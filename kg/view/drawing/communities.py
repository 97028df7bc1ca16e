"""Which nodes belong together: Louvain's method (Blondel and others 2008), by networkx or, for size, in numpy.

networkx moves one node at a time, which takes half a minute at 100,000 nodes. Above ``LARGE`` nodes all nodes look for
their best community at once and a random half of them moves, round by round, then communities become nodes. Both
are the same on every run with the same seed.
"""

from __future__ import annotations

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

LARGE = 3_000
ROUNDS = 24


def communities(graph: nx.Graph[int], seed: int, *, resolution: float = 1.0) -> list[list[int]]:
    """The communities of ``graph``, whose edges have a ``weight``, the largest first; each in order."""
    if graph.number_of_edges() == 0:
        return [[node] for node in sorted(graph.nodes)]
    found: list[list[int]]
    if graph.number_of_nodes() <= LARGE:
        parts = nx.community.louvain_communities(graph, weight="weight", resolution=resolution, seed=seed)
        found = [sorted(part) for part in parts]
    else:
        nodes = sorted(graph.nodes)
        index = {node: at for at, node in enumerate(nodes)}
        ends = np.array([(index[a], index[b]) for a, b in graph.edges], dtype=np.int64).reshape(-1, 2)
        weights = np.array([data["weight"] for _, _, data in graph.edges(data=True)], dtype=np.float64)
        labels = detect(len(nodes), ends, weights, seed=seed, resolution=resolution)
        order = np.argsort(labels, kind="stable")
        starts = np.flatnonzero(np.diff(labels[order], prepend=-1))
        found = [[nodes[at] for at in part] for part in np.split(order, starts[1:])]
    return sorted(found, key=lambda part: (-len(part), part))


def detect(count: int, ends: Ints, weights: Floats, *, seed: int, resolution: float = 1.0) -> Ints:
    """Labels (n,) of the communities of ``count`` nodes with edges ``ends`` (m, 2) and ``weights`` (m,)."""
    draw = np.random.default_rng(seed)
    labels = np.arange(count)
    while True:
        moved = _move(count, ends, weights, resolution, draw)
        _, moved = np.unique(moved, return_inverse=True)
        fewer = int(moved.max()) + 1
        labels = moved[labels]
        if fewer >= 0.95 * count:
            return labels
        # Communities become nodes; what was inside one becomes an edge from it to itself.
        keys, inverse = np.unique(_pairs(moved[ends], fewer), return_inverse=True)
        ends = np.stack([keys // fewer, keys % fewer], axis=1)
        weights = np.bincount(inverse, weights=weights).astype(np.float64)
        count = fewer


def _pairs(ends: Ints, count: int) -> Ints:
    keys: Ints = ends.min(axis=1) * count + ends.max(axis=1)
    return keys


def _move(count: int, ends: Ints, weights: Floats, resolution: float, draw: np.random.Generator) -> Ints:
    """Labels after rounds in which nodes go where modularity gains most."""
    strength = np.bincount(ends.ravel(), weights=np.repeat(weights, 2), minlength=count)
    total = float(strength.sum())
    apart = ends[:, 0] != ends[:, 1]
    source = np.concatenate([ends[apart, 0], ends[apart, 1]])
    target = np.concatenate([ends[apart, 1], ends[apart, 0]])
    weight = np.concatenate([weights[apart], weights[apart]])
    labels = np.arange(count)
    for _ in range(ROUNDS):
        size = np.bincount(labels, weights=strength, minlength=count)
        # Every node with each community next to it, and with its own.
        keys = np.concatenate([source * count + labels[target], np.arange(count) * count + labels])
        keys, inverse = np.unique(keys, return_inverse=True)
        node, label = keys // count, keys % count
        tied = np.bincount(inverse, weights=np.concatenate([weight, np.zeros(count)]))
        own = label == labels[node]
        others = size[label] - np.where(own, strength[node], 0.0)
        gain = tied - resolution * strength[node] * others / total
        # The best of each node; at equal gain its own community, then the smaller number.
        order = np.lexsort((label, ~own, -np.round(gain, 9), node))
        first = np.flatnonzero(np.diff(node[order], prepend=-1))
        best = label[order][first]
        going = (best != labels) & (draw.random(count) < 0.5)
        if not (best != labels).any():
            break
        labels = np.where(going, best, labels)
    return labels
