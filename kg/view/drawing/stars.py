"""Leaves: whoever is tied to one actor alone stands around that actor, in the order of a sunflower's seeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

TURN = np.pi * (3.0 - np.sqrt(5.0))
"""The golden angle: seeds after one another never stand in a row."""
PITCH = 0.62
"""How far apart the rings of a sunflower are, as a share of the room of one seed, for no seed to stand on another."""


FEW = 4
"""Leaves of a hub up to which they are placed like other nodes: a disc would be mostly empty."""


def leaves(graph: nx.Graph[int]) -> dict[int, list[int]]:
    """The leaves of each hub that has more than ``FEW``: nodes with one neighbour, which has another."""
    found: dict[int, list[int]] = {}
    for node in graph:
        if len(graph.adj[node]) == 1:
            hub = next(iter(graph.adj[node]))
            if len(graph.adj[hub]) > 1:
                found.setdefault(hub, []).append(node)
    return {hub: members for hub, members in found.items() if len(members) > FEW}


def spiral(widths: Points, *, inner: float = 0.0) -> Points:
    """Positions (n, 2) of seeds so wide, from the middle outwards in their order, beyond ``inner`` pixels."""
    area = np.cumsum(widths**2) - widths**2 / 2
    reach = np.sqrt(inner**2 + PITCH**2 * area)
    turn = np.arange(len(widths)) * TURN
    points: Points = np.stack([np.cos(turn), np.sin(turn)], axis=1) * reach[:, None]
    return points


def seeds(sizes: Points, *, inner: float = 0.0) -> Points:
    """Positions (n, 2) around the origin for boxes of ``sizes`` (n, 2), the largest nearest, beyond ``inner`` pixels."""
    widths = sizes.max(axis=1)
    order = np.argsort(-widths, kind="stable")
    points = np.empty((len(order), 2))
    points[order] = spiral(widths[order], inner=inner)
    return points


def with_leaves(sizes: Points, stars: Mapping[int, Sequence[int]]) -> tuple[Points, dict[int, Points]]:
    """Sizes in which every hub has the room of its leaves, too, and where the leaves of each stand around it."""
    room, around = sizes.copy(), {}
    for hub, members in stars.items():
        own = sizes[list(members)]
        inner = float(sizes[hub].max()) / 2 + float(own.max()) / 2
        around[hub] = seeds(own, inner=inner)
        room[hub] = 2 * (float(np.linalg.norm(around[hub], axis=1).max()) + float(own.max()) / 2)
    return room, around


def cloud(boxes: Sequence[tuple[float, float]]) -> Points:
    """Middles (n, 2) of boxes (width, height) set as one cloud, the first in its middle; they may still overlap."""
    return spiral(np.array([max(box) for box in boxes], dtype=float))
