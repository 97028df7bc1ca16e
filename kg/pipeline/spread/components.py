"""What hangs together by ties that are spread over many tasks: connected components, by large stars and small ones in turn.

Kiveris and others, Connected Components in MapReduce and Beyond (2014): each round takes the ties of a node to the least of its
neighbours, and the rounds are few however long the chains are. Every component is known by the least of its nodes.
"""

from __future__ import annotations

from collections import defaultdict

from kg.pipeline.spread.tasks import Task


def tie(task: Task, a: str, b: str) -> None:
    """Leave a tie for the rounds, at both ends."""
    task.to("edge", a, [a, b])
    task.to("edge", b, [b, a])


def large(task: Task) -> int:
    """A large star round: the larger neighbours of a node are tied to the least one. How many nodes are not yet where they belong;
    where none is, the labels of this round are right.
    """
    unsettled = 0
    near: dict[str, set[str]] = defaultdict(set)
    for stage in task.given["from"]:
        for a, b in task.of(stage, "edge"):
            near[a].add(b)
    for node, others in sorted(near.items()):
        least = min(node, *others)
        unsettled += least < node and len(others) > 1
        task.mine("label", [node, least])
        for other in sorted(others):
            if other > node:
                task.to("star", other, [other, least])
    return unsettled


def small(task: Task) -> int:
    """A small star round: the smaller neighbours of a node, and the node, are tied to the least of them."""
    near: dict[str, set[str]] = defaultdict(set)
    for node, less in task.of(task.given["from"], "star"):
        near[node].add(less)
    for node, others in sorted(near.items()):
        least = min(others)
        for other in sorted({node, *others} - {least}):
            tie(task, other, least)
    return len(near)
