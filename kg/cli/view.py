"""``kg view``."""

from __future__ import annotations

import click

from kg.cli.console import OUT, open_store, store_option
from kg.cli.console import out as stream


@click.command()
@store_option
@click.option("--out", default=f"{OUT}/graph.html", show_default=True, help="The file to write.")
@click.option("--title", default="Who said what", help="Title of the page.")
def view(store: str, out: str, title: str) -> None:
    """Write the graph as one interactive HTML page that works offline.

    \b
    Example:
      kg view --out graph.html
    """
    from kg import view as page

    with open_store(store) as opened:
        stream.print(str(page.write(page.from_store(opened), out, title=title)))
