"""News articles in, a knowledge graph of who said what out.

read      text, HTML, JSON Lines → articles
annotate  articles → who said what, names, offices, figures, dates, as spans of the text
resolve   spans → references and statements of the article; references → entities across articles
compare   figures of statements → what contradicts, agrees, revises
rdf       all of it → quads, and back
store     quads on disk or in memory
query     named questions → rows
view      rows → an interactive page; export → files
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Article", "Store", "build", "open", "read", "samples", "view"]

if TYPE_CHECKING:
    from kg.model import Article
    from kg.pipeline import build
    from kg.read import read, samples
    from kg.store import Store

_HOME = {"Article": "kg.model", "Store": "kg.store", "build": "kg.pipeline", "read": "kg.read", "samples": "kg.read"}


def open(path: str | None = None) -> "Store":
    """The store in directory ``path``, or a new one in memory."""
    from kg.store import Store

    return Store.open(path)


def __getattr__(name: str) -> Any:
    """Import a public name when it is asked for: the command line starts faster so."""
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(_HOME[name]), name)
    if name == "view":
        from importlib import import_module

        return import_module("kg.view")
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
