"""VoID: what the graph holds, counted, for catalogues of data sets and for engines that plan by it."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox

from kg import vocabulary as v
from kg.export.rows import Source

_VOID = "http://rdfs.org/ns/void#"


def dump(source: Source) -> bytes:
    """The description as Turtle: the same bytes for the same store."""
    triples = sorted(description(source), key=str)
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes={**v.PREFIXES, "void": _VOID}) or b""


def description(source: Source, dataset: str | None = None) -> list[ox.Triple]:
    """The data set ``dataset``, an IRI, by default one below the base of the store: its triples without conclusions, and how
    many there are of each class and property.
    """
    dataset = dataset or f"{source.store.base}graph"
    inferred = source.store.graph_name(v.Graph.INFERRED)
    held = {q.triple for q in source.store.quads() if getattr(q.graph_name, "value", "") != inferred}
    classes = Counter(triple.object.value for triple in held if triple.predicate.value == v.TYPE)  # type: ignore[union-attr]
    properties = Counter(triple.predicate.value for triple in held)
    subject = ox.NamedNode(dataset)
    out = [
        ox.Triple(subject, ox.NamedNode(v.TYPE), _void("Dataset")),
        ox.Triple(subject, ox.NamedNode(v.DCTERMS + "title"), ox.Literal("Who said what", language="en")),
        ox.Triple(subject, _void("vocabulary"), ox.NamedNode(v.KG)),
        ox.Triple(subject, _void("triples"), ox.Literal(len(held))),
        ox.Triple(subject, _void("distinctSubjects"), ox.Literal(len({triple.subject for triple in held}))),
        ox.Triple(subject, _void("classes"), ox.Literal(len(classes))),
        ox.Triple(subject, _void("properties"), ox.Literal(len(properties))),
    ]
    for kind, counted, number in (("class", classes, "entities"), ("property", properties, "triples")):
        for at, (iri, count) in enumerate(sorted(counted.items()), 1):
            part = ox.NamedNode(f"{dataset}/{kind}/{at}")
            out += [
                ox.Triple(subject, _void(f"{kind}Partition"), part),
                ox.Triple(part, _void(kind), ox.NamedNode(iri)),
                ox.Triple(part, _void(number), ox.Literal(count)),
            ]
    return out


def _void(name: str) -> ox.NamedNode:
    return ox.NamedNode(_VOID + name)
