"""A server in a thread, and requests to it over a real connection."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection

from kg.serve import Site, listen


@contextlib.contextmanager
def served(site: Site) -> Iterator[int]:
    """The port of a server of ``site``."""
    server = listen(site, port=0)
    worker = threading.Thread(target=server.serve_forever, daemon=True)
    worker.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        worker.join(10)


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "")


def ask(port: int, method: str, target: str, body: bytes | str | None = None, **headers: str) -> Reply:
    """A reply; ``content_type="…"`` is the header Content-Type."""
    link = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        link.request(method, target, body=body.encode() if isinstance(body, str) else body, headers=named)
        reply = link.getresponse()
        return Reply(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())
    finally:
        link.close()
