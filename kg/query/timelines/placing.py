"""The figures of a store with the affairs that their articles are about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg import rdf
from kg import vocabulary as v
from kg.compare import affairs
from kg.model import Claim
from kg.query.articles import Part, names, parts
from kg.query.timelines.rows import select
from kg.rdf import minting
from kg.store import Store
from kg.vocabulary import Class, Outside, Property


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


class Told:
    """The figures of articles, as the comparison of a whole store reads them: with the affair of their article, and what that tells
    of; and where they stand. Articles are added one after another, so that none need be held.
    """

    def __init__(self, store: Store, of: Collection[Place] | None = None) -> None:
        self.places = places(store) if of is None else list(of)
        self._affair = {minting.article_id(article): one.affair for one in self.places for article in one.articles}
        self.claims: list[Claim] = []
        self.spans: dict[str, tuple[int, int]] = {}

    @property
    def articles(self) -> list[str]:
        """The ids of the articles of the affairs."""
        return list(self._affair)

    def add(self, part: Part) -> None:
        """The figures of one article more."""
        found = rdf.claims(part)
        if not found:
            return
        settings = {covered.article: affairs.setting(covered) for covered in rdf.covered(part)}
        for claim in found:
            self.claims.append(
                affairs.placed(claim, self._affair.get(claim.article, claim.article), settings[claim.article])
            )
            if (span := _span(part, claim.figure)) is not None:
                self.spans[claim.figure] = span


def _span(part: Part, figure: str) -> tuple[int, int] | None:
    """The characters of a figure in its article."""
    for evidence in part.told(figure).get(Property.EVIDENCE, ())[:1]:
        at = part.told(evidence)
        ends = (at.get(Outside.START), at.get(Outside.END))
        if ends[0] and ends[1]:
            return int(ends[0][0]), int(ends[1][0])
    return None


def told(store: Store, of: Collection[Place] | None = None, *, articles: Collection[str] | None = None) -> Told:
    """The figures of a store, of these affairs alone or of the articles with these IRIs."""
    found = Told(store, of)
    wanted = found.articles if of is not None else names(store)
    for part in parts(store, wanted if articles is None else map(minting.article_id, articles)):
        found.add(part)
    return found


def claims(
    store: Store, of: Collection[Place] | None = None, *, articles: Collection[str] | None = None
) -> list[Claim]:
    """The figures alone."""
    return told(store, of, articles=articles).claims
