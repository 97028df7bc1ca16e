"""Counting hits: micro precision, recall and F1, and one-to-one matching."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Document = Mapping[str, Any]
Score = tuple[float, float, float]


@dataclass(slots=True)
class Count:
    """Right ones among those made and among those in the gold, added up over documents."""

    right: int = 0
    made: int = 0
    gold: int = 0
    right_gold: int = 0  # as ``right``, counted on the gold side where the two differ (classes)

    def add(self, right: int, made: int, gold: int, right_gold: int | None = None) -> None:
        self.right += right
        self.made += made
        self.gold += gold
        self.right_gold += right if right_gold is None else right_gold

    @property
    def score(self) -> Score:
        """Precision, recall and F1 in percent.

        >>> Count(1, 2, 4, 1).score
        (50.0, 25.0, 33.333333333333336)
        """
        p = self.right / self.made if self.made else 0.0
        r = self.right_gold / self.gold if self.gold else 0.0
        return (100 * p, 100 * r, 200 * p * r / (p + r) if p + r else 0.0)


def one_to_one(found: Iterable[tuple[Any, int, int]]) -> dict[int, int]:
    """Pairs (rank, left, right) taken greedily, the highest first, each side once: left → right."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(found, reverse=True):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs
