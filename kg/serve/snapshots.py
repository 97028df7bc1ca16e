"""The newest published state of a store, and what was made of it: a running build changes nothing under a reader's feet."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Collection
from concurrent.futures import Future
from contextlib import ExitStack, suppress

from kg import export
from kg.serve.pages.looking import LISTS, Graph
from kg.store import Store


class State:
    """A store as it is now, its page and its Turtle, which are made when they are first asked for."""

    def __init__(self, store: Store, page: Callable[[Store], str]) -> None:
        self.store = store
        self.graph = Graph(store)
        self._make_page = page
        self._drawn: Future[bytes] | None = None
        self._turtle: bytes | None = None
        self._extracted: State | None = None
        self._looking = threading.Lock()
        self._making = threading.Lock()
        self._parting = threading.Lock()

    def prepare(self, lists: Collection[str]) -> None:
        """Read these lists ahead, in a thread of its own: whoever asks for one finds it, or waits for the rest of it."""
        if lists:
            threading.Thread(target=self._read, args=(lists,), daemon=True).start()

    def _read(self, lists: Collection[str]) -> None:
        # A store that was closed meanwhile, or cannot be read: whoever asks for a list is told.
        with suppress(Exception):
            self.graph.prepare(lists)

    def drawn(self) -> Future[bytes]:
        """The page of the graph, which is drawn once it is asked for, in a thread of its own that holds up no other page."""
        with self._looking:
            if self._drawn is None or (self._drawn.done() and self._drawn.exception() is not None):
                self._drawn = Future()
                # A daemon: whoever ends the server does not wait for a picture.
                threading.Thread(target=self._draw, args=(self._drawn,), daemon=True).start()
            return self._drawn

    def _draw(self, drawn: Future[bytes]) -> None:
        try:
            drawn.set_result(self._make_page(self.store).encode("utf-8", "replace"))
        except BaseException as error:  # noqa: BLE001 - it is raised in whoever waits
            drawn.set_exception(error)

    def extracted(self) -> State:
        """The same as the machine read it, without what persons decided; made once, and gone with this state."""
        from kg import corrections  # slow to import: it can build

        with self._parting:
            if self._extracted is None:
                stack = ExitStack()
                store = stack.enter_context(corrections.as_extracted(self.store))
                self._extracted = self if store is self.store else State(store, self._make_page)
                weakref.finalize(self, stack.close)
            return self._extracted

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
        if store.path is not None:
            self._state.prepare(LISTS)
        self._looking = threading.Lock()

    def now(self) -> State:
        """The newest state."""
        with self._looking:
            store = self._state.store
            if store.path is not None and store.outdated:
                newer = Store.open(store.path, read_only=True)
                newer.inferred = store.inferred
                asked = self._state.graph.prepared()  # nobody waits for lists that nobody looks at
                self._state = State(newer, self._make_page)
                self._state.prepare(asked)
                # Once nobody is answered from it, so that the next writer can remove its files.
                weakref.finalize(self._state, newer.close)
            return self._state
