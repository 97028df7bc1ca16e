"""``kg export``."""

from __future__ import annotations

import click

from kg.cli.printing.console import MOST, extracted_option, seen, store_option
from kg.cli.printing.console import out as stream
from kg.export import FORMATS, write

_FOLDERS = " and ".join(row.name for row in FORMATS.values() if row.folder)
_LIST = "\b\nFormats:\n" + "\n".join(f"  {row.name:<10} {row.title}: {row.for_}" for row in FORMATS.values())


@click.command(epilog=_LIST)
@store_option
@extracted_option
@click.option("--format", "format_", default="turtle", show_default=True, type=click.Choice(list(FORMATS)))
@click.option(
    "--out", required=True, help=f"The file to write; a folder for {_FOLDERS}. A name with .gz is compressed."
)
@click.option(
    "--split", type=MOST, metavar="N", help="A folder of compressed files with N lines each (nquads, ntriples)."
)
def export(store: str, format_: str, out: str, split: int | None, as_extracted: bool) -> None:
    """Write the graph for other tools: RDF, spreadsheets (csv), Aleph (ftm), Gephi (gexf, graphml), Neo4j, nanopublications, and
    JSON-LD in the terms of schema.org.

    \b
    Example:
      kg export --format trig --out graph.trig
      kg export --format gexf --out actors.gexf
      kg export --format nquads --split 1000000 --out bulk
    """
    with seen(store, as_extracted=as_extracted) as opened:
        stream.print(str(write(opened, out, format_, split=split)))
