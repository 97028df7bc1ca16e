from __future__ import annotations

import random

import networkx as nx
import numpy as np
import pytest

from kg.view.drawing import communities as found
from kg.view.drawing import sparse


def _planted(groups: int, size: int, *, across: float, seed: int = 3) -> nx.Graph[int]:
    draw = random.Random(seed)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(groups * size))
    while graph.number_of_edges() < 5 * groups * size:
        left = draw.randrange(groups * size)
        near = left - left % size + draw.randrange(size)
        right = draw.randrange(groups * size) if draw.random() < across else near
        if left != right:
            graph.add_edge(left, right, weight=1.0)
    return graph


def test_communities_in_numpy_find_the_planted_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "LARGE", 0)
    parts = found.communities(_planted(12, 30, across=0.1), seed=7)
    assert len(parts) == 12
    for part in parts:
        homes = [node // 30 for node in part]
        assert max(homes.count(home) for home in set(homes)) >= 0.9 * len(part)


def test_communities_in_numpy_are_about_as_good_as_networkx(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = _planted(40, 25, across=0.3)
    theirs = nx.community.modularity(graph, found.communities(graph, seed=7))
    monkeypatch.setattr(found, "LARGE", 0)
    ours = nx.community.modularity(graph, found.communities(graph, seed=7))
    assert ours > theirs - 0.03


def test_communities_are_the_same_each_time_and_hold_every_node_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "LARGE", 0)
    graph = _planted(6, 20, across=0.2)
    graph.add_nodes_from(range(1000, 1005))  # without any edge
    first = found.communities(graph, seed=7)
    assert first == found.communities(graph, seed=7)
    assert sorted(node for part in first for node in part) == sorted(graph.nodes)
    assert first == sorted(first, key=lambda part: (-len(part), part))


def test_communities_of_a_graph_without_links_are_its_nodes() -> None:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from([3, 1, 2])
    assert found.communities(graph, seed=1) == [[1], [2], [3]]


def test_communities_heavier_links_hold_more_together() -> None:
    ends = np.array([[0, 1], [1, 2], [2, 3]])
    labels = found.detect(4, ends, np.array([9.0, 1.0, 9.0]), seed=1)
    assert labels[0] == labels[1] != labels[2] == labels[3]


def test_sparse_stress_keeps_the_distances_of_a_grid() -> None:
    grid = nx.convert_node_labels_to_integers(nx.grid_2d_graph(12, 12), ordering="sorted")
    ends = np.array(list(grid.edges), dtype=np.int64)
    points = sparse.place(144, ends, np.ones(len(ends)))
    drawn = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1)
    assert 0.6 < drawn.mean() < 1.4
    corner = np.linalg.norm(points[0] - points[143])
    assert corner > 10
    assert np.abs(points.mean(axis=0)).max() < 1e-6


def test_sparse_stress_parts_the_leaves_of_a_star() -> None:
    ends = np.array([[0, leaf] for leaf in range(1, 300)], dtype=np.int64)
    points = sparse.place(300, ends, np.ones(299))
    assert len({tuple(point) for point in points.round(6)}) == 300
    assert np.isfinite(points).all()
    assert (sparse.place(300, ends, np.ones(299)) == points).all()
