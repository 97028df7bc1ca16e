"""Articles one after another, each with what its entities are, as far as pages and time lines show it: memory holds one of them.

A question over the whole store joins and sorts all that it has; what belongs to one article stands in one graph, and is read
from there in a fifth of the time.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg import vocabulary as v
from kg.rdf import minting as m
from kg.store import Store
from kg.vocabulary import Class, Graph, Outside, Property

Told = Mapping[str, Sequence[str]]

_OWN: Final = (
    v.TYPE, Property.TITLE, Property.PUBLISHED, Property.PUBLISHER_NAME, Property.URL, Property.TEXT,
    Property.IN_ARTICLE, Property.KIND, Property.STANCE, Property.CERTAINTY, Property.NEGATED, Property.CONTENT, Property.CONFIDENCE,
    Property.EVIDENCE, Property.CUE, Property.SAID_ON, Property.WITHIN, Property.REASON, Property.SPEAKER_OFFICE,
    Property.SOURCE_EVIDENCE, Property.CUE_EVIDENCE, Property.CONTENT_EVIDENCE, Outside.EXACT, Outside.START, Outside.END,
    Property.FIGURE, Property.WORDING, Property.PART_OF_FIGURE, *(prop for prop, _ in v.MEASURE.values()),
    Property.ROLE_TITLE, Property.TENSE,
)  # fmt: skip
"""What is read of an article's own graph."""

_LINKED: Final = ("statement", "office", "figure")  # what the graph of entities tells more of
_LATER: Final = "reference"  # the same, which few ask for
_LINKS: Final = (
    Property.SPEAKER, Property.ABOUT, Property.ON_BEHALF_OF, Property.HOLDER, Property.OFFICE_IN, Property.PLACE,
    Property.REFERS_TO,
)  # fmt: skip
"""What is read of it."""
_SHARE: Final = 3  # of all articles one in so many: from there on all links at once take less than those of each thing
_KEPT: Final = 50_000  # entities whose names are kept meanwhile


class Part:
    """One article with its entities: tells of them what a store that holds nothing else would (:class:`kg.rdf.reading.Source`)."""

    def __init__(self, article: str, own: dict[str, dict[str, list[str]]], entities: Entities) -> None:
        self.article = article
        self._own = own
        self._entities = entities
        self._of_class: dict[str, list[str]] = {}
        for iri in sorted(own):
            for kind in own[iri].get(v.TYPE, ()):
                self._of_class.setdefault(kind, []).append(iri)
        self._waiting = {iri for iri in own if _kind(iri) == _LATER}

    def told(self, subject: str) -> Told:
        """The values of a thing of the article, or of an entity, by property."""
        if subject in self._waiting:
            self._waited()
        return self._own.get(subject) or self._entities.told(subject)

    def subjects(self, prop: str, value: NamedNode | Literal) -> list[str]:
        """The things of the article that have ``value`` as this property, in order."""
        if prop == v.TYPE:
            return self._of_class.get(value.value, [])
        self._waited()
        return sorted(s for s, told in self._own.items() if value.value in told.get(prop, ()))

    def of_class(self, kind: Class) -> list[tuple[str, Told]]:
        """The things of the article that are of a class, in order, with what is told of each."""
        return [(iri, self.told(iri)) for iri in self.subjects(v.TYPE, NamedNode(kind))]

    def _waited(self) -> None:
        """Look up what references mean, once somebody asks for it."""
        for iri in self._waiting:
            self._entities.link(iri, self._own[iri])
        self._waiting = set()

    def name(self, entity: str | None) -> str:
        """The name of an entity; empty where it has none."""
        return next(iter(self._entities.told(entity).get(Property.NAME, ())), "") if entity else ""


class Entities:
    """What the graph of entities tells of each, looked up once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, Told] = {}
        self._held: dict[str, tuple[str, ...]] | None = None

    def told(self, iri: str) -> Told:
        """The values of an entity by property, in order."""
        if iri not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            found: dict[str, set[str]] = {}
            for quad in self._store.about(NamedNode(iri), Graph.ENTITIES):
                found.setdefault(quad.predicate.value, set()).add(quad.object.value)  # type: ignore[union-attr]
            self._known[iri] = {prop: sorted(values) for prop, values in found.items()}
        return self._known[iri]

    def hold(self, *, many: bool) -> None:
        """Where ``many`` articles are to be read, read the links of all their things at once, to be given away one by one: 500 bytes
        for each thing.
        """
        held: dict[str, tuple[str, ...]] = {}
        once: dict[str, str] = {}
        for iri, told in self._store.told_in(self._store.graph_name(Graph.ENTITIES), _LINKS) if many else ():
            pairs = ((prop, once.setdefault(value, value)) for prop, values in told.items() for value in values)
            held[iri] = tuple(itertools.chain.from_iterable(pairs))
        self._held = held if many else None

    def link(self, iri: str, told: dict[str, list[str]]) -> None:
        """Put to what an article tells of a thing what links it to entities."""
        if self._held is None:
            quads = self._store.about(NamedNode(iri), Graph.ENTITIES)
            links = [(quad.predicate.value, quad.object.value) for quad in quads if quad.predicate.value in _LINKS]  # type: ignore[union-attr]
        else:
            flat = self._held.pop(iri, ())
            links = list(zip(flat[::2], flat[1::2], strict=True))
        for prop, value in links:
            values = told.setdefault(prop, [])
            if value not in values:
                values.append(value)
                values.sort()


def names(store: Store) -> list[str]:
    """The ids of all articles, in order of their IRIs."""
    return [m.article_id(iri) for iri in store.subjects(v.TYPE, NamedNode(Class.ARTICLE))]


def parts(store: Store, articles: Iterable[str], entities: Entities | None = None) -> Iterator[Part]:
    """Each of these articles (ids) that the store has, once and in their order."""
    known, wanted = Entities(store) if entities is None else entities, list(dict.fromkeys(articles))
    known.hold(many=_SHARE * len(wanted) > len(names(store)))
    for article in wanted:
        own = dict(store.told_in(m.graph(article, store.base).value, _OWN))
        for iri, told in own.items():
            if _kind(iri) in _LINKED:
                known.link(iri, told)
        if own:
            yield Part(article, own, known)


def _kind(iri: str) -> str:
    """What a thing of an article is, as its IRI says."""
    return iri.rpartition("/")[0].rpartition("/")[2]


def ordinary(store: Store) -> bool:
    """Whether all quads are where kg puts them, in the graph of an article or in one of its own, and no conclusions are to be
    seen: only then do the graphs of the articles tell all.
    """
    if store.inferred:
        return False
    known = {m.graph(article, store.base).value for article in names(store)}
    return not store.beyond(known | {store.graph_name(graph) for graph in Graph})
