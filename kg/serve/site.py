"""What the server answers, apart from sockets: which address leads to what, in which form, and how a refusal reads.

Pages are functions that run in threads, made when they are asked for; queries work in processes of their own
(:mod:`kg.serve.sparql.running`). What changes the store stands in :mod:`kg.serve.changing` alone, behind a form of this server.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from hashlib import sha256
from typing import Any, Final
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from kg import export
from kg.errors import KgError, UsageError
from kg.serve import asking, files
from kg.serve.answers import Refusal
from kg.serve.changing.adding import Adding
from kg.serve.changing.correcting import Correcting
from kg.serve.changing.desk import Desk, back
from kg.serve.changing.gate import Gate
from kg.serve.changing.people import People, account
from kg.serve.negotiation import best
from kg.serve.openapi import described
from kg.serve.pages import addresses, gathering, html, linked
from kg.serve.pages.gathering import Page, Query
from kg.serve.snapshots import Snapshots, State
from kg.serve.sparql import description, protocol
from kg.serve.sparql.running import Limits, Queries
from kg.store import Store

TIMEOUT: Final = 10.0
"""Seconds that a query may take."""
ROWS: Final = 100_000
"""Rows of an answer at most."""
AT_ONCE: Final = 4
"""Queries that work at the same time."""

_ALLOWED: Final = ("GET", "HEAD", "OPTIONS")
_ENDPOINT: Final = "GET, HEAD, POST, OPTIONS"
_PAGE: Final = "frame-ancestors 'none'"  # the page of the graph brings its own policy
_DRAWING: Final = 2.0  # seconds after which whoever waits for it is told that it is being drawn
_LONGEST: Final = 8_000  # characters of an address that is looked for

Handler = Callable[[Request], Response]


class Site:
    """The pages and the endpoint over one store. ``page`` is the page of the graph, or makes it.

    A query takes at most ``timeout`` seconds, gives at most ``rows`` rows, and not more than ``at_once`` work at a time.
    ``origins`` are the other sites whose pages may ask the endpoint; none, unless they are named. ``people`` may change the
    graph; whoever runs the server, unless others are named.
    """

    def __init__(
        self,
        store: Store,
        *,
        page: str | Callable[[Store], str],
        timeout: float = TIMEOUT,
        rows: int = ROWS,
        at_once: int = AT_ONCE,
        origins: Iterable[str] = (),
        people: People | None = None,
    ) -> None:
        if not timeout > 0 or rows < 1 or at_once < 1:
            raise UsageError("Time, rows and queries at a time must each be more than 0.")
        self._snapshots = Snapshots(store, page if callable(page) else lambda _: page)
        self._queries = Queries(Limits(timeout, rows, at_once))
        self._timeout = timeout
        self.origins = tuple(_origin(origin) for origin in origins)
        self.people = people or People(alone=account())
        shared = Gate(self.people), lambda: self.state().graph, self._shows
        self._changes = {
            **Desk(shared[0], Adding(store.path), *shared[1:]).routes,
            **Correcting(shared[0], store.path, *shared[1:]).routes,
        }
        self.app = Starlette(
            routes=self._routes(),
            exception_handlers={Refusal: _refused, HTTPException: _refused, KgError: _refused, Exception: _fault},
        )
        self.app.router.redirect_slashes = False
        self.app.state.people = self.people

    def state(self, *, extracted: bool = False) -> State:
        """The newest state of the store; ``extracted``: as the machine read it, without what persons decided."""
        now = self._snapshots.now()
        return now.extracted() if extracted else now

    def _seen(self, request: Request) -> State:
        """The state that somebody looks at."""
        return self.state(extracted=_desk(request).extracted)

    def _routes(self) -> list[Route]:
        plain: dict[str, Handler] = {
            "/": self._start,
            "/graph.ttl": self._turtle,
            "/search": self._search,
            "/resource": self._resource,
            "/view": self._view,
            "/questions": lambda request: _json(asking.questions()),
            "/names": lambda request: _json(asking.names(self.state().graph, request.query_params.get("q", ""))),
            "/terms": lambda request: _json(asking.terms()),
            "/ask": self._ask,
            "/fill": lambda request: _json(asking.filled_in(request.query_params.multi_items())),
            "/query": self._query,
            "/settings": lambda request: _json(self._settings()),
            "/openapi.json": lambda request: _json(described()),
            **{f"/{name}": _file for name in files.NAMES},
            **dict.fromkeys(gathering.LISTS, self._list),
        }
        routes = [Route(path, _Page(handler)) for path, handler in plain.items()]
        routes += [Route(path, _Changing(*handlers)) for path, handlers in self._changes.items()]
        drawn = Route("/graph", _Changing(self._graph, None))
        return [Route("/sparql", _Endpoint(self)), drawn, *routes, Route("/{path:path}", _Page(self._thing))]

    # ── pages ──

    def _start(self, request: Request) -> Response:
        state = self._seen(request)
        return _kept(request, state, lambda: _form(state, gathering.start(state.graph), "text/html", "/", request))

    async def _graph(self, request: Request) -> Response:
        """The page of the graph, which is drawn on wish: it may take minutes, and meanwhile all else is answered."""
        state = await run_in_threadpool(self._seen, request)
        drawing = asyncio.wrap_future(state.drawn())
        await asyncio.wait({drawing}, timeout=_DRAWING)
        if drawing.done():
            headers = {"Content-Security-Policy": _PAGE}
            return _kept(request, state, lambda: Response(drawing.result(), media_type="text/html", headers=headers))
        told = gathering.Page(
            "drawing", "The graph is being drawn", {"articles": len(state.graph.articles())}, listed=False
        )
        return self._shows(request, told, 202)

    def _shows(self, request: Request, page: Page, status: int) -> Response:
        """A page that is made for this moment, as HTML or JSON."""
        kind = best(request.headers.get("accept", ""), ("text/html", "application/json")) or "text/html"
        kind = "application/json" if request.url.path.endswith(".json") else kind
        reply = _form(self.state(), page, kind, request.url.path, request)
        reply.status_code = status
        reply.headers["Cache-Control"] = "no-store"
        return reply

    def _turtle(self, request: Request) -> Response:
        state = self._seen(request)
        return _kept(request, state, lambda: Response(state.turtle(), media_type=export.FORMATS["turtle"].media_type))

    def _list(self, request: Request) -> Response:
        state = self._seen(request)
        kind = best(request.headers.get("accept", ""), ("text/html", "application/json")) or "text/html"
        path = request.url.path
        return _kept(
            request, state,
            lambda: _form(state, gathering.LISTS[path](state.graph, Query(request.query_params)), kind, path, request),
        )  # fmt: skip

    def _search(self, request: Request) -> Response:
        state = self._seen(request)
        kind = best(request.headers.get("accept", ""), ("text/html", "application/json")) or "text/html"
        page = gathering.search(state.graph, Query(request.query_params))
        return _form(state, page, kind, "/search", request)

    def _query(self, request: Request) -> Response:
        """The page that asks."""
        return _form(self.state(), gathering.Page("query", "Ask", {}, listed=False), "text/html", "/query", request)

    def _settings(self) -> dict[str, Any]:
        """What the scripts of the page that asks need to know of the store and the server."""
        return {"timeout": self._timeout, "base": self.state().store.base, "kinds": addresses.KINDS}

    def _resource(self, request: Request) -> Response:
        """The page of the thing that an IRI names."""
        iri = request.query_params.get("iri", "")
        path = addresses.path(iri, self._seen(request).store.base)
        if not path:
            raise Refusal(404, f"“{iri[:100]}” is no IRI of this graph.")
        return RedirectResponse(path, 303)

    def _thing(self, request: Request) -> Response:
        """What lies at the path of an IRI of the store, or of one with the ending of a form."""
        state, path = self._seen(request), request.scope["raw_path"].decode("latin-1")[:_LONGEST]
        for here, ending in dict.fromkeys(((path, ""), addresses.suffixed(path))):
            iri = addresses.iri(here, state.store.base)
            kind = state.graph.kind(iri) if iri else ""
            if kind:
                return self._shown(request, state, iri, kind, ending)
            if iri and (moved := state.graph.moved(iri)):
                return RedirectResponse(addresses.path(moved, state.store.base), 303)
        if path.removesuffix(".json") + "/" in gathering.LISTS:
            listed = gathering.LISTS[path.removesuffix(".json") + "/"]
            if path.endswith(".json"):
                return _form(state, listed(state.graph, Query(request.query_params)), "application/json", path, request)
            return RedirectResponse(f"{path}/", 308)
        if path.startswith("/statement/") and (found := state.graph.statement(path.removeprefix("/statement/"))):
            return RedirectResponse(addresses.path(found, state.store.base), 303)
        raise Refusal(404, "There is nothing at that address. What it named may have gone with its article.")

    def _shown(self, request: Request, state: State, iri: str, kind: str, ending: str) -> Response:
        offered = ("text/html", *linked.TYPES, "application/json")
        wanted = addresses.SUFFIXES.get(ending) or best(request.headers.get("accept", ""), offered)
        if wanted is None:
            raise Refusal(406, f"It is told in one of these types: {', '.join(offered)}.")

        def made() -> Response:
            here = addresses.path(iri, state.store.base)
            if wanted in linked.TYPES:
                reply = Response(linked.described(state.graph, iri, wanted), media_type=wanted)
            else:
                page = gathering.thing(state.graph, iri, kind, Query(request.query_params))
                reply = _form(state, page, wanted, here, request)
            known = next(name for name, other in addresses.SUFFIXES.items() if other == wanted)
            reply.headers["Content-Location"] = f"{here}.{known}"
            return reply

        return _kept(request, state, made)

    def _view(self, request: Request) -> Response:
        """The one switch: the graph as it was extracted, or as it was corrected, until it is put back."""
        reply = RedirectResponse(back(request.query_params.get("back", "/")), 303)
        name = f"{self.people.cookie}-view"
        if request.query_params.get("as") == "extracted":
            reply.set_cookie(name, "extracted", httponly=True, samesite="lax", path="/")
        else:
            reply.delete_cookie(name, path="/", httponly=True, samesite="lax")
        return reply

    def _ask(self, request: Request) -> Response:
        return _json(asking.understood(self.state().store, request.query_params.get("q", "")))

    # ── the endpoint ──

    async def endpoint(self, scope: Scope, receive: Receive, send: Send) -> None:
        """SPARQL 1.1 Protocol, query operation."""
        request = Request(scope, receive)
        if request.method == "OPTIONS":
            await _options(request, _ENDPOINT)(scope, receive, send)
            return
        if request.method not in ("GET", "HEAD", "POST"):
            raise Refusal(405, "Ask with GET or POST.", {"Allow": _ENDPOINT})
        asked = await protocol.read(request)
        state = await run_in_threadpool(lambda: self.state(extracted=asked is not None and asked.extracted))
        if asked is None:
            await (await run_in_threadpool(self._described, request, state))(scope, receive, send)
            return
        await self._queries.reply(state.store, asked, scope, receive, send)

    def _described(self, request: Request, state: State) -> Response:
        """What the endpoint is; a browser is led to the page that asks it."""
        kind = best(request.headers.get("accept", ""), (*description.TYPES, "text/html"))
        if kind == "text/html":
            return RedirectResponse("/query", 303)
        if kind is None:
            raise Refusal(406, f"The endpoint is described in one of these types: {', '.join(description.TYPES)}.")
        address = str(request.url.replace(query=""))
        return _kept(
            request, state, lambda: Response(description.described(state.store, address, kind), media_type=kind)
        )


class _Endpoint:
    """The endpoint as an application: Starlette gives such a route all methods."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._site.endpoint(scope, receive, send)


def _origin(origin: str) -> str:
    given = origin.strip().rstrip("/").lower()
    if given != "*" and not (given.startswith(("http://", "https://")) and given.count("/") == 2):
        raise UsageError(f"“{origin[:60]}” is no origin; name one as https://example.org, or * for all.")
    return given


class _Changing:
    """An address of the desk as an application: what answers GET, and what POST."""

    def __init__(
        self,
        look: Callable[[Request], Awaitable[Response]] | None,
        change: Callable[[Request], Awaitable[Response]] | None,
    ) -> None:
        self._handlers = {"GET": look, "HEAD": look, "POST": change}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        allowed = ", ".join(method for method, handler in self._handlers.items() if handler)
        if request.method == "OPTIONS":
            reply = _options(request, f"{allowed}, OPTIONS")
        elif handler := self._handlers.get(request.method):
            reply = await handler(request)
        else:
            raise Refusal(405, "That cannot be asked at this address.", {"Allow": allowed})
        await reply(scope, receive, send)


class _Page:
    """A page as an application: GET and HEAD, in a thread."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if request.method == "OPTIONS":
            reply = _options(request, ", ".join(_ALLOWED))
        elif request.method not in _ALLOWED:
            raise Refusal(405, "There is nothing to change here; look with GET.", {"Allow": ", ".join(_ALLOWED)})
        else:
            reply = await run_in_threadpool(self._handler, request)
        await reply(scope, receive, send)


def _options(request: Request, allowed: str) -> Response:
    """What may be asked; to the page of a named site also that it may ask so (CORS preflight)."""
    headers = {"Allow": allowed}
    if "origin" in request.headers and "access-control-request-method" in request.headers:
        headers["Access-Control-Allow-Methods"] = allowed
        headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"
        headers["Access-Control-Max-Age"] = "600"
    return Response(status_code=204, headers=headers)


def _kept(request: Request, state: State, make: Callable[[], Response]) -> Response:
    """A reply that holds as long as the store does not change, or none where whoever asks has it already."""
    headers = {"Cache-Control": "no-cache", "Vary": "Accept, Cookie"}
    if state.store.state is None:
        reply = make()
    else:
        told = " ".join(
            (
                state.store.state,
                files.VERSION,
                f"{request.url.path}?{request.url.query}",
                request.headers.get("accept", ""),
                _desk(request).key,
            )
        )
        headers["ETag"] = f'W/"{sha256(told.encode()).hexdigest()[:24]}"'
        known = [part.strip() for part in request.headers.get("if-none-match", "").split(",")]
        reply = Response(status_code=304) if headers["ETag"] in known or "*" in known else make()
    reply.headers.update(headers)
    return reply


def _form(state: State, page: Page, kind: str, here: str, request: Request) -> Response:
    """A page as HTML or JSON."""
    if kind == "application/json":
        return _json({"title": page.title, **({"iri": page.iri} if page.iri else {}), **html.plain(page.data)})
    body = html.render(page, state.store.base, here, request.query_params, _desk(request))
    return Response(body, media_type="text/html", headers={"Content-Security-Policy": html.POLICY})


def _desk(request: Request) -> html.Desk:
    """Who looks at a page, and what a form in it is to hold."""
    people: People = request.app.state.people
    extracted = request.cookies.get(f"{people.cookie}-view") == "extracted"
    return html.Desk(people.who(request), people.form_token(request), people.known, people.closed, extracted)


def _json(data: Any) -> Response:
    return JSONResponse(data, headers={"Cache-Control": "no-cache"})


def _file(request: Request) -> Response:
    """A file that comes with kg."""
    body, kind, tag = files.read(request.url.path.removeprefix("/"))
    headers = {"Cache-Control": "no-cache", "ETag": tag, "Content-Security-Policy": html.POLICY}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=kind, headers=headers)


def _refused(request: Request, error: Exception) -> Response:
    """A refusal as a sentence, to a browser that looks for a page as a page."""
    status, sentence, headers = 400, str(error), {}
    if isinstance(error, Refusal):
        status, sentence, headers = error.status, error.sentence, error.headers
    elif isinstance(error, HTTPException):
        status, sentence = error.status_code, "That cannot be asked here."
    elif not isinstance(error, UsageError):
        status = 500
    return _told(request, status, sentence, headers)


def _fault(request: Request, error: Exception) -> Response:
    return _told(request, 500, "This server cannot answer that; it is a fault of kg.", {})


def _told(request: Request, status: int, sentence: str, headers: dict[str, str]) -> Response:
    shown = best(request.headers.get("accept", ""), ("text/plain", "text/html"))
    if shown == "text/html" and request.url.path != "/sparql":
        guess = request.url.path.rsplit("/", 1)[-1].replace("-", " ")[:100]
        page = gathering.missing(status, sentence, guess)
        body, kind = html.render(page, "", quote(request.url.path), {}, _desk(request)), "text/html"
        return Response(body, status, {"Content-Security-Policy": html.POLICY, **headers}, kind)
    return Response(f"{sentence}\n".encode("utf-8", "replace"), status, headers, "text/plain")
