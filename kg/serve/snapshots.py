"""The newest published state of a store, and what was made of it: a running build changes nothing under a reader's feet."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable

from kg import export
from kg.serve.pages.looking import Graph
from kg.store import Store


class State:
    """A store as it is now, its page and its Turtle, which are made when they are first asked for."""

    def __init__(self, store: Store, page: Callable[[Store], str]) -> None:
        self.store = store
        self.graph = Graph(store)
        self._make_page = page
        self._page: bytes | None = None
        self._turtle: bytes | None = None
        self._making = threading.Lock()

    def page(self) -> bytes:
        """The page of the graph."""
        with self._making:
            if self._page is None:
                self._page = self._make_page(self.store).encode("utf-8", "replace")
            return self._page

    def turtle(self) -> bytes:
        """The graph as ``kg export`` writes it."""
        with self._making:
            if self._turtle is None:
                self._turtle = export.turtle(self.store)
            return self._turtle


class Snapshots:
    """Where another process publishes a newer state of a store on disk, that is what is shown. The one before stays open
    for whoever is answered from it. The store is never locked.
    """

    def __init__(self, store: Store, page: Callable[[Store], str]) -> None:
        self._make_page = page
        self._state = State(store, page)
        self._looking = threading.Lock()

    def now(self) -> State:
        """The newest state."""
        with self._looking:
            store = self._state.store
            if store.path is not None and store.outdated:
                newer = Store.open(store.path, read_only=True)
                newer.inferred = store.inferred
                self._state = State(newer, self._make_page)
                # Once nobody is answered from it, so that the next writer can remove its files.
                weakref.finalize(self._state, newer.close)
            return self._state
