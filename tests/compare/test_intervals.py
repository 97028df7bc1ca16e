"""Figures as intervals: bounds, tolerance, and what a hearer infers."""

from __future__ import annotations

import math

import pytest

from kg.compare.intervals import interval, moved, rounded, same_figure

from .conftest import claim


@pytest.mark.parametrize(
    ("comparator", "value", "low", "high"),
    [("~", 40, 36, 44), (">", 330, 330, math.inf), ("≥", 12, 12, math.inf), ("≤", 500, 0, 500), ("<", 90, 0, 90), ("=", 45, 45, 45)],
)  # fmt: skip
def test_interval_of_each_comparator(comparator: str, value: float, low: float, high: float) -> None:
    found = interval(claim(value, comparator))
    assert found is not None
    assert (found.low, found.high) == (low, high)


def test_interval_more_than_is_open_but_implies_an_end() -> None:
    for value, end in ((330, 363), (200, 300), (93, 102.3)):
        found = interval(claim(value, ">"))
        assert found is not None
        assert found.high == math.inf
        assert found.implied_high == pytest.approx(end)


def test_interval_without_a_number_is_none() -> None:
    assert interval(claim(None)) is None


@pytest.mark.parametrize(
    ("left", "right", "way"),
    [
        ((22, "="), (40, "~"), "up"),
        ((40, "~"), (45, "="), "up"),
        ((40, "~"), (42, "="), None),
        ((330, ">"), (339, "="), None),
        ((200, ">"), (400, ">"), "up"),
        ((330, ">"), (300, "="), "down"),
        ((500, "≤"), (100, "="), "down"),
        ((500, "≤"), (400, ">"), None),
        ((300, "="), (200, "="), "down"),
    ],
)
def test_moved(left: tuple[float, str], right: tuple[float, str], way: str | None) -> None:
    assert moved(claim(*left), claim(*right)) == way


def test_rounded_takes_one_number_for_the_other() -> None:
    assert rounded(claim(12.4, unit="percent"), claim(12, unit="percent"))
    assert rounded(claim(340), claim(339))
    assert rounded(claim(2000), claim(2040))
    assert not rounded(claim(38000, "~"), claim(42000))
    assert not rounded(claim(50), claim(52))
    assert not rounded(claim(330), claim(339))


def test_same_figure_takes_around_forty_and_forty_for_the_same() -> None:
    assert same_figure(claim(40, "~"), claim(40))
    assert not same_figure(claim(40, ">"), claim(40))
