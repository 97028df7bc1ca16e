"""Claims and assertions: read from a whole store or from one article of it, they are the same."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from kg import rdf
from kg import vocabulary as v
from kg.model import (
    Article,
    Certainty,
    Comparator,
    EntityType,
    Form,
    Kind,
    Link,
    Measure,
    Reference,
    Resolved,
    Span,
    Stance,
    StatedFigure,
    Statement,
    measured,
)
from kg.pipeline import integrate
from kg.store import Store
from kg.store.upkeep.article import own, whole
from kg.vocabulary import Written
from tests import story, synthetic


@pytest.fixture(scope="module")
def store() -> Store:
    made = [*story.articles(), *(synthetic.article(n) for n in range(12))]
    opened = Store.open()
    for resolved in made:
        opened.add([*rdf.article_quads(resolved), *rdf.provenance_quads(resolved.article.id, resolved.extractor)])
    integrate(opened, added=[r.article.id for r in made])
    return opened


def test_claims_of_a_store_are_those_of_its_articles(store: Store) -> None:
    alone = [whole(store, own(store, article)) for article, _, _ in rdf.articles(store)]
    claims = sorted((c for local in alone for c in rdf.claims(local)), key=lambda c: c.figure)
    assert len(claims) > 20
    assert rdf.claims(store) == claims
    assertions = sorted((a for local in alone for a in rdf.assertions(local)), key=lambda a: a.statement)
    assert rdf.assertions(store) == assertions
    for local, (article, _, _) in zip(alone, rdf.articles(store), strict=True):
        assert rdf.references(local) == [r for r in rdf.references(store) if r.article == article]
        assert rdf.offices(local) == [o for o in rdf.offices(store) if o.article == article]
        assert rdf.links(local) == [one for one in rdf.links(store) if one.article == article]


def test_claims_bodies_are_those_that_a_speaker_speaks_for_in_the_same_article(store: Store) -> None:
    """The minister of one article is the former minister of another, and an article later speaks for nobody."""
    spoke = {(c.article, c.speaker_name): c.bodies for c in rdf.claims(store) if c.article.startswith("a")}
    bodies = {name: [b.rsplit("/", 1)[1] for b in found] for (_, name), found in spoke.items() if found}
    assert "Marit Haugland" in bodies
    assert any("ministry" in body for body in bodies["Marit Haugland"])
    assert {found for (article, name), found in spoke.items() if name == "Marit Haugland" and article != "a1"} == {()}


def test_claims_leave_out_what_was_only_concluded(store: Store) -> None:
    before = rdf.claims(store)
    subject = rdf.claims(store)[0].statement
    assert store.told(subject) == whole(store, own(store, before[0].article)).told(subject)


def test_claims_hold_all_that_a_figure_measures() -> None:
    """Every field of a measure is in the table, and comes back from the graph as it went in."""
    assert set(v.MEASURE) == {f.name for f in fields(Measure)}
    told: dict[Written, Any] = {
        Written.TEXT: "a word", Written.TEXTS: ("one", "two"), Written.WORDS: "a word", Written.PHRASES: ("one", "two"), Written.DECIMAL: 2.5, Written.BOOLEAN: True, Written.DATE: "2020-05",
        Written.COMPARATOR: Comparator.AT_LEAST, Written.REFERENCES: ("town",),
    }  # fmt: skip
    given = {name: told[written] for name, (_, written) in v.MEASURE.items()}
    given["concepts"] = ("a", "one", "two", "word")  # the words of the population are concepts
    figure = StatedFigure("f", Span(0, 5), "words", **given)
    span = (Span(0, 5),)
    said = Statement(
        "s", "x", None, None, "said", Stance.SAID, Kind.INDIRECT, Certainty.FIRM, False, "words", (), span, span, span[0], figures=(figure,)
    )  # fmt: skip
    town = Reference("town", "x", EntityType.CITY, "Quito", mentions=(Link(Span(0, 5), Form.NAME, "named"),))
    opened = Store.open()
    opened.add(rdf.article_quads(Resolved(Article("x", "words and more"), (town,), (), (said,), span)))
    integrate(opened, added=["x"])
    assert [measured(claim) for claim in rdf.claims(opened)] == [given | {"places": ("Quito",)}]
