"""The smallest part of a set that is enough for something to go wrong.

QuickXplain: U. Junker, "QUICKXPLAIN: Preferred explanations and relaxations for over-constrained problems", AAAI 2004;
used as the black box of axiom pinpointing as in A. Kalyanpur, B. Parsia, M. Horridge, E. Sirin, "Finding all
justifications of OWL DL entailments", ISWC 2007: first expand around the clash, then shrink.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar

import pyoxigraph as ox

from kg.rdf.ontology import Triples

T = TypeVar("T")


class OutOfTime(Exception):
    """The time was up before the smallest part was found."""


def smallest(items: Sequence[T], bad: Callable[[Sequence[T]], bool], *, until: float | None = None) -> list[T]:
    """A subset of ``items`` for which ``bad`` holds and of which no element can be left out, given that it holds for all.

    ``bad`` has to stay true when elements are added. It is asked about k·log2(n/k) + 2k times for n items and k found.
    Raises :class:`OutOfTime` where ``time.monotonic()`` passes ``until``.

    >>> smallest(range(100), lambda part: {3, 71} <= set(part))
    [3, 71]
    """

    def search(fixed: list[T], grown: bool, rest: list[T]) -> list[T]:
        if until is not None and time.monotonic() > until:
            raise OutOfTime
        if grown and bad(fixed):
            return []
        if len(rest) == 1:
            return rest
        half = len(rest) // 2
        left, right = rest[:half], rest[half:]
        second = search(fixed + left, bool(left), right)
        first = search(fixed + second, bool(second), left)
        return first + second

    if not items or bad([]):
        return []
    return search([], False, list(items))


def around(facts: Triples, starts: set[str], bad: Callable[[Triples], bool]) -> Triples:
    """The facts near the things ``starts``, as many steps away as it takes for ``bad`` to hold; in the order of ``facts``."""
    by_thing: dict[str, list[int]] = defaultdict(list)
    for number, fact in enumerate(facts):
        for term in (fact.subject, fact.object):
            if isinstance(term, ox.NamedNode):
                by_thing[term.value].append(number)
    chosen: set[int] = set()
    edge = set(starts)
    seen = set(starts)
    while edge:
        fresh = {number for thing in edge for number in by_thing.get(thing, ())} - chosen
        chosen |= fresh
        found = tuple(facts[number] for number in sorted(chosen))
        if bad(found):
            return found
        edge = {
            term.value
            for number in fresh
            for term in (facts[number].subject, facts[number].object)
            if isinstance(term, ox.NamedNode)
        } - seen
        seen |= edge
    return facts
