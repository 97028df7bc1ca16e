"""Positions for a connected graph of any size by sparse stress (Ortmann, Klimenta, Brandes 2017): every node keeps its
distance to its neighbours and to a few pivots, so that time and memory grow with the number of edges.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Ints = NDArray[np.int64]

PIVOTS = 16


def place(count: int, ends: Ints, lengths: Points, *, rounds: int = 40) -> Points:
    """Positions (n, 2) for ``count`` nodes tied by ``ends`` (m, 2) with ``lengths`` (m,). The mean is at the origin.

    The graph must be connected; every pair at most once and no loops. Deterministic.
    """
    if count == 1:
        return np.zeros((1, 2))
    pivots, far = _pivots(count, ends, lengths)
    points = _start(far)
    node = np.concatenate([ends[:, 0], ends[:, 1], np.repeat(np.arange(count), len(pivots))])
    other = np.concatenate([ends[:, 1], ends[:, 0], np.tile(pivots, count)])
    wanted = np.concatenate([lengths, lengths, far.T.ravel()])
    apart = node != other
    node, other, wanted = node[apart], other[apart], wanted[apart]
    # A pivot speaks for the nodes around it, so that its pull is that of many.
    share = max(1.0, count / len(pivots) / 4.0)
    weight = wanted**-2.0 * np.where(np.arange(len(apart))[apart] < 2 * len(ends), 1.0, share)
    sums = np.bincount(node, weights=weight, minlength=count)
    for _ in range(rounds):
        gap = points[node] - points[other]
        long = np.maximum(np.sqrt((gap**2).sum(axis=1)), 1e-9)
        goal = points[other] + gap * (wanted / long)[:, None]
        moved = np.stack(
            [np.bincount(node, weights=weight * goal[:, axis], minlength=count) for axis in (0, 1)], axis=1
        )
        points = 0.2 * points + 0.8 * moved / sums[:, None]
    middle: Points = points.mean(axis=0)
    return np.subtract(points, middle)


def _pivots(count: int, ends: Ints, lengths: Points) -> tuple[Ints, Points]:
    """Nodes far from one another, and the distances (k, n) from each to every node."""
    pivots = [int(np.argmax(np.bincount(ends.ravel(), minlength=count)))]
    far = [_distances(count, ends, lengths, pivots[0])]
    while len(pivots) < min(PIVOTS, count):
        nearest = np.min(far, axis=0)
        pivots.append(int(np.argmax(nearest)))
        far.append(_distances(count, ends, lengths, pivots[-1]))
    return np.array(pivots, dtype=np.int64), np.stack(far)


def _distances(count: int, ends: Ints, lengths: Points, start: int) -> Points:
    """Shortest distances from ``start`` (Bellman and Ford, all edges at once)."""
    found = np.full(count, np.inf)
    found[start] = 0.0
    while True:
        before = found.copy()
        np.minimum.at(found, ends[:, 1], before[ends[:, 0]] + lengths)
        np.minimum.at(found, ends[:, 0], before[ends[:, 1]] + lengths)
        if np.array_equal(found, before):
            return found


def _start(far: Points) -> Points:
    """Pivot scaling (Brandes and Pich 2007): the two directions in which distances to the pivots differ most."""
    squared = far**2
    centred = -0.5 * (squared - squared.mean(0) - squared.mean(1)[:, None] + squared.mean())
    small = np.einsum("in,jn->ij", centred, centred)
    points = np.empty((far.shape[1], 2))
    first = np.zeros(len(small))
    for axis in (0, 1):
        vector = np.cos(np.arange(len(small)) * 2.399963) + 1e-3
        for _ in range(80):
            vector = vector - first * float((first * vector).sum())
            vector = np.einsum("ij,j->i", small, vector)
            norm = float(np.sqrt((vector * vector).sum()))
            if norm < 1e-12:
                break
            vector = vector / norm
        line = np.einsum("i,in->n", vector, centred)
        spread = float(np.sqrt((line**2).mean())) or 1.0
        points[:, axis] = line / spread * float(far.mean()) * (0.6 if axis == 0 else 0.4)
        first = vector
    # Nodes with the same distances would start, and stay, on one point: a sunflower pattern parts them.
    turn = np.arange(len(points)) * (np.pi * (3.0 - np.sqrt(5.0)))
    reach = 0.08 * float(far.max()) * np.sqrt((np.arange(len(points)) + 1) / len(points))
    return points + np.stack([np.cos(turn), np.sin(turn)], axis=1) * reach[:, None]
