"""More things in order than memory holds: sorted runs in files without a name, merged."""

from __future__ import annotations

import heapq
import itertools
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO, Any, Final, TypeVar

RUN: Final = 50_000
"""Things that are sorted in memory at once."""

_TOGETHER: Final = 200  # things that are read back at once
Item = TypeVar("Item", str, tuple[Any, ...])


def in_order(items: Iterable[Item], run: int = RUN) -> Iterator[Item]:
    """Each of ``items`` once, from the least to the greatest; in memory are ``run`` of them, however many there are.

    >>> list(in_order([3, 1, 3, 2], run=2))
    [1, 2, 3]
    """
    whole = iter(items)
    with ExitStack() as files:
        runs: list[Iterator[Item]] = []
        while part := sorted(itertools.islice(whole, run)):
            if len(part) < run and not runs:
                runs.append(iter(part))
                break
            file = files.enter_context(tempfile.TemporaryFile())
            for at in range(0, len(part), _TOGETHER):
                pickle.dump(part[at : at + _TOGETHER], file)
            runs.append(_read(file))
        for item, _ in itertools.groupby(heapq.merge(*runs)):
            yield item


def _read(file: IO[bytes]) -> Iterator[Any]:
    """What was just written by this process into a file that nobody else can name."""
    file.seek(0)
    while True:
        try:
            yield from pickle.load(file)
        except EOFError:
            return
