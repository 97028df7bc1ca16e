"""``kg eval``."""

from __future__ import annotations

import os

import click
from rich.table import Table

from kg import untrusted
from kg.cli.printing.console import out
from kg.errors import UsageError


@click.command("eval")
@click.argument("gold")
@click.option("--model", help="spaCy pipeline to annotate with.")
def evaluate(gold: str, model: str | None) -> None:
    """Annotate the texts of a gold file and print precision, recall and F1 of each layer that it carries.

    \b
    Example:
      kg eval gold.jsonl
    """
    from kg.annotate import Annotator
    from kg.annotate.parse.parsing import DEFAULT_MODEL
    from kg.evaluate import gold as files
    from kg.evaluate import scores

    if not os.path.lexists(gold) and untrusted.impossible(gold) is None:
        raise UsageError(f"There is no file {gold}.")
    documents = files.load(gold)
    table = Table("layer", "precision", "recall", "F1", box=None, pad_edge=False)
    for layer, (precision, recall, f1) in scores(documents, Annotator(model or DEFAULT_MODEL)).items():
        table.add_row(layer, f"{precision:.1f}", f"{recall:.1f}", f"{f1:.1f}")
    out.print(table)
