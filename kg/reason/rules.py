"""OWL 2 RL: the rules on which the ontology relies, as SPARQL over Oxigraph, run until nothing new follows.

The names of the rules are those of OWL 2 Profiles (W3C 2012, section 4.3, tables 4 to 9). No property or class of kg is
named here: what follows is read from the ontology's own axioms, so that a term that is added to it needs no new code.
Left out are the rules for what the ontology does not use (keys, cardinalities, enumerations, negative assertions) and
those that only restate (every thing is the same as itself).

Why not a library: ``reasonable`` 0.4 has no property chains (prp-spo2), on which most of our conclusions rest, and
reports no clashes to Python; ``owlrl`` has both and ends before 100,000 triples (tests/bench/ontology.md). Tests hold these rules against
``owlrl`` and HermiT.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.rdf.ontology import Triples

_PREFIXES: Final = f"PREFIX rdf: <{v.RDF}> PREFIX rdfs: <{v.RDFS}> PREFIX owl: <{v.OWL}> PREFIX xsd: <{v.XSD}> "

# Every class above a class: told, equivalent, or a part of an intersection (scm-sco, scm-eqc1, scm-int).
_ABOVE: Final = "(rdfs:subClassOf|owl:equivalentClass|^owl:equivalentClass|(owl:intersectionOf/rdf:rest*/rdf:first))+"

_RULES: Final[dict[str, str]] = {
    "prp-spo1": "CONSTRUCT { ?x ?q ?y } WHERE { ?p rdfs:subPropertyOf+ ?q . ?x ?p ?y }",
    "prp-inv": "CONSTRUCT { ?y ?q ?x } WHERE { ?p owl:inverseOf|^owl:inverseOf ?q . ?x ?p ?y }",
    "prp-symp": "CONSTRUCT { ?y ?p ?x } WHERE { ?p a owl:SymmetricProperty . ?x ?p ?y }",
    "prp-trp": "CONSTRUCT { ?x ?p ?z } WHERE { ?p a owl:TransitiveProperty . ?x ?p ?y . ?y ?p ?z }",
    "prp-spo2, two links": """CONSTRUCT { ?x ?p ?z } WHERE { ?p owl:propertyChainAxiom ?l . ?l rdf:first ?a ;
        rdf:rest ?m . ?m rdf:first ?b ; rdf:rest rdf:nil . ?x ?a ?y . ?y ?b ?z }""",
    "prp-spo2, three links": """CONSTRUCT { ?x ?p ?z } WHERE { ?p owl:propertyChainAxiom ?l . ?l rdf:first ?a ;
        rdf:rest ?m . ?m rdf:first ?b ; rdf:rest ?n . ?n rdf:first ?c ; rdf:rest rdf:nil . ?x ?a ?y . ?y ?b ?w . ?w ?c ?z }""",
    "prp-dom": "CONSTRUCT { ?x a ?c } WHERE { ?p rdfs:domain ?c . ?x ?p ?y }",
    "prp-rng": "CONSTRUCT { ?y a ?c } WHERE { ?p a owl:ObjectProperty ; rdfs:range ?c . ?x ?p ?y }",
    "cax-sco": f"CONSTRUCT {{ ?x a ?d }} WHERE {{ {{ SELECT DISTINCT ?c ?d WHERE {{ ?c {_ABOVE} ?d }} }} ?x a ?c }}",
    # Restrictions matter where they can be met: inside the definition of a class.
    "cls-svf1": """CONSTRUCT { ?x a ?r } WHERE { ?r owl:someValuesFrom ?c ; owl:onProperty ?p . ?l rdf:first ?r .
        ?x ?p ?y . ?y a ?c }""",
    "cls-hv1": "CONSTRUCT { ?x ?p ?value } WHERE { ?r owl:hasValue ?value ; owl:onProperty ?p . ?x a ?r }",
    "cls-hv2": """CONSTRUCT { ?x a ?r } WHERE { ?r owl:hasValue ?value ; owl:onProperty ?p . ?l rdf:first ?r .
        ?x ?p ?value }""",
    "cls-int1": """CONSTRUCT { ?x a ?b } WHERE { ?b owl:intersectionOf ?l . ?l rdf:rest+/rdf:first ?last .
        FILTER NOT EXISTS { ?l rdf:rest+/rdf:first ?other FILTER(?other != ?last) } ?l rdf:first ?first . ?x a ?last , ?first }""",
    "prp-fp": """CONSTRUCT { ?y owl:sameAs ?z } WHERE { ?p a owl:FunctionalProperty , owl:ObjectProperty .
        ?x ?p ?y , ?z FILTER(STR(?y) < STR(?z)) }""",
    "prp-ifp": """CONSTRUCT { ?x owl:sameAs ?w } WHERE { ?p a owl:InverseFunctionalProperty . ?x ?p ?y . ?w ?p ?y
        FILTER(STR(?x) < STR(?w)) }""",
    "eq-sym": "CONSTRUCT { ?y owl:sameAs ?x } WHERE { ?x owl:sameAs ?y }",
    "eq-trans": "CONSTRUCT { ?x owl:sameAs ?z } WHERE { ?x owl:sameAs ?y . ?y owl:sameAs ?z FILTER(?x != ?z) }",
    "eq-rep-s": "CONSTRUCT { ?y ?p ?z } WHERE { ?x owl:sameAs ?y . ?x ?p ?z FILTER(?p != owl:sameAs) }",
    "eq-rep-o": "CONSTRUCT { ?z ?p ?y } WHERE { ?x owl:sameAs ?y . ?z ?p ?x FILTER(?p != owl:sameAs) }",
}

_CLASHES: Final[dict[str, str]] = {
    "cax-adc": """SELECT DISTINCT ?x ?c ?d WHERE { { SELECT DISTINCT ?c ?d WHERE { ?n a owl:AllDisjointClasses ; owl:members ?l .
        ?l rdf:rest*/rdf:first ?c , ?d FILTER(STR(?c) < STR(?d)) } } ?x a ?c , ?d }""",
    "cax-dw": "SELECT DISTINCT ?x ?c ?d WHERE { ?c owl:disjointWith ?d . ?x a ?c , ?d }",
    "prp-irp": "SELECT DISTINCT ?x ?c ?d WHERE { ?p a owl:IrreflexiveProperty . ?x ?p ?x BIND(?p AS ?c) BIND(?p AS ?d) }",
    "prp-asyp": """SELECT DISTINCT ?x ?c ?d WHERE { ?p a owl:AsymmetricProperty . ?x ?p ?y . ?y ?p ?x FILTER(STR(?x) < STR(?y))
        BIND(?p AS ?c) BIND(?y AS ?d) }""",
    "eq-diff": """SELECT DISTINCT ?x ?c ?d WHERE { ?x owl:sameAs ?y . ?n a owl:AllDifferent ; owl:distinctMembers ?l .
        ?l rdf:rest*/rdf:first ?x , ?y FILTER(STR(?x) < STR(?y)) BIND(?y AS ?c) BIND(?y AS ?d) }""",
    "eq-diff1": """SELECT DISTINCT ?x ?c ?d WHERE { ?x owl:sameAs ?y . ?x owl:differentFrom|^owl:differentFrom ?y
        FILTER(STR(?x) < STR(?y)) BIND(?y AS ?c) BIND(?y AS ?d) }""",
    # Values: two of what has one only, and one of another datatype than its property takes.
    "prp-fp": """SELECT DISTINCT ?x ?c ?d WHERE { ?p a owl:FunctionalProperty , owl:DatatypeProperty . ?x ?p ?v , ?w
        FILTER(STR(?v) < STR(?w) && ?v != ?w) BIND(?p AS ?c) BIND(CONCAT(STR(?v), "” and “", STR(?w)) AS ?d) }""",
    "prp-rng": """SELECT DISTINCT ?x ?c ?d WHERE { ?p a owl:DatatypeProperty ; rdfs:range ?t . ?x ?p ?v BIND(DATATYPE(?v) AS ?u)
        FILTER(?t IN (xsd:string, xsd:boolean, xsd:dateTime, xsd:decimal, xsd:integer) && ?t != ?u
          && !(?t = xsd:decimal && ?u IN (xsd:integer, xsd:nonNegativeInteger, xsd:positiveInteger, xsd:long, xsd:int))
          && !(?t = xsd:integer && ?u IN (xsd:nonNegativeInteger, xsd:positiveInteger, xsd:long, xsd:int))
          && !(?t = xsd:dateTime && ?u = xsd:dateTimeStamp)) BIND(?p AS ?c) BIND(STR(?v) AS ?d) }""",
    "cls-nothing2": "SELECT DISTINCT ?x ?c ?d WHERE { ?x a owl:Nothing BIND(owl:Nothing AS ?c) BIND(owl:Nothing AS ?d) }",
}


@dataclass(frozen=True, slots=True, order=True)
class Clash:
    """Something that cannot be: the rule that found it, the IRI of the thing, and the two that do not go together; of values,
    the property and the values.
    """

    rule: str
    node: str
    left: str
    right: str


def _closed(triples: Triples) -> tuple[ox.Store, set[ox.Triple]]:
    store = ox.Store()
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    told = set(triples)
    found: set[ox.Triple] = set()
    while True:
        before = len(found)
        for rule in _RULES.values():
            new = {t for t in _triples(store, rule) if t not in told and t not in found}
            found |= new
            store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in new)
        if len(found) == before:
            return store, found


def _triples(store: ox.Store, rule: str) -> ox.QueryTriples:
    result = store.query(_PREFIXES + rule)
    assert isinstance(result, ox.QueryTriples)
    return result


def closure(triples: Triples) -> set[ox.Triple]:
    """What follows from ``triples``, ontology and facts together; without them, and without unnamed classes."""
    return concluded(triples)[0]


def clashes(triples: Triples) -> list[Clash]:
    """What cannot be in ``triples``, ontology and facts together, in a fixed order; empty for a consistent graph."""
    return _clashes(_closed(triples)[0])


def concluded(triples: Triples) -> tuple[set[ox.Triple], list[Clash]]:
    """Both: what follows, and what cannot be."""
    store, found = _closed(triples)
    named = {t for t in found if not isinstance(t.subject, ox.BlankNode) and not isinstance(t.object, ox.BlankNode)}
    return named, _clashes(store)


def _clashes(store: ox.Store) -> list[Clash]:
    out: set[Clash] = set()
    for rule, query in _CLASHES.items():
        rows = store.query(_PREFIXES + query)
        assert isinstance(rows, ox.QuerySolutions)
        out |= {Clash(rule, *(getattr(term, "value", "") for term in row)) for row in rows}
    return sorted(out)
