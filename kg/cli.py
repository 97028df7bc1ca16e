"""The command line: the only file that prints. Errors are one sentence on standard error; exit codes 0, 1 and 2."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from kg.errors import KgError, UsageError
from kg.model import Article, Problem

OUT = "kg-out"
STORE = f"{OUT}/store"
Options = Callable[[Callable[..., Any]], Callable[..., Any]]

_out = Console(highlight=False, soft_wrap=True, markup=False)
_err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)


class _Group(click.Group):
    """Turns every error of kg into one sentence and its exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            _err.print(f"kg: {error}")
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)


def main() -> None:
    """Run the command line."""
    cli.main(prog_name="kg")


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kg-said", prog_name="kg")
def cli() -> None:
    """News articles in, a knowledge graph of who said what out."""


def _store_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--store", default=STORE, show_default=True, help="Directory of the store.")(function)


def _metadata(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--publisher", help="Publisher of the articles, where they do not say."),
        click.option("--url", help="Address of the article, where it does not say."),
        click.option("--date", help="Date of publication, as 2015-04-21, 2015-04 or 2015."),
    ):
        function = option(function)
    return function


def _open(path: str, *, create: bool = False) -> Any:
    from kg.store import Store

    return Store.open(path, create=create)


# ── build ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@cli.command()
@click.argument("inputs", nargs=-1, required=True)
@_metadata
@click.option("--store", help="Directory of the store; the default is “store” inside --out.")
@click.option("--out", default=OUT, show_default=True, help="Where graph.ttl and graph.html are written.")
@click.option("--model", help="spaCy pipeline to annotate with.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def build(
    inputs: tuple[str, ...], date: str | None, url: str | None, publisher: str | None, store: str | None, out: str,
    model: str | None, quiet: bool,
) -> None:  # fmt: skip
    """Build the graph from articles: text, HTML or JSON Lines files, or folders of them.

    Adding articles later is incremental: what is stored is not built again.

    \b
    Example:
      kg build articles/ --date 2015-04-21 --publisher "RFE/RL"
    """
    from kg.read import read

    problems: list[Problem] = []
    articles = read(inputs, published=date, url=url, publisher=publisher, problems=problems)
    _build(articles, store or f"{out}/store", out, model, quiet, problems)


@cli.command()
@click.option("--out", default=OUT, show_default=True, help="Where the files are written.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def demo(out: str, quiet: bool) -> None:
    """Build the graph of the sample articles that come with kg and say what is in it.

    \b
    Example:
      kg demo --out /tmp/kg-demo
    """
    from kg.read import samples

    _build(iter(samples()), f"{out}/store", out, None, quiet, [])


def _build(
    articles: Iterator[Article], store_path: str, out: str, model: str | None, quiet: bool, problems: list[Problem]
) -> None:
    from kg import export, view
    from kg.annotate import Annotator
    from kg.pipeline import build as build_graph

    listed = list(articles)
    if not listed:
        for problem in problems:
            _err.print(f"kg: {problem.where}: {problem.reason}")
        raise SystemExit(1)
    with _open(store_path, create=True) as store:
        with Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"),
            TimeRemainingColumn(), console=_err, transient=True, disable=quiet or not _err.is_terminal,
        ) as progress:  # fmt: skip
            task = progress.add_task("Reading the articles", total=len(listed))

            def tell(number: int, article: Article) -> None:
                progress.update(task, completed=number - 1, description=(article.title or article.id)[:40])

            annotator = Annotator(model) if model else None
            report = build_graph(listed, store=store, annotator=annotator, on_progress=tell)
        problems.extend(report.problems)
        turtle = export.write(store, f"{out}/graph.ttl", "turtle")
        page = view.write(view.from_store(store), f"{out}/graph.html")
        if not quiet:
            _summary(store, report.added, report.known, turtle, page, store_path)
    for problem in problems:
        _err.print(f"left out: {problem.where}: {problem.reason}")
    if problems:
        raise SystemExit(1)


def _summary(
    store: Any, added: tuple[str, ...], known: tuple[str, ...], turtle: Path, page: Path, store_path: str
) -> None:
    from kg import query

    named = query.named()
    said = list(query.run(store, named["who_said_what"]))
    entities = list(query.run(store, named["entities"]))
    comparisons = list(query.run(store, named["disagreements"]))
    counts = [f"{len(added)} new article{'s' if len(added) != 1 else ''}"]
    if known:
        counts.append(f"{len(known)} already in the store")
    people = sum(row["type"] == "person" for row in entities)
    _out.print(
        f"{', '.join(counts)}: {len(said)} statements, {people} people, {len(entities) - people} other actors.\n"
    )
    _out.print("Who said what")
    for row in _telling(said):
        office = ", ".join(str(part) for part in (row["role"], row["organisation"]) if part)
        when = f" ({row['said_on']})" if row["said_on"] else ""
        _out.print(f"  {row['speaker_name']}{f', {office},' if office else ''} {row['cue']}{when}:")
        _out.print(f"      {_short(str(row['content']))}")
    if comparisons:
        _out.print("\nFigures that disagree")
        for row in sorted(comparisons, key=lambda r: (r["verdict"] != "contradicts", str(r["reason"])))[:6]:
            _out.print(f"  {row['verdict']}: {row['reason']}")
    _out.print(f"\nThe graph is in {turtle}, the page to look at in {page}.")
    option = f" --store {store_path}" if store_path != STORE else ""
    _out.print(f"Ask it: kg query disagreements{option}     All questions: kg query --list")


def _telling(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A few statements that show the range: one a speaker, those with an office and a date first."""
    best: dict[str, dict[str, Any]] = {}
    for row in rows:
        if not row["speaker_name"] or row["kind"] == "author" or not row["cue"]:
            continue
        rank = (row["role"] is None, row["said_on"] is None, len(str(row["content"])) > 160)
        name = str(row["speaker_name"])
        if name not in best or rank < best[name]["rank"]:
            best[name] = {**row, "rank": rank}
    return sorted(best.values(), key=lambda row: (row["rank"], str(row["speaker_name"])))[:6]


def _short(text: str, limit: int = 150) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + " …"


# ── annotate ───────────────────────────────────────────────────────────────────────────────────────────────────────


@cli.command()
@click.argument("inputs", nargs=-1, required=True)
@_metadata
@click.option("--jsonl", is_flag=True, help="One JSON document an article (the only format so far, and the default).")
@click.option("--model", help="spaCy pipeline to annotate with.")
def annotate(
    inputs: tuple[str, ...], date: str | None, url: str | None, publisher: str | None, jsonl: bool, model: str | None
) -> None:
    """Print the annotations of articles as JSON Lines, with offsets into each text.

    \b
    Example:
      kg annotate article.txt --date 2015-04-21 --jsonl > annotations.jsonl
    """
    from kg.annotate import Annotator
    from kg.annotate.parsing import DEFAULT_MODEL
    from kg.annotate.records import to_record
    from kg.read import read

    problems: list[Problem] = []
    annotator: Annotator | None = None
    for article in read(inputs, published=date, url=url, publisher=publisher, problems=problems):
        annotator = annotator or Annotator(model or DEFAULT_MODEL)
        click.echo(json.dumps(to_record(annotator.annotate(article)), ensure_ascii=False))
    _fail(problems)


def _fail(problems: list[Problem]) -> None:
    for problem in problems:
        _err.print(f"left out: {problem.where}: {problem.reason}")
    if problems:
        raise SystemExit(1)


# ── query, view, export, check ─────────────────────────────────────────────────────────────────────────────────────


@cli.command()
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
@_store_option
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
        _out.print(table)
        return
    if (name is None) == (text is None):
        raise UsageError("Name one query or give one with -e; “kg query --list” shows all.")
    asked = questions.parse(text) if text is not None else questions.find(str(name))
    with _open(store) as opened:
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
        table.add_row(*(_short(c.replace(KG, "kg:").replace(DATA, "").removeprefix("article/"), 90) for c in cells))
    _out.print(table)
    _err.print(f"{len(rows)} row{'s' if len(rows) != 1 else ''}")


@cli.command()
@_store_option
@click.option("--out", default=f"{OUT}/graph.html", show_default=True, help="The file to write.")
@click.option("--title", default="Who said what", help="Title of the page.")
def view(store: str, out: str, title: str) -> None:
    """Write the graph as one interactive HTML page that works offline.

    \b
    Example:
      kg view --out graph.html
    """
    from kg import view as page

    with _open(store) as opened:
        _out.print(str(page.write(page.from_store(opened), out, title=title)))


@cli.command()
@_store_option
@click.option(
    "--format",
    "format_",
    default="turtle",
    show_default=True,
    type=click.Choice(["turtle", "ntriples", "trig", "nquads", "jsonld", "csv"]),
)
@click.option("--out", required=True, help="The file to write; a folder for csv.")
def export(store: str, format_: str, out: str) -> None:
    """Write the graph for other tools.

    \b
    Example:
      kg export --format trig --out graph.trig
    """
    from kg import export as files

    with _open(store) as opened:
        _out.print(str(files.write(opened, out, format_)))


@cli.command()
@_store_option
@click.option("--quiet", is_flag=True, help="Print nothing when all is well.")
def check(store: str, quiet: bool) -> None:
    """Check the graph: shapes (SHACL), evidence against the text, and consistency with the ontology (OWL).

    \b
    Example:
      kg check --store kg-out/store
    """
    from kg.reason import check as consistency
    from kg.validate import check as conformance

    with _open(store) as opened:
        violations = conformance(opened)
        clashes = consistency(opened)
    for violation in violations:
        _out.print(f"{violation.article or violation.focus}: {violation.message}")
    for clash in clashes:
        _out.print(clash)
    if violations or clashes:
        raise SystemExit(1)
    if not quiet:
        _out.print(
            "The graph conforms to the shapes, its evidence stands in the texts, and the ontology is consistent."
        )


@cli.command("eval")
@click.argument("gold", type=click.Path())
@click.option("--model", help="spaCy pipeline to annotate with.")
def evaluate(gold: str, model: str | None) -> None:
    """Annotate the texts of a gold file and print precision, recall and F1 of each layer that it carries.

    \b
    Example:
      kg eval gold.jsonl
    """
    from kg.annotate import Annotator
    from kg.annotate.parsing import DEFAULT_MODEL
    from kg.evaluate import scores

    path = Path(gold)
    if not path.is_file():
        raise UsageError(f"There is no file {gold}.")
    try:
        documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        table = Table("layer", "precision", "recall", "F1", box=None, pad_edge=False)
        for layer, (precision, recall, f1) in scores(documents, Annotator(model or DEFAULT_MODEL)).items():
            table.add_row(layer, f"{precision:.1f}", f"{recall:.1f}", f"{f1:.1f}")
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{gold} is not a gold file: each line needs “text” and annotations.") from error
    _out.print(table)
