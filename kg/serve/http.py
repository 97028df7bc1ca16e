"""The socket: HTTP on this machine's own address, unless another is named.

A request is read within a time, answered whatever is wrong with it, and only where it comes from a page of this server or
from no page at all: a page elsewhere could otherwise ask through the browser of whoever looks at it.
"""

from __future__ import annotations

import io
import ipaddress
import re
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any, Final
from urllib.parse import urlsplit

from kg.errors import ServeError
from kg.serve.site import PAGES, Answer, Site

_LARGEST: Final = 1_000_000  # bytes of a query
_TIME: Final = 30.0  # seconds in which a request must be there, whole
_PATIENCE: Final = 0.5  # seconds in which a client that sends no more gets its answer
_CONNECTIONS: Final = 400  # at a time; one more takes the place of the one that has kept us waiting longest
_LENGTH: Final = re.compile(r"[0-9]{1,9}")


def listen(site: Site, *, host: str = "127.0.0.1", port: int = 8000) -> ThreadingHTTPServer:
    """A server that is bound and waits for ``serve_forever()``. ``ServeError`` where the address cannot be had.

    Requests whose Host is not the address that the server was told to listen on are refused: a page elsewhere could
    otherwise have its own name point here and read the graph (DNS rebinding).
    """
    try:
        return _Server((host, port), type("Handler", (_Handler,), {"site": site, "host": host}))
    except (OSError, OverflowError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ServeError(f"Nothing can be served at {host}:{port}: {reason}.") from error


class _Server(ThreadingHTTPServer):
    """With a bound on connections; nothing is printed when one breaks."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, *args: Any) -> None:
        self._waiting: dict[socket.socket, None] = {}  # in the order in which they began to wait
        self._open = 0
        self._lock = threading.Lock()
        super().__init__(*args)

    def server_bind(self) -> None:
        # http.server's own asks the name service what the address is called, which may be another machine, and wait for it.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open += 1
            oldest = next(iter(self._waiting), None) if self._open > _CONNECTIONS else None
            if oldest is not None:
                del self._waiting[oldest]
        if oldest is not None:
            _shut(oldest)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open -= 1
            self._waiting.pop(request, None)
        super().shutdown_request(request)

    def waits(self, request: socket.socket, yes: bool) -> None:
        """Whether a request is being waited for on this connection."""
        with self._lock:
            self._waiting.pop(request, None)
            if yes:
                self._waiting[request] = None

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that broke: there is nobody to tell."""


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


class _Timed(io.RawIOBase):
    """What comes over a socket, up to a time; then ``TimeoutError``."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.end = time.monotonic() + _TIME

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)


class _Handler(BaseHTTPRequestHandler):
    site: Site
    host: str
    server: _Server
    server_version = "kg"
    sys_version = ""
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self._timed = _Timed(self.connection)
        self.rfile = io.BufferedReader(self._timed)

    def handle_one_request(self) -> None:
        self._timed.end = time.monotonic() + _TIME
        self.server.waits(self.connection, True)
        self._ended = 0.0
        self.command = ""  # of this request, not of the one before
        try:
            super().handle_one_request()
        except (OSError, ValueError):  # the client is gone or too slow, or its bytes are no request
            self.close_connection = True

    def parse_request(self) -> bool:
        """As the standard library does, and stricter where two could read one request in two ways."""
        try:
            if not super().parse_request():
                return False
        except ValueError:
            self.send_error(400)
            return False
        self.server.waits(self.connection, False)
        for wrong, status, sentence in (
            (self.request_version == "HTTP/0.9", 400, "Say which version of HTTP it is."),
            (len(self.headers.get_all("Host", [])) > 1, 400, "Name one Host."),
            (len(self.headers.get_all("Content-Length", [])) > 1, 400, "Give one Content-Length."),
            ("Transfer-Encoding" in self.headers, 411, "Send it whole, with its length."),
            (bool(self.headers.defects), 400, "The headers cannot be read."),
        ):
            if wrong:
                self.request_version = "HTTP/1.1"
                self._refuse(status, sentence)
                return False
        return True

    def do_GET(self) -> None:
        if not _LENGTH.fullmatch(self.headers.get("Content-Length", "0")) or int(
            self.headers.get("Content-Length", "0")
        ):
            self._refuse(400, "A GET has no body.")
        elif self._trusted():
            self._answer(lambda accept: self.site.get(self.path, accept=accept, left=self._left))

    do_HEAD = do_GET

    def do_POST(self) -> None:
        if not self._trusted():
            self.close_connection = True  # its body is not read
            return
        length = self.headers.get("Content-Length", "")
        if not _LENGTH.fullmatch(length) or int(length) > _LARGEST:
            self._refuse(413, "Send a query of at most a megabyte, with its length.")
            return
        self.server.waits(self.connection, True)
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.send_response_only(100)
            self.end_headers()
        body = self.rfile.read(int(length))
        self.server.waits(self.connection, False)
        if len(body) < int(length):
            self.close_connection = True
            return
        kind = self.headers.get("Content-Type", "")
        self._answer(lambda accept: self.site.post(self.path, body, type_=kind, accept=accept, left=self._left))

    def handle_expect_100(self) -> bool:
        """Only once it is clear that the body will be read."""
        return True

    def _answer(self, ask: Any) -> None:
        try:
            answer = ask(self.headers.get("Accept", ""))
        except Exception:  # noqa: BLE001 - a fault of ours must neither end the thread without an answer nor be printed
            answer = Answer(b"This server cannot answer that; it is a fault of kg.\n", "text/plain", 500)
            self.close_connection = True
        self._reply(answer)

    def _left(self) -> bool:
        """Whether the client has gone: one that only says that it will send no more still waits a moment for its answer."""
        try:
            self.connection.settimeout(0)
            if self.connection.recv(1, socket.MSG_PEEK):
                return False
            self._ended = self._ended or time.monotonic()
            return time.monotonic() - self._ended > _PATIENCE
        except BlockingIOError:
            return False
        except OSError:
            return True

    def _trusted(self) -> bool:
        """Whether it is meant for this server and comes from no other's page; otherwise it is refused."""
        if not self._named():
            self._reply(Answer(b"This server does not answer to that name.\n", "text/plain", 421))
            return False
        own = self.headers.get("Host", "").strip().lower()
        if any(not _same(origin, own) for origin in self.headers.get_all("Origin", [])):
            self._reply(Answer(b"This server answers no other site's pages.\n", "text/plain", 403))
            return False
        site = [value.strip().lower() for value in self.headers.get_all("Sec-Fetch-Site", [])]
        if any(value not in ("same-origin", "none") for value in site) and not self._followed():
            self._reply(Answer(b"This server answers no other site's pages.\n", "text/plain", 403))
            return False
        return True

    def _followed(self) -> bool:
        """Whether somebody followed a link to one of the pages, which then fills the window."""
        return (
            self.command in ("GET", "HEAD")
            and self.headers.get("Sec-Fetch-Mode") == "navigate"
            and self.headers.get("Sec-Fetch-Dest") == "document"
            and self.path.partition("?")[0] in PAGES
        )

    def _named(self) -> bool:
        named = self.headers.get("Host", "").strip().rsplit(":", 1)[0].strip("[]").lower()
        if named in ("localhost", self.host.lower()) or (_loopback(named) and _loopback(self.host)):
            return True
        if self.host in ("0.0.0.0", "::"):  # told to serve every address of this machine: any of its numbers will do
            try:
                ipaddress.ip_address(named)
                return True
            except ValueError:
                pass
        return False

    def _refuse(self, status: int, sentence: str) -> None:
        """Refuse a request of which it is not clear where it ends."""
        self.close_connection = True
        self._reply(Answer(f"{sentence}\n".encode(), "text/plain", status))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the standard library finds wrong with a request, as a sentence that repeats nothing of it."""
        if getattr(self, "request_version", "HTTP/0.9") == "HTTP/0.9":
            self.request_version = "HTTP/1.1"
        known = self.responses.get(code, ("That is no request.", ""))
        self._refuse(int(code), f"{known[0]}.")

    def _reply(self, answer: Answer) -> None:
        self.connection.settimeout(_TIME)
        self.send_response(answer.status)
        self.send_header("Content-Type", f"{answer.type}; charset=utf-8")
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "no-referrer")
        headers = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", **answer.headers}
        for name, value in headers.items():
            self.send_header(name, value)
        if self.close_connection or answer.status == 408:
            self.close_connection = True
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: Any) -> None:
        """The library never prints."""


def _same(origin: str, host: str) -> bool:
    """Whether an Origin is that of this server, which was asked as ``host``."""
    try:
        found = urlsplit(origin.strip())
    except ValueError:
        return False
    return found.scheme in ("http", "https") and found.netloc.lower() == host


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
