"""``kg publish``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from kg.cli.printing.console import Seconds, err, read_store, store_option
from kg.cli.printing.console import out as stream
from kg.cli.printing.servers import login, login_options


@click.command()
@store_option
@click.option("--to", "url", required=True, metavar="URL", help="Address of a Graph Store Protocol service.")
@login_options
@click.option("--inferred", is_flag=True, help="Publish what “kg infer” concluded, too.")
@click.option("--again", is_flag=True, help="Send every graph, also those that the server has already.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent and removed, and ask nobody.")
@click.option("--manifest", metavar="FILE", help="List of what the server has; by default a file beside the store.")
@click.option(
    "--timeout", default=300.0, show_default=True, type=Seconds(), help="Seconds for one graph; 0 is for ever."
)
def publish(
    store: str, url: str, user: str | None, scheme: str, inferred: bool, again: bool, dry_run: bool, manifest: str | None, timeout: float,
) -> None:  # fmt: skip
    """Put the graph on a server (Virtuoso, Fuseki, GraphDB, Oxigraph …), one request a graph. What the server has already is
    not sent again; after a stop the same command goes on.

    \b
    Example:
      kg publish --to http://localhost:3030/news/data --dry-run
      KG_PASSWORD=secret kg publish --to http://localhost:8890/sparql-graph-crud-auth --user dba
    """
    import math

    from kg.export.publish import Manifest, plan
    from kg.export.publish import publish as published
    from kg.export.publish.manifest import place
    from kg.query.remote import address
    from kg.query.remote.client import Client

    address(url)
    with read_store(store) as opened:
        kept = Manifest(Path(manifest) if manifest else place(Path(store).resolve(), url), url=url, base=opened.base)
        done: Counter[str] = Counter()
        if dry_run:
            kept.load()
            for step in plan(opened, kept, inferred=inferred, again=again):
                done[step.what] += 1
                if step.what != "same":
                    stream.print(
                        f"{'send' if step.what == 'sent' else 'remove'} {step.graph} ({step.triples:,} triples)"
                    )
            err.print(_told(done, "to send", "to remove"))
            return
        with kept, Client(url, login(user, scheme)) as client:
            for step in published(opened, client, kept, inferred=inferred, again=again, timeout=timeout or math.inf):
                done[step.what] += 1
        stream.print(_told(done, "sent", "removed"))


def _told(done: Counter[str], sent: str, removed: str) -> str:
    total = done["sent"] + done["same"]
    return (
        f"{total:,} graph{'' if total == 1 else 's'}: {done['sent']:,} {sent}, {done['same']:,} already there; "
        f"{done['removed']:,} {removed}."
    )
