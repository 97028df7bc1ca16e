"""What the page of questions needs: the named questions, plain words → SPARQL, and the terms and names that it completes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from typing import Any, Final

import pyoxigraph as ox

from kg import query
from kg import vocabulary as v
from kg.errors import QueryError
from kg.query import ask
from kg.query.filling import filled
from kg.rdf.ontology import label, whole
from kg.serve.pages import addresses
from kg.serve.pages.looking import Graph
from kg.store import Store

_MOST: Final = 20  # names that are offered
_DEFINITION: Final = v.SKOS + "definition"
_KINDS: Final = {
    v.OWL + "Class": "class",
    v.RDFS + "Class": "class",
    v.OWL + "ObjectProperty": "property",
    v.OWL + "DatatypeProperty": "property",
    v.RDF + "Property": "property",
    v.SKOS + "Concept": "value",
}


@cache
def questions() -> list[dict[str, Any]]:
    """The named questions in the order of their groups, with what they can be given."""
    return [
        {
            "name": one.name, "title": one.title, "question": one.question, "group": group, "text": one.sparql,
            "parameters": [asdict(parameter) for parameter in one.parameters],
        }
        for group, found in query.grouped().items()
        for one in found
    ]  # fmt: skip


def filled_in(fields: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The SPARQL of the named question ``question`` with the other fields as its parameters; an empty one is left at its default."""
    given = dict(fields)
    asked = query.find(given.pop("question", ""))
    params = {name: value for name, value in given.items() if value != ""}
    return {"text": _text(asked, params)}


def _text(asked: query.Query, params: dict[str, str]) -> str:
    if asked.name not in query.named():  # a path of this machine is no question of the page
        raise QueryError(f"There is no question “{asked.name[:60]}”.")
    return filled(asked.sparql, query.bindings(asked, params))[0]


def understood(store: Store, question: str) -> dict[str, Any]:
    """The named question that one in plain words is, and its SPARQL; ``QueryError`` where none fits."""
    found = ask.understand(store, question[:1000])
    return {
        "name": found.query.name, "title": found.query.title, "question": found.query.question, "params": found.params,
        "text": found.sparql, "command": found.command,
    }  # fmt: skip


def names(graph: Graph, words: str) -> list[dict[str, str]]:
    """The actors whose names begin with these words, to be put into a query or a field."""
    return [
        {
            "iri": node.id, "name": node.name, "type": node.type.value, "country": node.country,
            "path": addresses.path(node.id, graph.store.base),
        }
        for node in graph.named(words[:200], _MOST)
    ]  # fmt: skip


@cache
def terms() -> dict[str, Any]:
    """The prefixes that need no declaration, and the terms of the ontology and of what it takes from others, by kind."""
    found: dict[str, dict[str, str]] = {}
    definitions = {
        triple.subject.value: triple.object.value
        for triple in whole()
        if triple.predicate.value == _DEFINITION
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.Literal)
    }
    for triple in whole():
        kind = _KINDS.get(getattr(triple.object, "value", "")) if triple.predicate.value == v.TYPE else None
        if kind and isinstance(triple.subject, ox.NamedNode):
            found[triple.subject.value] = {"kind": kind}
    for kind, known in (("class", v.Class), ("property", v.Property)):
        for term in known:
            found.setdefault(str(term), {"kind": kind})
    listed = [
        {"iri": iri, "short": _short(iri), "label": label(iri), "text": definitions.get(iri, ""), **told}
        for iri, told in sorted(found.items())
        if _short(iri)
    ]
    return {"prefixes": v.PREFIXES, "terms": listed}


def _short(iri: str) -> str:
    return next(
        (f"{name}:{iri.removeprefix(space)}" for name, space in v.PREFIXES.items() if iri.startswith(space)), ""
    )
