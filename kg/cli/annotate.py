"""``kg annotate``."""

from __future__ import annotations

from contextlib import closing

import click

from kg.cli.printing.console import cores, err, fail, jobs_option, known_option, line, metadata, pipeline
from kg.model import Problem


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@metadata
@click.option("--jsonl", is_flag=True, help="One JSON document an article (the only format so far, and the default).")
@known_option
@pipeline
@jobs_option
def annotate(
    inputs: tuple[str, ...], date: str | None, url: str | None, publisher: str | None, jsonl: bool, known: str | None,
    model: str | None, any_language: bool, jobs: int | None,
) -> None:  # fmt: skip
    """Print the annotations of articles as JSON Lines, with offsets into each text.

    \b
    Example:
      kg annotate article.txt --date 2015-04-21 --jsonl > annotations.jsonl
    """
    from kg.annotate import Annotator
    from kg.annotate.gazetteer import load
    from kg.annotate.parse.parsing import DEFAULT_MODEL
    from kg.pipeline.annotating import annotated
    from kg.read import read

    problems: list[Problem] = []
    names = load(known) if known is not None else None
    if names is not None:
        problems += names.problems
        for note in names.notes:
            err.print(f"note: {line(note)}")
    given = Annotator(model or DEFAULT_MODEL, any_language=any_language) if model or any_language else None
    articles = read(inputs, published=date, url=url, publisher=publisher, problems=problems)
    with closing(annotated(articles, given, names, jobs=jobs or cores())) as found:
        for one in found:
            if isinstance(one, Problem):
                problems.append(one)
            else:
                click.echo(one)  # in UTF-8 whatever the terminal is
    fail(problems)
