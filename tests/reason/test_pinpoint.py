"""The smallest part that is enough: it is enough, nothing of it is needless, and it takes few questions."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reason.pinpoint import OutOfTime, smallest


@given(st.integers(1, 60), st.lists(st.sets(st.integers(0, 59), min_size=1, max_size=4), min_size=1, max_size=4))
def test_pinpoint_part_is_enough_and_nothing_of_it_is_needless(size: int, causes: list[set[int]]) -> None:
    items = list(range(max(size, max(max(c) for c in causes) + 1)))

    def bad(part: object) -> bool:
        return any(cause <= set(part) for cause in causes)  # type: ignore[call-overload]

    found = smallest(items, bad)
    assert bad(found)
    assert not any(bad([x for x in found if x != left_out]) for left_out in found)


def test_pinpoint_asks_few_times() -> None:
    asked = 0

    def bad(part: object) -> bool:
        nonlocal asked
        asked += 1
        return {3, 700, 901} <= set(part)  # type: ignore[call-overload]

    assert sorted(smallest(range(1024), bad)) == [3, 700, 901]
    assert asked < 3 * 10 + 20


def test_pinpoint_nothing_is_needed_where_it_is_bad_anyway() -> None:
    assert smallest([1, 2], lambda part: True) == []


def test_pinpoint_ends_when_time_is_up() -> None:
    with pytest.raises(OutOfTime):
        smallest(range(10), lambda part: 9 in part, until=time.monotonic() - 1)
