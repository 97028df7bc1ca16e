"""The exported data in owlready2 itself: individuals as Python objects, HermiT over data and ontology together, and the same words on
what is inconsistent as kg has.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import owlready2
import pyoxigraph as ox
import pytest

from kg import export, reason
from kg import vocabulary as v
from kg.rdf import ontology as files
from kg.reason.facts import facts
from kg.reason.java import java
from kg.store import Store
from tests import story

BASE = Path(__file__).parents[1] / "data" / "shapes" / "base.ttl"
DATA = f"@prefix kg: <{v.KG}> . @prefix e: <{v.DATA}entity/> . @prefix owl: <{v.OWL}> . @prefix st: <{v.DATA}article/2016-05-03-port/statement/> . "


def loaded(path: Path) -> tuple[Any, Any]:
    """A world of owlready2 with the file, and the ontology in it."""
    world = owlready2.World()
    return world, world.get_ontology(path.as_uri()).load()


def whole(triples: tuple[ox.Triple, ...], path: Path) -> Path:
    """The ontology and some facts in N-Triples, which owlready2 reads."""
    path.write_bytes(ox.serialize([*files.axioms(files.core()), *triples], format=ox.RdfFormat.N_TRIPLES) or b"")
    return path


def reason_with(world: Any) -> None:
    owlready2.JAVA_EXE = java()
    owlready2.sync_reasoner_hermit(world, debug=0)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Any, Any]]:
    """The story, as its exported file is read by owlready2; reasoned with once."""
    if "owl" not in export.formats():
        pytest.skip("needs RDF/XML with the ontology inside")
    folder = tmp_path_factory.mktemp("owl")
    with story.store() as store:
        world, onto = loaded(export.write(store, folder / "graph.owl", "owl"))
        reason_with(world)
        yield store, world, onto


def test_owlready_finds_individuals_by_class_and_attributes(exported: tuple[Store, Any, Any]) -> None:
    _, world, onto = exported
    kg = onto.get_namespace(v.KG)
    people = {person.prefLabel[0] for person in kg.Person.instances()}
    assert {"Marit Haugland", "Lars Eide", "Kari Moen"} <= people
    (denial,) = [s for s in kg.Statement.instances() if s.stance is kg["stance-denied"]]
    assert denial.content == "that it had opened the nets"
    assert denial.speaker.prefLabel == ["Fjordvern"]
    assert denial.inArticle in kg.Article.instances()
    (dead,) = [f for f in kg.Figure.instances() if f.wording == "more than 300 salmon"]
    assert dead.comparator is kg["comparator-more"]
    assert dead.unofficial is None  # true, or not said
    assert list(world.search(type=kg.OfficeHeld, tense=kg["tense-former"]))


def test_owlready_reads_values_and_times(exported: tuple[Store, Any, Any]) -> None:
    _, _, onto = exported
    kg = onto.get_namespace(v.KG)
    (dead,) = [f for f in kg.Figure.instances() if f.wording == "500 salmon"]
    value = onto.world["https://schema.org/value"]
    assert [float(x) for x in value[dead]] == [500.0]
    times = [s.earliest for s in kg.Statement.instances()]
    assert {t.year for t in times if t is not None} == {2021, 2022}


def test_owlready_infers_with_hermit_over_data_and_ontology(exported: tuple[Store, Any, Any]) -> None:
    """What follows of classes in owlready2 is what kg concludes."""
    store, world, onto = exported
    kg = onto.get_namespace(v.KG)
    assert not list(world.inconsistent_classes())
    for name in ("Quotation", "RelayedStatement", "AuthorStatement", "Speaker"):
        found = {x.iri for x in kg[name].instances()}
        asked = {
            q.subject.value
            for q in [*reason.infer(store), *store.quads()]
            if q.predicate.value == v.TYPE and q.object.value == v.KG + name
        }  # type: ignore[union-attr]
        assert found == asked, name
        assert found, name


@pytest.mark.parametrize(
    "extra",
    [
        "e:ana-tormes a kg:Place .",
        "e:ana-tormes owl:sameAs e:freedonia .",
        "st:s1 kg:within st:s1 .",
        'st:s1 kg:content "Something else" .',
    ],
)  # fmt: skip
def test_owlready_explanation_holds_there(extra: str, tmp_path: Path) -> None:
    """The facts that kg names are inconsistent in owlready2, and consistent as soon as any one of them is left out."""
    store = Store.load(BASE)
    store.add(ox.parse(DATA + extra, format=ox.RdfFormat.TURTLE))
    found = min(reason.check(store).explanations, key=lambda e: len(e.triples))
    assert set(found.triples) <= set(facts(store, values=True))
    world, _ = loaded(whole(found.triples, tmp_path / "all.nt"))
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        reason_with(world)
    left = found.triples[0]
    world, _ = loaded(whole(tuple(t for t in found.triples if t != left), tmp_path / "fewer.nt"))
    reason_with(world)


def test_owlready_literals_reach_hermit() -> None:
    """Two contents of one statement are found though no two things are tied wrongly; kg says so in words."""
    store = Store.load(BASE)
    store.add(ox.parse(DATA + 'st:s1 kg:content "Something else" .', format=ox.RdfFormat.TURTLE))
    report = reason.check(store)
    assert report.explanations[0].summary == (
        "The statement “Something else” cannot have more than one “content”, and has “Something else” and “We will rebuild the port”."
    )
    assert report.explanations[0].axioms == ("Nothing has more than one “content”.",)
    assert reason.hermit.consistent(files.axioms(files.core()) + facts(store))  # without values nothing is wrong
    assert not reason.hermit.consistent(files.axioms(files.core()) + facts(store, values=True))
