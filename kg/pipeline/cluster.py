"""Reading on other machines: the same work through the executor of a Dask cluster, kept in parts until it is in the store."""

from __future__ import annotations

import hashlib
import pickle
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from importlib.resources import files
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeVar

from kg.annotate.parse.parsing import DEFAULT_MODEL
from kg.errors import KgError, UsageError
from kg.model import Article
from kg.pipeline.crews import Crew, Lost
from kg.pipeline.parts import Made, Parts
from kg.pipeline.reading import Packed, Read, Reading

PART: Final = 50
"""So many articles are one part, and one piece of work."""

T = TypeVar("T")
R = TypeVar("R")

_WAIT: Final = 60.0  # seconds for which nobody may be there to work
_ANSWER: Final = 20.0  # seconds for which a scheduler may think about one call
_AHEAD: Final = 4  # pieces of work for each thread of a worker that are given at once


class Cluster:
    """A Dask cluster by the address of its scheduler, and the folder of the parts that come from it."""

    def __init__(
        self, address: str, parts: str | Path, *, on_read: Callable[[int], None] | None = None, wait: float = _WAIT
    ) -> None:
        """``on_read`` hears how many articles are done. For ``wait`` seconds there may be nobody who works."""
        self.address, self.parts, self.wait = address, Path(parts), wait
        self._on_read = on_read
        self.notes: list[str] = []
        """What a reader should know of the parts."""

    def read(
        self, articles: Iterator[Article], reading: Reading, *, wanted: Callable[[Article], bool]
    ) -> Generator[tuple[Article, Read | Lost | None]]:
        """Each article with what came of it, in their order, after all were read; ``None`` for those of parts of which none is
        ``wanted``. Raises ``KgError`` where the cluster is not there, is another kg's, or ends; what was finished is kept.
        """
        made = made_by(reading)
        parts = Parts(self.parts, made)
        # What there is, in its order: a part by its name, or articles that nobody has to read.
        with tempfile.TemporaryFile() as order:
            failed: Exception | None = None
            try:
                self._read_all(articles, Packed(reading), parts, wanted, order)
            except Inputs as error:
                failed = error.why
            finally:
                self.notes += parts.notes
            order.seek(0)
            while True:
                try:
                    one = pickle.load(order)
                except EOFError:
                    break
                if isinstance(one, str):
                    yield from parts.read(one)
                else:
                    yield from ((article, None) for article in one)
        if failed is not None:
            raise failed

    def _read_all(
        self, articles: Iterator[Article], task: Packed, parts: Parts, wanted: Callable[[Article], bool], order: Any
    ) -> None:
        with closing(self.portions(articles, task, parts, wanted)) as found:
            for portion in found:
                pickle.dump(portion.name or portion.articles, order)

    def portions(
        self, articles: Iterator[Article], task: Packed, parts: Parts, wanted: Callable[[Article], bool]
    ) -> Generator[Portion]:
        """The articles in portions, each when its part is there."""
        return kept(_Dask(self.address, task, parts, self.wait), articles, parts, wanted, self._on_read)


def kept(
    crew: Crew[Portion, list[Read | Lost]], articles: Iterator[Article], parts: Parts, wanted: Callable[[Article], bool],
    on_read: Callable[[int], None] | None = None,
) -> Generator[Portion]:  # fmt: skip
    """The articles in portions, each when the ``crew`` has read it and it is kept as a part. ``on_read`` hears how many are done."""
    done = 0
    with closing(crew.results(_portions(articles, parts, wanted))) as found:
        for portion, read in found:
            if portion.name and read is not None:
                whole = read if not isinstance(read, Lost) else [read] * len(portion.articles)
                parts.write(portion.name, portion.articles, whole)
            done += len(portion.articles)
            if on_read is not None:
                on_read(done)
            yield portion


class Inputs(Exception):
    """What made the articles ended with an exception."""

    def __init__(self, why: Exception) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True, slots=True)
class Portion:
    """Articles that follow one another, and what their part is called; nothing where none of them is wanted."""

    articles: list[Article]
    name: str


def _portions(
    articles: Iterator[Article], parts: Parts, wanted: Callable[[Article], bool]
) -> Iterator[list[tuple[Portion, bool]]]:
    """Fixed portions of the articles, so that a part is found again, each with whether it is still to be read."""
    while True:
        portion: list[Article] = []
        try:
            portion.extend(islice(articles, PART))
        except Exception as error:
            if portion:
                yield [_portion(portion, parts, wanted)]
            raise Inputs(error) from error
        if not portion:
            return
        yield [_portion(portion, parts, wanted)]


def _portion(articles: list[Article], parts: Parts, wanted: Callable[[Article], bool]) -> tuple[Portion, bool]:
    if not any(wanted(article) for article in articles):
        return Portion(articles, ""), False
    name = parts.name(articles)
    return Portion(articles, name), not parts.holds(name, articles)


class Workers(Crew[T, R]):
    """Workers of a Dask cluster, through the executor that its client gives."""

    alone_tries = 1  # of several: Dask itself tries on other workers

    def __init__(self, address: str, made: Made, wait: float = _WAIT) -> None:
        """``made`` tells which kg the workers must have."""
        self._address, self._wait_for, self._made = address, wait, made
        self._client: Any = None
        self._executor: Executor | None = None
        self._alone_since: float | None = None

    def _open(self) -> Executor:
        """The executor of the cluster. It is asked for when there is something to read."""
        if self._executor is not None:
            return self._executor
        distributed = dask()
        self.ended = (distributed.scheduler.KilledWorker,)
        try:
            self._client = self._connected(distributed.Client)
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            raise KgError(
                f"No Dask scheduler answers at {self._address}; “dask scheduler” starts one. What was finished is kept."
            ) from error
        self._executor = self._client.get_executor(pure=False)
        return self._executor

    def _connected(self, client: Callable[..., Any]) -> Any:
        """A client of the scheduler. One that takes a call and is then too busy to answer is called again."""
        ends = time.monotonic() + self._wait_for
        while True:
            try:
                return client(self._address, timeout=min(self._wait_for, _ANSWER), set_as_default=False)
            except TimeoutError:  # not the plain OSError of where nobody takes calls
                if time.monotonic() >= ends:
                    raise

    def give(self, work: Callable[..., list[R]], *given: Any) -> Future[list[R]]:
        """Have a worker call a function."""
        executor = self._open()
        try:
            return executor.submit(work, *given)
        except RuntimeError as error:  # of a client that lost its scheduler
            raise self._gone() from error

    def most(self) -> int:
        return _AHEAD * max(1, self._threads()) if self._client is not None else 1

    def _threads(self) -> int:
        if self._client.status != "running":
            raise self._gone()
        try:
            return sum(self._client.nthreads().values())
        except (OSError, RuntimeError, TimeoutError) as error:
            raise self._gone() from error

    def _gone(self) -> KgError:
        return KgError(
            f"The Dask scheduler at {self._address} is gone. What was finished is kept; the same command goes on from there."
        )

    def mend(self, *, lone: bool = False) -> int:
        return 0  # Dask gives to others what a worker had; it tells only of what ended several

    def refuse(self, error: Exception, *, last: bool) -> None:
        if isinstance(error, ImportError | AttributeError | TypeError | pickle.UnpicklingError):
            raise KgError(
                f"A worker at {self._address} has no kg, or another one than this ({_told(error)}); install "
                f"kg {self._made['kg']} there. What was finished is kept."
            ) from error
        if last:  # whatever a worker fails by that is no article's fault, as a full disk
            raise KgError(
                f"A worker at {self._address} cannot go on ({_told(error)}). What was finished is kept; the same command "
                "goes on from there."
            ) from error

    def look(self) -> None:
        if self._threads():
            self._alone_since = None
            return
        self._alone_since = self._alone_since or time.monotonic()
        if time.monotonic() - self._alone_since >= self._wait_for:
            raise KgError(
                f"The Dask scheduler at {self._address} has no workers, and none came for {self._wait_for:.0f} seconds; "
                "“dask worker” starts one. What was finished is kept."
            )

    def close(self, *, at_once: bool) -> None:
        if self._executor is not None:
            self._client.close()  # which takes back what nobody has begun
            self._executor = self._client = None


class ByArticle(Crew[Portion, list[Read | Lost]]):
    """A crew whose pieces are articles, tried one by one where a worker ends."""

    def alone(self, item: Portion) -> list[Read | Lost]:
        """The articles of a portion one by one, where a worker ended with each that had the portion."""
        found: list[Read | Lost] = []
        for article in item.articles:
            one = super().alone(Portion([article], item.name))
            found += [one] if isinstance(one, Lost) else one
        return found


class _Dask(ByArticle, Workers[Portion, list[Read | Lost]]):
    """Workers that read articles."""

    def __init__(self, address: str, task: Packed, parts: Parts, wait: float) -> None:
        super().__init__(address, made_by(task.reading), wait)
        self._task, self._parts = pickle.dumps(task), parts

    def submit(self, items: Sequence[Portion]) -> Future[list[list[Read | Lost]]]:
        return self.give(_read, self._task, self._made, [portion.articles for portion in items])


def dask() -> Any:
    """Dask's module for clusters; ``UsageError`` where it is not installed."""
    try:
        return import_module("distributed")
    except ImportError as error:
        raise UsageError(
            "A cluster needs Dask, which is not installed; install it with “pip install kg-said[cluster]”."
        ) from error


def _told(error: Exception) -> str:
    words = " ".join(str(error).split())[:120].rstrip(".")
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


# ── what made it ──


def made_by(reading: Reading) -> Made:
    """All on which what is read depends, beside the articles."""
    name = getattr(reading.annotator, "name", DEFAULT_MODEL)
    known = reading.known or getattr(reading.annotator, "known", None)
    return {
        "kg": version("kg-said"),
        "code": _code(),
        "spacy": version("spacy"),
        "model": f"{name} {_version_of(name)}",
        "any language": str(getattr(reading.annotator, "any_language", False)),
        "list of names": known.source.digest if known is not None else "",
        "mentions": "all" if reading.mentions else "few",
    }


def _version_of(model: str) -> str:
    try:
        return version(packages_distributions().get(model, [model])[0])
    except PackageNotFoundError:
        return ""


_READING: Final = ("annotate", "english", "model", "rdf", "resolve", "pipeline", "nearby.py", "vocabulary.py")


def _code() -> str:
    return code(_READING)


@lru_cache(maxsize=4)
def code(rooms: tuple[str, ...]) -> str:
    """A hash of these rooms of kg: two that call themselves by one version may be unlike."""
    whole = hashlib.sha256()
    todo: list[Any] = [files("kg").joinpath(name) for name in rooms]
    while todo:
        one = todo.pop()
        if one.is_dir():
            todo += sorted(one.iterdir(), key=lambda path: str(path.name))
        elif one.name.endswith((".py", ".tsv", ".json")):
            whole.update(one.name.encode() + b"\0" + one.read_bytes())
    return whole.hexdigest()[:16]


# ── in a worker ──

_one = Lock()
_task: tuple[str, Packed] | None = None


def _read(task: bytes, made: Made, portions: Sequence[Sequence[Article]]) -> list[list[Read | Lost]]:
    """What comes of the articles of each portion. Raises ``KgError`` where this worker's kg is not that of who asks."""
    global _task
    with _one:
        key = hashlib.sha256(task).hexdigest()
        if _task is None or _task[0] != key:
            packed: Packed = pickle.loads(task)
            here = made_by(packed.reading)
            unlike = [name for name, value in made.items() if here.get(name) != value]
            if unlike:
                raise KgError(
                    f"A worker has another {unlike[0]} ({here.get(unlike[0]) or 'none'}) than this machine "
                    f"({made[unlike[0]]}); install the same kg on all of them. What was finished is kept."
                )
            _task = key, packed
        return [[_task[1](article) for article in articles] for articles in portions]


__all__ = ["PART", "ByArticle", "Cluster", "Inputs", "Portion", "Workers", "code", "kept", "made_by"]
