"""Shapes, evidence and reports: one example that conforms and one that does not for every shape, and the words of each."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner
from rdflib.namespace import RDF, RDFS, SH
from rich.console import Console

from kg import vocabulary as v
from kg.cli import cli
from kg.cli.looking import check as command
from kg.errors import OntologyError
from kg.pipeline import build
from kg.rdf.describing import Words
from kg.read import samples
from kg.reason import parts, validate
from kg.store import Store

SHAPES = Path(__file__).parents[1] / "data" / "shapes"
BASE = SHAPES / "base.ttl"
PORT = f"{v.DATA}article/2016-05-03-port"
TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
_ALL = rdflib.Graph().parse(v.ontology("shapes.ttl"))
NAMES = sorted(
    str(s).rsplit("#", 1)[1]
    for s in _ALL.subjects(RDF.type, SH.NodeShape)
    if any(_ALL.value(s, target) for target in TARGETS)
)


def with_base(name: str) -> Store:
    store = Store.load(BASE)
    store.add(ox.parse((SHAPES / name).read_bytes(), format=ox.RdfFormat.TURTLE))
    return store


def change(store: Store, subject: str, prop: str, *values: ox.NamedNode | ox.Literal) -> None:
    """Make ``subject`` have exactly ``values`` as ``prop``."""
    keep = [q for q in store.quads() if (q.subject, q.predicate) != (ox.NamedNode(subject), ox.NamedNode(prop))]
    new = [ox.Quad(ox.NamedNode(subject), ox.NamedNode(prop), value) for value in values]
    for quad in list(store._inner):
        store._inner.remove(quad)
    store.add([*keep, *new])


@pytest.fixture(scope="module")
def demo() -> Store:
    store = Store.open()
    build(samples(), store=store)
    return store


def test_validate_base_of_the_examples_conforms() -> None:
    assert validate.check(Store.load(BASE)) == []


def test_validate_every_shape_has_its_two_examples_and_every_example_its_shape() -> None:
    found = {path.name for path in SHAPES.glob("*_*.ttl")}
    assert found == {f"{name}_{kind}.ttl" for name in NAMES for kind in ("PASS", "XFAIL")}


@pytest.mark.parametrize("name", NAMES)
def test_validate_example_that_conforms(name: str) -> None:
    assert validate.shapes(with_base(f"{name}_PASS.ttl")) == []


@pytest.mark.parametrize("name", NAMES)
def test_validate_example_that_does_not_conform(name: str) -> None:
    file = f"{name}_XFAIL.ttl"
    lines = (SHAPES / file).read_text(encoding="utf-8").splitlines()
    expected = next(line for line in lines if line.startswith("# message: ")).removeprefix("# message: ")
    found = validate.shapes(with_base(file))
    assert any(violation.message.startswith(expected) for violation in found), [x.sentence for x in found]
    alone = {str(quad.subject.value) for quad in ox.parse((SHAPES / file).read_bytes(), format=ox.RdfFormat.TURTLE)}  # type: ignore[union-attr]
    assert {violation.focus for violation in found} <= alone | {f"{v.DATA}entity/harbour-office"}


def test_validate_example_of_a_shape_tests_that_shape() -> None:
    """Each example is about a node that its shape targets."""
    shapes = rdflib.Graph().parse(v.ontology("shapes.ttl"))
    core = rdflib.Graph().parse(v.ontology("kg.ttl"))
    for name in NAMES:
        shape = rdflib.URIRef(f"https://w3id.org/kg-said/shapes#{name}")
        for kind in ("PASS", "XFAIL"):
            example = rdflib.Graph().parse(SHAPES / f"{name}_{kind}.ttl")
            classes = {
                sub
                for cls in shapes.objects(shape, SH.targetClass)
                for sub in core.transitive_subjects(RDFS.subClassOf, cls)
            }
            hit = any((None, RDF.type, cls) in example for cls in classes)
            of = (SH.targetSubjectsOf, SH.targetObjectsOf)
            hit = hit or any((None, p, None) in example for target in of for p in shapes.objects(shape, target))
            assert hit, (name, kind)


def test_validate_every_class_that_occurs_in_a_graph_has_a_shape(demo: Store) -> None:
    shapes = rdflib.Graph().parse(v.ontology("shapes.ttl"))
    core = rdflib.Graph().parse(v.ontology("kg.ttl"))
    targets = set(shapes.objects(None, SH.targetClass))
    used = {rdflib.URIRef(q.object.value) for q in demo.quads() if q.predicate.value == v.TYPE}  # type: ignore[union-attr]
    covered = {cls for cls in used if targets & set(core.transitive_objects(cls, RDFS.subClassOf))}
    assert not used - covered
    assert len(used) > 14


def test_validate_graphs_that_kg_builds_conform(demo: Store) -> None:
    assert validate.check(demo) == []


def test_validate_graph_survives_export_and_is_still_whole(demo: Store, tmp_path: Path) -> None:
    from kg import export

    assert validate.check(Store.load(export.write(demo, tmp_path / "g.ttl", "turtle"))) == []
    assert validate.check(Store.load(export.write(demo, tmp_path / "g.trig", "trig"))) == []


# ── words ──


def test_validate_sentence_names_article_statement_and_what_is_missing() -> None:
    store = Store.load(BASE)
    change(store, f"{PORT}/statement/s1", v.Property.STANCE)
    (found,) = validate.check(store)
    assert found.sentence == (
        "In “Port Reopens After The Flood”, the statement “We will rebuild the port”: "
        "A statement has one stance (“stance” missing)."
    )


def test_validate_sentence_shows_a_value_of_the_wrong_kind() -> None:
    store = Store.load(BASE)
    change(
        store, f"{PORT}/statement/s1", v.Property.CONFIDENCE, ox.Literal("7", datatype=ox.NamedNode(v.XSD + "decimal"))
    )
    (found,) = validate.check(store)
    assert "“confidence” is “7”" in found.sentence


def test_validate_sentence_of_something_that_nobody_knows() -> None:
    store = Store.load(BASE)
    change(store, f"{PORT}/statement/s1", v.KG + "mood", ox.Literal("gloomy"))
    (found,) = validate.check(store)
    assert "A statement has only what statements have" in found.message
    assert "“mood” not allowed here" in found.message


# ── evidence ──


def evidence_of(store: Store, statement: str) -> str:
    (found,) = store.objects(f"{PORT}/statement/{statement}", v.Property.EVIDENCE)
    return str(found.value)  # type: ignore[union-attr]


def test_validate_tampered_quotation_is_found_by_article_and_words() -> None:
    store = Store.load(BASE)
    quote = evidence_of(store, "s1")
    (words,) = store.objects(quote, v.Outside.EXACT)
    change(store, quote, v.Outside.EXACT, ox.Literal(words.value.replace("rebuild", "sell")))  # type: ignore[union-attr]
    (found,) = validate.check(store)
    assert found.title == "Port Reopens After The Flood"
    assert 'It says “"We will sell the port' in found.message
    assert 'but the text has “"We will rebuild' in found.message


def test_validate_tampered_text_breaks_every_quotation_after_it() -> None:
    store = Store.load(BASE)
    (text,) = store.objects(PORT, v.Property.TEXT)
    change(store, PORT, v.Property.TEXT, ox.Literal("!" + text.value))  # type: ignore[union-attr]
    assert len(validate.evidence(store)) > 7


def test_validate_tampered_context_is_found() -> None:
    store = Store.load(BASE)
    change(store, evidence_of(store, "s2"), v.Outside.PREFIX, ox.Literal("Nothing like it. "))
    (found,) = validate.evidence(store)
    assert "The words before or after it" in found.message


def test_validate_offsets_beyond_the_text_are_found() -> None:
    store = Store.load(BASE)
    (text,) = store.objects(PORT, v.Property.TEXT)
    change(store, PORT, v.Property.TEXT, ox.Literal(text.value[:80]))  # type: ignore[union-attr]
    found = validate.evidence(store)
    assert any("but the text ends before" in one.message for one in found)
    assert any("It names an article whose text is not in the graph, or ends before" in one.message for one in found)


def test_validate_offsets_that_are_not_those_of_the_name_are_found() -> None:
    store = Store.load(BASE)
    change(store, evidence_of(store, "s2"), v.Outside.START, ox.Literal("9", datatype=ox.NamedNode(v.XSD + "integer")))
    (found,) = validate.evidence(store)
    assert "but its name says others" in found.message


def test_validate_evidence_of_another_article_is_found() -> None:
    store = Store.load(BASE)
    other = ox.NamedNode(evidence_of(store, "s2").replace("2016-05-03-port", "2016-05-10-ferries"))
    change(store, f"{PORT}/statement/s1", v.Property.EVIDENCE, other)
    assert any("does not stand in its own article" in one.message for one in validate.evidence(store))


def test_validate_tampered_mention_is_found() -> None:
    store = Store.load(BASE)
    mention = ox.NamedNode(f"{PORT}#char=99990,99999")
    change(store, f"{PORT}/reference/tormes", v.Property.MENTION, mention)
    (found,) = validate.evidence(store)
    assert "or ends before" in found.message


# ── reports and the command ──


def test_validate_report_is_a_shacl_report_that_parses_and_says_the_same() -> None:
    store = with_base("Statement_XFAIL.ttl")
    violations = validate.check(store)
    graph = rdflib.Graph().parse(data=validate.report(violations), format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms).toPython() is False  # type: ignore[union-attr]
    results = list(graph.objects(report, SH.result))
    assert {str(graph.value(x, SH.focusNode)) for x in results} == {f"{PORT}/statement/new"}
    assert [str(graph.value(x, SH.resultMessage)) for x in results] == [x.sentence for x in violations]
    assert validate.report(violations) == validate.report(validate.check(store))


def test_validate_report_of_a_good_graph_conforms() -> None:
    graph = rdflib.Graph().parse(data=validate.report([]), format="turtle")
    assert (None, SH.conforms, rdflib.Literal(True)) in graph


def test_check_command_fails_on_a_tampered_graph_and_writes_the_report(tmp_path: Path) -> None:
    text = BASE.read_text(encoding="utf-8")
    bad = tmp_path / "graph.ttl"
    bad.write_text(
        text.replace(r'oa:exact "\"We will rebuild the port', r'oa:exact "\"We will close the port'), encoding="utf-8"
    )
    done = CliRunner().invoke(cli, ["check", str(bad), "--no-reasoning", "--report", str(tmp_path / "r.ttl")])
    assert done.exit_code == 1
    assert "In “Port Reopens After The Flood”" in done.output
    assert "1 violation." in done.output
    assert (None, SH.conforms, rdflib.Literal(False)) in rdflib.Graph().parse(tmp_path / "r.ttl")


def test_check_command_passes_on_a_good_graph() -> None:
    done = CliRunner().invoke(cli, ["check", str(BASE), "--no-reasoning"])
    assert (done.exit_code, done.output.startswith("The graph conforms")) == (0, True)


def test_check_command_refuses_what_is_no_graph(tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text("not Turtle at all")
    done = CliRunner().invoke(cli, ["check", str(file)])
    assert done.exit_code == 1
    assert "is not a valid graph file" in done.output


def test_validate_shapes_file_that_does_not_parse_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "shapes.ttl"
    broken.write_text("shape:Article a sh:NodeShape ;")
    monkeypatch.setattr(v, "ontology", lambda name="kg.ttl": broken)
    validate._shapes.cache_clear()
    with pytest.raises(OntologyError, match=r"The ontology file .*shapes\.ttl does not parse as Turtle"):
        validate.shapes(Store.open())
    validate._shapes.cache_clear()


# ── parts ──


def test_validate_parts_find_what_the_whole_finds(demo: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.open()
    store.add(demo.quads())
    statement = sorted(x.value for x in store.subjects_of_type(v.Class.STATEMENT))[0]  # type: ignore[union-attr]
    figure = sorted(x.value for x in store.subjects_of_type(v.Class.FIGURE))[0]  # type: ignore[union-attr]
    entity = sorted(x.value for x in store.subjects_of_type(v.Class.PERSON))[0]  # type: ignore[union-attr]
    change(store, statement, v.Property.STANCE)
    change(store, entity, v.Property.NAME)
    change(store, figure, v.KG + "mood", ox.Literal("gloomy"))
    store.apply(remove=[q for q in store.quads() if q.object == ox.NamedNode(figure)])
    whole = sorted(validate._of_shapes({quad.triple for quad in store.quads()}, Words(store)))
    assert len({one.focus for one in whole}) >= 3
    monkeypatch.setattr(parts, "THINGS", 30)
    assert validate.shapes(store) == whole
    assert validate.shapes(demo) == []


# ── a long check ──


STOPPED = """
import os, signal, sys
from kg.__main__ import main
from kg.reason import parts

plain = parts.Asserted.parts

def slowly(self):
    for number, part in enumerate(plain(self)):
        if number == 2:
            os.kill(os.getpid(), signal.SIGINT)
        yield part

parts.THINGS = 5
parts.Asserted.parts = slowly
sys.argv = ["kg", "check", sys.argv[1]]
main()
"""


def test_check_command_that_is_stopped_says_so_in_one_sentence() -> None:
    done = subprocess.run([sys.executable, "-c", STOPPED, str(BASE)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.startswith("kg: stopped by SIGINT.")
    assert done.stderr.count("\n") == 1


def test_check_command_tells_how_far_it_is_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=80)
    monkeypatch.setattr(command, "err", console)
    monkeypatch.setattr(parts, "THINGS", 5)
    assert CliRunner().invoke(cli, ["check", str(BASE), "--no-reasoning"]).exit_code == 0
    assert "Checking the graph" in console.file.getvalue()  # type: ignore[attr-defined]
    assert "100%" in console.file.getvalue()  # type: ignore[attr-defined]
