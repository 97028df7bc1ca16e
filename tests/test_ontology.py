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
from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, TIME, VANN
from rdflib.collection import Collection

from kg import vocabulary as v
from kg.model import Certainty, Comparator, Form, Identity, Kind, Stance, Tense, Verdict
from kg.reason.java import java

DATA = Path(__file__).parent / "data"
KINDS = {
    OWL.Class: "class",
    OWL.ObjectProperty: "object property",
    OWL.DatatypeProperty: "datatype property",
    OWL.AnnotationProperty: "annotation property",
}
# rdflib knows every term of these by heart, from their published ontologies.
PUBLISHED = (DCTERMS, FOAF, ORG, PROV, SDO, SKOS, TIME, VANN)


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
    core = graph("kg")
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
    return out + (
        [] if list(core.objects(term, RDFS.isDefinedBy)) == [rdflib.URIRef(v.ONTOLOGY)] else ["rdfs:isDefinedBy"]
    )


@pytest.mark.parametrize("term", sorted(CLASSES | PROPERTIES | VALUES))
def test_ontology_term_has_all_its_parts(term: rdflib.URIRef) -> None:
    assert lacks(graph("kg"), term) == []


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
    core = graph("kg")
    if term != rdflib.URIRef(v.Property.ENTITY_TYPE):  # its values are classes
        assert list(core.objects(term, RDFS.range))
    if term not in {rdflib.URIRef(v.Property.CONFIDENCE), rdflib.URIRef(v.Property.REASON)}:
        assert list(core.objects(term, RDFS.domain))


def test_ontology_and_code_have_the_same_classes_and_properties() -> None:
    assert {str(c) for c in CLASSES} == {c.value for c in v.Class}
    assert {str(p) for p in PROPERTIES} == {p.value for p in v.Property}


def test_ontology_and_code_have_the_same_values() -> None:
    concepts = {str(x) for x in VALUES if (x, RDF.type, SKOS.ConceptScheme) not in graph("kg")}
    lists = (Stance, Kind, Certainty, Comparator, Tense, Form, Verdict, Identity)
    assert concepts == {v.concept(value) for values in lists for value in values}


def test_ontology_values_say_the_words_of_the_model() -> None:
    core = graph("kg")
    for values in (Stance, Kind, Certainty, Comparator, Tense, Form, Verdict, Identity):
        for value in values:
            assert str(core.value(rdflib.URIRef(v.concept(value)), SKOS.notation)) == value.value


def test_ontology_version_is_that_of_the_code() -> None:
    core, ontology = graph("kg"), rdflib.URIRef(v.ONTOLOGY)
    assert str(core.value(ontology, OWL.versionIRI)) == v.version_iri()
    assert str(core.value(ontology, OWL.versionInfo)) == v.VERSION


def test_ontology_never_loses_a_term() -> None:
    kept = {row["term"] for row in table("ontology_terms.tsv")}
    now = {str(t).removeprefix(v.KG) for t in CLASSES | PROPERTIES | VALUES}
    assert kept - now == set(), "a term may be deprecated (owl:deprecated), never deleted"
    assert now - kept == set(), "a new term goes into ontology_terms.tsv with the version that brings it"
    assert {row["since"] for row in table("ontology_terms.tsv")} >= {v.VERSION}


def test_ontology_deprecated_terms_name_their_successor() -> None:
    core = graph("kg")
    for term in core.subjects(OWL.deprecated, None):
        assert core.value(term, DCTERMS.isReplacedBy) or core.value(term, RDFS.comment)


def outside() -> set[str]:
    """The IRIs of other vocabularies that the ontology, its alignments, the shapes and the code use."""
    ours = (v.RDF, v.RDFS, v.OWL, v.XSD, "https://w3id.org/kg-said/", "http://www.w3.org/ns/shacl#")
    found = {str(t) for triple in graph("kg", "alignments", "shapes") for t in triple if isinstance(t, rdflib.URIRef)}
    found |= {str(t.datatype) for t in graph("kg", "shapes").objects() if isinstance(t, rdflib.Literal) and t.datatype}
    licences = {str(x) for x in graph("kg").objects(None, DCTERMS.license)}
    return {iri for iri in found | {term.value for term in v.Outside} if not iri.startswith(ours)} - licences


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
    for kind in graph("kg", "alignments").objects(iri, RDF.type):
        if kind in KINDS and row["kind"] != "property":
            assert KINDS[kind] == row["kind"]


def test_ontology_check_of_outside_terms_fails_for_an_invented_one() -> None:
    for namespace in PUBLISHED:
        assert rdflib.URIRef(f"{namespace}notATermOfAnybody") not in namespace


def test_ontology_has_no_blank_nodes_but_expressions_lists_and_disjointness() -> None:
    both = graph("kg", "alignments")
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
    core = graph("kg")
    told = {
        x
        for node in core.subjects(RDF.type, OWL.AllDifferent)
        for x in Collection(core, core.value(node, OWL.distinctMembers))
    }
    assert told == {x for x in VALUES if (x, RDF.type, SKOS.ConceptScheme) not in core}


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
    if "alignments" in names:
        out.remove((alignments, None, None))  # one document holds one ontology
    return out


@pytest.mark.parametrize("names", [("kg",), ("kg", "alignments")], ids=" and ".join)
def test_ontology_is_owl_2_dl(names: tuple[str, ...], tmp_path: Path) -> None:
    assert "No OWL 2 DL violations found" in lint(merged(*names), tmp_path)


def test_ontology_check_of_owl_2_dl_fails_for_a_cycle_of_chains_and_a_functional_one(tmp_path: Path) -> None:
    bad = merged("kg")
    bad.add((rdflib.URIRef(v.Property.ON_BEHALF_OF), RDF.type, OWL.FunctionalProperty))
    assert "No OWL 2 DL violations found" not in lint(bad, tmp_path)
