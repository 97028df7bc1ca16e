"""The SPARQL 1.1 Graph Store Protocol: each graph in the order of its name, replaced whole, and only where it changed.

Before the first graph the server is asked for something small, so that it says then who may write: some break the connection
on a large body that comes without credentials.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.errors import RemoteError, UnreachableError
from kg.export.publish.manifest import Manifest
from kg.query.remote.client import Client, Reply
from kg.store import Store

PIECE: Final = 50_000
"""Triples of one request: a graph that has more is replaced by the first of them, and the others are added."""
TRIES: Final = 6
"""So often a request is tried where the server has no time or does not answer."""
LONGEST: Final = 120.0
"""Seconds that kg waits for a server that names a time; one that wants longer is told of."""

_TRIPLES: Final = "application/n-triples"
_GONE: Final = (404, 410)
_WIDTH: Final = 16  # bytes of the sum of a graph
_REPLACED: Final = "PUT"
_ADDED: Final = "POST"


@dataclass(frozen=True, slots=True)
class Sent:
    """What is done, or to be done, with one graph: ``sent``, ``same`` or ``removed``, and its triples."""

    graph: str
    what: str
    triples: int
    total: str = ""


def plan(store: Store, manifest: Manifest, *, inferred: bool = False, again: bool = False) -> Iterator[Sent]:
    """What is to be done, graph by graph in the order of their names, and at last what is to be removed: graphs that kg
    published and the store has no more. Graphs of others are never touched. With ``again`` everything is sent.

    Conclusions go along only where ``inferred`` is set: a server's queries see all graphs as one.
    """
    conclusions = store.graph_name(v.Graph.INFERRED)
    names = [graph for graph in store.graphs() if inferred or graph != conclusions]
    for name in names:
        count, total = summed(store, name)
        same = not again and manifest.graphs.get(name) == total
        yield Sent(name, "same" if same else "sent", count, total)
    for name in sorted(set(manifest.graphs) - set(names)):
        yield Sent(name, "removed", 0)


def publish(
    store: Store,
    client: Client,
    manifest: Manifest,
    *,
    inferred: bool = False,
    again: bool = False,
    timeout: float = 300.0,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Sent]:
    """Make the server's graphs those of ``store``, as :func:`plan` says, and yield each when the server has confirmed it.

    Raises :class:`kg.errors.RemoteError` where the server refuses; what was confirmed before is noted, and the same call goes on
    from there.
    """
    sender = _Sender(client, timeout, sleep)
    ready = False
    for step in plan(store, manifest, inferred=inferred, again=again):
        if step.what != "same" and not ready:
            sender.log_in(step.graph)
            ready = True
        if step.what == "sent":
            method = _REPLACED
            for body in pieces(store.quads(step.graph)):
                sender.send(method, step.graph, body)
                method = _ADDED
            manifest.note(step.graph, step.total)
        elif step.what == "removed":
            sender.send("DELETE", step.graph, None)
            manifest.note(step.graph, None)
        yield step


def summed(store: Store, graph: str) -> tuple[int, str]:
    """How many triples a graph has, and a sum of them that does not depend on their order."""
    count = total = 0
    for quad in store.quads(graph):
        count += 1
        total += int.from_bytes(blake2b(str(quad.triple).encode(), digest_size=_WIDTH).digest())
    return count, f"{total % (1 << 8 * _WIDTH):032x}-{count}"


def pieces(quads: Iterable[ox.Quad], most: int = PIECE) -> Iterator[bytes]:
    """A graph as N-Triples, ``most`` triples a piece; an empty piece for an empty graph."""
    whole = iter(quads)
    lines = [f"{quad.triple} .\n" for quad in itertools.islice(whole, most)]
    while True:
        yield "".join(lines).encode()
        lines = [f"{quad.triple} .\n" for quad in itertools.islice(whole, most)]
        if not lines:
            return


class _Sender:
    def __init__(self, client: Client, timeout: float, sleep: Callable[[float], None]) -> None:
        self._client, self._timeout, self._sleep = client, timeout, sleep
        self._answered = False

    def log_in(self, graph: str) -> None:
        """Ask for something without a body, so that the server says now how it wants to be told who writes."""
        reply = self._tried("HEAD", graph, None)
        if not reply.fine and reply.status not in (*_GONE, 400, 405, 406, 501):
            raise self._client.refused(reply, _SERVICE)

    def send(self, method: str, graph: str, body: bytes | None) -> None:
        reply = self._tried(method, graph, body)
        if reply.fine or (method == "DELETE" and reply.status in _GONE):
            return
        if reply.status == 413:
            raise RemoteError(
                f"{self._client.host} takes no body of {len(body or b''):,} bytes (413); raise its limit, or load a file of "
                "“kg export --format nquads” there."
            )
        raise self._client.refused(reply, _SERVICE)

    def _tried(self, method: str, graph: str, body: bytes | None) -> Reply:
        """The reply to a request, which is sent again where the server has no time or the connection broke: each of these
        requests may be sent twice.
        """
        waits = 1.0
        for left in reversed(range(TRIES)):
            try:
                reply = self._client.send(
                    method,
                    timeout=self._timeout,
                    params={"graph": graph},
                    headers={"Content-Type": _TRIPLES} if body is not None else {},
                    content=body,
                )
                self._answered = True
                asked = reply.wait()
                if not reply.again or not left or (asked or 0.0) > LONGEST:
                    return reply
            except UnreachableError:
                if not left or not self._answered:  # a server that was never there is told of at once
                    raise
                asked = None
            self._sleep(waits if asked is None else asked)
            waits *= 2
        raise AssertionError("the last try returns or raises")


_SERVICE: Final = "Graph Store Protocol service to which graphs can be written"
