"""What a request asks by the SPARQL 1.1 Protocol, or the sentence that refuses it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs

import pyoxigraph as ox
from starlette.requests import ClientDisconnect, Request

from kg import query
from kg.errors import KgError, RefusedError, TooLargeError
from kg.query.child import DataSet
from kg.serve.answers import Refusal
from kg.store import limits

LARGEST: Final = 1_000_000
"""Bytes of a query at most."""
TIME: float = 30.0
"""Seconds in which a request must be there, whole."""
QUERY: Final = "application/sparql-query"
FORM: Final = "application/x-www-form-urlencoded"

_UPDATE: Final = "application/sparql-update"
_FIELDS: Final = 100  # of a form at most
_CHANGES: Final = (
    "This endpoint answers questions and changes nothing; change the graph with “kg build” and “kg remove”."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that may be given to the engine. ``dataset`` as :func:`kg.query.child.prepared` takes it; ``timeout`` is
    the seconds that whoever asks will wait, where they say so; ``extracted`` is whether the graph is asked as the machine read it.
    """

    text: str
    dataset: DataSet | str | None = None
    timeout: float | None = None
    extracted: bool = False


async def read(request: Request) -> Asked | None:
    """The query of a request; ``None`` for a GET that asks none, which is answered with what the endpoint is."""
    given = _fields(request.scope["query_string"])
    if request.method in ("GET", "HEAD"):
        return _asked(given) if given else None
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == _UPDATE:
        raise Refusal(403, _CHANGES)
    if kind not in (QUERY, FORM):
        raise Refusal(415, f"Send the query as {QUERY}, or as the field “query” of a form ({FORM}).")
    body = await _body(request)
    if kind == FORM:
        return _asked(_fields(body))
    if "query" in given or "update" in given:
        raise Refusal(400, "Give one query: the body is one, and the address has another.")
    return _asked({**given, "query": [_text(body)]})


async def _body(request: Request) -> bytes:
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length[:12]) > LARGEST:
        raise Refusal(413, "Send a query of at most a megabyte.")
    found = bytearray()
    try:
        async with asyncio.timeout(TIME):
            async for piece in request.stream():
                found += piece
                if len(found) > LARGEST:
                    raise Refusal(413, "Send a query of at most a megabyte.")
    except TimeoutError:
        raise Refusal(408, "The query did not come in time.", {"Connection": "close"}) from None
    except ClientDisconnect:
        raise Refusal(400, "The query did not come whole.") from None
    return bytes(found)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(400, "The query is not in UTF-8.") from None


def _fields(form: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(_text(form), errors="strict", max_num_fields=_FIELDS, keep_blank_values=True)
    except UnicodeDecodeError:
        raise Refusal(400, "The query is not in UTF-8.") from None
    except ValueError:
        raise Refusal(400, f"A form has {_FIELDS} fields at most.") from None


def _asked(fields: dict[str, list[str]]) -> Asked:
    if "update" in fields:
        raise Refusal(403, _CHANGES)
    if len(fields.get("query", [])) != 1:
        raise Refusal(400, "Give one query.")
    try:
        query.check(fields["query"][0])
        query.check(text := query.parse(fields["query"][0]).text)
        query.check_names(text)
    except RefusedError as error:
        raise Refusal(413 if isinstance(error, TooLargeError) else 403, str(error)) from error
    except KgError as error:
        raise Refusal(400, str(error)) from error
    return Asked(text, _dataset(fields, text), _timeout(fields), _extracted(fields))


def _dataset(fields: dict[str, list[str]], text: str) -> DataSet | str | None:
    """The data set that the request names; else the one that the query does (2.1.4)."""
    default, named = (fields.get(name, []) for name in ("default-graph-uri", "named-graph-uri"))
    if default or named:
        for iri in (*default, *named):
            try:
                ox.NamedNode(iri)
            except ValueError:
                raise Refusal(400, f"A graph is named by its IRI; “{iri[:60]}” is none.") from None
        return {"default": default, "named": named}
    own = any(kind == "word" and token.upper() == "FROM" for kind, token, _ in limits.tokens(text))
    return "own" if own else None


def _extracted(fields: dict[str, list[str]]) -> bool:
    """kg's own field: the graph without what persons decided."""
    given = fields.get("extracted", ["no"])[0]
    if given not in ("yes", "no"):
        raise Refusal(400, f"“extracted” is yes or no; “{given[:20]}” is neither.")
    return given == "yes"


def _timeout(fields: dict[str, list[str]]) -> float | None:
    """kg's own field: a shorter time than the server gives."""
    given = fields.get("timeout", [""])[0]
    if not given:
        return None
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise Refusal(400, f"A time-out is a number of seconds above 0; “{given[:20]}” is none.")
    return seconds
