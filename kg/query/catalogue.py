"""The named queries as a catalogue in RDF: each a ``sh:SPARQLSelectExecutable`` with its text, parameters and prefixes."""

from __future__ import annotations

from collections.abc import Iterator

from kg import vocabulary as v
from kg.query.headers import Parameter, Query, named

HEAD = """# The questions that can be asked of a graph of kg, for tools that read SHACL. Made by tests/bench/questions_table.py.
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix parameter: <https://w3id.org/kg-said/query/parameter/> .
@prefix query: <https://w3id.org/kg-said/query/> .
"""
_DATATYPES = {"string": "string", "when": "string", "integer": "integer", "decimal": "decimal", "boolean": "boolean", "date": "date"}  # fmt: skip


def turtle() -> str:
    """All queries that come with kg, in Turtle: the same text for the same queries."""
    return "\n".join([HEAD, *_prefixes(), *(_executable(query) for query in named().values())])


def _prefixes() -> Iterator[str]:
    yield (
        "query:prefixes\n    "
        + " ;\n    ".join(
            f'sh:declare [ sh:prefix {_text(prefix)} ; sh:namespace "{namespace}"^^xsd:anyURI ]'
            for prefix, namespace in v.PREFIXES.items()
        )
        + " .\n"
    )


def _executable(query: Query) -> str:
    lines = [
        f"query:{query.name} a sh:SPARQLExecutable , sh:SPARQLSelectExecutable",
        f"    rdfs:label {_text(query.title)}@en",
        f"    dcterms:description {_text(query.question)}@en",
        f"    dcterms:subject {_text(query.group)}@en",
        *(f"    skos:example {_text(example)}@en" for example in query.asks),
        *(f"    sh:parameter {_parameter(parameter)}" for parameter in query.parameters),
        "    sh:prefixes query:prefixes",
        f"    sh:select {_text(query.sparql, long=True)}",
    ]
    return " ;\n".join(lines) + " .\n"


def _parameter(parameter: Parameter) -> str:
    parts = [f"a sh:Parameter ; sh:path parameter:{parameter.name} ; sh:name {_text(parameter.name)}"]
    if parameter.type in _DATATYPES:
        parts.append(f"sh:datatype xsd:{_DATATYPES[parameter.type]}")
    if parameter.default is not None:
        parts.append("sh:optional true")
        if parameter.default:
            parts.append(f"sh:defaultValue {_text(parameter.default)}^^xsd:{_DATATYPES[parameter.type]}")
    parts.append(f"sh:description {_text(parameter.text)}@en")
    return f"[ {' ; '.join(parts)} ]"


def _text(text: str, *, long: bool = False) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"""{escaped}"""' if long else f'"{escaped}"'
