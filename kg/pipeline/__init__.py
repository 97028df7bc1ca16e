"""The one place that composes the stages: articles in, a store out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kg import rdf
from kg.annotate import Annotator
from kg.errors import KgError, UsageError, fault
from kg.model import Article, Problem
from kg.pipeline.integrate import integrate
from kg.pipeline.versions import Versions, take_away
from kg.resolve.coreference import resolve
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: ids of new articles and of those already there, those that a corrected version replaced, what
    could not be used, and what a reader should know.
    """

    added: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    replaced: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def build(
    articles: Iterable[Article],
    *,
    store: Store,
    annotator: Annotator | None = None,
    on_progress: Callable[[int, Article], None] | None = None,
) -> Report:
    """Add articles to ``store`` and bring entities and comparisons up to date with what came in.

    An article whose id is stored is left as it is. One with the address of a stored article and another text is a new
    version of it and takes its place; the provenance graph keeps that there was an older one. Each article is one
    transaction; one that fails is listed with its reason and the others go on. ``on_progress`` hears of each article
    before it is annotated.
    """
    added: dict[str, None] = {}
    known: list[str] = []
    replaced: list[str] = []
    problems: list[Problem] = []
    notes: list[str] = []
    versions = Versions(store)
    for number, article in enumerate(articles, 1):
        if store.has_article(article.id):
            known.append(article.id)
            continue
        if versions.is_old(article):
            known.append(article.id)
            notes.append(versions.older(article))
            continue
        if on_progress is not None:
            on_progress(number, article)
        annotator = annotator or Annotator()
        try:
            resolved = resolve(annotator.annotate(article))
            quads = [*rdf.article_quads(resolved), *rdf.provenance_quads(article.id, resolved.extractor)]
        except KgError as error:
            problems.append(Problem(article.id, str(error)))
            continue
        except Exception as error:  # noqa: BLE001 - one article that kg stumbles over must not take the others with it
            problems.append(Problem(article.id, fault(error)))
            continue
        before = versions.before(article)
        if before is not None:
            replaced.append(before.id)
            notes.append(versions.replaces(article, before))
            take_away(store, before.id)
            added.pop(before.id, None)
        store.add(quads)
        versions.follows(article, before)
        added[article.id] = None
    if added or replaced:
        notes += integrate(store, added=added, removed=replaced)
    return Report(tuple(added), tuple(known), tuple(problems), tuple(replaced), tuple(notes))


def remove(articles: Iterable[str], *, store: Store) -> tuple[str, ...]:
    """Take articles out of ``store`` with all their traces: statements, figures, references, what was judged and compared
    with them. They are named by id or IRI. Returns what a reader should know. Raises ``UsageError`` for one that is not there, before anything changes.
    """
    gone = list(dict.fromkeys(rdf.article_id(a) for a in articles))
    for article in gone:
        if not store.has_article(article):
            raise UsageError(f"There is no article {article} in the store; “kg query articles” lists them.")
    for article in gone:
        take_away(store, article)
        Versions(store).forget(article)
    return tuple(integrate(store, removed=gone))


__all__ = ["Report", "build", "integrate", "remove"]
