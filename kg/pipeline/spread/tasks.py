"""One task of the part across articles: what it is given, what it may look at, and what it leaves."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

import pyoxigraph as ox

from kg.errors import KgError
from kg.pipeline.spread import shuffle
from kg.pipeline.spread.shuffle import Out, Where, bucket

_MANY: Final = 1_000  # judgements and the like that are written at once


@dataclass(frozen=True, slots=True)
class Job:
    """A task as it is given to a worker: the ``function`` of a module of this room (``module.function``), for one piece of so many."""

    where: Where
    stage: str
    function: str
    piece: int
    pieces: int
    given: str = "{}"


class Task:
    """What the function of a stage works with."""

    def __init__(self, job: Job, out: Out) -> None:
        self.piece, self.pieces = job.piece, job.pieces
        self.given: dict[str, Any] = json.loads(job.given)
        self.folder = job.where.folder
        self._where, self._out = job.where, out
        self._quads: list[ox.Quad] = []

    def of(self, stage: str, channel: str) -> Iterator[Any]:
        """The records that the tasks of a stage left for this one."""
        return shuffle.records(self._where, stage, channel, self.piece, self.pieces)

    def to(self, channel: str, key: str, record: object) -> None:
        """Leave a record for the task that has a key."""
        self._out.put(channel, bucket(key, self.pieces), record)

    def at(self, channel: str, piece: int, record: object) -> None:
        """Leave a record for the task of a piece."""
        self._out.put(channel, piece, record)

    def mine(self, channel: str, record: object) -> None:
        """Leave a record for the tasks of this piece in later stages."""
        self._out.put(channel, self.piece, record)

    def answer(self, asking: str, stage: str, channel: str, key: str) -> None:
        """Leave the records of a stage's ``channel``, told by their field ``key``, for the pieces that asked for them: ``asking`` left the
        key and the number of its piece under "ask".
        """
        asked: dict[str, set[int]] = defaultdict(set)
        for one, piece in self.of(asking, "ask"):
            asked[one].add(piece)
        for told in self.of(stage, channel):
            for piece in sorted(asked.get(told[key], ())):
                self.at(channel, piece, told)

    def has(self, key: str) -> int:
        """The piece that has a key."""
        return bucket(key, self.pieces)

    def write(self, quads: Iterable[ox.Quad], *, at_once: bool = False) -> None:
        """Write quads of the graph."""
        self._quads += quads
        if at_once or len(self._quads) >= _MANY:
            self._out.write(self._quads)
            self._quads = []

    def end(self) -> None:
        self.write((), at_once=True)


def do(job: Job, made: Mapping[str, str]) -> None:
    """Do a task and leave what comes of it."""
    module, _, name = job.function.partition(".")
    function: Callable[[Task], object] = getattr(import_module(f"kg.pipeline.spread.{module}"), name)
    out = Out(job.where, job.stage, job.piece)
    try:
        task = Task(job, out)
        result = function(task)
        task.end()
        out.finish(made, result)
    except OSError as error:
        raise KgError(
            f"What the build leaves in {job.where.folder} cannot be written: {error.strerror or error}. What was finished is kept; "
            "the same command goes on from there."
        ) from error
    finally:
        out.drop()


class Doing:
    """Tasks for a worker, which must have the very kg that asks."""

    def __init__(self, made: Mapping[str, str]) -> None:
        self.made = dict(made)

    def __call__(self, job: Job) -> int:
        do(job, self.made)
        return peak()


def peak() -> int:
    """The most memory that this process has had, in megabytes; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def remote(made: Mapping[str, str], jobs: Sequence[Job]) -> list[int]:
    """Tasks in a worker of a cluster. Raises ``KgError`` where its kg is not that of who asks."""
    from kg.pipeline.spread.making import made_by

    here = made_by()
    unlike = [name for name, value in made.items() if here.get(name) != value]
    if unlike:
        raise KgError(
            f"A worker has another {unlike[0]} ({here.get(unlike[0]) or 'none'}) than this machine ({made[unlike[0]]}); install "
            "the same kg on all of them. What was finished is kept."
        )
    return [Doing(made)(job) for job in jobs]
