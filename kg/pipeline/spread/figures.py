"""Figures by parts: repetitions, the lines of figures in order of time, and each figure against its earlier neighbours."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from kg import compare, rdf
from kg.compare import affairs, dates
from kg.model import Claim, Coverage, record
from kg.pipeline.spread.tasks import Task
from kg.store.upkeep.encoding import restored


def placed(task: Task) -> None:
    """The figures of each article with its affair: sub-totals are compared at once, all others go to those that they may repeat."""
    of: dict[str, tuple[str, Coverage]] = {}
    for article, affair, happenings, home, land in task.of("members", "affair"):
        of[article] = affair, Coverage(article, happenings=tuple(happenings), home=tuple(home), land=land)
    for article, told in task.of("articles", "claims"):
        claims = [affairs.placed(restored(one, Claim), *of[article]) for one in told]
        task.write(rdf.comparison_quads(compare.sub_totals(sorted(claims, key=lambda claim: claim.figure))))
        for claim in claims:
            group = compare.block(claim)
            if group is not None:
                task.to("figure", _text(group, compare.repeated(claim)), [group, record(claim)])


def once(task: Task) -> None:
    """Figures without those that only repeat another, in the lines in which they stand."""
    of: dict[str, list[tuple[Any, Claim]]] = defaultdict(list)
    for group, told in task.of("sums", "figure"):
        claim = restored(told, Claim)
        of[_text(group, compare.repeated(claim))].append((group, claim))
    for _, found in sorted(of.items()):
        group = found[0][0]
        for claim in compare.once(sorted((claim for _, claim in found), key=dates.order)):
            task.to("claim", claim.figure, record(claim))
            for lane in compare.lanes(claim):
                line = _text(group, lane)
                task.to("line", line, [line, *dates.order(claim)])


def near(task: Task) -> None:
    """Lines of figures → who is held against which."""
    of: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for line, order, figure in task.of("once", "line"):
        of[line].append((order, figure))
    pairs: set[tuple[str, float, str]] = set()
    for _, found in sorted(of.items()):
        line = sorted(found)
        for i, (_, later) in enumerate(line):
            pairs.update((later, *earlier) for earlier in line[max(i - compare.NEAREST, 0) : i])
    for later, order, earlier in sorted(pairs):
        task.to("near", later, [later, order, earlier])
    for earlier, piece in sorted({(earlier, task.has(later)) for later, _, earlier in pairs}):
        task.to("ask", earlier, [earlier, piece])


def answer(task: Task) -> None:
    """Figures → to those who are held against them."""
    task.answer("near", "once", "claim", "figure")


def weigh(task: Task) -> None:
    """Each figure against its earlier neighbours."""
    known = {told["figure"]: told for told in task.of("figures-answer", "claim")}
    of: dict[str, set[tuple[float, str]]] = defaultdict(set)
    for later, order, earlier in task.of("near", "near"):
        of[later].add((order, earlier))
    for told in task.of("once", "claim"):
        line = sorted(of[told["figure"]])
        found = compare.of_one(restored(told, Claim), [restored(known[earlier], Claim) for _, earlier in line])
        task.write(rdf.comparison_quads(found))


def _text(*key: object) -> str:
    return json.dumps(key, ensure_ascii=False)
