"""``kg build`` and ``kg demo``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, NoReturn

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kg.cli.printing.console import (
    OUT,
    cores,
    count,
    err,
    fail,
    jobs_option,
    known_option,
    line,
    metadata,
    open_store,
    out,
    pipeline,
    short,
)
from kg.cli.printing.summary import stored, summarise
from kg.errors import UsageError
from kg.model import Article, Problem

if TYPE_CHECKING:
    from kg.annotate import Annotator
    from kg.pipeline import Report
    from kg.store import Store

_COUNTED = 1_000  # articles that are looked at beforehand, so that it is told how many there are


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@metadata
@click.option("--store", help="Directory of the store; the default is “store” inside --out.")
@click.option("--out", default=OUT, show_default=True, help="Where graph.ttl and graph.html are written.")
@click.option("--base", help="IRI under which a new store names what belongs to it; the default is kg's own.")
@known_option
@click.option("--no-known", is_flag=True, help="Leave out the list of names that the store was built with.")
@pipeline
@jobs_option
@click.option(
    "--cluster", metavar="ADDRESS", help="Read on a Dask cluster: the address of its scheduler (docs/scale.md)."
)
@click.option(
    "--parts", metavar="FOLDER", help="Where what a cluster has read is kept; the default is “parts” inside --out."
)
@click.option(
    "--no-mentions",
    is_flag=True,
    help="Keep one place of each actor in an article and not all: a smaller store that cannot say where else, or how often.",
)
@click.option(
    "--store-only",
    is_flag=True,
    help="Write no graph.ttl and no graph.html: in a large store they take longer than the articles.",
)
@click.option(
    "--quads",
    metavar="FOLDER",
    help="Write the graph as parts of N-Quads into this folder and make no store: also what is across articles is spread out.",
)
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def build(
    inputs: tuple[str, ...], date: str | None, url: str | None, publisher: str | None, store: str | None, out: str, base: str | None,
    known: str | None, no_known: bool, model: str | None, any_language: bool, jobs: int | None, cluster: str | None,
    parts: str | None, no_mentions: bool, store_only: bool, quads: str | None, quiet: bool,
) -> None:  # fmt: skip
    """Build the graph from articles: text, HTML, JSON Lines, web archives or Parquet files, or folders of them.

    Adding articles later is incremental: what is stored is not built again.

    \b
    Example:
      kg build articles/ --date 2015-04-21 --publisher "RFE/RL"
    """
    from kg.read import read

    if cluster is not None and jobs is not None:
        raise UsageError(
            "Articles are read by a number of jobs here or by a cluster; leave “--jobs” or “--cluster” out."
        )
    if cluster is None and parts is not None:
        raise UsageError("Parts are what a cluster has read; “--parts” goes with “--cluster”.")
    if quads is not None and not (store is base is parts is None and not no_known):
        raise UsageError(
            "Quads are written without a store; leave “--store”, “--base”, “--parts” and “--no-known” out, or “--quads”."
        )
    problems: list[Problem] = []
    articles = read(inputs, published=date, url=url, publisher=publisher, problems=problems)
    where = store or f"{out}/store"
    kept = parts or f"{out}/parts"
    how = How(model, any_language, known, not no_known, jobs or cores(), not no_mentions, cluster, kept, quiet)
    if quads is not None:
        spread(articles, quads, how, problems)
        return
    _build(articles, where, out, how, problems, store_only=store_only, base=base)


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

    _build(iter(samples()), f"{out}/store", out, How(quiet=quiet), [])


@dataclass(frozen=True, slots=True)
class How:
    """How articles are read, as it is asked for."""

    model: str | None = None
    any_language: bool = False
    known: str | None = None
    use_kept: bool = True
    jobs: int = 1
    mentions: bool = True
    cluster: str | None = None
    parts: str = ""
    quiet: bool = False


def _build(
    articles: Iterator[Article], store_path: str, out: str, how: How, problems: list[Problem], *,
    store_only: bool = False, base: str | None = None,
) -> None:  # fmt: skip
    from kg import export, view

    articles, total = _looked_at(articles)
    if total == 0:
        _nothing(problems)
    with open_store(store_path, create=True, base=base) as store:
        report = _watched(articles, total, store, how)
        problems += map(_with_beginning, report.problems)
        if not (report.added or report.known):
            fail(problems)  # nothing came in: what was written before stays as it is
        for note in report.notes:
            err.print(f"note: {line(note)}")
        if not store_only:
            turtle = export.write(store, f"{out}/graph.ttl", "turtle")
            page = view.write(view.from_store(store), f"{out}/graph.html")
            if not how.quiet:
                summarise(store, report.added, report.known, turtle, page, store_path)
        elif not how.quiet:
            stored(report.added, report.known, store_path)
    fail(problems)


def _nothing(problems: list[Problem]) -> NoReturn:
    """End where there is no article to be had, and say why."""
    for problem in problems:
        err.print(f"kg: {line(problem.where)}: {line(problem.reason)}")
    raise SystemExit(1)


def _with_beginning(problem: Problem) -> Problem:
    """A problem with the first words of its article, by which it is known again."""
    began = f" (“{short(problem.detail, 60)}”)" if problem.detail else ""
    return replace(problem, where=f"{problem.where}{began}")


def spread(articles: Iterator[Article], folder: str, how: How, problems: list[Problem]) -> None:
    """Articles → parts of quads, with a bar that tells of it in a terminal."""
    from kg.annotate.gazetteer import load
    from kg.pipeline import spread as spreading

    articles, total = _looked_at(articles)
    if total == 0:
        _nothing(problems)
    known = load(how.known) if how.known is not None else None
    with _bar(quiet=how.quiet) as progress:
        task = progress.add_task("Reading the articles", total=total)
        given = spreading.How(
            how.jobs, how.cluster, on_read=lambda number: progress.update(task, completed=number),
            on_stage=lambda stage: progress.update(task, description=f"Comparing the articles: {stage}"),
        )  # fmt: skip
        made = spreading.make(
            articles, folder, annotator=_annotator(how), known=known, mentions=how.mentions, how=given
        )
    for note in (*(known.notes if known is not None else ()), *made.notes):
        err.print(f"note: {line(note)}")
    if not how.quiet:
        counts = f"{count(made.articles, 'article')}, {count(made.quads, 'quad')}"
        out.print(
            f"{counts} in {count(len(made.files), 'file')} in {folder}; docs/publish.md says how servers load them."
        )
    fail([*problems, *(known.problems if known is not None else ()), *map(_with_beginning, made.problems)])


def _looked_at(articles: Iterator[Article]) -> tuple[Iterator[Article], int | None]:
    """The same articles, and how many they are; ``None`` for more than are worth the memory."""
    first = list(islice(articles, _COUNTED + 1))
    return chain(first, articles), len(first) if len(first) <= _COUNTED else None


def _watched(articles: Iterator[Article], total: int | None, store: Store, how: How) -> Report:
    """The articles put into the store, with a bar that tells of it in a terminal."""
    from kg.pipeline import build as build_graph
    from kg.pipeline.cluster import Cluster

    with _bar(quiet=how.quiet) as progress:
        task = progress.add_task("Reading the articles", total=total)

        def tell(number: int, article: Article) -> None:
            progress.update(task, completed=number - 1, description=(article.title or article.id)[:40])

        def told(number: int) -> None:
            progress.update(task, completed=number, description="Reading on the cluster")

        cluster = Cluster(how.cluster, how.parts, on_read=told) if how.cluster is not None else None
        return build_graph(
            articles, store=store, annotator=_annotator(how), on_progress=tell, known=how.known, use_kept=how.use_kept,
            jobs=how.jobs, mentions=how.mentions, cluster=cluster,
        )  # fmt: skip


def _bar(*, quiet: bool) -> Progress:
    """The bar that tells how far a build is."""
    return Progress(
        TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=err, transient=True, disable=quiet or not err.is_terminal,
    )  # fmt: skip


def _annotator(how: How) -> Annotator | None:
    """The annotator that is asked for; ``None`` for the usual one."""
    from kg.annotate import Annotator
    from kg.annotate.parse.parsing import DEFAULT_MODEL

    given = how.model or how.any_language
    return Annotator(how.model or DEFAULT_MODEL, any_language=how.any_language) if given else None
