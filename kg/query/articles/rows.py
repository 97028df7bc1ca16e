"""The rows that named questions give of one article: equal to theirs, which a test holds, without a join over the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from kg import vocabulary as v
from kg.model import Comparator, EntityType, Kind, LinkKind, Tense
from kg.query.articles.reading import Entities, Part, Told
from kg.rdf import minting as m
from kg.rdf.reading import usual_reason
from kg.vocabulary import Class, Outside, Property

Row = dict[str, Any]

TABLES: Final = (
    "article_texts", "articles", "offices", "statement_detail", "statement_figures", "statement_spans", "statement_topics",
)  # fmt: skip
"""The named questions whose rows are made here; of ``articles`` without its counts, of ``offices`` without the place in the text."""

_PARTS: Final = (
    ("content", Property.CONTENT_EVIDENCE), ("cue", Property.CUE_EVIDENCE), ("source", Property.SOURCE_EVIDENCE)
)  # fmt: skip
_CONCEPTS: Final = (("kind", Property.KIND), ("stance", Property.STANCE), ("certainty", Property.CERTAINTY))
_TEXTS: Final = (
    ("cue", Property.CUE), ("content", Property.CONTENT), ("said_on", Property.SAID_ON), ("reason", Property.REASON),
    ("within", Property.WITHIN), ("article", Property.IN_ARTICLE),
)  # fmt: skip
_MEASURED: Final = (
    ("wording", Property.WORDING), ("unit", Property.UNIT), ("population", Property.POPULATION), ("event", Property.EVENT),
    ("as_of", Property.AS_OF), ("whose", Property.WHOSE), ("per", Property.PER),
)  # fmt: skip
_NEEDED: Final = frozenset(
    {
        Property.IN_ARTICLE, Property.KIND, Property.STANCE, Property.CERTAINTY, Property.NEGATED, Property.CONTENT, Property.CONFIDENCE,
        Property.EVIDENCE,
    }
)  # fmt: skip


def tables(part: Part) -> dict[str, list[Row]]:
    """The rows of an article by :data:`TABLES`."""
    articles = part.of_class(Class.ARTICLE)
    statements = part.of_class(Class.STATEMENT)
    details = [row for iri, told in statements if (row := _detail(part, iri, told)) is not None]
    details.sort(key=lambda row: (row["start"], row["end"], row["statement"]))
    return {
        "article_texts": [
            {"article": iri, "text": text} for iri, told in articles for text in told.get(Property.TEXT, ())
        ],
        "articles": [_article(iri, told) for iri, told in articles],
        "offices": list(_offices(part)),
        "statement_detail": details,
        "statement_figures": [row for iri, told in statements for row in _figures(part, iri, told)],
        "statement_spans": [row for iri, told in statements for row in _spans(iri, told)],
        "statement_topics": [
            {"statement": iri, "entity": entity} for iri, told in statements for entity in told.get(Property.ABOUT, ())
        ],
    }


def link_rows(part: Part) -> Iterator[Row]:
    """The rows of ``links`` that one article tells by itself: those of statements and offices."""
    for iri, told in part.of_class(Class.STATEMENT):
        for source in told.get(Property.SPEAKER, ()):
            for target in told.get(Property.ABOUT, ()):
                yield _link(source, target, LinkKind.SAID_ABOUT, statement=iri)
            for outer in told.get(Property.WITHIN, ()):
                for target in part.told(outer).get(Property.SPEAKER, ()):
                    yield _link(source, target, LinkKind.RELAYED_BY, statement=iri)
    for _, told in part.of_class(Class.OFFICE_HELD):
        title, tense = _first(told, Property.ROLE_TITLE), _tense(told)
        if title is None or not tense:
            continue
        label = title if tense == Tense.CURRENT else f"{tense} {title}"
        for source in told.get(Property.HOLDER, ()):
            for target in told.get(Property.OFFICE_IN, ()):
                yield _link(source, target, LinkKind.HOLDS_OFFICE_IN, label=label)


def entity_row(entities: Entities, iri: str) -> Row | None:
    """The row of ``entities`` of one; ``None`` where it has no name or is of no type."""
    told = entities.told(iri)
    name, kind = _first(told, Property.NAME), _first(told, Property.ENTITY_TYPE)
    if name is None or kind is None:
        return None
    return {
        "entity": iri, "name": name, "type": v.of_concept(kind, EntityType).value, "aliases": " | ".join(told.get(Property.ALIAS, ())),
        "country_name": _named(entities, told, Property.COUNTRY), "part_of_name": _named(entities, told, Property.PART_OF),
        "part_of": told.get(Property.PART_OF, ()),
    }  # fmt: skip


def _named(entities: Entities, told: Told, prop: Property) -> str | None:
    other = _first(told, prop)
    return _first(entities.told(other), Property.NAME) if other is not None else None


def _link(source: str, target: str, kind: LinkKind, **more: str) -> Row:
    return {"source": source, "target": target, "kind": kind.value, **more}


def _article(iri: str, told: Told) -> Row:
    texts = (
        ("title", Property.TITLE), ("published", Property.PUBLISHED), ("publisher", Property.PUBLISHER_NAME), ("url", Property.URL)
    )  # fmt: skip
    return {"article": iri, **{column: _first(told, prop) for column, prop in texts}}


def _detail(part: Part, iri: str, told: Told) -> Row | None:
    """A statement with all that a card shows of it; ``None`` for what lacks a part that each has."""
    if not told.keys() >= _NEEDED:
        return None
    at = part.told(told[Property.EVIDENCE][0])
    quote, start, end = (_first(at, prop) for prop in (Outside.EXACT, Outside.START, Outside.END))
    if quote is None or start is None or end is None:
        return None
    row: Row = {"statement": iri, **{column: _first(told, prop) for column, prop in _TEXTS}}
    row |= {column: _local(told[prop][0], column) for column, prop in _CONCEPTS}
    row["reason"] = row["reason"] or usual_reason(Kind(row["kind"]))
    row |= {"negated": told[Property.NEGATED][0] == "true", "confidence": float(told[Property.CONFIDENCE][0])}
    row |= {"quote": quote, "start": int(start), "end": int(end)}
    speaker = _first(told, Property.SPEAKER)
    if name := part.name(speaker):
        row |= {"speaker": speaker, "speaker_name": name}
    office = part.told(told[Property.SPEAKER_OFFICE][0]) if Property.SPEAKER_OFFICE in told else {}
    if Property.ROLE_TITLE in office and Property.TENSE in office:
        row |= {"role": _first(office, Property.ROLE_TITLE), "tense": _tense(office)}
        row["organisation"] = part.name(_first(office, Property.OFFICE_IN)) or None
    return row


def _figures(part: Part, statement: str, told: Told) -> Iterator[Row]:
    for iri in told.get(Property.FIGURE, ()):
        figure = part.told(iri)
        if Property.WORDING not in figure or Property.COMPARATOR not in figure:
            continue
        row: Row = {
            "statement": statement,
            "figure": iri,
            **{column: _first(figure, prop) for column, prop in _MEASURED},
        }
        value, low, high = (_number(figure, prop) for prop in (Property.VALUE, Property.LOW, Property.HIGH))
        row["comparator"] = v.of_concept(figure[Property.COMPARATOR][0], Comparator)
        if row["comparator"] is Comparator.ABOUT and value is not None:
            low, high = (value if end is not None else None for end in (low, high))
        row |= {"value": value, "low": low, "high": high}
        names = {part.name(place) for place in figure.get(Property.PLACE, ())} - {""}
        yield row | ({"place": ", ".join(sorted(names))} if names else {})


def _spans(statement: str, told: Told) -> Iterator[Row]:
    for name, prop in _PARTS:
        spans = [span for iri in told.get(prop, ()) if (span := m.span(iri)) is not None]
        for start, end in sorted((span.start, span.end) for span in spans):
            yield {"statement": statement, "part": name, "start": start, "end": end}


def _offices(part: Part) -> Iterator[Row]:
    for _, told in part.of_class(Class.OFFICE_HELD):
        role, tense = _first(told, Property.ROLE_TITLE), _tense(told)
        at = part.told(told[Property.EVIDENCE][0]) if Property.EVIDENCE in told else {}
        start = _first(at, Outside.START)
        for person in told.get(Property.HOLDER, ()) if role is not None and tense else ():
            body, called = _first(told, Property.OFFICE_IN), part.name(person)
            name = part.name(body)
            if not called:
                continue
            yield {
                "person": person, "person_name": called, "role": role, "organisation": body if name else None, "organisation_name": name or None, "tense": tense,
                "article": _first(told, Property.IN_ARTICLE), "start": None if start is None else int(start),
            }  # fmt: skip


def _tense(told: Told) -> str:
    return _local(_first(told, Property.TENSE) or "", "tense")


def _local(concept: str, scheme: str) -> str:
    """The value that a concept stands for.

    >>> _local("https://w3id.org/kg-said/ns#kind-direct", "kind")
    'direct'
    """
    return concept.rpartition(f"#{scheme}-")[2]


def _first(told: Told, prop: str) -> str | None:
    return next(iter(told.get(prop, ())), None)


def _number(told: Told, prop: str) -> float | None:
    text = _first(told, prop)
    return None if text is None else float(text)
