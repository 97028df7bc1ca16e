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
def serve(store: str, host: str, port: int, timeout: float, rows: int, cors: tuple[str, ...]) -> None:
    """Serve the graph on this machine, until Ctrl+C: its page, a page for each article, actor and statement, a page to ask,
    and a SPARQL endpoint. It only reads: a build may go on beside it, and is shown when it is done.

    \b
    Example:
      kg serve
      curl --data-urlencode 'query=SELECT ?s { ?s a kg:Statement }' http://127.0.0.1:8000/sparql
      curl -H 'Accept: text/turtle' http://127.0.0.1:8000/entity/islamic-state
    """
    from kg.serve import Site, listen
    from kg.serve.http import run

    with read_store(store) as opened:
        site = Site(opened, page=_page, timeout=timeout, rows=rows, origins=cors)
        server = listen(site, host=host, port=port)
        name, number = server.server_address
        address = f"http://{f'[{name}]' if ':' in name else name}:{number}"
        out.print(
            f"The graph: {address}/   Articles: {address}/article/   Ask it: {address}/query   "
            f"SPARQL endpoint: {address}/sparql   Ctrl+C ends."
        )
        run(server)


def _page(store: Store) -> str:
    """The page of the graph, made when it is first asked for: what draws it is slow to import."""
    from kg import view

    return view.html(view.from_store(store))
