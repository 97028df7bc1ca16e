"""``kg serve``."""

from __future__ import annotations

import click

from kg.cli.printing.console import out, read_store, store_option
from kg.store import Store


@click.command()
@store_option
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; others can reach any but this."
)
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--timeout",
    default=10.0,
    show_default=True,
    type=click.FloatRange(0, 86_400, min_open=True),
    help="Seconds after which a query is stopped.",
)
@click.option(
    "--rows",
    default=100_000,
    show_default=True,
    type=click.IntRange(1),
    help="Rows of an answer at most; a longer one is refused.",
)
@click.option(
    "--cors",
    multiple=True,
    metavar="ORIGIN",
    help="A site whose pages may ask the endpoint, as https://example.org; * is all of them. May be given several times.",
)
@click.option(
    "--token",
    "tokens",
    multiple=True,
    metavar="NAME:SECRET",
    help="Who may change the graph, by a secret of at least 8 characters; @FILE has a line for each. May be given several times.",
)
def serve(
    store: str, host: str, port: int, timeout: float, rows: int, cors: tuple[str, ...], tokens: tuple[str, ...]
) -> None:  # fmt: skip
    """Serve the graph on this machine, until Ctrl+C: pages of articles, actors and statements, a page to ask, a page to add
    articles, and a SPARQL endpoint. A build may go on beside it, and is shown when it is done.

    Without --token whoever reaches it at 127.0.0.1 may change the graph, and at another address nobody.

    \b
    Example:
      kg serve
      curl --data-urlencode 'query=SELECT ?s { ?s a kg:Statement }' http://127.0.0.1:8000/sparql
      curl -H 'Accept: text/turtle' http://127.0.0.1:8000/entity/islamic-state
    """
    from kg.serve import Site, listen
    from kg.serve.changing import people
    from kg.serve.http import run

    with read_store(store) as opened:
        may = people.People(people.read(tokens), alone="" if tokens else people.account())
        site = Site(opened, page=_page, timeout=timeout, rows=rows, origins=cors, people=may)
        server = listen(site, host=host, port=port)
        name, number = server.server_address
        address = f"http://{f'[{name}]' if ':' in name else name}:{number}"
        out.print(
            f"The desk: {address}/   Ask it: {address}/query   SPARQL endpoint: {address}/sparql   "
            f"{'It only shows.   ' if site.people.closed else ''}Ctrl+C ends."
        )
        run(server)


def _page(store: Store) -> str:
    """The page of the graph, made when it is first asked for: what draws it is slow to import."""
    from kg import view

    return view.html(view.from_store(store))
