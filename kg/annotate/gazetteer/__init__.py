"""A user's own list of names, read from a file and found in texts."""

from kg.annotate.gazetteer.gazetteer import Gazetteer
from kg.annotate.gazetteer.loading import load

__all__ = ["Gazetteer", "load"]
