"""A value in a query's text is the value that was given, on every engine, and never anything else."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg import query
from kg.errors import QueryError
from kg.query import filling

TEXT = 'SELECT ?x WHERE { VALUES ?x { "" } }'


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
@example('a"b')
@example("x\\u0022 } UNION { ?s ?p ?x } #")
@example("\\\\u0022")
@example("\\U00000022 \\\\\\u005c")
@example("\\")
@example("\n\r\t\x01\x7f")
def test_a_text_stays_what_it_is(value: str) -> None:
    text, rest = filling.filled(TEXT, {"x": ox.Literal(value)})
    assert rest == {}
    assert [row[0].value for row in ox.Store().query(text)] == [value]  # type: ignore[union-attr, index]
    assert [str(row[0]) for row in rdflib.Graph().query(text)] == [value]  # type: ignore[index]


@pytest.mark.parametrize("term", ["https://e.org/a", "urn:x:1", "http://e.org/ünïcode"])
def test_an_iri_stays_what_it_is(term: str) -> None:
    asked = query.parse(f'#+ param: x name ""\n{TEXT}')
    for engine in (ox.Store(), rdflib.Graph()):
        text, _ = filling.filled(asked.text, query.bindings(asked, {"x": term}))
        (row,) = engine.query(text)  # type: ignore[attr-defined]
        assert str(row[0]).strip("<>") == term


@pytest.mark.parametrize("given", ["no scheme", "Note: a text", "http://e.org/a b", "x> } #", "mailto:somebody"])
def test_what_is_no_iri_is_a_name(given: str) -> None:
    asked = query.parse(f'#+ param: x name ""\n{TEXT}')
    assert query.bindings(asked, {"x": given}) == {"x": ox.Literal(given)}


def test_blocks_are_found_where_they_are_blocks() -> None:
    text = (
        '#+ param: a string "" — VALUES ?a { no }\nSELECT * WHERE { # VALUES ?b { no }\n'
        "?s ?p 'VALUES ?c { no }', <http://e.org/VALUES?d> . values $e{'x' \"}\"} VALUES (?f ?g) { (1 2) } VALUES ?h {} }"
    )
    found = filling.blocks(text)
    assert {name: [text[slice(*place)] for place in places] for name, places in found.items()} == {
        "e": ["'x' \"}\""],
        "h": [""],
    }


def test_all_blocks_of_a_parameter_are_filled_and_what_has_none_is_bound_by_the_engine() -> None:
    text, rest = filling.filled(
        "SELECT * { { VALUES ?a { 1 2 } } UNION { VALUES ?a { 3 } } }", {"a": ox.Literal(5), "b": ox.Literal("x")}
    )
    assert text.count('{ "5"^^<http://www.w3.org/2001/XMLSchema#integer> }') == 2
    assert rest == {"b": ox.Literal("x")}


def test_a_value_that_makes_a_query_too_long_is_refused() -> None:
    asked = query.find("statements_by")
    with pytest.raises(QueryError, match="characters"):
        query.run(rdflib.Graph(), asked, {"by": "x" * 1_000_001})


def test_parameters_with_blocks_serve_any_form_of_query() -> None:
    head = '#+ param: x name ""\n'
    store = rdflib.Graph().parse(data="<urn:x:a> <urn:x:p> <urn:x:b> .", format="nt")
    asked = query.parse(head + "ASK { VALUES ?x { UNDEF } ?x ?p ?o }")
    assert query.run(store, asked, {"x": "urn:x:a"}).rows == ((True,),)
    assert query.run(store, asked, {"x": "urn:x:b"}).rows == ((False,),)
    made = query.parse(head + "CONSTRUCT { ?x ?p ?o } WHERE { VALUES ?x { UNDEF } ?x ?p ?o }")
    assert len(query.run(store, made, {"x": "urn:x:a"})) == 1
