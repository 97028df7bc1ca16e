"""Queries at work: a few at once, each in a process of its own that ends with its time, or with whoever asked."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from typing import Final

from starlette.types import Receive, Scope, Send

from kg.errors import KgError, StoppedError, TooManyRowsError, TooMuchError
from kg.query import child
from kg.serve.answers import Refusal
from kg.serve.negotiation import best
from kg.serve.sparql.protocol import Asked
from kg.store import Store

MEMORY = 1 << 30
"""Bytes of memory that a query may take, beyond what its process has when it begins."""
LONGEST = 1 << 30
"""Bytes of an answer at most."""
PATIENCE = 20.0
"""Seconds that a further query waits for its turn."""
HELD = 8 << 20
"""Bytes of an answer that are kept until it is whole: what goes wrong before has its own status, what goes wrong later breaks
the reply off."""

SOLUTIONS: Final = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
GRAPHS: Final = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
_ASKED_AS: Final = {"application/json": SOLUTIONS[0], "application/xml": SOLUTIONS[1], "text/xml": SOLUTIONS[1]}
_LINE: Final = 1 << 20  # bytes of a line between pieces


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that a query may take, rows that it may give, and how many work at the same time."""

    timeout: float
    rows: int
    at_once: int


class Queries:
    """The queries of one server."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._turns = asyncio.Semaphore(limits.at_once)

    async def reply(self, store: Store, asked: Asked, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request with what its query finds. Raises ``Refusal`` as long as nothing was sent."""
        work = asyncio.create_task(self._answered(store, asked, _accept(scope), send))
        gone = asyncio.create_task(_gone(receive))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            left = not work.done()
            for task in (work, gone):
                task.cancel()
            await asyncio.gather(work, gone, return_exceptions=True)
        if not left:
            work.result()

    async def _answered(self, store: Store, asked: Asked, accept: str, send: Send) -> None:
        timeout = min(asked.timeout or self._limits.timeout, self._limits.timeout)
        await self._turn(timeout)
        try:
            async with contextlib.aclosing(self._pieces(store, asked, accept, timeout)) as pieces:
                kind = (await anext(pieces)).decode()
                held, size, whole = [b""], 0, True
                async for piece in pieces:
                    held.append(piece)
                    size += len(piece)
                    if size > HELD:
                        whole = False
                        break
                await _start(send, kind, size if whole else None)
                await send({"type": "http.response.body", "body": b"".join(held), "more_body": not whole})
                held.clear()
                if not whole:
                    async for piece in pieces:
                        await send({"type": "http.response.body", "body": piece, "more_body": True})
                    await send({"type": "http.response.body", "body": b""})
        except KgError as error:
            raise self._refused(error, timeout) from error
        finally:
            self._turns.release()

    async def _turn(self, timeout: float) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._turns.acquire()
        except TimeoutError:
            after = {"Retry-After": f"{timeout:.0f}"}
            raise Refusal(503, "Other queries are at work; ask again in some seconds.", after) from None

    async def _pieces(self, store: Store, asked: Asked, accept: str, timeout: float) -> AsyncGenerator[bytes, None]:
        """The media type of an answer, then the answer in pieces."""
        end = asyncio.get_running_loop().time() + timeout
        graph, solutions = forms(accept)
        with child.prepared(
            store, asked.text, graph=graph, solutions=solutions, dataset=asked.dataset, rows=self._limits.rows,
            timeout=timeout, memory=MEMORY, most=LONGEST,
        ) as (command, given):  # fmt: skip
            process = await _started(command)
            feeding = asyncio.create_task(_feed(process, given))
            try:
                async with _until(end, timeout):
                    found = await _told(process, timeout)
                while "complete" not in found:
                    if found.get("problem") == "type":
                        raise Refusal(406, _offered(bool(solutions)))
                    if (problem := child.failed(asked.text, found, MEMORY, LONGEST, self._limits.rows)) is not None:
                        raise problem
                    if "type" in found:
                        yield str(found["type"]).encode()
                    assert process.stdout is not None
                    async with _until(end, timeout):
                        piece = await process.stdout.readexactly(int(str(found.get("bytes", 0))))
                    if piece:
                        yield piece
                    async with _until(end, timeout):
                        found = await _told(process, timeout)
            finally:
                feeding.cancel()
                _end(process)
                await process.wait()

    def _refused(self, error: KgError, timeout: float) -> Refusal:
        """The status of an error, in the words of who can start the server anew."""
        if isinstance(error, StoppedError):
            return Refusal(
                408,
                f"The query was stopped after {timeout:g} seconds; ask for less, or start the server with a longer --timeout.",
            )
        if isinstance(error, TooManyRowsError):
            rows = f"The answer has more than {self._limits.rows:,} rows"
            return Refusal(413, f"{rows}; add a LIMIT to the query, or start the server with more --rows.")
        return Refusal(413 if isinstance(error, TooMuchError) else 400, str(error))


def forms(accept: str) -> tuple[str, str]:
    """The media types of a graph and of solutions that are wanted most, empty where none of ours is wanted."""
    solutions = best(accept, (*SOLUTIONS, *_ASKED_AS)) or ""
    return best(accept, GRAPHS) or "", _ASKED_AS.get(solutions, solutions)


def _offered(graph: bool) -> str:
    kinds = GRAPHS if graph else SOLUTIONS
    what = "This query gives a graph" if graph else "This query gives rows, or yes or no"
    return f"{what}, in one of these types: {', '.join(kinds)}."


def _accept(scope: Scope) -> str:
    return ", ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"accept")


async def _start(send: Send, kind: str, length: int | None) -> None:
    named = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    headers = [(b"content-type", named.encode()), (b"vary", b"Accept"), (b"cache-control", b"no-cache")]
    if length is not None:
        headers.append((b"content-length", str(length).encode()))
    await send({"type": "http.response.start", "status": 200, "headers": headers})


async def _gone(receive: Receive) -> None:
    """Ends when whoever asked is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


@contextlib.asynccontextmanager
async def _until(end: float, timeout: float) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout_at(end):
            yield
    except TimeoutError as error:
        raise child.stopped(timeout) from error


async def _started(command: list[str]) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    try:
        return await asyncio.create_subprocess_exec(
            *command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=os.sep, limit=_LINE
        )
    except OSError as error:
        raise child.unstarted(error) from error


def _end(process: asyncio.subprocess.Process) -> None:
    """Not by ``process.kill()``, which takes the exit status from under the feet of who waits for it."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)


async def _feed(process: asyncio.subprocess.Process, given: bytes) -> None:
    assert process.stdin is not None
    with contextlib.suppress(OSError):  # it ended before it had read all
        process.stdin.write(given)
        await process.stdin.drain()
        process.stdin.close()


async def _told(process: asyncio.subprocess.Process, timeout: float) -> dict[str, object]:
    """The next line of a child. Raises why there is none."""
    assert process.stdout is not None
    assert process.stderr is not None
    line = await process.stdout.readline()
    if line:
        found: dict[str, object] = json.loads(line)
        return found
    said = await process.stderr.read()
    raise child.ended(await process.wait(), said, timeout, MEMORY)
