"""``kg remove``."""

from __future__ import annotations

import click

from kg.cli.printing.console import err, line, open_store, out, store_option


@click.command()
@click.argument("articles", nargs=-1, required=True)
@store_option
def remove(articles: tuple[str, ...], store: str) -> None:
    """Take articles out of the store, with all that they brought: statements, figures, what was judged and compared.

    Name them by their id; “kg query articles” lists them. Decisions on identity stay on record.

    \b
    Example:
      kg remove 2015-03-coming-home-1a2b3c4d
    """
    from kg.pipeline import remove as take_out

    with open_store(store) as opened:
        for note in take_out(articles, store=opened):
            err.print(f"note: {line(note)}")
    out.print(f"Removed {len(articles)} article{'s' if len(articles) != 1 else ''}.")
