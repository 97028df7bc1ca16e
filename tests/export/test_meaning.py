"""What each format tells of a denial, a former office, a range …: one table, each file read by whoever would read it.

A reader turns a file into sentences as a user of that format would understand them: the names of its relations, with what they
join. A cell of the table says which of them must be there; ``!`` marks one with which none may begin, ``~`` one with which some must.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
import rdflib
from rdflib.namespace import RDF

from kg import export
from kg import vocabulary as v
from kg.export.rows import Source
from kg.reason import validate
from tests.export import meanings

KG = rdflib.Namespace(v.KG)
WITHOUT = {
    "mentions",
    "void",
    "gold",
}  # where names stand, counts, and what persons looked at: no statement of these stands in them
FULL = {"turtle": "turtle", "ntriples": "nt", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld", "owl": "xml"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, set[str]]]:
    folder = tmp_path_factory.mktemp("meaning")
    with meanings.store() as store:
        assert validate.check(store) == []
        yield {
            name: READERS[name](export.write(store, folder / name, name)) for name in set(export.formats()) - WITHOUT
        }


# ── readers ──


def _last(term: Any) -> str:
    return re.split(r"[#/]", str(term))[-1]


def rdf(path: Path, syntax: str) -> set[str]:
    """``SPEAKER STANCE CERTAINTY NEGATED: content``, with figures, offices and who relays it."""
    graph = rdflib.Dataset(default_union=True)
    graph.parse(path, format=syntax)

    p = {prop: rdflib.URIRef(prop.value) for prop in v.Property}
    P = v.Property

    def one(subject: Any, prop: v.Property) -> Any:
        return graph.value(subject, p[prop]) if subject is not None else None

    def kinds(thing: Any) -> set[str]:
        types = {_last(t).removeprefix("type-") for t in graph.objects(thing, KG.type)}  # where a type is a concept
        return {_last(k) for k in graph.objects(thing, RDF.type)} | {
            "".join(w.capitalize() for w in re.split("[-_]", t)) for t in types
        }

    out = set()
    for s, content in graph.subject_objects(p[P.CONTENT]):
        who = one(s, P.SPEAKER)
        speaker = one(who, P.NAME)
        manner = f"{_last(one(s, P.STANCE))} {_last(one(s, P.CERTAINTY))} negated={one(s, P.NEGATED)}"
        out.add(f"{speaker} {manner}: {content}")
        out |= {f"{speaker} is a {name}" for name in kinds(who)}
        outer = one(s, P.WITHIN)
        if outer is not None:
            out.add(f"{content} <within> {one(one(outer, P.SPEAKER), P.NAME)} {_last(one(outer, P.STANCE))}")
        office = one(s, P.SPEAKER_OFFICE)
        if office is not None:
            body = one(one(office, P.OFFICE_IN), P.NAME)
            out.add(f"{speaker} {_last(one(office, P.TENSE))} {one(office, P.ROLE_TITLE)} of {body}")
        for f in graph.objects(s, p[P.FIGURE]):
            bounds = "..".join("" if x is None else f"{float(x):g}" for x in (one(f, P.LOW), one(f, P.HIGH)))
            out.add(
                f"{one(f, P.WORDING)} {_last(one(f, P.COMPARATOR))} {bounds} unofficial={one(f, P.UNOFFICIAL) or 'false'}"
            )
    return out


def schemaorg(path: Path) -> set[str]:
    """``AUTHOR claims: text``, ``AGENT DisagreeAction: text``, ``PERSON memberOf BODY: role``, figures with bounds."""
    nodes = {n["@id"]: n for n in json.loads(path.read_text("utf-8"))["@graph"]}
    claims = {n["object"]["@id"]: n["object"] for n in nodes.values() if "object" in n}
    out = set()

    def name(ref: Any) -> str:
        return str(nodes[ref["@id"]]["name"]) if ref else "nobody"

    for n in [*nodes.values(), *claims.values()]:
        told = " ".join(_last(x) for x in n.get("additionalType", ()) if isinstance(n.get("additionalType"), list))
        if n["@type"] in ("Claim", "Quotation"):
            out.add(f"{name(n.get('author') or n.get('spokenByCharacter'))} {n['@type']}: {n['text']} {told}".strip())
            out |= {
                f"{n['text']} <based on> {(nodes | claims)[b['@id']].get('name') or (nodes | claims)[b['@id']]['text']}"
                for b in n.get("isBasedOn", ())
            }
            out |= {
                " ".join(str(q.get(k, "-")) for k in ("name", "value", "minValue", "maxValue", "description"))
                for q in n.get("mentions", ())
            }
        elif n["@type"].endswith("Action"):
            out.add(
                f"{name(n.get('agent'))} {n['@type']}: {n['object']['text']} {told} {_last(n.get('actionStatus', {}).get('@id', ''))}".strip()
            )
        else:
            out.add(
                f"{n.get('name')} is a {n['@type']} {_last(n.get('additionalType', ''))} {n.get('identifier', '')}".strip()
            )
        for prop in ("memberOf", "alumniOf", "affiliation"):
            out |= {
                f"{n['name']} {prop} {name(role.get(prop))}: {role['roleName']}"
                for role in n.get(prop, ())
                if n["@type"] == "Person"
            }
    return out


def neo4j(path: Path) -> set[str]:
    """``NODE TYPE NODE: label``, and the properties that a query would filter by."""

    def read(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO((path / name).read_text("utf-8"), newline="")))

    names = {
        r["id:ID"]: r[c]
        for n, c in (("entities", "name"), ("articles", "title"), ("statements", "content"), ("figures", "wording"))
        for r in read(f"{n}.csv")
    }
    out = {
        f"{names[r[':START_ID']]} {r[':TYPE']} {names[r[':END_ID']]}: {r['label']}" for r in read("relationships.csv")
    }
    out |= {
        f"{r['content']}: {r['stance']} {r['certainty']} negated={r['negated:boolean']} by {r['role']}"
        for r in read("statements.csv")
    }
    out |= {
        f"{r['wording']} {r['comparator']} {r['low:double']}..{r['high:double']} unofficial={r['unofficial:boolean']}"
        for r in read("figures.csv")
    }
    return out | {f"{r['name']} is a {r[':LABEL']}" for r in read("entities.csv")}


def ftm(path: Path) -> set[str]:
    """The captions of notes, ``HOLDER status POST``, ``SUBJECT role OBJECT``, countries and figures."""
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    names = {e["id"]: (e["properties"].get("name") or e["properties"].get("title") or [""])[0] for e in found}

    def get(e: dict[str, Any], prop: str) -> str:
        return " | ".join(names.get(x, x) for x in e["properties"].get(prop, ()))

    out = set()
    for e in found:
        match e["schema"]:
            case "Note":
                out |= {get(e, "name"), f"{get(e, 'entity')} <note> {get(e, 'description')}"} | {
                    f"{x} <figure>" for x in e["properties"].get("keywords", ())
                }
            case "Occupancy":
                out.add(f"{get(e, 'holder')} {get(e, 'status')} {get(e, 'post')}: {get(e, 'description')}")
            case "UnknownLink":
                out.add(f"{get(e, 'subject')} {get(e, 'role')} {get(e, 'object')}")
            case schema:
                out.add(f"{get(e, 'name')} is a {schema} {get(e, 'country')}".strip())
    return out


def graphs(path: Path, read: Callable[[Path], nx.MultiDiGraph]) -> set[str]:
    """``NODE kind NODE: label [figures]``."""
    graph = read(path)
    names = nx.get_node_attributes(graph, "label")
    out = {
        f"{names[a]} {d['kind']} {names[b]}: {d['label']} [{d.get('figures', '')}]"
        for a, b, d in graph.edges(data=True)
    }
    return out | {
        f"{d['label']} is a {d['type']} {d.get('country_code', '')}".strip() for _, d in graph.nodes(data=True)
    }


def tables(path: Path) -> set[str]:
    def read(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO((path / f"{name}.csv").read_text("utf-8"), newline="")))

    out = {
        f"{r['speaker_name']} ({r['speaker_type']}) {r['stance']} {r['certainty']} negated={r['negated']} by {r['role']} relay={r['relayed_by']}: {r['content']}"
        for r in read("who_said_what")
    }
    out |= {
        f"{r['wording']} {r['comparator']} {r['least']}..{r['most']} unofficial={r['unofficial']} {r['speaker_manner']}"
        for r in read("figures")
    }
    return out | {
        f"{r['person_name']} {r['tense']} {r['role']} of {r['organisation_name']}, now {r['status']}"
        for r in read("offices")
    }


READERS: dict[str, Callable[[Path], set[str]]] = {
    **{name: lambda path, syntax=syntax: rdf(path, syntax) for name, syntax in FULL.items()},  # type: ignore[misc]
    "nanopub": lambda path: rdf(path, "trig"),
    "schemaorg": schemaorg,
    "neo4j": neo4j,
    "ftm": ftm,
    "graphml": lambda path: graphs(path, nx.read_graphml),
    "gexf": lambda path: graphs(path, nx.read_gexf),
    "csv": tables,
}

# ── the table: what is meant, and what must stand in each format ──

BOATS, COUNT, DIED = (
    "that the Port Authority had lost 12 boats",
    "to publish the count",
    "that at least 40 people had died",
)
CRATES, NETS, QUAY = (
    "that perhaps 20 to 30 crates were lost",
    "that about 200 nets were gone",
    "that the quay was unsafe",
)
RDF_ = "rdf"  # all that hold the whole graph, nanopublications among them
NET = "net"  # GraphML and GEXF

TABLE: dict[str, dict[str, tuple[str, ...]]] = {
    "denial": {
        RDF_: (f"Ana Reis stance-denied certainty-firm negated=false: {BOATS}",),
        "schemaorg": (f"Ana Reis DisagreeAction: {BOATS} stance-denied", f"nobody Claim: {BOATS}", f"!Ana Reis Claim: {BOATS}"),
        "neo4j": (f"Ana Reis DENIED {BOATS}: denied", f"!Ana Reis SAID {BOATS}"),
        "ftm": (f"Ana Reis, spokeswoman, Harbour Ministry (denied): {BOATS}", "Ana Reis denied Port Authority"),
        NET: ("Ana Reis said_about Port Authority: denied [12 boats]",),
        "csv": (f"Ana Reis (person) denied firm negated=false by spokeswoman relay=: {BOATS}", "12 boats = 12..12 unofficial=false denied"),
    },
    "refusal": {
        RDF_: (f"Harbour Ministry stance-refused certainty-firm negated=false: {COUNT}",),
        "schemaorg": (f"Harbour Ministry RejectAction: {COUNT} stance-refused", f"!Harbour Ministry Claim: {COUNT}"),
        "neo4j": (f"Harbour Ministry REFUSED {COUNT}: refused", f"!Harbour Ministry SAID {COUNT}"),
        "ftm": (f"Harbour Ministry (refused): {COUNT}",),
        NET: ("Harbour Ministry spoke_in The port after the storm: refused []",),
        "csv": (f"Harbour Ministry (ministry) refused firm negated=false by  relay=: {COUNT}",),
    },
    "former office": {
        RDF_: ("Jon Vik tense-former director of Port Authority",),
        "schemaorg": ("Jon Vik alumniOf Port Authority: former director", "!Jon Vik memberOf"),
        "neo4j": ("Jon Vik HELD_OFFICE_IN Port Authority: former director", "!Jon Vik HOLDS_OFFICE_IN"),
        "ftm": ("Jon Vik ended director, Port Authority: former director, as of 2020-05-04", "!Jon Vik current"),
        NET: ("Jon Vik held_office_in Port Authority: former director []", "!Jon Vik holds_office_in"),
        "csv": ("Jon Vik former director of Port Authority, now former",),
    },
    "office left later": {
        RDF_: ("Ana Reis tense-current spokeswoman of Harbour Ministry", "Ana Reis tense-former spokeswoman of Harbour Ministry"),
        "schemaorg": ("Ana Reis alumniOf Harbour Ministry: former spokeswoman", "!Ana Reis memberOf"),
        "neo4j": ("Ana Reis HELD_OFFICE_IN Harbour Ministry: former spokeswoman", "!Ana Reis HOLDS_OFFICE_IN"),
        "ftm": ("Ana Reis ended spokeswoman, Harbour Ministry: spokeswoman, as of 2020-05-04; former later", "!Ana Reis current"),
        NET: ("Ana Reis held_office_in Harbour Ministry: former spokeswoman []", "!Ana Reis holds_office_in"),
        "csv": ("Ana Reis current spokeswoman of Harbour Ministry, now former",),
    },
    "present office": {
        "schemaorg": ("Liv Moe memberOf Port Authority: head", "Liv Moe affiliation Harbour Ministry: designate minister"),
        "neo4j": ("Liv Moe HOLDS_OFFICE_IN Port Authority: head", "Liv Moe DESIGNATED_TO_OFFICE_IN Harbour Ministry: designate minister"),
        "ftm": ("Liv Moe current head, Port Authority: head, as of 2020-05-04", "Liv Moe unknown minister, Harbour Ministry: designate minister, as of 2020-05-04"),
        NET: ("Liv Moe holds_office_in Port Authority: head []", "Liv Moe designated_to_office_in Harbour Ministry: designate minister []"),
        "csv": ("Liv Moe current head of Port Authority, now current", "Liv Moe designate minister of Harbour Ministry, now designate"),
    },
    "hedge": {
        RDF_: (f"two pilots stance-said certainty-hedged negated=false: {CRATES}",),
        "schemaorg": (f"two pilots Claim: {CRATES} stance-said certainty-hedged",),
        "neo4j": (f"{CRATES}: said hedged negated=false by ",),
        "ftm": (f"two pilots (said, hedged): {CRATES}",),
        NET: ("two pilots spoke_in The port after the storm: said, hedged [20 to 30 crates]",),
        "csv": (f"two pilots (unnamed_source) said hedged negated=false by  relay=: {CRATES}",),
    },
    "unofficial": {
        RDF_: ("90 people comparator-equal 90..90 unofficial=true", "12 boats comparator-equal 12..12 unofficial=false"),
        "schemaorg": ("90 people (unofficial) 90 - - unofficial", "12 boats 12 - - -"),
        "neo4j": ("90 people equal 90..90 unofficial=true", "12 boats equal 12..12 unofficial=false"),
        "ftm": ("90 people (unofficial) <figure>", "12 boats <figure>"),
        NET: ("harbour report spoke_in The port after the storm: said [90 people (unofficial)]",),
        "csv": ("90 people = 90..90 unofficial=true said",),
    },
    "nested": {
        RDF_: (f"{NETS} <within> Jon Vik stance-said",),
        "schemaorg": (f"a diver Claim: {NETS} stance-said", f"{NETS} <based on> that a diver had told him {NETS}"),
        "neo4j": (f"{NETS} RELAYED_IN that a diver had told him {NETS}: ", f"a diver SAID {NETS}: told"),
        "ftm": (f"a diver (said, relayed by Jon Vik): {NETS}",),
        NET: ("a diver relayed_by Jon Vik: said, relayed by Jon Vik [about 200 nets]",),
        "csv": (f"a diver (unnamed_source) said firm negated=false by  relay=Jon Vik: {NETS}",),
    },
    "nested in a denial": {
        RDF_: (f"{QUAY} <within> Ana Reis stance-denied",),
        "schemaorg": (f"Liv Moe CommunicateAction: {QUAY} stance-said FailedActionStatus", f"!Liv Moe Claim: {QUAY}"),
        "neo4j": (f"Liv Moe DENIED_TO_HAVE_SAID {QUAY}: said", f"!Liv Moe SAID {QUAY}"),
        "ftm": (f"Liv Moe (said, which Ana Reis denies): {QUAY}",),
        NET: ("Liv Moe spoke_in The port after the storm: said, which Ana Reis denies []",),
        "csv": (f"Liv Moe (person) said firm negated=false by  relay=Ana Reis: {QUAY}",),
    },
    "not said": {
        RDF_: ("Ana Reis stance-said certainty-firm negated=true: that the port was closed",),
        "schemaorg": ("Ana Reis CommunicateAction: that the port was closed stance-said FailedActionStatus", "!Ana Reis Claim: that the port was closed"),
        "neo4j": ("Ana Reis NOT_SAID that the port was closed: say", "!Ana Reis SAID that the port was closed"),
        "ftm": ("Ana Reis (not said): that the port was closed",),
        NET: ("Ana Reis spoke_in The port after the storm: not said []",),
        "csv": ("Ana Reis (person) said firm negated=true by  relay=: that the port was closed",),
    },
    "hope": {
        RDF_: ("Liv Moe stance-hoped certainty-firm negated=false: that Norway would pay",),
        "schemaorg": ("Liv Moe WantAction: that Norway would pay stance-hoped", "!Liv Moe Claim: that Norway would pay"),
        "neo4j": ("Liv Moe HOPED that Norway would pay: hoped", "!Liv Moe SAID that Norway would pay"),
        "ftm": ("Liv Moe (hoped): that Norway would pay", "Liv Moe hoped Norway"),
        NET: ("Liv Moe said_about Norway: hoped []",),
        "csv": ("Liv Moe (person) hoped firm negated=false by  relay=: that Norway would pay",),
    },
    "quoted words": {
        "schemaorg": ("Jon Vik Quotation: We shall rebuild stance-promised",),
        "neo4j": ("Jon Vik PROMISED We shall rebuild: said",),
        "ftm": ("Jon Vik (promised): We shall rebuild",),
    },
    "range": {
        RDF_: ("20 to 30 crates comparator-equal 20..30 unofficial=false",),
        "schemaorg": ("20 to 30 crates - 20 30 -",),
        "neo4j": ("20 to 30 crates equal 20..30 unofficial=false",),
        "ftm": ("20 to 30 crates <figure>",),
        NET: ("two pilots spoke_in The port after the storm: said, hedged [20 to 30 crates]",),
        "csv": ("20 to 30 crates = 20..30 unofficial=false said, hedged",),
    },
    "bound": {
        RDF_: ("at least 40 people comparator-at-least 40.. unofficial=false",),
        "schemaorg": ("at least 40 people - 40 - at least", "!at least 40 people 40"),
        "neo4j": ("at least 40 people at-least 40.. unofficial=false",),
        "ftm": ("at least 40 people <figure>",),
        NET: ("Jon Vik spoke_in The port after the storm: said [at least 40 people; about 200 nets]",),
        "csv": ("at least 40 people ≥ 40.. unofficial=false said",),
    },
    "tolerance": {
        RDF_: ("~about 200 nets comparator-about 1", "!about 200 nets comparator-about 200..200"),
        "schemaorg": ("~about 200 nets 200 1", "!about 200 nets 200 - -"),
        "neo4j": ("~about 200 nets about 1", "!about 200 nets about 200..200"),
        "ftm": ("about 200 nets <figure>",),
        "csv": ("~about 200 nets ~ 1", "!about 200 nets ~ 200..200"),
    },
    "kind of speaker": {
        RDF_: ("two pilots is a UnnamedSource", "harbour report is a Document", "Harbour Ministry is a Ministry", "Ana Reis is a Person"),
        "schemaorg": ("two pilots is a Thing UnnamedSource", "harbour report is a CreativeWork", "Harbour Ministry is a GovernmentOrganization Ministry",
                      "that 90 people were hurt <based on> harbour report", "nobody Claim: that 90 people were hurt stance-said", "!two pilots is a Org"),
        "neo4j": ("two pilots is a Entity;UnnamedSource", "harbour report is a Entity;Document", "Harbour Ministry is a Entity;Ministry"),
        "ftm": ("two pilots is a LegalEntity", "harbour report is a Article", "Harbour Ministry is a PublicBody no", "the article (said): Seven ferries lay idle."),
        NET: ("two pilots is a unnamed_source", "harbour report is a document", "Harbour Ministry is a ministry no"),
        "csv": (f"two pilots (unnamed_source) said hedged negated=false by  relay=: {CRATES}", " () said firm negated=false by  relay=: Seven ferries lay idle."),
    },
    "country": {
        "schemaorg": ("Norway is a Country  NO",),
        "ftm": ("Norway is a Address no", "Port Authority is a Organization", "spokeswoman, Harbour Ministry is a Position no"),
        NET: ("Norway is a country no",),
    },
}  # fmt: skip
_GROUPS = {RDF_: (*FULL, "nanopub"), NET: ("graphml", "gexf")}
CELLS = [
    (meaning, format, sentence)
    for meaning, row in TABLE.items()
    for group, sentences in row.items()
    for format in _GROUPS.get(group, (group,))
    for sentence in sentences
    if format in export.formats()
]


@pytest.mark.parametrize(
    ("meaning", "format", "sentence"), CELLS, ids=[f"{m}-{f}-{n}" for n, (m, f, _) in enumerate(CELLS)]
)
def test_meaning_is_kept(told: dict[str, set[str]], meaning: str, format: str, sentence: str) -> None:
    found = told[format]
    if sentence.startswith("!"):
        assert not [line for line in found if line.startswith(sentence[1:])], (meaning, format)
    elif sentence.startswith("~"):
        assert [line for line in found if line.startswith(sentence[1:])], (meaning, format)
    else:
        assert sentence in found, (meaning, format, sorted(found))


def test_meaning_of_every_format_is_tried() -> None:
    assert set(READERS) >= set(export.formats()) - WITHOUT
    essential = {
        "denial",
        "refusal",
        "former office",
        "hedge",
        "unofficial",
        "nested",
        "range",
        "bound",
        "kind of speaker",
    }
    for format in set(export.formats()) - WITHOUT:
        assert essential <= {meaning for meaning, other, _ in CELLS if other == format}, format


# ── what belongs to one format ──


def test_gexf_is_dynamic_and_every_speaker_is_tied(tmp_path: Path) -> None:
    with meanings.store() as store:
        path = export.write(store, tmp_path / "g.gexf", "gexf")
        speakers = set(Source(store).speakers.values())
    space = {"g": "http://gexf.net/1.3"}
    root = ElementTree.parse(path).getroot()
    graph = root.find("g:graph", space)
    assert graph is not None
    assert root.get("version") == "1.3"
    assert (graph.get("mode"), graph.get("timeformat"), graph.get("timerepresentation")) == (
        "dynamic",
        "date",
        "interval",
    )
    nodes = {n.get("id"): n for n in graph.iterfind("g:nodes/g:node", space)}
    edges = list(graph.iterfind("g:edges/g:edge", space))
    tied = {e.get(end) for e in edges for end in ("source", "target")}
    assert speakers <= tied <= set(nodes)

    def days(element: Any) -> list[tuple[str, str]]:
        return [(s.get("start"), s.get("end")) for s in element.iterfind("g:spells/g:spell", space)]

    reis = f"{v.DATA}entity/ana-reis"
    assert days(nodes[reis]) == [("2020-05-04", "2020-05-04"), ("2021-01-01", "2021-01-31")]
    for edge in edges:
        for end in ("source", "target"):
            inside = days(nodes[edge.get(end)])
            assert not inside or set(days(edge)) <= set(inside), "an edge exists while its ends do"
    assert {e.get("kind") for e in edges if not days(e)} <= {"part_of"}


def test_gexf_and_graphml_say_the_same(tmp_path: Path) -> None:
    with meanings.store() as store:
        files = {name: export.write(store, tmp_path / name, name) for name in ("gexf", "graphml")}
    one, other = nx.read_gexf(files["gexf"]), nx.read_graphml(files["graphml"])
    assert set(one) == set(other)
    edges = [sorted((a, b, d["kind"], d["label"]) for a, b, d in graph.edges(data=True)) for graph in (one, other)]
    assert edges[0] == edges[1]
    assert len(edges[0]) > 15


def test_ftm_countries_are_codes_that_its_library_knows(tmp_path: Path) -> None:
    registry = pytest.importorskip("followthemoney.types").registry
    with meanings.store() as store:
        lines = export.write(store, tmp_path / "f", "ftm").read_text("utf-8").splitlines()
    codes = {code for line in lines for code in json.loads(line)["properties"].get("country", ())}
    assert codes == {"no"}
    assert all(registry.country.validate(code) for code in codes)


def test_csv_and_neo4j_touch_only_what_a_spreadsheet_would_compute(tmp_path: Path) -> None:
    from dataclasses import replace

    from kg import rdf as writing

    made = meanings.store()
    odd = {"=HYPERLINK(1)": "'=HYPERLINK(1)", "@harbour": "@harbour", "-5": "-5"}
    entities = [replace(e, name=n) for e, n in zip(meanings.ENTITIES, odd, strict=False)]
    made.replace_graph(
        v.Graph.ENTITIES,
        writing.entity_quads(
            [*entities, *meanings.ENTITIES[3:]], (), offices=writing.offices(made), links=writing.links(made)
        ),
    )
    with made as store:
        table = export.write(store, tmp_path / "c", "csv")
        neo = export.write(store, tmp_path / "n", "neo4j")
    figures = list(csv.DictReader((table / "figures.csv").open(encoding="utf-8")))
    assert {r["comparator"] for r in figures} == {"=", "≥", "~"}
    for path in (table / "entities.csv", neo / "entities.csv"):
        names = {r["name"] for r in csv.DictReader(path.open(encoding="utf-8"))}
        assert set(odd.values()) <= names, path
    after = (neo / "after-import.cypher").read_text("utf-8")
    pattern = re.search(r'=~ "\(\?s\)(.*?)\.\*" SET', after)
    assert pattern is not None
    undo = re.compile(pattern[1].replace("\\\\", "\\"))  # as Cypher reads the string, and Java the expression
    assert [bool(undo.match(text)) for text in odd.values()] == [True, False, False]
    assert all(f'"{column}"' in after for column in ("name", "content", "aliases", "reason"))
