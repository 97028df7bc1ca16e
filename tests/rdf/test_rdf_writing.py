"""Model → quads → model: what is written is what was meant, the same bytes each time, and nothing is asserted as fact."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import rdf
from kg import vocabulary as v
from kg.model import (
    Article,
    Certainty,
    Comparator,
    Comparison,
    Entity,
    EntityType,
    Form,
    Identity,
    Judgement,
    Kind,
    Link,
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
from kg.rdf import minting
from kg.store import Store

TEXT = (
    "Ana Ruiz, the former mayor of Quito, said on May 3 that more than 40 homes were lost. The police say it is true."
)
ARTICLE = Article(
    "2020-05-03-homes-1a2b", TEXT, title="Homes lost", published="2020-05-03", url="https://example.org/a?b=ü", publisher="P"
)  # fmt: skip
RUIZ, QUITO = Span(0, 8), Span(30, 35)
SENTENCE = Span(0, TEXT.index(" The police"))
CONTENT = Span(TEXT.index("that more"), TEXT.index(". The"))
FIGURE = Span(TEXT.index("more than"), TEXT.index(" homes"))


def _resolved() -> Resolved:
    figure = StatedFigure(
        "f1", FIGURE, FIGURE.of(TEXT), value=40, low=40, comparator=Comparator.MORE, unit="home", population="homes", event="lose",
        places=("quito",), as_of="2020-05", concepts=("homes",),
    )  # fmt: skip
    relay = Statement(
        "s2", ARTICLE.id, None, None, "was told", Stance.SAID, Kind.INDIRECT, Certainty.HEDGED, False, "homes were lost",
        (), (), (CONTENT,), SENTENCE, within="s1",
    )  # fmt: skip
    said = Statement(
        "s1", ARTICLE.id, "ruiz", "o1", "said", Stance.SAID, Kind.INDIRECT, Certainty.FIRM, False, CONTENT.of(TEXT),
        (RUIZ,), (Span(37, 41),), (CONTENT,), SENTENCE, said_on="2020-05-03", about=("quito",), figures=(figure,),
        reason="named", confidence=0.875,
    )  # fmt: skip
    references = (
        Reference("ruiz", ARTICLE.id, EntityType.PERSON, "Ana Ruiz", ("Ruiz",), mentions=(Link(RUIZ, Form.NAME, "named"),)),
        Reference("quito", ARTICLE.id, EntityType.CITY, "Quito", country="Ecuador", mentions=(Link(QUITO, Form.NAME, "named"),)),
    )  # fmt: skip
    office = OfficeHeld("o1", ARTICLE.id, "ruiz", "mayor", "quito", Tense.FORMER, Span(0, 35))
    return Resolved(ARTICLE, references, (office,), (said, relay), (SENTENCE,), "kg 0.1.0")


@pytest.fixture
def store() -> Store:
    opened = Store.open()
    opened.add(rdf.article_quads(_resolved()))
    return opened


def _ask(store: Store, pattern: str) -> bool:
    prefixes = "".join(f"PREFIX {p}: <{iri}> " for p, iri in v.PREFIXES.items())
    return bool(store.query(f"{prefixes} ASK {{ {pattern} }}"))


def test_rdf_statement_has_speaker_office_then_content_and_dates(store: Store) -> None:
    assert _ask(
        store,
        '?s a kg:Statement ; kg:cue "said" ; kg:sourceReference/kg:name "Ana Ruiz" ; kg:saidOn "2020-05-03"^^edtf:EDTF ; '
        'kg:saidOnDate "2020-05-03"^^xsd:date ; kg:confidence 0.875 ; kg:kind kg:kind-indirect ; '
        'kg:speakerOffice [ kg:roleTitle "mayor" ; kg:tense kg:tense-former ]',
    )


def test_rdf_figure_keeps_an_open_bound_open(store: Store) -> None:
    assert _ask(
        store,
        '?f a kg:Figure ; kg:value "40"^^xsd:decimal ; kg:low "40"^^xsd:decimal ; kg:wording "more than 40" ; kg:population "homes"',
    )
    assert not _ask(store, "?f kg:high ?high")
    assert _ask(store, '?f kg:asOf "2020-05"^^edtf:EDTF ; kg:asOfDate "2020-05"^^xsd:gYearMonth')


def test_rdf_relayed_statement_points_to_the_one_that_relays(store: Store) -> None:
    assert _ask(store, '?s a kg:RelayedStatement ; kg:within [ kg:cue "said" ]')


def test_rdf_evidence_has_both_selectors_and_the_words_at_the_offsets(store: Store) -> None:
    rows = list(
        store.select(
            f"PREFIX oa: <{v.OA}> SELECT ?start ?end ?exact ?prefix WHERE {{ ?e oa:hasSelector ?p , ?q . "
            "?p a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end . "
            "?q a oa:TextQuoteSelector ; oa:exact ?exact . OPTIONAL { ?q oa:prefix ?prefix } }"
        )
    )
    assert len(rows) >= 5
    for start, end, exact, prefix in rows:
        assert TEXT[int(start.value) : int(end.value)] == exact.value
        if prefix is not None:
            assert TEXT[: int(start.value)].endswith(prefix.value)


def test_rdf_content_is_a_literal_and_never_a_triple() -> None:
    quads = list(rdf.article_quads(_resolved()))
    content = [q.object for q in quads if q.predicate.value == v.Property.CONTENT.value]
    assert content
    assert all(isinstance(term, ox.Literal) for term in content)


def test_rdf_no_blank_nodes_one_graph_an_article_and_no_quad_twice() -> None:
    quads = list(rdf.article_quads(_resolved()))
    assert len(quads) == len(set(quads))
    assert {q.graph_name for q in quads} == {minting.graph(ARTICLE.id)}
    assert not [t for q in quads for t in (q.subject, q.object) if isinstance(t, ox.BlankNode)]


def test_rdf_same_input_gives_the_same_quads_in_the_same_order() -> None:
    assert list(rdf.article_quads(_resolved())) == list(rdf.article_quads(_resolved()))


def test_rdf_only_terms_of_the_vocabulary_are_written() -> None:
    known = {term.value for terms in (v.Class, v.Property, v.Outside) for term in terms} | {v.TYPE, v.LABEL}
    for quad in rdf.article_quads(_resolved()):
        assert quad.predicate.value in known
        if quad.predicate.value == v.TYPE:
            assert quad.object.value in known


def test_rdf_references_and_offices_come_back(store: Store) -> None:
    resolved = _resolved()
    assert rdf.references(store) == sorted(resolved.references, key=lambda r: r.key)
    assert rdf.offices(store) == list(resolved.offices)
    (said, relay) = rdf.links(store)
    assert (said.speaker, said.office, said.about) == ("ruiz", "o1", ("quito",))
    assert (relay.speaker, relay.office) == (None, None)


def test_rdf_entities_tie_statements_to_people_across_articles(store: Store) -> None:
    resolved = _resolved()
    entities = (
        Entity("ana-ruiz", EntityType.PERSON, "Ana Ruiz", ("Ruiz",), references=((ARTICLE.id, "ruiz"),)),
        Entity("quito", EntityType.CITY, "Quito", references=((ARTICLE.id, "quito"),)),
    )
    judgement = Judgement((ARTICLE.id, "ruiz"), ("other", "ruiz"), Identity.SAME, "rule: names", "same name", 0.9)
    store.add(rdf.entity_quads(entities, [judgement], offices=resolved.offices, links=rdf.links(store)))
    assert _ask(
        store,
        '?s kg:speaker ?who ; kg:speakerOffice ?o ; kg:about [ kg:name "Quito" ] . ?o kg:holder ?who ; kg:officeIn '
        '[ kg:name "Quito" ] . ?who a kg:Person ; kg:name "Ana Ruiz" ; kg:alias "Ruiz"',
    )
    assert _ask(store, '?j a kg:Judgement ; kg:decidedBy "rule: names" ; kg:reason "same name"')


def test_rdf_comparison_names_both_figures_and_the_reason() -> None:
    with Store.open() as store:
        store.add(rdf.comparison_quads([Comparison("urn:a", "urn:b", "urn:s", "urn:t", Verdict.REVISES, "It rose.")]))
        assert _ask(
            store,
            '?c kg:left <urn:a> ; kg:rightStatement <urn:t> ; kg:verdict kg:verdict-revises ; kg:reason "It rose."',
        )


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=20), st.floats(0, 1e9, allow_nan=False))
def test_rdf_any_text_goes_through_every_syntax(content: str, key: str, value: float) -> None:
    """Whatever an article holds (quotes, controls, other scripts) parses again to the same quads."""
    figure = StatedFigure("f", Span(0, 1), content, value=value, low=value, comparator=Comparator.AT_LEAST)
    statement = Statement(
        key, "a b/c", None, None, content, Stance.SAID, Kind.DIRECT, Certainty.FIRM, False, content, (), (), (Span(0, 1),),
        Span(0, 1), figures=(figure,),
    )  # fmt: skip
    quads = list(
        rdf.article_quads(Resolved(Article("a b/c", content + " x"), (), (), (statement,), (Span(0, 1),), "x"))
    )
    for syntax in (ox.RdfFormat.TRIG, ox.RdfFormat.N_QUADS, ox.RdfFormat.JSON_LD):
        written = ox.serialize(quads, format=syntax)
        assert written is not None
        assert set(ox.parse(written, format=syntax)) == set(quads)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2015-04-21", "date"), ("2015-04", "gYearMonth"), ("2015", "gYear"), ("XXXX-04-21", None), ("2015/2016", None)],
)
def test_rdf_edtf_has_an_xsd_value_where_xsd_can_hold_it(value: str, expected: str | None) -> None:
    literal = minting.xsd_date(value)
    assert (literal.datatype.value.removeprefix(v.XSD) if literal else None) == expected
    assert minting.edtf(value).value == value
