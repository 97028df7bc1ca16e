"""The one place that composes the stages: articles in, a store out."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.pipeline.building import BATCH, Report, build
    from kg.pipeline.changing import integrate, remove, repair
    from kg.pipeline.reading import unread

__all__ = ["BATCH", "Report", "build", "integrate", "remove", "repair", "unread"]

_HOME = {
    "BATCH": "building",
    "Report": "building",
    "build": "building",
    "integrate": "changing",
    "remove": "changing",
    "repair": "changing",
    "unread": "reading",
}


def __getattr__(name: str) -> Any:
    """Import a name when it is asked for: what takes articles out needs no spaCy, and a worker no store."""
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(f"kg.pipeline.{_HOME[name]}"), name)
    raise AttributeError(f"module 'kg.pipeline' has no attribute {name!r}")
