"""What lies at a place of the text, without looking through everything: the time of an article grows linearly with its length."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from kg.model import Span, Spans

T = TypeVar("T")
# Characters a bucket; most paragraphs touch one or two.
_WIDTH = 2_000


class Nearby(Generic[T]):
    """Items by the windows of text that their spans touch.

    >>> dates = Nearby([((Span(5, 9),), "May"), ((Span(4_000, 4_004),), "June")])
    >>> dates.at(Span(0, 100)), dates.at(Span(3_900, 4_100))
    (['May'], ['June'])
    """

    def __init__(self, items: Iterable[tuple[Spans, T]] = ()) -> None:
        self._buckets: dict[int, dict[int, T]] = {}
        self._next = 0
        for spans, item in items:
            self.add(spans, item)

    def add(self, spans: Spans, item: T) -> None:
        """Put ``item`` at the places ``spans``; it comes after all that were put before."""
        for span in spans:
            for bucket in range(span.start // _WIDTH, (span.end - 1) // _WIDTH + 1):
                self._buckets.setdefault(bucket, {})[self._next] = item
        self._next += 1

    def at(self, span: Span) -> list[T]:
        """All items that may touch ``span``, each once, in the order in which they were put."""
        first, last = span.start // _WIDTH, (span.end - 1) // _WIDTH
        if first == last:
            return list(self._buckets.get(first, {}).values())
        found: dict[int, T] = {}
        for bucket in range(first, last + 1):
            found.update(self._buckets.get(bucket, {}))
        return [found[number] for number in sorted(found)]
