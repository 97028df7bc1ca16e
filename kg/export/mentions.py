"""CSV of mentions: where each article names, describes or points to which entity, for scoring identity and for annotation tools."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator

from kg import query, rdf
from kg.export.rows import Source, text
from kg.export.spreadsheets import cell
from kg.model import EntityType
from kg.rdf import minting

COLUMNS = ("article", "start", "end", "text", "type", "entity", "entity_name")
"""Id of the article, offsets into its text (half open), the words there, what the entity is (person, organisation, place,
unnamed_source or document), its IRI and its usual name.
"""

# Put in order and cut out of the texts here: the engine carries each text through its sorting, which took seven times as long for four times
# as many.
_MENTIONS = "SELECT ?mention ?entity WHERE { ?r kg:refersTo ?entity ; kg:mention ?mention }"
_TEXT = "SELECT ?article ?text WHERE { ?article schema:articleBody ?text }"


def table(source: Source) -> bytes:
    """One row a mention, in the order of articles and places in them; a place that means two entities has two rows."""
    known = {text(e["entity"]): (_family(text(e["type"])), e["name"]) for e in source.entities}
    texts = {text(row["article"]): text(row["text"]) for row in source.ask(_TEXT)}
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for article, start, end, entity in sorted(_places(source, texts)):
        kind, name = known.get(entity, ("", ""))
        cells = (rdf.article_id(article), start, end, texts[article][start:end], kind, entity, name)
        writer.writerow([cell(value) for value in cells])
    return out.getvalue().encode()


def _places(source: Source, texts: Collection[str]) -> Iterator[tuple[str, int, int, str]]:
    """The article of each mention, where it stands in the text, and the entity."""
    for mention, entity in query.run(source.store, query.parse(_MENTIONS)).rows:
        article, at = text(mention).partition("#")[0], minting.span(text(mention))
        if at is not None and article in texts:
            yield article, at.start, at.end, text(entity)


def _family(kind: str) -> str:
    return EntityType(kind).family.value if kind in set(EntityType) else kind
