"""A store in parts that are looked at one after another: some thousand things, each with all that is told of it in whatever graph.

What a thing is tied to is asked of the store when it is needed, so that a part holds what the whole holds, in the memory of a
part. What a reasoner concluded is left out: it follows from what is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.rdf import minting
from kg.rdf.describing import article_of
from kg.store import Store

THINGS: Final = 4_000
"""So many things are one part."""

_KEPT: Final = 20_000  # things that were asked for and are not asked for again at once

Thing = Any
"""An IRI as text, or an unnamed node."""
Value = Any
"""A thing, or a literal."""
Facts = dict[str, list[Value]]
"""What is told of a thing, by property."""
Part = Mapping[Thing, Facts]
"""Some things, with all that is told of them."""


def size(part: Part) -> int:
    """How many facts a part has."""
    return sum(len(values) for facts in part.values() for values in facts.values())


def plain(term: Any) -> Value:
    """A term of pyoxigraph with IRIs as text."""
    return term.value if isinstance(term, ox.NamedNode) else term


def node(thing: Thing) -> Any:
    """The other way round."""
    return ox.NamedNode(thing) if isinstance(thing, str) else thing


def text(x: Value) -> str:
    """An IRI or a value as it is written."""
    return x if isinstance(x, str) else str(getattr(x, "value", x))


class Asserted:
    """What a store tells of things, without what was concluded."""

    def __init__(self, store: Store) -> None:
        self.store = store
        concluded = store.graph_name(v.Graph.INFERRED)
        self._concluded = concluded if any(store.quads(v.Graph.INFERRED)) else None
        # The least used leave first: what thousands of graphs tell of, an event, is asked for all the time and long to read.
        self.facts = lru_cache(maxsize=_KEPT)(self._facts)
        """What is told of one thing: ``facts(thing)``."""

    def parts(self) -> Iterator[Part]:
        """All things of which anything is told, with their facts, each once."""
        part: dict[Thing, Facts] = {}
        for one in self._subjects():
            part[plain(one)] = self._read(one)
            if len(part) >= THINGS:
                yield part
                part = {}
        if part:
            yield part

    def _subjects(self) -> Iterator[Any]:
        """What the graphs tell of, graph by graph. What belongs to an article, and is told of there, comes with it alone; what
        does not, an event that a thousand articles tell of, comes with the first of them.
        """
        shared = set[Any]()
        for name in (None, *self.store.graphs()):
            if name is not None and name == self._concluded:
                continue
            for one in self.store.subjects_in(name):
                article = article_of(plain(one)) if isinstance(one, ox.NamedNode) else ""
                home = minting.graph(article, self.store.base).value if article else ""
                if not home or home != name:
                    if one in shared or (home and self.store.tells(home, one)):
                        continue
                    shared.add(one)
                yield one

    def _read(self, one: Any) -> Facts:
        facts: Facts = {}
        for quad in self.store.pattern(one, None, None):
            if self._concluded is not None and plain(quad.graph_name) == self._concluded:
                continue
            prop, value = quad.predicate.value, plain(quad.object)
            values = facts.get(prop)
            if values is None:
                facts[prop] = [value]
            elif value not in values:
                values.append(value)
        return facts

    def _facts(self, thing: Thing) -> Facts:
        return self._read(node(thing)) if isinstance(thing, str | ox.BlankNode) else {}

    def holders(self, thing: Thing, prop: str | None = None) -> Iterator[tuple[str, Thing]]:
        """What has ``thing`` as a property, with that property."""
        for quad in self.store.pattern(None, None if prop is None else ox.NamedNode(prop), node(thing)):
            if self._concluded is None or plain(quad.graph_name) != self._concluded:
                yield quad.predicate.value, plain(quad.subject)

    def ties(self, things: Iterable[Thing]) -> dict[Thing, set[str]]:
        """As which properties things are had, also by what was concluded."""
        found: dict[Thing, set[str]] = {}
        for thing, prop in self.store.had_as(
            [node(thing) for thing in things if isinstance(thing, str | ox.BlankNode)]
        ):
            found.setdefault(plain(thing), set()).add(prop.value)
        return found

    def answers(self, query: str, this: Thing) -> bool:
        """Whether a query has a row where ``$this`` is a thing."""
        return any(True for _ in self.store.query(query, substitutions={"this": node(this)}))
