"""The figures of a store with the affairs that their articles are about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg import rdf
from kg import vocabulary as v
from kg.compare import affairs
from kg.model import Claim
from kg.query.timelines.rows import select
from kg.rdf import minting
from kg.rdf.reading import Source
from kg.store import Store
from kg.store.upkeep.article import reader, whole
from kg.vocabulary import Class, Property


@dataclass(frozen=True, slots=True)
class Place:
    """An affair in a store: its IRI, label, kind of happening ("" where none is known), and the IRIs of its articles."""

    affair: str
    label: str
    happening: str
    articles: tuple[str, ...]


def places(store: Store) -> list[Place]:
    """The affairs of a store, in order of IRI."""
    rows = select(
        store,
        """SELECT ?affair ?label ?happening ?article WHERE {
          ?article kg:inAffair ?affair . ?affair skos:prefLabel ?label . OPTIONAL { ?affair kg:happening ?happening }
        } ORDER BY ?affair ?article""",
    )
    found: dict[tuple[str, str, str], list[str]] = {}
    for affair, label, happening, article in rows:
        found.setdefault((affair, label, happening), []).append(article)
    return [Place(*told, tuple(articles)) for told, articles in found.items()]


def place_of(store: Store, affair: str) -> Place | None:
    """The affair with this IRI, looked up by itself; ``None`` where the store has none."""
    told = store.told(affair)
    if Class.AFFAIR not in told.get(v.TYPE, ()):
        return None
    label, happening = (told.get(prop, [""])[0] for prop in (Property.NAME, Property.HAPPENING))
    return Place(affair, label, happening, tuple(store.subjects(Property.IN_AFFAIR, minting.node(affair))))


def claims(
    store: Store, of: Collection[Place] | None = None, *, articles: Collection[str] | None = None
) -> list[Claim]:
    """The figures of a store, of these affairs alone or of the articles with these IRIs, as the comparison of a whole store reads
    them: with the affair of their article, and what that tells of.
    """
    affair = {
        minting.article_id(article): one.affair
        for one in (places(store) if of is None else of)
        for article in one.articles
    }
    sources: list[Source] = [store]
    if of is not None or articles is not None:
        local = reader(store)
        wanted = affair if articles is None else [minting.article_id(article) for article in articles]
        sources = [whole(store, local(article).quads) for article in wanted]
    told = [c for source in sources for c in rdf.claims(source)]
    having = {c.article for c in told}
    covers = {c.article: affairs.coverage(c) for source in sources for c in rdf.covered(source) if c.article in having}
    return [affairs.placed(c, affair.get(c.article, c.article), covers[c.article]) for c in told]
