"""The addresses at which somebody changes something: who they are, what they add; each change comes from a form of this server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import KgError
from kg.rdf import minting
from kg.serve.answers import Refusal
from kg.serve.changing import forms
from kg.serve.changing.adding import Adding, Parcel
from kg.serve.changing.gate import Gate
from kg.serve.pages.addresses import path
from kg.serve.pages.gathering import Page
from kg.serve.pages.looking import Graph

Show = Callable[[Request, Page, int], Response]
Handler = Callable[[Request], Awaitable[Response]]

_SMALL: Final = 10_000  # bytes of a form in which somebody says who they are
_SECONDS: Final = 1.0  # that a wrong secret costs
_SHOWN: Final = 500  # articles of a parcel that are listed


class Desk:
    """What changes the graph of one server. ``show`` makes the reply of a page; ``graph`` is the newest state."""

    def __init__(self, gate: Gate, adding: Adding, graph: Callable[[], Graph], show: Show) -> None:
        self._gate, self._adding, self._graph, self._show = gate, adding, graph, show
        self._people = gate.people

    @property
    def routes(self) -> dict[str, tuple[Handler | None, Handler | None]]:
        """What answers GET and POST at each address."""
        return {
            "/add": (self._add_page, self._add),
            "/add/{number}": (self._parcel, None),
            "/add/{number}/stop": (None, self._stop),
            "/add/{number}/again": (None, self._again),
            "/sign-in": (self._sign_in_page, self._sign_in),
            "/sign-out": (None, self._sign_out),
        }

    # ── adding ──

    async def _add_page(self, request: Request) -> Response:
        return self._adding_page(request, "", 200)

    def _adding_page(self, request: Request, problem: str, status: int, text: str = "") -> Response:
        extra = {"parcels": self._adding.all(), "problem": problem, "text": text}
        return self._show(request, Page("add", "Add articles", {}, extra, listed=False), status)

    async def _add(self, request: Request) -> Response:
        form = await self._gate.form(request, forms.LARGEST)
        try:
            parcel = self._adding.take(form, self._people.who(request))
        except (KgError, Refusal) as error:
            status = error.status if isinstance(error, Refusal) else 400
            return self._adding_page(request, str(error), status, form.one("text"))
        return RedirectResponse(f"/add/{parcel.number}", 303)

    async def _parcel(self, request: Request) -> Response:
        parcel = self._adding.find(request.path_params["number"].removesuffix(".json"))
        return self._show(request, await run_in_threadpool(self._told, parcel), 200)

    def _told(self, parcel: Parcel) -> Page:
        graph = self._graph()
        titles = graph.titles() if parcel.added else {}
        iris = [minting.article(article, graph.store.base).value for article in parcel.added[:_SHOWN]]
        data = {
            "number": parcel.number, "by": parcel.by, "names": list(parcel.names.values()), "state": parcel.state, "total": parcel.total,
            "done": parcel.done, "now": parcel.now, "sentence": parcel.sentence, "notes": parcel.notes, "problems": parcel.problems,
            "added": [{"iri": iri, "path": path(iri, graph.store.base), "title": titles.get(iri, iri)} for iri in iris],
            "known": len(parcel.known), "replaced": len(parcel.replaced), "ended": parcel.ended,
            "again": parcel.unfinished, "count": len(parcel.added),
        }  # fmt: skip
        return Page("parcel", "What was sent", data, listed=False)

    async def _stop(self, request: Request) -> Response:
        await self._gate.form(request)
        parcel = self._adding.find(request.path_params["number"])
        await self._adding.stop(parcel)
        return RedirectResponse(f"/add/{parcel.number}", 303)

    async def _again(self, request: Request) -> Response:
        await self._gate.form(request)
        parcel = self._adding.find(request.path_params["number"])
        self._adding.again(parcel)
        return RedirectResponse(f"/add/{parcel.number}", 303)

    # ── people ──

    async def _sign_in_page(self, request: Request) -> Response:
        return self._sign_in_form(request, "", 200)

    def _sign_in_form(self, request: Request, problem: str, status: int) -> Response:
        target = back(request.query_params.get("to", "/"))
        return self._show(request, Page("sign-in", "Sign in", {"to": target, "problem": problem}, listed=False), status)

    async def _sign_in(self, request: Request) -> Response:
        form = self._gate.own(request, await forms.read(request, _SMALL))
        name = self._people.named(form.one("secret").strip())
        if not name:
            await self._people.slow(_SECONDS)
            return self._sign_in_form(request, "Nobody has that secret.", 403)
        reply = RedirectResponse(back(form.one("to")), 303)
        reply.set_cookie(self._people.cookie, self._people.enter(name), httponly=True, samesite="lax", path="/")
        return reply

    async def _sign_out(self, request: Request) -> Response:
        await self._gate.form(request)
        self._people.leave(request)
        reply = RedirectResponse("/", 303)
        reply.delete_cookie(self._people.cookie, path="/", httponly=True, samesite="lax")
        return reply


def back(target: str) -> str:
    """An address of this server, whatever a link said."""
    fine = (
        target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable() and len(target) < 2_000
    )
    return quote(target, safe="/?&=%#:;,+~.-_@!()*'") if fine else "/"
