"""GraphML and GEXF of the actors, the articles that they speak in, and what ties them, for Gephi, yEd, Cytoscape and networkx.

Attributes are typed. In GEXF, nodes and edges exist at the dates that are told of them, for the time line of Gephi.
"""

from __future__ import annotations

import calendar
import io
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from kg.export.rows import Row, Source, lines, text
from kg.model import LinkKind, Tense

if TYPE_CHECKING:
    import networkx as nx

_HELD: dict[str, str] = {Tense.FORMER: "held_office_in", Tense.DESIGNATE: "designated_to_office_in"}
_KIND = "article"
_SPOKE = "spoke_in"
_EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[?~%]?")
_GEXF = "http://gexf.net/1.3"
_TYPES = {str: "string", int: "integer", float: "double"}


def network(source: Source) -> nx.MultiDiGraph[str]:
    """Actors and articles as nodes (``label``, ``type``, ``aliases``, ``country`` and its ISO code ``country_code``, ``statements``,
    ``dates``), ties as edges (``kind``, ``label``, ``weight``, ``figures``, ``first`` and ``last`` date, ``dates``). The label of who
    speaks about whom is how: “denied”, “said, hedged”. Whoever says something is tied to its article (``spoke_in``). Ids are the
    IRIs of the store; several dates (EDTF), aliases or figures stand one after another with ``; ``.
    """
    import networkx as nx  # slow to import, and the list of formats is read by every start of the command line

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name="kg: who said what")
    names = {text(e["entity"]): text(e["name"]) for e in source.entities}
    spoken: dict[str, int] = defaultdict(int)
    for s in source.statements:
        spoken[text(s["speaker"])] += 1
        spoken[text(s["article"])] += 1
    seen = _seen(source)
    for e in source.entities:
        iri = text(e["entity"])
        graph.add_node(
            iri, label=_clean(names[iri]), type=text(e["type"]), aliases=_clean("; ".join(lines(e["aliases"]))),
            country=_clean(names.get(text(e["country"]), "")), country_code=source.country_code(iri), statements=spoken[iri],
            dates="; ".join(sorted(seen[iri])),
        )  # fmt: skip
    for article in source.articles:
        iri = text(article["article"])
        graph.add_node(
            iri, label=_clean(text(article["title"]) or iri.rsplit("/", 1)[-1]), type=_KIND, aliases="", country="", country_code="",
            statements=spoken[iri], dates=text(article["published"]),
        )  # fmt: skip
    ties = _ties(source)
    for number, ((a, b, kind, label), found) in enumerate(sorted(ties.items())):
        if a not in graph or b not in graph:
            continue
        dates = sorted({when for when, _ in found if when and not when.startswith("X")})
        figures = dict.fromkeys(words for _, told in found for words in told)
        graph.add_edge(
            a, b, key=number, kind=kind, label=_clean(label or kind.replace("_", " ")), weight=float(len(found)), figures=_clean("; ".join(figures)),
            first=dates[0] if dates else "", last=dates[-1] if dates else "", dates="; ".join(dates),
        )  # fmt: skip
    return graph


def _seen(source: Source) -> dict[str, set[str]]:
    """The dates of the articles that refer to each entity."""
    seen: dict[str, set[str]] = defaultdict(set)
    for row in source.ask(
        'SELECT DISTINCT ?e ?a WHERE { ?r kg:refersTo ?e ; kg:mention ?m . BIND(STRBEFORE(STR(?m), "#char=") AS ?a) }'
    ):
        when = source.published.get(text(row["a"]))
        if when:
            seen[text(row["e"])].add(when)
    return seen


Ties = dict[tuple[str, str, str, str], list[tuple[str, list[str]]]]
"""From, to, kind and label → a date and the figures of each time that it is told."""


def _ties(source: Source) -> Ties:
    ties: Ties = defaultdict(list)

    def told(s: Row) -> tuple[str, list[str]]:
        when = text(s["said_on"]) or source.published.get(text(s["article"]), "")
        return when, [text(f["words"]) for f in source.figures.get(text(s["statement"]), ())]

    for s in source.statements:
        if s["speaker"]:
            ties[text(s["speaker"]), text(s["article"]), _SPOKE, text(s["manner"])].append(told(s))
    for link in source.named("links"):
        a, b, kind = text(link["source"]), text(link["target"]), text(link["kind"])
        if kind == LinkKind.HOLDS_OFFICE_IN:
            continue  # these come with the tense of the article, and not with what is known of them now
        if kind == LinkKind.DISAGREES_WITH and b < a:
            a, b = b, a
        s = source.statement.get(text(link["statement"]), {})
        label = text(s.get("manner")) if kind in (LinkKind.SAID_ABOUT, LinkKind.RELAYED_BY) else text(link["label"])
        ties[a, b, kind, label].append(told(s) if s else ("", []))
    for o in source.offices:
        if o["organisation"]:
            kind = _HELD.get(text(o["status"]), LinkKind.HOLDS_OFFICE_IN.value)
            ties[text(o["person"]), text(o["organisation"]), kind, text(o["title"])].append((text(o["as_of"]), []))
    return ties


def graphml(source: Source) -> bytes:
    """The network as GraphML."""
    import networkx as nx

    out = io.BytesIO()
    nx.write_graphml_xml(network(source), out, encoding="utf-8", prettyprint=True)
    return out.getvalue()


def gexf(source: Source) -> bytes:
    """The network as GEXF 1.3, dynamic: a spell of days for each date that is told of a node or an edge. What has no date is
    there at all times.
    """
    graph = network(source)
    root = ElementTree.Element("gexf", {"xmlns": _GEXF, "version": "1.3"})
    meta = ElementTree.SubElement(root, "meta")  # without a date of today: the same store is to give the same bytes
    ElementTree.SubElement(meta, "creator").text = "kg"
    ElementTree.SubElement(meta, "description").text = graph.name
    body = ElementTree.SubElement(
        root, "graph", {"defaultedgetype": "directed", "idtype": "string", "mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"}
    )  # fmt: skip
    nodes, edges = ([data for *_, data in found] for found in (graph.nodes(data=True), graph.edges(data=True)))
    kinds = {name: _columns(body, name, rows) for name, rows in (("node", nodes), ("edge", edges))}
    when = _when(graph)
    parent = ElementTree.SubElement(body, "nodes")
    for iri, data in graph.nodes(data=True):
        _element(parent, "node", {"id": iri, "label": data["label"]}, data, kinds["node"], when[iri])
    parent = ElementTree.SubElement(body, "edges")
    for a, b, number, data in graph.edges(data=True, keys=True):
        told = {
            "id": str(number),
            "source": a,
            "target": b,
            "label": data["label"],
            "kind": data["kind"],
            "weight": f"{data['weight']:g}",
        }
        _element(parent, "edge", told, data, kinds["edge"], spells(data["dates"].split("; ")))
    ElementTree.indent(root, " ")
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _when(graph: nx.MultiDiGraph[str]) -> dict[str, list[tuple[str, str]]]:
    """The days of each node: those at which it is told of and those of its edges; all days, thus none, where one of these edges
    has no date though something was said with it.
    """
    days = {iri: set(spells(data["dates"].split("; "))) for iri, data in graph.nodes(data=True)}
    always: set[str] = set()
    for a, b, data in graph.edges(data=True):
        found = spells(data["dates"].split("; "))
        if not found and data["kind"] != LinkKind.PART_OF:
            always |= {a, b}
        days[a].update(found)
        days[b].update(found)
    return {iri: [] if iri in always else sorted(found) for iri, found in days.items()}


_OWN = frozenset({"label", "weight", "dates"})  # these have a place of their own in GEXF


def _columns(parent: ElementTree.Element, of: str, rows: list[dict[str, object]]) -> dict[str, str]:
    """Declare the attributes of nodes or edges; the id of each by its name."""
    columns = {name: type(value) for row in rows[:1] for name, value in row.items() if name not in _OWN}
    declared = ElementTree.SubElement(parent, "attributes", {"class": of, "mode": "static"})
    for number, (name, kind) in enumerate(columns.items()):
        ElementTree.SubElement(declared, "attribute", {"id": str(number), "title": name, "type": _TYPES[kind]})
    return {name: str(number) for number, name in enumerate(columns)}


def _element(
    parent: ElementTree.Element,
    tag: str,
    told: dict[str, str],
    data: dict[str, object],
    columns: dict[str, str],
    days: list[tuple[str, str]],
) -> None:
    element = ElementTree.SubElement(parent, tag, told)
    values = ElementTree.SubElement(element, "attvalues")
    for name, column in columns.items():
        ElementTree.SubElement(values, "attvalue", {"for": column, "value": str(data[name])})
    if days:
        under = ElementTree.SubElement(element, "spells")
        for first, last in days:
            ElementTree.SubElement(under, "spell", {"start": first, "end": last})


def spells(dates: Iterable[str]) -> list[tuple[str, str]]:
    """The first and the last day of each of the dates (EDTF), in order; none of those of which no day is known.

    >>> spells(["2015-02", "2014", "2015-04-21", "2015-13-45", "XXXX-04-21", "2015-02/2015-03"])
    [('2014-01-01', '2014-12-31'), ('2015-02-01', '2015-02-28'), ('2015-02-01', '2015-03-31'), ('2015-04-21', '2015-04-21')]
    """
    return sorted({found for when in dates if (found := _days(when)) is not None})


def _days(when: str) -> tuple[str, str] | None:
    parts = [_EDTF.fullmatch(part) for part in when.split("/")[:2]]
    first, last = parts[0], parts[-1]
    if first is None or last is None:
        return None
    try:
        start = date(int(first[1]), int(first[2] or 1), int(first[3] or 1))
        year, month = int(last[1]), int(last[2] or 12)
        end = date(year, month, int(last[3] or calendar.monthrange(year, month)[1]))
    except ValueError:  # a day that no calendar has; monthrange and date say so in one way
        return None
    return (start.isoformat(), end.isoformat()) if start <= end else None


def _clean(value: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(
        ch
        for ch in value
        if ch in "\t\n" or (ord(ch) >= 32 and not 0xD800 <= ord(ch) <= 0xDFFF and ord(ch) not in (0xFFFE, 0xFFFF))
    )
