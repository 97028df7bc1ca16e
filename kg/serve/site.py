"""What the server answers, apart from sockets: SPARQL 1.1 Protocol (query operation), the page, and the form."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

from kg import query
from kg import vocabulary as v
from kg.errors import KgError
from kg.store import Store

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
_SOLUTIONS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {"text/turtle": ox.RdfFormat.TURTLE, "application/n-triples": ox.RdfFormat.N_TRIPLES}
_FILES = {
    "/query": ("query.html", "text/html"),
    "/query.js": ("query.js", "text/javascript"),
    "/query.css": ("query.css", "text/css"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply: status, body and its media type, and further headers."""

    body: bytes
    type: str = "text/html"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class Site:
    """The pages and the endpoint over one store; nothing that is asked can change it."""

    def __init__(self, store: Store, *, page: str) -> None:
        self._store = store
        self._page = page.encode()

    def get(self, target: str, *, accept: str = "") -> Answer:
        """The answer to GET ``target`` (path and query string)."""
        url = urlsplit(target)
        if url.path == "/":
            return Answer(self._page)
        if url.path in _FILES:
            name, kind = _FILES[url.path]
            body = resources.files("kg.serve").joinpath("files", name).read_bytes()
            return Answer(body, kind, headers={"Content-Security-Policy": _POLICY})
        if url.path == "/questions":
            return Answer(json.dumps(_questions(), ensure_ascii=False).encode(), "application/json")
        if url.path == "/graph.ttl":
            return self._run("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "text/turtle")
        if url.path == "/sparql":
            return self._asked(parse_qs(url.query), accept)
        return _refused(404, f"There is nothing at {url.path}.")

    def post(self, target: str, body: bytes, *, type_: str = "", accept: str = "") -> Answer:
        """The answer to POST: a query as the body (``application/sparql-query``) or as a form's field."""
        if urlsplit(target).path != "/sparql":
            return _refused(404, f"There is nothing at {urlsplit(target).path}.")
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            return _refused(400, "The query is not in UTF-8.")
        kind = type_.partition(";")[0].strip().lower()
        if kind == "application/sparql-query":
            return self._run(text, accept)
        if kind == "application/x-www-form-urlencoded":
            return self._asked(parse_qs(text), accept)
        return _refused(415, "Send the query as application/sparql-query or as a form.")

    def _asked(self, fields: Mapping[str, list[str]], accept: str) -> Answer:
        if "update" in fields:
            return _refused(403, "This endpoint answers questions and changes nothing.")
        if len(fields.get("query", [])) != 1:
            return _refused(400, "Give one query.")
        return self._run(fields["query"][0], accept)

    def _run(self, text: str, accept: str) -> Answer:
        try:
            query.refuse_federated(text)
        except KgError as error:
            return _refused(403, str(error))
        try:
            result = self._store.query(query.parse(text).text)
            if isinstance(result, ox.QueryTriples):
                kind = _best(accept, list(_GRAPHS))
                written = ox.serialize(result, format=_GRAPHS[kind], prefixes=v.PREFIXES)
                return Answer(written or b"", kind)
            kind = _best(accept, list(_SOLUTIONS))
            return Answer(result.serialize(format=_SOLUTIONS[kind]) or b"", kind)
        except KgError as error:
            return _refused(400, str(error))
        except (ValueError, RuntimeError, OSError) as error:
            return _refused(400, f"The query cannot be run: {str(error).splitlines()[0]}.")


def _best(accept: str, offered: list[str]) -> str:
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
        if not q.parameters
    ]


def _body(text: str) -> str:
    """A query without its header and the prefixes that every query gets anyway."""
    return "\n".join(line for line in text.splitlines() if not line.startswith(("#+", "PREFIX "))).strip()


def _refused(status: int, sentence: str) -> Answer:
    return Answer(f"{sentence}\n".encode(), "text/plain", status)
