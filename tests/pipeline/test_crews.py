"""Work in other processes: in its order, a bounded part at a time, and done although workers are killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from kg.errors import KgError, ModelError
from kg.pipeline import crews
from kg.pipeline.crews import Lost, Processes, few, pieces

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed as Unix does")


class Square:
    """A task that ends its worker at some numbers: each time (``always``), or the first time (``once``)."""

    def __init__(self, notes: Path, *, always: tuple[int, ...] = (), once: tuple[int, ...] = ()) -> None:
        self.notes, self.always, self.once = notes, always, once

    def __call__(self, number: int) -> int:
        seen = self.notes / f"{number}"
        if number in self.always or (number in self.once and not seen.exists()):
            with seen.open("a") as file:
                file.write(".")
            os.kill(os.getpid(), signal.SIGKILL)
        return number * number


def refuses(number: int) -> int:
    raise ModelError(f"There is no model for {number}.")


def sleeps(number: int) -> int:
    time.sleep(60)
    return number


def given(numbers: Iterator[int] | range) -> Iterator[list[tuple[int, bool]]]:
    return pieces(((n, n % 5 != 3) for n in numbers), lambda _: 1)


def expected(numbers: range) -> list[tuple[int, int | None]]:
    return [(n, n * n if n % 5 != 3 else None) for n in numbers]


@pytest.mark.parametrize("jobs", [1, 3])
def test_crews_keep_the_order_whatever_their_number(tmp_path: Path, jobs: int) -> None:
    crew: Processes[int, int] = Processes(Square(tmp_path), jobs)
    assert list(crew.results(given(range(200)))) == expected(range(200))
    assert multiprocessing.active_children() == []


def test_crews_a_killed_worker_costs_its_piece_a_second_try(tmp_path: Path) -> None:
    crew: Processes[int, int] = Processes(Square(tmp_path, once=(12, 90, 91)), 2)
    assert list(crew.results(given(range(200)))) == expected(range(200))
    assert {path.name for path in tmp_path.iterdir()} == {"12", "90", "91"}


def test_crews_what_ends_its_worker_three_times_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    crew: Processes[int, int] = Processes(Square(tmp_path, always=(41, 44)), 2)
    found = list(crew.results(given(range(100))))
    lost = [item for item, result in found if isinstance(result, Lost)]
    assert lost == [41, 44]
    assert [one for one in found if one[0] not in lost] == [one for one in expected(range(100)) if one[0] not in lost]
    assert len((tmp_path / "41").read_text()) == 3
    assert "ended 3 times" in Lost().reason


def test_crews_raise_what_is_no_items_fault() -> None:
    crew: Processes[int, int] = Processes(refuses, 2)
    with pytest.raises(ModelError, match="There is no model for 0"):
        list(crew.results(given(range(50))))
    assert multiprocessing.active_children() == []


def test_crews_have_a_bounded_part_under_way(tmp_path: Path) -> None:
    taken = 0

    def endless() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    crew: Processes[int, int] = Processes(Square(tmp_path), 2)
    results = crew.results(given(endless()))
    assert len(list(islice(results, 300))) == 300
    assert taken < 300 + 3 * crews._AHEAD * 2 * crews._PIECE
    results.close()
    assert multiprocessing.active_children() == []


def test_crews_do_what_stands_before_a_failure_of_the_items(tmp_path: Path) -> None:
    def ending() -> Iterator[int]:
        yield from range(32)
        raise OSError("the disk is gone")

    crew: Processes[int, int] = Processes(Square(tmp_path), 2)
    found: list[object] = []
    with pytest.raises(OSError, match="the disk is gone"):
        found.extend(crew.results(given(ending())))
    assert found[:30] == expected(range(30))


def test_crews_are_let_go_at_once_whatever_they_do() -> None:
    crew: Processes[int, int] = Processes(sleeps, 2)
    results = crew.results(given(range(50)))
    crew.submit([1])
    began = time.monotonic()
    crew.close(at_once=True)
    results.close()
    assert time.monotonic() - began < 10
    assert multiprocessing.active_children() == []


def test_crews_refuse_a_task_that_no_other_process_can_be_given() -> None:
    with pytest.raises(KgError, match="use one job"):
        Processes(lambda number: number, 2)


def test_few_are_told_apart_without_losing_any() -> None:
    assert [(list(items), less) for items, less in (few(iter(range(4)), 4), few(iter(range(9)), 4))] == [
        (list(range(4)), True),
        (list(range(9)), False),
    ]


@pytest.mark.parametrize("error", [OSError(38, "Function not implemented"), ImportError("no semaphores here")])
def test_crews_where_no_process_can_be_made_this_one_does_it(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(self: Processes[int, int], number: int) -> None:
        raise error

    monkeypatch.setattr(Processes, "_workers", none)
    crew: Processes[int, int] = Processes(Square(tmp_path), 2)
    assert list(crew.results(given(range(60)))) == expected(range(60))
    assert crew.notes == ["No other process can be started here, so that one process read the articles."]


def test_crews_whose_processes_all_end_at_their_start_are_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crews, "_begin", os._exit)  # with the task as its status, which is none: the worker ends
    crew: Processes[int, int] = Processes(Square(tmp_path), 2)
    assert list(crew.results(given(range(60)))) == expected(range(60))
    assert len(crew.notes) == 1
