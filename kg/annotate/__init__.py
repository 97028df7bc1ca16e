"""Text in, layers of annotation out. spaCy lives in this package only."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.annotate.annotator import Annotator

__all__ = ["Annotator"]


def __getattr__(name: str) -> Any:
    """Load spaCy only when an annotator is asked for: reading and querying a graph start faster without it."""
    if name == "Annotator":
        from kg.annotate.annotator import Annotator

        return Annotator
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
