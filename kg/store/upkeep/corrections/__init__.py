"""What persons corrected of an article, applied to its graph."""

from kg.store.upkeep.corrections.applied import (
    correct,
    decided,
    forget,
    is_corrected,
    machine,
    outcome,
    read_by_machine,
)

__all__ = ["correct", "decided", "forget", "is_corrected", "machine", "outcome", "read_by_machine"]
