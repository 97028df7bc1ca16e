"""The gold pairs: how many, that they are whole, and how well kg judges them."""

from __future__ import annotations

import pytest

from kg.model import Identity
from tests.identity_pairs import Pair, read, score, verdict


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return read()


def test_pairs_are_many_and_hold_hard_negatives(pairs: list[Pair]) -> None:
    labels = [p.label for p in pairs]
    assert len(pairs) >= 300
    assert labels.count(Identity.NOT_SAME) >= 90
    assert labels.count(Identity.UNSURE) >= 40
    assert len({(p.left, p.right) for p in pairs}) == len(pairs)
    assert all(p.why for p in pairs)
    assert 0.25 < sum(p.is_test for p in pairs) / len(pairs) < 0.4


def test_pairs_are_judged_well(pairs: list[Pair]) -> None:
    found = score((p, verdict(p) is Identity.SAME) for p in pairs)
    assert found.f1 >= 0.95
    assert found.precision >= 0.98


def test_pairs_that_were_kept_back_are_judged_well(pairs: list[Pair]) -> None:
    found = score((p, verdict(p) is Identity.SAME) for p in pairs if p.is_test)
    assert found.f1 >= 0.93


def test_pairs_read_the_same_from_either_side(pairs: list[Pair]) -> None:
    for pair in pairs:
        assert verdict(pair) is verdict(Pair(pair.right, pair.left, pair.label, pair.why)), pair
