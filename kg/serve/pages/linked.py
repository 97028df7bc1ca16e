"""A thing of the graph as RDF: all that is told of it, what it is made of, and what leads to it; IRIs are those of the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.rdf import minting
from kg.serve.pages.looking import Graph

TYPES: Final = ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")
"""The forms in which a thing is described, the first for who wants no other."""
_MOST: Final = 20_000  # triples of a description
_LEADING: Final = 1_000  # of which so many may lead to the thing
_PREFIXES: Final = ("kg", "dc", "dcterms", "oa", "owl", "prov", "rdfs", "schema", "skos", "xsd")


def described(graph: Graph, iri: str, kind: str) -> bytes:
    """The description of a thing in a media type of ``TYPES``."""
    prefixes = {prefix: v.PREFIXES[prefix] for prefix in _PREFIXES} | {"entity": f"{graph.store.base}entity/"}
    own = f"<{iri}>"
    triples = sorted(set(_triples(graph, iri)), key=lambda one: (str(one.subject) != own, str(one)))
    return ox.serialize(triples, format=ox.RdfFormat.from_media_type(kind), prefixes=prefixes) or b""


def _triples(graph: Graph, iri: str) -> Iterator[ox.Triple]:
    """Of the thing, of its parts, which lie in the same article and belong to no other thing, and of what leads to it."""
    article = minting.article_id(iri)
    whole = bool(article) and minting.article(article, graph.store.base).value == iri
    left, seen, todo = _MOST, {iri}, [iri]
    while todo and left > 0:
        for quad in graph.about(todo.pop(), left):
            left -= 1
            yield quad.triple
            part = quad.object
            if isinstance(part, ox.NamedNode) and part.value not in seen and _is_part(part.value, iri, article):
                seen.add(part.value)
                todo.append(part.value)
    for quad in graph.leading_to(iri, _MOST if whole else _LEADING):
        yield quad.triple
        if whole and isinstance(quad.subject, ox.NamedNode) and quad.subject.value not in seen:
            seen.add(quad.subject.value)
            for own in graph.about(quad.subject.value, max(0, left)):
                left -= 1
                yield own.triple


def _is_part(part: str, iri: str, article: str) -> bool:
    """Whether one thing is told of with another: evidence and figures with their statement."""
    if not article or minting.article_id(part) != article:
        return False
    return "#char=" in part or part.rpartition("/")[0].endswith("/figure")
