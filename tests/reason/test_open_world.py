"""Graphs that somebody extended: foreign terms are welcome, impossible values and impossible identities are told in a sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner

from kg import export, reason
from kg import vocabulary as v
from kg.cli import cli
from kg.errors import OntologyError
from kg.reason import validate
from kg.reason.facts import facts
from kg.store import Store

BASE = Path(__file__).parents[1] / "data" / "shapes" / "base.ttl"
PORT = f"{v.DATA}article/2016-05-03-port"
PREFIXES = f"""@prefix kg: <{v.KG}> . @prefix e: <{v.DATA}entity/> . @prefix owl: <{v.OWL}> . @prefix rdfs: <{v.RDFS}> .
@prefix oa: <{v.OA}> . @prefix prov: <{v.PROV}> . @prefix xsd: <{v.XSD}> . @prefix st: <{PORT}/statement/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix ex: <http://example.org/> . """

ANNOTATED = f"""e:ana-tormes rdfs:seeAlso <https://example.org/ana> ; a foaf:Person ; foaf:age 55 .
st:s1 rdfs:comment "look at this again" ; ex:checkedBy ex:me .
ex:me a prov:SoftwareAgent , prov:Person .
ex:mine prov:wasGeneratedBy ex:work .
[] a oa:Annotation ; oa:hasTarget [ oa:hasSource <{PORT}> ; oa:hasSelector [ a oa:TextQuoteSelector ; oa:prefix "x" ] ,
  [ a oa:TextPositionSelector ; oa:start 9 ; oa:end 3 ] ] .
ex:Politician rdfs:subClassOf kg:Person ."""


def base(extra: str) -> Store:
    store = Store.load(BASE)
    store.add(ox.parse(PREFIXES + extra, format=ox.RdfFormat.TURTLE))
    return store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "graph.ttl"


def write(file: Path, extra: str) -> None:
    file.write_text(f"{PREFIXES}\n{BASE.read_text('utf-8')}\n{extra}\n", encoding="utf-8")


# ── foreign terms ──


def test_open_world_what_an_analyst_adds_in_other_terms_is_welcome(file: Path) -> None:
    write(file, ANNOTATED)
    done = CliRunner().invoke(cli, ["check", str(file)])
    assert (done.exit_code, done.output.startswith("The graph conforms")) == (0, True), done.output


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ('st:s1 kg:mood "gloomy" .', "“mood” not allowed here"),
        ('e:ana-tormes kg:content "x" .', "“content” not allowed here"),
        ("ex:x a kg:Statement ; kg:inArticle ex:y .", "A statement has one content"),
        ("ex:new prov:wasGeneratedBy <https://w3id.org/kg-said/extraction/2016-05-03-port> , ex:other .", "by one activity"),
    ],
)  # fmt: skip
def test_open_world_terms_of_kg_are_held_to_their_shapes_wherever_they_stand(extra: str, told: str) -> None:
    found = validate.check(base(ANNOTATED + extra))
    assert any(told in violation.message for violation in found), [x.sentence for x in found]
    assert len(validate.check(base(ANNOTATED))) == 0


def test_open_world_facts_in_an_ontology_of_somebody_else_are_reasoned_with(file: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.ttl"
    more.write_text(
        f"{PREFIXES} ex:o a owl:Ontology ; owl:imports <{v.ONTOLOGY}> . ex:Politician a owl:Class ; rdfs:subClassOf kg:Person ."
    )
    assert reason.check(base("e:ana-tormes a ex:Politician ."), ontology=more).consistent
    (found,) = reason.check(base("e:freedonia a ex:Politician ."), ontology=more).explanations
    assert found.summary == "The country “Freedonia” cannot be both a person and a place."
    assert "Every Politician is a person." in found.axioms
    assert reason.check(base("e:freedonia a ex:Politician .")).consistent  # a class of which nobody told us anything


# ── identity ──


@pytest.mark.parametrize(
    ("extra", "summary"),
    [
        ("e:ana-tormes owl:sameAs e:freedonia .", "The person “Ana Tormes” cannot be both a person and a place."),
        (f"e:ana-tormes owl:sameAs <{PORT}> .", "cannot be both"),
        ("ex:a a kg:Person ; owl:sameAs ex:b . ex:b owl:sameAs ex:c . ex:c a kg:Country .", "cannot be both a person and a place"),
        ("e:ana-tormes owl:sameAs e:pell-orr ; owl:differentFrom e:pell-orr .", "would have to be the same, and they are different"),
        ("st:s1 owl:sameAs st:s2 . st:s1 owl:differentFrom st:s2 .", "would have to be the same, and they are different"),
    ],
)  # fmt: skip
def test_open_world_identity_that_the_terms_rule_out_is_explained(extra: str, summary: str) -> None:
    store = base(extra)
    report = reason.check(store)
    assert not report.consistent
    assert any(summary in found.summary for found in report.explanations), report
    assert any("is given as the same as" in fact for found in report.explanations for fact in found.facts)
    with pytest.raises(OntologyError, match="inconsistent with the ontology"):
        reason.infer(store)
    with pytest.raises(OntologyError, match="inconsistent with the ontology"):
        reason.infer(store, method="hermit")


def test_open_world_identity_that_nothing_rules_out_is_consistent_and_concludes_nothing() -> None:
    extra = "e:ana-tormes owl:sameAs <http://www.wikidata.org/entity/Q1> . e:freedonia owl:sameAs ex:freedonia ."
    assert reason.check(base(extra)).consistent
    for method in ("rules", "hermit"):
        assert reason.infer(base(extra), method=method) == reason.infer(base(""), method=method)  # type: ignore[arg-type]


def test_open_world_identity_is_shown_with_what_the_two_are_given_as() -> None:
    found = reason.check(base("e:ana-tormes owl:sameAs e:freedonia .")).explanations[0]
    assert found.facts[0] == "The person “Ana Tormes” is given as a person."
    assert found.facts[1].startswith("The country “Freedonia” is given as a ")
    assert found.facts[2] == "The person “Ana Tormes” is given as the same as the country “Freedonia”."


# ── values ──


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ('"2021-13-45"^^xsd:date', "is “2021-13-45”, which is no day (xsd:date)."),
        ('"2021-02-30T10:00:00Z"^^xsd:dateTime', "which is no time of a day (xsd:dateTime)."),
        ('"2021-00"^^xsd:gYearMonth', "which is no month (xsd:gYearMonth)."),
        ('"many"^^xsd:decimal', "is “many”, which is no number (xsd:decimal)."),
        ('"3.5"^^xsd:integer', "which is no whole number (xsd:integer)."),
        ('"perhaps"^^xsd:boolean', "which is no truth value (xsd:boolean)."),
    ],
)
def test_open_world_value_that_cannot_be_is_one_sentence(value: str, told: str) -> None:
    (found,) = validate.check(base(f"e:ana-tormes foaf:birthday {value} ."))
    assert found.sentence.startswith("the person “Ana Tormes”: Its “birthday” is “")
    assert found.message.endswith(told)
    (own,) = [
        x for x in validate.check(base(f"ex:x a ex:Y ; kg:confidence {value} .")) if x.focus == "http://example.org/x"
    ]
    assert own.message.endswith(told)


@pytest.mark.parametrize(
    "value",
    ['"-0044-03-15"^^xsd:date', '"12021-01-01"^^xsd:date', '"INF"^^xsd:double', '"2021-13-45"', '"x"^^ex:odd', '"2021-01-01T00:00:00+05:00"^^xsd:dateTime'],
)  # fmt: skip
def test_open_world_odd_value_that_can_be_is_none(value: str) -> None:
    assert validate.check(base(f"e:ana-tormes foaf:birthday {value} .")) == []


def test_open_world_impossible_date_prints_no_words_of_a_library(file: Path) -> None:
    """In a process of its own, so that what a library logs is seen."""
    write(file, f'<{PORT}> foaf:seen "2021-13-45"^^xsd:date ; kg:changed "2021-99"^^xsd:gYearMonth .')
    done = subprocess.run([sys.executable, "-m", "kg", "check", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout.count("which is no") == 2
    assert done.stderr.strip() == "kg: 2 violations."
    assert "Traceback" not in done.stdout


def test_open_world_report_with_an_impossible_value_is_a_shacl_report() -> None:
    violations = validate.check(base('e:ana-tormes foaf:birthday "2021-13-45"^^xsd:date .'))
    graph = rdflib.Graph().parse(data=validate.report(violations), format="turtle")
    assert any("2021-13-45" in str(value) for value in graph.objects(None, rdflib.SH.value))


def test_open_world_impossible_date_hinders_neither_conclusions_nor_exports(tmp_path: Path) -> None:
    extra = f'<{PORT}> foaf:seen "2021-13-45"^^xsd:date . st:s2 <{v.Property.SAID_ON}> "2021-13-45" .'
    with Store.open(tmp_path / "store") as store:
        store.add(base(extra).quads())
    for command in (
        ["infer"],
        ["infer", "--reasoner", "hermit"],
        *(["export", "--format", f, "--out", str(tmp_path / f)] for f in export.formats()),
    ):
        done = CliRunner().invoke(cli, [*command, "--store", str(tmp_path / "store")])
        assert done.exit_code == 0, (command, done.output)
        assert "Traceback" not in done.output
    assert len(facts(base(extra))) == len(facts(base("")))


def test_open_world_impossible_date_in_an_ontology_is_no_traceback(tmp_path: Path) -> None:
    odd = tmp_path / "odd.ttl"
    odd.write_text(
        f'{PREFIXES} ex:o a owl:Ontology ; owl:imports <{v.ONTOLOGY}> ; ex:made "2021-13-45"^^xsd:date . ex:made a owl:AnnotationProperty .'
    )
    done = CliRunner().invoke(cli, ["check", str(BASE), "--ontology", str(odd)])
    assert (done.exit_code, "Traceback" in done.output) == (0, False), done.output
