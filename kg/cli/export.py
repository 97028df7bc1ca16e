"""``kg export``."""

from __future__ import annotations

import click

from kg.cli.console import open_store, store_option
from kg.cli.console import out as stream


@click.command()
@store_option
@click.option(
    "--format",
    "format_",
    default="turtle",
    show_default=True,
    type=click.Choice(["turtle", "ntriples", "trig", "nquads", "jsonld", "csv"]),
)
@click.option("--out", required=True, help="The file to write; a folder for csv.")
def export(store: str, format_: str, out: str) -> None:
    """Write the graph for other tools.

    \b
    Example:
      kg export --format trig --out graph.trig
    """
    from kg import export as files

    with open_store(store) as opened:
        stream.print(str(files.write(opened, out, format_)))
