"""Bounds of time and number that every engine can ask: plain filters give the same figures on Oxigraph and rdflib."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib

from kg import export
from kg.pipeline import build
from kg.read import samples
from kg.store import Store

OVER = """
PREFIX kg: <https://w3id.org/kg-said/ns#> PREFIX schema: <https://schema.org/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?wording WHERE {
  ?statement a kg:Statement ; kg:figure ?figure ; kg:earliest ?said . ?figure kg:wording ?wording ; schema:minValue ?least .
  FILTER(?least >= 200 && ?said >= "2015-03-01T00:00:00"^^xsd:dateTime)
}"""
DATED = """
PREFIX kg: <https://w3id.org/kg-said/ns#>
SELECT ?statement WHERE { ?statement a kg:Statement FILTER NOT EXISTS { ?statement kg:earliest ?from ; kg:latest ?to } }"""
AROUND = """
PREFIX kg: <https://w3id.org/kg-said/ns#> PREFIX schema: <https://schema.org/>
SELECT ?wording ?least ?most WHERE {
  ?figure kg:wording ?wording ; kg:comparator kg:comparator-about ; schema:value ?value ; schema:minValue ?least ; schema:maxValue ?most .
  FILTER(?least >= ?value || ?most <= ?value)
}"""


@pytest.fixture(scope="module")
def turtle() -> bytes:
    with Store.open() as store:
        build(samples(), store=store)
        made = export.FORMATS["turtle"].make(export.Source(store))
    assert isinstance(made, bytes)
    return made


def _oxigraph(turtle: bytes, asked: str) -> list[str]:
    store = ox.Store()
    store.load(turtle, format=ox.RdfFormat.TURTLE)
    return sorted(row[0].value for row in store.query(asked))  # type: ignore[union-attr, arg-type]


def _rdflib(turtle: bytes, asked: str) -> list[str]:
    return sorted(str(row[0]) for row in rdflib.Graph().parse(data=turtle, format="turtle").query(asked))  # type: ignore[index]


def test_figures_over_a_number_said_after_a_day(turtle: bytes) -> None:
    # The articles of March 2015 and later give these; "more than 330" is open above and has 330 as its least.
    expected = ["339", "More than 400", "more than 330", "over 200"]
    assert _oxigraph(turtle, OVER) == expected
    assert _rdflib(turtle, OVER) == expected


def test_every_statement_of_a_dated_article_has_bounds_of_time(turtle: bytes) -> None:
    assert _oxigraph(turtle, DATED) == _rdflib(turtle, DATED) == []


def test_about_has_a_tolerance(turtle: bytes) -> None:
    assert _oxigraph(turtle, AROUND) == _rdflib(turtle, AROUND) == []
