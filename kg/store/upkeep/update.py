"""What came and went → entities, judgements, shortcuts and comparisons in the store, touching nothing else."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

import pyoxigraph as ox

from kg import rdf
from kg.errors import KgError
from kg.model import Entity, Judgement, record
from kg.rdf import minting as m
from kg.store import Store
from kg.store.reasons import is_damage
from kg.store.upkeep import comparisons
from kg.store.upkeep.article import Local, reader, subjects
from kg.store.upkeep.identities import Change
from kg.store.upkeep.index import Index, judgement_of
from kg.store.upkeep.names import Replaced, Told
from kg.store.upkeep.naming import Changes, Formed, formed_of
from kg.vocabulary import Graph, Property


def update(store: Store, *, added: Iterable[str] = (), removed: Iterable[str] = ()) -> list[str]:
    """Bring entities and comparisons up to date after articles came into the store and went out of it. One that is in both became another
    one: its graph holds something else than before.

    One transaction, or a part of the one that is under way. The cost follows from these articles and from what their
    names and figures touch. Where the index is missing, belongs to other quads or leads astray, all is made anew. Returns
    what a reader should know: judgements of persons that others overrule.
    """
    come, left = sorted(set(added)), sorted(set(removed))
    with store.transaction():
        try:
            if store.index_in_step and Index(store.side).usable:
                return _update(store, come, left)
        except Exception as error:  # whatever the code above makes of bytes that are not what it wrote
            if isinstance(error, KgError) or (isinstance(error, sqlite3.Error) and not is_damage(error)):
                raise
            return ["The index of the store could not be used and was made anew.", *_anew(store)]
        return _anew(store)


def _anew(store: Store) -> list[str]:
    """Entities, judgements of rules and comparisons made from the articles and persons' judgements; entities keep the ids that
    the graph gives them.
    """
    store.forget_index()  # a file of its own: what is wrong with the one before may be anything
    Index(store.side).clear()
    told = _told(store)
    store.replace_graph(Graph.ENTITIES, ())
    store.replace_graph(Graph.COMPARISONS, ())
    return _update(store, [article for article, _, _ in rdf.articles(store)], [], told)


def _told(store: Store) -> Told:
    """The ids that the graph gives to entities, and those that others took the place of."""
    replaced = {eid: Replaced(by, anchors) for eid, (by, anchors) in rdf.replaced(store).items()}
    return Told(dict(rdf.meant(store)), replaced, rdf.joined(store))


def _update(store: Store, come: Sequence[str], left: Sequence[str], told: Told | None = None) -> list[str]:
    index = Index(store.side)
    decided = rdf.decisions(store)
    change = Change(index, decided, _last(index), told)
    for article in left:
        change.remove(article)
    local = reader(store)
    for article in come:
        change.add(rdf.references(local(article)), rdf.offices(local(article)))
    changes = change.finish()
    _write(store, changes)
    touched = {article for article, _ in changes.references} | set(come)
    touched |= _speaking(store, changes)
    gone = set(left) - set(come)
    touched -= gone
    for article in sorted(touched):
        _shortcuts(store, index, local(article))
    touched |= {a for eid in changes.renamed for a, _ in _references(store, eid)}
    comparisons.update(store, index, touched, gone, local)
    _remember(index, decided)
    store.index_made()
    return [_sentence(store, judgement, why) for judgement, why in changes.overruled]


def _write(store: Store, changes: Changes) -> None:
    """Entities, what references mean, and the judgements of rules."""
    add: list[ox.Quad] = []
    remove: list[ox.Quad] = []
    for eid in sorted(changes.gone | changes.entities.keys()):
        remove += store.about(m.entity(eid, store.base), Graph.ENTITIES)
    for eid, e in sorted(changes.entities.items()):
        add += rdf.entity_description(_entity(eid, e), e.same_as)
    for pair, meant in sorted(changes.references.items()):
        reference = m.within(pair[0], "reference", pair[1], store.base)
        remove += (q for q in store.about(reference, Graph.ENTITIES) if q.predicate.value == Property.REFERS_TO)
        if meant is not None:
            add.append(rdf.meaning(pair, meant))
    for eid, one in sorted(changes.replaced.items()):
        remove += store.about(m.entity(eid, store.base), Graph.PROVENANCE)
        add += rdf.replaced_quads(eid, one.by, one.anchors) if one is not None else ()
    for before, now in changes.judgements:
        remove += rdf.judgement_quads(before) if before is not None else ()
        add += rdf.judgement_quads(now) if now is not None else ()
    store.apply(add=add, remove=remove)


def _entity(eid: str, e: Formed) -> Entity:
    return Entity(eid, e.type, e.name, e.aliases, e.country, e.part_of, codes=e.codes, item=e.item)


def _speaking(store: Store, changes: Changes) -> set[str]:
    """Articles with statements on behalf of a body whose place among other bodies changed."""
    found: set[str] = set()
    for eid in changes.rehoused | changes.gone:
        node = m.entity(eid, store.base)
        for iri in (*store.subjects(Property.ON_BEHALF_OF, node), *store.subjects(Property.SPEAKER, node)):
            found.add(m.article_id(iri))
    return found


def _shortcuts(store: Store, index: Index, local: Local) -> None:
    """Write the shortcuts from the statements and offices of one article anew."""

    def entity(eid: str) -> Entity | None:
        row = index.db.execute("SELECT data FROM entity WHERE id=?", (eid,)).fetchone()
        if row is None:
            return None
        return _entity(eid, formed_of(json.loads(row[0])))

    of = {}

    def meant(article: str, key: str) -> str | None:
        if (article, key) not in of:
            of[article, key] = index.entity_of((article, key))
        return of[article, key]

    made = rdf.shortcut_quads(rdf.offices(local), rdf.links(local), of=meant, entity=entity)
    kept = (Property.REFERS_TO, Property.ALIKE)
    old = [q for s in subjects(local.quads) for q in store.about(s, Graph.ENTITIES) if q.predicate.value not in kept]
    store.apply(add=made, remove=old)


def _references(store: Store, eid: str) -> list[tuple[str, str]]:
    found = store.subjects(Property.REFERS_TO, m.entity(eid, store.base))
    return [(m.article_id(iri), unquote(iri.rsplit("/", 1)[1])) for iri in found]


def _last(index: Index) -> list[Judgement]:
    row = index.db.execute("SELECT value FROM meta WHERE key='decided'").fetchone()
    return [judgement_of(d) for d in json.loads(row[0])] if row else []


def _remember(index: Index, decided: Sequence[Judgement]) -> None:
    index.db.execute("INSERT OR REPLACE INTO meta VALUES('decided', ?)", (json.dumps([record(j) for j in decided]),))


def _sentence(store: Store, judgement: Judgement, why: str) -> str:
    left, right = (rdf.name_of(store, pair) or pair[1] for pair in (judgement.left, judgement.right))
    return f"{judgement.by} judged “{left}” and “{right}” the same, which other judgements rule out: {why.rstrip('.')}."
