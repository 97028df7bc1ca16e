"""``kg infer``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.printing.console import open_store, out, store_option


@click.command()
@store_option
@click.option(
    "--reasoner",
    type=click.Choice(["rules", "hermit"]),
    default="rules",
    show_default=True,
    help="OWL 2 RL rules, for graphs of any size, or HermiT, complete for OWL 2 DL.",
)
@click.option("--ontology", help="An ontology to reason with, instead of the one that comes with kg.")
@click.option("--forget", is_flag=True, help="Remove what was concluded before, and conclude nothing.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def infer(store: str, reasoner: str, ontology: str | None, forget: bool, quiet: bool) -> None:
    """Conclude what follows from the graph and the ontology, into a named graph of its own with its provenance.

    A statement of a department becomes one of its ministry and of the government, a minister an official. What was
    extracted stays as it is; running it again replaces the conclusions.

    \b
    Example:
      kg infer
      kg query who_speaks_for --inferred
    """
    from kg import reason
    from kg.rdf.describing import an
    from kg.rdf.ontology import label
    from kg.vocabulary import TYPE

    with open_store(store) as opened:
        if forget:
            reason.forget(opened)
            if not quiet:
                out.print("What was concluded is removed.")
            return
        method: reason.Method = "hermit" if reasoner == "hermit" else "rules"
        quads = reason.write(opened, method=method, ontology=Path(ontology) if ontology else None)
    if quiet:
        return
    counts: dict[str, int] = {}
    for quad in quads:
        name = f"is {an(label(quad.object.value))}" if quad.predicate.value == TYPE else label(quad.predicate.value)  # type: ignore[union-attr]
        counts[name] = counts.get(name, 0) + 1
    out.print(f"{len(quads)} facts follow:")
    for name, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        out.print(f"  {number:6}  {name}")
