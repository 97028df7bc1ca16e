"""``kg eval``."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.table import Table

from kg.cli.console import out
from kg.errors import UsageError


@click.command("eval")
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
    out.print(table)
