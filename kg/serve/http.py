"""The socket: HTTP by uvicorn on this machine's own address, unless another is named; slow and idle clients hold up nobody."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from importlib import import_module
from typing import Any, Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.errors import ServeError
from kg.serve.guard import Guard, loopback
from kg.serve.site import Site

_TIME: float = 30.0  # seconds in which the head of a request must be there, whole
_CONNECTIONS: int = 400  # at a time; one more takes the place of the one that has kept us waiting longest
_PATIENCE: Final = 1.0  # seconds in which a client that sends no more gets its answer
_LATER: Final = 2.0  # seconds after which what corrections need is imported, where nobody needed it before
_ENDING: Final = 3  # seconds that requests under way have when the server ends


def listen(site: Site, *, host: str = "127.0.0.1", port: int = 8000) -> Server:
    """A server that is bound and waits for ``serve_forever()``. ``ServeError`` where the address cannot be had.

    Requests whose Host is not the address that the server was told to listen on are refused (:mod:`kg.serve.guard`). At an
    address that others can reach nobody changes anything, unless people are named: the graph would be whoever's.
    """
    try:
        # Not by getaddrinfo, which may ask a name service: a number needs none.
        bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        try:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind((host, port))
            bound.listen(128)
            bound.setblocking(False)
        except BaseException:
            bound.close()
            raise
    except (OSError, OverflowError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ServeError(f"Nothing can be served at {host}:{port}: {reason}.") from error
    if not loopback(host):
        site.people.close()
    return Server(site, host, bound)


class Server:
    """A bound socket and what answers there. ``server_address`` is the host and the port."""

    def __init__(self, site: Site, host: str, bound: socket.socket) -> None:
        self.server_address: tuple[str, int] = bound.getsockname()[:2]
        self._socket = bound
        config = uvicorn.Config(
            Guard(site.app, host, site.origins), http=_Patient, ws="none", loop="asyncio", lifespan="off", interface="asgi3",
            log_config=None, log_level="critical", access_log=False, server_header=False, proxy_headers=False,
            timeout_graceful_shutdown=_ENDING,
        )  # fmt: skip
        self._server = uvicorn.Server(config)

    def serve_forever(self) -> None:
        """Serve until :meth:`shutdown`, or a signal that asks the process to end; requests under way are finished."""
        later = threading.Timer(
            _LATER, import_module, args=("kg.corrections",)
        )  # it takes a second: not of the first answer
        later.daemon = True
        later.start()
        try:
            self._server.run(sockets=[self._socket])
        finally:
            later.cancel()
            self.server_close()

    def shutdown(self) -> None:
        """Have ``serve_forever`` end, from another thread."""
        self._server.should_exit = True

    def server_close(self) -> None:
        """Give the address back."""
        self._socket.close()


class _Patient(H11Protocol):
    """A connection that waits for the head of a request so long, and no longer because a byte comes now and then."""

    _waiting: dict[_Patient, None] = {}  # noqa: RUF012 - of all connections, in the order in which they began to wait
    _clock: asyncio.TimerHandle | None = None
    _ended = False

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        if len(self.connections) > _CONNECTIONS and self._waiting:
            next(iter(self._waiting)).give_up()
        self._wait()

    def data_received(self, data: bytes) -> None:
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:  # the head is there
            self._stop()
        elif self._clock is None and (before is None or before.response_complete):
            self._wait()

    def eof_received(self) -> bool | None:  # type: ignore[override]
        """One that only says that it will send no more still waits a moment for its answer."""
        self._ended = True
        if self.cycle is None or self.cycle.response_complete:
            if self.conn.trailing_data[0]:
                self.send_400_response("The request did not come whole.")
            return None
        self._stop()
        self._clock = self.loop.call_later(_PATIENCE, self.give_up)
        return True

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._ended:
            self.transport.close()
        elif self.cycle.response_complete:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def give_up(self) -> None:
        """End a connection on which no request is under way."""
        self._stop()
        self.transport.abort()

    def _wait(self) -> None:
        self._stop()
        self._waiting[self] = None
        self._clock = self.loop.call_later(_TIME, self.give_up)

    def _stop(self) -> None:
        self._waiting.pop(self, None)
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None


def run(server: Server) -> None:
    """Serve until the process is interrupted."""
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()
