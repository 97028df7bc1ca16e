"""The addresses at which somebody corrects what was read: sheets to fill in, decisions to make, to look at and to undo."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import KgError, UsageError
from kg.rdf import minting
from kg.serve.answers import Refusal
from kg.serve.changing import sheets
from kg.serve.changing.desk import Handler, Show, back
from kg.serve.changing.forms import Form
from kg.serve.changing.gate import Gate
from kg.serve.pages import addresses
from kg.serve.pages.gathering import Page, Query, missing
from kg.serve.pages.looking import Graph, Paged, paged
from kg.store import Store

if TYPE_CHECKING:
    from kg.corrections import Made

Done = TypeVar("Done")

_NOTHING: Final = "There is nothing at that address that could be corrected; it may have been taken out meanwhile."
_SIZE: Final = 50  # decisions on a page
_QUEUE: Final = 20  # statements to look at on a page
_MOST: Final = 100  # decisions that are undone at a time
_STATES: Final = ("holds", "overruled", "undone", "orphan")


class Correcting:
    """Corrections of the graph of one server, whose store lies at ``store``; ``None`` is one in memory, which stays as it is."""

    def __init__(self, gate: Gate, store: Path | None, graph: Callable[[], Graph], show: Show) -> None:
        self._gate, self._store, self._graph, self._show = gate, store, graph, show
        self._turn = asyncio.Lock()

    @property
    def routes(self) -> dict[str, tuple[Handler | None, Handler | None]]:
        """What answers GET and POST at each address."""
        return {
            "/correct": (self._sheet, self._correct),
            "/undo": (None, self._undo),
            "/review": (self._review, None),
            "/corrections": (self._list, None),
            "/corrections.json": (self._list, None),
        }

    # ── looking ──

    async def _sheet(self, request: Request) -> Response:
        asked = Query(request.query_params)
        page = await run_in_threadpool(self._filled, asked)
        return self._show(request, page, 200)

    def _filled(self, asked: Query, problem: str = "", form: Form | None = None) -> Page:
        graph, iri = self._graph(), asked.get("thing", "")
        known = bool(addresses.path(iri, graph.store.base))
        iri = (graph.moved(iri) if known else "") or iri
        kind = graph.kind(iri) if known else ""
        if kind == "thing" and (owner := self._owner(graph, iri)):
            iri, kind = owner, "statement"
        try:
            if kind == "statement":
                page = sheets.statement(graph, iri)
            elif kind == "article":
                page = sheets.addition(graph, iri, _span(asked))
            elif kind == "entity":
                page = sheets.entity(graph, iri)
            else:
                raise UsageError(_NOTHING)
        except UsageError as error:
            raise Refusal(404, str(error)) from error
        here = addresses.path(iri, graph.store.base)
        given = {name: values[-1] for name, values in form.fields.items()} if form else {}
        extra = {
            **page.extra,
            "thing": iri,
            "back": back(asked.get("back") or here),
            "problem": problem,
            "given": given,
        }
        return Page(page.template, page.title, page.data, extra, listed=False)

    def _owner(self, graph: Graph, iri: str) -> str:
        """The statement of a figure."""
        found = graph.owners(iri)
        return found[0] if found else ""

    async def _list(self, request: Request) -> Response:
        return self._show(request, await run_in_threadpool(self._decisions, Query(request.query_params)), 200)

    async def _review(self, request: Request) -> Response:
        return self._show(request, await run_in_threadpool(self._doubtful, Query(request.query_params)), 200)

    def _doubtful(self, asked: Query) -> Page:
        from kg import corrections

        graph = self._graph()
        part = paged(graph.kept("doubtful", lambda: corrections.ranked(graph.store)), asked.page, asked.size(_QUEUE))
        found = Paged([corrections.doubt(graph.store, iri) for iri in part.items], part.page, part.size, part.total)
        return Page("review", "Review", {"found": found}, listed=False)

    def _decisions(self, asked: Query) -> Page:
        from kg import corrections  # slow to import: it can build

        graph = self._graph()
        chosen = asked.choice("state", _STATES)
        found = [one for one in corrections.recorded(graph.store)[::-1] if not chosen or one.state == chosen]
        part = paged(found, asked.page, asked.size(_SIZE))
        data = {"found": part}
        articles = {
            one.correction.article: minting.article(one.correction.article, graph.store.base).value
            for one in part.items
        }
        there = {name: iri for name, iri in articles.items() if graph.kind(iri)}
        titles = {name: graph.listed_article(iri).title for name, iri in there.items()}
        choices = [
            ("", "all"),
            ("holds", "hold"),
            ("overruled", "overruled"),
            ("undone", "undone"),
            ("orphan", "without effect"),
        ]
        extra = {"articles": there, "titles": titles, "choices": choices, "chosen": chosen}
        return Page("corrections", "Corrections", data, extra, listed=False)

    # ── changing ──

    async def _changed(self, change: Callable[[Store], Done]) -> Done:
        """Do a change in a store of its own; those of one server wait for one another, those of others for ten seconds."""
        if self._store is None:
            raise Refusal(409, "This graph is in memory; what is read into a store on the disk can be corrected.")
        path = self._store

        def work() -> Done:
            with Store.open(path) as store:
                return change(store)

        async with self._turn:
            return await run_in_threadpool(work)

    async def _correct(self, request: Request) -> Response:
        form = await self._gate.form(request)
        by, why = self._gate.people.who(request), form.one("why").strip()[:2_000]
        wanted = back(form.one("back") or "/")
        try:
            made = await self._changed(lambda store: self._made(store, form, by, why))
        except KgError as error:
            asked = Query({"thing": form.one("thing"), "back": wanted})
            try:
                page = await run_in_threadpool(self._filled, asked, str(error), form)
            except Refusal:
                page = missing(409, str(error))
            return self._show(request, page, 409)
        return self._told(request, made, wanted)

    def _made(self, store: Store, form: Form, by: str, why: str) -> list[Made]:
        """What a form asks for, all of it or nothing."""
        from kg import corrections

        thing = form.one("thing")

        def one(change: sheets.Change) -> Made:
            return corrections.correct(
                store,
                change.thing,
                change.kind,
                change.value,
                span=change.span,
                quote=change.quote,
                part=change.part,
                by=by,
                why=why,
            )

        with store.transaction():
            return [one(change) for change in self._asked(Graph(store), form, thing)]

    def _asked(self, graph: Graph, form: Form, thing: str) -> list[sheets.Change]:
        act, _, target = form.one("do").partition(":")
        if not graph.kind(graph.moved(thing) or thing if addresses.path(thing, graph.store.base) else ""):
            raise UsageError(_NOTHING)
        if act in ("confirm", "reject"):
            return [sheets.Change(thing, act)]
        if act == "split":
            return [sheets.Change(target, "split")]
        if minting.entity_id(thing):
            return self._of_entity(graph, form, thing)
        article = minting.article(minting.article_id(thing), graph.store.base).value
        text = graph.article(article).text
        if article == thing:
            span, told = sheets.missed(form, text)
            return [sheets.Change(thing, "add", json.dumps(told), span=span, quote=text[slice(*span)])]
        around = next(iter(graph.told([thing], sheets.PLACES)), None)
        found = sheets.changes(form, text, sheets.placed(around) if around else None)
        if not found:
            raise UsageError("Nothing is changed in the form.")
        return found

    def _of_entity(self, graph: Graph, form: Form, thing: str) -> list[sheets.Change]:
        found = [
            sheets.Change(thing, kind, form.one(kind).strip())
            for kind in ("type", "name")
            if kind in form.fields and form.one(kind).strip() != form.one(f"was.{kind}").strip()
        ]
        if words := form.one("merge").strip():
            found.append(sheets.Change(thing, "merge", sheets.somebody(graph, words, thing)))
        if not found:
            raise UsageError("Nothing is changed in the form.")
        return found

    async def _undo(self, request: Request) -> Response:
        form = await self._gate.form(request)
        by, wanted = self._gate.people.who(request), back(form.one("back") or "/corrections")
        names = form.fields.get("id", [])[:_MOST]
        why = form.one("why").strip()[:2_000]

        def undone(store: Store) -> list[Made]:
            from kg import corrections

            with store.transaction():
                return [corrections.undo(store, name, by=by, why=why) for name in names]

        try:
            made = await self._changed(undone)
        except KgError as error:
            return self._show(request, missing(409, str(error)), 409)
        return self._told(request, made, wanted)

    def _told(self, request: Request, made: list[Made], wanted: str) -> Response:
        """Lead to where somebody came from, where it is told what is on record now; first to what they are to know."""
        names = [
            name
            for done in made
            for name in (*(one.id for one in done.decisions), *(one.id for one in done.judgements))
        ]
        thing = next((done.thing for done in reversed(made) if done.thing), "")
        gone = any(not done.thing and done.decisions for done in made)
        fields = {"saved": ",".join(names), **({} if all(done.new for done in made) else {"again": "1"})}
        target = _with(wanted, fields, thing, self._graph().store.base, gone)
        notes = [note for done in made for note in done.notes]
        if "application/json" in request.headers.get("accept", ""):
            data = {"decisions": names, "thing": thing, "notes": notes, "new": [done.new for done in made]}
            return self._show(request, Page("saved", "Saved", {**data, "target": target}, listed=False), 200)
        if notes:
            return self._show(request, Page("saved", "Saved", {"notes": notes, "target": target}, listed=False), 200)
        return RedirectResponse(target, 303)


def _span(asked: Query) -> tuple[int, int] | None:
    if not asked.get("start"):
        return None
    start = asked.number("start", 0, 0, 100_000_000)
    return start, asked.number("end", start, start, 100_000_000)


def _with(target: str, fields: dict[str, str], thing: str, base: str, gone: bool) -> str:
    """An address of this server with further fields, at the card of a thing that was corrected; where the thing itself was
    looked at, at what it is now.
    """
    parts = urlsplit(target)
    path, anchor = parts.path, parts.fragment
    if thing:
        own, now = path.removesuffix(".html"), addresses.path(thing, base)
        if "/statement/" in thing:
            if own.startswith("/article/") and "/statement/" in own and now:
                path = now
            anchor = f"s-{thing.rsplit('/', 1)[-1]}" if "/statement/" not in path else ""
        elif own.startswith("/entity/") and now.startswith("/entity/"):
            path = now
    elif gone:  # what was looked at is no more: its article is
        path = path.partition("/statement/")[0]
    kept = [pair for pair in parse_qsl(parts.query) if pair[0] not in ("saved", "again")]
    return f"{path}?{urlencode([*kept, *fields.items()])}{f'#{anchor}' if anchor else ''}"
