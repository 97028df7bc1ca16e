"""``kg network`` and ``kg path``: what networkx finds on the rows of the named query ``links``."""

from __future__ import annotations

import click

from kg.cli.printing.console import MOST, err, out, read_store, store_option
from kg.cli.printing.tables import show
from kg.query import Rows

_VERBS = {
    "said_about": ("spoke about", "was spoken about by"),
    "disagrees_with": ("disagrees with", "disagrees with"),
    "holds_office_in": ("holds office in", "has in office"),
    "part_of": ("is part of", "has as a part"),
    "relayed_by": ("is relayed by", "relays"),
}


@click.command()
@click.option("--top", default=10, show_default=True, type=MOST, help="How many actors to list.")
@store_option
def network(top: int, store: str) -> None:
    """Measure the network of actors: the most central, those between communities, and the bridges.

    \b
    Example:
      kg network --top 5
    """
    from kg.query import network as net

    with read_store(store) as opened:
        graph = net.graph(opened)
    measured = net.measures(graph)
    out.print(
        f"{graph.number_of_nodes()} actors, {graph.number_of_edges()} links, {len(measured.communities)} communities"
    )
    names = {actor.id: actor.name for actor in measured.actors}
    out.print("\nMost central", style="bold")
    columns = ("name", "type", "pagerank", "betweenness", "neighbours", "community")
    central = tuple(
        (a.name, a.type, f"{a.pagerank:.3f}", f"{a.betweenness:.3f}", a.neighbours, a.community)
        for a in measured.actors[:top]
    )
    show(Rows(columns, central), out)
    out.print("\nBetween communities", style="bold")
    between = tuple(
        (b.name, f"{b.betweenness:.3f}", ", ".join(f"{count} in {number}" for number, count in b.neighbours))
        for b in net.brokers(graph, measured)[:top]
    )
    show(Rows(("name", "betweenness", "neighbours by community"), between), out)
    out.print("\nBridges: nothing else ties these two", style="bold")
    show(Rows(("one", "other"), tuple((names[a], names[b]) for a, b in measured.bridges[:top])), out)


@click.command()
@click.argument("source")
@click.argument("target")
@store_option
def path(source: str, target: str, store: str) -> None:
    """Find the shortest chain of links between two actors, by their names. Exit code 1 when there is none.

    \b
    Example:
      kg path "Prudent Solutions" "Islamic State"
    """
    from kg.query import network as net

    with read_store(store) as opened:
        graph = net.graph(opened)
        one, other = (net.find(graph, opened.current(name)) for name in (source, target))
    steps = net.chain(graph, one, other)
    if not steps:
        same = one == other
        err.print("Both names mean one actor." if same else "No chain of links ties these two.")
        raise SystemExit(1)
    for step in steps:
        verb = _VERBS.get(step.kind, (step.kind, step.kind))[not step.forward]
        label = f" ({step.label})" if step.label else ""
        many = len(step.statements)
        proof = f"   {many} statement{'s' if many != 1 else ''}" if many else ""
        out.print(f"{step.source_name}  {verb}{label}  {step.target_name}{proof}")
    err.print(f"{len(steps)} step{'s' if len(steps) != 1 else ''}")
