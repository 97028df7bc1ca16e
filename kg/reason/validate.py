"""Checks of a graph: its shapes (SHACL), its values, and whether each quotation stands in the text where the graph says.

The world is open: what others add in terms of their own is welcome, and only kg's own terms are held to kg's shapes. What
a reasoner concluded is not checked: it follows from what is.
"""

from __future__ import annotations

import contextlib
import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
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
from kg.reason import conforming
from kg.reason import parts as division
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

_USED: Final = frozenset(term.value for term in v.Outside)
_KINDS: Final = {
    "date": "day", "dateTime": "time of a day", "gYear": "year", "gYearMonth": "month", "time": "time", "decimal": "number",
    "integer": "whole number", "double": "number", "float": "number", "boolean": "truth value",
}  # fmt: skip
# Oxigraph casts whatever has the form of its type, and nothing else; whole numbers of all sizes are integers.
_CAST: Final = "".join(
    f"IF(?datatype = xsd:{name}, xsd:{cast}(STR(?value)), "
    for name, cast in (
        *((name, name) for name in ("date", "dateTime", "gYear", "gYearMonth", "time", "decimal", "double", "float", "boolean")),
        *((name, "integer") for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")),
    )
)  # fmt: skip
_IMPOSSIBLE: Final = (
    f"PREFIX xsd: <{v.XSD}> SELECT DISTINCT ?thing ?property ?value ?datatype WHERE {{ ?thing ?property ?value FILTER(isLiteral(?value)) "
    f"BIND(DATATYPE(?value) AS ?datatype) FILTER(?datatype != xsd:string && STRSTARTS(STR(?datatype), STR(xsd:))) "
    f"BIND({_CAST}true{')' * _CAST.count('IF(')} AS ?cast) FILTER(!BOUND(?cast)) }}"
)


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
    wrong = values(store)
    told = {(violation.focus, violation.path, violation.value) for violation in wrong}
    others = (x for x in shapes(store) if (x.focus, x.path, x.value) not in told)  # the same fault, less plainly
    return sorted([*wrong, *others, *evidence(store)])


def values(store: Store) -> list[Violation]:
    """Values that cannot be of their datatype, whoever's property they are of: a day of month 13, a number with letters."""
    words = Words(store)
    out = []
    for focus, prop, value, datatype in _rows(store, _IMPOSSIBLE):
        article = article_of(focus)
        kind = datatype.removeprefix(v.XSD)
        message = f"Its “{files.label(prop)}” is “{short(value)}”, which is no {_KINDS.get(kind, kind)} (xsd:{kind})."
        title = words.title(article) if article else ""
        component = str(SH.DatatypeConstraintComponent)
        out.append(Violation(article, title, words.phrase(focus), message, focus, prop, value, component))
    return sorted(set(out))


def shapes(store: Store) -> list[Violation]:
    """Violations of ``ontology/shapes.ttl``, by pySHACL over the union of all graphs. Properties and things of other
    vocabularies violate nothing.

    Raises ``OntologyError`` where a file of the ontology does not parse.
    """
    words, quick = Words(store), _quick()
    parts = division.parts(store)
    if parts is None:
        inferred = ox.NamedNode(store.graph_name(v.Graph.INFERRED))
        triples = {q.triple for q in store.quads() if q.graph_name != inferred}
        things = {t.subject for t in triples} | {t.object for t in triples}
        return sorted(_of_shapes(triples, words)) if any(quick.suspects(things, triples)) else []
    found: set[Violation] = set()
    for part in parts:
        if not any(quick.suspects(part.focus, part.triples)):
            continue
        focus = {node.value for node in part.focus}
        found |= {violation for violation in _of_shapes(part.triples, words) if violation.focus in focus}
    return sorted(found)


def _of_shapes(triples: Iterable[ox.Triple], words: Words) -> set[Violation]:
    try:
        with _silent():
            data = _data(triples)
            _, report, _ = pyshacl.validate(
                data,
                shacl_graph=_shapes(),
                inference="none",
                advanced=False,
                inplace=True,
            )
    except (pyshacl.errors.ReportableRuntimeError, pyshacl.errors.ValidationFailure, ValueError, TypeError) as error:
        told = " ".join(str(getattr(error, "message", error)).split())[:200].rstrip(".")
        raise OntologyError(f"The graph holds what no shape can be checked against: {told}.") from error
    assert isinstance(report, rdflib.Graph)
    found = (x for x in report.subjects(RDF.type, SH.ValidationResult) if not _foreign(report, x, data))
    return {_violation(report, result, words) for result in found}


def _foreign(report: rdflib.Graph, result: Any, data: rdflib.Graph) -> bool:
    """Whether a result is about something that is none of kg's: a property beside those of a shape in another vocabulary,
    or a thing that only another vocabulary tells of (a selector or an activity of somebody else's).
    """
    path, focus = report.value(result, SH.resultPath), report.value(result, SH.focusNode)
    if report.value(result, SH.sourceConstraintComponent) == SH.ClosedConstraintComponent:
        return not str(path).startswith(v.KG)
    return not _own(focus, data)


def _own(node: Any, data: rdflib.Graph) -> bool:
    """Whether kg's terms tell of a node: it is of a class of kg, has one of its properties, or belongs to what does by a
    property that kg uses as it is.
    """
    if str(node).startswith(v.DATA) or _is_kg(node, data):
        return True
    if any(str(prop).startswith(v.KG) for prop in chain(data.predicates(node, None), data.predicates(None, node))):
        return True
    if any(str(prop) in _USED and _is_kg(subject, data) for subject, prop in data.subject_predicates(node)):
        return True
    return any(_is_kg(made_by, data) for made_by in data.objects(node, rdflib.URIRef(v.Outside.WAS_GENERATED_BY)))


def _is_kg(node: Any, data: rdflib.Graph) -> bool:
    return any(str(kind).startswith(v.KG) for kind in data.objects(node, RDF.type))


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """Without rdflib's own words, with a traceback, on values that it cannot read: :func:`values` tells of them."""
    log = logging.getLogger("rdflib.term")
    log.addFilter(_nothing)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.removeFilter(_nothing)


def _nothing(record: logging.LogRecord) -> bool:
    return False


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
    """Quotations that the article's text does not have at their offsets, or not in that context, and characters of an article
    that its text does not have.
    """
    texts = {str(a): str(text) for a, text in _rows(store, "SELECT ?a ?t WHERE { ?a schema:articleBody ?t }")}
    words = Words(store)
    out = []
    for iri, *quoted in _quotes(store):
        wrong = _quotation(iri, texts.get(iri.partition("#")[0]), *quoted)
        if wrong is not None:
            out.append(_evidence(iri, words, wrong, quoted[2]))
    out += [
        _evidence(iri, words, "It names an article whose text is not in the graph, or ends before.")
        for iri in _places(store)
        if (at := minting.span(iri)) is None or len(texts.get(iri.partition("#")[0], "")) < at.end
    ]
    for iri, thing, home in _rows(
        store,
        'SELECT ?e ?s ?a WHERE { ?s kg:evidence ?e ; kg:inArticle ?a FILTER(!STRSTARTS(STR(?e), CONCAT(STR(?a), "#"))) }',
    ):
        out.append(
            _evidence(
                thing, words, f"Its evidence, {short(iri)}, does not stand in its own article, {article_of(home)}."
            )
        )
    return sorted(set(out))


def _quotation(iri: str, text: str | None, begin: str, stop: str, exact: str, before: str, after: str) -> str | None:
    """What is wrong with a quotation from a text; nothing where it stands there."""
    if text is None:
        return "It names an article whose text is not in the graph."
    start, end, named = _offset(begin), _offset(stop), minting.span(iri)
    if start is None or end is None:
        return "Its start or its end is no whole number."
    if named is None or (named.start, named.end) != (start, end):
        return f"It says characters {start} to {end}, but its name says others."
    found = text[max(0, start) : max(0, end)]
    if found != exact:
        return f"It says “{short(exact)}”, but the text has “{short(found)}” there." if found else (
            f"It says “{short(exact)}” at characters {start} to {end}, but the text ends before.")  # fmt: skip
    if not text[:start].endswith(before) or not text[end:].startswith(after):
        return "The words before or after it are not those that the text has there."
    return None


def _quotes(store: Store) -> Iterator[list[str]]:
    """IRI, start, end, exact words, and the words before and after, of all evidence."""
    yield from _rows(
        store,
        "SELECT DISTINCT ?e ?start ?end ?exact ?before ?after WHERE { ?e oa:start ?start ; oa:end ?end ; oa:exact ?exact . "
        'OPTIONAL { ?e oa:prefix ?before } OPTIONAL { ?e oa:suffix ?after } FILTER(CONTAINS(STR(?e), "#char=")) }',
    )


def _places(store: Store) -> Iterator[str]:
    """The IRIs of all characters that are only named."""
    rows = _rows(
        store,
        "SELECT DISTINCT ?m WHERE { ?s kg:mention|kg:sourceEvidence|kg:cueEvidence|kg:contentEvidence ?m "
        "FILTER NOT EXISTS { ?m oa:exact ?exact } }",
    )
    for (iri,) in rows:
        yield iri


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


def _quick() -> conforming.Shapes:
    return _looked_through(_shapes())


@lru_cache(maxsize=1)
def _looked_through(shapes: rdflib.Graph) -> conforming.Shapes:
    return conforming.Shapes(shapes, _told())


def _told() -> Iterator[ox.Triple]:
    """What shapes need of the ontology: which class is below which, and of which scheme each value is."""
    told = (v.RDFS + "subClassOf", v.SKOS + "inScheme")
    yield from (t for t in files.whole() if t.predicate.value in told and isinstance(t.object, ox.NamedNode))


def _data(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """``triples`` and what shapes need of the ontology, in rdflib's memory."""
    data = rdflib.Graph()
    known: dict[Any, Any] = {}

    def term(x: Any) -> Any:
        found = known.get(x)
        if found is None:
            found = known[x] = _term(x)
        return found

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
    for row in store.select(f"PREFIX kg: <{v.KG}> PREFIX oa: <{v.OA}> PREFIX schema: <{v.SCHEMA}> {query}"):
        yield ["" if term is None else str(getattr(term, "value", term)) for term in row]
