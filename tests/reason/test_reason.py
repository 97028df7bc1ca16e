"""What follows from a graph, why one is inconsistent, and the commands that say so."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg import reason
from kg import vocabulary as v
from kg.cli import cli
from kg.errors import OntologyError
from kg.rdf import ontology as files
from kg.reason import explain, hermit
from kg.reason.facts import facts
from kg.store import Store

BASE = Path(__file__).parents[1] / "data" / "shapes" / "base.ttl"
PORT = f"{v.DATA}article/2016-05-03-port"
PREFIXES = f"@prefix kg: <{v.KG}> . @prefix e: <{v.DATA}entity/> . @prefix owl: <{v.OWL}> . @prefix rdfs: <{v.RDFS}> . @prefix st: <{PORT}/statement/> . "


def base(extra: str = "") -> Store:
    store = Store.load(BASE)
    store.add(ox.parse(PREFIXES + extra, format=ox.RdfFormat.TURTLE))
    return store


def said(quads: list[ox.Quad]) -> set[str]:
    def name(iri: object) -> str:
        return str(getattr(iri, "value", "")).rsplit("/", 1)[-1].rsplit("#", 1)[-1]

    return {f"{name(q.subject)} {name(q.predicate)} {name(q.object)}" for q in quads}


# ── what follows ──


@pytest.mark.parametrize("method", ["rules", "hermit"])
def test_reason_statement_of_a_department_is_one_of_its_ministry_and_of_the_government(method: reason.Method) -> None:
    found = said(reason.infer(base(), method=method))
    assert "ministry-of-ports partOf government-of-freedonia" in found
    assert "harbour-office partOf government-of-freedonia" in found
    assert "s2 onBehalfOf government-of-freedonia" in found
    asserted = {q.object for q in base().quads() if q.predicate.value == v.Property.ON_BEHALF_OF and q.subject.value == f"{PORT}/statement/s2"}  # type: ignore[union-attr]  # fmt: skip
    assert ox.NamedNode(f"{v.DATA}entity/ministry-of-ports") in asserted


def test_reason_holder_of_a_role_is_a_person_of_the_government() -> None:
    found = said(reason.infer(base()))
    assert {"ana-tormes heldOfficeIn government-of-freedonia", "pell-orr heldOfficeIn government-of-freedonia"} <= found
    assert {"ana-tormes type Official", "pell-orr type Official"} <= found
    assert "ilse-brandt type Official" not in found


def test_reason_minister_speaks_for_the_government_of_the_country() -> None:
    assert "s1 onBehalfOf government-of-freedonia" in said(reason.infer(base()))


def test_reason_office_in_a_country_that_is_no_ministers_is_not_in_its_government() -> None:
    extra = f"<{PORT}/office/o9> a kg:OfficeHeld ; kg:holder e:ilse-brandt ; kg:officeIn e:freedonia ."
    found = said(reason.infer(base(extra)))
    assert "ilse-brandt heldOfficeIn freedonia" in found
    assert "ilse-brandt heldOfficeIn government-of-freedonia" not in found


def test_reason_both_ways_write_the_same() -> None:
    assert reason.infer(base(), method="rules") == reason.infer(base(), method="hermit")


def test_reason_nothing_that_is_asserted_or_said_by_the_hierarchy_is_concluded() -> None:
    store = base()
    asserted = {q.triple for q in store.quads()}
    found = reason.infer(store)
    assert not asserted & {q.triple for q in found}
    assert not any(line.endswith(("type Entity", "type Organisation")) for line in said(found))
    assert {q.graph_name for q in found} == {ox.NamedNode(v.Graph.INFERRED)}


def test_reason_two_things_are_never_concluded_to_be_the_same() -> None:
    found = reason.infer(base("e:coast-guard kg:country e:freedonia , e:sylvania ."))
    assert not any(q.predicate.value == v.OWL + "sameAs" for q in found)


def test_reason_conclusions_have_their_own_graph_and_origin_and_leave_the_rest_alone() -> None:
    store = base()
    before = set(store.quads())
    quads = reason.write(store)
    assert set(store.quads(v.Graph.INFERRED)) == set(quads)
    new = set(store.quads()) - before - set(quads)
    assert {q.graph_name for q in new} == {ox.NamedNode(v.Graph.PROVENANCE)}
    (activity,) = store.objects(v.Graph.INFERRED, v.Outside.WAS_GENERATED_BY)
    (agent,) = store.objects(activity.value, v.Outside.WAS_ASSOCIATED_WITH)  # type: ignore[union-attr]
    assert store.objects(agent.value, v.LABEL) == [ox.Literal("OWL 2 RL rules of kg")]  # type: ignore[union-attr]
    assert ox.NamedNode(v.version_iri()) in store.objects(activity.value, v.Outside.USED)  # type: ignore[union-attr]


def test_reason_again_gives_the_same_and_never_reasons_from_its_own_conclusions() -> None:
    store = base()
    reason.write(store)
    once = set(store.quads())
    reason.write(store)
    assert set(store.quads()) == once
    reason.write(store, method="hermit")
    assert len(list(store.subjects_of_type(v.Class.INFERENCE.value))) == 1


def test_reason_conclusions_can_be_forgotten() -> None:
    store = base()
    before = set(store.quads())
    reason.write(store)
    reason.forget(store)
    assert set(store.quads()) == before


def test_reason_conclusions_are_drawn_anew_when_the_graph_changes() -> None:
    store = base()
    reason.refresh(store)
    assert not any(store.quads(v.Graph.INFERRED))  # nothing was asked for
    reason.write(store)
    store.add(ox.parse(PREFIXES + "e:coast-guard kg:partOf e:ministry-of-ports .", format=ox.RdfFormat.TURTLE))
    reason.refresh(store)
    assert "coast-guard partOf government-of-freedonia" in said(list(store.quads(v.Graph.INFERRED)))
    store.add(ox.parse(PREFIXES + "e:coast-guard a kg:City .", format=ox.RdfFormat.TURTLE))
    reason.refresh(store)
    assert not any(store.quads(v.Graph.INFERRED))


def test_reason_conclusions_conform_to_the_shapes_too(tmp_path: Path) -> None:
    from kg import export
    from kg.reason import validate

    store = base()
    reason.write(store)
    assert validate.check(store) == []
    flat = Store.load(export.write(store, tmp_path / "graph.ttl", "turtle"))
    assert validate.check(flat) == []


def test_reason_from_an_inconsistent_graph_nothing_is_concluded() -> None:
    store = base("e:ana-tormes a kg:City .")
    before = set(store.quads())
    with pytest.raises(OntologyError, match="inconsistent with the ontology"):
        reason.write(store)
    assert set(store.quads()) == before


def test_reason_queries_see_conclusions_only_where_that_is_asked_for() -> None:
    store = base()
    ask = "PREFIX kg: <https://w3id.org/kg-said/ns#> SELECT ?x WHERE { ?x a kg:Official }"
    before = list(store.select("SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"))
    reason.write(store)
    assert list(store.select(ask)) == []
    after = list(store.select("SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"))
    assert len(after) - len(before) == len(list(store.quads(v.Graph.PROVENANCE)))
    graph = f"SELECT ?x WHERE {{ GRAPH <{v.Graph.INFERRED.value}> {{ ?x a <{v.Class.OFFICIAL.value}> }} }}"
    assert len(list(store.select(graph))) == 2
    store.inferred = True
    assert len(list(store.select(ask))) == 2


def test_reason_conclusions_are_left_out_of_files_that_have_no_named_graphs(tmp_path: Path) -> None:
    from kg import export

    store = base()
    reason.write(store)
    flat = export.write(store, tmp_path / "g.ttl", "turtle").read_text(encoding="utf-8")
    whole = export.write(store, tmp_path / "g.trig", "trig").read_text(encoding="utf-8")
    assert ("heldOfficeIn" in flat, "heldOfficeIn" in whole) == (False, True)


# ── why not ──


def test_reason_good_graph_is_consistent_by_hermit() -> None:
    report = reason.check(base())
    assert (report.consistent, report.more, "HermiT" in report.reasoner) == (True, 0, True)


def test_reason_person_that_is_a_place_is_explained_in_words() -> None:
    (found,) = reason.check(base("e:ana-tormes a kg:Place .")).explanations
    assert found.summary == "The person “Ana Tormes” cannot be both a person and a place."
    assert set(found.facts) == {
        "The person “Ana Tormes” is given as a person.",
        "The person “Ana Tormes” is given as a place.",
    }
    assert set(found.axioms) == {"Nothing is both a person and a place."}


@pytest.mark.parametrize(
    ("extra", "size"),
    [
        ("e:ana-tormes a kg:Place .", 2),
        ("e:ana-tormes kg:type kg:type-city .", 2),
        ("st:s1 kg:within st:s1 .", 1),
        ("st:s2 kg:within st:s3 .", 2),
        ("st:s1 kg:kind kg:kind-author .", 2),
        ("st:s1 kg:speaker st:s2 .", 2),
    ],
)
def test_reason_explanation_is_minimal_by_hermit(extra: str, size: int) -> None:
    """HermiT finds the facts inconsistent, and consistent as soon as any of them is left out."""
    report = reason.check(base(extra))
    core = files.axioms(files.core())
    found = min(report.explanations, key=lambda e: len(e.triples))
    assert len(found.triples) == size
    assert not hermit.consistent(core + found.triples)
    assert all(hermit.consistent(core + tuple(t for t in found.triples if t != out)) for out in found.triples)


def test_reason_explanation_names_the_article_and_the_words_of_a_statement() -> None:
    (found,) = reason.check(base("st:s1 kg:within st:s1 .")).explanations
    assert found.summary == "The statement “We will rebuild the port” cannot have itself as “within”."
    assert "(in “Port Reopens After The Flood”)" in found.facts[0]
    assert found.axioms == ("Nothing has itself as “within”.",)


def test_reason_many_inconsistencies_are_counted() -> None:
    report = reason.check(base(" ".join(f"e:x{n} a kg:Person , kg:City ." for n in range(14))))
    assert len(report.explanations) == explain.MOST
    assert report.more == 4


BEYOND = """kg:Person rdfs:subClassOf [ a owl:Class ; owl:unionOf ( kg:Tall kg:Small ) ] . kg:Tall a owl:Class . kg:Small a owl:Class .
    kg:Giant a owl:Class ; owl:disjointWith kg:Tall . kg:Dwarf a owl:Class ; owl:disjointWith kg:Small ."""


def extended(tmp_path: Path) -> Path:
    """An ontology with an axiom that OWL 2 RL does not reach: whoever is a person is tall or small."""
    path = tmp_path / "more.ttl"
    path.write_text(v.ontology("kg.ttl").read_text(encoding="utf-8") + BEYOND, encoding="utf-8")
    return path


def test_reason_what_only_hermit_sees_is_explained_with_the_fewest_facts(tmp_path: Path) -> None:
    store = Store.open()
    text = "e:a a kg:Person , kg:Giant , kg:Dwarf ; kg:country e:f ."
    store.add(ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE))
    (found,) = reason.check(store, ontology=extended(tmp_path)).explanations
    assert found.minimal
    assert {t.object.value.removeprefix(v.KG) for t in found.triples} == {"Giant", "Dwarf", "Person"}  # type: ignore[union-attr]


def test_reason_explanation_by_hermit_is_bounded_in_time(tmp_path: Path) -> None:
    store = base("e:ana-tormes a kg:Giant , kg:Dwarf .")
    core = files.axioms(files.parsed(extended(tmp_path)))
    from kg.rdf.describing import Words

    found = explain.by_hermit(core, facts(store), Words(store), seconds=0.5)
    assert not found.minimal
    assert "Among these" in found.summary


# ── commands ──


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "store") as store:
        store.add(base().quads())
    return tmp_path / "store"


def test_infer_command_writes_and_forgets(folder: Path) -> None:
    done = CliRunner().invoke(cli, ["infer", "--store", str(folder)])
    assert done.exit_code == 0
    assert "held office in" in done.output
    with Store.open(folder) as store:
        assert len(list(store.quads(v.Graph.INFERRED))) > 10
    assert CliRunner().invoke(cli, ["infer", "--store", str(folder), "--forget"]).exit_code == 0
    with Store.open(folder) as store:
        assert list(store.quads(v.Graph.INFERRED)) == []


def test_infer_command_refuses_a_graph_that_is_too_large_for_hermit(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reason, "HERMIT_CONCLUDES_MOST", 10)
    done = CliRunner().invoke(cli, ["infer", "--store", str(folder), "--reasoner", "hermit"])
    assert done.exit_code == 1
    assert "HermiT concludes from up to 10 facts, and this graph has" in done.output
    assert done.output.count("\n") == 1
    assert CliRunner().invoke(cli, ["infer", "--store", str(folder)]).exit_code == 0


def test_query_command_sees_conclusions_with_an_option(folder: Path) -> None:
    CliRunner().invoke(cli, ["infer", "--store", str(folder)])
    ask = [
        "query",
        "-e",
        "SELECT ?n WHERE { ?x a kg:Official ; skos:prefLabel ?n }",
        "--format",
        "csv",
        "--store",
        str(folder),
    ]
    assert "Pell Orr" not in CliRunner().invoke(cli, ask).output
    assert "Pell Orr" in CliRunner().invoke(cli, [*ask, "--inferred"]).output


def test_check_command_explains_an_inconsistent_graph(tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text(BASE.read_text(encoding="utf-8") + "\n<https://w3id.org/kg-said/entity/ana-tormes> a kg:Place .\n")
    done = CliRunner().invoke(cli, ["check", str(file)])
    assert done.exit_code == 1
    assert "Inconsistent: The person “Ana Tormes” cannot be both a person and a place." in done.output
    assert "the graph says:\n    The person “Ana Tormes” is given as a" in done.output
    assert "An entity is of one class" in done.output


def test_check_and_infer_commands_refuse_an_ontology_that_does_not_parse(folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("kg:Article a owl:Class ;")
    with Store.open(folder) as store:
        before = set(store.quads())
    for command in ("check", "infer"):
        done = CliRunner().invoke(cli, [command, "--store", str(folder), "--ontology", str(broken)])
        assert done.exit_code == 1
        assert "broken.ttl does not parse as Turtle" in done.output
        done = CliRunner().invoke(cli, [command, "--store", str(folder), "--ontology", str(tmp_path / "gone.ttl")])
        assert "gone.ttl cannot be read" in done.output
    with Store.open(folder) as store:
        assert set(store.quads()) == before


def test_check_command_refuses_a_graph_of_a_newer_ontology(tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text(f"<{PORT}> <{v.Outside.CONFORMS_TO.value}> <{v.version_iri('99.0.0')}> .")
    done = CliRunner().invoke(cli, ["check", str(file)])
    assert done.exit_code == 1
    assert "made with version 99.0.0 of the ontology" in done.output
