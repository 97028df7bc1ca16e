"""News articles in, a knowledge graph of who said what out.

read      text, HTML, JSON Lines → articles
annotate  articles → who said what, names, offices, figures, dates, as spans of the text
resolve   spans → references and statements of the article; references → entities across articles
compare   figures of statements → what contradicts, agrees, revises
rdf       all of it → quads, and back
store     quads on disk or in memory
query     named questions → rows; ask: plain words → a named question
network   rows → a network of actors and its measures
view      rows → an interactive page; export → files
graph     a store with all of this in one call each: what kg.open gives
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Article", "Graph", "Store", "build", "open", "read", "samples", "view"]

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import Graph
    from kg.model import Article
    from kg.pipeline import build
    from kg.read import read, samples
    from kg.store import Store

_HOME = {
    "Article": "kg.model",
    "Graph": "kg.graph",
    "Store": "kg.store",
    "build": "kg.pipeline",
    "read": "kg.read",
    "samples": "kg.read",
}
_ROOMS = {"network": "kg.query.network", "view": "kg.view"}


def open(path: "str | Path | None" = None, *, read_only: bool = False, base: str | None = None) -> "Graph":
    """The graph in the store in directory ``path``, which is made if needed, or a new one in memory.

    ``base`` is the IRI under which a new store names what belongs to it (``https://example.org/news/``); it is recorded and
    never changes. Graphs that are published or put together want one each.

    It shows the state that was published last and keeps nobody out until it is changed; ``refresh()`` goes over to what
    others published since. ``read_only`` never writes, so that a store on a read-only medium opens.
    """
    from kg.graph import Graph

    return Graph.open(path, read_only=read_only, base=base)


def __getattr__(name: str) -> Any:
    """Import a public name when it is asked for: the command line starts faster so."""
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(_HOME[name]), name)
    if name in _ROOMS:
        from importlib import import_module

        return import_module(_ROOMS[name])
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
