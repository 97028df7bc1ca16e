"""Which attribution is inside which: never one in itself, at whatever remove."""

from __future__ import annotations

from kg.annotate.attributions.attributions import without_circles
from kg.model import Attribution, Kind, Span, Stance


def attribution(start: int, end: int, parent: int | None) -> Attribution:
    return Attribution((), (Span(0, 1),), (Span(start, end),), Kind.INDIRECT, Stance.SAID, "say", parent=parent)


def test_circles_of_two_that_hold_each_other_the_wider_one_relays() -> None:
    found = without_circles([attribution(0, 10, 1), attribution(0, 50, 0)])
    assert [a.parent for a in found] == [1, None]


def test_circles_of_three_in_a_circle_are_a_chain() -> None:
    found = without_circles([attribution(0, 90, 1), attribution(0, 10, 2), attribution(0, 20, 0)])
    assert [a.parent for a in found] == [None, 2, 0]


def test_circles_of_one_that_holds_itself_is_in_none() -> None:
    assert [a.parent for a in without_circles([attribution(0, 10, 0)])] == [None]


def test_circles_that_are_a_chain_stay() -> None:
    chain = [attribution(0, 90, None), attribution(0, 50, 0), attribution(0, 20, 1)]
    assert without_circles(chain) == chain
