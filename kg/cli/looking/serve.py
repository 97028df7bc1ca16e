"""``kg serve``."""

from __future__ import annotations

import click

from kg.cli.printing.console import out, read_store, store_option


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
    default=10_000,
    show_default=True,
    type=click.IntRange(1),
    help="Rows of an answer at most; a longer one is refused.",
)
def serve(store: str, host: str, port: int, timeout: float, rows: int) -> None:
    """Serve the page, a form for questions and a SPARQL endpoint on this machine, until Ctrl+C.

    \b
    Example:
      kg serve
      curl --data-urlencode 'query=SELECT ?s { ?s a kg:Statement }' http://127.0.0.1:8000/sparql
    """
    from kg import view
    from kg.serve import Site, listen
    from kg.serve.http import run

    with read_store(store) as opened:
        site = Site(opened, page=lambda shown: view.html(view.from_store(shown)), timeout=timeout, rows=rows)
        server = listen(site, host=host, port=port)
        name, number = server.server_address[:2]
        address = f"http://{name if isinstance(name, str) else name.decode()}:{number}"
        out.print(f"The graph: {address}/   Ask it: {address}/query   SPARQL endpoint: {address}/sparql   Ctrl+C ends.")
        run(server)
