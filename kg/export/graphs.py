"""GraphML and GEXF of the actors and what ties them, for Gephi, yEd, Cytoscape and networkx. Attributes are typed."""

from __future__ import annotations

import io
from collections import defaultdict
from typing import TYPE_CHECKING

from kg.export.rows import Source, lines, text
from kg.model import LinkKind

if TYPE_CHECKING:
    import networkx as nx


def network(source: Source) -> nx.MultiDiGraph[str]:
    """Actors as nodes (``label``, ``type``, ``aliases``, ``country``, ``statements``), ties as edges (``kind``, ``label``, ``weight``,
    ``first`` and ``last`` date). Ids are the IRIs of the store.
    """
    import networkx as nx  # slow to import, and the list of formats is read by every start of the command line

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name="kg: who said what")
    names = {text(e["entity"]): text(e["name"]) for e in source.entities}
    spoken: dict[str, int] = defaultdict(int)
    for s in source.statements:
        spoken[text(s["speaker"])] += 1
    for e in source.entities:
        iri = text(e["entity"])
        graph.add_node(
            iri, label=_clean(names[iri]), type=text(e["type"]), aliases=_clean("; ".join(lines(e["aliases"]))),
            country=_clean(names.get(text(e["country"]), "")), statements=spoken[iri],
        )  # fmt: skip
    when = {
        text(s["statement"]): text(s["said_on"]) or source.published.get(text(s["article"]), "")
        for s in source.statements
    }
    ties: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for link in source.named("links"):
        a, b, kind = text(link["source"]), text(link["target"]), text(link["kind"])
        if a in names and b in names:
            if kind == LinkKind.DISAGREES_WITH and b < a:
                a, b = b, a
            ties[a, b, kind, text(link["label"])].append(when.get(text(link["statement"]), ""))
    for number, ((a, b, kind, label), found) in enumerate(sorted(ties.items())):
        dated = sorted(d for d in found if d and not d.startswith("X"))
        graph.add_edge(
            a, b, key=number, kind=kind, label=_clean(label or kind.replace("_", " ")), weight=float(len(found)),
            first=dated[0] if dated else "", last=dated[-1] if dated else "",
        )  # fmt: skip
    return graph


def graphml(source: Source) -> bytes:
    """The network as GraphML."""
    import networkx as nx

    out = io.BytesIO()
    nx.write_graphml_xml(network(source), out, encoding="utf-8", prettyprint=True)
    return out.getvalue()


def gexf(source: Source) -> bytes:
    """The network as GEXF 1.2, the version that Gephi reads."""
    import networkx as nx

    graph = network(source)
    # The writer puts today's date into the file; the same store is to give the same bytes.
    text_ = "\n".join(nx.generate_gexf(graph, encoding="utf-8", version="1.2draft"))
    head, mark, tail = text_.partition("<meta lastmodifieddate=")
    if mark:
        text_ = head + mark + '"1970-01-01"' + tail[12:]
    return ("<?xml version='1.0' encoding='utf-8'?>\n" + text_ + "\n").encode()


def _clean(value: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(
        ch
        for ch in value
        if ch in "\t\n" or (ord(ch) >= 32 and not 0xD800 <= ord(ch) <= 0xDFFF and ord(ch) not in (0xFFFE, 0xFFFF))
    )
