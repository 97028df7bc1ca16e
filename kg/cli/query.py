"""``kg query``."""

from __future__ import annotations

from typing import Any

import click
from rich.table import Table

from kg.cli.console import err, open_store, out, short, store_option
from kg.errors import UsageError


@click.command()
@click.argument("name", required=False)
@click.option("-e", "--text", help="SPARQL to run instead of a named query.")
@click.option("--list", "listed", is_flag=True, help="List the named queries.")
@click.option("--param", "-p", "params", multiple=True, metavar="KEY=VALUE", help="A parameter of the query.")
@click.option(
    "--format",
    "format_",
    default="table",
    show_default=True,
    type=click.Choice(["table", "csv", "json", "xml", "turtle"]),
)
@store_option
def query(name: str | None, text: str | None, listed: bool, params: tuple[str, ...], format_: str, store: str) -> None:
    """Ask the graph a named question, a .rq file, or SPARQL of your own.

    \b
    Example:
      kg query who_said_what
      kg query statements_by --param by=minister --format csv
      kg query -e "SELECT (COUNT(*) AS ?n) WHERE { ?s a kg:Statement }"
    """
    from kg import query as questions

    if listed:
        table = Table("query", "question", "parameters", box=None, pad_edge=False)
        for key, question in questions.named().items():
            table.add_row(key, question.question, ", ".join(p.name for p in question.parameters))
        out.print(table)
        return
    if (name is None) == (text is None):
        raise UsageError("Name one query or give one with -e; “kg query --list” shows all.")
    asked = questions.parse(text) if text is not None else questions.find(str(name))
    with open_store(store) as opened:
        if format_ == "table":
            _table(questions.run(opened, asked, _params(params)))
        else:
            click.echo(questions.serialise(opened, asked, _params(params), format_), nl=False)


def _params(pairs: tuple[str, ...]) -> dict[str, str]:
    out = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise UsageError(f"“{pair}” is no parameter; write it as name=value.")
        out[key] = value
    return out


def _table(rows: Any) -> None:
    from kg.vocabulary import DATA, KG

    table = Table(*rows.columns, box=None, pad_edge=False)
    for row in rows.rows:
        cells = ("" if cell is None else str(cell) for cell in row)
        table.add_row(*(short(c.replace(KG, "kg:").replace(DATA, "").removeprefix("article/"), 90) for c in cells))
    out.print(table)
    err.print(f"{len(rows)} row{'s' if len(rows) != 1 else ''}")
