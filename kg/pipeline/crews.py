"""Work in other processes, in the order in which it was given: a bounded part of it at a time, and again where a worker died."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import wait
from typing import Any, Final, Generic, TypeVar

from kg.errors import KgError

# Where a machine gives no processes, or no semaphores to share with them.
_IMPOSSIBLE: Final = (OSError, ImportError, NotImplementedError)

T = TypeVar("T")
R = TypeVar("R")

FEW: Final = 32
"""So many articles are read in this process: they take no longer than a worker does to load its parser."""

_ALONE: Final = 2  # times that an item is tried by itself, after it was tried with others
_REFUSED: Final = 3  # times that a piece may fail for what is not its fault
_LOOK: Final = 5.0  # seconds between looks at whether anybody still works
_PIECE, _LETTERS, _LONGEST = 8, 60_000, 64  # items and letters for a worker at once; with those that nobody has to do
_AHEAD: Final = 6  # pieces for each worker that are under way, or done and waiting for those before them


@dataclass(frozen=True, slots=True)
class Lost:
    """What came of an item whose worker ended each time that it was tried."""

    reason: str = (
        f"The process that read it ended {_ALONE + 1} times, perhaps for want of memory; nothing of it is kept."
    )


class _Piece(Generic[T, R]):
    """Some items, those of them that one worker does together, and whether one ended with them."""

    def __init__(self, items: Sequence[tuple[T, bool]]) -> None:
        self.items = items
        self.todo = [item for item, wanted in items if wanted]
        self.failed, self.refused = False, 0
        self.future: Future[list[R]] | None = None

    def undone(self) -> bool:
        future = self.future
        return future is None or not future.done() or future.cancelled() or future.exception() is not None


class Crew(ABC, Generic[T, R]):
    """Does ``task`` to items by an executor of ``concurrent.futures``, whichever that is."""

    ended: tuple[type[BaseException], ...] = (BrokenExecutor,)
    """What a future tells where the worker ended."""
    alone_tries = _ALONE
    stays = False
    """Whether the workers stay when all that was given is done, until they are let go by :meth:`close`."""

    @abstractmethod
    def submit(self, items: Sequence[T]) -> Future[list[R]]: ...

    @abstractmethod
    def most(self) -> int:
        """So many pieces are under way at once."""

    @abstractmethod
    def mend(self, *, lone: bool = False) -> int:
        """Get ready for more after a worker ended, or the ``lone`` one did. All under way is lost then, but for 0; so many pieces
        at the head of the line may be to blame.
        """

    @abstractmethod
    def close(self, *, at_once: bool) -> None:
        """Let the workers go, ``at_once`` whatever they do."""

    def alone(self, item: T) -> R | Lost:
        """One item with nothing beside it, so that it is known whose fault it is where the worker ends."""
        for _ in range(self.alone_tries):
            try:
                return self._wait(self.by_one(item))[0]
            except self.ended:
                self.mend(lone=True)
        return Lost()

    def by_one(self, item: T) -> Future[list[R]]:
        """Give an item to a worker that does nothing else meanwhile."""
        return self.submit([item])

    def refuse(self, error: Exception, *, last: bool) -> None:
        """Raises what a worker failed by, which is no fault of an item, unless it may be tried again."""
        raise error

    def look(self) -> None:
        """Raises ``KgError`` where nobody works any more."""

    def results(self, pieces: Iterable[Sequence[tuple[T, bool]]]) -> Generator[tuple[T, R | Lost | None]]:
        """Each item of ``pieces`` with what came of it, in their order; ``None`` where it says that nothing is to be done. Where
        the pieces themselves end with an exception, those before it are done first. Close it, or come to its end: the
        workers go with it.
        """
        line: deque[_Piece[T, R]] = deque()
        source, more = iter(pieces), True
        failed: Exception | None = None
        at_once = True
        try:
            while True:
                while more and len(line) < self.most():
                    try:
                        line.append(_Piece(next(source)))
                    except StopIteration:
                        more = False
                    except Exception as error:  # noqa: BLE001 - whatever made the items; raised when those before are done
                        more, failed = False, error
                    else:
                        self._give(line[-1], line)
                if not line:
                    break
                done = iter(self._done(line))
                for item, wanted in line.popleft().items:
                    yield item, next(done) if wanted else None
            at_once = False
        finally:
            if at_once or not self.stays:
                self.close(at_once=at_once)
        if failed is not None:
            raise failed

    def _give(self, piece: _Piece[T, R], line: deque[_Piece[T, R]]) -> None:
        if piece.todo:
            try:
                piece.future = self.submit(piece.todo)
            except self.ended:
                self._again(line)

    def _done(self, line: deque[_Piece[T, R]]) -> Sequence[R | Lost]:
        """What came of the first piece in the line."""
        piece = line[0]
        while piece.todo and not piece.failed:
            try:
                assert piece.future is not None
                return self._wait(piece.future)
            except self.ended:
                self._again(line)
            except KgError:
                raise
            except Exception as error:  # noqa: BLE001 - raised again, unless the crew knows that it may pass
                piece.refused += 1
                self.refuse(error, last=piece.refused == _REFUSED)
                piece.future = self.submit(piece.todo)
        return [self.alone(item) for item in piece.todo]

    def _again(self, line: deque[_Piece[T, R]]) -> None:
        """Give to others what was lost with a worker. What may have ended it waits until it is tried item by item."""
        suspects = self.mend()
        undone = [piece for piece in line if piece.todo and not piece.failed and piece.undone()]
        for number, piece in enumerate(undone if suspects else line):
            if number < max(suspects, 1):
                piece.failed = True
                continue
            if not suspects:
                break
            try:
                piece.future = self.submit(piece.todo)
            except self.ended:
                self.mend()

    def _wait(self, future: Future[list[R]]) -> list[R]:
        while True:
            try:
                return future.result(timeout=_LOOK)
            except TimeoutError:
                if future.done():
                    raise  # the task's own
                self.look()
            except CancelledError as error:
                self.look()
                raise KgError("What was given to other processes was taken back; the same command goes on.") from error


class Processes(Crew[T, R]):
    """Workers on this machine, each a new Python; they end with this process, whatever ends it."""

    def __init__(self, task: Callable[[T], R], jobs: int) -> None:
        """Raises ``KgError`` for a task that cannot be given to another process."""
        self._jobs = jobs
        try:
            self._task = pickle.dumps(task)
        except (pickle.PicklingError, TypeError, AttributeError) as error:
            raise KgError(
                f"What reads the articles cannot be given to other processes ({error}); use one job."
            ) from error
        self._own = task
        self._pool: ProcessPoolExecutor | None = None
        self._lone: ProcessPoolExecutor | None = None
        self._none = False  # whether no other process can be started on this machine
        self.notes: list[str] = []

    def submit(self, items: Sequence[T]) -> Future[list[R]]:
        if not self._none:
            try:
                self._pool = self._pool or self._workers(self._jobs)
                with _deaf():
                    return self._pool.submit(_work, items)
            except _IMPOSSIBLE:
                self._do_without()
        return self._here(items)

    def _do_without(self) -> None:
        """Read in this process from now on."""
        if not self._none:
            self._none = True
            self.notes.append("No other process can be started here, so that one process read the articles.")

    def _here(self, items: Sequence[T]) -> Future[list[R]]:
        done: Future[list[R]] = Future()
        done.set_result([self._own(item) for item in items])
        return done

    def most(self) -> int:
        return _AHEAD * self._jobs

    def mend(self, *, lone: bool = False) -> int:
        if lone:
            _let_go(self._lone, at_once=True)
            self._lone = None
            return 0
        _let_go(self._pool, at_once=True)
        self._pool = None
        return self._jobs + 1  # what workers do, and what lies ready for the first that is done

    def by_one(self, item: T) -> Future[list[R]]:
        if self._lone is None and not self._none:
            try:
                self._lone = self._workers(1)
                with _deaf():
                    begun = self._lone.submit(_greet)
                begun.result()
            except (BrokenExecutor, *_IMPOSSIBLE):
                self._lone = None
                self._do_without()
        return self._here([item]) if self._lone is None else self._lone.submit(_work, [item])

    def close(self, *, at_once: bool) -> None:
        _let_go(self._pool, at_once=at_once)
        _let_go(self._lone, at_once=at_once)
        self._pool = self._lone = None

    def _workers(self, number: int) -> ProcessPoolExecutor:
        fresh = multiprocessing.get_context("spawn")  # no copy of this process: it has threads and an open store
        return ProcessPoolExecutor(number, mp_context=fresh, initializer=_begin, initargs=(self._task,))


def _let_go(pool: ProcessPoolExecutor | None, *, at_once: bool) -> None:
    if pool is None:
        return
    if at_once:  # Python has a public name for this from 3.14 on: kill_workers
        for worker in list((getattr(pool, "_processes", None) or {}).values()):
            worker.kill()
    pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _deaf() -> Iterator[None]:
    """Workers that begin in this block hear no Ctrl+C: it would end them in a traceback while they load what they are made of. What
    comes meanwhile is heard here at the end of it. The pool itself is made before: Python hears signals again where it starts its tracker.
    """
    if not hasattr(signal, "pthread_sigmask"):  # pragma: no cover - nor does Windows tell all processes
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def pieces(items: Iterable[tuple[T, bool]], letters: Callable[[T], int]) -> Iterator[list[tuple[T, bool]]]:
    """Items put together for one worker, with those between that nobody has to do: few enough to be soon done again, many
    enough to be worth the way.

    >>> [[item for item, _ in piece] for piece in pieces([(1, True), (60_000, True), (4, True)], int)]
    [[1, 60000], [4]]
    """
    piece: list[tuple[T, bool]] = []
    todo = length = 0
    for item, wanted in items:
        piece.append((item, wanted))
        todo += wanted
        length += letters(item) if wanted else 0
        if todo >= _PIECE or length >= _LETTERS or len(piece) >= _LONGEST:
            yield piece
            piece, todo, length = [], 0, 0
    if piece:
        yield piece


def few(items: Iterator[T], most: int = FEW) -> tuple[Iterator[T], bool]:
    """The same items, and whether there are no more than ``most`` of them."""
    first: list[T] = []
    try:
        first.extend(islice(items, most + 1))
    except Exception as error:  # noqa: BLE001 - whatever made the items; raised in its place
        return chain(first, _raising(error)), True
    return chain(first, items), len(first) <= most


def _raising(error: Exception) -> Iterator[Any]:
    raise error
    yield


# ── in a worker ──


_task: Any = None


def _begin(task: bytes) -> None:
    """Be a worker. Ctrl+C in a terminal reaches all processes; who started this one ends it."""
    global _task
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    _task = task


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _greet() -> int:
    return os.getpid()


def _work(items: Sequence[Any]) -> list[Any]:
    global _task
    if isinstance(_task, bytes):  # here, where what goes wrong comes back with its reason
        _task = pickle.loads(_task)
    return [_task(item) for item in items]


__all__ = ["FEW", "Crew", "Lost", "Processes", "few", "pieces"]
