"""``kg annotate``."""

from __future__ import annotations

import json

import click

from kg.cli.printing.console import err, fail, known_option, line, metadata, pipeline
from kg.errors import KgError, LanguageError, fault
from kg.model import Problem


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@metadata
@click.option("--jsonl", is_flag=True, help="One JSON document an article (the only format so far, and the default).")
@known_option
@pipeline
def annotate(
    inputs: tuple[str, ...], date: str | None, url: str | None, publisher: str | None, jsonl: bool, known: str | None,
    model: str | None, any_language: bool,
) -> None:  # fmt: skip
    """Print the annotations of articles as JSON Lines, with offsets into each text.

    \b
    Example:
      kg annotate article.txt --date 2015-04-21 --jsonl > annotations.jsonl
    """
    from kg.annotate import Annotator
    from kg.annotate.gazetteer import load
    from kg.annotate.parse.parsing import DEFAULT_MODEL
    from kg.annotate.records import to_record
    from kg.read import read

    problems: list[Problem] = []
    names = load(known) if known is not None else None
    if names is not None:
        problems += names.problems
        for note in names.notes:
            err.print(f"note: {line(note)}")
    annotator: Annotator | None = None
    for article in read(inputs, published=date, url=url, publisher=publisher, problems=problems):
        annotator = annotator or Annotator(model or DEFAULT_MODEL, any_language=any_language, known=names)
        try:
            record = to_record(annotator.annotate(article))
        except LanguageError as error:
            problems.append(Problem(article.id, str(error)))
            continue
        except KgError:
            raise
        except Exception as error:  # noqa: BLE001 - one article that kg stumbles over must not take the others with it
            problems.append(Problem(article.id, fault(error)))
            continue
        click.echo(json.dumps(record, ensure_ascii=False).encode())  # in UTF-8 whatever the terminal is
    fail(problems)
