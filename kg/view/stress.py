"""Positions for one connected graph by stress majorisation (Gansner, Koren, North 2004): distances on paper follow
distances in the graph. Deterministic without a seed: it starts from classical scaling, not from random points.

Costs grow with the square of the number of nodes in memory and the cube in time: for up to about 600 nodes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


def place(lengths: Points, *, rounds: int = 120) -> Points:
    """Positions, shape (n, 2), for the symmetric matrix (n, n) of edge lengths (``inf`` where there is no edge).

    The graph must be connected. The mean is at the origin; units are those of the lengths.
    """
    count = len(lengths)
    if count == 1:
        return np.zeros((1, 2))
    distances = shortest(lengths)
    points = _scaling(distances)
    weights = np.zeros_like(distances)
    apart = distances > 0
    weights[apart] = distances[apart] ** -2.0
    degrees = weights.sum(axis=1)
    inverse = np.linalg.inv(np.diag(degrees) - weights + np.ones((count, count)) / count)
    for _ in range(rounds):
        gaps = np.linalg.norm(points[:, None, :] - points[None, :, :], axis=2)
        ratio = np.where(gaps > 1e-9, weights * distances / np.maximum(gaps, 1e-9), 0.0)
        pulled = ratio.sum(axis=1)[:, None] * points - ratio @ points
        moved = inverse @ pulled
        moved -= moved.mean(axis=0)
        step = float(np.abs(moved - points).max())
        points = moved
        if step < 1e-3:
            break
    return points


def shortest(lengths: Points) -> Points:
    """All shortest distances of the matrix of edge lengths (Floyd and Warshall, a row of numpy at a time)."""
    distances = lengths.copy()
    np.fill_diagonal(distances, 0.0)
    for via in range(len(distances)):
        np.minimum(distances, distances[:, via, None] + distances[None, via, :], out=distances)
    return distances


def _scaling(distances: Points) -> Points:
    """Classical scaling to two dimensions, signs fixed, with a small turn apart for nodes that would coincide."""
    count = len(distances)
    squared = distances**2
    centred = -0.5 * (squared - squared.mean(0) - squared.mean(1)[:, None] + squared.mean())
    values, vectors = np.linalg.eigh(centred)
    points = np.zeros((count, 2))
    for axis in range(min(2, count)):
        vector = vectors[:, -1 - axis]
        vector = vector * (1.0 if vector[np.argmax(np.abs(vector))] >= 0 else -1.0)
        points[:, axis] = vector * np.sqrt(max(values[-1 - axis], 0.0))
    # Leaves of one hub have equal rows and would start, and stay, on one point: a sunflower pattern parts them.
    turn = np.arange(count) * (np.pi * (3.0 - np.sqrt(5.0)))
    reach = 0.05 * float(distances.max()) * np.sqrt((np.arange(count) + 1) / count)
    points += np.stack([np.cos(turn), np.sin(turn)], axis=1) * reach[:, None]
    centre: Points = points.mean(axis=0)
    return np.subtract(points, centre)
