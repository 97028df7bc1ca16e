"""``kg view``."""

from __future__ import annotations

import gc

import click

from kg.cli.printing.console import MOST, OUT, Share, extracted_option, seen, store_option
from kg.cli.printing.console import out as stream


@click.command()
@store_option
@extracted_option
@click.option("--out", default=f"{OUT}/graph.html", show_default=True, help="The file to write.")
@click.option("--title", default="Who said what", help="Title of the page.")
@click.option("--min-confidence", type=Share(), metavar="0…1", help="Leave out statements that are less sure.")
@click.option("--top", type=MOST, metavar="N", help="Only the N actors with the most links.")
def view(store: str, out: str, title: str, min_confidence: float | None, top: int | None, as_extracted: bool) -> None:
    """Write the graph as one interactive HTML page that works offline.

    \b
    Example:
      kg view --out graph.html
      kg view --min-confidence 0.8 --top 200
    """
    from kg import view as page
    from kg.view import select

    gc.disable()  # a page is a million objects of which none leads back to itself: looking for such takes a tenth of the time
    with seen(store, as_extracted=as_extracted) as opened:
        data = page.from_store(opened)
        if min_confidence is not None:
            data = select.confident(data, min_confidence)
        if top is not None:
            data = select.top(data, top)
        stream.print(str(page.write(data, out, title=title)))
