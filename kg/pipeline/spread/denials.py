"""Denials by parts: how many statements hold each word of an actor, who is looked for under which, and what opposes what."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from functools import lru_cache

from kg import compare, rdf
from kg.model import Assertion, record
from kg.pipeline.spread.tasks import Task
from kg.store.upkeep.encoding import restored

_KEPT = 20_000  # statements that are held decoded


def leave(task: Task, one: Assertion) -> None:
    """Leave a statement for who compares it, under its keys."""
    keys = compare.denial_keys(one)
    if not keys:
        return
    read = compare.reading(one)
    sharp = int(read.sharp) if read is not None else 0
    task.to("assertion", one.statement, record(one))
    for key, period in sorted(keys.items()):
        task.to("key", _text(key), [_text(key), period, one.statement, sharp])


def words(task: Task) -> None:
    """How many statements a key holds in each period → to those beside; what too many hold tells nothing."""
    for key, of in sorted(_held(task).items()):
        counts = {period: len(found) for period, found in sorted(of.items())}
        for period, found in sorted(of.items()):
            near = [[p, number] for p, number in counts.items() if compare.beside(p, period)]
            for statement, _ in found if counts[period] <= compare.BUSY else ():
                task.to("held", statement, [statement, key, near])


def _held(task: Task) -> dict[str, dict[int, list[tuple[str, int]]]]:
    of: dict[str, dict[int, list[tuple[str, int]]]] = defaultdict(lambda: defaultdict(list))
    for key, period, statement, sharp in task.of("articles", "key"):
        of[key][period].append((statement, sharp))
    return of


def look(task: Task) -> None:
    """Each statement → the keys under which all that it may oppose is found."""
    held: dict[str, dict[compare.Key, dict[int, int]]] = defaultdict(dict)
    for statement, key, near in task.of("words", "held"):
        actor, word = json.loads(key)
        held[statement][actor, word] = dict(near)
    for told in task.of("articles", "assertion"):
        mine = compare.reading(restored(told, Assertion))
        if mine is None:
            continue
        statement, search = mine.at.statement, 0
        quiet = {key: at for key, at in compare.denial_keys(mine.at).items() if key in held[statement]}
        for period, numbers in compare.telling(quiet, held[statement]):
            for wanted in compare.searches(mine):
                for keys, least in compare.looks(numbers, mine, wanted):
                    search += 1
                    for key in sorted(keys):
                        task.to("look", _text(key), [_text(key), period, statement, search, least, int(wanted.sharp)])


def find(task: Task) -> None:
    """What is looked for under a key; of two statements the first in order looks."""
    held = _held(task)
    for key, period, statement, search, least, sharp in task.of("look", "look"):
        found = sorted(other for other, way in held[key][period] if other > statement and (not sharp or way & sharp))
        if found:
            task.to("found", statement, [statement, search, least, found])


def ask(task: Task) -> None:
    """What is found under enough keys."""
    hits: dict[tuple[str, int, int], Counter[str]] = defaultdict(Counter)
    for statement, search, least, found in task.of("find", "found"):
        hits[statement, search, least].update(found)
    pairs = {(s, other) for (s, _, least), found in hits.items() for other, n in found.items() if n >= least}
    for statement, other in sorted(pairs):
        task.mine("pair", [statement, other])
    for other in sorted({other for _, other in pairs}):
        task.to("ask", other, [other, task.piece])


def answer(task: Task) -> None:
    """Statements → to those who may oppose them."""
    task.answer("denials-ask", "articles", "assertion", "statement")


def oppose(task: Task) -> None:
    """The denials among what was found."""
    known = {
        told["statement"]: told for stage in ("articles", "denials-answer") for told in task.of(stage, "assertion")
    }

    @lru_cache(_KEPT)
    def reading(statement: str) -> compare.Reading | None:
        return compare.reading(restored(known[statement], Assertion))

    for statement, other in task.of("denials-ask", "pair"):
        mine, theirs = reading(statement), reading(other)
        found = compare.opposed(mine, theirs) if mine is not None and theirs is not None else None
        if found is not None:
            task.write(rdf.comparison_quads([found]))


def _text(key: compare.Key) -> str:
    return json.dumps(key, ensure_ascii=False)
