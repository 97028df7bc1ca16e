"""The rules of OWL 2 RL, one by one on hand-made axioms, and against owlrl and HermiT on the real ontology."""

from __future__ import annotations

import random
from pathlib import Path

import owlrl
import pyoxigraph as ox
import pytest
import rdflib

from kg import vocabulary as v
from kg.rdf import ontology as files
from kg.rdf.ontology import Triples
from kg.reason import hermit, rules
from kg.reason.facts import facts
from kg.store import Store

BASE = Path(__file__).parents[1] / "data" / "shapes" / "base.ttl"
HEAD = "@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "


def turtle(text: str) -> Triples:
    return tuple(quad.triple for quad in ox.parse(HEAD + text, format=ox.RdfFormat.TURTLE))


def short(triples: set[ox.Triple]) -> set[str]:
    """Triples between named things of the example, as ``s p o``."""

    def name(term: object) -> str:
        return str(getattr(term, "value", "")).rsplit("/", 1)[-1].rsplit("#", 1)[-1]

    return {f"{name(t.subject)} {name(t.predicate)} {name(t.object)}" for t in triples}


@pytest.mark.parametrize(
    ("rule", "given", "follows"),
    [
        ("prp-spo1", ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r . :a :p :b .", {"a q b", "a r b"}),
        ("prp-inv1 and prp-inv2", ":p owl:inverseOf :q . :a :p :b . :c :q :d .", {"b q a", "d p c"}),
        ("prp-symp", ":p a owl:SymmetricProperty . :a :p :b .", {"b p a"}),
        ("prp-trp", ":p a owl:TransitiveProperty . :a :p :b . :b :p :c . :c :p :d .", {"a p c", "b p d", "a p d"}),
        ("prp-spo2", ":p owl:propertyChainAxiom ( :q :r ) . :a :q :b . :b :r :c .", {"a p c"}),
        ("prp-spo2 of three", ":p owl:propertyChainAxiom ( :q :r :s ) . :a :q :b . :b :r :c . :c :s :d .", {"a p d"}),
        ("prp-dom", ":p rdfs:domain :C . :a :p :b .", {"a type C"}),
        ("prp-rng", ":p a owl:ObjectProperty ; rdfs:range :C . :a :p :b .", {"b type C"}),
        ("cax-sco", ":C rdfs:subClassOf :D . :D rdfs:subClassOf :E . :a a :C .", {"a type D", "a type E"}),
        ("cax-eqc", ":C owl:equivalentClass :D . :a a :C . :b a :D .", {"a type D", "b type C"}),
        (
            "cls-svf1 and cls-int1",
            ":C owl:equivalentClass [ owl:intersectionOf ( :D [ owl:onProperty :p ; owl:someValuesFrom :E ] ) ] . "
            ":a a :D ; :p :b . :b a :E . :c a :D .",
            {"a type C"},
        ),
        (
            "cls-hv1, cls-hv2 and cls-int2",
            ":C owl:equivalentClass [ owl:intersectionOf ( :D [ owl:onProperty :p ; owl:hasValue :x ] ) ] . "
            ":a a :D ; :p :x . :b a :C . :c a :D ; :p :y .",
            {"a type C", "b type D", "b p x"},
        ),
        ("prp-ifp", ":p a owl:InverseFunctionalProperty . :a :p :x . :b :p :x .", {"a sameAs b", "b sameAs a"}),
        (
            "prp-fp, eq-sym and eq-rep-s",
            ":p a owl:FunctionalProperty , owl:ObjectProperty . :a :p :b , :c . :b :q :d .",
            {"b sameAs c", "c sameAs b", "c q d"},
        ),
        ("eq-rep-o", ":b owl:sameAs :c . :a :q :b .", {"c sameAs b", "a q c"}),
    ],
)
def test_rules_conclude(rule: str, given: str, follows: set[str]) -> None:
    assert short(rules.closure(turtle(given))) == follows


@pytest.mark.parametrize(
    ("rule", "given"),
    [
        ("cax-adc", "[] a owl:AllDisjointClasses ; owl:members ( :C :D :E ) . :a a :C , :E ."),
        ("cax-dw", ":C owl:disjointWith :D . :a a :C , :D ."),
        ("prp-irp", ":p a owl:IrreflexiveProperty . :a :p :a ."),
        ("prp-asyp", ":p a owl:AsymmetricProperty . :a :p :b . :b :p :a ."),
        ("eq-diff", "[] a owl:AllDifferent ; owl:distinctMembers ( :x :y ) . :p a owl:FunctionalProperty , owl:ObjectProperty . :a :p :x , :y ."),
        ("eq-diff1", ":x owl:differentFrom :y . :x owl:sameAs :y ."),
        ("cls-nothing2", ":C rdfs:subClassOf owl:Nothing . :a a :C ."),
    ],
)  # fmt: skip
def test_rules_find_clashes(rule: str, given: str) -> None:
    assert [clash.rule for clash in rules.clashes(turtle(given))] == [rule]


@pytest.mark.parametrize(
    "given",
    [
        "[] a owl:AllDisjointClasses ; owl:members ( :C :D :E ) . :a a :C . :b a :E .",
        ":p a owl:AsymmetricProperty . :a :p :b . :b :p :c .",
        "[] a owl:AllDifferent ; owl:distinctMembers ( :x :y ) . :p a owl:FunctionalProperty , owl:ObjectProperty . :a :p :x . :b :p :y .",
    ],
)
def test_rules_find_no_clash_where_there_is_none(given: str) -> None:
    assert rules.clashes(turtle(given)) == []


def test_rules_reach_all_that_the_ontology_uses() -> None:
    """Chains of two or three, intersections of two, and no construct for which there is no rule."""
    core = files.core()
    rest = {t.subject: t.object for t in core if t.predicate.value == v.RDF + "rest"}

    def length(node: object) -> int:
        return 0 if getattr(node, "value", "") == v.RDF + "nil" else 1 + length(rest[node])  # type: ignore[index]

    lengths = {
        name: {length(t.object) for t in core if t.predicate.value == v.OWL + name}
        for name in ("propertyChainAxiom", "intersectionOf")
    }
    assert lengths["propertyChainAxiom"] == {2, 3}
    assert lengths["intersectionOf"] == {2}
    used = {t.predicate.value.removeprefix(v.OWL) for t in core if t.predicate.value.startswith(v.OWL)}
    assert used <= {
        "versionIRI", "versionInfo", "priorVersion", "equivalentClass", "intersectionOf", "unionOf", "oneOf", "onProperty",
        "someValuesFrom", "hasValue", "members", "distinctMembers", "inverseOf", "propertyChainAxiom", "deprecated",
    }  # fmt: skip
    kinds = {t.object.value.removeprefix(v.OWL) for t in core if t.predicate.value == v.TYPE and isinstance(t.object, ox.NamedNode)}  # fmt: skip
    assert {k for k in kinds if k.endswith("Property")} <= {
        "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "FunctionalProperty", "InverseFunctionalProperty",
        "TransitiveProperty", "IrreflexiveProperty", "AsymmetricProperty",
    }  # fmt: skip


# ── the same answers as other reasoners ──


def core() -> Triples:
    return files.axioms(files.core())


def of_data(triples: set[ox.Triple]) -> set[str]:
    """Conclusions on things of the data, in our terms."""
    return {
        str(t) for t in triples
        if str(getattr(t.subject, "value", "")).startswith((v.DATA + "article", v.DATA + "entity"))
        and (t.predicate.value.startswith(v.KG) or (t.predicate.value == v.TYPE and str(t.object.value).startswith(v.KG)))  # type: ignore[union-attr]
    }  # fmt: skip


def by_owlrl(triples: Triples) -> set[ox.Triple]:
    text = ox.serialize(list(triples), format=ox.RdfFormat.N_TRIPLES) or b""
    graph = rdflib.Graph().parse(data=text, format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    out = graph.serialize(format="nt").splitlines()
    closed = {
        q.triple
        for q in ox.parse("\n".join(line for line in out if not line.startswith('"')), format=ox.RdfFormat.N_TRIPLES)
    }
    return closed - set(triples)


def made_up(seed: int) -> Triples:
    """Bodies in parts of each other, people in offices, statements: a random graph that is consistent."""
    rnd = random.Random(seed)
    lines = ["@prefix kg: <https://w3id.org/kg-said/ns#> . @prefix e: <https://w3id.org/kg-said/entity/> . "]
    for n in range(3):
        lines.append(f"e:c{n} a kg:Country . e:g{n} a kg:Government ; kg:country e:c{n} ; kg:governmentOf e:c{n} .")
    for n in range(6):
        country = rnd.randrange(3)
        lines.append(f"e:m{n} a kg:Ministry ; kg:country e:c{country} ; kg:ministryOf e:c{country} .")
        lines.append(f"e:d{n} a kg:Organisation ; kg:partOf e:{rnd.choice(['m', 'd'])}{rnd.randrange(max(1, n))} .")
    for n in range(8):
        lines.append(f"e:p{n} a kg:Person . e:o{n} a kg:OfficeHeld ; kg:holder e:p{n} ; kg:tense kg:tense-former .")
        where = f"{rnd.choice('md')}{rnd.randrange(6)}"
        lines.append(
            f"e:o{n} kg:officeIn e:{where} ." if rnd.random() < 0.7 else f"e:o{n} kg:officeInGovernmentOf e:c{n % 3} ."
        )
        kind = rnd.choice(["direct", "author", "mixed"])
        lines.append(
            f"e:s{n} a kg:Statement ; kg:kind kg:kind-{kind} ; kg:speaker e:{rnd.choice('pmd')}{rnd.randrange(6)} ."
        )
        lines.append(
            f"e:s{n} kg:speakerOffice e:o{n} ." if rnd.random() < 0.7 else f"e:s{n} kg:within e:s{(n + 1) % 8} ."
        )
    return tuple(quad.triple for quad in ox.parse("\n".join(lines), format=ox.RdfFormat.TURTLE))


def test_rules_conclude_what_hermit_and_owlrl_conclude_on_a_whole_graph() -> None:
    known = facts(Store.load(BASE))
    found = of_data(rules.closure(core() + known))
    assert len(found) > 30
    assert found == of_data(hermit.closure(core() + known))
    assert found == of_data(by_owlrl(core() + known))


@pytest.mark.parametrize("seed", range(2))
def test_rules_conclude_what_hermit_concludes_on_random_graphs(seed: int) -> None:
    known = made_up(seed)
    found = of_data(rules.closure(core() + known))
    assert any("heldOfficeIn" in line for line in found)
    assert found == of_data(hermit.closure(core() + known))


@pytest.mark.parametrize("seed", range(2))
def test_rules_find_inconsistent_what_hermit_finds_inconsistent(seed: int) -> None:
    known = list(made_up(seed))
    rnd = random.Random(seed)
    for triple in rnd.sample(known, 3):  # the object of one tie as that of another
        other = rnd.choice([t for t in known if t.predicate.value.startswith(v.KG)])
        if triple.predicate.value.startswith(v.KG):
            known.append(ox.Triple(triple.subject, triple.predicate, other.object))
    assert bool(rules.clashes(core() + tuple(known))) is not hermit.consistent(core() + tuple(known))
