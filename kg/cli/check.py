"""``kg check``."""

from __future__ import annotations

import click

from kg.cli.console import open_store, out, store_option


@click.command()
@store_option
@click.option("--quiet", is_flag=True, help="Print nothing when all is well.")
def check(store: str, quiet: bool) -> None:
    """Check the graph: shapes (SHACL), evidence against the text, and consistency with the ontology (OWL).

    \b
    Example:
      kg check --store kg-out/store
    """
    from kg.reason import check as consistency
    from kg.validate import check as conformance

    with open_store(store) as opened:
        violations = conformance(opened)
        clashes = consistency(opened)
    for violation in violations:
        out.print(f"{violation.article or violation.focus}: {violation.message}")
    for clash in clashes:
        out.print(clash)
    if violations or clashes:
        raise SystemExit(1)
    if not quiet:
        out.print("The graph conforms to the shapes, its evidence stands in the texts, and the ontology is consistent.")
