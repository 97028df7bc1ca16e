"""``kg repair``."""

from __future__ import annotations

from urllib.parse import unquote

import click

from kg.cli.printing.console import err, open_store, out, store_option


@click.command()
@store_option
@click.option("--quiet", is_flag=True, help="Print nothing but errors and what was lost.")
def repair(store: str, quiet: bool) -> None:
    """Make anew all that follows from the stored articles and the decisions of persons: entities, comparisons, the index.
    Entities keep their IRIs.

    Of a store that a disk has damaged, what can still be read is kept, and what is lost is listed. Interrupted commands
    need no repair: the next change finishes or undoes what they left.

    \b
    Example:
      kg repair
    """
    from kg import rdf
    from kg.pipeline import repair as make_anew
    from kg.store.salvage import salvage
    from kg.vocabulary import Graph

    found = salvage(store, leave_out=[Graph.COMPARISONS])
    with open_store(store) as opened:
        entities = opened.graph_name(Graph.ENTITIES)
        if entities in found.lost:  # it follows from the articles, but for the IRIs
            found.lost.remove(entities)
            found.mended.append("Which IRIs the entities had could not be read; they were given anew.")
        notes = make_anew(store=opened)
        number = len(rdf.articles(opened))
    for note in (*found.mended, *notes):
        err.print(f"note: {note}")
    for name in found.lost:
        err.print(f"lost: {unquote(name.rpartition('/article-graph/')[2])}")
    if not quiet:
        out.print(
            f"Entities, comparisons and the index of {number} article{'s' if number != 1 else ''} were made anew."
        )
    if found.lost:
        err.print("kg: What was lost can be built again from its articles.")
        raise SystemExit(1)
