"""The one place that composes the stages: articles in, a store out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kg import compare, rdf, reason
from kg.annotate import Annotator
from kg.errors import KgError
from kg.model import Article, Problem
from kg.resolve import identity
from kg.resolve.coreference import resolve
from kg.store import Store
from kg.vocabulary import Graph


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: ids of new articles and of those already there, and what could not be used."""

    added: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def build(
    articles: Iterable[Article],
    *,
    store: Store,
    annotator: Annotator | None = None,
    on_progress: Callable[[int, Article], None] | None = None,
) -> Report:
    """Add articles to ``store`` and form entities and comparisons anew where anything came in.

    An article whose id is stored is left as it is. Each article is one transaction; one that fails is listed with its
    reason and the others go on. ``on_progress`` hears of each article before it is annotated.
    """
    added: list[str] = []
    known: list[str] = []
    problems: list[Problem] = []
    for number, article in enumerate(articles, 1):
        if store.has_article(article.id):
            known.append(article.id)
            continue
        if on_progress is not None:
            on_progress(number, article)
        annotator = annotator or Annotator()
        try:
            resolved = resolve(annotator.annotate(article))
        except KgError as error:
            problems.append(Problem(article.id, str(error)))
            continue
        store.add([*rdf.article_quads(resolved), *rdf.provenance_quads(article.id, resolved.extractor)])
        added.append(article.id)
    if added:
        integrate(store)
    return Report(tuple(added), tuple(known), tuple(problems))


def integrate(store: Store) -> None:
    """Judge which references are the same, form entities, and compare figures over all stored articles."""
    references, offices = rdf.references(store), rdf.offices(store)
    judgements = identity.judge(references, offices)
    formed = identity.entities(references, judgements, offices)
    store.replace_graph(Graph.ENTITIES, rdf.entity_quads(formed, judgements, offices=offices, links=rdf.links(store)))
    store.replace_graph(Graph.COMPARISONS, rdf.comparison_quads(compare.compare(rdf.claims(store))))
    reason.refresh(store)
