"""``kg query``."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import click

from kg import untrusted
from kg.cli.printing import tables
from kg.cli.printing.console import STORE, Seconds, err, extracted_option, out, seen, visible
from kg.cli.printing.servers import login, login_options
from kg.errors import ExportError, ReadError, UsageError
from kg.query import FORMATS as WRITTEN
from kg.query import TIMEOUT, Answer
from kg.query.remote import Endpoint
from kg.query.remote.address import is_address
from kg.store import Store

_LARGEST = 1_000_000  # bytes of a query
FORMATS = ("table", *WRITTEN, "html")  # a table in the terminal, what kg.query writes, a page


def answer_options(function: click.decorators.FC) -> click.decorators.FC:
    """How an answer is limited, written and where to; of all commands that give one."""
    for option in (
        click.option(
            "--timeout",
            default=TIMEOUT,
            show_default=True,
            type=Seconds(),
            help="Seconds after which it is stopped; 0 is never.",
        ),
        click.option("--limit", type=click.IntRange(max=1_000_000_000), help="Rows at most."),
        click.option("--out", "target", help="Write the answer to this file; xlsx and html need one."),
        click.option("--format", "format_", default="table", show_default=True, type=click.Choice(FORMATS)),
    ):
        function = option(function)
    return function


@click.command()
@click.argument("name", required=False)
@click.option("-e", "--text", help="SPARQL to run instead of a named query.")
@click.option("--list", "listed", is_flag=True, help="List the named queries.")
@click.option(
    "--param",
    "-p",
    "params",
    multiple=True,
    metavar="KEY=VALUE",
    help="A parameter of the query; given again, any of its values counts.",
)
@click.option("--inferred", is_flag=True, help="Answer from what “kg infer” concluded, too.")
@click.option("--min-confidence", help="Leave out statements of which the extractor is less sure than this (0 to 1).")
@answer_options
@extracted_option
@login_options
@click.option(
    "--store", default=STORE, show_default=True, help="Directory of the store, or the address of a SPARQL endpoint."
)
def query(
    name: str | None, text: str | None, listed: bool, params: tuple[str, ...], inferred: bool, min_confidence: str | None, format_: str,
    target: str | None, limit: int | None, timeout: float, user: str | None, scheme: str, store: str, as_extracted: bool,
) -> None:  # fmt: skip
    """Ask the graph a named question, a .rq file, or SPARQL of your own; on disk, or at a SPARQL endpoint to which it was published.

    \b
    Example:
      kg query who_said_what
      kg query statements_by --param by=minister --format csv
      kg query disagreements --format html --out disagreements.html
      kg query -e "SELECT (COUNT(*) AS ?n) WHERE { ?s a kg:Statement }"
      kg query who_said_what --store http://localhost:8890/sparql
    """
    from kg import query as questions

    if listed:
        _list(format_)
        return
    if (name is None) == (text is None):
        raise UsageError("Name one query or give one with -e; “kg query --list” shows all.")
    if name is not None and name.endswith(".rq"):
        _check_file(name)
    asked = questions.parse(text) if text is not None else questions.find(str(name))
    given = _params(params)
    if min_confidence is not None:
        given["min_confidence"] = min_confidence
    if is_address(store):
        if as_extracted:
            raise UsageError("A server holds what was published; “--as-extracted” needs a store on this machine.")
        _needs_no_store(inferred, format_)
        with Endpoint(store, login(user, scheme)) as endpoint:
            answer = questions.execute(endpoint, asked, given, limit=limit, timeout=timeout or math.inf)
            give(answer, None, format_, target, asked.title)
        return
    with seen(store, as_extracted=as_extracted) as opened:
        opened.inferred = inferred
        answer = questions.execute(opened, asked, given, limit=limit, timeout=timeout or math.inf)
        give(answer, opened, format_, target, asked.title)


def _needs_no_store(inferred: bool, format_: str) -> None:
    """Refuse what a server cannot do."""
    if inferred:
        raise UsageError("A server has what was published, and “kg publish --inferred” publishes conclusions.")
    if format_ == "html":
        raise UsageError("A page needs the store itself; choose another format for an answer of a server.")


def _check_file(name: str) -> None:
    """Refuse a query file that is none, or has no end."""
    try:
        untrusted.contents(name, most=_LARGEST)
    except ReadError as error:
        raise UsageError(f"The query file {name} cannot be read: {error}") from error


def give(answer: Answer, store: Store | None, format_: str, target: str | None, title: str) -> None:
    """Print an answer, or write it to a file and print where it is; a page is made of a ``store``."""
    from kg import query as questions
    from kg.export import save

    if format_ == "table" and target is None:
        rows = questions.rows_of(answer)
        err.print(tables.say(rows, tables.show(rows, out)))
        return
    if format_ == "html" and store is not None:
        from kg.view.results import page

        written = page(answer, store, title=title).encode()
    else:
        written = questions.serialise(answer, "markdown" if format_ == "table" else format_)
        if format_ in ("table", "markdown"):  # which people read; the other formats are for programs
            written = visible(written.decode()).encode()
    if target is not None:
        try:
            out.print(str(save(Path(target), written)))
        except OSError as error:
            raise ExportError(f"{target} cannot be written: {error.strerror or error}.") from error
    elif format_ in ("xlsx", "html") and sys.stdout.isatty():
        raise UsageError(f"An answer as {format_} is no text for a terminal; name a file with --out.")
    else:
        click.echo(written, nl=False)
    if not answer.complete:
        err.print("There are more rows than the limit lets through.")


def _list(format_: str) -> None:
    from kg import query as questions

    names = ("query", "question", "parameters")
    grouped = {
        group: tuple((q.name, q.question, ", ".join(p.name for p in q.parameters)) for q in queries)
        for group, queries in questions.grouped().items()
    }
    if format_ == "markdown":
        for group, rows in grouped.items():
            out.print(f"\n## {group}\n\n{questions.markdown(questions.Rows(names, rows))}", end="")
        return
    for group, rows in grouped.items():
        out.print(f"\n{group}", style="bold")
        tables.show(questions.Rows(names, rows), out)


def _params(pairs: tuple[str, ...]) -> dict[str, str | list[str]]:
    """The values by name; of a parameter that is given more than once, a list."""
    out: dict[str, list[str]] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise UsageError(f"“{pair}” is no parameter; write it as name=value.")
        out.setdefault(key, []).append(value)
    return {key: values[0] if len(values) == 1 else values for key, values in out.items()}
