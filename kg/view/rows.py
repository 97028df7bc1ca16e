"""Rows of named queries → :class:`ViewData`. The only part of the page that knows the columns of the queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from pyoxigraph import NamedNode

from kg import query
from kg.model import Certainty, Comparator, EntityType, Kind, LinkKind, Measure, Span, Tense, Verdict
from kg.query import articles, timelines
from kg.store import Store
from kg.view.data import (
    Affair,
    Article,
    Comparison,
    Figure,
    Link,
    Mark,
    Node,
    Office,
    Statement,
    TimeLine,
    ViewData,
    pieces,
)
from kg.vocabulary import TYPE, Class

QUERIES = (
    "article_texts",
    "articles",
    "comparisons",
    "entities",
    "links",
    "offices",
    "statement_detail",
    "statement_figures",
    "statement_spans",
    "statement_topics",
)
"""The named queries that a page is made of."""

Row = Mapping[str, Any]
Table = Iterable[Row]

_KINDS = {Verdict.REVISES: LinkKind.REVISES, Verdict.AGREES: LinkKind.AGREES_WITH}
_ALIASES = " | "
_MEASURE = tuple(field.name for field in fields(Measure))


def from_store(store: Store) -> ViewData:
    """All that the page shows of ``store``."""
    if not articles.ordinary(store):
        data = from_rows({name: list(query.run(store, query.find(name))) for name in QUERIES})
        return _with_lines(data, store, timelines.told(store))
    shown = _Gathered(store)
    lines = timelines.Told(store)
    for part in articles.parts(store, articles.names(store), shown.entities):
        shown.add(part)
        lines.add(part)
    return _with_lines(shown.data(), store, lines)


def _with_lines(data: ViewData, store: Store, told: timelines.Told) -> ViewData:
    affairs = tuple(
        Affair(one.affair, one.label, one.happening, one.articles, tuple(map(_line, one.lines)))
        for one in timelines.affairs(store, told=told)
    )
    return replace(data, timelines=tuple(map(_line, timelines.figures(store, told=told))), affairs=affairs)


class _Gathered:
    """What the page shows, put together article by article: no table of the whole store is held."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.entities = articles.Entities(store)
        self._tables: dict[str, list[Row]] = {name: [] for name in QUERIES}
        self._figures: dict[str, dict[str, Figure]] = {}
        self._statements: list[Statement] = []

    def add(self, part: articles.Part) -> None:
        """One article more."""
        found = articles.tables(part)
        figures = _figures(found["statement_figures"])
        self._figures |= figures
        self._statements += _statements(found, figures)
        for name in ("articles", "article_texts", "offices"):
            self._tables[name] += found[name]
        self._tables["links"] += articles.link_rows(part)

    def data(self) -> ViewData:
        """All of it, without time lines."""
        tables, entities = self._tables, self.entities
        tables["comparisons"] = list(query.run(self._store, query.find("comparisons")))
        found = (articles.entity_row(entities, iri) for iri in self._store.subjects(TYPE, NamedNode(Class.ENTITY)))
        tables["entities"] = [row for row in found if row is not None]
        tables["articles"].sort(key=lambda row: (row["published"] or "", row["article"]))
        tables["offices"].sort(key=_by_person)
        speakers = {one.id: one.speaker for one in self._statements if one.speaker is not None}
        tables["links"] += _disagreements(tables["comparisons"], speakers)
        tables["links"] += (
            {"source": row["entity"], "target": whole, "kind": LinkKind.PART_OF.value}
            for row in tables["entities"]
            for whole in row["part_of"]
        )
        tables["links"].sort(key=_by_link)
        return _together(tables, tuple(self._statements), self._figures)


def _by_person(row: Row) -> tuple[object, ...]:
    """The order of the named question “offices”: what is unbound comes first."""
    start = -1 if row["start"] is None else row["start"]
    return row["person_name"], row["article"], start, row["role"], row["person"], row["organisation"] or ""


def _by_link(row: Row) -> tuple[object, ...]:
    return tuple(row.get(name) or "" for name in ("source", "target", "kind", "label", "statement", "comparison"))


def _disagreements(comparisons: Table, speakers: Mapping[str, str]) -> Iterator[Row]:
    for row in comparisons:
        source, target = speakers.get(str(row["left"])), speakers.get(str(row["right"]))
        if row["verdict"] == Verdict.CONTRADICTS and source and target and source != target:
            kind = LinkKind.DISAGREES_WITH.value
            yield {"source": source, "target": target, "kind": kind, "comparison": str(row["comparison"])}


def _line(line: timelines.TimeLine) -> TimeLine:
    return TimeLine(
        line.title,
        tuple((point.statement, point.figure) for point in line.points),
        line.story,
        tuple(point.at or "" for point in line.points),
    )


def from_rows(tables: Mapping[str, Table]) -> ViewData:
    """ViewData of the rows of ``QUERIES``, by name of the query; a row is a mapping by column."""
    tables = {name: list(tables.get(name, ())) for name in QUERIES}
    figures = _figures(tables["statement_figures"])
    return _together(tables, _statements(tables, figures), figures)


def _together(
    tables: Mapping[str, Table], statements: tuple[Statement, ...], figures: Mapping[str, Mapping[str, Figure]]
) -> ViewData:
    comparisons = _comparisons(tables["comparisons"], figures)
    nodes = _nodes(tables)
    known = {node.id for node in nodes}
    texts = {str(row["article"]): _text(row, "text") for row in tables["article_texts"]}
    listed = [
        Article(
            str(row["article"]),
            _text(row, "title") or str(row["article"]).rsplit("/", 1)[-1],
            published=_text(row, "published"),
            publisher=_text(row, "publisher"),
            url=_text(row, "url"),
            text=texts.get(str(row["article"]), ""),
        )
        for row in tables["articles"]
    ]
    links = _links(tables["links"], known) + _verdicts(statements, comparisons, known)
    return ViewData(nodes, links, statements, comparisons, tuple(listed))


def _nodes(tables: Mapping[str, Table]) -> tuple[Node, ...]:
    offices: dict[str, dict[Office, None]] = defaultdict(dict)
    for row in tables["offices"]:
        office = Office(
            _text(row, "role"),
            _text(row, "organisation") or None,
            _text(row, "organisation_name"),
            Tense(row["tense"]),
        )
        offices[str(row["person"])].setdefault(office)
    nodes: dict[str, Node] = {}
    for row in tables["entities"]:
        node = Node(
            str(row["entity"]),
            _text(row, "name"),
            EntityType(row["type"]),
            aliases=tuple(alias for alias in _text(row, "aliases").split(_ALIASES) if alias),
            country=_text(row, "country_name"),
            part_of=_text(row, "part_of_name"),
            offices=tuple(offices[str(row["entity"])]),
        )
        nodes.setdefault(node.id, node)
    return tuple(nodes[key] for key in sorted(nodes))


def _links(rows: Table, known: set[str]) -> tuple[Link, ...]:
    behind: dict[tuple[str, str, LinkKind, str], tuple[dict[str, None], dict[str, None]]] = {}
    for row in rows:
        source, target, kind = str(row["source"]), str(row["target"]), LinkKind(row["kind"])
        if kind is LinkKind.DISAGREES_WITH and target < source:  # it has no direction: one link, not two
            source, target = target, source
        if source == target or source not in known or target not in known:
            continue
        statements, comparisons = behind.setdefault((source, target, kind, _text(row, "label")), ({}, {}))
        for column, found in (("statement", statements), ("comparison", comparisons)):
            if row.get(column):
                found.setdefault(str(row[column]))
    return tuple(
        Link(source, target, kind, label, tuple(statements), tuple(comparisons))
        for (source, target, kind, label), (statements, comparisons) in sorted(behind.items())
    )


def _verdicts(
    statements: tuple[Statement, ...], comparisons: tuple[Comparison, ...], known: set[str]
) -> tuple[Link, ...]:
    """Links between those whose figures agree, and from who revises a figure to whose it was. The query of links has
    contradictions alone.
    """
    speakers = {statement.id: statement.speaker for statement in statements}
    behind: dict[tuple[str, str, LinkKind], list[str]] = defaultdict(list)
    for pair in comparisons:
        kind = _KINDS.get(pair.verdict)
        earlier, later = speakers.get(pair.left), speakers.get(pair.right)
        if kind is None or earlier is None or later is None or earlier == later or not {earlier, later} <= known:
            continue
        ends = (later, earlier) if kind is LinkKind.REVISES else (min(earlier, later), max(earlier, later))
        behind[*ends, kind].append(pair.id)
    return tuple(
        Link(source, target, kind, comparisons=tuple(pairs)) for (source, target, kind), pairs in sorted(behind.items())
    )


def _figures(rows: Table) -> dict[str, dict[str, Figure]]:
    """By statement, then by the figure's IRI; a figure with two places is one figure."""
    found: dict[str, dict[str, Figure]] = defaultdict(dict)
    for row in rows:
        found[str(row["statement"])].setdefault(
            str(row["figure"]),
            Figure(_text(row, "wording"), str(row["figure"]), **_measure(row)),
        )
    return found


def _measure(row: Row) -> dict[str, Any]:
    """The fields of a measure that have a column of their name; the names of the places stand together in one."""
    told = {name: value for name in _MEASURE if (value := row.get(name)) is not None}
    found: dict[str, Any] = {
        name: _number(value) if isinstance(value, Decimal | float | int) else str(value) for name, value in told.items()
    }
    if place := _text(row, "place"):
        found["places"] = (place,)
    return found | {"comparator": Comparator(row["comparator"])}


def _statements(tables: Mapping[str, Table], figures: Mapping[str, Mapping[str, Figure]]) -> tuple[Statement, ...]:
    spans: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for row in tables["statement_spans"]:
        spans[str(row["statement"])][str(row["part"])].append(Span(int(row["start"]), int(row["end"])))
    topics: dict[str, dict[str, None]] = defaultdict(dict)
    for row in tables["statement_topics"]:
        topics[str(row["statement"])].setdefault(str(row["entity"]))
    statements: dict[str, Statement] = {}
    for row in tables["statement_detail"]:
        key = str(row["statement"])
        source, cue, content = (tuple(spans[key][part]) for part in ("source", "cue", "content"))
        statement = Statement(
            key,
            _text(row, "speaker") or None,
            _text(row, "speaker_name"),
            _text(row, "content"),
            str(row["article"]),
            cue=_text(row, "cue"),
            stance=_text(row, "stance"),
            kind=Kind(row["kind"]),
            certainty=Certainty(row["certainty"]),
            negated=bool(row["negated"]),
            role=_text(row, "role"),
            organisation=_text(row, "organisation"),
            tense=Tense(row["tense"]) if row.get("tense") else None,
            said_on=_text(row, "said_on"),
            about=tuple(topics[key]),
            figures=tuple(figures.get(key, {}).values()),
            evidence=pieces(_text(row, "quote"), int(row["start"]), source=source, cue=cue, content=content),
            spans=tuple((mark, span) for mark in (Mark.SOURCE, Mark.CUE, Mark.CONTENT) for span in spans[key][mark]),
            start=int(row["start"]),
            end=int(row["end"]),
            within=_text(row, "within") or None,
            reason=_text(row, "reason"),
            confidence=_number(row.get("confidence")),
        )
        statements.setdefault(key, statement)
    return tuple(statements.values())


def _comparisons(rows: Table, figures: Mapping[str, Mapping[str, Figure]]) -> tuple[Comparison, ...]:
    found: dict[str, Comparison] = {}
    for row in rows:
        left, right = str(row["left"]), str(row["right"])
        comparison = Comparison(
            str(row["comparison"]),
            left,
            right,
            _text(row, "left_speaker"),
            _text(row, "right_speaker"),
            _worded(figures.get(left, {}), _text(row, "left_figure")),
            _worded(figures.get(right, {}), _text(row, "right_figure")),
            Verdict(row["verdict"]),
            _text(row, "reason"),
        )
        found.setdefault(comparison.id, comparison)
    return tuple(found.values())


def _worded(figures: Mapping[str, Figure], wording: str) -> Figure:
    """The figure of a statement in these words; a comparison names it so."""
    return next((figure for figure in figures.values() if figure.text == wording), Figure(wording))


def _text(row: Row, column: str) -> str:
    value = row.get(column)
    return "" if value is None else str(value)


def _number(value: Decimal | float | int | None) -> float | None:
    return None if value is None else float(value)
