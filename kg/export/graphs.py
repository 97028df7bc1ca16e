"""GraphML and GEXF of the actors, the articles that they speak in, and what ties them, for Gephi, yEd, Cytoscape and networkx.

Attributes are typed. In GEXF, nodes and edges exist at the dates that are told of them, for the time line of Gephi.
"""

from __future__ import annotations

import calendar
import io
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from kg.export.rows import Row, Source, lines, text
from kg.model import LinkKind, Tense

if TYPE_CHECKING:
    import networkx as nx

Attributes = dict[str, str | int | float]
"""What is told of a node or an edge, by name."""
_NAME = "kg: who said what"
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

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=_NAME)
    told = _Told(source)
    graph.add_nodes_from(told.nodes())
    for a, b, number, data in told.edges():
        graph.add_edge(a, b, key=number, **data)
    return graph


class _Told:
    """The nodes and the edges of the network, made one by one: a file is written without a graph that holds them all."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._ties = _ties(source)
        known = {text(e["entity"]) for e in source.entities} | {text(a["article"]) for a in source.articles}
        self._of: dict[str, list[tuple[int, Tie]]] = defaultdict(list)
        for number, tie in enumerate(sorted(self._ties)):
            if tie[0] in known and tie[1] in known:
                self._of[tie[0]].append((number, tie))

    def nodes(self) -> Iterator[tuple[str, Attributes]]:
        """Each node with its attributes, actors first."""
        names = {text(e["entity"]): text(e["name"]) for e in self._source.entities}
        spoken: dict[str, int] = defaultdict(int)
        for s in self._source.statements:
            spoken[text(s["speaker"])] += 1
            spoken[text(s["article"])] += 1
        seen = _seen(self._source)
        for e in self._source.entities:
            iri = text(e["entity"])
            yield iri, {
                "label": _clean(names[iri]), "type": text(e["type"]), "aliases": _clean("; ".join(lines(e["aliases"]))),
                "country": _clean(names.get(text(e["country"]), "")), "country_code": self._source.country_code(iri),
                "statements": spoken[iri], "dates": "; ".join(sorted(seen[iri])),
            }  # fmt: skip
        for article in self._source.articles:
            iri = text(article["article"])
            yield iri, {
                "label": _clean(text(article["title"]) or iri.rsplit("/", 1)[-1]), "type": _KIND, "aliases": "", "country": "",
                "country_code": "", "statements": spoken[iri], "dates": text(article["published"]),
            }  # fmt: skip

    def edges(self) -> Iterator[tuple[str, str, int, Attributes]]:
        """From, to, number and attributes of each edge, in the order of the nodes that they leave."""
        ends = itertools.chain(
            (text(e["entity"]) for e in self._source.entities), (text(a["article"]) for a in self._source.articles)
        )
        for end in ends:
            for number, tie in self._of.get(end, ()):
                a, b, kind, label = tie
                found = self._ties[tie]
                dates = sorted({when for when, _ in found if when and not when.startswith("X")})
                figures = dict.fromkeys(words for _, told in found for words in told)
                yield a, b, number, {
                    "kind": kind, "label": _clean(label or kind.replace("_", " ")), "weight": float(len(found)),
                    "figures": _clean("; ".join(figures)), "first": dates[0] if dates else "", "last": dates[-1] if dates else "",
                    "dates": "; ".join(dates),
                }  # fmt: skip


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


Tie = tuple[str, str, str, str]
"""From, to, kind and label."""
Ties = dict[Tie, list[tuple[str, list[str]]]]
"""A date and the figures of each time that a tie is told."""


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


def graphml(source: Source) -> Iterator[bytes]:
    """The network as GraphML, as networkx writes it, which makes what stands around nodes and edges."""
    told = _Told(source)
    head, keys, tail = _frame(told)
    yield head
    for iri, data in told.nodes():
        yield _graphml("node", {"id": iri}, data, keys["node"])
    for a, b, number, data in told.edges():
        yield _graphml("edge", {"source": a, "target": b, "id": str(number)}, data, keys["edge"])
    yield tail


def _frame(told: _Told) -> tuple[bytes, dict[str, dict[str, str]], bytes]:
    """What stands before the first node, the keys of the attributes of nodes and edges by their names, and what stands behind the
    last edge.
    """
    import networkx as nx

    few: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=_NAME)
    few.add_nodes_from(itertools.islice(told.nodes(), 1))
    for _, _, number, data in itertools.islice(told.edges(), 1):
        few.add_edge(first := next(iter(few)), first, key=number, **data)
    out = io.BytesIO()
    nx.write_graphml_xml(few, out, encoding="utf-8", prettyprint=True)
    made = out.getvalue()
    keys: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    for found in re.finditer(r'<key id="(\w+)" for="(node|edge)" attr.name="(\w+)"', made.decode()):
        keys[found[2]][found[3]] = found[1]
    head, own, tail = made.rpartition(b"    <data ")  # the name of the graph
    return head.partition(b"    <node ")[0], keys, own + tail


def _graphml(tag: str, told: dict[str, str], data: Attributes, keys: Mapping[str, str]) -> bytes:
    element = ElementTree.Element(tag, told)
    for name, value in data.items():
        ElementTree.SubElement(element, "data", {"key": keys[name]}).text = str(value)
    return _written(element, "  ", 2)


def _written(element: ElementTree.Element, indent: str, level: int) -> bytes:
    """An element on lines of its own, so many levels deep."""
    ElementTree.indent(element, indent, level)
    text = ElementTree.tostring(element, encoding="unicode")
    return f"{indent * level}{text}\n".encode("utf-8", "xmlcharrefreplace")


def gexf(source: Source) -> Iterator[bytes]:
    """The network as GEXF 1.3, dynamic: a spell of days for each date that is told of a node or an edge. What has no date is
    there at all times.
    """
    told = _Told(source)
    firsts = (
        [data for _, data in itertools.islice(told.nodes(), 1)],
        [data for *_, data in itertools.islice(told.edges(), 1)],
    )
    root = ElementTree.Element("gexf", {"xmlns": _GEXF, "version": "1.3"})
    meta = ElementTree.SubElement(root, "meta")  # without a date of today: the same store is to give the same bytes
    ElementTree.SubElement(meta, "creator").text = "kg"
    ElementTree.SubElement(meta, "description").text = _NAME
    body = ElementTree.SubElement(
        root, "graph", {"defaultedgetype": "directed", "idtype": "string", "mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"}
    )  # fmt: skip
    kinds = {name: _columns(body, name, found) for name, found in zip(("node", "edge"), firsts, strict=True)}
    ElementTree.indent(root, " ")
    made = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    yield made.removesuffix(b" </graph>\n</gexf>")
    when = _when(told)
    yield from _listed("nodes", (
        _element("node", {"id": iri, "label": str(data["label"])}, data, kinds["node"], when[iri]) for iri, data in told.nodes()
    ))  # fmt: skip
    yield from _listed("edges", (_edge(a, b, number, data, kinds["edge"]) for a, b, number, data in told.edges()))
    yield b" </graph>\n</gexf>\n"


def _listed(tag: str, elements: Iterable[ElementTree.Element]) -> Iterator[bytes]:
    """A list of elements in a file, written as they come."""
    first = True
    for element in elements:
        if first:
            yield f"  <{tag}>\n".encode()
        first = False
        yield _written(element, " ", 3)
    yield (f"  <{tag} />\n" if first else f"  </{tag}>\n").encode()


def _edge(a: str, b: str, number: int, data: Attributes, columns: Mapping[str, str]) -> ElementTree.Element:
    told = {"id": str(number), "source": a, "target": b, "label": str(data["label"]), "kind": str(data["kind"])}
    told["weight"] = f"{data['weight']:g}"
    return _element("edge", told, data, columns, spells(str(data["dates"]).split("; ")))


def _when(told: _Told) -> dict[str, list[tuple[str, str]]]:
    """The days of each node: those at which it is told of and those of its edges; all days, thus none, where one of these edges
    has no date though something was said with it.
    """
    days = {iri: set(spells(str(data["dates"]).split("; "))) for iri, data in told.nodes()}
    always: set[str] = set()
    for a, b, _, data in told.edges():
        found = spells(str(data["dates"]).split("; "))
        if not found and data["kind"] != LinkKind.PART_OF:
            always |= {a, b}
        days[a].update(found)
        days[b].update(found)
    return {iri: [] if iri in always else sorted(found) for iri, found in days.items()}


_OWN = frozenset({"label", "weight", "dates"})  # these have a place of their own in GEXF


def _columns(parent: ElementTree.Element, of: str, rows: Iterable[Attributes]) -> dict[str, str]:
    """Declare the attributes of nodes or edges; the id of each by its name."""
    columns = {name: type(value) for row in rows for name, value in row.items() if name not in _OWN}
    declared = ElementTree.SubElement(parent, "attributes", {"class": of, "mode": "static"})
    for number, (name, kind) in enumerate(columns.items()):
        ElementTree.SubElement(declared, "attribute", {"id": str(number), "title": name, "type": _TYPES[kind]})
    return {name: str(number) for number, name in enumerate(columns)}


def _element(
    tag: str, told: dict[str, str], data: Attributes, columns: Mapping[str, str], days: list[tuple[str, str]]
) -> ElementTree.Element:
    element = ElementTree.Element(tag, told)
    values = ElementTree.SubElement(element, "attvalues")
    for name, column in columns.items():
        ElementTree.SubElement(values, "attvalue", {"for": column, "value": str(data[name])})
    if days:
        under = ElementTree.SubElement(element, "spells")
        for first, last in days:
            ElementTree.SubElement(under, "spell", {"start": first, "end": last})
    return element


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
