"""The names in a query: a prefix that nobody declared, and a term that kg does not have, are told before an engine finds nothing.

A misspelt term is no fault to an engine: it answers with no rows, in silence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache

import pyoxigraph as ox
from rapidfuzz import process

from kg import vocabulary as v
from kg.errors import OntologyError, QueryError
from kg.store import limits

_LOCAL = re.compile(r"[A-Za-z][\w-]*")
_DEPRECATED = ox.NamedNode(v.OWL + "deprecated")
_REPLACED_BY = ox.NamedNode(v.DCTERMS + "isReplacedBy")
_WELL_KNOWN = {
    "foaf": "http://xmlns.com/foaf/0.1/", "dc": "http://purl.org/dc/elements/1.1/", "schema": "https://schema.org/",
    "org": "http://www.w3.org/ns/org#", "wd": v.WIKIDATA, "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "sh": "http://www.w3.org/ns/shacl#", "void": "http://rdfs.org/ns/void#", "time": "http://www.w3.org/2006/time#",
}  # fmt: skip
"""Namespaces that are offered for a prefix; those of :data:`kg.vocabulary.PREFIXES` need no declaration."""


def check_names(text: str, declared: Collection[str] = ()) -> None:
    """Raises ``QueryError`` for an undeclared prefix or an unknown term of kg; ``declared`` are prefixes known otherwise."""
    prefixes, terms = _names(text)
    for prefix in prefixes:
        if prefix not in declared:
            raise QueryError(_undeclared(prefix))
    for term in terms:
        _known(term)


def _undeclared(prefix: str) -> str:
    known = {**v.PREFIXES, **_WELL_KNOWN}
    if prefix in known:
        return f"The query uses the prefix “{prefix}:” and does not declare it; begin it with PREFIX {prefix}: <{known[prefix]}>."
    near = process.extractOne(prefix, list(v.PREFIXES), score_cutoff=60) if prefix else None
    hint = f" Did you mean “{near[0]}:”?" if near else ""
    return f"The query uses the prefix “{prefix}:” and does not declare it; begin it with PREFIX {prefix}: <…>.{hint}"


def _known(term: str) -> None:
    local = term.removeprefix(v.KG)
    if term in _vocabulary() or not _LOCAL.fullmatch(local):
        return
    current, former = _ontology()
    if local in current:
        return
    if local in former:
        instead = f"; use {_short(former[local])}" if former[local] else ""
        raise QueryError(f"The query uses kg:{local}, which is no term of kg any more{instead}.")
    near = process.extractOne(local, sorted(current), score_cutoff=60)
    hint = f"; did you mean kg:{near[0]}?" if near else "."
    raise QueryError(f"The query uses kg:{local}, which is no term of kg and stands in no graph{hint}")


def _short(iri: str) -> str:
    for prefix, namespace in {**_WELL_KNOWN, **v.PREFIXES}.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


@lru_cache(maxsize=64)
def _names(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The prefixes that a query uses and does not declare, and the terms of kg that it names, each in order."""
    declared: dict[str, str] = {}
    used: dict[str, None] = {}
    terms: dict[str, None] = {}
    for kind, token in _declaring(text, declared):
        if kind == "iri" and token[1:-1].startswith(v.KG) and len(token) > len(v.KG) + 2:
            terms[token[1:-1]] = None
        elif kind == "name":
            prefix, _, local = token.partition(":")
            if prefix not in declared:
                used[prefix] = None
            elif declared[prefix] == v.KG and local:
                terms[v.KG + local] = None
    return tuple(used), tuple(terms)


def _declaring(text: str, declared: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The tokens that are no declaration of a prefix; those declarations go to ``declared``."""
    word, prefix = "", None
    for kind, token, _ in limits.tokens(text):
        if prefix is not None and kind == "iri":
            declared[prefix] = token[1:-1]
            word, prefix = "", None
        elif word == "PREFIX" and kind == "name" and token.endswith(":"):
            prefix = token[:-1]
        else:
            word, prefix = token.upper() if kind == "word" else "", None
            yield kind, token


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset(map(str, [*v.Class, *v.Property]))


@cache
def _ontology() -> tuple[frozenset[str], dict[str, str]]:
    """The local names of the terms of all files of the ontology, and of the former ones, each with what replaced it."""
    current: set[str] = set()
    former: dict[str, str] = {}
    replaced: dict[str, str] = {}
    for path in sorted(v.shipped("ontology").glob("*.ttl")):
        try:
            triples = list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
        except (OSError, SyntaxError, ValueError) as error:
            raise OntologyError(f"The file {path.name} of the ontology cannot be read.") from error
        for triple in triples:
            if not isinstance(triple.subject, ox.NamedNode) or not triple.subject.value.startswith(v.KG):
                continue
            local = triple.subject.value.removeprefix(v.KG)
            if triple.predicate == _DEPRECATED:
                former[local] = ""
            elif triple.predicate == _REPLACED_BY and isinstance(triple.object, ox.NamedNode):
                replaced[local] = triple.object.value
            current.add(local)
    return frozenset(current - set(former)), {local: replaced.get(local, "") for local in former}
