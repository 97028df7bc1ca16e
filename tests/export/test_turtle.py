"""The Turtle that people read and the RDF/XML with the ontology inside: small, whole, and the same for every reader."""

from __future__ import annotations

import importlib.util
import os
import random
import re
import subprocess
from pathlib import Path
from typing import Any

import owlready2
import pyoxigraph as ox
import pytest
import rdflib
import story
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import export
from kg import vocabulary as v
from kg.export.linked import readable
from kg.pipeline import build
from kg.read import samples
from kg.reason.java import java
from kg.store import Store


@pytest.fixture(scope="module")
def demo() -> Store:
    store = Store.open()
    build(samples(), store=store)
    return store


@pytest.fixture(scope="module")
def text(demo: Store) -> str:
    return made(demo, "turtle").decode()


def made(store: Store, name: str) -> bytes:
    found = export.FORMATS[name].make(export.Source(store))
    assert isinstance(found, bytes)
    return found


def parsed(data: bytes | str, syntax: ox.RdfFormat = ox.RdfFormat.TURTLE) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, format=syntax)}


def test_turtle_is_at_most_six_tenths_of_what_a_plain_writer_makes(text: str) -> None:
    plain = ox.serialize(parsed(text), format=ox.RdfFormat.TURTLE, prefixes=v.PREFIXES)
    assert plain is not None
    assert len(text.encode()) <= 0.6 * len(plain)


def test_turtle_has_its_sections_in_order_and_statements_soon(text: str) -> None:
    sections = re.findall(r"^# (\w+)", text, re.MULTILINE)
    order = [
        "Articles",
        "Entities",
        "Offices",
        "Statements",
        "Comparisons",
        "Events",
        "Evidence",
        "References",
        "Judgements",
        "How",
        "The",
    ]
    assert sections == order
    lines = text.splitlines()
    first = next(n for n, line in enumerate(lines) if " a kg:Statement " in line)
    assert first < len(lines) / 4
    told = [line.split()[2] for line in lines if re.search(r" a kg:(?:Statement|Figure) ", line)]
    assert told[0] == "kg:Statement"
    assert "kg:Figure" in told[1:5], "figures stand behind their statement"


def test_turtle_header_says_what_it_is_and_no_clock(text: str, demo: Store) -> None:
    graph = rdflib.Graph().parse(data=text, format="turtle")
    (itself,) = graph.subjects(rdflib.RDF.type, rdflib.OWL.Ontology)
    terms = rdflib.DCTERMS
    assert str(graph.value(itself, terms.title)) == "Who said what in 7 articles"
    assert str(graph.value(itself, terms.creator)).startswith("kg ")
    assert str(graph.value(itself, terms.license)).startswith("https://")
    assert {str(o) for o in graph.objects(itself, rdflib.OWL.imports)} == {v.ONTOLOGY, v.DETAIL}
    articles = set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(v.Class.ARTICLE)))
    latest = {str(graph.value(a, rdflib.URIRef(v.Property.LATEST))) for a in articles}
    assert str(graph.value(itself, terms.modified)) == max(latest)
    assert made(demo, "turtle").decode() == text


def test_turtle_everything_has_a_label_and_words_have_their_language(text: str) -> None:
    graph = rdflib.Graph().parse(data=text, format="turtle")
    assert {s for s in graph.subjects() if graph.value(s, rdflib.RDFS.label) is None} == set()
    for prop in (v.Property.CONTENT, v.Property.WORDING, v.Property.TITLE):
        languages = {o.language for o in graph.objects(None, rdflib.URIRef(prop)) if isinstance(o, rdflib.Literal)}
        assert languages <= {"en", None}
        assert languages


def test_turtle_names_are_short_and_no_blank_node(text: str) -> None:
    body = text[text.index("# Articles") :]
    long = set(re.findall(rf"<{re.escape(v.DATA)}[^>]*>", body))
    assert long == {f"<{v.version_iri()}>"}, "all else has a prefix"
    assert not [t for t in parsed(text) if isinstance(t.subject, ox.BlankNode)]


def test_turtle_time_is_moments_and_numbers_are_bounds(text: str) -> None:
    kinds = {o.datatype.value.rsplit("#")[1] for t in parsed(text) if isinstance(o := t.object, ox.Literal)}
    assert kinds == {"string", "langString", "boolean", "integer", "decimal", "dateTime"}
    ask = """SELECT ?s ?dating WHERE { ?s a kg:Statement ; kg:earliest ?from ; kg:latest ?to OPTIONAL { ?s kg:dating ?dating }
             FILTER(?from >= "2015-04-16T00:00:00"^^xsd:dateTime && ?to <= "2015-04-30T23:59:59"^^xsd:dateTime) }"""
    prefixes = "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in v.PREFIXES.items())
    store = ox.Store()
    store.load(text.encode(), format=ox.RdfFormat.TURTLE)
    ours = {tuple(term.value if term else "-publication" for term in row) for row in store.query(prefixes + ask)}  # type: ignore[union-attr]
    theirs = {
        tuple(str(term or "-publication") for term in row)
        for row in rdflib.Graph().parse(data=text, format="turtle").query(prefixes + ask)
    }  # type: ignore[arg-type]
    assert ours == theirs
    assert {dating.rsplit("-", 1)[1] for _, dating in ours} == {"own", "publication"}


def test_turtle_says_the_same_as_ntriples_to_every_reader(text: str, demo: Store) -> None:
    lines = made(demo, "ntriples")
    assert parsed(text) == parsed(lines, ox.RdfFormat.N_TRIPLES)
    assert set(rdflib.Graph().parse(data=text, format="turtle")) == set(rdflib.Graph().parse(data=lines, format="nt"))


_IRIS = st.one_of(
    st.sampled_from([v.DATA + "article/a%20b", v.DATA + "article/x/figure/.1-2.", v.DATA + "article/x/statement/-a", v.DATA + "entity/é",
                     v.DATA + "entity/", v.DATA + "article/", v.DATA, v.ONTOLOGY, v.KG + "speaker", "urn:x", v.DATA + "entity/a.b", v.DATA + "entity/a~b/c",
                     v.DATA + "article/x/evidence/1-2/quote", "http://e.org/#", v.DATA + "graph/article/1", v.DATA + "schema/x",
                     v.DATA + "article/x/article/y", v.DATA + "article/x/entity/y"]),
    st.text("ab1.-_/%é'()", max_size=9).map(lambda s: v.DATA + re.sub(r"%(?![0-9A-F]{2})", "", s)),
    st.text("ab1.-_/", max_size=9).map(lambda s: f"{v.DATA}article/{s}"),
)  # fmt: skip
_LITERALS = st.one_of(
    st.text(max_size=20).map(ox.Literal),
    st.sampled_from([ox.Literal("a", language="en-gb"), ox.Literal("07", datatype=ox.NamedNode(v.XSD + "integer")), ox.Literal(True),
                     ox.Literal("1", datatype=ox.NamedNode(v.XSD + "boolean")), ox.Literal("x", datatype=ox.NamedNode("urn:d")),
                     ox.Literal("0.5", datatype=ox.NamedNode(v.XSD + "decimal")), ox.Literal("5.", datatype=ox.NamedNode(v.XSD + "decimal"))]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(_IRIS, _IRIS, st.one_of(_IRIS, _LITERALS)), max_size=12), st.sampled_from([0, 50]), st.randoms()
)
def test_turtle_any_graph_comes_back_and_its_order_does_not_matter(
    rows: list[tuple[str, str, Any]], many: int, chance: random.Random
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readable, "MANY", many)
        _comes_back(rows, chance)


def _comes_back(rows: list[tuple[str, str, Any]], chance: random.Random) -> None:
    def node(term: Any) -> Any:
        return ox.NamedNode(term) if isinstance(term, str) else term

    triples = [ox.Triple(node(s), node(p), node(o)) for s, p, o in rows]
    first = readable.write(triples)
    assert parsed(first) == set(triples)
    assert len(rdflib.Graph().parse(data=first, format="turtle")) == len(set(triples))
    chance.shuffle(triples)
    assert readable.write(triples) == first


def test_turtle_of_a_store_with_a_base_of_its_own_is_as_short() -> None:
    base = "https://example.org/news/"
    store = Store.open(base=base)
    build(samples()[:2], store=store)
    own = made(store, "turtle").decode()
    body = own[own.index("# Articles") :]
    assert f"@prefix entity: <{base}entity/> ." in own
    assert set(re.findall(rf"<{re.escape(base)}[^>]*>", body)) <= {f"<{base}>"}
    assert re.findall(r"^# (\w+)", own, re.MULTILINE)[:4] == ["Articles", "Entities", "Offices", "Statements"]
    assert "Who said what in 2 articles" in own
    assert parsed(own) == parsed(made(store, "ntriples"), ox.RdfFormat.N_TRIPLES)


def test_turtle_page_of_the_docs_shows_it_as_it_is(text: str) -> None:
    spec = importlib.util.spec_from_file_location("turtle_page", Path(__file__).parents[1] / "bench" / "turtle_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.PAGE.read_text(encoding="utf-8") == module.page(text), "run: python tests/bench/turtle_page.py"


# ── RDF/XML ──


@pytest.fixture(scope="module")
def owl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export.write(story.store(), tmp_path_factory.mktemp("owl") / "graph.owl", "owl")


def test_owl_has_the_ontology_inside_and_the_same_data(owl: Path, demo: Store) -> None:
    triples = parsed(owl.read_bytes(), ox.RdfFormat.RDF_XML)
    told = parsed(made(story.store(), "turtle"))
    assert {t for t in told if t.predicate.value != v.OWL + "imports"} <= triples
    assert not [t for t in triples if t.predicate.value == v.OWL + "imports"]
    assert ox.Triple(ox.NamedNode(v.Class.STATEMENT), ox.NamedNode(v.TYPE), ox.NamedNode(v.OWL + "Class")) in triples
    used = {t.object for t in told if t.predicate.value == v.Property.EVENT_TYPE}
    assert used
    for event in used:
        assert [t for t in triples if t.subject == event and t.predicate.value == v.SKOS + "definition"]
    assert made(demo, "owl") == made(demo, "owl")


def test_owl_is_owl_2_dl_data_and_ontology_together(owl: Path) -> None:
    jars = Path(owlready2.__file__).parent / "pellet"
    path = os.pathsep.join(str(jar) for jar in sorted(jars.glob("*.jar")))
    done = subprocess.run(
        [java(), "-cp", path, "pellet.Pellet", "lint", str(owl)], capture_output=True, text=True, timeout=120
    )
    assert "No OWL 2 DL violations found" in done.stdout, done.stdout


def test_owl_is_read_and_reasoned_over_by_owlready2(owl: Path) -> None:
    world = owlready2.World()
    ontology = world.get_ontology(f"file://{owl}").load()
    terms = ontology.get_namespace(v.KG)
    organisations = {thing.iri for thing in terms.Organisation.instances()}
    assert len(organisations) >= 3
    (said, *_) = [s for s in terms.Statement.instances() if s.speaker and s.figure]
    assert said.earliest is not None
    owlready2.JAVA_EXE = java()
    with ontology:
        owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    ministries = {thing.iri for thing in terms.Ministry.instances()}
    assert ministries
    assert ministries < organisations
    assert terms.Quotation.instances()
