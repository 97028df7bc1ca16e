"""The one list of formats: name, what it is for, and the function of its file that writes it. A new format is a file and a row.

The command line, the server, the documentation and the tests read this list; no other names the formats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.export import ftm, gold, graphs, mentions, neo4j, spreadsheets
from kg.export.linked import nanopub, schemaorg, syntaxes, void
from kg.export.rows import Source

Made = bytes | dict[str, bytes]
"""A file's content, or the contents of a folder's files by name."""
Streamed = Callable[[Source], Iterator[bytes]]
"""What gives a file's content piece by piece, so that no memory holds it whole."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its ``name`` on the command line, its ``title`` in print, what it is ``for_``, and what makes it of a store's rows, whole or piece by piece.

    ``media_type`` is that of a file, and empty where the format is a folder of files. A format of ``lines`` can be split after
    any of its pieces.
    """

    name: str
    title: str
    for_: str
    made: Callable[[Source], Made] | Streamed
    media_type: str = ""
    lines: bool = False

    def make(self, source: Source) -> Made:
        """The content of the file, or of the files of the folder."""
        found = self.made(source)
        return found if isinstance(found, bytes | dict) else b"".join(found)

    @property
    def folder(self) -> bool:
        """Whether a folder is written instead of a file."""
        return not self.media_type


FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        Format("turtle", "Turtle", "what was extracted, without graphs: graph.ttl", syntaxes.turtle, "text/turtle"),
        Format(
            "owl",
            "RDF/XML",
            "the same with the ontology inside, for Protégé and owlready2",
            syntaxes.owl,
            "application/rdf+xml",
        ),
        Format(
            "ntriples",
            "N-Triples",
            "the same, one triple a line",
            syntaxes.ntriples,
            "application/n-triples",
            lines=True,
        ),
        Format("trig", "TriG", "all graphs, to read", syntaxes.trig, "application/trig"),
        Format("nquads", "N-Quads", "all graphs, one quad a line", syntaxes.nquads, "application/n-quads", lines=True),
        Format("jsonld", "JSON-LD", "all graphs, as JSON", syntaxes.jsonld, "application/ld+json"),
        Format("ftm", "FollowTheMoney", "Aleph and OpenAleph", ftm.dump, "application/json+ftm"),
        Format("graphml", "GraphML", "yEd, Cytoscape, Gephi", graphs.graphml, "application/graphml+xml"),
        Format("gexf", "GEXF", "Gephi, with its time line", graphs.gexf, "application/gexf+xml"),
        Format("nanopub", "nanopublications", "one small publication a statement", nanopub.dump, "application/trig"),
        Format("schemaorg", "schema.org", "JSON-LD in the terms of schema.org", schemaorg.dump, "application/ld+json"),
        Format("mentions", "mentions (CSV)", "where each article names which entity", mentions.table, "text/csv"),
        Format(
            "gold",
            "gold annotations",
            "what persons looked at and corrected, for kg eval",
            gold.lines,
            "application/jsonl",
        ),
        Format("void", "VoID", "what the graph holds, counted, for catalogues of data sets", void.dump, "text/turtle"),
        Format("csv", "CSV", "spreadsheets: a folder of tables", spreadsheets.tables),
        Format("neo4j", "Neo4j", "neo4j-admin database import: a folder", neo4j.files),
    )
}
"""Every format by its name, files first."""
