from __future__ import annotations

import itertools
import random
import subprocess
import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.drawing import packing, stress
from kg.view.drawing.layout import WHOLE, layout


def _clustered(count: int, groups: int, links: int, seed: int = 1) -> list[tuple[str, str, float]]:
    """Links within `groups` groups, every tenth across."""
    draw = random.Random(seed)
    found = set()
    while len(found) < links:
        left = draw.randrange(count)
        step = groups * draw.randrange(1, max(2, count // groups))
        right = draw.randrange(count) if draw.random() < 0.1 else (left + step) % count
        if left != right:
            found.add((f"n{left:04}", f"n{right:04}", 1.0))
    return sorted(found)


def _names(count: int) -> list[str]:
    return [f"n{at:04}" for at in range(count)]


@pytest.mark.parametrize("count", [2, 15, WHOLE, WHOLE + 60])
def test_layout_keeps_nodes_off_one_another(count: int) -> None:
    radii = {name: 8.0 + at % 14 for at, name in enumerate(_names(count))}
    placed = layout(_names(count), _clustered(count, max(1, count // 20), min(3 * count, count)), radii=radii)
    for left, right in itertools.combinations(_names(count), 2):
        distance = np.hypot(*np.subtract(placed.positions[left], placed.positions[right]))
        assert distance > radii[left] * 0.99 + radii[right] * 0.99, (left, right)


def test_layout_of_a_small_graph_keeps_room_for_labels() -> None:
    names = _names(12)
    labels = dict.fromkeys(names, "a name of 20 letters")
    placed = layout(names, [(names[0], other, 1.0) for other in names[1:]], labels=labels)
    for left, right in itertools.combinations(names, 2):
        across, down = np.abs(np.subtract(placed.positions[left], placed.positions[right]))
        assert across >= 20 * 7 - 1 or down >= 34 + 20 - 1


@pytest.mark.parametrize("count", [60, 200])
def test_layout_sets_communities_apart(count: int) -> None:
    placed = layout(_names(count), _clustered(count, count // 20, 4 * count))
    groups: dict[int, list[str]] = {}
    for name, community in placed.communities.items():
        groups.setdefault(community, []).append(name)
    assert len(groups) > 1
    points = np.array([placed.positions[name] for name in _names(count)])
    own = [placed.communities[name] for name in _names(count)]
    gaps = np.linalg.norm(points[:, None] - points[None], axis=2)
    same = np.array([[a == b for b in own] for a in own])
    assert gaps[same].mean() < 0.7 * gaps[~same].mean()


def test_layout_draws_what_is_linked_nearer_than_what_is_not() -> None:
    names = _names(10)
    ring = [(names[at], names[(at + 1) % 10], 1.0) for at in range(10)]
    placed = layout(names, ring)
    far = np.hypot(*np.subtract(placed.positions[names[0]], placed.positions[names[5]]))
    near = np.hypot(*np.subtract(placed.positions[names[0]], placed.positions[names[1]]))
    assert near < far / 2


def test_layout_is_free_of_the_order_of_nodes_and_links() -> None:
    names, links = _names(150), _clustered(150, 6, 400)
    shuffled = random.Random(5).sample(links, len(links))
    assert layout(names, links) == layout(names[::-1], shuffled)


def test_layout_is_the_same_in_every_process() -> None:
    program = (
        "from kg.view.drawing.layout import layout\n"
        "names = [f'n{i}' for i in range(140)]\n"
        "print(layout(names, [(names[i], names[(i * 7 + 3) % 140], 1.0) for i in range(139)]))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert outputs.pop().startswith("Layout(")


def test_layout_of_nothing_of_one_node_and_of_nodes_without_links() -> None:
    assert layout([], []).positions == {}
    assert layout(["a"], []).positions == {"a": (0.0, 0.0)}
    alone = layout(_names(9), [])
    assert len(set(alone.positions.values())) == 9
    assert set(layout(["a", "b"], [("a", "a", 1.0)]).positions) == {"a", "b"}


def test_layout_of_a_crowd_without_links_is_a_disc_with_the_largest_in_its_middle() -> None:
    names = _names(600)
    radii = {name: 20.0 if at < 6 else 9.0 for at, name in enumerate(names)}
    placed = layout(names, [(names[590], names[591], 1.0)], radii=radii)
    spots = np.array([placed.positions[name] for name in names[:590]])
    wide, high = np.ptp(spots, axis=0)
    assert 1.0 < wide / high < 2.0
    middle = spots.mean(axis=0)
    far = np.linalg.norm(spots - middle, axis=1)
    assert far[:6].max() < 0.25 * far.max()
    corners = np.abs(spots - middle) > 0.42 * np.array([wide, high])
    assert corners.all(axis=1).sum() <= 3, "round, with no corners"


def test_layout_centres_the_picture() -> None:
    placed = layout(_names(30), _clustered(30, 2, 60))
    xs, ys = zip(*placed.positions.values(), strict=True)
    assert abs(max(xs) + min(xs)) < 60
    assert abs(max(ys) + min(ys)) < 60


def test_layout_of_a_community_that_nothing_divides_still_places_every_node() -> None:
    names = _names(WHOLE + 30)
    everyone = [(left, right, 1.0) for left, right in itertools.combinations(names, 2)]
    placed = layout(names, everyone)
    assert len(set(placed.positions.values())) == len(names)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=1, max_size=12),
    st.floats(5, 40),
    st.floats(5, 40),
)
def test_layout_packing_separates_any_boxes(spots: list[tuple[float, float]], width: float, height: float) -> None:
    sizes = np.tile([width, height], (len(spots), 1))
    moved = packing.separate(np.array(spots, dtype=float), sizes)
    for left, right in itertools.combinations(range(len(spots)), 2):
        across, down = np.abs(moved[left] - moved[right])
        assert across >= width - 0.5 or down >= height - 0.5


def test_layout_packing_leaves_boxes_that_do_not_overlap_where_they_are() -> None:
    spots = np.array([[0.0, 0.0], [100.0, 0.0], [0.0, 100.0]])
    assert (packing.separate(spots, np.full((3, 2), 50.0)) == spots).all()


def test_layout_packing_shelves_do_not_overlap() -> None:
    boxes = [(300.0, 200.0), (100.0, 50.0), (120.0, 80.0), (60.0, 60.0), (10.0, 10.0)]
    corners = packing.shelves(boxes, gap=10.0)
    for one, two in itertools.combinations(range(len(boxes)), 2):
        (ax, ay), (aw, ah), (bx, by), (bw, bh) = corners[one], boxes[one], corners[two], boxes[two]
        assert ax + aw <= bx or bx + bw <= ax or ay + ah <= by or by + bh <= ay


def test_layout_stress_distances_on_paper_follow_those_in_the_graph() -> None:
    path = nx.path_graph(6)
    lengths = np.full((6, 6), np.inf)
    for left, right in path.edges:
        lengths[left, right] = lengths[right, left] = 2.0
    points = stress.place(lengths)
    gaps = np.linalg.norm(points[:, None] - points[None], axis=2)
    assert gaps == pytest.approx(stress.shortest(lengths), rel=0.02, abs=0.02)
    assert stress.shortest(lengths)[0, 5] == 10.0


@given(st.lists(st.tuples(*[st.integers(-60, 60)] * 2, *[st.sampled_from([4, 10, 25.5])] * 2), max_size=30))
@settings(deadline=None)
def test_layout_boxes_that_may_overlap_are_all_pairs_that_are_close(boxes: list[tuple[float, ...]]) -> None:
    found = np.array(boxes, dtype=float).reshape(-1, 4)
    points, sizes = found[:, :2], found[:, 2:]
    left, right = packing._near(points, sizes)
    close = {
        (one, other)
        for one, other in itertools.combinations(range(len(points)), 2)
        if (np.abs(points[one] - points[other]) < (sizes[one] + sizes[other]) / 2).all()
    }
    assert {(min(pair), max(pair)) for pair in zip(left.tolist(), right.tolist(), strict=True)} == close
    assert len(left) == len(close)
