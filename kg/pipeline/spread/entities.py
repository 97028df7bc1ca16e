"""Entities by parts: groups of what hangs together, their ids, countries and wholes, and who needs to know of them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from kg import rdf
from kg.identity.grouping import group as grouped
from kg.identity.naming import candidates, most_told, named, rank
from kg.identity.profiles import Pair
from kg.identity.unlike import Calling
from kg.model import Entity, EntityType, Identity, Judgement, record
from kg.pipeline.spread.tasks import Task
from kg.store.upkeep.index import decoded


def group(task: Task) -> None:
    """What hangs together → groups, each known by the first of its profiles, that ask for an id and for what they are a part of."""
    members: dict[str, list[tuple[str, str, list[str], str | None]]] = defaultdict(list)
    for component, *member in task.of("gather", "member"):
        members[component].append(tuple(member))
    ties: dict[str, list[Judgement]] = defaultdict(list)
    for component, a, b, verdict, reason, confidence in task.of("gather", "tie"):
        ties[component].append(Judgement(("", a), ("", b), Identity(verdict), "rule: names", reason, confidence))
    said: dict[str, tuple[dict[frozenset[str], int], dict[frozenset[str], int]]] = defaultdict(lambda: ({}, {}))
    for component, a, b, one, two in task.of("calling", "calling"):
        said[component][0][frozenset((a, b))], said[component][1][frozenset((a, b))] = one, two
    for component, found in sorted(members.items()):
        calling = Calling(*said[component]) if component in said else Calling()
        of = {("", pid): decoded(data) for pid, data, _, _ in found}
        known = {("", pid): (names, whole) for pid, _, names, whole in found}
        for nodes in grouped(of, ties.get(component, ()), calling).groups:
            _group(task, nodes, of, known, calling)


def _group(
    task: Task, nodes: tuple[Pair, ...], of: dict[Pair, Any], known: dict[Pair, tuple[list[str], str | None]], calling: Calling
) -> None:  # fmt: skip
    made = named(nodes, [of[n] for n in nodes], {name for n in nodes for name in known[n][0]}, calling)
    first, pids = nodes[0][1], [pid for _, pid in nodes]
    task.to("group", first, [first, record(made), pids])
    for node in nodes:
        if (whole := known[node][1]) is not None:
            task.to("whole", whole, [whole, first])
    wish = [*rank(len(nodes), made.mark, made.base), first]
    if made.everywhere is not None:
        task.to("everywhere", made.everywhere, [made.everywhere, *wish])
    else:
        _wish(task, wish)


def _wish(task: Task, wish: list[Any]) -> None:
    """Ask for a readable id where all are that may want the same."""
    root = str(wish[2]).partition("_")[0]
    task.to("wish", root, wish)


def everywhere(task: Task) -> None:
    """Ids that are the same in every store: of those who want one, the first in order has it."""
    given: set[str] = set()
    for eid, *wish in sorted(task.of("group", "everywhere")):
        if eid in given:
            _wish(task, wish)
        else:
            given.add(eid)
            task.to("id", wish[-1], [wish[-1], eid])


def mint(task: Task) -> None:
    """Readable ids, to the largest groups first."""
    used: set[str] = set()
    for _, mark, base, first in sorted([*task.of("group", "wish"), *task.of("everywhere", "wish")]):
        eid = next(one for one in candidates(base, mark) if one not in used)
        used.add(eid)
        task.to("id", first, [first, eid])


def ids(task: Task) -> None:
    """Groups with their ids → to their profiles, and countries to all."""
    given = dict([*task.of("everywhere", "id"), *task.of("mint", "id")])
    for first, made, pids in task.of("group", "group"):
        eid = given[first]
        task.mine("entity", [first, eid, made])
        for pid in pids:
            task.to("meant", pid, [pid, first, eid, made["mark"]])
        if made["called"] is not None:
            for piece in range(task.pieces):
                task.at("land", piece, [made["called"], made["mark"], eid])


def meant(task: Task) -> None:
    """What the references of a profile mean → to their articles; and what a part belongs to → to that part."""
    found = {pid: (first, eid, mark) for pid, first, eid, mark in task.of("ids", "meant")}
    for whole, first in task.of("group", "whole"):
        task.to("whole", first, [first, *found[whole]])
    wanted: set[tuple[str, int]] = set()
    for pid, _, _, _, _, references in task.of("profiles", "node"):
        first, eid, _ = found[pid]
        for article, key, piece in references:
            task.at("meant", piece, [article, key, eid])
            wanted.add((first, piece))
    for first, piece in sorted(wanted):
        task.to("want", first, [first, piece])


def describe(task: Task) -> None:
    """Entities as they are written."""
    lands: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for called, mark, eid in task.of("ids", "land"):
        lands[called].append((mark, eid))
    wholes: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for first, *whole in task.of("meant", "whole"):
        wholes[first].append(tuple(whole))
    for first, eid, made in sorted(task.of("ids", "entity")):
        country = min(lands.get(made["land"], ()), default=None) if made["land"] else None
        above = [whole for whole in wholes[first] if whole[1] != eid]
        part_of = most_told((whole, mark) for _, whole, mark in above)
        entity = Entity(
            eid, EntityType(made["type"]), made["name"], tuple(made["aliases"]), country[1] if country and country[1] != eid else None,
            part_of, codes=tuple(made["codes"]), item=made["item"],
        )  # fmt: skip
        task.write(rdf.entity_description(entity))
        parent = next((one for one, whole, _ in above if whole == part_of), None)
        task.mine("entity", [first, record(entity), parent])


def wanted(task: Task) -> int:
    """Entities → to the pieces that have articles about them; what they are a part of is wanted next. How many more are wanted."""
    known = {first: (entity, parent) for first, entity, parent in task.of("entities", "entity")}
    before = task.given["from"]
    asked = {(first, piece) for first, piece in task.of(before, "want")}
    seen = {(first, piece) for first, piece in task.of(before, "seen")}
    more: set[tuple[str, int]] = set()
    for first, piece in sorted(asked - seen):
        entity, parent = known[first]
        task.at("entity", piece, entity)
        if parent is not None:
            more.add((parent, piece))
    for one in sorted(asked | seen):
        task.mine("seen", one)
    for parent, piece in sorted(more):
        task.to("want", parent, [parent, piece])
    return len(more)


def entity(told: dict[str, Any]) -> Entity:
    """An entity from its fields as JSON holds them."""
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    fields["type"] = EntityType(told["type"])
    return Entity(**fields)
