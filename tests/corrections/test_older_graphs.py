"""Graphs of before, which say what those of today imply, go on: questions, corrections, checks, more articles, repair."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from kg import corrections, query, rdf
from kg import vocabulary as v
from kg.model import Article
from kg.pipeline import build, repair
from kg.rdf import minting
from kg.rdf.corrections import resolved
from kg.reason import validate
from kg.store import Store
from kg.store.copies import scratch
from kg.store.upkeep.article import Local, own
from kg.vocabulary import Graph
from tests.corrections.test_each_correction import ARTICLES, CASES, Case, decide, rows

CHANGED = ("speaker, marked", "kind", "population", "type", "no office")
LATER = Article(
    "later", "Ben Holt said on Friday that 60 people were killed in the fire in Osk. 60 was too few, Ana Ruiz said.",
    title="Fire in Osk: more dead", published="2020-03-06", url="https://news.example/later",
)  # fmt: skip


@pytest.fixture(scope="module")
def lean() -> Iterator[Store]:
    with Store.open() as store:
        assert not build(ARTICLES, store=store).problems
        yield store


@pytest.fixture
def older(lean: Store) -> Iterator[Store]:
    """The same articles as kg wrote them before."""
    with scratch(lean) as store:
        for article in ARTICLES:
            read = resolved(Local(own(store, article.id)))
            assert read is not None
            store.add(rdf.article_quads(read, whole=True))
        assert len(store) > len(lean)
        repair(store=store)
        yield store


def derived(store: Store) -> set[ox.Quad]:
    return {q for name in (Graph.ENTITIES, Graph.COMPARISONS) for q in store.quads(name)}


def test_older_graph_gives_the_same_entities_comparisons_and_rows(lean: Store, older: Store) -> None:
    assert derived(older) == derived(lean)
    for name in (
        "statement_detail",
        "statement_figures",
        "figures",
        "figures_unofficial",
        "who_said_what",
        "statement_spans",
    ):
        found, wanted = (list(query.run(store, query.find(name))) for store in (older, lean))
        assert found == wanted
        assert found or name == "figures_unofficial"
    assert validate.check(older) == []


def test_older_graph_takes_more_articles_and_keeps_its_own(lean: Store, older: Store) -> None:
    before = {a.id: set(own(older, a.id)) for a in ARTICLES}
    with scratch(lean) as other:
        for store in (older, other):
            assert not build([LATER], store=store).problems
        assert derived(older) == derived(other)
        assert set(own(older, LATER.id)) == set(own(other, LATER.id))
    repair(store=older)
    assert {a.id: set(own(older, a.id)) for a in ARTICLES} == before
    assert validate.check(older) == []


@pytest.mark.parametrize("case", [c for c in CASES if c.name in CHANGED], ids=lambda case: case.name)
def test_older_graph_is_corrected_as_one_of_today(lean: Store, older: Store, case: Case) -> None:
    before = {a.id: set(own(older, a.id)) for a in ARTICLES}
    with scratch(lean) as other:
        made = [decide(store, case) for store in (older, other)]
        assert made[0].thing == made[1].thing
        assert derived(older) == derived(other)
        now = [resolved(Local(own(store, "fire"))) for store in (older, other)]
        assert now[0] == now[1]
    assert set(own(older, "fire")) != before["fire"]
    assert validate.check(older) == []
    corrections.undo(older, made[0].decisions[0].id, by="Ben")
    assert {a.id: set(own(older, a.id)) for a in ARTICLES} == before


def test_quotation_of_an_older_graph_is_held_against_the_text(older: Store) -> None:
    place = next(iri for (iri,) in rows(older, "SELECT ?e { ?e oa:suffix ?after } ORDER BY ?e"))
    old = next(
        q
        for q in own(older, minting.article_id(place))
        if q.subject.value == place and q.predicate.value == v.Outside.SUFFIX
    )
    older.apply(remove=[old], add=[ox.Quad(old.subject, old.predicate, ox.Literal("Nothing like it."), old.graph_name)])
    (found,) = validate.check(older)
    assert "The words before or after it" in found.message
