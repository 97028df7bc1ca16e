"""The quick look at consistency: wherever the rules find a clash something is suspected, in whatever part of the store it stands."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import reason
from kg import vocabulary as v
from kg.rdf import ontology as files
from kg.rdf.ontology import Triples
from kg.reason import contradicting, explain, parts, rules
from kg.reason.facts import Needed, facts
from kg.reason.parts import Asserted
from kg.store import Store

BASE = Path(__file__).parents[1] / "data" / "shapes" / "base.ttl"
PORT = f"{v.DATA}article/2016-05-03-port"
PREFIXES = f"""@prefix kg: <{v.KG}> . @prefix e: <{v.DATA}entity/> . @prefix owl: <{v.OWL}> . @prefix rdfs: <{v.RDFS}> . @prefix rdf: <{v.RDF}> .
@prefix xsd: <{v.XSD}> . @prefix st: <{PORT}/statement/> . @prefix x: <http://example.org/> . """
HOMES = (
    ox.NamedNode(f"{v.DATA}article-graph/2016-05-03-port"), ox.NamedNode(f"{v.DATA}article-graph/other"), ox.NamedNode(v.Graph.ENTITIES.value),
    ox.DefaultGraph(),
)  # fmt: skip


def turtle(text: str) -> Triples:
    return tuple(quad.triple for quad in ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE))


def core() -> Triples:
    return files.axioms(files.core())


def spread(triples: Triples) -> Store:
    """A store in whose graphs the triples lie one here, one there."""
    store = Store.open()
    store.add(ox.Quad(t.subject, t.predicate, t.object, HOMES[len(str(t)) % len(HOMES)]) for t in triples)
    return store


def suspects(store: Store, ontology: Triples, terms: frozenset[str] = frozenset()) -> set[frozenset[str]]:
    asserted = Asserted(store)
    look = contradicting.Look(asserted, ontology, Needed(terms))
    found = {one for part in asserted.parts() for one in look.suspects(part)}
    return found | set(look.rest())


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "THINGS", 3)


# Each kind of clash, and the ways in which one comes about; the two that do not go together lie in two parts of the store.
CLASHES = {
    "two disjoint classes of many": "[] a owl:AllDisjointClasses ; owl:members ( x:C x:D x:E ) . | x:a a x:C , x:E .",
    "two disjoint classes": "x:C owl:disjointWith x:D . | x:a a x:C , x:D .",
    "by a class above": "x:C owl:disjointWith x:D . x:B rdfs:subClassOf x:A . x:A rdfs:subClassOf x:D . | x:a a x:C , x:B .",
    "by an equal class": "x:C owl:disjointWith x:D . x:B owl:equivalentClass x:D . | x:a a x:C , x:B .",
    "by a domain": "x:C owl:disjointWith x:D . x:p a owl:ObjectProperty ; rdfs:domain x:D . | x:a a x:C ; x:p x:b .",
    "by a range": "x:C owl:disjointWith x:D . x:p a owl:ObjectProperty ; rdfs:range x:D . | x:b a x:C . x:a x:p x:b .",
    "by a range, of what nothing else tells of": "x:C owl:disjointWith x:D . x:p a owl:ObjectProperty ; rdfs:range x:D . "
    "x:q a owl:ObjectProperty ; rdfs:range x:C . | x:a x:p x:b . x:c x:q x:b .",
    "by a property above": "x:C owl:disjointWith x:D . x:p rdfs:subPropertyOf x:q . x:q a owl:ObjectProperty ; rdfs:range x:D . "
    "x:p a owl:ObjectProperty . | x:b a x:C . x:a x:p x:b .",
    "by an inverse": "x:C owl:disjointWith x:D . x:p a owl:ObjectProperty . x:q a owl:ObjectProperty ; owl:inverseOf x:p ; rdfs:domain x:D . "
    "| x:b a x:C . x:a x:p x:b .",
    "by a symmetric property": "x:C owl:disjointWith x:D . x:p a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:domain x:D . | x:b a x:C . x:a x:p x:b .",
    "by a chain": "x:C owl:disjointWith x:D . x:p a owl:ObjectProperty ; rdfs:range x:D ; owl:propertyChainAxiom ( x:q x:r ) . "
    "x:q a owl:ObjectProperty . x:r a owl:ObjectProperty . | x:a x:q x:b . x:b x:r x:c . x:c a x:C .",
    "by a chain of three, at its start": "x:C owl:disjointWith x:D . x:p a owl:ObjectProperty ; rdfs:domain x:D ; owl:propertyChainAxiom ( x:q x:r x:q ) . "
    "x:q a owl:ObjectProperty . x:r a owl:ObjectProperty . | x:a a x:C ; x:q x:b . x:b x:r x:c . x:c x:q x:d .",
    "by what something is a part of at a remove": "x:p a owl:ObjectProperty , owl:TransitiveProperty , owl:IrreflexiveProperty . | x:a x:p x:b . x:b x:p x:c . x:c x:p x:a .",
    "by a value": "x:C owl:disjointWith x:D . x:p a owl:ObjectProperty . x:v a x:V . x:C owl:equivalentClass [ owl:intersectionOf ( x:B "
    "[ a owl:Restriction ; owl:onProperty x:p ; owl:hasValue x:v ] ) ] . | x:a a x:B , x:D ; x:p x:v .",
    "by a value the other way round": "x:C owl:disjointWith x:D . x:p a owl:ObjectProperty ; owl:inverseOf x:q . x:q a owl:ObjectProperty . x:v a x:V . "
    "x:C owl:equivalentClass [ owl:intersectionOf ( x:B [ a owl:Restriction ; owl:onProperty x:p ; owl:hasValue x:v ] ) ] . | x:a a x:B , x:D . x:v x:q x:a .",
    "by some value": "x:C owl:disjointWith x:D . x:p a owl:ObjectProperty . x:C owl:equivalentClass [ owl:intersectionOf ( x:B "
    "[ a owl:Restriction ; owl:onProperty x:p ; owl:someValuesFrom x:E ] ) ] . | x:a a x:B , x:D ; x:p x:b . x:b a x:E .",
    "by a value that follows": "x:p a owl:ObjectProperty , owl:FunctionalProperty . x:v a x:V . x:w a x:V . [] a owl:AllDifferent ; owl:distinctMembers ( x:v x:w ) . "
    "x:C rdfs:subClassOf [ a owl:Restriction ; owl:onProperty x:p ; owl:hasValue x:v ] . | x:a a x:C ; x:p x:w .",
    "to itself": "x:p a owl:ObjectProperty , owl:IrreflexiveProperty . | x:a x:p x:a .",
    "to itself by a narrower property": "x:p a owl:ObjectProperty , owl:IrreflexiveProperty . x:q a owl:ObjectProperty ; rdfs:subPropertyOf x:p . | x:a x:q x:a .",
    "each other": "x:p a owl:ObjectProperty , owl:AsymmetricProperty . | x:a x:p x:b . x:b x:p x:a .",
    "each other by an inverse": "x:p a owl:ObjectProperty , owl:AsymmetricProperty ; owl:inverseOf x:q . x:q a owl:ObjectProperty . | x:a x:p x:b . x:a x:q x:b .",
    "two of one that are different": "x:p a owl:ObjectProperty , owl:FunctionalProperty . | x:a x:p x:b , x:c . x:b owl:differentFrom x:c .",
    "two of one of disjoint classes": "x:C owl:disjointWith x:D . x:p a owl:ObjectProperty , owl:FunctionalProperty . | x:a x:p x:b , x:c . x:b a x:C . x:c a x:D .",
    "two of one by two properties": "x:C owl:disjointWith x:D . x:p a owl:ObjectProperty , owl:FunctionalProperty . x:q a owl:ObjectProperty ; rdfs:subPropertyOf x:p . "
    "| x:a x:p x:b ; x:q x:c . x:b a x:C . x:c a x:D .",
    "one of two": "x:C owl:disjointWith x:D . x:p a owl:ObjectProperty , owl:InverseFunctionalProperty . | x:a x:p x:b ; a x:C . x:c x:p x:b ; a x:D .",
    "the same and different": "x:p a owl:ObjectProperty . | x:a owl:sameAs x:b . x:b owl:differentFrom x:a .",
    "the same along a chain": "x:C owl:disjointWith x:D . | x:a owl:sameAs x:b . x:c owl:sameAs x:b . x:a a x:C . x:c a x:D .",
    "the same, by what they have": "x:C owl:disjointWith x:D . x:p a owl:ObjectProperty ; rdfs:domain x:D . | x:a owl:sameAs x:b . x:b x:p x:c . x:a a x:C .",
    "the same, with two of one": "x:C owl:disjointWith x:D . x:p a owl:ObjectProperty , owl:FunctionalProperty . | x:a owl:sameAs x:b . x:a x:p x:c . x:b x:p x:d . x:c a x:C . x:d a x:D .",
    "the same, with two values": "x:n a owl:DatatypeProperty , owl:FunctionalProperty . | x:a owl:sameAs x:b . x:a x:n 1 . x:b x:n 2 .",
    "the same as what is different in a list": "[] a owl:AllDifferent ; owl:distinctMembers ( x:v x:w ) . | x:v owl:sameAs x:w .",
    "two values": "x:n a owl:DatatypeProperty , owl:FunctionalProperty . | x:a x:n 1 , 2 .",
    "two values by two properties": "x:n a owl:DatatypeProperty , owl:FunctionalProperty . x:m a owl:DatatypeProperty ; rdfs:subPropertyOf x:n . | x:a x:n 1 ; x:m 2 .",
    "a value of another type": "x:n a owl:DatatypeProperty ; rdfs:range xsd:decimal . | x:a x:n \"7\" .",
    "a value of another type by a property above": "x:n a owl:DatatypeProperty ; rdfs:range xsd:decimal . x:m a owl:DatatypeProperty ; rdfs:subPropertyOf x:n . | x:a x:m \"7\" .",
    "of a class without members": "x:C rdfs:subClassOf owl:Nothing . | x:a a x:C .",
    "a thing of the ontology": "x:C owl:disjointWith x:D . x:v a x:C . x:p a owl:ObjectProperty ; rdfs:range x:D . | x:a x:p x:v .",
}  # fmt: skip


FURTHER = {
    "by a chain",
    "by a chain of three, at its start",
    "by what something is a part of at a remove",
    "by some value",
}
"""Kinds of clashes that are suspected although a fact that is further away is missing."""


@pytest.mark.parametrize("kind", CLASHES)
def test_contradicting_every_kind_of_clash_is_suspected_and_no_other_graph(kind: str) -> None:
    axioms, told = (turtle(text) for text in CLASHES[kind].split("|"))
    terms = frozenset(x.value for t in axioms for x in (t.subject, t.object) if isinstance(x, ox.NamedNode))
    assert rules.clashes(axioms + told)
    assert suspects(spread(told), axioms, terms)
    for left_out in told:
        fewer = tuple(t for t in told if t != left_out)
        if kind not in FURTHER and not rules.clashes(axioms + fewer):
            # Two that would be one are looked at in any case.
            assert "two of one" in kind or "one of two" in kind or not suspects(spread(fewer), axioms, terms)


@pytest.mark.parametrize("seed", range(30))
def test_contradicting_wherever_the_rules_find_a_clash_something_is_suspected(seed: int) -> None:
    luck = random.Random(seed)
    base = sorted((q.triple for q in Store.load(BASE).quads()), key=str)
    terms = sorted({t.predicate for t in base if t.predicate.value.startswith(v.KG)}, key=str)
    kinds = [ox.NamedNode(x.value) for x in v.Class if x.value.startswith(v.KG)]
    things = sorted({t.subject for t in base if isinstance(t.subject, ox.NamedNode)}, key=str)
    identity = [ox.NamedNode(v.OWL + name) for name in ("sameAs", "differentFrom")]
    for _ in range(6):
        given = set(base)
        for _ in range(luck.randrange(1, 4)):
            one, other = luck.choice(things), luck.choice(things)
            prop = luck.choice([ox.NamedNode(v.TYPE), *terms, *identity])
            given.add(ox.Triple(one, prop, luck.choice(kinds) if prop.value == v.TYPE else other))
        store = spread(tuple(given))
        if rules.clashes(core() + facts(store, values=True)):
            assert suspects(store, core()), given - set(base)


def test_contradicting_what_kg_builds_is_not_suspected() -> None:
    store = Store.load(BASE)
    store.add(
        ox.parse(
            PREFIXES + "e:freedonia owl:sameAs x:f . e:ana-tormes owl:differentFrom e:pell-orr .",
            format=ox.RdfFormat.TURTLE,
        )
    )
    assert suspects(store, core()) == set()


@pytest.mark.parametrize(
    ("extra", "summary"),
    [
        ("e:ana-tormes a kg:Place .", "The person “Ana Tormes” cannot be both a person and a place."),
        ("st:s1 kg:within st:s2 . st:s2 kg:within st:s1 .", "cannot each have the other as “within”"),
        ("st:s1 kg:speaker kg:kind-author .", "cannot be both"),
        (
            "x:a a kg:Person ; owl:sameAs x:b . x:b owl:sameAs x:c . x:c a kg:Country .",
            "cannot be both a person and a place",
        ),
        ("st:s1 kg:kind kg:kind-author , kg:kind-mixed .", "would have to be the same, and they are different"),
        ("st:s1 kg:confidence 0.1 , 0.2 .", "cannot have more than one “confidence”"),
        ("e:far kg:partOf e:harbour-office . e:harbour-office a kg:Statement .", "cannot be both"),
    ],
)
def test_contradicting_a_graph_beyond_hermit_is_explained_as_a_small_one_is(
    extra: str, summary: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    triples = (*(q.triple for q in Store.load(BASE).quads()), *turtle(extra))
    store = spread(triples)
    known = facts(store, values=True)
    small = reason.check(store)
    monkeypatch.setattr(reason, "HERMIT_MOST", 10)
    large = reason.check(store)
    assert any(summary in one.summary for one in large.explanations)
    assert {one.summary for one in large.explanations} <= {one.summary for one in small.explanations}
    assert {c.node for c in rules.clashes(core() + known)} & {x for one in suspects(store, core()) for x in one}


def test_contradicting_where_nothing_is_found_around_a_suspect_the_rules_look_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = Store.load(BASE)
    store.add(ox.parse(PREFIXES + "e:ana-tormes a kg:Place .", format=ox.RdfFormat.TURTLE))
    monkeypatch.setattr(reason, "HERMIT_MOST", 10)
    monkeypatch.setattr(explain, "_FAR", 0)
    monkeypatch.setattr(contradicting.Look, "suspects", lambda self, part: [frozenset({f"{v.DATA}entity/freedonia"})])
    (found,) = reason.check(store).explanations
    assert found.summary == "The person “Ana Tormes” cannot be both a person and a place."


def test_contradicting_as_many_clashes_are_counted_beyond_hermit(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.load(BASE)
    store.add(
        ox.parse(PREFIXES + " ".join(f"e:x{n} a kg:Person , kg:City ." for n in range(14)), format=ox.RdfFormat.TURTLE)
    )
    monkeypatch.setattr(reason, "HERMIT_MOST", 10)
    monkeypatch.setattr(explain, "_AT_ONCE", 4)
    report = reason.check(store)
    assert (len(report.explanations), report.more) == (explain.MOST, 4)
