"""What programs may ask of the server, as OpenAPI 3.1: the lists, the things, the questions and the endpoint."""

from __future__ import annotations

from typing import Any, Final

from kg.model import EntityType, Verdict
from kg.serve import files
from kg.serve.pages import linked
from kg.serve.pages.gathering import SIZES
from kg.serve.sparql.running import GRAPHS, SOLUTIONS

_TEXT: Final = {"type": "string"}
_JSON: Final = {"application/json": {"schema": {"type": "object"}}}
_SENTENCE: Final = {"description": "What is wrong, in one sentence", "content": {"text/plain": {"schema": _TEXT}}}


def described() -> dict[str, Any]:
    """The document."""
    turned = _field("page", "Page of the list, from 1", _number(1, None))
    page = [turned, _field("size", "Items a page", _number(*SIZES))]
    types = _field("type", "Actors of this type alone", {**_TEXT, "enum": [kind.value for kind in EntityType]})
    verdicts = _field(
        "verdict", "Comparisons with this verdict alone", {**_TEXT, "enum": [one.value for one in Verdict]}
    )
    words = [_field("q", "Words", _TEXT, required=True)]
    paths = {
        "/article/": _get("Articles, the newest first", page),
        "/affair/": _get("Affairs, those of most articles first", page),
        "/entity/": _get("Actors by name", [types, *page]),
        "/statement/": _get("Statements", page),
        "/comparison/": _get("Comparisons, contradictions first", [verdicts, *page]),
        "/affair/{id}": _thing("An affair with its articles and all that is counted in it, by whom and when"),
        "/article/{id}": _thing("An article with its text and statements"),
        "/article/{id}/statement/{key}": _thing("A statement with its evidence, figures and comparisons", "id", "key"),
        "/entity/{id}": _thing("An actor with offices, statements, links and comparisons"),
        "/comparison/{id}": _thing("Two statements, what is between them, and why"),
        "/search": _get("All that has these words", words),
        "/names": _get("Actors whose names begin so", words),
        "/ask": _get("The named question that one in plain words is", words),
        "/questions": _get("The named questions with their parameters", []),
        "/fill": _get(
            "A named question as SPARQL; its parameters are further fields",
            [_field("question", "Its name", _TEXT, required=True)],
        ),
        "/terms": _get("Prefixes, and the terms of the ontology", []),
        "/corrections.json": _get("What people corrected, the newest first", page),
        "/sparql": {
            "get": _endpoint([_field("query", "The query; without it the endpoint is described", _TEXT)]),
            "post": _posted(),
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "kg: who said what", "version": files.VERSION or "0"},
        "paths": paths,
    }


def _number(least: int, most: int | None) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, **({} if most is None else {"maximum": most})}


def _field(name: str, text: str, schema: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": text, "required": required, "schema": schema}


def _get(summary: str, fields: list[dict[str, Any]]) -> dict[str, Any]:
    replies = {"200": {"description": summary, "content": _JSON}, "400": _SENTENCE}
    return {"get": {"summary": summary, "parameters": fields, "responses": replies}}


def _thing(summary: str, *names: str) -> dict[str, Any]:
    content = {**_JSON, "text/html": {"schema": _TEXT}, **{kind: {"schema": _TEXT} for kind in linked.TYPES}}
    fields = [{"name": name, "in": "path", "required": True, "schema": _TEXT} for name in names or ("id",)]
    replies = {"200": {"description": summary, "content": content}, "404": _SENTENCE, "406": _SENTENCE}
    return {"get": {"summary": summary, "parameters": fields, "responses": replies}}


def _endpoint(fields: list[dict[str, Any]]) -> dict[str, Any]:
    content = {kind: {"schema": _TEXT} for kind in (*SOLUTIONS, *GRAPHS)}
    graphs = {"type": "array", "items": {"type": "string", "format": "uri"}}
    fields = [
        *fields,
        _field("default-graph-uri", "Graphs that are the default graph together", graphs),
        _field("named-graph-uri", "Graphs that GRAPH reaches", graphs),
        _field("extracted", "The graph without what people corrected", {**_TEXT, "enum": ["yes", "no"]}),
        _field("timeout", "Seconds to wait, at most those of the server", {"type": "number"}),
    ]
    codes = ("400", "403", "406", "408", "413", "415", "503")
    replies = {"200": {"description": "The answer", "content": content}, **dict.fromkeys(codes, _SENTENCE)}
    return {"summary": "SPARQL 1.1 Protocol, query operation", "parameters": fields, "responses": replies}


def _posted() -> dict[str, Any]:
    form = {"schema": {"type": "object", "properties": {"query": _TEXT}, "required": ["query"]}}
    content = {"application/sparql-query": {"schema": _TEXT}, "application/x-www-form-urlencoded": form}
    return {**_endpoint([]), "requestBody": {"required": True, "content": content}}
