"""``kg export``."""

from __future__ import annotations

import click

from kg.cli.console import out as stream
from kg.cli.console import read_store, store_option


@click.command()
@store_option
@click.option(
    "--format",
    "format_",
    default="turtle",
    show_default=True,
    type=click.Choice(
        [
            "turtle",
            "ntriples",
            "trig",
            "nquads",
            "jsonld",
            "csv",
            "ftm",
            "graphml",
            "gexf",
            "neo4j",
            "nanopub",
            "schemaorg",
        ]
    ),
)
@click.option("--out", required=True, help="The file to write; a folder for csv and neo4j.")
def export(store: str, format_: str, out: str) -> None:
    """Write the graph for other tools: RDF, spreadsheets (csv), Aleph (ftm), Gephi (gexf, graphml), Neo4j, nanopublications, and
    JSON-LD in the terms of schema.org.

    \b
    Example:
      kg export --format trig --out graph.trig
      kg export --format gexf --out actors.gexf
    """
    from kg import export as files

    with read_store(store) as opened:
        stream.print(str(files.write(opened, out, format_)))
