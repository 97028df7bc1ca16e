"""Five stories of our own, of five countries: every statement with speaker, office, cue, kind, content and nesting.

``open`` marks statements of the gold that are not fully right yet (mostly offices without a named body); no other may be wrong.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.annotate import Annotator
from kg.model import Article, Resolved, Tense
from kg.resolve.coreference import resolve

STORIES = sorted((Path(__file__).parent / "stories").glob("*.txt"))
FIELDS = ("speaker", "role", "organisation", "cue", "kind", "content", "within")
Row = tuple[Any, ...]


def rows(resolved: Resolved) -> list[Row]:
    """The statements in the columns of the gold."""
    names = {r.key: r.name for r in resolved.references}
    offices = {o.key: o for o in resolved.offices}
    speakers = {s.key: s.speaker for s in resolved.statements}
    out = []
    for s in resolved.statements:
        office = offices.get(s.office) if s.office else None
        former = "former " if office is not None and office.tense is Tense.FORMER else ""
        out.append(
            (
                names.get(s.speaker or ""),
                former + office.title if office is not None else None,
                names.get(office.organisation or "") if office is not None else None,
                s.cue,
                s.kind.value,
                s.content,
                names.get(speakers.get(s.within) or "") if s.within else None,
            )
        )
    return out


def read(story: Path) -> tuple[list[Row], list[dict[str, Any]]]:
    """Our rows and the gold of one story."""
    gold = json.loads(story.with_suffix(".json").read_text(encoding="utf-8"))
    article = Article(story.stem, story.read_text(encoding="utf-8"), published=gold["published"])
    return rows(resolve(Annotator().annotate(article))), gold["statements"]


@pytest.mark.parametrize("story", STORIES, ids=lambda p: p.stem)
def test_stories_statements(story: Path) -> None:
    made, gold = read(story)
    wrong = [g["content"] for g in gold if tuple(g[f] for f in FIELDS) not in made and not g.get("open")]
    assert wrong == []
    known = {(g["cue"], g["content"]) for g in gold}
    assert [row for row in made if row[3] and (row[3], row[5]) not in known] == []


def test_stories_exact_agreement() -> None:
    results = [read(story) for story in STORIES]
    total = sum(len(gold) for _, gold in results)
    fully = sum(tuple(g[f] for f in FIELDS) in made for made, gold in results for g in gold)
    said = [f for f in FIELDS if f not in ("role", "organisation")]
    places = [FIELDS.index(f) for f in said]
    spoken = sum(
        tuple(g[f] for f in said) in [tuple(row[i] for i in places) for row in made]
        for made, gold in results
        for g in gold
    )
    assert len(STORIES) == 5
    assert spoken / total >= 0.95, f"who said what: {spoken} of {total} right"
    assert fully / total >= 0.75, f"with office and body: {fully} of {total} right"
