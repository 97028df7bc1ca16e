"""Versions of one article: the same address with another text. The newest stands in the graph, the older in provenance."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from kg import vocabulary as v
from kg.model import Article
from kg.rdf import minting as m
from kg.store import Store
from kg.store.upkeep import corrections
from kg.store.upkeep.article import own, subjects
from kg.vocabulary import Class, Graph, Outside, Property


@dataclass(frozen=True, slots=True)
class Version:
    """A stored version of an article."""

    id: str
    title: str | None
    date: str | None

    @property
    def called(self) -> str:
        return f"{self.title or self.id} ({self.date})" if self.date else self.title or self.id


class Versions:
    """What the store holds under the address of an article."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def before(self, article: Article) -> Version | None:
        """The stored version that ``article`` replaces."""
        if not article.url:
            return None
        found = [m.article_id(iri) for iri in self._store.subjects(Property.URL, m.string(article.url))]
        old = next((a for a in found if a != article.id and has_article(self._store, a)), None)
        if old is None:
            return None
        base = self._store.base
        own = self._store.about(m.article(old, base), m.graph(old, base).value)
        told = {q.predicate.value: q.object.value for q in own}  # type: ignore[union-attr]
        return Version(old, told.get(Property.TITLE), told.get(Property.PUBLISHED))

    def is_old(self, article: Article) -> bool:
        """Whether the stored version is dated later, or has replaced this very text before."""
        before = self.before(article)
        if before is None:
            return False
        known = self._store.about(m.article(article.id, self._store.base), Graph.PROVENANCE)
        if any(q.predicate.value == Outside.INVALIDATED_BY for q in known):
            return True
        return is_earlier(article, before)

    def follows(self, article: Article, before: Version | None) -> None:
        """Note in the provenance graph that a version took the place of another, and what that was."""
        if before is not None:
            self._store.add(revision_quads(article.id, before.id, before.called))

    def forget(self, article: str) -> None:
        """Take the history of an article away."""
        node = m.article(article, self._store.base)
        self._store.apply(remove=self._store.about(node, Graph.PROVENANCE))


def is_earlier(article: Article, before: Version) -> bool:
    """Whether an article is dated before the version that is there."""
    return bool(article.published and before.date and article.published < before.date[: len(article.published)])


def older(article: Article) -> str:
    """That an article was left out for a newer version of it."""
    return f"“{article.title or article.id}” is an older version of an article that is already stored; it was left out."


def replaces(article: Article, before: Version) -> str:
    """That an article took the place of another version."""
    return f"“{article.title or article.id}” is a new version under {article.url} and replaces {before.called}."


def revision_quads(new: str, old: str, called: str) -> list[ox.Quad]:
    """That the article ``new`` took the place of ``old``, and what that was called."""
    graph = m.node(Graph.PROVENANCE)
    return [
        ox.Quad(m.article(new), m.node(Outside.WAS_REVISION_OF), m.article(old), graph),
        ox.Quad(m.article(old), m.node(v.LABEL), m.string(called), graph),
        ox.Quad(m.article(old), m.node(Outside.INVALIDATED_BY), m.extraction(new), graph),
    ]


def has_article(store: Store, article: str) -> bool:
    """Whether an article of this id is stored."""
    return store.holds(m.article(article, store.base), Class.ARTICLE)


def take_away(store: Store, article: str) -> None:
    """Remove an article's own graph and the shortcuts from it; entities and comparisons follow when it is integrated."""
    quads = own(store, article)
    corrections.forget(store, article)
    store.apply(remove=[q for s in subjects(quads) for q in store.about(s, Graph.ENTITIES)])
    store.remove_graph(m.graph(article, store.base), about=[m.extraction(article, store.base)])


__all__ = ["Version", "Versions", "has_article", "is_earlier", "older", "replaces", "revision_quads", "take_away"]
