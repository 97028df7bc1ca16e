"""What the endpoint is, in the terms of SPARQL 1.1 Service Description."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.serve.sparql.running import GRAPHS, SOLUTIONS
from kg.store import Store

TYPES: Final = GRAPHS
"""The forms in which the endpoint is described."""
_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = {
    SOLUTIONS[0]: "SPARQL_Results_JSON",
    SOLUTIONS[1]: "SPARQL_Results_XML",
    SOLUTIONS[2]: "SPARQL_Results_CSV",
    SOLUTIONS[3]: "SPARQL_Results_TSV",
    GRAPHS[0]: "Turtle",
    GRAPHS[1]: "N-Triples",
    GRAPHS[2]: "RDF_XML",
    GRAPHS[3]: "JSON-LD",
}


def described(store: Store, address: str, kind: str) -> bytes:
    """The description of the endpoint at ``address`` in a media type of ``TYPES``."""
    service, dataset, default = ox.NamedNode(address), ox.BlankNode("dataset"), ox.BlankNode("default")
    told: list[tuple[ox.NamedNode | ox.BlankNode, str, ox.NamedNode | ox.BlankNode]] = [
        (service, v.TYPE, _sd("Service")),
        (service, _SD + "endpoint", service),
        (service, _SD + "supportedLanguage", _sd("SPARQL11Query")),
        (service, _SD + "feature", _sd("UnionDefaultGraph")),
        (service, _SD + "defaultDataset", dataset),
        *(
            (service, _SD + "resultFormat", ox.NamedNode(f"http://www.w3.org/ns/formats/{name}"))
            for name in _FORMATS.values()
        ),
        (dataset, v.TYPE, _sd("Dataset")),
        (dataset, _SD + "defaultGraph", default),
        (default, v.TYPE, _sd("Graph")),
    ]
    for number, name in enumerate(store.graphs()):
        graph = ox.BlankNode(f"g{number}")
        told += [
            (dataset, _SD + "namedGraph", graph),
            (graph, v.TYPE, _sd("NamedGraph")),
            (graph, _SD + "name", ox.NamedNode(name)),
        ]
    triples = [ox.Triple(subject, ox.NamedNode(prop), value) for subject, prop, value in told]
    format_ = ox.RdfFormat.from_media_type(kind)
    return (
        ox.serialize(triples, format=format_, prefixes={"sd": _SD, "formats": "http://www.w3.org/ns/formats/"}) or b""
    )


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
