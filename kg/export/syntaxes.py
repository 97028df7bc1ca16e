"""The graph in the syntaxes of RDF. Those without named graphs hold what was extracted, and nothing that was concluded."""

from __future__ import annotations

import pyoxigraph as ox

from kg import vocabulary as v
from kg.export.rows import Source


def turtle(source: Source) -> bytes:
    """Turtle: the bytes of ``graph.ttl``."""
    return _triples(source, ox.RdfFormat.TURTLE)


def ntriples(source: Source) -> bytes:
    """N-Triples."""
    return _triples(source, ox.RdfFormat.N_TRIPLES)


def trig(source: Source) -> bytes:
    """TriG, with all graphs."""
    return _quads(source, ox.RdfFormat.TRIG)


def nquads(source: Source) -> bytes:
    """N-Quads, with all graphs."""
    return _quads(source, ox.RdfFormat.N_QUADS)


def jsonld(source: Source) -> bytes:
    """JSON-LD, with all graphs."""
    return _quads(source, ox.RdfFormat.JSON_LD)


def _triples(source: Source, format: ox.RdfFormat) -> bytes:
    inferred = source.store.graph_name(v.Graph.INFERRED)
    # Without named graphs nobody could tell what was concluded from what was extracted.
    triples = sorted(
        {q.triple for q in source.store.quads() if getattr(q.graph_name, "value", "") != inferred}, key=str
    )
    return ox.serialize(triples, format=format, prefixes=v.PREFIXES) or b""


def _quads(source: Source, format: ox.RdfFormat) -> bytes:
    quads = sorted(source.store.quads(), key=lambda q: (str(q.graph_name), str(q)))
    return ox.serialize(quads, format=format, prefixes=v.PREFIXES) or b""
