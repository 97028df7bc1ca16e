"""One query on any engine: a kg store (Oxigraph), in this process or in a child that can be stopped, an rdflib graph, or a server."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import QueryError, RefusedError, expect
from kg.query import child, ordering
from kg.query.answers import Answer, Rows, Term, rows_of
from kg.query.binding import Bound, bindings
from kg.query.filling import filled
from kg.query.headers import Query
from kg.query.remote import walking
from kg.query.remote.endpoint import Endpoint
from kg.query.terms import check_names
from kg.store import Store, limits, unanswered

if TYPE_CHECKING:
    import rdflib

TIMEOUT = 60.0
"""Seconds after which the command line stops a query."""


def run(
    source: Store | Endpoint | rdflib.Graph,
    query: Query,
    params: Mapping[str, object] | None = None,
    *,
    limit: int | None = None,
    timeout: float | None = None,
) -> Rows:
    """The rows of a SELECT query, or one row for ASK, or subject, predicate and object for CONSTRUCT.

    At most ``limit`` rows. With a ``timeout`` in seconds (``math.inf`` is never) the query runs in a process of its own
    that has no network, takes at most :data:`kg.query.child.MEMORY` and is ended when the time is up. Raises ``QueryError``
    for a query or parameter that is not valid, for one that no engine is given (:mod:`kg.store.limits`), and when it was
    stopped; of a server, :class:`kg.errors.RemoteError` where no answer comes.
    """
    return rows_of(execute(source, query, params, limit=limit, timeout=timeout))


def execute(
    source: Store | Endpoint | rdflib.Graph,
    query: Query,
    params: Mapping[str, object] | None = None,
    *,
    limit: int | None = None,
    timeout: float | None = None,
) -> Answer:
    """As :func:`run`, the answer as terms."""
    expect(limit, int | None, "A limit is a whole number of rows")
    expect(timeout, int | float | None, "A time-out is a number of seconds")
    if limit is not None and limit < 0:
        raise QueryError(f"A limit must be 0 or more rows; {limit} is not.")
    if timeout is not None and not timeout > 0:  # what is no number is not, either
        raise QueryError(f"A time-out must be more than 0 seconds; {timeout:g} is not.")
    if isinstance(source, Store | Endpoint):
        params = _followed(source, params or {})
    limits.check(query.text)
    # rdflib takes the prefixes that a graph has, too.
    check_names(
        query.text, () if isinstance(source, Store | Endpoint) else [prefix for prefix, _ in source.namespaces()]
    )
    text, bound = filled(query.text, bindings(query, params))
    limits.check(text)
    if bound:
        _only_select(query)
    if isinstance(source, Endpoint):
        if bound:
            raise QueryError(f"For a server, the query needs a VALUES ?{next(iter(bound))} {{ … }} for its parameter.")
        return source.ask(text, limit=limit, timeout=timeout)
    if not isinstance(source, Store):
        if timeout is not None:
            raise QueryError("A query on an rdflib graph cannot be stopped; open a kg store to use a time-out.")
        return _without(_on_rdflib(source, text, bound, limit), bound)
    asked = partial(child.ask, source, timeout=timeout) if timeout is not None else partial(_on_store, source)
    if not bound and walking.walks(text):
        answer = walking.closed(text, lambda part: _in_order(asked, part, {}, None))
        if answer is not None:
            return replace(answer, rows=answer.rows[:limit], complete=limit is None or len(answer.rows) <= limit)
    return _without(_in_order(asked, text, bound, limit), bound)


def _followed(store: Store | Endpoint, params: Mapping[str, object]) -> dict[str, object]:
    """The parameters, with the IRI of an entity that was replaced by that of the one in its place."""
    return {
        name: store.current(getattr(value, "value", str(value))) if _is_iri(value) else value
        for name, value in params.items()
    }


def _is_iri(value: object) -> bool:
    return str(value).startswith(("http://", "https://")) if isinstance(value, str) else isinstance(value, ox.NamedNode)


def _in_order(asked: Callable[..., Answer], text: str, bound: Mapping[str, Bound], limit: int | None) -> Answer:
    """The answer, put in order here where that can be (:mod:`kg.query.ordering`)."""
    taken = ordering.taken(text)
    if taken is not None:
        answer = taken.ordered(asked(taken.text, bound, limit=None), limit)
        if answer is not None:
            return answer
    return asked(text, bound, limit=limit)


def _on_store(store: Store, text: str, bound: Mapping[str, Bound], limit: int | None) -> Answer:
    result = store.query(text, substitutions=bound)
    try:
        return child.read(result, limit)
    except (ValueError, RuntimeError, OSError) as error:
        raise unanswered(text, error) from error


def _on_rdflib(graph: rdflib.Graph, text: str, bound: Mapping[str, Bound], limit: int | None) -> Answer:
    try:
        asked = _prepared(graph, text)
        result = graph.query(asked, initBindings={name: _to_rdflib(term) for name, term in bound.items()})
        if result.type == "ASK":
            return Answer(truth=bool(result.askAnswer))
        if result.graph is not None:
            made = list(itertools.islice(result.graph, None if limit is None else limit + 1))
            triples = tuple(ox.Triple(*(_from_rdflib(term) for term in triple)) for triple in made[:limit])  # type: ignore[arg-type]
            return Answer(triples=triples, complete=len(made) == len(triples))
        columns = tuple(str(name) for name in result.vars or ())
        found = list(itertools.islice(result.bindings, None if limit is None else limit + 1))
        rows = (tuple(_from_rdflib(row.get(name)) for name in result.vars or ()) for row in found[:limit])
        return Answer(columns, tuple(rows), complete=limit is None or len(found) <= limit)
    except QueryError:
        raise
    except RecursionError as error:
        raise QueryError("The query is nested too deeply for rdflib; write it flatter.") from error
    except Exception as error:  # rdflib's parser and evaluator raise whatever their parts raise
        reason = (str(error).strip() or type(error).__name__).split("\n", 1)[0].rstrip(".")
        raise QueryError(f"The query cannot be run by rdflib: {reason}.") from error


def _prepared(graph: rdflib.Graph, text: str) -> Any:
    """The query as rdflib's own parser reads it; its text where the graph's store brings an engine that fetches nothing."""
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    if type(graph.store).__module__.startswith("oxrdflib"):
        return text
    parsed = parseQuery(text)
    _reaches_nothing(parsed)
    return translateQuery(parsed, initNs=dict(graph.namespaces()))


def _reaches_nothing(parsed: Any) -> None:
    """rdflib fetches what FROM and SERVICE name, over the network or from a file: refused where its own parser finds them."""
    todo = [parsed]
    while todo:
        part = todo.pop()
        name = getattr(part, "name", "")
        if name == "ServiceGraphPattern":
            raise RefusedError(
                "The query asks another endpoint (SERVICE); kg answers from its own graph and opens no connection."
            )
        if name == "DatasetClause":
            raise RefusedError(
                "The query names graphs to read (FROM), which rdflib would fetch; load them into the graph and leave FROM out."
            )
        if isinstance(part, dict):  # rdflib’s results call themselves mappings, too, and are none
            todo.extend(part.values())
        elif not isinstance(part, str) and hasattr(part, "__iter__"):
            todo.extend(part)


def _only_select(query: Query) -> None:
    """A parameter without a block of its own is bound by the engine: in SELECT queries only, where the clause names it."""
    words = query.sparql.upper().split()
    if "SELECT" not in words or any(form in words for form in ("CONSTRUCT", "DESCRIBE")):
        raise QueryError(f"The query “{query.name}” is no SELECT query, and only those take parameters.")


def _without(answer: Answer, bound: Mapping[str, Bound]) -> Answer:
    """What the engine bound stands in the SELECT clause, since only there it can; it is no column."""
    keep = [at for at, name in enumerate(answer.columns) if name not in bound]
    if len(keep) == len(answer.columns):
        return answer
    rows = tuple(tuple(row[at] for at in keep) for row in answer.rows)
    return Answer(tuple(answer.columns[at] for at in keep), rows, complete=answer.complete)


def _to_rdflib(term: Bound) -> Any:
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    kind = term.datatype.value
    plain = kind == "http://www.w3.org/2001/XMLSchema#string"
    return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(kind))


def _from_rdflib(term: Any) -> Term | None:
    import rdflib

    if term is None:
        return None
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)
