"""CSV for ``neo4j-admin database import``: one file a kind of node and one of relationships, with typed headers.

A relationship says what is told and no more: who denies something has ``DENIED`` and not ``SAID``, who left an office
``HELD_OFFICE_IN``. People open such files in spreadsheets too, so that the few texts that one would compute are led by an
apostrophe, as in all CSV of kg; ``after-import.cypher`` takes it off again, and says how the files are imported. Ids, numbers
and labels stay as they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from kg.export.rows import Row, Source, lines, text
from kg.query.formats import FORMULA, spreadsheet_safe

_HELD = {"former": "HELD_OFFICE_IN", "designate": "DESIGNATED_TO_OFFICE_IN"}
_WORDS = (
    "name",
    "content",
    "cue",
    "role",
    "organisation",
    "title",
    "publisher",
    "wording",
    "unit",
    "population",
    "event",
    "label",
    "reason",
)
_STATEMENT = ["id:ID", "content", "cue", "stance", "certainty", "negated:boolean", "told", "kind", "role", "organisation", "said_on", "start:int",
              "end:int", ":LABEL"]  # fmt: skip
_FIGURE = ["id:ID", "unofficial:boolean", "wording", "value:double", "low:double", "high:double", "comparator", "unit", "population", "event",
           "as_of", "change", "per", ":LABEL"]  # fmt: skip
_CALLED = {"id": "statement", "told": "manner"}  # columns that are called otherwise in the rows
_LISTS = ("aliases", "authors")


def _after() -> str:
    """What undoes in the database what protects a spreadsheet, and how the database is made."""
    guarded = "\"(?s)'(?:" + FORMULA.pattern.removeprefix("\\A").replace("\\", "\\\\") + ').*"'
    words, lists = (", ".join(f'"{word}"' for word in found) for found in (_WORDS, _LISTS))
    return f"""// Made by kg. Import the folder into a new database:
//   neo4j-admin database import full --nodes=entities.csv --nodes=articles.csv --nodes=statements.csv --nodes=figures.csv \\
//     --relationships=relationships.csv --multiline-fields=true neo4j
// Then run this file, which takes off the apostrophe before texts that a spreadsheet would compute.
UNWIND [{words}] AS key MATCH (n) WHERE n[key] =~ {guarded} SET n[key] = substring(n[key], 1);
UNWIND [{words}] AS key MATCH ()-[r]->() WHERE r[key] =~ {guarded} SET r[key] = substring(r[key], 1);
UNWIND [{lists}] AS key MATCH (n) WHERE n[key] IS NOT NULL
  SET n[key] = [x IN n[key] | CASE WHEN x =~ {guarded} THEN substring(x, 1) ELSE x END];
"""


_OF_FIGURE = ("wording", "value", "low", "high", "comparator", "unit", "population", "event", "as_of")
_TYPES = {"value": ":double", "low": ":double", "high": ":double"}
_FIGURES = (
    "SELECT ?figure ?statement ?wording ?value ?low ?high ?comparator ?unit ?population ?event ?as_of WHERE { ?statement kg:figure ?figure . "
    "?figure kg:wording ?wording ; kg:comparator ?c . BIND(STRAFTER(STR(?c), '#comparator-') AS ?comparator) "
    "OPTIONAL { ?figure schema:value ?value } OPTIONAL { ?figure schema:minValue ?low } OPTIONAL { ?figure schema:maxValue ?high } "
    "OPTIONAL { ?figure schema:unitText ?unit } OPTIONAL { ?figure kg:population ?population } OPTIONAL { ?figure kg:event ?event } "
    "OPTIONAL { ?figure dcterms:date ?a . BIND(STR(?a) AS ?as_of) } } ORDER BY ?figure ?statement"
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
    yield "statements.csv", _csv(_STATEMENT, ([*_cells(s, _STATEMENT), "Statement"] for s in source.statements))
    once = {text(f["figure"]): f for found in source.figures.values() for f in found}
    yield "figures.csv", _csv(_FIGURE, ([iri, *_cells(f, _FIGURE[1:]), "Figure"] for iri, f in sorted(once.items())))
    ties = sorted({tuple(row): None for row in _ties(source, labels)})
    yield "relationships.csv", _csv([":START_ID", ":END_ID", ":TYPE", "label", "reason", "as_of"], ties)
    yield "after-import.cypher", _after().encode()


def _cells(row: Row, header: list[str]) -> list[str]:
    """The values of a row under the columns of a header but its last, which is the label."""
    names = (column.split(":", 1)[0] for column in header[:-1])
    values = (row[_CALLED.get(name, name)] for name in names)
    return [str(value).lower() if isinstance(value, bool) else text(value) for value in values]


def _ties(source: Source, known: dict[str, str]) -> Iterator[list[str]]:
    for s in source.statements:
        statement, article = text(s["statement"]), text(s["article"])
        if text(s["speaker"]) in known:
            when = text(s["said_on"]) or source.published.get(article, "")
            yield [text(s["speaker"]), statement, _said(s), text(s["cue"]), "", when]
        yield [statement, article, "IN_ARTICLE", "", "", ""]
        if s["relayed_by"]:
            yield [statement, text(s["within"]), "RELAYED_IN", "", "", ""]
        for other in source.about.get(statement, ()):
            if other in known:
                yield [statement, other, "ABOUT", "", "", ""]
    for statement, figures in source.figures.items():
        for f in figures:
            yield [statement, text(f["figure"]), "HAS_FIGURE", "", "", ""]
    for o in source.offices:
        if text(o["person"]) in known and text(o["organisation"]) in known:
            kind = _HELD.get(text(o["status"]), "HOLDS_OFFICE_IN")
            yield [text(o["person"]), text(o["organisation"]), kind, text(o["title"]), "", text(o["as_of"])]
    for e in source.entities:
        if text(e["part_of"]) in known:
            yield [text(e["entity"]), text(e["part_of"]), "PART_OF", "", "", ""]
    for c in source.named("comparisons"):
        yield [text(c["left"]), text(c["right"]), text(c["verdict"]).upper(), "", text(c["reason"]), ""]


def _said(statement: Row) -> str:
    """``SAID`` for whoever holds it to be so, however they put it; else the stance: ``DENIED``, ``ASKED``. Who did not say it has
    ``NOT_SAID``, ``NOT_DENIED``; of whom somebody denies that they said it, ``DENIED_TO_HAVE_SAID``.
    """
    stance = text(statement["stance"]).upper()
    if statement["negated"]:
        return f"NOT_{stance}"
    if not statement["uttered"]:
        return f"DENIED_TO_HAVE_{stance}"
    return "SAID" if statement["held"] else stance


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
