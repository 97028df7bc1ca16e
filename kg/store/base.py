"""The base IRI of a store: what belongs to it alone has an IRI under its base, recorded when the store is made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg import vocabulary as v
from kg.errors import UsageError, expect

_LONGEST = 300  # characters; every IRI of the store begins with them
_SHARED = (
    v.ONTOLOGY,
    v.COUNTRIES,
)  # with the terms of the ontology's files, what is under kg's own base and of no store
_DOTS = re.compile(r"/\.{1,2}(?:/|$)")  # which programs that resolve IRIs take away


def checked(base: str) -> str:
    """``base`` as it is recorded: with a ``/`` at its end, scheme and host in small letters.

    Raises ``UsageError`` for what is no absolute http or https IRI, and for one that belongs to kg.

    >>> checked("HTTPS://Data.Example.org/port-news")
    'https://data.example.org/port-news/'
    """
    expect(base, str, "The base of a store is an IRI, as text")
    try:
        parts = urlsplit(base)
        host, _ = parts.hostname, parts.port
        plain = not any(mark in base for mark in "?#@\\\\") and not _DOTS.search(parts.path) and base == base.strip()
        fits = parts.scheme in ("http", "https") and bool(host) and plain and len(base) <= _LONGEST
        found = f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}/"
        if not fits or "//" in parts.path:
            raise ValueError(base)
        ox.NamedNode(found)
    except ValueError as error:
        shown = base if len(base) <= 60 else f"{base[:60]}…"
        raise UsageError(
            f"“{shown}” is no base for a store; name an absolute http or https IRI without “?” and “#” that is yours, such as "
            "https://example.org/news/."
        ) from error
    if found != v.DATA and found.startswith(v.DATA):
        raise UsageError(f"The base {found} lies under {v.DATA}, which belongs to kg; name an IRI that is yours.")
    return found


def under(iri: str, base: str) -> str:
    """An IRI that was minted under kg's own base, under that of a store; all others as they are.

    >>> under("https://w3id.org/kg-said/entity/port-office", "https://example.org/"), under(v.KG + "name", "https://example.org/")
    ('https://example.org/entity/port-office', 'https://w3id.org/kg-said/ns#name')
    """
    if base == v.DATA or not iri.startswith(v.DATA) or iri.startswith(_SHARED):
        return iri
    rest = iri.removeprefix(v.DATA)
    own = rest.partition("#char=")[0]  # characters of an article are named behind it
    return iri if "#" in own or "/" not in own else base + rest


def put_under(quads: Iterable[ox.Quad], base: str) -> Iterator[ox.Quad]:
    """Quads with all that was minted under kg's own base under that of a store."""
    if base == v.DATA:
        yield from quads
        return
    known: dict[object, object] = {}

    def term(given: object) -> object:
        if not isinstance(given, ox.NamedNode):
            return given
        found = known.get(given)
        if found is None:
            found = known[given] = ox.NamedNode(under(given.value, base))
        return found

    for quad in quads:
        yield ox.Quad(term(quad.subject), quad.predicate, term(quad.object), term(quad.graph_name))  # type: ignore[arg-type]


def record(base: str) -> ox.Quad:
    """What says in the graph itself under which base it lies."""
    graph = ox.NamedNode(under(v.Graph.PROVENANCE, base))
    return ox.Quad(ox.NamedNode(base), ox.NamedNode(v.Outside.URI_SPACE), ox.Literal(base), graph)


def recorded(inner: ox.Store) -> str | None:
    """The base that a graph names as its own; ``None`` where it names none, or several, as one made of two."""
    quads = inner.quads_for_pattern(None, ox.NamedNode(v.Outside.URI_SPACE), None, None)
    found = {
        q.object.value for q in quads if isinstance(q.object, ox.Literal) and q.subject == ox.NamedNode(q.object.value)
    }
    return found.pop() if len(found) == 1 else None
