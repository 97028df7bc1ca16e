"""The command line: the only place that prints. Errors are one sentence on standard error; exit codes 0, 1 and 2."""

from __future__ import annotations

import gc
import logging
import os

import click

from kg.cli.annotate import annotate
from kg.cli.changing.build import build, demo
from kg.cli.changing.infer import infer
from kg.cli.changing.remove import remove
from kg.cli.changing.repair import repair
from kg.cli.changing.review import review
from kg.cli.evaluate import evaluate
from kg.cli.looking.ask import ask
from kg.cli.looking.check import check
from kg.cli.looking.export import export
from kg.cli.looking.network import network, path
from kg.cli.looking.publish import publish
from kg.cli.looking.query import query
from kg.cli.looking.serve import serve
from kg.cli.looking.timeline import timeline
from kg.cli.looking.view import view
from kg.cli.printing.console import Group, err, heed_signals, line
from kg.errors import fault
from kg.store.reasons import reason

_COMMANDS = (
    build,
    demo,
    annotate,
    query,
    ask,
    network,
    path,
    timeline,
    remove,
    repair,
    review,
    view,
    serve,
    export,
    publish,
    check,
    infer,
    evaluate,
)


def main() -> None:
    """Run the command line. What nothing foresaw is one sentence, too; ``KG_TRACEBACK=1`` shows where it came from."""
    heed_signals()
    _collect_rarely()
    try:
        cli.main(prog_name="kg")
    except OSError as error:
        _end(f"The system stopped this: {reason(error)}.", error)
    except Exception as error:  # noqa: BLE001 - a traceback helps nobody who did not write kg
        _end(f"{fault(error)} KG_TRACEBACK=1 shows where.", error)


_BETWEEN = (
    10_000  # objects more than before that begin a look for garbage; Python's own 700 is a tenth of the time of a build
)


def _collect_rarely() -> None:
    """What is loaded by now stays to the end, and records refer in no circles: garbage is looked for more rarely, and not among that."""
    gc.freeze()
    gc.set_threshold(_BETWEEN)


def _end(sentence: str, error: Exception) -> None:
    if os.environ.get("KG_TRACEBACK"):
        raise error
    err.print(f"kg: {line(sentence)}")
    raise SystemExit(1)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kg-said", prog_name="kg")
def cli() -> None:
    """News articles in, a knowledge graph of who said what out."""
    # rdflib logs a traceback for each literal that is no value of its type; ``kg check`` tells of them in a sentence.
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)


for _command in _COMMANDS:
    cli.add_command(_command)
