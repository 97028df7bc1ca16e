"""``kg build`` and ``kg demo``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import click
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from kg.cli.printing.console import OUT, err, fail, known_option, line, metadata, open_store, pipeline, short
from kg.cli.printing.summary import stored, summarise
from kg.model import Article, Problem

if TYPE_CHECKING:
    from kg.pipeline import Report
    from kg.store import Store


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@metadata
@click.option("--store", help="Directory of the store; the default is “store” inside --out.")
@click.option("--out", default=OUT, show_default=True, help="Where graph.ttl and graph.html are written.")
@click.option("--base", help="IRI under which a new store names what belongs to it; the default is kg's own.")
@known_option
@click.option("--no-known", is_flag=True, help="Leave out the list of names that the store was built with.")
@pipeline
@click.option(
    "--store-only",
    is_flag=True,
    help="Write no graph.ttl and no graph.html: in a large store they take longer than the articles.",
)
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def build(
    inputs: tuple[str, ...], date: str | None, url: str | None, publisher: str | None, store: str | None, out: str, base: str | None,
    known: str | None, no_known: bool, model: str | None, any_language: bool, store_only: bool, quiet: bool,
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
    where = store or f"{out}/store"
    _build(
        articles, where, out, quiet, problems, model=model, any_language=any_language, store_only=store_only, base=base,
        known=known, use_kept=not no_known,
    )  # fmt: skip


@click.command()
@click.option("--out", default=OUT, show_default=True, help="Where the files are written.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def demo(out: str, quiet: bool) -> None:
    """Build the graph of the sample articles that come with kg and say what is in it.

    \b
    Example:
      kg demo --out /tmp/kg-demo
    """
    from kg.read import samples

    _build(iter(samples()), f"{out}/store", out, quiet, [])


def _build(
    articles: Iterator[Article], store_path: str, out: str, quiet: bool, problems: list[Problem], *,
    model: str | None = None, any_language: bool = False, store_only: bool = False, base: str | None = None,
    known: str | None = None, use_kept: bool = True,
) -> None:  # fmt: skip
    from kg import export, view

    listed = list(articles)
    if not listed:
        for problem in problems:
            err.print(f"kg: {line(problem.where)}: {line(problem.reason)}")
        raise SystemExit(1)
    with open_store(store_path, create=True, base=base) as store:
        report = _watched(
            listed, store, model=model, any_language=any_language, quiet=quiet, known=known, use_kept=use_kept
        )
        begins = {article.id: short(article.title or article.text[:200], 60) for article in listed}
        for problem in report.problems:
            began = f" (“{begins[problem.where]}”)" if problem.where in begins else ""
            problems.append(replace(problem, where=f"{problem.where}{began}"))
        if not (report.added or report.known):
            fail(problems)  # nothing came in: what was written before stays as it is
        for note in report.notes:
            err.print(f"note: {line(note)}")
        if not store_only:
            turtle = export.write(store, f"{out}/graph.ttl", "turtle")
            page = view.write(view.from_store(store), f"{out}/graph.html")
            if not quiet:
                summarise(store, report.added, report.known, turtle, page, store_path)
        elif not quiet:
            stored(report.added, report.known, store_path)
    fail(problems)


def _watched(
    listed: list[Article], store: Store, *, model: str | None, any_language: bool, quiet: bool, known: str | None, use_kept: bool
) -> Report:  # fmt: skip
    """The articles put into the store, with a bar that tells of it in a terminal."""
    from kg.annotate import Annotator
    from kg.annotate.parse.parsing import DEFAULT_MODEL
    from kg.pipeline import build as build_graph

    with Progress(
        TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.completed}/{task.total}"),
        TimeRemainingColumn(), console=err, transient=True, disable=quiet or not err.is_terminal,
    ) as progress:  # fmt: skip
        task = progress.add_task("Reading the articles", total=len(listed))

        def tell(number: int, article: Article) -> None:
            progress.update(task, completed=number - 1, description=(article.title or article.id)[:40])

        given = model or any_language
        annotator = Annotator(model or DEFAULT_MODEL, any_language=any_language) if given else None
        return build_graph(listed, store=store, annotator=annotator, on_progress=tell, known=known, use_kept=use_kept)
