"""A SPARQL 1.1 endpoint as a source of answers: the text goes there with its values in it, the terms come back as one engine's.

Engines write one value in several ways (``true`` and ``1``, ``330`` and ``330.0``): an answer has one of them.
"""

from __future__ import annotations

import io
import itertools
import time
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from types import TracebackType
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from kg import vocabulary as v
from kg.errors import QueryError, RemoteError, StoppedError
from kg.query.answers import Answer, Term
from kg.query.remote import walking
from kg.query.remote.address import Login, address
from kg.store import limits

if TYPE_CHECKING:
    from kg.query.remote.client import Client, Reply

TIMEOUT = 60.0
"""Seconds that an endpoint has for an answer where nobody says how many."""

_ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
_GRAPH = "application/n-triples, text/turtle;q=0.9"
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
}
_GRAPHS = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
}
_WHOLE = frozenset(
    f"{v.XSD}{name}"
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt", "unsignedLong",
    )
)  # fmt: skip
_INTEGER, _DECIMAL, _BOOLEAN = (ox.NamedNode(v.XSD + name) for name in ("integer", "decimal", "boolean"))


class Endpoint:
    """The endpoint at ``url``, asked as ``login``; a context manager that ends the connection."""

    def __init__(self, url: str, login: Login | None = None) -> None:
        self.url = address(url)
        self._login = login
        self._client: Client | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            self._client.__exit__(kind, error, trace)
            self._client = None

    def ask(self, sparql: str, *, limit: int | None = None, timeout: float | None = None) -> Answer:
        """The answer to ``sparql``, at most ``limit`` rows of it. ``complete`` is false where the server says that it left some out.

        Raises :class:`kg.errors.RemoteError` where no answer comes, :class:`kg.errors.StoppedError` where it does not come in ``timeout``
        seconds, and ``QueryError`` where the server does not take the query.
        """
        seconds = TIMEOUT if timeout is None else timeout
        if walking.walks(sparql):
            end = time.monotonic() + seconds
            sparql = walking.walked(sparql, lambda step: self._asked(step, None, max(0.1, end - time.monotonic())))
            seconds = max(0.1, end - time.monotonic())
        return self._asked(sparql, limit, seconds)

    def _asked(self, sparql: str, limit: int | None, seconds: float) -> Answer:
        graph = _form(sparql) in ("CONSTRUCT", "DESCRIBE")
        client = self._connected()
        reply = client.send(
            "POST", timeout=seconds, headers={"Accept": _GRAPH if graph else _ROWS}, fields={"query": sparql}
        )
        self._check(client, reply, graph)
        answer = self._triples(client, reply, limit) if graph else self._read(client, reply, limit)
        cut = "x-sparql-maxrows" in reply.headers  # Virtuoso's own limit
        return Answer(answer.columns, answer.rows, answer.triples, answer.truth, answer.complete and not cut)

    def current(self, iri: str) -> str:
        """The IRI of the entity that ``iri`` is now: another one where the graph says that it was replaced."""
        seen = {iri}
        while True:
            try:
                node = ox.NamedNode(iri)
            except ValueError:
                return iri
            found = self.ask(f"SELECT ?now WHERE {{ {node} <{v.Outside.IS_REPLACED_BY}> ?now }} ORDER BY ?now").rows
            if not found or not isinstance(found[0][0], ox.NamedNode) or found[0][0].value in seen:
                return iri
            iri = found[0][0].value
            seen.add(iri)

    def _connected(self) -> Client:
        if self._client is None:
            from kg.query.remote.client import Client  # httpx is slow to import

            self._client = Client(self.url, self._login)
        return self._client

    def _check(self, client: Client, reply: Reply, graph: bool) -> None:
        if reply.status in (400, 422, 500) and reply.kind != "text/html":
            said = client.said(reply)
            if reply.status < 500 or "syntax" in said.lower():
                raise QueryError(f"{client.host} does not take the query{f': {said}' if said else ''}.")
        if reply.headers.get("x-sql-state") == "S1TAT":  # Virtuoso ends what takes long with what it has
            raise StoppedError(f"{client.host} ended the query before it was finished; ask for less.")
        if not reply.fine:
            raise client.refused(reply, "SPARQL endpoint")
        if reply.kind not in (_GRAPHS if graph else _RESULTS):
            raise RemoteError(
                f"{client.host} answers with {reply.kind or 'something without a type'} and not with the results of a query; "
                "is it the address of a SPARQL endpoint?"
            )

    def _read(self, client: Client, reply: Reply, limit: int | None) -> Answer:
        try:
            read = ox.parse_query_results(io.BytesIO(reply.body), format=_RESULTS[reply.kind])
            if isinstance(read, ox.QueryBoolean | bool):
                return Answer(truth=bool(read))
            if not isinstance(read, ox.QuerySolutions):
                raise ValueError("no rows")
            columns = tuple(variable.value for variable in read.variables)
            rows = tuple(
                tuple(None if term is None else normal(term) for term in row)
                for row in itertools.islice(read, None if limit is None else limit + 1)
            )
        except (SyntaxError, ValueError, OSError) as error:
            raise _damaged(client) from error
        return Answer(columns, rows[:limit], complete=limit is None or len(rows) <= limit)

    def _triples(self, client: Client, reply: Reply, limit: int | None) -> Answer:
        try:
            parsed: Iterable[ox.Quad] = ox.parse(io.BytesIO(reply.body), format=_GRAPHS[reply.kind])
            triples = tuple(
                ox.Triple(quad.subject, quad.predicate, normal(quad.object))
                for quad in itertools.islice(parsed, None if limit is None else limit + 1)
            )
        except (SyntaxError, ValueError, OSError) as error:
            raise _damaged(client) from error
        return Answer(triples=triples[:limit], complete=limit is None or len(triples) <= limit)


def _damaged(client: Client) -> RemoteError:
    return RemoteError(f"{client.host} sent results that are damaged or not whole; ask again.")


def _form(sparql: str) -> str:
    """The word that says what a query gives, from its own tokens."""
    words = (token.upper() for kind, token, _ in limits.tokens(sparql) if kind == "word")
    return next((word for word in words if word in _FORMS), "SELECT")


def normal(term: Term) -> Term:
    """A term with its value written as kg's own engine writes it."""
    if not isinstance(term, ox.Literal) or term.language:
        return term
    kind = term.datatype.value
    try:
        if kind in _WHOLE:
            return ox.Literal(str(int(term.value)), datatype=_INTEGER)
        if kind == _DECIMAL.value:
            number = Decimal(term.value)
            whole = number == number.to_integral_value()
            return ox.Literal(f"{number.quantize(Decimal(1)) if whole else number.normalize():f}", datatype=_DECIMAL)
        if kind == _BOOLEAN.value:
            return ox.Literal("true" if term.value in ("true", "1") else "false", datatype=_BOOLEAN)
    except (ValueError, InvalidOperation):
        return term
    return term
