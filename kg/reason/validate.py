"""Checks of a graph: its shapes (SHACL), and whether each quotation stands in the text where the graph says.

What a reasoner concluded is not checked: it follows from what is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, Final

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import RDF, SH, XSD

from kg import vocabulary as v
from kg.errors import OntologyError
from kg.rdf import minting
from kg.rdf import ontology as files
from kg.rdf.describing import Words, article_of, short
from kg.store import Store

STANDS: Final = "https://w3id.org/kg-said/shapes#StandsInText"
"""The component of a violation of the evidence, in a report: a constraint that SHACL itself cannot state."""

_CONSTRAINTS: Final = {
    SH.MinCountConstraintComponent: "missing",
    SH.QualifiedMinCountConstraintComponent: "missing",
    SH.MaxCountConstraintComponent: "too many",
    SH.QualifiedMaxCountConstraintComponent: "too many",
    SH.ClosedConstraintComponent: "not allowed here",
}


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong.

    ``article`` is the id of the article it belongs to and ``title`` its title (both empty where it belongs to none);
    ``thing`` the node in words (“the statement “that …””); ``message`` what is wrong with it, one sentence; ``focus`` the
    node's IRI, ``path`` the property's, ``value`` the offending value (the last two may be empty); ``component`` the IRI
    of the kind of constraint.
    """

    article: str
    title: str
    thing: str
    message: str
    focus: str
    path: str = ""
    value: str = ""
    component: str = ""

    @property
    def sentence(self) -> str:
        """Which article, which thing of it, what is wrong."""
        where = f"In “{self.title}”, " if self.article else ""
        return f"{where}{self.thing}: {self.message}"


def check(store: Store) -> list[Violation]:
    """All violations of a store, in order of article and node; an empty list where all is well."""
    return sorted([*shapes(store), *evidence(store)])


def shapes(store: Store) -> list[Violation]:
    """Violations of ``ontology/shapes.ttl``, by pySHACL over the union of all graphs.

    Raises ``OntologyError`` where a file of the ontology does not parse.
    """
    try:
        _, report, _ = pyshacl.validate(
            _data(store),
            shacl_graph=_shapes(),
            inference="none",
            advanced=False,
            inplace=True,
        )
    except (pyshacl.errors.ReportableRuntimeError, pyshacl.errors.ValidationFailure, ValueError, TypeError) as error:
        told = " ".join(str(getattr(error, "message", error)).split())[:200].rstrip(".")
        raise OntologyError(f"The graph holds what no shape can be checked against: {told}.") from error
    assert isinstance(report, rdflib.Graph)
    words = Words(store)
    return sorted({_violation(report, result, words) for result in report.subjects(RDF.type, SH.ValidationResult)})


def _violation(report: rdflib.Graph, result: Any, words: Words) -> Violation:
    focus = str(report.value(result, SH.focusNode))
    message = " ".join(sorted(str(m) for m in report.objects(result, SH.resultMessage)))
    path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
    component = report.value(result, SH.sourceConstraintComponent)
    what = _CONSTRAINTS.get(component, "")
    named = f"“{files.label(str(path))}”" if isinstance(path, rdflib.URIRef) else ""
    shown = _shown(value, words) if value is not None and what != "missing" and str(value) != focus else ""
    detail = " ".join(part for part in (named, what, shown) if part)
    article = article_of(focus)
    return Violation(
        article=article,
        title=words.title(article) if article else "",
        thing=words.phrase(focus),
        message=f"{message.rstrip('.')} ({detail})." if detail else message,
        focus=focus,
        path=str(path) if isinstance(path, rdflib.URIRef) else "",
        value=str(value) if value is not None else "",
        component=str(component),
    )


def _shown(value: Any, words: Words) -> str:
    text = words.phrase(str(value)) if isinstance(value, rdflib.URIRef) else f"“{short(str(value))}”"
    return f"is {text}"


def evidence(store: Store) -> list[Violation]:
    """Quotations that the article's text does not have at their offsets, or not in that context: evidence and mentions."""
    texts = {str(a): str(text) for a, text in _rows(store, "SELECT ?a ?t WHERE { ?a kg:text ?t }")}
    words = Words(store)
    out = []
    for iri, article, start, end, exact, before, after in _quotes(store):
        text = texts.get(article)
        if text is None:
            out.append(_evidence(iri, words, "It names an article whose text is not in the graph."))
            continue
        if start is None or end is None:
            out.append(_evidence(iri, words, "Its start or its end is no whole number.", exact))
            continue
        found = text[max(0, start) : max(0, end)]
        if found != exact:
            said = f"It says “{short(exact)}”, but the text has “{short(found)}” there" if found else (
                f"It says “{short(exact)}” at characters {start} to {end}, but the text ends before")  # fmt: skip
            out.append(_evidence(iri, words, f"{said}.", exact))
        elif not text[:start].endswith(before) or not text[end:].startswith(after):
            out.append(
                _evidence(iri, words, "The words before or after it are not those that the text has there.", exact)
            )
    return sorted(out)


def _quotes(store: Store) -> Iterator[tuple[str, str, int | None, int | None, str, str, str]]:
    """IRI, article, start, end, exact words, and the words before and after, of all evidence and mentions."""
    for row in _rows(
        store,
        "SELECT ?e ?a ?start ?end ?exact ?before ?after WHERE { ?e a kg:Evidence ; oa:hasSource ?a ; oa:hasSelector ?p , ?q . "
        "?p oa:start ?start ; oa:end ?end . ?q oa:exact ?exact . OPTIONAL { ?q oa:prefix ?before } OPTIONAL { ?q oa:suffix ?after } }",
    ):
        yield row[0], row[1], _offset(row[2]), _offset(row[3]), row[4], row[5], row[6]
    for row in _rows(
        store,
        "SELECT ?m ?a ?start ?end ?exact WHERE { ?m a kg:Mention ; kg:inArticle ?a ; oa:start ?start ; oa:end ?end ; oa:exact ?exact }",
    ):
        yield row[0], row[1], _offset(row[2]), _offset(row[3]), row[4], "", ""


def _offset(text: str) -> int | None:
    """A place in a text; ``None`` where a strange graph has something else there."""
    return int(text) if re.fullmatch(r"[+-]?[0-9]{1,18}", text) else None


def _evidence(iri: str, words: Words, message: str, value: str = "") -> Violation:
    article = article_of(iri)
    return Violation(
        article,
        words.title(article) if article else "",
        words.phrase(iri),
        message,
        iri,
        v.Outside.EXACT,
        value,
        STANDS,
    )


def report(violations: list[Violation]) -> bytes:
    """A SHACL validation report in Turtle: one result a violation, with named nodes, the same bytes for the same input."""
    home = v.DATA + "report"

    def node(iri: str) -> ox.NamedNode:
        return ox.NamedNode(iri)

    sh = str(SH)
    triples: list[ox.Triple] = [
        ox.Triple(node(home), node(v.TYPE), node(sh + "ValidationReport")),
        ox.Triple(
            node(home),
            node(sh + "conforms"),
            ox.Literal("false" if violations else "true", datatype=node(str(XSD.boolean))),
        ),
    ]
    for number, violation in enumerate(violations, 1):
        result = node(f"{home}/{number}")
        triples += [
            ox.Triple(node(home), node(sh + "result"), result),
            ox.Triple(result, node(v.TYPE), node(sh + "ValidationResult")),
            ox.Triple(result, node(sh + "resultSeverity"), node(sh + "Violation")),
            ox.Triple(result, node(sh + "resultMessage"), ox.Literal(violation.sentence, language="en")),
            ox.Triple(result, node(sh + "sourceConstraintComponent"), node(violation.component)),
        ]
        if violation.focus.startswith(("http:", "https:")):
            triples.append(ox.Triple(result, node(sh + "focusNode"), node(violation.focus)))
        if violation.path:
            triples.append(ox.Triple(result, node(sh + "resultPath"), node(violation.path)))
        if violation.value:
            value = violation.value
            term = node(value) if minting.local(value) else ox.Literal(value)
            triples.append(ox.Triple(result, node(sh + "value"), term))
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes={**v.PREFIXES, "sh": sh}) or b""


@cache
def _shapes() -> rdflib.Graph:
    path = v.ontology("shapes.ttl")
    files.parsed(path)  # one sentence where it does not parse
    return rdflib.Graph().parse(path, format="turtle")


def _told() -> Iterator[ox.Triple]:
    """What shapes need of the ontology: which class is below which, and of which class each value is."""
    for triple in files.core():
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode):
            name, kind = triple.predicate.value, triple.object.value
            if name == v.RDFS + "subClassOf" or (name == v.TYPE and kind.startswith(v.KG)):
                yield triple


def _data(store: Store) -> rdflib.Graph:
    """The union of all graphs but that of conclusions, and what shapes need of the ontology, in rdflib's memory."""
    data = rdflib.Graph()
    inferred = ox.NamedNode(store.graph_name(v.Graph.INFERRED))
    known: dict[Any, Any] = {}

    def term(x: Any) -> Any:
        found = known.get(x)
        if found is None:
            found = known[x] = _term(x)
        return found

    triples = (quad.triple for quad in store.quads() if quad.graph_name != inferred)
    compared = {ox.NamedNode(str(p)) for p in _compared()}
    for triple in chain(triples, _told()):
        value = triple.object
        if triple.predicate in compared and not isinstance(value, ox.Literal):
            value = ox.Literal(
                str(value)
            )  # pySHACL gives up at what has no order; as words it is a violation like others
        data.add((term(triple.subject), term(triple.predicate), term(value)))
    return data


@cache
def _compared() -> frozenset[Any]:
    """The properties whose values a shape compares."""
    shapes, found = _shapes(), set()
    for constraint in (SH.lessThan, SH.lessThanOrEquals):
        for shape, other in shapes.subject_objects(constraint):
            found |= {other, shapes.value(shape, SH.path)}
    return frozenset(found)


def _term(x: Any) -> Any:
    if isinstance(x, ox.NamedNode):
        return rdflib.URIRef(x.value)
    if isinstance(x, ox.Literal):
        if x.language:
            return rdflib.Literal(x.value, lang=x.language)
        plain = x.datatype.value == v.XSD + "string"
        return rdflib.Literal(x.value) if plain else rdflib.Literal(x.value, datatype=rdflib.URIRef(x.datatype.value))
    # A quoted triple, which rdflib does not know and no shape allows, is shown as it is written.
    return rdflib.BNode(x.value) if isinstance(x, ox.BlankNode) else rdflib.Literal(str(x))


def _rows(store: Store, query: str) -> Iterator[list[str]]:
    for row in store.select(f"PREFIX kg: <{v.KG}> PREFIX oa: <{v.OA}> {query}"):
        yield ["" if term is None else str(getattr(term, "value", term)) for term in row]
