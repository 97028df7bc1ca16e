"""Tasks of a stage given to whoever works (this process, others here, a cluster), and those that are done already left alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing
from typing import Any, Final

from kg.errors import KgError
from kg.pipeline.cluster import ByArticle, Portion, Workers
from kg.pipeline.crews import Crew, Lost, Processes, R, T
from kg.pipeline.reading import Packed, Read
from kg.pipeline.spread import shuffle
from kg.pipeline.spread.shuffle import Where
from kg.pipeline.spread.tasks import Job, remote

_ROUNDS: Final = 200  # more than any graph needs: rounds grow with the logarithm of what hangs together


class Here(Crew[T, R]):
    """This process, one piece of work after another."""

    def __init__(self, task: Callable[[T], R]) -> None:
        self._task = task

    def submit(self, items: Sequence[T]) -> Future[list[R]]:
        done: Future[list[R]] = Future()
        done.set_result([self._task(item) for item in items])
        return done

    def most(self) -> int:
        return 1

    def mend(self, *, lone: bool = False) -> int:
        return 0

    def close(self, *, at_once: bool) -> None:
        """Nothing is open."""


class Portions:
    """What comes of the articles of a portion."""

    def __init__(self, reading: Packed) -> None:
        self.reading = reading

    def __call__(self, portion: Portion) -> list[Read | Lost]:
        return [self.reading(article) for article in portion.articles]


class Readers(ByArticle, Processes[Portion, list[Read | Lost]]):
    """Processes of this machine that read portions of articles."""


class Many(Processes[Job, int]):
    """Processes of this machine for the tasks of all stages."""

    stays = True


class Cluster(Workers[Job, int]):
    """Workers of a Dask cluster for the tasks of all stages."""

    stays = True

    def submit(self, items: Sequence[Job]) -> Future[list[int]]:
        return self.give(remote, self._made, items)


class Run:
    """One build under way: its stages one after another, each of as many tasks as there are pieces."""

    def __init__(
        self, where: Where, made: Mapping[str, str], pieces: int, crew: Crew[Job, int], on_stage: Callable[[str], None] | None
    ) -> None:  # fmt: skip
        self.where, self.made, self.pieces = where, made, pieces
        self._crew, self._on_stage = crew, on_stage
        self.notes: list[str] = []
        self.stages: list[str] = []
        self.memory = 0
        """The most memory that a process had which did a task, in megabytes."""

    def stage(
        self, name: str, function: str, given: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> list[Any]:
        """Do the tasks of a stage that are not done; what all of them gave back. ``given`` is for all tasks, or one for each."""
        if self._on_stage is not None:
            self._on_stage(name)
        self.stages.append(name)
        of = [given or {}] * self.pieces if given is None or isinstance(given, Mapping) else list(given)
        jobs = [
            Job(self.where, name, function, piece, self.pieces, json.dumps(of[piece])) for piece in range(self.pieces)
        ]
        todo = [job for job in jobs if not self._is_done(job)]
        with closing(self._crew.results([(job, True)] for job in todo)) as found:
            for job, peak in found:
                if isinstance(peak, Lost):
                    raise KgError(
                        f"The process that did {job.stage} {job.piece} ended each time that it was tried, perhaps for want of memory; "
                        "what was finished is kept."
                    )
                self.memory = max(self.memory, peak or 0)
        return [shuffle.result(self.where, name, piece) for piece in range(self.pieces)]

    def _is_done(self, job: Job) -> bool:
        done, note = shuffle.holds(self.where, job.stage, job.piece, self.made)
        self.notes += [note] if note else []
        return done

    def components(self, name: str, stages: Iterable[str]) -> str:
        """The stage whose labels tell what hangs together by the ties that some stages left."""
        given: dict[str, Any] = {"from": list(stages)}
        for number in range(_ROUNDS):
            large = f"{name}-large-{number}"
            if not sum(self.stage(large, "components.large", given)):
                return large
            self.stage(f"{name}-small-{number}", "components.small", {"from": large})
            given = {"from": [f"{name}-small-{number}"]}
        raise KgError(f"What hangs together was not found in {_ROUNDS} rounds; please report it.")

    def end(self, *, at_once: bool) -> None:
        self._crew.close(at_once=at_once)
