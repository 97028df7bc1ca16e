"""Quads at rest: what holds them, how a change becomes whole, and who may look meanwhile."""

from kg.store.quads import Store, unanswered, union

__all__ = ["Store", "unanswered", "union"]
