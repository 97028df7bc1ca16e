"""Facts, axioms and clashes as sentences."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from kg import vocabulary as v
from kg.rdf.describing import Words, an, article_of, short
from kg.rdf.ontology import Triples, label
from kg.reason.facts import IDENTITY
from kg.reason.rules import Clash


def fact(triple: ox.Triple, words: Words) -> str:
    """One asserted triple in words, with the article that it comes from."""
    subject, name, target = _iri(triple.subject), triple.predicate.value, _iri(triple.object)
    article = article_of(subject)
    where = f" (in “{words.title(article)}”)" if article else ""
    if name == v.TYPE:
        return f"{_capital(words.phrase(subject))} is given as {an(label(target))}{where}."
    if name in IDENTITY:
        are = "the same as" if name.endswith("sameAs") else "another than"
        return f"{_capital(words.phrase(subject))} is given as {are} {words.phrase(target)}{where}."
    value = f"“{short(target)}”" if isinstance(triple.object, ox.Literal) else words.phrase(target)
    return f"{_capital(words.phrase(subject))} has “{label(name)}”: {value}{where}."


def clash(found: Clash, words: Words) -> str:
    """What cannot be, in one sentence."""
    thing = _capital(words.phrase(found.node))
    match found.rule:
        case "cax-adc" | "cax-dw":
            return f"{thing} cannot be both {an(label(found.left))} and {an(label(found.right))}."
        case "prp-irp":
            return f"{thing} cannot have itself as “{label(found.left)}”."
        case "prp-asyp":
            return f"{thing} and {words.phrase(found.right)} cannot each have the other as “{label(found.left)}”."
        case "prp-fp":
            return f"{thing} cannot have more than one “{label(found.left)}”, and has “{found.right}”."
        case "prp-rng":
            return f"{thing} cannot have “{short(found.right)}” as “{label(found.left)}”, which takes values of another type."
        case "eq-diff" | "eq-diff1":
            return f"{thing} and {words.phrase(found.right)} would have to be the same, and they are different."
        case _:
            return f"{thing} is of a class that can have no members."


def axiom(triples: Triples, found: Clash | None) -> str:
    """One axiom of the ontology in words; ``triples`` starts with the triple on its named subject, if there is one."""
    first = triples[0]
    subject, name, target = _iri(first.subject), first.predicate.value, first.object
    named = f"“{label(subject)}”"
    if isinstance(first.subject, ox.BlankNode):
        if found is not None and found.rule == "cax-adc":
            return f"Nothing is both {an(label(found.left))} and {an(label(found.right))}."
        members = sorted({label(_iri(t.object)) for t in triples if t.predicate.value == v.RDF + "first"})
        return f"All of these are apart: {', '.join(members)}."
    other = _class(target, triples)
    match name.rsplit("#", 1)[-1]:
        case "subClassOf":
            return f"Every {label(subject)} is {other}."
        case "equivalentClass":
            return f"A thing is {an(label(subject))} exactly where it is {other}."
        case "disjointWith":
            return f"Nothing is both {an(label(subject))} and {other}."
        case "domain":
            return f"Only {other} has {named}."
        case "range":
            return f"What is had as {named} is always {other}."
        case "subPropertyOf":
            return f"What is had as {named} is also had as “{label(_iri(target))}”."
        case "inverseOf":
            return f"{_capital(named)} is the other way round of “{label(_iri(target))}”."
        case "propertyChainAxiom":
            links = [f"“{label(_iri(t.object))}”" for t in triples if t.predicate.value == v.RDF + "first"]
            return f"{named} follows from {', then '.join(links)}."
        case "type":
            return _character(_iri(target), named)
        case _:
            return f"By an axiom on {named}."


def _character(iri: str, named: str) -> str:
    return {
        "FunctionalProperty": f"Nothing has more than one {named}.",
        "InverseFunctionalProperty": f"Nothing is the {named} of two things.",
        "TransitiveProperty": f"{named} is passed on along a chain.",
        "IrreflexiveProperty": f"Nothing has itself as {named}.",
        "AsymmetricProperty": f"No two things have each other as {named}.",
        "SymmetricProperty": f"{named} holds in both directions.",
    }.get(iri.rsplit("#", 1)[-1], f"{named} is {an(label(iri))}.")


def _class(term: object, triples: Triples) -> str:
    """A class in words: its label, or the classes of a union."""
    if isinstance(term, ox.NamedNode):
        return an(label(term.value))
    members = [t.object for t in triples if t.predicate.value == v.RDF + "first" and isinstance(t.object, ox.NamedNode)]
    inner = [t for t in triples if isinstance(t.subject, ox.BlankNode)]
    if any(t.predicate.value == v.OWL + "unionOf" for t in inner):
        return " or ".join(an(label(m.value)) for m in members)
    ties = [label(_iri(t.object)) for t in inner if t.predicate.value == v.OWL + "onProperty"]
    values = [
        an(label(_iri(t.object))) if t.predicate.value.endswith("From") else f"“{label(_iri(t.object))}”"
        for t in inner
        if t.predicate.value in (v.OWL + "someValuesFrom", v.OWL + "allValuesFrom", v.OWL + "hasValue")
    ]
    having = [f"has as “{tie}” {value}" for tie, value in zip(ties, values, strict=False)]
    plain = " and ".join(an(label(m.value)) for m in members)
    return ", and ".join(part for part in (plain, *having) if part) or "as its definition says"


def _iri(term: object) -> str:
    return str(getattr(term, "value", term))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentences(items: Sequence[str]) -> tuple[str, ...]:
    """Without repetitions, in order."""
    return tuple(dict.fromkeys(items))
