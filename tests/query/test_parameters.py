"""Headers and parameters: what is not there, of a wrong type or cannot be read is one sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg import query
from kg.errors import QueryError
from kg.store import Store

ASKED = query.parse(
    "#+ title: T\n#+ question: Q?\n#+ returns: x\n#+ group: Figures\n#+ asks: how many\n#+ asks: what number\n"
    '#+ param: name string "" — whose\n#+ param: town string "New Town" — where\n#+ param: n integer 3 — how many\n'
    "#+ param: least decimal 0.5\n#+ param: day date -\n#+ param: all boolean true\n#+ param: time when 2015\n"
    "SELECT ?name ?town ?n ?least ?day ?all ?time WHERE {}"
)


def test_headers_are_read() -> None:
    assert (ASKED.title, ASKED.question, ASKED.columns, ASKED.group) == ("T", "Q?", ("x",), "Figures")
    assert ASKED.asks == ("how many", "what number")
    assert [(p.name, p.type, p.default) for p in ASKED.parameters] == [
        ("name", "string", ""), ("town", "string", "New Town"), ("n", "integer", "3"), ("least", "decimal", "0.5"),
        ("day", "date", None), ("all", "boolean", "true"), ("time", "when", "2015"),
    ]  # fmt: skip
    assert ASKED.parameters[0].text == "whose"
    assert "#+" not in ASKED.sparql


def test_headers_that_cannot_be_read_are_refused() -> None:
    with pytest.raises(QueryError, match=r"a parameter line that cannot be read: “n float 3”"):
        query.parse("#+ param: n float 3\nSELECT * WHERE {}")


def test_headers_add_only_prefixes_that_are_missing() -> None:
    text = query.parse("prefix kg: <http://example.org/>\nSELECT * WHERE { ?s kg:p ?o ; oa:start ?x }").text
    assert text.count("kg: <") == 1
    assert "PREFIX oa: <http://www.w3.org/ns/oa#>" in text


def test_bindings_are_typed_terms() -> None:
    bound = query.bindings(ASKED, {"day": date(2015, 4, 21), "least": Decimal("0.80"), "all": False, "time": "2015-04"})
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert bound["day"] == ox.Literal("2015-04-21", datatype=ox.NamedNode(xsd + "date"))
    assert bound["least"] == ox.Literal("0.80", datatype=ox.NamedNode(xsd + "decimal"))
    assert bound["all"] == ox.Literal("false", datatype=ox.NamedNode(xsd + "boolean"))
    assert bound["n"] == ox.Literal("3", datatype=ox.NamedNode(xsd + "integer"))
    assert bound["name"] == ox.Literal("")
    assert bound["time"] == ox.Literal("2015-04")


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({}, "The query “query” needs a value for “day” ()."),
        ({"day": "2015-04-21", "nme": "x"}, "The query “query” has no parameter “nme”; it takes: name, town, n, least, day, all, time."),
        ({"day": "April"}, "The parameter “day” must be a date (2015-04-21); “April” is none."),
        ({"day": "2015-04-21", "n": "3.5"}, "The parameter “n” must be an integer; “3.5” is none."),
        ({"day": "2015-04-21", "least": "high"}, "The parameter “least” must be a decimal number (0.8); “high” is none."),
        ({"day": "2015-04-21", "least": "NaN"}, "The parameter “least” must be a decimal number (0.8); “NaN” is none."),
        ({"day": "2015-04-21", "all": "yes"}, "The parameter “all” must be a boolean (true or false); “yes” is none."),
        ({"day": "2015-04-21", "time": "2015-13"},
         "The parameter “time” must be a day, month or year (2015-04-21, 2015-04, 2015); “2015-13” is none."),
    ],
)  # fmt: skip
def test_bindings_that_do_not_fit_are_one_sentence(params: dict[str, str], sentence: str) -> None:
    with pytest.raises(QueryError) as error:
        query.bindings(ASKED, params)
    assert str(error.value) == sentence


def test_bindings_of_an_iri_are_no_way_into_the_query() -> None:
    asked = query.parse("#+ param: who iri -\nSELECT ?o ?who WHERE { ?who ?p ?o }")
    for bad in ("x> ?p ?o } #", "no scheme", "nothing"):
        with pytest.raises(QueryError, match="must be an IRI"):
            query.run(Store.open(), asked, {"who": bad})


def test_parameters_of_a_construct_query_are_refused() -> None:
    asked = query.parse("#+ param: who iri -\nCONSTRUCT { ?who ?p ?o } WHERE { ?who ?p ?o }")
    with pytest.raises(QueryError, match="only those take parameters"):
        query.run(Store.open(), asked, {"who": "http://e.org/x"})


def test_find_names_the_nearest_and_reads_files(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="Did you mean “offices”"):
        query.find("ofices")
    with pytest.raises(QueryError, match="kg query --list"):
        query.find("zzzzzz")
    with pytest.raises(QueryError, match="cannot be read"):
        query.find(str(tmp_path / "none.rq"))
    (tmp_path / "mine.rq").write_text("#+ title: Mine\nASK { ?s ?p ?o }", encoding="utf-8")
    assert query.find(str(tmp_path / "mine.rq")).title == "Mine"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * WHERE {service silent <http://127.0.0.1:9/>{ ?s ?p ?o } }",
        "SELECT * WHERE { BIND(<http://127.0.0.1:9/> AS ?e) SERVICE ?e { ?s ?p ?o } }",
        "SELECT * WHERE { \\u0053ERV\\U00000049CE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "# one # two\nSELECT * WHERE { ?s ?p '#' . SERVICE <http://127.0.0.1:9/#x> { ?s ?p ?o } }",
    ],
)
def test_queries_open_no_connection(text: str) -> None:
    with pytest.raises(QueryError, match="opens no connection"):
        query.run(Store.open(), query.parse(text))


def test_queries_may_speak_of_services() -> None:
    for text in (
        'SELECT ?service WHERE { ?service ?p "the SERVICE { of" } # SERVICE <x>',
        "PREFIX x: <http://e.org/SERVICE/> SELECT * WHERE { ?s x:service <http://e.org/a SERVICE> }".replace(
            "a SERVICE", "SERVICE"
        ),
    ):
        assert query.run(Store.open(), query.parse(text)).rows == ()


def test_queries_that_rdflib_cannot_run_are_one_sentence() -> None:
    with pytest.raises(QueryError, match=r"^The query cannot be run by rdflib: .*\.$"):
        query.run(rdflib.Graph(), query.parse("SELECT ?x WHERE { ?x ?y"))
