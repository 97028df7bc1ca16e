"""The time lines of an affair: one for each thing that is counted in it, every figure with its speaker."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from kg import compare
from kg.compare import Slot, dates, slot
from kg.compare.wording.heading import heading
from kg.model import Claim
from kg.query.timelines.moved import TimeLine, line_of
from kg.query.timelines.placing import Place, Told, place_of, places
from kg.query.timelines.placing import told as read
from kg.store import Store


@dataclass(frozen=True, slots=True)
class AffairLines:
    """An affair with the time lines of what is counted in it, those with most figures first."""

    affair: str
    label: str
    happening: str
    articles: tuple[str, ...]
    lines: tuple[TimeLine, ...]


def affairs(store: Store, about: str | None = None, *, told: Told | None = None) -> list[AffairLines]:
    """The affairs of a store, those of most articles first. ``about`` keeps the one with that IRI, or those whose label or
    kind of happening hold each of its words ("mine", "cholera Zambia").

    A line holds the figures of one slot: of one thing counted, one side, one scope, one role. Figures without bounds, and what is
    counted once and is nothing that stories are told by, stand on none. ``told`` are the figures of all articles, where they are read
    already.
    """
    named = place_of(store, about) if about is not None else None
    known = (places(store) if told is None else told.places) if named is None else [named]
    wanted = known if named else [one for one in known if about is None or _matches(one, about)]
    if not wanted:
        return []
    told = read(store, wanted) if told is None else told
    of: dict[str, list[Claim]] = defaultdict(list)
    for claim in told.claims:
        of[claim.affair].append(claim)
    spans = told.spans
    out = [
        AffairLines(one.affair, one.label, one.happening, one.articles, _lines(of[one.affair], spans)) for one in wanted
    ]
    return sorted(out, key=lambda one: (-len(one.articles), one.label, one.affair))


def _lines(told: list[Claim], spans: dict[str, tuple[int, int]]) -> tuple[TimeLine, ...]:
    groups: dict[tuple[Slot, tuple[str, ...]], list[Claim]] = defaultdict(list)
    for claim in told:
        block = compare.block(claim)  # of what no list of slots knows, a share and a number are two things
        if block is not None and compare.interval(claim) is not None:
            one = slot(claim)
            total = replace(one, kind="")  # miners inside a mine are the people inside it
            groups[total if compare.one_kind(one, total, fighting=False) else one, block].append(claim)
    lines = []
    for (one, _), members in groups.items():
        if not one.nature and len(members) < 2:
            continue
        line = line_of(compare.once(sorted(members, key=dates.order)), spans)
        if one.nature or line.population.lower() not in ("", "percent"):  # percent of nobody knows what
            lines.append(replace(line, title=heading(one, line.title)))
    return tuple(sorted(lines, key=lambda line: (-len(line.points), line.title, line.id)))


def _matches(one: Place, about: str) -> bool:
    hay = f"{one.label} {one.happening}".lower()
    return all(word in hay for word in about.lower().split())
