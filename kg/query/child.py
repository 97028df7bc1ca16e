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
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import sealed
from kg import vocabulary as v
from kg.errors import LeftError, QueryError, StoppedError, TooManyRowsError, TooMuchError
from kg.query.answers import Answer, Term
from kg.store import Store, unanswered

MEMORY = 2 << 30
"""Bytes that a query may take beyond what its process has when it begins."""

_PATIENCE = 0.05


def ask(
    store: Store, sparql: str, bound: Mapping[str, Term], *, limit: int | None, timeout: float, memory: int = MEMORY
) -> Answer:
    """The answer of ``sparql`` over all graphs of ``store``, at most ``limit`` rows of it.

    Raises :class:`kg.errors.StoppedError` when it takes more than ``timeout`` seconds (``inf`` is never), :class:`kg.errors.TooMuchError` when
    it takes more than ``memory`` bytes, and ``QueryError`` for a query that cannot be run.
    """
    job = {"bound": {name: sealed.encode(ox, term) for name, term in bound.items()}, "limit": limit}
    lines = _run(store, sparql, job, timeout=timeout, memory=memory, most=memory).splitlines()
    found = [json.loads(line) for line in lines]
    _raise(sparql, found[-1], memory, memory, limit)
    head, rows, complete = found[0], found[1:-1], found[-1]["complete"]
    if "truth" in head:
        return Answer(truth=head["truth"])
    terms = (tuple(sealed.decode(ox, code) for code in row) for row in rows)
    if "graph" in head:
        return Answer(triples=tuple(ox.Triple(*triple) for triple in terms), complete=complete)
    return Answer(tuple(head["columns"]), tuple(terms), complete=complete)


def written(
    store: Store, sparql: str, *, graph: str, solutions: str, rows: int, timeout: float,
    memory: int = MEMORY, most: int = MEMORY, left: Callable[[], bool] = lambda: False,
) -> tuple[str, bytes]:  # fmt: skip
    """The media type and the bytes of an answer as Oxigraph writes it: ``graph`` and ``solutions`` are the types to use.

    Raises as :func:`ask` does; :class:`kg.errors.TooMuchError` for more than ``rows`` rows or ``most`` bytes as well: no answer is cut.
    ``left`` is asked many times a second; once it says so, the query is ended with :class:`kg.errors.LeftError`.
    """
    job = {"bound": {}, "limit": rows, "graph": graph, "solutions": solutions, "prefixes": v.PREFIXES}
    head, _, body = _run(store, sparql, job, timeout=timeout, memory=memory, most=most, left=left).partition(b"\n")
    found = json.loads(head)
    _raise(sparql, found, memory, most, rows)
    return str(found["type"]), body


def read(result: Any, limit: int | None) -> Answer:
    """What pyoxigraph gives as an :class:`Answer`, at most ``limit`` rows or triples of it."""
    if isinstance(result, ox.QueryBoolean | bool):
        return Answer(truth=bool(result))
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


def _run(
    store: Store, sparql: str, job: Mapping[str, Any], *, timeout: float, memory: int, most: int,
    left: Callable[[], bool] = lambda: False,
) -> bytes:  # fmt: skip
    """What the child writes for ``job``."""
    with _quads(store) as (place, quads):
        whole = {
            "graph": "", "solutions": "", **job, **place, "query": sparql, "memory": memory, "most": most,
            "without": "" if store.inferred else store.graph_name(v.Graph.INFERRED),
            "parent": os.getpid(), "seconds": timeout if math.isfinite(timeout) else None,
        }  # fmt: skip
        try:
            process = subprocess.Popen(
                sealed.command(str(Path(ox.__file__).parent)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=os.sep,
            )
        except OSError as error:
            raise QueryError(f"No process can be started for the query: {error.strerror or error}.") from error
        try:
            out, said = _watched(process, json.dumps(whole).encode() + b"\n" + quads, timeout, left)
        finally:  # also when the user interrupts
            if process.poll() is None:
                process.kill()
                process.communicate()
    if process.returncode != 0 or not out:
        raise _ended(process.returncode, said, timeout, memory)
    return out


def _watched(
    process: subprocess.Popen[bytes], given: bytes, timeout: float, left: Callable[[], bool]
) -> tuple[bytes, bytes]:
    end = time.monotonic() + timeout
    # Not by communicate(), which forgets what it has not yet written when it is called again.
    threading.Thread(target=_feed, args=(process.stdin, given), daemon=True).start()
    process.stdin = None
    while True:
        try:
            return process.communicate(timeout=max(0.0, min(_PATIENCE, end - time.monotonic())))
        except subprocess.TimeoutExpired as error:
            if time.monotonic() >= end:
                raise _stopped(timeout) from error
            if left():
                raise LeftError("Whoever asked the query is gone.") from error


def _feed(pipe: Any, given: bytes) -> None:
    try:
        with pipe:
            pipe.write(given)
    except OSError:  # it ended before it had read all
        return


def _stopped(timeout: float) -> StoppedError:
    return StoppedError(
        f"The query was stopped after {timeout:g} seconds; ask for less, or give it more time with a longer time-out."
    )


def _ended(code: int, said: bytes, timeout: float, memory: int) -> QueryError:
    """Why a child ended without an answer: by its own clocks, for want of memory, for want of stack, or else."""
    text = said.decode(errors="replace").strip()
    if -code in (14, 24):  # SIGALRM, SIGXCPU
        return _stopped(timeout)
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


def _raise(sparql: str, found: Mapping[str, Any], memory: int, most: int, rows: int | None) -> None:
    problem, text = found.get("problem"), str(found.get("text", ""))
    if problem is None:
        return
    if problem == "memory" or (problem == "RuntimeError" and "memory" in text.lower()):
        raise _too_big(memory)
    if problem == "rows":
        raise TooManyRowsError(f"The answer has more than {rows:,} rows; add a LIMIT to the query.")
    if problem == "bytes":
        raise TooMuchError(f"The answer is longer than {_size(most)}; ask for less, as with a LIMIT.")
    raise unanswered(sparql, SyntaxError(text) if problem == "SyntaxError" else RuntimeError(text or problem))


def _size(number: int) -> str:
    return f"{number / (1 << 30):g} GB" if number >= 1 << 30 else f"{number / (1 << 20):g} MB"
