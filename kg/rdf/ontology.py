"""The ontology's files as triples, and its labels in words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg import nesting, untrusted
from kg import vocabulary as v
from kg.errors import OntologyError, ReadError

Triples = tuple[ox.Triple, ...]

_ANNOTATIONS = tuple(v.SKOS + name for name in ("definition", "example", "prefLabel", "notation", "closeMatch", "narrowMatch", "relatedMatch"))  # fmt: skip


def parsed(path: Path) -> Triples:
    """The triples of an ontology or shapes file in Turtle; ``OntologyError`` where it cannot be read or does not parse."""
    try:
        data = untrusted.contents(path)
        deep = nesting.too_deep(data, nesting.TURTLE)
        if deep is not None:
            raise OntologyError(f"The ontology file {path} cannot be read: {deep}")
        return tuple(quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE))
    except ReadError as error:
        raise OntologyError(f"The ontology file {path} cannot be read: {error}") from error
    except (SyntaxError, ValueError) as error:
        reason = str(error).split("\n", 1)[0].rstrip(".")
        raise OntologyError(f"The ontology file {path} does not parse as Turtle: {reason}.") from error


@cache
def core() -> Triples:
    """The ontology from which something follows: the core, the closed lists and the detail, without events and units."""
    parts = (t for name in v.FILES if name != "events.ttl" for t in parsed(v.ontology(name)))
    return tuple(t for t in parts if getattr(t.subject, "value", "") != v.DETAIL)  # one document holds one ontology


@cache
def whole() -> Triples:
    """The whole ontology, with events and units."""
    return core() + parsed(v.ontology("events.ttl"))


def axioms(triples: Triples) -> Triples:
    """Those of ``triples`` from which something follows: no labels, definitions, examples and mappings."""
    drop = {v.LABEL, v.RDFS + "isDefinedBy", v.RDFS + "comment", *_ANNOTATIONS}
    return tuple(t for t in triples if t.predicate.value not in drop)


@cache
def labels() -> dict[str, str]:
    """The label of every term of the ontology, by its IRI."""
    return {
        t.subject.value: t.object.value
        for t in whole()
        if t.predicate.value == v.LABEL and isinstance(t.subject, ox.NamedNode) and isinstance(t.object, ox.Literal)
    }


def label(iri: str) -> str:
    """The label of a term, or the last part of an IRI that is none of ours.

    >>> label("https://w3id.org/kg-said/ns#partOf"), label("http://www.w3.org/ns/prov#Activity")
    ('part of', 'Activity')
    """
    return labels().get(iri) or iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
