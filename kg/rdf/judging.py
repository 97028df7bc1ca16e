"""Quads → judgements on identity, and what a person needs to see of the references that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad

from kg import vocabulary as v
from kg.model import ALIKE, ALIKE_REASON, ALIKE_RULE, CountJudgement, EntityType, Identity, Judgement
from kg.rdf import minting as m
from kg.rdf.reading import Rows, Source, _article, _key, _one, _rows
from kg.vocabulary import Graph, Outside, Property

Pair = tuple[str, str]


class Graphs(Rows, Source, Protocol):
    """A store that also gives the quads of one subject in one of its graphs."""

    @property
    def base(self) -> str: ...

    def about(self, subject: NamedNode, graph: str) -> list[Quad]: ...

    def quads(self, graph: str | None = None) -> Iterator[Quad]: ...


@dataclass(frozen=True, slots=True)
class Context:
    """A reference where it stands: name, type, title and date of its article, offices, text, and spans of mentions."""

    name: str
    type: str
    title: str
    date: str
    offices: tuple[str, ...]
    text: str
    mentions: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """An entity as its references make it: IRI, name, other names, and the references (article, key) that mean it."""

    iri: str
    name: str
    aliases: tuple[str, ...]
    references: tuple[Pair, ...]

    @property
    def articles(self) -> int:
        return len({article for article, _ in self.references})


@dataclass(frozen=True, slots=True, order=True)
class Weight:
    """What hangs on an entity, counted: statements that it makes, comparisons of these, and links of all other kinds."""

    statements: int = 0
    comparisons: int = 0
    links: int = 0

    @property
    def total(self) -> int:
        return self.statements + self.comparisons + self.links


def judgements(store: Rows, verdict: Identity | None = None) -> list[Judgement]:
    """All judgements that are stored, of rules and persons, or those with one verdict, ordered by their references."""
    return _judged(store, f"FILTER(?verdict = <{v.concept(verdict)}>) " if verdict is not None else "")


def kept_apart(store: Rows) -> list[Judgement]:
    """The judgements "same" of rules whose references mean two entities: what else is known speaks against them."""
    same = f"FILTER(?verdict = <{v.concept(Identity.SAME)}>) ?l kg:refersTo ?one . ?r kg:refersTo ?two FILTER(?one != ?two) "
    return [j for j in _judged(store, same) if not j.person]


def _judged(store: Rows, which: str) -> list[Judgement]:
    rows = _rows(
        store,
        "SELECT ?l ?r ?verdict ?by ?reason ?confidence ?at WHERE { { ?j a kg:Judgement ; kg:left ?l ; kg:right ?r ; "
        f"kg:identityVerdict ?verdict ; kg:decidedBy ?by ; kg:confidence ?confidence . {which}"
        "OPTIONAL { ?j kg:reason ?reason } OPTIONAL { ?j prov:generatedAtTime ?at } } UNION { ?r kg:alike ?l . "
        # Here as well, so that the engine begins at the judgement and not at any two references.
        f'{which}BIND(<{v.concept(Identity.SAME)}> AS ?verdict) BIND("{ALIKE_RULE}" AS ?by) BIND("{ALIKE_REASON}" AS ?reason) '
        f"BIND({ALIKE} AS ?confidence) }} }} ORDER BY ?l ?r ?by ?at",
    )
    return [
        Judgement(
            _pair(left), _pair(right), v.of_concept(str(kind), Identity), str(by), why or "", float(sure or 1), at
        )
        for left, right, kind, by, why, sure, at in rows
        if not _is_figure(left)
    ]


def decisions(store: Graphs, *, withdrawn: bool = False) -> list[Judgement]:
    """The judgements of persons that hold, in the order of their time; with ``withdrawn`` also those taken back."""
    return [j for j, until in _decided(store) if withdrawn or until is None]


def withdrawals(store: Graphs) -> dict[str, str]:
    """When each withdrawn judgement was taken back, by its id."""
    return {j.id: until for j, until in _decided(store) if until is not None}


def _decided(store: Graphs) -> list[tuple[Judgement, str | None]]:
    found = [
        (
            Judgement(
                _pair(one[Property.LEFT]), _pair(one[Property.RIGHT]), v.of_concept(one[Property.IDENTITY_VERDICT], Identity),
                one[Property.DECIDED_BY], one.get(Property.REASON, ""), 1.0, one[Outside.GENERATED_AT],
            ),
            one.get(Outside.INVALIDATED_AT),
        )
        for one in _told(store).values()
        if Property.LEFT in one and not _is_figure(one[Property.LEFT])
    ]  # fmt: skip
    return sorted(found, key=lambda pair: (pair[0].at or "", pair[0].id))


def count_decisions(store: Graphs, *, withdrawn: bool = False) -> list[CountJudgement]:
    """The judgements of persons on two figures that hold, in the order of their time; with ``withdrawn`` also those taken back."""
    return [j for j, until in _counted(store) if withdrawn or until is None]


def count_withdrawals(store: Graphs) -> dict[str, str]:
    """When each judgement on two figures that is withdrawn was taken back, by its id."""
    return {j.id: until for j, until in _counted(store) if until is not None}


def _counted(store: Graphs) -> list[tuple[CountJudgement, str | None]]:
    found = [
        (
            CountJudgement(
                m.local(one[Property.LEFT]), m.local(one[Property.RIGHT]), v.of_concept(one[Property.IDENTITY_VERDICT], Identity),
                one[Property.DECIDED_BY], one.get(Property.REASON, ""), one[Outside.GENERATED_AT],
            ),
            one.get(Outside.INVALIDATED_AT),
        )
        for one in _told(store).values()
        if _is_figure(one.get(Property.LEFT))
    ]  # fmt: skip
    return sorted(found, key=lambda pair: (pair[0].at, pair[0].id))


def _is_figure(iri: str | None) -> bool:
    return iri is not None and "/figure/" in m.local(iri)


def _told(store: Graphs) -> dict[str, dict[str, str]]:
    """The graph of decisions, read by itself: what rules have judged is many times as much. Links to other data sets are in it too."""
    told: dict[str, dict[str, str]] = {}
    for quad in store.quads(Graph.DECISIONS):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            told.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
    return told


def meanings(store: Graphs, pairs: Iterable[Pair]) -> Iterator[tuple[Pair, str]]:
    """The IRI of the entity that each of these references means."""
    for pair in pairs:
        for quad in store.about(m.within(pair[0], "reference", pair[1], store.base), Graph.ENTITIES):
            if quad.predicate.value == Property.REFERS_TO and isinstance(quad.object, NamedNode):
                yield pair, quad.object.value


def name_of(store: Graphs, pair: Pair) -> str | None:
    """The name of a stored reference, or ``None`` where it is gone."""
    return _one(store.told(m.within(pair[0], "reference", pair[1], store.base).value), Property.NAME)


def entity_seen(store: Graphs, iri: str) -> Seen:
    """An entity by its IRI, with the references that mean it."""
    told = store.told(iri)
    meant = store.subjects(Property.REFERS_TO, m.node(iri))
    name = next(iter(told.get(Property.NAME, ())), iri.rsplit("/", 1)[-1])
    return Seen(iri, name, tuple(told.get(Property.ALIAS, ())), tuple(sorted(_pair(r) for r in meant)))


def entity_kind(store: Graphs, iri: str) -> tuple[EntityType, str, str | None]:
    """Type and name of an entity, and the IRI of its country."""
    told = store.told(iri)
    land = next(iter(told.get(Property.COUNTRY, ())), None)
    return v.of_concept(told[Property.ENTITY_TYPE][0], EntityType), told[Property.NAME][0], land


_LINKS = (
    Property.ABOUT, Property.RECIPIENT, Property.ON_BEHALF_OF, Property.HOLDER, Property.OFFICE_IN, Property.PLACE,
    Property.PART_OF,
)  # fmt: skip


def entity_weight(store: Graphs, iri: str) -> Weight:
    """What hangs on an entity: what would be told of another one where it is that one."""
    node = m.node(iri)
    said = store.subjects(Property.SPEAKER, node)
    compared = {
        comparison
        for statement in said
        for side in (Property.LEFT_STATEMENT, Property.RIGHT_STATEMENT)
        for comparison in store.subjects(side, m.node(statement))
    }
    return Weight(len(said), len(compared), sum(len(store.subjects(link, node)) for link in _LINKS))


def reference_context(store: Graphs, pair: Pair) -> Context | None:
    """A reference with its offices and the places where its article mentions it; ``None`` where it is gone."""
    article, _ = pair
    own = m.within(article, "reference", pair[1], store.base)
    told = store.told(own.value)
    if Property.NAME not in told:
        return None
    about = store.told(m.article(article, store.base).value)
    spans = [(at.start, at.end) for iri in told.get(Property.MENTION, ()) if (at := m.span(iri)) is not None]
    offices = []
    for iri in store.subjects(Property.HOLDER_REFERENCE, own):
        held = store.told(iri)
        bodies = held.get(Property.OFFICE_IN_REFERENCE, ())
        names = [n for body in bodies for n in store.told(body).get(Property.NAME, ())]
        offices.append(", ".join([*held.get(Property.ROLE_TITLE, ()), *names]))
    return Context(
        name=told[Property.NAME][0],
        type=v.of_concept(told[Property.ENTITY_TYPE][0], EntityType).value,
        title=next(iter(about.get(Property.TITLE, ())), article),
        date=next(iter(about.get(Property.PUBLISHED, ())), ""),
        offices=tuple(sorted(offices)),
        text=next(iter(about.get(Property.TEXT, ())), ""),
        mentions=tuple(sorted(spans)),
    )


def entity_names(store: Rows) -> dict[str, set[str]]:
    """The IRIs of the entities that have each name or alias."""
    out: dict[str, set[str]] = {}
    rows = _rows(
        store,
        "SELECT DISTINCT ?e ?n WHERE { ?r kg:refersTo ?e . { ?e skos:prefLabel ?n } UNION { ?e skos:altLabel ?n } } ORDER BY ?e ?n",
    )
    for iri, name in rows:
        out.setdefault(str(name), set()).add(str(iri))
    return out


def _pair(iri: str | None) -> Pair:
    return _article(iri), str(_key(iri))


__all__ = [
    "Context",
    "Seen",
    "Weight",
    "count_decisions",
    "count_withdrawals",
    "decisions",
    "entity_kind",
    "entity_names",
    "entity_seen",
    "entity_weight",
    "judgements",
    "meanings",
    "name_of",
    "reference_context",
    "withdrawals",
]
