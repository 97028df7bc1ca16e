"""Model → quads → model: what is written is what was meant, the same bytes each time, and nothing is asserted as fact."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import rdf
from kg import vocabulary as v
from kg.compare.intervals import interval
from kg.model import (
    Article,
    Certainty,
    Claim,
    Comparator,
    Comparison,
    Entity,
    EntityType,
    Form,
    Identity,
    Judgement,
    Kind,
    Link,
    Measure,
    OfficeHeld,
    Reference,
    Resolved,
    Span,
    Stance,
    StatedFigure,
    Statement,
    Tense,
    Verdict,
    measured,
)
from kg.rdf import measures, minting, times
from kg.rdf.corrections import resolved
from kg.store import Store
from kg.store.upkeep.article import Local

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
        '?s a kg:Statement ; kg:cue "said" ; kg:speakerReference/skos:prefLabel "Ana Ruiz" ; dcterms:date "2020-05-03" ; '
        'kg:earliest "2020-05-03T00:00:00"^^xsd:dateTime ; kg:latest "2020-05-03T23:59:59"^^xsd:dateTime ; '
        "kg:dating kg:dating-own ; kg:confidence 0.875 ; kg:kind kg:kind-indirect ; "
        'kg:speakerOffice [ schema:roleName "mayor" ; kg:tense kg:tense-former ]',
    )


def test_rdf_figure_keeps_an_open_bound_open(store: Store) -> None:
    assert _ask(
        store,
        '?f a kg:Figure ; schema:value "40"^^xsd:decimal ; schema:minValue "40"^^xsd:decimal ; kg:wording "more than 40" ; kg:population "homes"',
    )
    assert not _ask(store, "?f schema:maxValue ?high")
    assert _ask(store, '?f dcterms:date "2020-05" ; kg:latest "2020-05-31T23:59:59"^^xsd:dateTime')


def test_rdf_relayed_statement_points_to_the_one_that_relays(store: Store) -> None:
    assert _ask(store, '?s a kg:Statement ; kg:within [ kg:cue "said" ]')


def test_rdf_evidence_has_both_selectors_and_the_words_at_the_offsets(store: Store) -> None:
    rows = list(
        store.select(
            f"PREFIX oa: <{v.OA}> SELECT ?e ?start ?end ?exact ?prefix WHERE {{ "
            "?e oa:start ?start ; oa:end ?end ; oa:exact ?exact . OPTIONAL { ?e oa:prefix ?prefix } }"
        )
    )
    assert len(rows) >= 3
    for at, start, end, exact, prefix in rows:
        assert at.value == f"{minting.article(ARTICLE.id).value}#char={start.value},{end.value}"
        assert TEXT[int(start.value) : int(end.value)] == exact.value
        if prefix is not None:
            assert TEXT[: int(start.value)].endswith(prefix.value)


def test_rdf_words_around_a_quotation_are_given_where_it_stands_more_than_once() -> None:
    text = "Some 40 boats sank. Of 40 men, 12 swam. 12 men died. The police say it is true."
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in ("40", "12 men", "The police")]
    figures = tuple(
        StatedFigure(f"f{n}", span, span.of(text), value=40, low=40, high=40) for n, span in enumerate(spans)
    )
    said = Statement(
        "s", "x", None, None, "say", Stance.SAID, Kind.INDIRECT, Certainty.FIRM, False, text, (), (), (Span(0, 19),), Span(0, 19), figures=figures
    )  # fmt: skip
    given = Resolved(Article("x", text), (), (), (said,), ())

    def around(*, whole: bool) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for quad in rdf.article_quads(given, whole=whole):
            if quad.predicate.value in (v.Outside.PREFIX, v.Outside.SUFFIX):
                span = minting.span(quad.subject.value)
                assert span is not None
                found[span.of(text)] = (*found.get(span.of(text), ()), quad.object.value)
        return found

    assert around(whole=False) == {"40": ("Some ", " boats sank. Of 40 men, 12 swam.")}
    assert set(around(whole=True)) == {"40", "12 men", "The police", "Some 40 boats sank."}


def test_rdf_what_the_graph_implies_is_not_written_and_is_read_as_if_it_were() -> None:
    """A usual reason, what is not unofficial, and the words of a population; an older graph, which says them, reads the same."""
    graphs = [list(rdf.article_quads(_resolved(), whole=whole)) for whole in (False, True)]
    told = [{(q.predicate.value, q.object.value) for q in quads if "#char=" not in q.subject.value} for quads in graphs]
    assert told[1] - told[0] == {
        (v.Property.REASON, "named"), (v.Property.UNOFFICIAL, "false"), (v.Property.CONCEPT, "homes")
    }  # fmt: skip
    assert told[0] < told[1]
    lean, whole = (resolved(Local(quads)) for quads in graphs)
    assert lean == whole
    assert lean is not None
    (figure,) = lean.statements[0].figures
    assert (figure.unofficial, figure.concepts) == (False, ("homes",))
    assert [s.reason for s in lean.statements] == ["named", "named"]


def test_rdf_a_reason_that_is_not_the_usual_one_is_written() -> None:
    one = _resolved()
    for kind, reason, written in (
        (Kind.INDIRECT, "named", []), (Kind.AUTHOR, "named", ["named"]),
        (Kind.AUTHOR, "in the article's own voice", []), (Kind.DIRECT, "in the article's own voice", ["in the article's own voice"]),
    ):  # fmt: skip
        changed = replace(one, statements=(replace(one.statements[0], kind=kind, reason=reason),))
        quads = list(rdf.article_quads(changed))
        assert [q.object.value for q in quads if q.predicate.value == v.Property.REASON] == written
        back = resolved(Local(quads))
        assert back is not None
        assert back.statements[0].reason == reason


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
        '?s kg:speaker ?who ; kg:speakerOffice ?o ; schema:about [ skos:prefLabel "Quito" ] . ?o kg:holder ?who ; kg:officeIn '
        '[ skos:prefLabel "Quito" ] . ?who a kg:Person ; skos:prefLabel "Ana Ruiz" ; skos:altLabel "Ruiz"',
    )
    assert _ask(store, '?j a kg:Judgement ; kg:decidedBy "rule: names" ; kg:reason "same name"')


def test_rdf_comparison_names_both_figures_and_the_reason() -> None:
    with Store.open() as store:
        store.add(rdf.comparison_quads([Comparison("urn:a", "urn:b", "urn:s", "urn:t", Verdict.REVISES, "It rose.")]))
        assert _ask(
            store,
            '?c kg:left <urn:a> ; kg:rightStatement <urn:t> ; kg:verdict kg:verdict-revises ; kg:reason "It rose."',
        )


def test_rdf_figure_of_two_statements_has_one_of_what_is_one() -> None:
    said = _resolved().statements[0]
    one, other = (replace(said.figures[0], total=total, whose=whose) for total, whose in (("t1", None), ("t2", "ours")))
    wholes = tuple(replace(said.figures[0], key=key, total=None, whose=None) for key in ("t1", "t2"))
    again = replace(said, key="again", figures=(other, *wholes))
    quads = list(rdf.article_quads(replace(_resolved(), statements=(replace(said, figures=(one,)), again))))
    told = {
        prop: [q.object.value.rsplit("/", 1)[-1] for q in quads if q.predicate.value == prop]
        for prop in (v.Property.PART_OF_FIGURE, v.Property.WHOSE)
    }
    assert told == {v.Property.PART_OF_FIGURE: ["t1"], v.Property.WHOSE: ["ours"]}


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


def test_rdf_former_office_holder_speaks_for_nobody() -> None:
    def on_behalf(tense: Tense) -> list[str]:
        office = OfficeHeld("o", "a", "ruiz", "mayor", "city", tense, Span(0, 1))
        link = rdf.reading.StatementLinks("a", "s", "ruiz", "o")
        entity = Entity("city", EntityType.CITY, "Quito")
        quads = rdf.shortcut_quads([office], [link], of=lambda _, key: key, entity=lambda _: entity)
        return [q.object.value for q in quads if q.predicate.value == v.Property.ON_BEHALF_OF]

    assert on_behalf(Tense.CURRENT) == [minting.entity("city").value]
    assert on_behalf(Tense.FORMER) == []


@pytest.mark.parametrize(("tense", "spoken"), [(Tense.CURRENT, 1), (Tense.FORMER, 0)])
def test_rdf_minister_of_a_country_speaks_for_its_government(tense: Tense, spoken: int) -> None:
    office = OfficeHeld("o", "a", "ruiz", "minister of ports", "land", tense, Span(0, 1))
    link = rdf.reading.StatementLinks("a", "s", "ruiz", "o")
    entity = Entity("land", EntityType.COUNTRY, "Freedonia")
    quads = rdf.shortcut_quads([office], [link], of=lambda _, key: key, entity=lambda _: entity)
    told = [q.predicate.value for q in quads]
    assert told.count(v.Property.ON_BEHALF_OF_GOVERNMENT_OF) == spoken
    assert told.count(v.Property.OFFICE_IN_GOVERNMENT_OF) == 1


def test_rdf_words_of_an_article_have_its_language() -> None:
    tagged = replace(ARTICLE, language="en-GB")
    quads = list(rdf.article_quads(replace(_resolved(), article=tagged)))
    ours = [q for q in quads if q.subject.value.startswith(f"{v.DATA}article")]
    told = {q.predicate.value: q.object for q in ours if isinstance(q.object, ox.Literal)}
    for prop in (v.Property.CONTENT, v.Property.CUE, v.Property.TITLE, v.Property.WORDING, v.Property.ROLE_TITLE):
        assert told[prop].language == "en-gb"
    assert told[v.Property.NAME].language is None
    plain = list(rdf.article_quads(replace(_resolved(), article=replace(ARTICLE, language="not a tag"))))
    assert not [
        q for q in plain if q.subject.value.startswith(f"{v.DATA}article") and getattr(q.object, "language", None)
    ]


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2015-04-21", ("2015-04-21T00:00:00", "2015-04-21T23:59:59")),
        ("2016-02", ("2016-02-01T00:00:00", "2016-02-29T23:59:59")),
        ("2015", ("2015-01-01T00:00:00", "2015-12-31T23:59:59")),
        ("2015?", ("2015-01-01T00:00:00", "2015-12-31T23:59:59")),
        ("198X", ("1980-01-01T00:00:00", "1989-12-31T23:59:59")),
        ("19XX", ("1900-01-01T00:00:00", "1999-12-31T23:59:59")),
        ("2015-22", ("2015-06-01T00:00:00", "2015-08-31T23:59:59")),
        ("2015-24", ("2015-12-01T00:00:00", "2016-02-29T23:59:59")),
        ("2015-03/2016-05-02", ("2015-03-01T00:00:00", "2016-05-02T23:59:59")),
        ("2015-03/..", ("2015-03-01T00:00:00", None)),
        ("/2015-03", (None, "2015-03-31T23:59:59")),
        *((value, None) for value in (
            "XXXX-04-21", "2021-13-45", "2015-02-30", "0000", "00XX", "../..", "2016/2015", "2015/soon", "", "9999-24", "٢٠١٥",
        )),
    ],
)  # fmt: skip
def test_rdf_bounds_of_a_date_are_moments(edtf: str, expected: tuple[str | None, str | None] | None) -> None:
    assert times.moments(edtf) == expected


def test_rdf_time_falls_back_to_the_statement_and_to_the_publication() -> None:
    def told(said_on: str | None, as_of: str | None, published: str | None) -> dict[str, set[str]]:
        resolved = _resolved()
        said = replace(resolved.statements[0], said_on=said_on)
        said = replace(said, figures=(replace(said.figures[0], as_of=as_of),))
        made = replace(resolved, statements=(said,), article=replace(ARTICLE, published=published))
        out: dict[str, set[str]] = {}
        for quad in rdf.article_quads(made):
            kind = quad.subject.value.rsplit("/", 2)[-2]
            if quad.predicate.value in (v.Property.DATING, v.Property.EARLIEST) and kind in ("statement", "figure"):
                out.setdefault(kind, set()).add(quad.object.value.rsplit("#", 1)[-1].removesuffix("T00:00:00"))
        return out

    assert told("2020-05-03", "2020-04", "2020-05-04") == {
        "statement": {"dating-own", "2020-05-03"}, "figure": {"dating-own", "2020-04-01"}
    }  # fmt: skip
    assert told("2020-05-03", None, "2020-05-04") == {
        "statement": {"dating-own", "2020-05-03"}, "figure": {"dating-statement", "2020-05-03"}
    }  # fmt: skip
    assert told("XXXX-05-03", "XXXX-04", "2020-05-04") == {
        "statement": {"2020-05-04"}, "figure": {"2020-05-04"}
    }  # fmt: skip
    assert told("XXXX-05-03", None, None) == {}


@pytest.mark.parametrize(
    ("figure", "bounds"),
    [
        (Measure(value=200, low=200, high=200, comparator=Comparator.ABOUT), (180, 220)),
        (Measure(low=30, high=40, comparator=Comparator.ABOUT), (27, 44)),
        (Measure(value=-10, low=-10, high=-10, comparator=Comparator.ABOUT), (-11, -9)),
        (Measure(value=330, low=330, comparator=Comparator.MORE), (330, None)),
        (Measure(value=500, high=500, comparator=Comparator.AT_MOST), (None, 500)),
        (Measure(value=12.5, low=12.5, high=12.5), (12.5, 12.5)),
        (Measure(low=3, high=5), (3, 5)),
    ],
)
def test_rdf_bounds_of_a_figure_are_those_of_the_comparison_and_lead_back(
    figure: Measure[str], bounds: tuple[float | None, float | None]
) -> None:
    told: dict[str, list[str]] = {}
    for prop, value in measures.pairs(figure, ARTICLE):
        told.setdefault(prop, []).append(value.value)
    numbers = tuple(float(told[p][0]) if p in told else None for p in (v.Property.LOW, v.Property.HIGH))
    assert numbers == bounds
    assert measures.fields(told, lambda iri: [iri]).items() >= {
        name: value for name, value in measured(figure).items() if value not in (None, "", ())
    }.items()  # fmt: skip
    claim = Claim("s", "f", "a", None, "Ana", None, None, "", **measured(figure))
    literal = interval(claim)
    assert literal is not None
    assert (figure.comparator is not Comparator.ABOUT) or (literal.low, literal.high) == bounds


def test_rdf_event_of_a_figure_is_a_concept_whatever_the_verb() -> None:
    def concept(event: str, unit: str = "") -> set[str]:
        pairs = measures.pairs(Measure(value=1, low=1, high=1, event=event, unit=unit), ARTICLE)
        return {
            value.value.rsplit("#")[1] for prop, value in pairs if prop in (v.Property.EVENT_TYPE, v.Property.UNIT_TYPE)
        }

    assert concept("kill") == concept("die") == concept("death") == {"event-die"}
    assert concept("wound") == {"event-injure"}
    assert concept("drown", "percent") == {"event-drown", "unit-percent"}
    assert concept("juggle", "people") == set()
