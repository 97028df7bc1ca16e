"""The ontology's picture, lists and pages: up to date, whole, and made without fetching anything."""

from __future__ import annotations

import importlib.util
import re
import socket
import sys
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
import rdflib

from kg import vocabulary as v

HOME = Path(__file__).parents[1] / "ontology"
QUERIES = HOME.parent / "queries"


@pytest.fixture(scope="module")
def document() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ontology_document", HOME / "document.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def section(name: str) -> str:
    text = (HOME / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- {name}: generated -->\n(.*)\n<!-- {name}: end -->", text, re.DOTALL)
    assert found is not None
    return found[1].strip()


def test_documents_picture_is_up_to_date(document: ModuleType) -> None:
    now = document.Picture(document.ontology()).draw()
    assert (HOME / "classes.svg").read_text(encoding="utf-8") == now, "run: python ontology/document.py"


def test_documents_events_and_units_are_those_of_the_word_lists(document: ModuleType) -> None:
    assert (HOME / "events.ttl").read_text(encoding="utf-8") == document.events(), "run: python ontology/document.py"


def test_documents_picture_is_xml_with_every_class(document: ModuleType) -> None:
    core = document.ontology()
    root = ElementTree.fromstring((HOME / "classes.svg").read_text(encoding="utf-8"))
    drawn = {node.text for node in root.iter() if node.get("class") == "name"}
    shown = {*map(rdflib.URIRef, v.Class), *core.subjects(rdflib.RDF.type, rdflib.SKOS.ConceptScheme)}
    assert drawn == {str(core.value(thing, rdflib.RDFS.label)) for thing in shown}


def test_documents_list_of_terms_is_up_to_date(document: ModuleType) -> None:
    assert section("terms") == document.terms(document.ontology()), "run: python ontology/document.py"


def test_documents_questions_lead_to_queries_that_are_there() -> None:
    linked = re.findall(r"\]\(\.\./queries/(\w+\.rq)\)", section("questions"))
    assert len(linked) >= 24
    assert [name for name in linked if not (QUERIES / name).is_file()] == [], "run: python ontology/document.py"


def test_documents_filling_leaves_the_rest_of_a_text_alone(document: ModuleType) -> None:
    text = "a\n<!-- x: generated -->\nold\n<!-- x: end -->\nb\n"
    assert document.filled(text, {"x": "new"}) == "a\n<!-- x: generated -->\n\nnew\n\n<!-- x: end -->\nb\n"


def test_documents_html_has_every_term_and_nothing_is_fetched(
    document: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    if importlib.util.find_spec("pylode") is None:
        pytest.skip("pyLODE is not installed")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the documentation must not need the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    core = document.ontology()
    page = document.html(core, "<svg/>")
    assert "<title>Who said what</title>" in page
    assert '<div class="section" id="picture">' in page
    for term in (*v.Class, *(p for p in v.Property if p.startswith(v.KG))):
        assert str(term.value) in page
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=\"https?:", page)


def test_documents_use_of_the_terms_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("ontology_use", HOME.parent / "tests" / "bench" / "ontology_use.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.PAGE.read_text(encoding="utf-8") == module.page(), "run: python tests/bench/ontology_use.py"
