"""What the server answers, apart from sockets: SPARQL 1.1 Protocol (query operation), the page, and the form.

Every query works in a process of its own (:mod:`kg.query.child`): without a network, with limits on time, memory and rows,
and ended when whoever asked is gone. A few work at once; the others wait a moment.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from urllib.parse import parse_qs, urlsplit

from kg import export, query
from kg.errors import KgError, RefusedError, StoppedError, TooLargeError, TooManyRowsError, TooMuchError, UsageError
from kg.query import child
from kg.store import Store

TIMEOUT = 10.0
"""Seconds that a query may take."""
ROWS = 10_000
"""Rows of an answer at most."""
MEMORY = 1 << 30
"""Bytes of memory that a query may take, beyond what its process has when it begins."""
LONGEST = 128 << 20
"""Bytes of an answer at most."""
AT_ONCE = 4
"""Queries that work at the same time."""
PATIENCE = 3.0
"""Seconds that a further query waits for its turn."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_SOLUTIONS = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
_GRAPHS = ("text/turtle", "application/n-triples")
_FILES = {
    "/query": ("query.html", "text/html"),
    "/query.js": ("query.js", "text/javascript"),
    "/query.css": ("query.css", "text/css"),
}
_FIELDS = 100  # of a form at most

PAGES = ("/", "/query")
"""Where a link on another page may lead."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply: status, body and its media type, and further headers."""

    body: bytes
    type: str = "text/html"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class State:
    """A store as it is now, its page and its Turtle, which are made when they are first asked for."""

    def __init__(self, store: Store, page: Callable[[Store], str]) -> None:
        self.store = store
        self._make_page = page
        self._page: bytes | None = None
        self._turtle: bytes | None = None
        self._making = threading.Lock()

    def page(self) -> bytes:
        """The page of the graph."""
        with self._making:
            if self._page is None:
                self._page = self._make_page(self.store).encode("utf-8", "replace")
            return self._page

    def turtle(self) -> bytes:
        """The graph as ``kg export`` writes it."""
        with self._making:
            if self._turtle is None:
                self._turtle = export.turtle(self.store)
            return self._turtle


class Site:
    """The pages and the endpoint over one store; nothing that is asked can change it. ``page`` is the page, or makes it.
    Where another process publishes a newer state of a store on disk, that is what is answered from.

    A query takes at most ``timeout`` seconds, gives at most ``rows`` rows, and not more than ``at_once`` work at a time.
    """

    def __init__(
        self,
        store: Store,
        *,
        page: str | Callable[[Store], str],
        timeout: float = TIMEOUT,
        rows: int = ROWS,
        at_once: int = AT_ONCE,
    ) -> None:
        if not timeout > 0 or rows < 1 or at_once < 1:
            raise UsageError("Time, rows and queries at a time must each be more than 0.")
        self._make_page = page if callable(page) else lambda _: page
        self._state = State(store, self._make_page)
        self._looking = threading.Lock()
        self._timeout, self._rows = timeout, rows
        self._turns = threading.BoundedSemaphore(at_once)

    def state(self) -> State:
        """The newest state of the store to answer from. The one before stays open for whoever is answered from it."""
        with self._looking:
            store = self._state.store
            if store.path is not None and store.outdated:
                newer = Store.open(store.path, read_only=True)
                newer.inferred = store.inferred
                self._state = State(newer, self._make_page)
            return self._state

    def get(self, target: str, *, accept: str = "", left: Callable[[], bool] = lambda: False) -> Answer:
        """The answer to GET ``target`` (path and query string); ``left`` says whether whoever asks is gone."""
        try:
            url = urlsplit(target)
        except ValueError:
            return _refused(400, "That is no address.")
        if url.path == "/":
            return Answer(self.state().page(), headers={"Content-Security-Policy": "frame-ancestors 'none'"})
        if url.path in _FILES:
            name, kind = _FILES[url.path]
            body = resources.files("kg.serve").joinpath("files", name).read_bytes()
            return Answer(body, kind, headers={"Content-Security-Policy": _POLICY})
        if url.path == "/questions":
            return Answer(json.dumps(_questions(), ensure_ascii=False).encode(), "application/json")
        if url.path == "/graph.ttl":
            return Answer(self.state().turtle(), export.FORMATS["turtle"].media_type)
        if url.path == "/sparql":
            return self._asked(url.query, accept, left)
        return _refused(404, "There is nothing at that path.")

    def post(
        self, target: str, body: bytes, *, type_: str = "", accept: str = "", left: Callable[[], bool] = lambda: False
    ) -> Answer:
        """The answer to POST: a query as the body (``application/sparql-query``) or as a form's field."""
        try:
            path = urlsplit(target).path
        except ValueError:
            return _refused(400, "That is no address.")
        if path != "/sparql":
            return _refused(404, "There is nothing at that path to send to.")
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            return _refused(400, "The query is not in UTF-8.")
        kind = type_.partition(";")[0].strip().lower()
        if kind == "application/sparql-query":
            return self._run(text, accept, left)
        if kind == "application/x-www-form-urlencoded":
            return self._asked(text, accept, left)
        return _refused(415, "Send the query as application/sparql-query or as a form.")

    def _asked(self, form: str, accept: str, left: Callable[[], bool]) -> Answer:
        try:
            fields = parse_qs(form, errors="strict", max_num_fields=_FIELDS)
        except UnicodeDecodeError:
            return _refused(400, "The query is not in UTF-8.")
        except ValueError:
            return _refused(400, f"A form has {_FIELDS} fields at most.")
        if "update" in fields:
            return _refused(403, "This endpoint answers questions and changes nothing.")
        if len(fields.get("query", [])) != 1:
            return _refused(400, "Give one query.")
        return self._run(fields["query"][0], accept, left)

    def _run(self, text: str, accept: str, left: Callable[[], bool]) -> Answer:
        try:
            query.check(text)
            query.check(asked := query.parse(text).text)
        except RefusedError as error:
            return _refused(413 if isinstance(error, TooLargeError) else 403, str(error))
        except KgError as error:
            return _refused(400, str(error))
        if not self._turn(left):
            return _refused(
                503, "Other queries are at work; ask again in some seconds.", {"Retry-After": f"{self._timeout:.0f}"}
            )
        try:
            kind, body = child.written(
                self.state().store, asked, graph=_best(accept, _GRAPHS), solutions=_best(accept, _SOLUTIONS),
                rows=self._rows, timeout=self._timeout, memory=MEMORY, most=LONGEST, left=left,
            )  # fmt: skip
            return Answer(body, kind)
        except StoppedError:
            return _refused(
                408,
                f"The query was stopped after {self._timeout:g} seconds; ask for less, or start the server with a longer "
                "--timeout.",
            )
        except TooManyRowsError:
            return _refused(
                413,
                f"The answer has more than {self._rows:,} rows; add a LIMIT to the query, or start the server with more "
                "--rows.",
            )
        except TooMuchError as error:
            return _refused(413, str(error))
        except KgError as error:
            return _refused(400, str(error))
        finally:
            self._turns.release()

    def _turn(self, left: Callable[[], bool]) -> bool:
        """Wait for one's turn, while there is patience and somebody to wait for."""
        end = time.monotonic() + PATIENCE
        while not self._turns.acquire(timeout=0.1):
            if time.monotonic() > end or left():
                return False
        return True


def _best(accept: str, offered: tuple[str, ...]) -> str:
    """The first offered type of the highest weight in ``accept`` (RFC 9110, 12.5.1); the first one for anything else."""
    weights: dict[str, float] = {}
    for part in accept.split(","):
        name, *settings = (piece.strip() for piece in part.split(";"))
        found = next((s[2:] for s in settings if s.startswith("q=")), "1")
        weights[name] = float(found) if re.fullmatch(r"[01](?:\.\d*)?", found) else 0.0
    return max(offered, key=lambda kind: weights.get(kind, 0.0))


def _questions() -> list[dict[str, object]]:
    """The named queries without parameters to give, or with defaults for all of them, as the form offers them."""
    return [
        {"name": q.name, "title": q.title, "question": q.question, "text": _body(q.text)}
        for q in query.named().values()
        if all(parameter.default is not None for parameter in q.parameters)
    ]


def _body(text: str) -> str:
    """A query without its header and the prefixes that every query gets anyway."""
    return "\n".join(line for line in text.splitlines() if not line.startswith(("#+", "PREFIX "))).strip()


def _refused(status: int, sentence: str, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(f"{sentence}\n".encode("utf-8", "replace"), "text/plain", status, headers or {})
