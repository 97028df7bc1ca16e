"""Quads at rest: what holds them, how a change becomes whole, and who may look meanwhile."""

from kg.store.quads import Store, unanswered

__all__ = ["Store", "unanswered"]
