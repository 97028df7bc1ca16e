"""CSV for ``neo4j-admin database import``: one file a kind of node and one of relationships, with typed headers.

People open such files in spreadsheets too. A text that one would run as a formula is led by an apostrophe, as in all CSV of
kg; ids, numbers and labels stay as they are, so that every import works. Few texts begin so; to take it off again:
``MATCH (n) WHERE n.content =~ "'[=+@-].*" SET n.content = substring(n.content, 1)``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from kg.export.rows import Row, Source, lines, text
from kg.query.formats import spreadsheet_safe

Table = list[list[str]]

_OF_STATEMENT = ("statement", "content", "cue", "kind", "role", "said_on", "start", "end")
_OF_FIGURE = ("wording", "value", "low", "high", "comparator", "unit", "population", "event", "as_of")
_TYPES = {"value": ":double", "low": ":double", "high": ":double"}
_FIGURES = (
    "SELECT ?figure ?statement ?wording ?value ?low ?high ?comparator ?unit ?population ?event ?as_of WHERE { ?statement kg:figure ?figure . "
    "?figure kg:wording ?wording ; kg:comparator ?c . BIND(STRAFTER(STR(?c), '#comparator-') AS ?comparator) "
    "OPTIONAL { ?figure kg:value ?value } OPTIONAL { ?figure kg:low ?low } OPTIONAL { ?figure kg:high ?high } "
    "OPTIONAL { ?figure kg:unit ?unit } OPTIONAL { ?figure kg:population ?population } OPTIONAL { ?figure kg:event ?event } "
    "OPTIONAL { ?figure kg:asOf ?a . BIND(STR(?a) AS ?as_of) } } ORDER BY ?figure ?statement"
)


def files(source: Source) -> dict[str, bytes]:
    """Name and content of each file. Arrays are separated by ``;``; ids are the IRIs of the store."""
    return dict(_files(source))


def _files(source: Source) -> Iterator[tuple[str, bytes]]:
    labels = {text(e["entity"]): f"Entity;{_camel(text(e['type']))}" for e in source.entities}
    figures = source.ask(_FIGURES)
    once = {text(f["figure"]): f for f in reversed(figures)}
    yield "entities.csv", _csv(
        ["id:ID", "name", "aliases:string[]", ":LABEL"],
        (
            [text(e["entity"]), text(e["name"]), _array(lines(e["aliases"])), labels[text(e["entity"])]]
            for e in source.entities
        ),
    )  # fmt: skip
    yield "articles.csv", _csv(
        ["id:ID", "title", "published", "url", "publisher", "authors:string[]", "language", ":LABEL"],
        (
            [text(a["article"]), text(a["title"]), text(a["published"]), text(a["url"]), text(a["publisher"]), _array(lines(a["authors"])),
             text(a["language"]), "Article"]
            for a in source.articles
        ),
    )  # fmt: skip
    yield "statements.csv", _csv(
        ["id:ID", "content", "cue", "kind", "role", "said_on", "start:int", "end:int", ":LABEL"],
        ([*(text(s[column]) for column in _OF_STATEMENT), "Statement"] for s in source.statements),
    )  # fmt: skip
    yield "figures.csv", _csv(
        ["id:ID", *(column + _TYPES.get(column, "") for column in _OF_FIGURE), ":LABEL"],
        ([iri, *(text(f[column]) for column in _OF_FIGURE), "Figure"] for iri, f in sorted(once.items())),
    )  # fmt: skip
    yield "relationships.csv", _csv(
        [":START_ID", ":END_ID", ":TYPE", "label", "reason"],
        sorted({tuple(row): None for row in _ties(source, labels, figures)}),
    )  # fmt: skip


def _ties(source: Source, known: dict[str, str], figures: Iterable[Row]) -> Iterator[list[str]]:
    for s in source.statements:
        statement = text(s["statement"])
        if text(s["speaker"]) in known:
            yield [text(s["speaker"]), statement, "SAID", text(s["cue"]), ""]
        yield [statement, text(s["article"]), "IN_ARTICLE", "", ""]
        for other in source.about.get(statement, ()):
            if other in known:
                yield [statement, other, "ABOUT", "", ""]
    for f in figures:
        yield [str(f["statement"]), str(f["figure"]), "HAS_FIGURE", "", ""]
    for o in source.named("offices"):
        if text(o["person"]) in known and text(o["organisation"]) in known:
            yield [text(o["person"]), text(o["organisation"]), "HOLDS_OFFICE_IN", f"{o['role']} ({o['tense']})", ""]
    for e in source.entities:
        if text(e["part_of"]) in known:
            yield [text(e["entity"]), text(e["part_of"]), "PART_OF", "", ""]
    for c in source.named("comparisons"):
        yield [text(c["left"]), text(c["right"]), text(c["verdict"]).upper(), "", text(c["reason"])]


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def _array(values: Iterable[str]) -> str:
    return ";".join(v.replace(";", ",") for v in values)


def _csv(header: list[str], rows: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    words = [":" not in column or column.endswith(":string[]") for column in header]
    for row in rows:
        writer.writerow([spreadsheet_safe(cell) if free else cell for cell, free in zip(row, words, strict=True)])
    return out.getvalue().encode()
