"""Checks of a graph: its shapes (SHACL), and whether each piece of evidence stands in the text where it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyshacl
import rdflib
from rdflib.namespace import RDF, SH

from kg import vocabulary as v
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong: the node, the article it belongs to (empty where none is known), and a sentence."""

    focus: str
    article: str
    message: str


def check(store: Store) -> list[Violation]:
    """All violations of a store, in order of article and node; an empty list where all is well."""
    return sorted([*shapes(store), *evidence(store)], key=lambda x: (x.article, x.focus, x.message))


def shapes(store: Store) -> list[Violation]:
    """Violations of ``ontology/shapes.ttl``, by pySHACL over the union of all graphs."""
    data = rdflib.Graph()
    for quad in store.quads():
        data.add(tuple(rdflib.util.from_n3(str(term)) for term in quad.triple))  # type: ignore[arg-type]
    return graph_shapes(data)


def graph_shapes(data: rdflib.Graph) -> list[Violation]:
    """Violations of the shapes in a graph of rdflib's."""
    ontology = rdflib.Graph().parse(v.ontology("kg.ttl"))
    rules = rdflib.Graph().parse(v.ontology("shapes.ttl"))
    _, report, _ = pyshacl.validate(data, shacl_graph=rules, ont_graph=ontology, inference="none", advanced=False)
    assert isinstance(report, rdflib.Graph)
    out = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = str(report.value(result, SH.focusNode))
        message = " ".join(sorted(str(m) for m in report.objects(result, SH.resultMessage)))
        path = report.value(result, SH.resultPath)
        detail = f" ({str(path).removeprefix(v.KG)})" if path is not None else ""
        out.append(Violation(focus, _article(focus), f"{message}{detail}"))
    return out


def evidence(store: Store) -> list[Violation]:
    """Evidence whose quotation, or whose context, is not what the article's text has at its offsets."""
    texts = {str(row[0]): str(row[1]) for row in _values(store, "SELECT ?a ?t WHERE { ?a kg:text ?t }")}
    rows = _values(
        store,
        "SELECT ?e ?a ?start ?end ?exact WHERE { ?e a kg:Evidence ; oa:hasSource ?a ; oa:hasSelector ?p , ?q . "
        "?p oa:start ?start ; oa:end ?end . ?q oa:exact ?exact } ORDER BY ?e",
    )
    out = []
    for iri, article, start, end, exact in rows:
        text = texts.get(str(article))
        if text is None:
            out.append(
                Violation(str(iri), _article(str(iri)), "The evidence names an article whose text is not in the graph.")
            )
        elif text[int(start) : int(end)] != exact:
            message = (
                f"The evidence says “{_short(exact)}”, but the text has “{_short(text[int(start) : int(end)])}” there."
            )
            out.append(Violation(str(iri), _article(str(iri)), message))
    return out


def _values(store: Store, query: str) -> Iterable[list[str]]:
    for row in store.select(f"PREFIX kg: <{v.KG}> PREFIX oa: <{v.OA}> {query}"):
        yield [str(getattr(term, "value", term)) for term in row]


def _article(iri: str) -> str:
    return iri.removeprefix(v.DATA + "article/").split("/", 1)[0] if iri.startswith(v.DATA + "article/") else ""


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
