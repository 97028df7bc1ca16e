"""Which of the articles that were read the graph holds, as a store takes them: each once, of versions the newest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kg.model import Article, Problem
from kg.store.upkeep.versions import Version, is_earlier, older, replaces

Place = tuple[int, int]
"""The number of a part, and the place of an article in it."""


@dataclass(slots=True)
class Choice:
    """What became of the articles: the ids of those that the graph holds and where they are, those left out, and what is told."""

    held: dict[str, Place] = field(default_factory=dict)
    left_out: list[Place] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    revised: list[tuple[str, str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def choose(listed: Iterable[Any]) -> Choice:
    """The choice among articles, given in their order: place, and what :func:`kg.pipeline.spread.articles.listed` tells of each."""
    out = Choice()
    at: dict[str, Version] = {}
    was: set[str] = set()
    for number, at_place, id, url, title, published, beginning, fault, notes in listed:
        place = (number, at_place)
        article = Article(id, "", title=title, url=url, published=published)
        before = at.get(url) if url else None
        if id in out.held or (before is not None and (id in was or is_earlier(article, before))):
            out.known.append(id)
            out.left_out.append(place)
            out.notes += [] if id in out.held else [older(article)]
            continue
        if fault:
            out.left_out.append(place)
            out.problems.append(Problem(id, fault, detail=title or beginning))
            continue
        out.notes += notes
        if before is not None:
            out.replaced.append(before.id)
            out.left_out.append(out.held.pop(before.id))
            out.notes.append(replaces(article, before))
            out.revised.append((id, before.id, before.called))
            was.add(before.id)
        out.held[id] = place
        if url:
            at[url] = Version(id, title, published)
    return out
