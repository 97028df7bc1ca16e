"""Checks of a graph: its shapes (SHACL), its values, and whether each quotation stands in the text where the graph says.

The world is open: what others add in terms of their own is welcome, and only kg's own terms are held to kg's shapes. What
a reasoner concluded is not checked: it follows from what is.
"""

from __future__ import annotations

import contextlib
import logging
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, islice, product
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
from kg.reason.parts import Asserted, Facts, Part, Thing, Value, node, text
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

_HOLDERS: Final = 100  # of a thing are shown to pySHACL; none of the shapes asks for more than one
_EMPTY: Final = ox.Store()
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
    f"PREFIX xsd: <{v.XSD}> SELECT ?value WHERE {{ BIND(DATATYPE(?value) AS ?datatype) BIND({_CAST}true{')' * _CAST.count('IF(')} AS ?cast) "
    "FILTER(!BOUND(?cast)) }"
)
_NAMED: Final = tuple(p.value for p in (v.Property.MENTION, v.Property.SOURCE_EVIDENCE, v.Property.CUE_EVIDENCE, v.Property.CONTENT_EVIDENCE))  # fmt: skip
"""Properties whose values are characters, with or without words of their own."""


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


def check(store: Store, *, on_part: Callable[[Part], None] | None = None) -> list[Violation]:
    """All violations of a store, in order of article and node; an empty list where all is well.

    The store is looked at part by part, and ``on_part`` is given each of them. Raises ``OntologyError`` where a file of the
    ontology does not parse.
    """
    asserted, words = Asserted(store), Words(store)
    found: set[Violation] = set()
    for things in asserted.parts():
        wrong = _values(things, words)
        told = {(violation.focus, violation.path, violation.value) for violation in wrong}
        others = _shapes_of(things, asserted, words)
        found |= wrong
        found |= {x for x in others if (x.focus, x.path, x.value) not in told}  # the same fault, less plainly
        found |= _evidence_of(things, asserted, words)
        if on_part is not None:
            on_part(things)
    return sorted(found)


def shapes(store: Store) -> list[Violation]:
    """Violations of ``ontology/shapes.ttl``, by pySHACL over the union of all graphs. Properties and things of other
    vocabularies violate nothing.

    Raises ``OntologyError`` where a file of the ontology does not parse.
    """
    asserted, words = Asserted(store), Words(store)
    _quick()
    return sorted(set().union(*(_shapes_of(things, asserted, words) for things in asserted.parts())))


def evidence(store: Store) -> list[Violation]:
    """Quotations that the article's text does not have at their offsets, or not in that context, and characters of an article
    that its text does not have.
    """
    asserted, words = Asserted(store), Words(store)
    return sorted(set().union(*(_evidence_of(things, asserted, words) for things in asserted.parts())))


# ── values ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _values(things: Part, words: Words) -> set[Violation]:
    """Values that cannot be of their datatype, whoever's property they are of: a day of month 13, a number with letters."""
    out = set()
    for thing, facts in things.items():
        for prop, values in facts.items():
            for value in values:
                if isinstance(value, ox.Literal) and not conforming.plainly(value) and _impossible(value):
                    out.add(_of_value(text(thing), prop, value, words))
    return out


@lru_cache(maxsize=4096)
def _impossible(value: ox.Literal) -> bool:
    substitutions: dict[ox.Variable, Any] = {ox.Variable("value"): value}
    if not value.datatype.value.startswith(v.XSD):
        return False
    return any(True for _ in _EMPTY.query(_IMPOSSIBLE, substitutions=substitutions))  # type: ignore[union-attr]


def _of_value(focus: str, prop: str, value: ox.Literal, words: Words) -> Violation:
    article = article_of(focus)
    kind = value.datatype.value.removeprefix(v.XSD)
    message = f"Its “{files.label(prop)}” is “{short(value.value)}”, which is no {_KINDS.get(kind, kind)} (xsd:{kind})."
    title = words.title(article) if article else ""
    component = str(SH.DatatypeConstraintComponent)
    return Violation(article, title, words.phrase(focus), message, focus, prop, value.value, component)


# ── shapes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _shapes_of(things: Part, asserted: Asserted, words: Words) -> set[Violation]:
    """What pySHACL finds wrong with those of the things that a quick look suspects, and with their values."""
    suspects = dict.fromkeys(_quick().suspects(things, asserted))
    if not suspects:
        return set()
    group = dict.fromkeys([*suspects, *(x for one in suspects for x in _objects(asserted.facts(one)))])
    told = {str(_term(node(one))) for one in group}
    return {found for found in _of_shapes(_around(suspects, group, asserted), words) if found.focus in told}


def _around(suspects: Iterable[Thing], group: Iterable[Thing], asserted: Asserted) -> Iterator[ox.Triple]:
    """All that a shape of the things of a group may look at: their facts, those of what they are tied to, and what has them."""
    todo, seen = list(group), set[Thing]()
    near = {x for one in todo for x in _objects(asserted.facts(one))}
    todo += near
    while todo:
        one = todo.pop()
        if one in seen or not isinstance(one, str | ox.BlankNode):
            continue
        seen.add(one)
        facts = asserted.facts(one)
        yield from _triples(one, facts)
        todo += facts.get(v.Property.PART_OF.value, ())  # which a shape follows to its end
    back = _quick().looked_back
    for one in group:
        for prop in back:
            for name, holder in islice(asserted.holders(one, prop), _HOLDERS):
                yield from _triples(holder, {name: [one]})
    for one in suspects:
        if not _of_kg(asserted.facts(one)):  # what has it tells whether it is kg's
            for name, holder in asserted.holders(one):
                yield from _triples(holder, {name: [one], v.TYPE: asserted.facts(holder).get(v.TYPE, [])})


def _objects(facts: Facts) -> Iterator[Value]:
    yield from (value for values in facts.values() for value in values)


def _of_kg(facts: Facts) -> bool:
    return any(text(kind).startswith(v.KG) for kind in facts.get(v.TYPE, ()))


def _triples(thing: Thing, facts: Facts) -> Iterator[ox.Triple]:
    subject = node(thing)
    for prop, values in facts.items():
        yield from (ox.Triple(subject, ox.NamedNode(prop), node(value)) for value in values)


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


# ── evidence ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _evidence_of(things: Part, asserted: Asserted, words: Words) -> set[Violation]:
    """Quotations and characters of some things that do not stand in the text, and evidence from another article."""
    out = set()

    def text_of(iri: str) -> str | None:
        article = iri.partition("#")[0]
        facts = things.get(article)
        found = (asserted.facts(article) if facts is None else facts).get(v.Property.TEXT.value)
        return text(found[-1]) if found else None

    for thing, facts in things.items():
        for quoted in _quotes(thing, facts):
            wrong = _quotation(thing, text_of(thing), *quoted)
            if wrong is not None:
                out.add(_evidence(thing, words, wrong, quoted[2]))
        for prop in _NAMED:
            for iri in map(text, facts.get(prop, ())):
                at = minting.span(iri)
                if (at is None or len(text_of(iri) or "") < at.end) and v.Outside.EXACT.value not in asserted.facts(
                    iri
                ):
                    told = "It names an article whose text is not in the graph, or ends before."
                    out.add(_evidence(iri, words, told))
        for shown, home in product(
            facts.get(v.Property.EVIDENCE.value, ()), facts.get(v.Property.IN_ARTICLE.value, ())
        ):
            iri, article = text(shown), text(home)
            if not iri.startswith(article + "#"):
                told = f"Its evidence, {short(iri)}, does not stand in its own article, {article_of(article)}."
                out.add(_evidence(text(thing), words, told))
    return out


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


def _quotes(thing: Thing, facts: Facts) -> Iterator[tuple[str, ...]]:
    """Start, end, exact words, and the words before and after, of a thing that is evidence."""
    if not isinstance(thing, str) or "#char=" not in thing:
        return
    must = [facts.get(prop.value, ()) for prop in (v.Outside.START, v.Outside.END, v.Outside.EXACT)]
    may = [facts.get(prop.value) or ("",) for prop in (v.Outside.PREFIX, v.Outside.SUFFIX)]
    yield from (tuple(map(text, quoted)) for quoted in product(*must, *may))


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
