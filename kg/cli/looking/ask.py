"""``kg ask``."""

from __future__ import annotations

import math

import click

from kg.cli.looking.query import answer_options, give
from kg.cli.printing.console import err, read_store, store_option


@click.command()
@click.argument("question", nargs=-1, required=True)
@answer_options
@click.option("--quiet", is_flag=True, help="Do not say which query it is, and its SPARQL.")
@store_option
def ask(
    question: tuple[str, ...],
    format_: str,
    target: str | None,
    limit: int | None,
    timeout: float,
    quiet: bool,
    store: str,
) -> None:
    """Ask the graph in plain words. The named query that fits is shown with its SPARQL, and run.

    \b
    Example:
      kg ask "who disagrees with whom and why"
      kg ask "how many women went to Syria, according to whom" --format csv
    """
    from kg import query as questions
    from kg.query import ask as asking

    with read_store(store) as opened:
        asked = asking.understand(opened, " ".join(question))
        if not quiet:
            params = "".join(f" --param {name}={value!r}" for name, value in asked.params.items())
            err.print(f"{asked.query.question}\nkg query {asked.query.name}{params}\n\n{asked.sparql}\n", style="dim")
        answer = questions.execute(opened, asked.query, asked.params, limit=limit, timeout=timeout or math.inf)
        give(answer, opened, format_, target, asked.query.title)
