"""Articles by parts: which there are, the references in them, and at the end their quads, with all that is known by then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg import rdf
from kg.compare import affairs
from kg.identity.naming import shared_names
from kg.identity.profiles import profiles
from kg.model import Article, Entity, ListSource, record
from kg.pipeline.crews import Lost
from kg.pipeline.parts import Parts
from kg.pipeline.reading import Read
from kg.pipeline.spread import denials
from kg.pipeline.spread.affairs import cover
from kg.pipeline.spread.entities import entity
from kg.pipeline.spread.tasks import Task
from kg.rdf import minting as m
from kg.store.lists import kept_quads
from kg.store.upkeep.article import Local
from kg.store.upkeep.index import encoded
from kg.store.upkeep.versions import revision_quads

PARTS = "parts"
"""The folder, inside that of the run, of what was read of articles."""


def _all(task: Task) -> Iterator[tuple[int, int, Article, Read | Lost]]:
    """The articles of a piece, with the number of their part and the place in it."""
    parts = Parts(Path(task.folder, PARTS), {})
    for number, name in task.given["parts"]:
        for place, (article, read) in enumerate(parts.read(name)):
            yield number, place, article, read


def _held(task: Task) -> Iterator[tuple[str, list[ox.Quad], list[ox.Quad]]]:
    """The articles that the graph holds: id, the quads of the own graph, and all other ones."""
    left_out = {(number, place) for number, place in task.given["left out"]}
    for number, place, article, read in _all(task):
        if (number, place) not in left_out and isinstance(read, Read):
            own: list[ox.Quad] = []
            rest: list[ox.Quad] = []
            graph = m.graph(article.id)
            for quad in read.unpacked():
                (own if quad.graph_name == graph else rest).append(quad)
            yield m.article_id(m.article(article.id).value), own, rest


def listed(task: Task) -> None:
    """What decides which articles the graph holds → to who decides."""
    for number, place, article, read in _all(task):
        fault = read.reason if isinstance(read, Lost) else read.problem
        notes = () if isinstance(read, Lost) else read.notes
        told = [article.id, article.url, article.title, article.published, article.text[:200], fault, notes]
        task.at("article", 0, [number, place, *told])


def read(task: Task) -> None:
    """The references of articles by their profiles."""
    sent: set[str] = set()
    spelled: set[str] = set()
    for _, own, _ in _held(task):
        local = Local(own)
        references = {(r.article, r.key): r for r in rdf.references(local)}
        found = profiles(list(references.values()), rdf.offices(local))
        ids = {pair: profile.id for pair, profile in found.items()}
        called = []
        for pair, profile in sorted(found.items()):
            pid, reference = ids[pair], references[pair]
            if pid not in sent:
                sent.add(pid)
                task.to("profile", pid, [pid, encoded(profile)])
            whole = ids.get((pair[0], reference.part_of)) if reference.part_of is not None else None
            names = sorted(shared_names(reference, profile))
            task.to("reference", pid, [pid, *pair, names, whole, task.piece])
            spelled.update(names)
            called.append(names)
        task.mine("names", called)
    for name in sorted(spelled):
        task.to("spelled", name, [name, task.piece])


def write(task: Task) -> None:
    """The quads of each article with its shortcuts to entities, and what it covers, counts and claims."""
    meant: dict[str, dict[str, str]] = {}
    for article, key, eid in task.of("meant", "meant"):
        meant.setdefault(article, {})[key] = eid
    entities: dict[str, Entity] = {}
    for stage in task.given["entities"]:
        for told in task.of(stage, "entity"):
            entities[told["id"]] = entity(told)
    for quad in kept_quads(ListSource(*task.given["list"])) if task.given.get("list") else ():
        _share(task, quad)
    for article, own, rest in _held(task):
        local = Local(own)
        keys = meant.get(article, {})
        made = [rdf.meaning((article, key), eid) for key, eid in sorted(keys.items())]
        made += rdf.shortcut_quads(
            rdf.offices(local), rdf.links(local), of=lambda _, key, keys=keys: keys.get(key), entity=entities.get  # type: ignore[misc]
        )  # fmt: skip
        alone = {m.graph(article), m.extraction(article)}
        for quad in rest:
            if quad.subject not in alone:
                _share(task, quad)
        task.write([*own, *(quad for quad in rest if quad.subject in alone), *made], at_once=True)
        _compare(task, Local([*own, *made, *_described(made, entities)]))


def _described(made: list[ox.Quad], entities: dict[str, Entity]) -> list[ox.Quad]:
    """What is told of the entities that an article is about."""
    meant = {m.entity_id(quad.object.value) for quad in made if isinstance(quad.object, ox.NamedNode)} - {""}
    return [quad for eid in sorted(meant) for quad in rdf.entity_description(entities[eid])]


def _compare(task: Task, local: Local) -> None:
    """Leave what of an article is compared with others."""
    for covered in rdf.covered(local):
        cover(task, affairs.coverage(covered))
        task.mine("claims", [covered.article, [record(claim) for claim in rdf.claims(local)]])
    for one in rdf.assertions(local):
        denials.leave(task, one)


def _share(task: Task, quad: ox.Quad) -> None:
    """Leave what is told of who reads, which is the same for many articles."""
    line = (ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b"").decode()
    task.to("shared", line, line)


def revised(task: Task) -> None:
    """What is told of versions that newer ones took the place of, of who read, and of the list of names."""
    for new, old, called in task.given["revised"]:
        task.write(revision_quads(new, old, called))
    lines = "".join(sorted(set(task.of("articles", "shared"))))
    task.write(ox.parse(lines.encode(), format=ox.RdfFormat.N_QUADS) if lines else ())
