"""What persons looked at and corrected, as gold annotations in JSON Lines: what ``kg eval`` measures an annotator against."""

from __future__ import annotations

import json
from collections.abc import Iterable

from kg.export.rows import Source
from kg.model import Form, Kind, Resolved, Span, StatedFigure, Statement, cover
from kg.rdf import corrections as written
from kg.store import Store
from kg.store.upkeep import corrections as upkeep


def lines(source: Source) -> bytes:
    """One document for each article that somebody looked at, in order of id. ``checked`` are the sentences of the statements that were
    confirmed, corrected, rejected or added: only there is the annotation gold, and only there is anything counted.
    """
    found = []
    for article in sorted({c.article for c in written.corrections(source.store, base=source.store.base)}):
        document = _document(source.store, article)
        if document is not None:
            found.append(json.dumps(document, ensure_ascii=False, sort_keys=True) + "\n")
    return "".join(found).encode()


def _document(store: Store, article: str) -> dict[str, object] | None:
    done, read = upkeep.outcome(store, article), upkeep.machine(store, article)
    if done is None or read is None:
        return None
    now = done.resolved
    things = {fate.thing for fate in done.fates.values() if fate.thing}
    looked = [s.evidence for s in now.statements if _is_of(s, things)]
    looked += [s.evidence for s in read.statements if f"statement/{s.key}" in done.rejected]
    if not looked:
        return None
    told: list[Statement] = []
    while more := [s for s in now.statements if s not in told and any(s.evidence.overlaps(place) for place in looked)]:
        told += more  # what stands in these sentences as well, as far as it reaches
        looked += [s.evidence for s in more]
    told = [s for s in now.statements if s in told]
    checked = _joined(looked)
    figures = {f.key: f for s in told for f in s.figures}
    return {
        "id": article,
        "text": now.article.text,
        "meta": {"publication_date": now.article.published} if now.article.published else {},
        "checked": [[s.start, s.end] for s in checked],
        "attributions": [_attribution(s) for s in told if s.kind is not Kind.AUTHOR or s.cue_spans or s.source_spans],
        "entities": _entities(now, checked),
        "figures": [_figure(f) for _, f in sorted(figures.items())],
    }


def _is_of(statement: Statement, things: Iterable[str]) -> bool:
    """Whether somebody decided on a statement, or on a figure in it."""
    own = {f"statement/{statement.key}", *(f"figure/{f.key}" for f in statement.figures)}
    return not own.isdisjoint(things)


def _joined(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = cover((out[-1], span))
        else:
            out.append(span)
    return out


def _attribution(s: Statement) -> dict[str, object]:
    parts = {"source": s.source_spans, "cue": s.cue_spans, "content": s.content_spans}
    spans = {name: [[span.start, span.end] for span in part] for name, part in parts.items()}
    return {**spans, "kind": s.kind.value, "stance": s.stance.value, "said_on": s.said_on}


def _entities(now: Resolved, checked: list[Span]) -> list[dict[str, object]]:
    """Those whom the checked sentences name, each with the places of the names."""
    out: list[dict[str, object]] = []
    for reference in now.references:
        named = sorted({link.span for link in reference.mentions if link.form is Form.NAME})
        inside = [[s.start, s.end] for s in named if any(place.contains(s) for place in checked)]
        if inside:
            family = reference.type.family.value
            out.append({"type": family, "kind": reference.type.value, "name": reference.name, "mentions": inside})
    return out


def _figure(f: StatedFigure) -> dict[str, object]:
    ends = [end for end in (f.low, f.high) if end is not None]
    value: object = f.value if f.value is not None else ends if len(ends) == 2 else ends[0] if ends else 0
    bound = {"≥": ">", "≤": "<"}.get(f.comparator.value, f.comparator.value)  # as annotations have it
    return {
        "value": value, "change": bound if bound in ("~", ">") else f.change or bound, "unit": f.population or f.unit or "-",
        "normalized_unit": f.unit, "concepts": list(f.concepts), "population": f.population, "event": f.event, "as_of": f.as_of,
        "span": [f.span.start, f.span.end], "per": f.per,
    }  # fmt: skip


__all__ = ["lines"]
