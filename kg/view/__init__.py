"""The graph as a page: one offline HTML file in which every statement shows the sentence that proves it.

>>> from kg.view import ViewData, html
>>> html(ViewData(), title="Nothing yet").startswith("<!DOCTYPE html>")
True
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from kg.errors import expect
from kg.view.data import ViewData

if TYPE_CHECKING:
    from kg.store import Store
    from kg.view.page import Page

__all__ = ["ViewData", "from_store", "html", "show", "write"]


def from_store(store: Store) -> ViewData:
    """All that the page shows of ``store``, by named queries."""
    from kg.view.rows import from_store as build

    return build(store)


def html(data: ViewData, *, title: str = "Who said what") -> str:
    """The page as a string: self-contained and offline."""
    from kg.view import page

    return page.html(data, title=title)


def show(graph: Store | ViewData, *, title: str = "Who said what") -> Page:
    """The page of a store or of view data: as the last value of a cell it shows itself, in a frame of its own."""
    from kg.store import Store
    from kg.view import page

    expect(graph, (Store, ViewData), "A page shows a store, as kg.open() gives one")
    return page.Page(graph if isinstance(graph, ViewData) else from_store(graph), title=title)


def write(data: ViewData, path: str | Path, *, title: str = "Who said what") -> Path:
    """Writes the page to ``path``, whose folder is made if needed; :class:`kg.errors.ExportError` when it cannot."""
    from kg.view import page

    return page.write(data, path, title=title)


class _Callable(ModuleType):
    """``kg.view(graph)`` is :func:`show`: the module is its own first function."""

    def __call__(self, graph: Store | ViewData, *, title: str = "Who said what") -> Page:
        return show(graph, title=title)


sys.modules[__name__].__class__ = _Callable
