"""The quick look at shapes: whatever pySHACL finds is suspected, and what conforms is not."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg import vocabulary as v
from kg.rdf.describing import Words
from kg.reason import parts, validate
from kg.reason.conforming import Shapes, Triples
from kg.store import Store

BASE = Path(__file__).parents[1] / "data" / "shapes" / "base.ttl"
ODD = (
    ox.Literal(""), ox.Literal("7"), ox.Literal("x", language="en"), ox.Literal("1.5", datatype=ox.NamedNode(v.XSD + "decimal")),
    ox.Literal("2", datatype=ox.NamedNode(v.XSD + "decimal")), ox.Literal("-3", datatype=ox.NamedNode(v.XSD + "integer")),
    ox.Literal("maybe", datatype=ox.NamedNode(v.XSD + "boolean")), ox.NamedNode("https://example.org/x"), ox.BlankNode("b"),
    ox.Literal("2020-02-30T00:00:00Z", datatype=ox.NamedNode(v.XSD + "dateTime")), ox.NamedNode(v.KG + "type-country"),
    ox.Literal("1999-01-01T00:00:00Z", datatype=ox.NamedNode(v.XSD + "dateTime")),
)  # fmt: skip


def changed(triples: list[ox.Triple], luck: random.Random) -> set[ox.Triple]:
    """The triples with some taken away, some values in the place of others, and some from one thing given to another."""
    out = set(triples)
    for _ in range(25):
        one, other = luck.choice(triples), luck.choice(triples)
        out.discard(one)
        kind = luck.randrange(3)
        if kind == 1:
            out.add(ox.Triple(one.subject, one.predicate, luck.choice((*ODD, other.object))))
        elif kind == 2:
            out |= {one, ox.Triple(one.subject, other.predicate, other.object)}
    return out


@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
@pytest.mark.parametrize("seed", range(16))
def test_whatever_pyshacl_finds_in_the_whole_is_found_part_by_part(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    given = changed(sorted({quad.triple for quad in Store.load(BASE).quads()}, key=str), random.Random(seed))
    graphs = [
        ox.NamedNode(f"{v.DATA}article-graph/2016-05-03-port"),
        ox.NamedNode(v.Graph.ENTITIES.value),
        ox.DefaultGraph(),
    ]
    store = Store.open()
    store.add(ox.Quad(t.subject, t.predicate, t.object, graphs[len(str(t.subject)) % 3]) for t in given)
    wrong = sorted(validate._of_shapes({quad.triple for quad in store.quads()}, Words(store)))
    monkeypatch.setattr(parts, "THINGS", 5)
    assert wrong
    assert validate.shapes(store) == wrong


def test_a_graph_that_conforms_has_no_suspects_and_is_not_given_to_pyshacl(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validate.pyshacl, "validate", None)
    assert validate.shapes(Store.load(BASE)) == []


def test_shapes_of_what_is_not_known_suspect_everything() -> None:
    shapes = rdflib.Graph().parse(
        data="""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <https://example.org/> .
        x:Shape a sh:NodeShape ; sh:targetClass x:Thing ; sh:property [ sh:path x:name ; sh:uniqueLang true ] .""",
        format="turtle",
    )
    quick = Shapes(shapes, ())
    thing = "https://example.org/thing"
    assert not quick.known
    assert list(quick.suspects({thing: {}}, Triples([]))) == [thing]
