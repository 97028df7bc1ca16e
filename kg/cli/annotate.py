"""``kg annotate``."""

from __future__ import annotations

import json

import click

from kg.cli.console import fail, metadata
from kg.model import Problem


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@metadata
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
    fail(problems)
