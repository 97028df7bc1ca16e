"""``kg check``."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.printing.console import err, out, read_store, store_option
from kg.store import Store

if TYPE_CHECKING:
    from kg.reason import Consistency, Report
    from kg.reason.parts import Part


_SHOWN = 10  # pairs that are told; a large store has more, and “kg review” has them all


def _kept_apart(store: Store) -> list[str]:
    """A sentence for each pair that a rule takes for one actor and other evidence for two."""
    from kg import review

    found = review.kept_apart(store)
    told = found[:_SHOWN]
    if len(found) > _SHOWN:
        told.append(f"… and {len(found) - _SHOWN} more that are kept apart; “kg review” asks about them.")
    return told


def _against_evidence(store: Store) -> list[str]:
    """A sentence for each decision of a person that holds against the evidence, or that another person overrules."""
    from kg import doubts, review

    found = [*review.contradictions(store), *doubts.contradictions(store)]
    told = found[:_SHOWN]
    if len(found) > _SHOWN:
        told.append(f"… and {len(found) - _SHOWN} more decisions against the evidence; “kg review --list” has all.")
    return told


@contextlib.contextmanager
def _watched(store: Store, *, quiet: bool) -> Iterator[Callable[[Part, Consistency | None], None]]:
    """What looks through a part for the ontology, too, and tells of it in a bar in a terminal."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from kg.reason.parts import size

    with Progress(
        TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn(),
        console=err, transient=True, disable=quiet or not err.is_terminal,
    ) as progress:  # fmt: skip
        task = progress.add_task("Checking the graph", total=len(store))

        def looked(part: Part, consistency: Consistency | None) -> None:
            if consistency is not None:
                consistency.look(part)
            progress.advance(task, size(part))

        yield looked


@click.command()
@click.argument("graph", required=False)
@store_option
@click.option("--report", "report_to", metavar="FILE.ttl", help="Write the SHACL report graph there.")
@click.option("--ontology", help="An ontology to reason with, instead of the one that comes with kg.")
@click.option("--no-reasoning", is_flag=True, help="Check shapes and evidence only.")
@click.option("--quiet", is_flag=True, help="Print nothing when all is well.")
def check(
    graph: str | None, store: str, report_to: str | None, ontology: str | None, no_reasoning: bool, quiet: bool
) -> None:
    """Check the graph: shapes (SHACL), values, evidence against the text, and consistency with the ontology (OWL).

    Without GRAPH, a file of triples or quads, it is the store. Terms of other vocabularies are welcome in it: wrong is what
    kg's own terms rule out. Exit code 1 where anything is wrong.

    \b
    Example:
      kg check
      kg check graph.ttl --report violations.ttl
    """
    from kg import export
    from kg.reason import Consistency, validate

    # long: what is looked at, in the order in which it is told
    with Store.load(graph) if graph else read_store(store) as opened:
        in_step = opened.index_in_step
        consistency = None if no_reasoning else Consistency(opened, ontology=Path(ontology) if ontology else None)
        with _watched(opened, quiet=quiet) as looked:
            violations = validate.check(opened, on_part=lambda part: looked(part, consistency))
        result = None if consistency is None else consistency.report()
        apart = [] if quiet else [*_kept_apart(opened), *_against_evidence(opened)]
    if report_to:
        export.save(Path(report_to), validate.report(violations))
    for violation in violations:
        out.print(violation.sentence)
    if result:
        _explain(result)
    for sentence in apart:
        out.print(sentence)
    if violations or not in_step or (result and not result.consistent):
        wrong = [
            "" if in_step else "the index does not belong to the graph (“kg repair” or the next change makes it anew)",
            f"{len(violations)} violation{'s' if len(violations) != 1 else ''}" if violations else "",
            "inconsistent with the ontology" if result and not result.consistent else "",
        ]
        err.print(f"kg: {', '.join(part for part in wrong if part)}.")
        raise SystemExit(1)
    if not quiet:
        asked = f"it is consistent with the ontology ({result.reasoner})" if result else "the ontology was not asked"
        out.print(f"The graph conforms to the shapes, its quotations stand in the texts, and {asked}.")


def _explain(result: Report) -> None:
    """Print what contradicts the ontology, and which facts and axioms together make it so."""
    for found in result.explanations:
        out.print(f"Inconsistent: {found.summary}")
        for title, sentences in (("the graph says", found.facts), ("the ontology says", found.axioms)):
            if sentences:
                out.print(f"  {title}:")
                for sentence in sentences:
                    out.print(f"    {sentence}")
        if not found.minimal:
            out.print("  (There was no time to find the fewest.)")
    if result.more:
        out.print(f"… and {result.more} more inconsistencies.")
