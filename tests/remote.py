"""A server of others on loopback: SPARQL and the Graph Store Protocol over a store in memory, with faults on demand."""

from __future__ import annotations

import hashlib
import re
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

USER, PASSWORD, TOKEN = "editor", "s3cret-word", "t0ken-t0ken"
NONCE = "5f1d0c"


class Server:
    """``login`` is what it asks for: basic, digest, bearer or nothing. ``faults`` are replies that come before the true ones:
    a status with headers and a body, or ``"half"``, ``"drop"``, ``"html"``.
    """

    def __init__(self, login: str = "") -> None:
        self.login = login
        self.store = ox.Store()
        self.faults: list[object] = []
        self.log: list[tuple[str, str, int]] = []
        """Method, graph, and bytes of each request that reached the store."""
        self.unknown = 0
        """Bytes of bodies that came without credentials."""
        self.url = ""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Listening

    def log_message(self, format: str, *args: object) -> None:
        pass

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def known(self) -> bool:
        said = self.headers.get("Authorization", "")
        if self.server.about.login == "basic":
            return said.startswith("Basic ") and b64decode(said[6:]).decode() == f"{USER}:{PASSWORD}"
        if self.server.about.login == "bearer":
            return said == f"Bearer {TOKEN}"
        if self.server.about.login == "digest":
            part = dict(re.findall(r'(\w+)="?([^",]+)"?', said))
            if not said.startswith("Digest ") or part.get("nonce") != NONCE:
                return False

            def h(text: str) -> str:
                return hashlib.md5(text.encode()).hexdigest()

            one, two = h(f"{USER}:news:{PASSWORD}"), h(f"{self.command}:{part['uri']}")
            return part["response"] == h(f"{one}:{NONCE}:{part['nc']}:{part['cnonce']}:{part['qop']}:{two}")
        return True

    def work(self) -> None:
        about = self.server.about
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not self.known():
            about.unknown += len(body)
            asks = {"basic": 'Basic realm="news"', "bearer": "Bearer"}
            told = asks.get(about.login, f'Digest realm="news", nonce="{NONCE}", qop="auth", algorithm=MD5')
            self.reply(401, b"who asks?", WWW_Authenticate=told)
            return
        if about.faults and (fault := about.faults.pop(0)) is not None:
            self.fail(fault)
            return
        asked = parse_qs(urlsplit(self.path).query)
        if self.path.startswith("/sparql"):
            self.answer(parse_qs(body.decode())["query"][0])
            return
        graph = ox.NamedNode(asked["graph"][0])
        about.log.append((self.command, graph.value, len(body)))
        if self.command in ("GET", "HEAD"):
            self.reply(200 if about.store.contains_named_graph(graph) else 404)
            return
        if self.command in ("PUT", "DELETE"):
            about.store.remove_graph(graph)
        if self.command != "DELETE":
            about.store.add_graph(graph)
            about.store.load(body, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
        self.reply(204)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = work

    def answer(self, query: str) -> None:
        found = self.server.about.store.query(query, use_default_graph_as_union=True)
        if isinstance(found, ox.QueryTriples):
            self.reply(200, found.serialize(format=ox.RdfFormat.N_TRIPLES) or b"", Content_Type="application/n-triples")
            return
        body = found.serialize(format=ox.QueryResultsFormat.JSON) or b""
        self.reply(200, body, Content_Type="application/sparql-results+json")

    def fail(self, fault: object) -> None:
        if fault == "drop":
            self.close_connection = True
            self.connection.close()
        elif fault == "half":
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b'{"head": {"vars": ["s"]}, "results": {"bindings": [')
            self.close_connection = True
        elif isinstance(fault, tuple):
            status, headers, body = fault
            self.reply(status, body, **headers)


class _Listening(ThreadingHTTPServer):
    daemon_threads = True
    about: Server

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def server(login: str = "") -> Iterator[Server]:
    """One that listens for as long as the block lasts; ``url`` is its address, ``/sparql`` and ``/graphs`` are its services."""
    with _Listening(("127.0.0.1", 0), _Handler) as listening:
        about = listening.about = Server(login)
        about.url = f"http://127.0.0.1:{listening.server_address[1]}"
        thread = threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield about
        finally:
            listening.shutdown()
            thread.join()
