"""Sixty seeded aborts, and what happens beside a writer or with an index that is not that of the store.

The same on more material and more moments: ``python -m tests.faults.run --aborts 500``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.faults.laboratory import Laboratory, Planned
from tests.faults.operations import SIZES, operations
from tests.faults.run import plan
from tests.faults.situations import ALL
from tests.faults.trials import Trial

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked and disks mounted as Linux does")

SEED = 7
ABORTS = plan(60, SEED, list(operations(SIZES["small"])))
SITUATIONS = [(name, seed) for name in ALL for seed in range(2 if name in ("older index", "damaged index") else 1)]


@pytest.fixture(scope="module")
def laboratory() -> Iterator[Laboratory]:
    with Laboratory("small", hashing=SEED) as made:
        yield made


@pytest.fixture(scope="module")
def outcomes(laboratory: Laboratory, request: pytest.FixtureRequest) -> dict[Planned, Trial]:
    """All aborts that were asked for, two at once."""
    asked = {item.callspec.params.get("abort") for item in request.session.items if hasattr(item, "callspec")}
    found = laboratory.trials([abort for abort in ABORTS if abort in asked], jobs=2)
    return {(one.operation, one.way, one.seed): one for one in found}


@pytest.mark.parametrize("abort", ABORTS, ids=lambda abort: f"{abort[0]}, {abort[1]}, {abort[2]}")
def test_nothing_is_lost_by_an_abort(abort: Planned, laboratory: Laboratory, outcomes: dict[Planned, Trial]) -> None:
    if abort not in outcomes:
        pytest.skip(
            laboratory.no_disk
            if abort[1] == "full disk" and laboratory.no_disk
            else "nothing here can fail in this way"
        )
    assert outcomes[abort].problems == [], outcomes[abort].moment


def test_most_aborts_land(outcomes: dict[Planned, Trial]) -> None:
    """What ends before it is disturbed shows nothing."""
    if len(outcomes) > 40:
        assert sum(one.landed for one in outcomes.values()) > 0.7 * len(outcomes)


@pytest.mark.parametrize(("name", "seed"), SITUATIONS)
def test_nothing_is_lost_in(name: str, seed: int, laboratory: Laboratory) -> None:
    assert laboratory.situation(name, seed) == []
