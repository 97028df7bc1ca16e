"""VoID: what the graph holds, counted, for catalogues of data sets and for engines that plan by it."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox

from kg import vocabulary as v
from kg.export.rows import Source
from kg.store import Store

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
    classes, properties, subjects = _counted(source.store)
    subject = ox.NamedNode(dataset)
    out = [
        ox.Triple(subject, ox.NamedNode(v.TYPE), _void("Dataset")),
        ox.Triple(subject, ox.NamedNode(v.DCTERMS + "title"), ox.Literal("Who said what", language="en")),
        ox.Triple(subject, _void("vocabulary"), ox.NamedNode(v.KG)),
        ox.Triple(subject, _void("triples"), ox.Literal(properties.total())),
        ox.Triple(subject, _void("distinctSubjects"), ox.Literal(subjects)),
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


def _counted(store: Store) -> tuple[Counter[str], Counter[str], int]:
    """How many things each class has, how many triples each property, and how many subjects there are. The engine counts, a
    property at a time: what stands in several graphs is one triple.
    """
    classes, properties = Counter[str](), Counter[str]()
    for kind, number in store.asserted(f"SELECT ?c (COUNT(DISTINCT ?s) AS ?n) {{ ?s <{v.TYPE}> ?c }} GROUP BY ?c"):
        classes[kind.value] += int(number.value)
    for (prop,) in list(store.asserted("SELECT DISTINCT ?p { ?s ?p ?o }")):
        pairs = f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?s ?o {{ ?s {prop} ?o }} }}"
        properties[prop.value] = sum(int(number.value) for (number,) in store.asserted(pairs))
    ((subjects,),) = store.asserted("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }")
    return classes, properties, int(subjects.value)


def _void(name: str) -> ox.NamedNode:
    return ox.NamedNode(_VOID + name)
