"""From a store to the page's data, over the named queries themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import query, view
from kg.model import (
    Article,
    Certainty,
    Comparator,
    Comparison,
    Entity,
    EntityType,
    Kind,
    LinkKind,
    OfficeHeld,
    Reference,
    Resolved,
    Span,
    Stance,
    StatedFigure,
    Statement,
    Tense,
    Verdict,
)
from kg.query import network
from kg.rdf import article_quads, comparison_quads, entity_quads, links, offices
from kg.store import Store
from kg.view import rows
from kg.view.data import Mark, ViewData
from kg.vocabulary import DATA, Graph, Property

TEXT = (
    "Nadia Haddad, a former spokeswoman of the Port Authority, said that more than 40 ships were waiting. "
    "The Port Authority told reporters that the army had counted 25 ships off Tripoli."
)


def _span(part: str) -> Span:
    at = TEXT.index(part)
    return Span(at, at + len(part))


FIRST, SECOND = (Span(0, TEXT.index(" The Port")), Span(TEXT.index("The Port"), len(TEXT)))


def _figure(key: str, text: str, value: float, low: float, high: float | None, comparator: Comparator) -> StatedFigure:
    return StatedFigure(
        key,
        _span(text),
        text,
        value=value,
        low=low,
        high=high,
        comparator=comparator,
        population="ships",
        event="wait",
        places=("tripoli",),
        as_of="2020-08",
    )


def _statement(key: str, speaker: str | None, cue: str, content: str, evidence: Span, **more: object) -> Statement:
    return Statement(
        **{
            "key": key,
            "article": "ships",
            "speaker": speaker,
            "office": None,
            "cue": cue,
            "stance": Stance.SAID,
            "kind": Kind.INDIRECT,
            "certainty": Certainty.FIRM,
            "negated": False,
            "content": content,
            "source_spans": (),
            "cue_spans": (_span(cue),),
            "content_spans": (_span(content),),
            "evidence": evidence,
            **more,
        }  # type: ignore[arg-type]
    )


@pytest.fixture
def store() -> Store:
    article = Article(
        "ships",
        TEXT,
        title="Ships wait",
        published="2020-08-05",
        url="https://gulf.example/ships",
        publisher="Gulf Post",
    )
    people = (
        Reference("haddad", "ships", EntityType.PERSON, "Nadia Haddad", aliases=("Haddad",)),
        Reference("port", "ships", EntityType.SECURITY_SERVICE, "Port Authority", country="Libya"),
        Reference("army", "ships", EntityType.ORGANISATION, "army"),
        Reference("tripoli", "ships", EntityType.CITY, "Tripoli"),
    )
    held = OfficeHeld("spokes", "ships", "haddad", "spokeswoman", "port", Tense.FORMER, FIRST)
    statements = (
        _statement(
            "one",
            "haddad",
            "said",
            "more than 40 ships were waiting",
            FIRST,
            office="spokes",
            source_spans=(_span("Nadia Haddad"),),
            about=("tripoli", "port"),
            figures=(_figure("f1", "more than 40 ships", 40, 40, None, Comparator.MORE),),
            said_on="2020-08-04",
            certainty=Certainty.HEDGED,
            confidence=0.75,
            reason="named",
        ),
        _statement("two", "port", "told", "the army had counted 25 ships off Tripoli", SECOND, about=("army",)),
        _statement(
            "three",
            "army",
            "counted",
            "25 ships off Tripoli",
            SECOND,
            about=("tripoli",),
            within="two",
            figures=(_figure("f2", "25 ships", 25, 25, 25, Comparator.EQUAL),),
        ),
        _statement("four", None, "told", "reporters", SECOND, kind=Kind.DIRECT),
    )
    made = Store.open()
    made.add(article_quads(Resolved(article, people, (held,), statements)))
    entities = [
        Entity(one.key, one.type, one.name, aliases=one.aliases, references=(("ships", one.key),)) for one in people
    ]
    made.replace_graph(Graph.ENTITIES, entity_quads(entities, (), offices=offices(made), links=links(made)))
    base = f"{DATA}article/ships/"
    pair = Comparison(
        f"{base}figure/f1",
        f"{base}figure/f2",
        f"{base}statement/one",
        f"{base}statement/three",
        Verdict.CONTRADICTS,
        "25 is not more than 40.",
    )
    made.replace_graph(Graph.COMPARISONS, comparison_quads([pair]))
    return made


def test_rows_a_statement_comes_with_office_figure_and_marked_evidence(store: Store) -> None:
    data = view.from_store(store)
    found = next(one for one in data.statements if one.id.endswith("/one"))
    assert found.speaker_name == "Nadia Haddad"
    assert (found.role, found.organisation, found.tense) == ("spokeswoman", "Port Authority", Tense.FORMER)
    assert (found.cue, found.stance, found.kind, found.certainty) == ("said", "said", Kind.INDIRECT, Certainty.HEDGED)
    assert (found.said_on, found.confidence, found.reason) == ("2020-08-04", 0.75, "named")
    assert found.about == tuple(sorted(found.about)) == (f"{DATA}entity/port", f"{DATA}entity/tripoli")
    (figure,) = found.figures
    assert (figure.text, figure.low, figure.high, figure.comparator) == ("more than 40 ships", 40.0, None, ">")
    assert (figure.population, figure.event, figure.place, figure.as_of) == ("ships", "wait", "Tripoli", "2020-08")
    marked = {piece.mark: piece.text for piece in found.evidence if piece.mark}
    assert marked == {
        Mark.SOURCE: "Nadia Haddad",
        Mark.CUE: "said",
        Mark.CONTENT: "more than 40 ships were waiting",
    }
    assert "".join(piece.text for piece in found.evidence) == FIRST.of(TEXT)


def test_rows_marks_of_the_second_sentence_are_cut_at_their_offsets(store: Store) -> None:
    found = next(one for one in view.from_store(store).statements if one.id.endswith("/two"))
    assert "".join(piece.text for piece in found.evidence) == SECOND.of(TEXT)
    assert [piece.text for piece in found.evidence if piece.mark is Mark.CUE] == ["told"]


def test_rows_nodes_carry_type_aliases_and_offices(store: Store) -> None:
    nodes = {node.name: node for node in view.from_store(store).nodes}
    assert set(nodes) == {"Nadia Haddad", "Port Authority", "army", "Tripoli"}
    assert nodes["Port Authority"].type is EntityType.SECURITY_SERVICE
    assert nodes["Nadia Haddad"].aliases == ("Haddad",)
    (office,) = nodes["Nadia Haddad"].offices
    assert (office.title, office.organisation_name, office.tense) == ("spokeswoman", "Port Authority", Tense.FORMER)
    assert office.organisation == nodes["Port Authority"].id


def test_rows_links_are_of_every_kind_with_what_is_behind_them(store: Store) -> None:
    data = view.from_store(store)
    names = {node.id: node.name for node in data.nodes}
    found = {(names[link.source], link.kind, names[link.target]): link for link in data.links}
    said = found["Nadia Haddad", LinkKind.SAID_ABOUT, "Tripoli"]
    assert [one.rsplit("/", 1)[1] for one in said.statements] == ["one"]
    assert found["Nadia Haddad", LinkKind.HOLDS_OFFICE_IN, "Port Authority"].label == "former spokeswoman"
    assert ("army", LinkKind.RELAYED_BY, "Port Authority") in found
    (disagrees,) = [link for link in data.links if link.kind is LinkKind.DISAGREES_WITH]
    assert {names[disagrees.source], names[disagrees.target]} == {"Nadia Haddad", "army"}
    assert disagrees.comparisons == (data.comparisons[0].id,)


def test_rows_a_comparison_has_both_figures_with_their_bounds(store: Store) -> None:
    (pair,) = view.from_store(store).comparisons
    assert (pair.left_figure.low, pair.right_figure.value) == (40.0, 25.0)
    assert (pair.left_speaker, pair.right_speaker) == ("Nadia Haddad", "army")
    assert pair.verdict is Verdict.CONTRADICTS


def test_rows_a_relayed_statement_knows_the_one_that_relays_it_and_a_source_may_be_missing(store: Store) -> None:
    statements = {one.id.rsplit("/", 1)[1]: one for one in view.from_store(store).statements}
    assert statements["three"].within == statements["two"].id
    assert statements["four"].speaker is None
    assert statements["four"].speaker_name == ""


def test_rows_an_article_without_a_title_is_named_by_its_id(store: Store) -> None:
    (article,) = view.from_store(store).articles
    assert (article.title, article.published, article.publisher) == ("Ships wait", "2020-08-05", "Gulf Post")
    assert article.url == "https://gulf.example/ships"
    untitled = rows.from_rows({"articles": [{"article": f"{DATA}article/ships", "title": None}]})
    assert untitled.articles[0].title == "ships"


def test_rows_an_empty_store_gives_an_empty_page() -> None:
    assert view.from_store(Store.open()) == view.ViewData()
    assert "<!DOCTYPE html>" in view.html(view.from_store(Store.open()), title="Empty")


def test_rows_two_rows_of_one_statement_or_entity_make_one(store: Store) -> None:
    entity = {"entity": "e/a", "name": "Ana", "type": "person", "part_of_name": "A"}
    twice = rows.from_rows({"entities": [entity, {**entity, "part_of_name": "B"}]})
    assert [(node.name, node.part_of) for node in twice.nodes] == [("Ana", "A")]


def test_rows_the_network_has_the_same_links_as_the_page(store: Store) -> None:
    drawn = {(link.source, link.target, link.kind) for link in view.from_store(store).links}
    found = network.graph(store)
    assert {(source, target, kind) for source, target, kind in found.edges(data="kind")} == drawn
    assert set(found.nodes) == {node.id for node in view.from_store(store).nodes}


def test_rows_tie_speakers_by_all_three_verdicts(flood: ViewData) -> None:
    pairs = tuple(
        replace(flood.comparisons[0], id=f"c{at}", verdict=verdict)
        for at, verdict in enumerate((Verdict.REVISES, Verdict.AGREES, Verdict.CONTRADICTS, Verdict.COMPATIBLE))
    )
    known = {node.id for node in flood.nodes}
    links = rows._verdicts(flood.statements, pairs, known)
    assert [(link.source, link.target, link.kind, link.comparisons) for link in links] == [
        ("e/ministry", "e/red-cross", LinkKind.AGREES_WITH, ("c1",)),
        ("e/ministry", "e/red-cross", LinkKind.REVISES, ("c0",)),
    ], "who revises comes first; contradictions come with the query"
    assert rows._verdicts(flood.statements, pairs, known - {"e/ministry"}) == ()


@pytest.fixture(scope="module")
def samples(demo: tuple[Path, object]) -> Iterator[Store]:
    with Store.open(demo[0] / "store", read_only=True) as store:
        yield store


def test_rows_of_articles_one_by_one_are_those_of_the_named_questions(samples: Store) -> None:
    store = samples
    named = rows.from_rows({name: list(query.run(store, query.find(name))) for name in rows.QUERIES})
    read = replace(view.from_store(store), timelines=(), affairs=())
    assert read == named
    assert len(read.statements) > 20
    assert read.comparisons


def test_rows_of_a_store_with_quads_of_somebody_elses_are_asked_for(samples: Store) -> None:
    whole = view.from_store(samples)
    own = ox.NamedNode("https://example.org/my-own-graph")
    with Store.open() as store:
        store.add(samples.quads())
        said = next(one for one in whole.statements if one.speaker is None or one.about == ())
        entity = whole.nodes[0].id
        store.add([ox.Quad(ox.NamedNode(said.id), ox.NamedNode(Property.ABOUT), ox.NamedNode(entity), own)])
        assert next(one for one in view.from_store(store).statements if one.id == said.id).about[-1:] == (entity,)
        assert view.from_store(store).timelines == whole.timelines
