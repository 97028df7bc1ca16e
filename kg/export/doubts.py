"""Statements that a person should look at, the most doubtful first, and the decisions on them, also as CSV to fill in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kg import vocabulary as v
from kg.export.spreadsheets import cell
from kg.model import Correction, CorrectionKind, Kind, holding, record
from kg.rdf import corrections as written
from kg.rdf import minting as m
from kg.rdf.ontology import label
from kg.rdf.reading import usual_reason
from kg.store import Store
from kg.store.upkeep import corrections as upkeep
from kg.vocabulary import Class, Outside, Property

COLUMNS: Final = (
    "decision", "value", "why", "certainty", "speaker", "office", "cue", "content", "kind", "stance", "day", "figures", "sentence", "title",
    "date", "article", "thing", "start", "end", "quote", "prefix", "suffix", "part", "marked", "id", "by", "at", "url", "state",
)  # fmt: skip
"""What is to be filled in stands first; the rest is for a reader, and what finds the thing again."""


@dataclass(frozen=True, slots=True)
class Given:
    """A figure of a statement: its IRI, its words in the text, and what it measures, by part."""

    thing: str
    words: str
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A statement that nobody has looked at: its IRI, ``confidence`` (from 0 to 1), and what a person needs to see to judge it."""

    thing: str
    article: str
    confidence: float
    title: str
    date: str
    sentence: str
    speaker: str
    office: str
    cue: str
    content: str
    kind: str
    stance: str
    day: str
    reason: str
    start: int
    figures: tuple[Given, ...] = ()


def doubts(store: Store, limit: int | None = None, *, article: str | None = None) -> list[Doubt]:
    """The statements that nobody has confirmed or corrected, those first that the extractor is least sure of; of one article (its id)
    where that is given. What an article says itself, outside of all attribution, comes last.
    """
    return [doubt(store, iri) for iri in ranked(store, article=article)[:limit]]


def ranked(store: Store, *, article: str | None = None) -> list[str]:
    """The IRIs of these statements, in this order."""
    seen, authors = _seen(store), set(store.subjects(Property.KIND, m.node(v.concept(Kind.AUTHOR))))
    found = [
        (iri in authors, float(values[0]), m.article_id(iri), iri)
        for iri, values in store.column(Property.CONFIDENCE).items()
        if written.local(iri).startswith("statement/") and iri not in seen and article in (None, m.article_id(iri))
    ]
    return [iri for _, _, _, iri in sorted(found)]


def _seen(store: Store) -> set[str]:
    """The statements that somebody has confirmed, corrected or added."""
    seen = set(store.column(Outside.WAS_INFLUENCED_BY))
    moved: dict[str, list[str]] = {}  # confirmed where another version of kg, or of the text, has it under another name
    for one in holding(written.corrections(store, base=store.base)):
        if one.kind is CorrectionKind.CONFIRM:
            iri = written.thing(one.article, one.thing, store.base)
            if store.holds(iri, Class.STATEMENT):
                seen.add(iri.value)
            else:
                for article in upkeep.articles(store, one):
                    moved.setdefault(article, []).append(one.id)
    for article, names in sorted(moved.items()):
        done = upkeep.outcome(store, article)
        found = (done.fates.get(name) for name in names) if done is not None else ()
        seen |= {
            written.thing(article, fate.thing, store.base).value for fate in found if fate is not None and fate.thing
        }
    return seen


def doubt(store: Store, iri: str) -> Doubt:
    """A statement as a person needs to see it."""
    told = store.told(iri)

    def one(prop: str, of: Mapping[str, list[str]] = told) -> str:
        return next(iter(of.get(prop, ())), "")

    article = store.told(m.article(m.article_id(iri), store.base).value)
    evidence, speaker = store.told(one(Property.EVIDENCE)), one(Property.SPEAKER) or one(Property.SPEAKER_REFERENCE)
    stance, kind = one(Property.STANCE), one(Property.KIND)
    return Doubt(
        thing=iri,
        article=m.article_id(iri),
        confidence=float(one(Property.CONFIDENCE) or 0),
        title=one(Property.TITLE, article),
        date=one(Property.PUBLISHED, article),
        sentence=one(Outside.EXACT, evidence),
        speaker=one(Property.NAME, store.told(speaker)) if speaker else "",
        office=one(Property.ROLE_TITLE, store.told(one(Property.SPEAKER_OFFICE)))
        if one(Property.SPEAKER_OFFICE)
        else "",
        cue=one(Property.CUE),
        content=one(Property.CONTENT),
        kind=label(kind) if kind else "",
        stance=label(stance) if stance else "",
        day=one(Property.SAID_ON),
        reason=one(Property.REASON) or (usual_reason(v.of_concept(kind, Kind)) if kind else ""),
        start=int(one(Outside.START, evidence) or 0),
        figures=tuple(sorted((_given(store, f) for f in told.get(Property.FIGURE, ())), key=lambda g: g.thing)),
    )


_PARTS: Final = {
    "value": Property.VALUE, "unit": Property.UNIT, "bound": Property.COMPARATOR, "population": Property.POPULATION,
    "event": Property.EVENT, "day": Property.AS_OF, "role": Property.MARK, "place": Property.PLACE,
}  # fmt: skip


def _given(store: Store, iri: str) -> Given:
    told = store.told(iri)
    parts = {name: ", ".join(_word(store, value) for value in told.get(prop, ())) for name, prop in _PARTS.items()}
    if not parts["value"] and Property.LOW in told:
        parts["value"] = "-".join((told[Property.LOW][0], told.get(Property.HIGH, [""])[0]))
    words = next(iter(told.get(Property.WORDING, ())), "")
    return Given(iri, words, {name: value for name, value in parts.items() if value})


def _word(store: Store, value: str) -> str:
    if "#comparator-" in value:
        return label(value)
    return next(iter(store.told(value).get(Property.NAME, ())), value) if value.startswith("http") else value


# ── CSV ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def table(store: Store, decided: Iterable[tuple[Correction, str]], *, limit: int | None = None) -> tuple[bytes, int]:
    """The decisions, each with its state in words, and the statements to look at with their figures, to be filled in; and how many rows
    these are.
    """
    rows = [_decision(one, state) for one, state in decided]
    for found in doubts(store, limit):
        rows.append(_row(found))
        rows += (_figure(found, figure) for figure in found.figures)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows([{name: cell(value) for name, value in row.items()} for row in rows])
    return text.getvalue().encode("utf-8-sig"), len(rows)


def _decision(one: Correction, state: str) -> dict[str, object]:
    marked = {role: record(passage) for role, passage in one.marked}
    return {
        "decision": one.kind.value, "value": one.value, "why": one.why, "article": one.article, "thing": one.thing,
        **record(one.passage), "part": one.part, "marked": json.dumps(marked, ensure_ascii=False) if marked else "",
        "id": one.id, "by": one.by, "at": one.at, "url": one.url, "state": state,
    }  # fmt: skip


def _row(found: Doubt) -> dict[str, object]:
    figures = "; ".join(figure.words for figure in found.figures)
    return {
        "certainty": found.confidence, "speaker": found.speaker, "office": found.office, "cue": found.cue, "content": found.content,
        "kind": found.kind, "stance": found.stance, "day": found.day, "figures": figures, "sentence": found.sentence,
        "title": found.title, "date": found.date, "article": found.article, "thing": written.local(found.thing),
    }  # fmt: skip


def _figure(found: Doubt, figure: Given) -> dict[str, object]:
    parts = "; ".join(f"{name}: {value}" for name, value in figure.parts.items())
    return {
        "figures": f"{figure.words} ({parts})", "sentence": found.sentence, "title": found.title, "date": found.date,
        "article": found.article, "thing": written.local(figure.thing),
    }  # fmt: skip


__all__ = ["COLUMNS", "Doubt", "Given", "doubt", "doubts", "ranked", "table"]
