"""Two ministries of one name stay apart where their IRI is given; parts of figures and unofficial ones, on both engines."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest
import rdflib
import story

from kg import query, rdf
from kg.errors import QueryError
from kg.model import Entity, EntityType
from kg.query import ask
from kg.store import Store
from kg.vocabulary import DATA, Graph

KYRGYZ, UZBEK = f"{DATA}entity/interior-ministry-kg", f"{DATA}entity/interior-ministry-uz"


@pytest.fixture(scope="module")
def store() -> Store:
    a = story._Article(
        "n1",
        "The Interior Ministry of Kyrgyzstan said that 50 boats, of which 20 were red and 5 were blue, had left.",
        "Uzbekistan's Interior Ministry said that 7 boats had left.",
        "Unconfirmed reports spoke of 90 boats.",
        title="Boats leave",
        published="2020-05-01",
        publisher=None,
    )
    a.reference("kg", EntityType.COUNTRY, "Kyrgyzstan")
    a.reference("uz", EntityType.COUNTRY, "Uzbekistan")
    a.reference("one", EntityType.MINISTRY, "Interior Ministry")
    a.reference("other", EntityType.MINISTRY, "Interior Ministry")
    a.reference("reports", EntityType.DOCUMENT, "reports")
    boats = a.figure("f1", "50 boats", 50, population="boats", event="leave")
    red = replace(a.figure("f2", "20", 20, population="red boats", event="leave"), total="f1")
    blue = replace(a.figure("f3", "5 were", 5, population="blue boats", event="leave"), total="f1")
    seven = a.figure("f4", "7 boats", 7, population="boats", event="leave")
    ninety = replace(a.figure("f5", "90 boats", 90, population="boats", event="leave"), unofficial=True)
    content = "that 50 boats, of which 20 were red and 5 were blue, had left"
    a.says("s1", "one", "said", content, within=0, figures=(boats, red, blue))
    a.says("s2", "other", "said", "that 7 boats had left", within=1, figures=(seven,))
    a.says("s3", "reports", "spoke of", "90 boats", within=2, figures=(ninety,))
    made = Store.open()
    made.add([*rdf.article_quads(a.resolved()), *rdf.provenance_quads("n1", "by hand")])
    entities = (
        Entity("kyrgyzstan", EntityType.COUNTRY, "Kyrgyzstan", references=(("n1", "kg"),)),
        Entity("uzbekistan", EntityType.COUNTRY, "Uzbekistan", references=(("n1", "uz"),)),
        Entity("interior-ministry-kg", EntityType.MINISTRY, "Interior Ministry", country="kyrgyzstan", references=(("n1", "one"),)),
        Entity("interior-ministry-uz", EntityType.MINISTRY, "Interior Ministry", country="uzbekistan", references=(("n1", "other"),)),
        Entity("reports", EntityType.DOCUMENT, "reports", references=(("n1", "reports"),)),
    )  # fmt: skip
    made.replace_graph(Graph.ENTITIES, rdf.entity_quads(entities, (), offices=rdf.offices(made), links=rdf.links(made)))
    return made


def rows(store: Store, name: str, params: dict[str, str], *columns: str) -> list[tuple[object, ...]]:
    """The columns of the rows, which are the same on both engines."""
    asked = query.find(name)
    triples = ox.serialize({quad.triple for quad in store.quads()}, format=ox.RdfFormat.N_TRIPLES)
    found = query.run(store, asked, params)
    assert query.run(rdflib.Graph().parse(data=triples, format="nt"), asked, params) == found
    return [tuple(row[column] for column in columns) for row in found]


def test_a_name_finds_both_and_an_iri_one(store: Store) -> None:
    for name, parameter in (("statements_by", "by"), ("figures_by", "by"), ("statements_for", "body")):
        both = rows(store, name, {parameter: "interior"}, "statement")
        assert {one[0] for one in both} == {f"{DATA}article/n1/statement/s1", f"{DATA}article/n1/statement/s2"}
        assert set(rows(store, name, {parameter: UZBEK}, "statement")) == {(f"{DATA}article/n1/statement/s2",)}


def test_ask_says_which_ministries_it_may_be(store: Store) -> None:
    with pytest.raises(QueryError) as error:
        ask.understand(store, "what did the Interior Ministry say")
    assert str(error.value) == (
        f"“Interior Ministry” may be any of Interior Ministry (Kyrgyzstan) <{KYRGYZ}>, Interior Ministry (Uzbekistan) <{UZBEK}>; "
        "ask for one by its whole name or with its country, or give its IRI to “kg query --param”."
    )


@pytest.mark.parametrize(
    ("asked", "iri"),
    [
        ("what did the Interior Ministry of Kyrgyzstan say", KYRGYZ),
        ("what did the Kyrgyz Interior Ministry say", KYRGYZ),
        ("What did Uzbekistan's Interior Ministry say?", UZBEK),
        ("what did the Uzbek Interior Ministry say", UZBEK),
    ],
)
def test_ask_takes_the_ministry_of_the_country(store: Store, asked: str, iri: str) -> None:
    found = ask.understand(store, asked)
    assert (found.query.name, found.params) == ("statements_for", {"body": iri})


def test_parts_of_figures(store: Store) -> None:
    columns = ("whole", "whole_population", "part", "part_population", "value")
    both = [
        ("50 boats", "boats", "20", "red boats", 20),
        ("50 boats", "boats", "5 were", "blue boats", 5),
    ]
    assert rows(store, "figure_parts", {}, *columns) == both
    assert rows(store, "figure_parts", {"whole_value": "50", "by": KYRGYZ}, *columns) == both
    assert rows(store, "figure_parts", {"whole_value": "7"}, *columns) == []
    assert rows(store, "figure_parts", {"by": UZBEK}, *columns) == []


def test_unofficial_figures(store: Store) -> None:
    assert rows(store, "figures_unofficial", {}, "speaker_name", "value") == [("reports", 90)]
