"""Boxes on a plane: pushing apart those that overlap, and setting groups side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

PATIENCE, SPREAD, EASED = 8, 1.06, 0.8
"""When so many rounds left more than this share of the overlap that there was, everything moves apart by this factor."""


def separate(points: Points, sizes: Points, *, rounds: int = 200) -> Points:
    """``points`` (n, 2) moved as little as it takes that boxes of ``sizes`` (n, 2) around them do not overlap.

    Every round pushes each overlapping pair apart along the axis with the smaller overlap; where that does not get on,
    the whole is spread a little first. Deterministic.
    """
    points = points.copy()
    before = crowd = np.inf
    for turn in range(rounds):
        if turn and turn % PATIENCE == 0:
            if crowd > EASED * before:
                middle = points.mean(axis=0)
                points = middle + (points - middle) * SPREAD
            before = crowd
        left, right = _near(points, sizes)
        if not len(left):
            break
        gap = points[right] - points[left]
        over = (sizes[left] + sizes[right]) / 2 - np.abs(gap)
        hit = (over > 1e-6).all(axis=1)
        if not hit.any():
            break
        left, right, gap, over = left[hit], right[hit], gap[hit], over[hit]
        crowd = float(over.min(axis=1).sum())
        axis = (over[:, 1] <= over[:, 0]).astype(int)
        rows = np.arange(len(left))
        # Boxes on one point have no direction: the later one goes right or down.
        sign = np.where(gap[rows, axis] >= 0, 1.0, -1.0)
        push = (over[rows, axis] / 2 + 0.5) * sign
        for _end, which, way in ((0, left, -1.0), (1, right, 1.0)):
            np.add.at(points, (which, axis), push * way * 0.7)
    return points


def gathered(points: Points, sizes: Points, *, wide: float = 1.0, fill: float = 0.5) -> Points:
    """``points`` drawn together to a disc ``wide`` times as wide as high: each keeps its direction from the middle and
    its place in the order from there, and has the room that boxes of ``sizes`` take when they ``fill`` so much of it."""
    if len(points) < 2:
        return np.zeros_like(points)
    spots = points - points.mean(axis=0)
    spots[:, 0] /= wide
    far = np.linalg.norm(spots, axis=1)
    order = np.argsort(far, kind="stable")
    area = sizes.prod(axis=1)[order]
    reach = np.empty(len(points))
    reach[order] = np.sqrt((np.cumsum(area) - area / 2) / (np.pi * fill))
    turned: Points = spots / np.maximum(far, 1e-9)[:, None] * reach[:, None]
    turned *= np.array([wide**0.5, wide**-0.5])
    return turned


def _near(points: Points, sizes: Points) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of boxes that may overlap, each once, by sorting on x: a box reaches only to the next ``widest``."""
    order = np.argsort(points[:, 0], kind="stable")
    (xs, ys), (wide, high) = points[order].T, sizes[order].T
    widest = float(wide.max(initial=0.0))
    # No box reaches further than half its own width and half the widest; a little more, for what rounding takes.
    reach = np.searchsorted(xs, xs + (wide + widest) / 2 * (1 + 1e-9), side="right")
    counts = np.maximum(reach - np.arange(len(xs)) - 1, 0)
    first = np.repeat(np.arange(len(xs)), counts)
    second = first + np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + 1
    for at, size in ((ys, high), (xs, wide)):  # the height first: it leaves few
        keep = np.abs(at[first] - at[second]) < (size[first] + size[second]) / 2
        first, second = first[keep], second[keep]
    return order[first].astype(np.int64), order[second].astype(np.int64)


def shelves(boxes: Sequence[tuple[float, float]], *, gap: float, aspect: float = 1.5) -> list[tuple[float, float]]:
    """Top left corners that set ``boxes`` (width, height) on shelves, the whole about ``aspect`` times as wide as high.

    The order of the input is kept; give the largest first.
    """
    area = sum((width + gap) * (height + gap) for width, height in boxes)
    room = max([(area * aspect) ** 0.5, *(width + gap for width, _ in boxes)], default=0.0)
    corners: list[tuple[float, float]] = []
    x = y = shelf = 0.0
    for width, height in boxes:
        if x > 0 and x + width > room:
            x, y, shelf = 0.0, y + shelf + gap, 0.0
        corners.append((x, y))
        x += width + gap
        shelf = max(shelf, height)
    return corners


def rows(sizes: Points, width: float, *, gap: float) -> Points:
    """Middles (n, 2) of boxes of ``sizes`` (n, 2) in rows about ``width`` wide."""
    area = float((sizes + gap).prod(axis=1).sum())
    aspect = max(1.5, width**2 / area)
    corners = shelves([(float(w), float(h)) for w, h in sizes], gap=gap, aspect=aspect)
    return np.array(corners) + sizes / 2


def box(points: Points, sizes: Points) -> tuple[Points, Points]:
    """Top left and bottom right of all boxes together."""
    return (points - sizes / 2).min(axis=0), (points + sizes / 2).max(axis=0)
