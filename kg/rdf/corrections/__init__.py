"""What persons corrected ↔ quads, and the article that they corrected read back from its own graph."""

from kg.rdf.corrections.decisions import (
    correction,
    correction_quads,
    corrections,
    local,
    person,
    revision_quads,
    superseded_quads,
    thing,
    written,
)
from kg.rdf.corrections.rereading import resolved

__all__ = [
    "correction",
    "correction_quads",
    "corrections",
    "local",
    "person",
    "resolved",
    "revision_quads",
    "superseded_quads",
    "thing",
    "written",
]
