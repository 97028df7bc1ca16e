"""Where each node stands: deterministic positions with communities apart and no node on another.

Small graphs are laid out whole by stress; larger ones community by community, the communities then set as discs, and
who is tied to one actor alone around that actor. Small parts make one cloud, those tied to nobody another.
Coordinates are pixels at zoom 1, x to the right and y down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.view.drawing import packing, sparse, stars, stress
from kg.view.drawing.communities import communities

Points = NDArray[np.float64]

WHOLE = 120
"""Nodes up to which a connected graph is laid out in one piece."""
DENSE = 160
"""Nodes up to which every distance is looked at; above, those to neighbours and to some pivots."""
DIVIDED = 2_500
"""Nodes above which a community is divided again."""
EDGE = 120.0
"""Pixels between two linked nodes of one community, where there is room."""
BESIDE = 24.0
"""Pixels between two communities that are tied."""
WIDE = 1.3
"""How many times as wide as high a crowd is set: screens are wider than high."""
SMALL = 12
"""Nodes of a part of a large graph up to which it goes into the cloud of small parts."""
NODE = 34.0
"""Pixels that a node needs for itself, where no radius is given."""
LABEL_HEIGHT = 20.0
LABEL_LETTER = 7.0
LABEL_LINE = 24
"""Letters of a name on one line of its label; longer names take two."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions by node, and the number of the community that each node is in (0 is the largest)."""

    positions: Mapping[str, tuple[float, float]]
    communities: Mapping[str, int]


def layout(
    nodes: Sequence[str],
    links: Sequence[tuple[str, str, float]],
    *,
    labels: Mapping[str, str] | None = None,
    radii: Mapping[str, float] | None = None,
    seed: int = 7,
) -> Layout:
    """Positions for ``nodes`` tied by ``links`` (source, target, weight above 0). The order of both does not matter.

    ``radii`` are the nodes' own, in pixels. Up to ``WHOLE`` nodes, room is kept for ``labels`` (text by node).
    """
    names = sorted(set(nodes))
    index = {name: at for at, name in enumerate(names)}
    graph = _graph(len(names), ((index[source], index[target], weight) for source, target, weight in sorted(links)))
    groups = communities(graph, seed)
    group_of = {node: at for at, group in enumerate(groups) for node in group}
    sizes = _sizes(names, labels or {}, radii or {}, with_labels=len(names) <= WHOLE)
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    crowd = len(names) > WHOLE
    placed = [
        (part, _starred(_within(graph, part), part, group_of, sizes, seed, crowd=crowd))
        for part in parts
        if len(part) > 1
    ]
    if crowd:
        placed = _clouded(placed, sizes)
    alone = [part[0] for part in parts if len(part) == 1]
    if alone:
        placed.append((alone, _alone(sizes[alone], placed, crowd=crowd)))
    points = _side_by_side(placed, sizes)
    return Layout(
        {name: (round(float(x), 1), round(float(y), 1)) for name, (x, y) in zip(names, points, strict=True)},
        {name: group_of[at] for at, name in enumerate(names)},
    )


def _alone(sizes: Points, placed: Sequence[tuple[list[int], Points]], *, crowd: bool) -> Points:
    """Positions of those without links: in rows below a small picture; a crowd as a disc, the largest in its middle."""
    if not crowd:
        widest = max((float(np.ptp(spots[:, 0])) for _, spots in placed), default=0.0)
        return packing.rows(sizes, widest, gap=NODE / 2)
    return packing.separate(stars.seeds(sizes) * np.array([WIDE**0.5, WIDE**-0.5]), sizes)


def _starred(
    graph: nx.Graph[int], part: Sequence[int], group_of: Mapping[int, int], sizes: Points, seed: int, *, crowd: bool
) -> Points:
    """Positions for the connected ``part``, in its order; in a ``crowd`` leaves stand around their hubs."""
    if not crowd:
        return _component(graph, part, group_of, sizes, seed)
    tied = stars.leaves(graph)
    aside = {leaf for members in tied.values() for leaf in members}
    core = [node for node in part if node not in aside]
    room, around = stars.with_leaves(sizes, tied)
    at = {node: row for row, node in enumerate(part)}
    points = np.zeros((len(part), 2))
    points[[at[node] for node in core]] = _component(_within(graph, core), core, group_of, room, seed)
    for hub, members in tied.items():
        points[[at[leaf] for leaf in members]] = points[at[hub]] + around[hub]
    return points


def _clouded(placed: list[tuple[list[int], Points]], sizes: Points) -> list[tuple[list[int], Points]]:
    """The large parts as they are, and all small ones as one cloud."""
    small = [(part, spots) for part, spots in placed if len(part) <= SMALL]
    if len(small) < 3:
        return placed
    corners = [packing.box(spots, sizes[part]) for part, spots in small]
    boxes = [(float(high[0] - low[0]) + NODE / 2, float(high[1] - low[1]) + NODE / 2) for low, high in corners]
    middles = packing.separate(stars.cloud(boxes) * np.array([WIDE**0.5, WIDE**-0.5]), np.array(boxes))
    spots = np.concatenate(
        [
            spots - (low + high) / 2 + middle
            for (_, spots), (low, high), middle in zip(small, corners, middles, strict=True)
        ]
    )
    return [*(one for one in placed if len(one[0]) > SMALL), ([node for part, _ in small for node in part], spots)]


def _graph(nodes: int, links: Iterable[tuple[int, int, float]]) -> nx.Graph[int]:
    """The graph of ``nodes`` numbers, without direction; links between the same two weigh together."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(nodes))
    for source, target, weight in links:
        if source != target:
            left, right = sorted((source, target))
            before = graph.edges[left, right]["weight"] if graph.has_edge(left, right) else 0.0
            graph.add_edge(left, right, weight=before + weight)
    return graph


def _side_by_side(placed: Sequence[tuple[list[int], Points]], sizes: Points) -> Points:
    """Positions of all nodes: the parts, each ``placed`` for itself, on shelves around the middle."""
    points = np.zeros((len(sizes), 2))
    boxes = []
    for part, spots in placed:
        low, high = packing.box(spots, sizes[part])
        spots -= low
        boxes.append((float(high[0] - low[0]), float(high[1] - low[1])))
    # Words stand above each part of a crowd, however far the reader is from it.
    gap = NODE * 1.5 if len(sizes) <= WHOLE else 0.08 * sum(wide * high for wide, high in boxes) ** 0.5
    for (part, spots), corner in zip(placed, packing.shelves(boxes, gap=gap), strict=True):
        points[part] = spots + np.array(corner)
    if len(points):
        low, high = packing.box(points, sizes)
        points -= (low + high) / 2
    return points


def _sizes(names: Sequence[str], labels: Mapping[str, str], radii: Mapping[str, float], *, with_labels: bool) -> Points:
    """Width and height that each node needs; in large graphs half as much again, for the page to draw them larger."""
    sizes = np.full((len(names), 2), NODE)
    for at, name in enumerate(names):
        if name in radii:
            sizes[at] = 2 * radii[name] + 12 if with_labels else 3 * radii[name] + 8
        if with_labels:
            letters = len(labels.get(name, ""))
            lines = 0 if not letters else 1 if letters <= LABEL_LINE else 2
            sizes[at] = max(sizes[at, 0], min(letters, LABEL_LINE) * LABEL_LETTER), sizes[at, 1] + lines * LABEL_HEIGHT
    return sizes


def _component(
    graph: nx.Graph[int], part: Sequence[int], group_of: Mapping[int, int], sizes: Points, seed: int
) -> Points:
    """Positions for the connected ``part`` of ``graph``, in its order."""
    if len(part) <= WHOLE:
        points = _wide(stress.place(_lengths(graph, part, group_of, sizes)))
        own = sizes[list(part)]
        if len(sizes) > WHOLE and len(part) > 4:
            return packing.separate(packing.gathered(points, own), own)
        return packing.separate(points * (EDGE if len(sizes) <= WHOLE else NODE), own)
    groups: dict[int, list[int]] = {}
    for node in part:
        groups.setdefault(group_of[node], []).append(node)
    if len(groups) == 1:
        return _group(graph, part, sizes, seed) if len(part) <= DIVIDED else _sunflower(graph, part, sizes)
    inside = {key: _group(_within(graph, group), group, sizes, seed) for key, group in groups.items()}
    return _discs(graph, part, groups, inside, group_of, sizes)


def _group(graph: nx.Graph[int], group: Sequence[int], sizes: Points, seed: int) -> Points:
    """Positions inside one community of a large graph; a community too large for stress is divided again."""
    if len(group) > DIVIDED:
        finer = communities(graph, seed, resolution=4.0)
        if len(finer) == 1:
            return _sunflower(graph, group, sizes)
        group_of = {node: at for at, part in enumerate(finer) for node in part}
        return _component(graph, group, group_of, sizes, seed)
    parts = [sorted(part) for part in nx.connected_components(graph)]
    if len(parts) > 1:  # Louvain may leave a community in pieces: bridge them, for the layout only
        bridged = nx.Graph(graph)
        bridged.add_edges_from((left[0], right[0], {"weight": 1.0}) for left, right in pairwise(sorted(parts)))
        graph = bridged
    same = dict.fromkeys(group, 0)
    if len(group) <= DENSE:
        points = stress.place(_lengths(graph, group, same, sizes), rounds=40)
    else:
        points = sparse.place(len(group), *_edges(graph, group, same, sizes))
    own = sizes[list(group)]
    return packing.separate(packing.gathered(points, own), own)


def _within(graph: nx.Graph[int], part: Sequence[int]) -> nx.Graph[int]:
    """The part of the graph as a graph of its own: networkx's views of parts cost at every step."""
    if len(part) == graph.number_of_nodes():
        return graph
    inside = set(part)
    own: nx.Graph[int] = nx.Graph()
    own.add_nodes_from(part)
    own.add_edges_from(
        (node, other, data)
        for node in part
        for other, data in graph.adj[node].items()
        if other in inside and node < other
    )
    return own


def _edges(
    graph: nx.Graph[int], part: Sequence[int], group_of: Mapping[int, int], sizes: Points
) -> tuple[NDArray[np.int64], Points]:
    """Edges (m, 2) by position in ``part``, and their lengths (m,): longer between communities, and around hubs, whose
    neighbours need the room."""
    at = {node: row for row, node in enumerate(part)}
    ends, lengths = [], []
    for left, right in graph.edges():
        crowd = min(len(graph.adj[left]), len(graph.adj[right])) - 1
        ends.append((at[left], at[right]))
        stars_ = (sizes[left, 1] + sizes[right, 1]) / 2
        lengths.append(
            max(1.0 + 0.12 * min(crowd, 12), stars_ / EDGE) + (0.8 if group_of[left] != group_of[right] else 0.0)
        )
    return np.array(ends, dtype=np.int64).reshape(-1, 2), np.array(lengths)


def _lengths(graph: nx.Graph[int], part: Sequence[int], group_of: Mapping[int, int], sizes: Points) -> Points:
    """The lengths of edges as a matrix (n, n)."""
    ends, values = _edges(graph, part, group_of, sizes)
    lengths = np.full((len(part), len(part)), np.inf)
    lengths[ends[:, 0], ends[:, 1]] = lengths[ends[:, 1], ends[:, 0]] = values
    return lengths


def _wide(points: Points) -> Points:
    """Turned so that the longer side lies across: screens are wider than high."""
    spread = points - points.mean(axis=0)
    along, down = (float((spread[:, axis] ** 2).sum()) for axis in (0, 1))
    angle = 0.5 * np.arctan2(2.0 * float((spread[:, 0] * spread[:, 1]).sum()), along - down)
    cos, sin = np.cos(angle), np.sin(angle)
    turned: Points = np.stack(
        [points[:, 0] * cos + points[:, 1] * sin, points[:, 1] * cos - points[:, 0] * sin], axis=1
    )
    for axis in range(2):  # either way would do: the farthest node goes right and down
        farthest = turned[np.argmax(np.abs(turned[:, axis])), axis]
        turned[:, axis] *= 1.0 if farthest >= 0 else -1.0
    return turned


def _discs(
    graph: nx.Graph[int],
    part: Sequence[int],
    groups: Mapping[int, Sequence[int]],
    inside: Mapping[int, Points],
    group_of: Mapping[int, int],
    sizes: Points,
) -> Points:
    """The communities as discs, near those that they are tied to, and each community's nodes inside its disc."""
    keys = sorted(groups)
    row = {key: at for at, key in enumerate(keys)}
    for key in keys:
        inside[key] -= sum(packing.box(inside[key], sizes[list(groups[key])])) / 2
    radius = np.array([_reach(inside[key], sizes[list(groups[key])]) + BESIDE / 2 for key in keys])
    ties: nx.Graph[int] = nx.Graph()
    ties.add_nodes_from(range(len(keys)))
    for left, right in graph.edges(part):
        a, b = row[group_of[left]], row[group_of[right]]
        if a != b:
            ties.add_edge(a, b)
    lengths = np.full((len(keys), len(keys)) if len(keys) <= DENSE else (0, 0), np.inf)
    for a, b in ties.edges if len(keys) <= DENSE else ():
        lengths[a, b] = lengths[b, a] = radius[a] + radius[b] + BESIDE
    if len(keys) <= DENSE:
        centres = stress.place(lengths, rounds=40)
    else:
        centres = sparse.place(len(keys), np.array(list(ties.edges), dtype=np.int64), _of(ties, radius))
    boxes = np.stack([radius, radius], axis=1) * 2
    centres = packing.separate(packing.gathered(_wide(centres), boxes, wide=WIDE, fill=0.85), boxes, rounds=400)
    at = {node: position for position, node in enumerate(part)}
    points = np.zeros((len(part), 2))
    for key in keys:
        points[[at[node] for node in groups[key]]] = inside[key] + centres[row[key]]
    return points


def _reach(points: Points, sizes: Points) -> float:
    """How far from the origin boxes around ``points`` reach."""
    return float((np.linalg.norm(points, axis=1) + sizes.max(axis=1) / 2).max(initial=0.0))


def _of(ties: nx.Graph[int], radius: Points) -> Points:
    return np.array([radius[a] + radius[b] + BESIDE for a, b in ties.edges])


def _sunflower(graph: nx.Graph[int], part: Sequence[int], sizes: Points) -> Points:
    """The most tied nodes in the middle, the rest around them on a spiral with even room: for what nothing divides."""
    order = sorted(range(len(part)), key=lambda at: (-graph.degree[part[at]], part[at]))
    own = sizes[list(part)]
    points = np.empty((len(part), 2))
    points[order] = stars.spiral(own[order].max(axis=1))
    return packing.separate(points, own)
