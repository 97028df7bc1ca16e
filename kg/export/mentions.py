"""CSV of mentions: where each article names, describes or points to which entity, for scoring identity and for annotation tools."""

from __future__ import annotations

import csv
import io

from kg import rdf
from kg.export.rows import Source, text
from kg.export.spreadsheets import cell
from kg.model import EntityType

COLUMNS = ("article", "start", "end", "text", "type", "entity", "entity_name")
"""Id of the article, offsets into its text (half open), the words there, what the entity is (person, organisation, place,
unnamed_source or document), its IRI and its usual name.
"""

_MENTIONS = """
SELECT ?article ?start ?end ?exact ?entity WHERE {
  ?r kg:refersTo ?entity ; kg:mention ?m . BIND(IRI(STRBEFORE(STR(?m), "#char=")) AS ?article)
  BIND(xsd:integer(STRBEFORE(STRAFTER(STR(?m), "#char="), ",")) AS ?start) BIND(xsd:integer(STRAFTER(STRAFTER(STR(?m), "#char="), ",")) AS ?end)
  ?article schema:articleBody ?text . BIND(SUBSTR(STR(?text), ?start + 1, ?end - ?start) AS ?exact)
} ORDER BY ?article ?start ?end ?entity
"""


def table(source: Source) -> bytes:
    """One row a mention, in the order of articles and places in them; a place that means two entities has two rows."""
    known = {text(e["entity"]): (_family(text(e["type"])), e["name"]) for e in source.entities}
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in source.ask(_MENTIONS):
        kind, name = known.get(text(row["entity"]), ("", ""))
        article = rdf.article_id(text(row["article"]))
        cells = (article, row["start"], row["end"], row["exact"], kind, row["entity"], name)
        writer.writerow([cell(value) for value in cells])
    return out.getvalue().encode()


def _family(kind: str) -> str:
    return EntityType(kind).family.value if kind in set(EntityType) else kind
