"""Affairs in a store: which articles hang together, brought up to date by what a change touches."""

from kg.store.upkeep.affairs.kept import Affairs, affair_of

__all__ = ["Affairs", "affair_of"]
