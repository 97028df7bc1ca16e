"""What one article tells, read by itself or with all others: the same."""

from __future__ import annotations

import story
from pyoxigraph import NamedNode

from kg.query import articles
from kg.vocabulary import TYPE, Class, Property


def test_articles_tell_the_same_alone_and_with_all_others() -> None:
    store = story.store()
    names = articles.names(store)
    assert len(names) > 3
    together = {part.article: part for part in articles.parts(store, names)}
    assert list(together) == names
    linked = 0
    for name in names:
        (alone,) = articles.parts(store, [name])
        for kind in (Class.STATEMENT, Class.FIGURE, Class.OFFICE_HELD, Class.REFERENCE, Class.ARTICLE):
            assert alone.of_class(kind) == together[name].of_class(kind)
            linked += sum(Property.REFERS_TO in told or Property.SPEAKER in told for _, told in alone.of_class(kind))
        assert articles.tables(alone) == articles.tables(together[name])
    assert linked > 10


def test_articles_know_which_references_mean_an_entity() -> None:
    store = story.store()
    for part in articles.parts(store, articles.names(store)):
        meant = {
            iri: store.told(iri).get(Property.REFERS_TO, []) for iri in part.subjects(TYPE, NamedNode(Class.REFERENCE))
        }
        for entity in {one for found in meant.values() for one in found}:
            told = part.subjects(Property.REFERS_TO, NamedNode(entity))
            assert told == sorted(iri for iri, found in meant.items() if entity in found)


def test_articles_are_read_again_with_what_is_known_of_entities() -> None:
    store = story.store()
    names, known = articles.names(store), articles.Entities(store)
    first = [articles.tables(part) for part in articles.parts(store, names, known)]
    assert [articles.tables(part) for part in articles.parts(store, [*names, *names], known)] == first
    assert [articles.tables(part) for part in articles.parts(store, names[:1], known)] == first[:1]
