"""The actors of an article in the order in which they are mentioned, so that "the last one before here" is found by looking
back from here, and not through all mentions.

How far a look back goes is bounded: a pronoun or description whose antecedent lies further back than ``FARTHEST``
mentions has none. No article of ordinary length has so many.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from itertools import islice

from kg.model import EntityType, Form, Span
from kg.resolve.chains import Chain

FARTHEST = 2_000


class Trail:
    """The mentions of chains by family, sorted by their end; what is linked later is put in its place."""

    def __init__(self, chains: Sequence[Chain]) -> None:
        self._order: dict[int, int] = {}
        self._ends: dict[EntityType, list[tuple[int, int]]] = {}
        self._links: list[tuple[Span, Form, Chain]] = []
        for chain in chains:
            for link in chain.links:
                self.add(chain, link.span, link.form)

    def add(self, chain: Chain, span: Span, form: Form) -> None:
        """A mention; a chain that was not there before comes behind the others."""
        self._order.setdefault(id(chain), len(self._order))
        insort(self._ends.setdefault(chain.type.family, []), (span.end, len(self._links)))
        self._links.append((span, form, chain))

    def order(self, chain: Chain) -> int:
        """The place of a chain among all: of two mentioned equally late, the first counts."""
        return self._order[id(chain)]

    def back(self, family: EntityType, offset: int, *, since: int = -1) -> Iterator[tuple[Span, Form, Chain]]:
        """The mentions of a family that end by ``offset`` and after ``since``, the last first."""
        ends = self._ends.get(family, [])
        last = bisect_right(ends, (offset, len(self._links)))
        first = bisect_left(ends, (since + 1, -1))
        for i in islice(range(last - 1, first - 1, -1), FARTHEST):
            yield self._links[ends[i][1]]
