"""Positions for one connected graph by stress majorisation (Gansner, Koren, North 2004): distances on paper follow
distances in the graph. Deterministic without a seed: it starts from classical scaling, not from random points.

Sums of products are written out with ``einsum`` rather than ``@`` and linear solvers: those start threads that cost more
than they bring on matrices of this size, many times over where the processor is shared. Memory grows with the square
of the number of nodes: for up to about 600.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


def place(lengths: Points, *, rounds: int = 150) -> Points:
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
    degrees = weights.sum(axis=1)[:, None]
    pulls = weights * distances
    for _ in range(rounds):
        across, down = (points[:, axis, None] - points[None, :, axis] for axis in (0, 1))
        ratio = pulls / np.maximum(np.sqrt(across**2 + down**2), 1e-9)
        # Each node goes to the mean of where every other would have it.
        wanted = np.einsum("ij,jk->ik", weights, points)
        wanted[:, 0] += (ratio * across).sum(axis=1)
        wanted[:, 1] += (ratio * down).sum(axis=1)
        moved = wanted / degrees
        moved -= moved.mean(axis=0)
        step = float(np.abs(moved - points).max())
        points = moved
        if step < 2e-3:
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
    points = np.zeros((count, 2))
    first = None
    for axis in range(min(2, count)):
        vector, value = _strongest(centred, first)
        first = vector
        vector = vector * (1.0 if vector[np.argmax(np.abs(vector))] >= 0 else -1.0)
        points[:, axis] = vector * np.sqrt(max(value, 0.0))
    # Leaves of one hub have equal rows and would start, and stay, on one point: a sunflower pattern parts them.
    turn = np.arange(count) * (np.pi * (3.0 - np.sqrt(5.0)))
    reach = 0.05 * float(distances.max()) * np.sqrt((np.arange(count) + 1) / count)
    points += np.stack([np.cos(turn), np.sin(turn)], axis=1) * reach[:, None]
    centre: Points = points.mean(axis=0)
    return np.subtract(points, centre)


def _strongest(matrix: Points, besides: Points | None) -> tuple[Points, float]:
    """The eigenvector of the largest eigenvalue, ``besides`` the one given, by power iteration: a start needs no more."""
    count = len(matrix)
    shift = float(np.abs(matrix).sum(axis=1).max())  # makes all eigenvalues positive, the largest stays the largest
    vector = np.cos(np.arange(count) * 2.399963) + 1e-3
    for _ in range(60):
        if besides is not None:
            vector = vector - besides * float((besides * vector).sum())
        grown = np.einsum("ij,j->i", matrix, vector) + 0.1 * shift * vector
        norm = float(np.sqrt((grown * grown).sum()))
        if norm < 1e-12:
            break
        vector = grown / norm
    return vector, float((vector * np.einsum("ij,j->i", matrix, vector)).sum())
