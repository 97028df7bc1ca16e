"""rdflib over a store: reads what the store shows, and tells it before the first change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyoxigraph as ox
from oxrdflib import OxigraphStore

from kg.store.limits import check


class Changing(OxigraphStore):
    """``now`` gives the quads that are shown, ``before_change`` makes them ones that may be changed."""

    def __init__(self, now: Callable[[], ox.Store], before_change: Callable[[], None]) -> None:
        self._now, self._before_change = now, before_change
        super().__init__()

    @property
    def _inner(self) -> ox.Store:
        return self._now()

    def query(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        check(str(query))
        return super().query(query, *args, **kwargs)

    def add(self, *args: Any, **kwargs: Any) -> None:
        self._before_change()
        super().add(*args, **kwargs)

    def addN(self, *args: Any, **kwargs: Any) -> None:
        self._before_change()
        super().addN(*args, **kwargs)

    def remove(self, *args: Any, **kwargs: Any) -> None:
        self._before_change()
        super().remove(*args, **kwargs)

    def update(self, *args: Any, **kwargs: Any) -> None:
        self._before_change()
        super().update(*args, **kwargs)

    def add_graph(self, *args: Any, **kwargs: Any) -> None:
        self._before_change()
        super().add_graph(*args, **kwargs)

    def remove_graph(self, *args: Any, **kwargs: Any) -> None:
        self._before_change()
        super().remove_graph(*args, **kwargs)
