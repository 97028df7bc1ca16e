"""A query in a process of its own: nothing inside a process can stop one that Oxigraph is working on, nor outlive its crash.

The child is the program :mod:`kg.sealed`, which reaches neither the network nor the files of the working folder. When
the time is up it is ended; it has a copy of the store, so that nothing is lost.
"""

from __future__ import annotations

import itertools
import json
import math
import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypedDict

import pyoxigraph as ox

from kg import sealed
from kg import vocabulary as v
from kg.errors import QueryError, StoppedError, TooManyRowsError, TooMuchError
from kg.query import written
from kg.query.answers import Answer, Term
from kg.store import Store, unanswered

MEMORY = 2 << 30
"""Bytes that a query may take beyond what its process has when it begins."""

_PATIENCE = 0.05


class DataSet(TypedDict):
    """The graphs to query, by IRI: those that are the default graph together, and those that ``GRAPH`` reaches."""

    default: list[str]
    named: list[str]


def ask(
    store: Store, sparql: str, bound: Mapping[str, Term], *, limit: int | None, timeout: float, memory: int = MEMORY
) -> Answer:
    """The answer of ``sparql`` over all graphs of ``store``, at most ``limit`` rows of it.

    Raises :class:`kg.errors.StoppedError` when it takes more than ``timeout`` seconds (``inf`` is never), :class:`kg.errors.TooMuchError` when
    it takes more than ``memory`` bytes, and ``QueryError`` for a query that cannot be run.
    """
    job = {"bound": {name: sealed.encode(ox, term) for name, term in bound.items()}, "limit": limit}
    head, _, rest = _run(store, sparql, job, timeout=timeout, memory=memory, most=memory).partition(b"\n")
    body, _, last = rest.removesuffix(b"\n").rpartition(b"\n")
    kind = json.loads(head or b"{}")
    if (problem := failed(sparql, json.loads(last), memory, memory, limit)) is not None:
        raise problem
    if "truth" in kind:
        return Answer(truth=kind["truth"])
    if "solutions" in kind:
        rows, columns = written.read(body)
        return Answer(columns, rows)
    terms = (tuple(sealed.decode(ox, code) for code in json.loads(line)) for line in body.splitlines())
    complete = json.loads(last)["complete"]
    if "graph" in kind:
        return Answer(triples=tuple(ox.Triple(*triple) for triple in terms), complete=complete)
    return Answer(tuple(kind["columns"]), tuple(terms), complete=complete)


@contextmanager
def prepared(
    store: Store, sparql: str, *, graph: str, solutions: str, dataset: DataSet | str | None, rows: int, timeout: float, memory: int, most: int
) -> Iterator[tuple[list[str], bytes]]:  # fmt: skip
    """The command of a child that writes an answer as a file in pieces (:mod:`kg.sealed`), and what it is to be given; for as
    long as the block lasts, during which the quads stay where they are.

    ``graph`` and ``solutions`` are the media types to use, empty for none. ``dataset`` names the graphs to query; ``None`` is
    all of them as one, ``"own"`` the graphs that the query names. ``rows`` and ``most`` (bytes) bound the answer. How
    it ends is told by :func:`failed` and :func:`ended`.
    """
    job = {
        "bound": {}, "limit": rows, "graph": graph, "solutions": solutions, "prefixes": v.PREFIXES, "file": True,
        "dataset": dataset,
    }  # fmt: skip
    with _quads(store) as (place, quads):
        yield _command(), _whole(store, sparql, job, place, timeout, memory, most) + quads


def read(result: Any, limit: int | None) -> Answer:
    """What pyoxigraph gives as an :class:`Answer`, at most ``limit`` rows or triples of it."""
    if isinstance(result, ox.QueryBoolean | bool):
        return Answer(truth=bool(result))
    if limit is None and isinstance(result, ox.QuerySolutions) and result.variables:
        rows, columns = written.read(result.serialize(format=ox.QueryResultsFormat.TSV) or b"")
        return Answer(columns, rows)
    found = list(itertools.islice(result, None if limit is None else limit + 1))
    complete = limit is None or len(found) <= limit
    if isinstance(result, ox.QueryTriples):
        return Answer(triples=tuple(found[:limit]), complete=complete)
    columns = tuple(variable.value for variable in result.variables)
    return Answer(columns, tuple(tuple(row) for row in found[:limit]), complete=complete)


@contextmanager
def _quads(store: Store) -> Iterator[tuple[dict[str, str], bytes]]:
    """Where the child finds the quads: a folder to open read-only, or N-Quads to read after the job.

    A store on disk is published in a folder that nobody changes; what was changed and not published yet is copied beside it.
    """
    if store.path is None:
        yield {}, store.dump()
        return
    with store.frozen() as directory:
        yield {"store": str(directory.resolve())}, b""


def _run(store: Store, sparql: str, job: Mapping[str, Any], *, timeout: float, memory: int, most: int) -> bytes:
    """What the child writes for ``job``."""
    with _quads(store) as (place, quads):
        try:
            process = subprocess.Popen(
                _command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=os.sep,
            )
        except OSError as error:
            raise unstarted(error) from error
        try:
            given = _whole(store, sparql, job, place, timeout, memory, most) + quads
            out, said = _watched(process, given, timeout)
        finally:  # also when the user interrupts
            if process.poll() is None:
                process.kill()
                process.communicate()
    if process.returncode != 0 or not out:
        raise ended(process.returncode, said, timeout, memory)
    return out


def _command() -> list[str]:
    return sealed.command(str(Path(ox.__file__).parent))


def _whole(
    store: Store, sparql: str, job: Mapping[str, Any], place: Mapping[str, str], timeout: float, memory: int, most: int
) -> bytes:
    """The line that tells a child what to do."""
    whole = {
        **job, **place, "query": sparql, "memory": memory, "most": most,
        "without": "" if store.inferred else store.graph_name(v.Graph.INFERRED),
        "parent": os.getpid(), "seconds": timeout if math.isfinite(timeout) else None,
    }  # fmt: skip
    return json.dumps(whole).encode() + b"\n"


def unstarted(error: OSError) -> QueryError:
    """Why there is no child."""
    return QueryError(f"No process can be started for the query: {error.strerror or error}.")


def _watched(process: subprocess.Popen[bytes], given: bytes, timeout: float) -> tuple[bytes, bytes]:
    end = time.monotonic() + timeout
    # Not by communicate(), which forgets what it has not yet written when it is called again.
    threading.Thread(target=_feed, args=(process.stdin, given), daemon=True).start()
    process.stdin = None
    while True:
        try:
            return process.communicate(timeout=max(0.0, min(_PATIENCE, end - time.monotonic())))
        except subprocess.TimeoutExpired as error:
            if time.monotonic() >= end:
                raise stopped(timeout) from error


def _feed(pipe: Any, given: bytes) -> None:
    try:
        with pipe:
            pipe.write(given)
    except OSError:  # it ended before it had read all
        return


def stopped(timeout: float) -> StoppedError:
    """That the time was up."""
    return StoppedError(
        f"The query was stopped after {timeout:g} seconds; ask for less, or give it more time with a longer time-out."
    )


def ended(code: int, said: bytes, timeout: float, memory: int) -> QueryError:
    """Why a child ended without an answer: by its own clocks, for want of memory, for want of stack, or else."""
    text = said.decode(errors="replace").strip()
    if -code in (14, 24):  # SIGALRM, SIGXCPU
        return stopped(timeout)
    if any(word in text.lower() for word in ("memory", "bad_alloc")):
        return _too_big(memory)
    if -code in (7, 11):  # SIGBUS, SIGSEGV
        return TooMuchError("The query is nested too deeply for the engine; write it flatter.")
    if -code == 9:
        return QueryError("The query's process was ended from outside, as a system short of memory does; ask for less.")
    last = text.rsplit("\n", 1)[-1] or f"exit code {code}"
    return QueryError(f"The query ended without an answer: {last.rstrip('.')}.")


def _too_big(memory: int) -> TooMuchError:
    return TooMuchError(f"The query needed more than {_size(memory)} of memory and was ended; ask for less.")


def failed(sparql: str, found: Mapping[str, Any], memory: int, most: int, rows: int | None) -> QueryError | None:
    """What a child told as its problem in the line ``found``; ``None`` where that tells of none."""
    problem, text = found.get("problem"), str(found.get("text", ""))
    if problem is None:
        return None
    if problem == "memory" or (problem == "RuntimeError" and "memory" in text.lower()):
        return _too_big(memory)
    if problem == "rows":
        return TooManyRowsError(f"The answer has more than {rows:,} rows; add a LIMIT to the query.")
    if problem == "bytes":
        return TooMuchError(f"The answer is longer than {_size(most)}; ask for less, as with a LIMIT.")
    return unanswered(sparql, SyntaxError(text) if problem == "SyntaxError" else RuntimeError(text or problem))


def _size(number: int) -> str:
    return f"{number / (1 << 30):g} GB" if number >= 1 << 30 else f"{number / (1 << 20):g} MB"
