"""The ontology: every term whole, every outside term real, OWL 2 DL, consistent, and the same as the code's words."""

from __future__ import annotations

import csv
import os
import subprocess
from functools import cache
from pathlib import Path

import owlready2
import pytest
import rdflib
from rdflib import DC, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, TIME, VANN
from rdflib.collection import Collection

from kg import vocabulary as v
from kg.english import schemes
from kg.model import Certainty, Comparator, CorrectionKind, EntityType, Form, Identity, Kind, Stance, Tense, Verdict
from kg.reason.java import java

DATA = Path(__file__).parent / "data"
KINDS = {
    OWL.Class: "class",
    OWL.ObjectProperty: "object property",
    OWL.DatatypeProperty: "datatype property",
    OWL.AnnotationProperty: "annotation property",
}
PARTS = ("kg", "values", "events", "detail")
LISTS = (EntityType, Stance, Kind, Certainty, Comparator, Tense, Form, Verdict, Identity, v.Dating, CorrectionKind)
# rdflib knows every term of these by heart, from their published ontologies.
PUBLISHED = (DC, DCTERMS, FOAF, ORG, PROV, SDO, SKOS, TIME, VANN)


@cache
def graph(*names: str) -> rdflib.Graph:
    out = rdflib.Graph()
    for name in names:
        out.parse(v.ontology(f"{name}.ttl"))
    return out


def table(name: str) -> list[dict[str, str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


def own(*kinds: rdflib.URIRef) -> set[rdflib.URIRef]:
    core = graph(*PARTS)
    return {
        s
        for kind in kinds
        for s in core.subjects(RDF.type, kind)
        if isinstance(s, rdflib.URIRef) and s.startswith(v.KG)
    }


CLASSES = own(OWL.Class)
PROPERTIES = own(OWL.ObjectProperty, OWL.DatatypeProperty)
VALUES = own(OWL.NamedIndividual)


def lacks(core: rdflib.Graph, term: rdflib.URIRef) -> list[str]:
    """The parts that a term lacks."""
    texts = {p: [str(o).strip() for o in core.objects(term, p)] for p in (RDFS.label, SKOS.definition, SKOS.example)}
    out = [p.n3(core.namespace_manager) for p, found in texts.items() if len(found) != 1 or not found[0]]
    home = list(core.objects(term, RDFS.isDefinedBy))
    return out + ([] if home in ([rdflib.URIRef(v.ONTOLOGY)], [rdflib.URIRef(v.DETAIL)]) else ["rdfs:isDefinedBy"])


@pytest.mark.parametrize("term", sorted(CLASSES | PROPERTIES | VALUES))
def test_ontology_term_has_all_its_parts(term: rdflib.URIRef) -> None:
    assert lacks(graph(*PARTS), term) == []


def test_ontology_check_of_parts_fails_for_a_term_without_them() -> None:
    bare = rdflib.Graph().parse(data=f"@prefix owl: <{OWL}> . <{v.KG}Bare> a owl:Class .", format="turtle")
    assert lacks(bare, rdflib.URIRef(f"{v.KG}Bare")) == [
        "rdfs:label",
        "skos:definition",
        "skos:example",
        "rdfs:isDefinedBy",
    ]


@pytest.mark.parametrize("term", sorted(PROPERTIES))
def test_ontology_property_has_a_range_and_a_domain_unless_it_is_for_all(term: rdflib.URIRef) -> None:
    core = graph(*PARTS)
    for_all = {
        v.Property.CONFIDENCE,
        v.Property.REASON,
        v.Property.IN_ARTICLE,
        v.Property.ENTITY_TYPE,
        v.Property.LEFT,
        v.Property.RIGHT,
    }
    if term not in {rdflib.URIRef(v.Property.LEFT), rdflib.URIRef(v.Property.RIGHT)}:  # figures and references
        assert list(core.objects(term, RDFS.range))
    if str(term) not in {p.value for p in for_all}:
        assert list(core.objects(term, RDFS.domain))


def test_ontology_and_code_have_the_same_classes_and_properties() -> None:
    assert {str(c) for c in CLASSES} == {c.value for c in v.Class}
    assert {str(p) for p in PROPERTIES} == {p.value for p in v.Property if p.startswith(v.KG)}


def test_ontology_core_has_about_fifty_terms_and_needs_nothing_of_the_detail() -> None:
    core, detail = graph("kg"), graph("detail")
    terms = set(core.subjects(RDFS.isDefinedBy, rdflib.URIRef(v.ONTOLOGY)))
    assert 45 <= len(terms) <= 55
    told = {str(x) for triple in core for x in triple if isinstance(x, rdflib.URIRef) and str(x).startswith(v.KG)}
    values = {str(s) for s in graph("values", "events").subjects()}
    assert told <= {str(t) for t in terms} | values
    assert not terms & set(detail.subjects(RDFS.isDefinedBy, rdflib.URIRef(v.DETAIL)))


def test_ontology_outside_terms_of_the_model_are_declared() -> None:
    core = graph(*PARTS)
    for term in {p.value for p in v.Property if not p.startswith(v.KG)}:
        assert set(core.objects(rdflib.URIRef(term), RDF.type)) & set(KINDS), term


def test_ontology_and_code_have_the_same_values() -> None:
    concepts = {str(x) for x in VALUES if (x, RDF.type, SKOS.ConceptScheme) not in graph(*PARTS)}
    words = {v.term("event", c.name) for c in schemes.event_concepts().values()}
    words |= {v.term("unit", c.name) for c in schemes.unit_concepts().values()}
    assert concepts == {v.concept(value) for values in LISTS for value in values} | words


def test_ontology_event_has_every_verb_of_its_class_and_those_who_drowned_died() -> None:
    events = graph("events")
    assert {str(x) for x in events.objects(rdflib.URIRef(v.term("event", "die")), SKOS.altLabel)} >= {"kill", "death"}
    assert events.value(rdflib.URIRef(v.term("event", "drown")), SKOS.broader) == rdflib.URIRef(v.term("event", "die"))
    for concepts in (schemes.event_concepts(), schemes.unit_concepts()):
        assert len({concept.name for concept in concepts.values()}) == len(concepts)


def test_ontology_values_say_the_words_of_the_model() -> None:
    core = graph("values")
    for values in LISTS:
        for value in values:
            assert str(core.value(rdflib.URIRef(v.concept(value)), SKOS.notation)) == value.value


def test_ontology_version_is_that_of_the_code() -> None:
    core, ontology = graph("kg"), rdflib.URIRef(v.ONTOLOGY)
    assert str(core.value(ontology, OWL.versionIRI)) == v.version_iri()
    assert str(core.value(ontology, OWL.versionInfo)) == v.VERSION


def test_ontology_never_loses_a_term() -> None:
    kept = {row["term"] for row in table("ontology_terms.tsv")}
    of_lists = set(graph("events").subjects(SKOS.inScheme, None))  # they come and go with the words
    listed = VALUES - of_lists
    now = {str(t).removeprefix(v.KG) for t in CLASSES | PROPERTIES | listed}
    former = {str(t).removeprefix(v.KG) for t in graph("deprecated").subjects(OWL.deprecated, None)}
    assert not former & now
    assert kept - now == former, "a term may be deprecated (owl:deprecated), never deleted"
    assert now - kept == set(), "a new term goes into ontology_terms.tsv with the version that brings it"
    assert {row["since"] for row in table("ontology_terms.tsv")} >= {v.VERSION}


def test_ontology_deprecated_terms_name_their_successor() -> None:
    former = graph("deprecated")
    now = CLASSES | PROPERTIES | {rdflib.URIRef(term) for term in (*v.Property, *v.Outside)} | {SKOS.Concept}
    assert len(set(former.subjects(OWL.deprecated, None))) > 30
    for term in former.subjects(OWL.deprecated, None):
        successor = former.value(term, DCTERMS.isReplacedBy)
        assert successor in now if successor is not None else former.value(term, RDFS.comment)


def outside() -> set[str]:
    """The IRIs of other vocabularies that the ontology, its alignments, the shapes and the code use."""
    ours = (v.RDF, v.RDFS, v.OWL, v.XSD, "https://w3id.org/kg-said/", "http://www.w3.org/ns/shacl#")
    found = {
        str(t)
        for triple in graph(*PARTS, "alignments", "shapes", "deprecated")
        for t in triple
        if isinstance(t, rdflib.URIRef)
    }
    found |= {
        str(t.datatype) for t in graph(*PARTS, "shapes").objects() if isinstance(t, rdflib.Literal) and t.datatype
    }
    licences = {str(x) for x in graph("kg").objects(None, DCTERMS.license)}
    return {
        iri for iri in found | {term.value for term in (*v.Outside, *v.Property)} if not iri.startswith(ours)
    } - licences


def test_ontology_every_outside_term_is_in_the_table_and_no_other() -> None:
    assert outside() == {row["iri"] for row in table("outside_terms.tsv")}


@pytest.mark.parametrize("row", table("outside_terms.tsv"), ids=lambda row: row["iri"])
def test_ontology_outside_term_is_published(row: dict[str, str]) -> None:
    iri = rdflib.URIRef(row["iri"])
    assert row["specification"]
    assert row["section"].startswith("http")
    for namespace in PUBLISHED:
        if iri.startswith(str(namespace)):
            assert iri in namespace
    for kind in graph(*PARTS, "alignments").objects(iri, RDF.type):
        if kind in KINDS and row["kind"] != "property":
            assert KINDS[kind] == row["kind"]


def test_ontology_check_of_outside_terms_fails_for_an_invented_one() -> None:
    for namespace in PUBLISHED:
        assert rdflib.URIRef(f"{namespace}notATermOfAnybody") not in namespace


def test_ontology_has_no_blank_nodes_but_expressions_lists_and_disjointness() -> None:
    both = graph(*PARTS, "alignments")
    for node in {s for s in both.subjects() if isinstance(s, rdflib.BNode)}:
        kinds = set(both.objects(node, RDF.type))
        is_list = (node, RDF.first, None) in both
        assert is_list or kinds <= {
            OWL.Class,
            OWL.Restriction,
            OWL.AllDisjointClasses,
            OWL.AllDifferent,
            RDFS.Datatype,
        }, kinds
        assert is_list or kinds


def test_ontology_values_of_a_list_are_all_different() -> None:
    core = graph("values")
    told = {
        x
        for node in core.subjects(RDF.type, OWL.AllDifferent)
        for x in Collection(core, core.value(node, OWL.distinctMembers))
    }
    assert told == {x for x in own_values(core) if (x, RDF.type, SKOS.ConceptScheme) not in core}


def own_values(core: rdflib.Graph) -> set[object]:
    return set(core.subjects(RDF.type, OWL.NamedIndividual))


# ── OWL 2 DL, by the profile checker of the OWL API (in the Pellet that comes with owlready2) ──────────────────────────


def lint(merged: rdflib.Graph, folder: Path) -> str:
    merged.remove((None, OWL.imports, None))
    file = folder / "merged.ttl"
    merged.serialize(file, format="turtle")
    jars = Path(owlready2.__file__).parent / "pellet"
    path = os.pathsep.join(str(jar) for jar in sorted(jars.glob("*.jar")))
    done = subprocess.run(
        [java(), "-cp", path, "pellet.Pellet", "lint", str(file)], capture_output=True, text=True, timeout=120
    )
    return done.stdout


def merged(*names: str) -> rdflib.Graph:
    out = rdflib.Graph()
    for triple in graph(*names):
        out.add(triple)
    alignments = rdflib.URIRef("https://w3id.org/kg-said/alignments")
    for more in (alignments, rdflib.URIRef(v.DETAIL)):
        out.remove((more, None, None))  # one document holds one ontology
    return out


@pytest.mark.parametrize("names", [("kg", "values"), PARTS, (*PARTS, "alignments")], ids=" and ".join)
def test_ontology_is_owl_2_dl(names: tuple[str, ...], tmp_path: Path) -> None:
    assert "No OWL 2 DL violations found" in lint(merged(*names), tmp_path)


def test_ontology_check_of_owl_2_dl_fails_for_a_cycle_of_chains_and_a_functional_one(tmp_path: Path) -> None:
    bad = merged("kg", "values")
    bad.add((rdflib.URIRef(v.Property.ON_BEHALF_OF), RDF.type, OWL.FunctionalProperty))
    assert "No OWL 2 DL violations found" not in lint(bad, tmp_path)
