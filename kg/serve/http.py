"""The socket: HTTP on this machine's own address, unless another is named."""

from __future__ import annotations

import ipaddress
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any

from kg.errors import ServeError
from kg.serve.site import Answer, Site

_LARGEST = 1_000_000  # bytes of a query


def listen(site: Site, *, host: str = "127.0.0.1", port: int = 8000) -> ThreadingHTTPServer:
    """A server that is bound and waits for ``serve_forever()``. ``ServeError`` where the address cannot be had.

    Requests whose Host is not the address that the server was told to listen on are refused: a page elsewhere could
    otherwise have its own name point here and read the graph (DNS rebinding).
    """
    try:
        return _Server((host, port), type("Handler", (_Handler,), {"site": site, "host": host}))
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ServeError(f"Nothing can be served at {host}:{port}: {reason}.") from error


class _Server(ThreadingHTTPServer):
    def server_bind(self) -> None:
        # http.server's own asks the name service what the address is called, which may be another machine, and wait for it.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]


class _Handler(BaseHTTPRequestHandler):
    site: Site
    host: str
    server_version = "kg"
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        if self._trusted():
            self._reply(self.site.get(self.path, accept=self.headers.get("Accept", "")))

    do_HEAD = do_GET

    def do_POST(self) -> None:
        if not self._trusted():
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > _LARGEST:
            self.close_connection = True
            self._reply(Answer(b"Send a query of at most a megabyte, with its length.\n", "text/plain", 413))
            return
        body = self.rfile.read(int(length))
        kind, accept = self.headers.get("Content-Type", ""), self.headers.get("Accept", "")
        self._reply(self.site.post(self.path, body, type_=kind, accept=accept))

    def _trusted(self) -> bool:
        named = self.headers.get("Host", "").rsplit(":", 1)[0].strip("[]").lower()
        if named in ("localhost", self.host.lower()) or (_loopback(named) and _loopback(self.host)):
            return True
        if self.host in ("0.0.0.0", "::"):  # told to serve every address of this machine: any of its numbers will do
            try:
                ipaddress.ip_address(named)
                return True
            except ValueError:
                pass
        self._reply(Answer(b"This server does not answer to that name.\n", "text/plain", 421))
        return False

    def _reply(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", f"{answer.type}; charset=utf-8")
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: Any) -> None:
        """The library never prints."""


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def run(server: ThreadingHTTPServer) -> None:
    """Serve until the process is interrupted; requests under way are finished."""
    worker = threading.Thread(target=server.serve_forever, daemon=True)
    worker.start()
    try:
        worker.join()
    except KeyboardInterrupt:
        server.shutdown()
    finally:
        server.server_close()
