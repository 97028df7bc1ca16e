"""Exports for other tools: each is opened again by the library that reads it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import click
import networkx as nx
import pytest
import rdflib
from rdflib.namespace import RDF, SDO, VOID

from kg import export
from kg.cli.looking.export import export as command
from kg.errors import ExportError
from kg.export import Format
from kg.export.rows import Source
from kg.model import Article
from kg.pipeline import build
from kg.read import samples
from kg.store import Store

ODD = Article(
    id="odd",
    text='Ana Tormes, the head of the Harbour Office, said on May 3, 2019 that 12 boats; some "old", had sunk.\n\n=HYPERLINK said Rui Vale.\n\n“The harbour is empty and nobody will pay for it,” Ana Tormes said.\n',
    title='Boats <sunk> & "lost"',
    published="2019-05",
    language="en",
    authors=("Liv Berg",),
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.open() as opened:
        build([*samples(), ODD], store=opened)
        yield opened


@pytest.fixture(scope="module")
def folder(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("export")
    for name in export.formats():
        export.write(store, made / name, name)
    return made


def test_export_same_store_same_bytes(store: Store, folder: Path, tmp_path: Path) -> None:
    for name in export.formats():
        again = export.write(store, tmp_path / name, name)
        files = sorted(again.iterdir()) if again.is_dir() else [again]
        for file in files:
            assert file.read_bytes() == (folder / file.relative_to(tmp_path)).read_bytes(), name


def test_export_errors_are_sentences(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="is no format; use turtle"):
        export.write(store, tmp_path / "x", "docx")
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="needs a folder"):
        export.write(store, tmp_path / "file", "neo4j")


def test_export_of_an_empty_store_works_in_every_format(tmp_path: Path) -> None:
    with Store.open() as empty:
        for name in export.formats():
            assert export.write(empty, tmp_path / name, name).exists()


# ── mentions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_mentions_stand_where_the_table_says(folder: Path, store: Store) -> None:
    rows = list(csv.DictReader(io.StringIO((folder / "mentions").read_bytes().decode())))
    texts = {a.id: a.text for a in [*samples(), ODD]}
    assert {r["article"] for r in rows} == set(texts)
    assert all(texts[r["article"]][int(r["start"]) : int(r["end"])] == r["text"].removeprefix("'") for r in rows)
    assert {r["type"] for r in rows} <= {"person", "organisation", "place", "unnamed_source", "document"}
    tormes = {(r["entity"], r["entity_name"], r["type"]) for r in rows if r["text"] == "Ana Tormes"}
    assert {name_kind[1:] for name_kind in tormes} == {("Ana Tormes", "person")}
    entities = {str(e["entity"]) for e in Source(store).entities}
    assert {r["entity"] for r in rows} <= entities


# ── FollowTheMoney ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_ftm_loads_with_its_own_library(folder: Path) -> None:
    followthemoney = pytest.importorskip("followthemoney")
    proxies = []
    for line in (folder / "ftm").read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        proxy = followthemoney.model.get_proxy(data, cleaned=False)
        schema = followthemoney.model.get(data["schema"])
        assert set(data["properties"]) <= set(schema.properties), data
        assert all(proxy.get(name) for name in schema.required), data
        schema.validate({"properties": dict(proxy.properties)})
        proxies.append(proxy)
    ids = {p.id for p in proxies}
    assert len(ids) == len(proxies)
    kinds = {p.schema.name for p in proxies}
    assert {
        "Person",
        "PublicBody",
        "Organization",
        "Article",
        "Position",
        "Occupancy",
        "Mention",
        "Note",
        "UnknownLink",
    } <= kinds
    for proxy in proxies:
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert value in ids
                target = next(p for p in proxies if p.id == value)
                assert prop.range is None or target.schema.is_a(prop.range), (proxy.schema, prop, target.schema)
    people = {p.caption: p for p in proxies if p.schema.name == "Person"}
    assert "Rafik Mambetaliev" in people
    occupancies = [
        p for p in proxies if p.schema.name == "Occupancy" and people["Rafik Mambetaliev"].id in p.get("holder")
    ]
    assert occupancies
    assert any(
        "that around 40 Kyrgyz citizens" in d for p in proxies if p.schema.name == "Note" for d in p.get("description")
    )


# ── GraphML, GEXF ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_graph_opens_in_networkx_with_typed_attributes(folder: Path, name: str) -> None:
    read = nx.read_graphml if name == "graphml" else nx.read_gexf
    graph = read(folder / name)
    assert graph.is_multigraph()
    assert graph.is_directed()
    labels = {data["label"]: data for _, data in graph.nodes(data=True)}
    person = labels["Rafik Mambetaliev"]
    assert person["type"] == "person"
    assert isinstance(person["statements"], int)
    assert person["statements"] > 2
    edges = list(graph.edges(data=True))
    assert edges
    assert all(isinstance(data["weight"], float) for _, _, data in edges)
    assert {"said_about", "holds_office_in", "disagrees_with"} <= {data["kind"] for _, _, data in edges}


# ── Neo4j ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_neo4j_headers_and_ids(folder: Path) -> None:
    ids: set[str] = set()
    for file in sorted((folder / "neo4j").glob("*.csv")):
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"))))
        assert len({len(row) for row in rows}) == 1, file
        if file.name == "relationships.csv":
            continue
        assert rows[0][0] == "id:ID"
        assert rows[0][-1] == ":LABEL"
        found = [row[0] for row in rows[1:]]
        assert not ids & set(found)
        assert len(found) == len(set(found))
        ids |= set(found)
        for column, head in enumerate(rows[0]):
            if head.endswith(":double"):
                assert all(row[column] == "" or float(row[column]) is not None for row in rows[1:])
    rows = list(csv.reader(io.StringIO((folder / "neo4j" / "relationships.csv").read_text(encoding="utf-8"))))
    assert rows[0][:3] == [":START_ID", ":END_ID", ":TYPE"]
    assert {r[2] for r in rows[1:]} >= {
        "SAID",
        "ABOUT",
        "IN_ARTICLE",
        "HAS_FIGURE",
        "HOLDS_OFFICE_IN",
        "CONTRADICTS",
        "REVISES",
    }
    assert all(r[0] in ids and r[1] in ids for r in rows[1:])


# ── nanopublications ───────────────────────────────────────────────────────────────────────────────────────────────


def test_nanopublications_have_their_four_graphs(folder: Path, store: Store) -> None:
    data = rdflib.Dataset()
    data.parse(folder / "nanopub", format="trig")
    np = rdflib.Namespace("http://www.nanopub.org/nschema#")
    pubs = [(s, g) for s, _, _, g in data.quads((None, RDF.type, np.Nanopublication, None))]
    statements = {str(row["statement"]) for row in export.Source(store).statements}
    assert len(pubs) == len(statements)
    for pub, head in pubs:
        graphs = [head]
        for prop in (np.hasAssertion, np.hasProvenance, np.hasPublicationInfo):
            [(_, _, graph, where)] = list(data.quads((pub, prop, None, None)))
            assert where == head
            graphs.append(graph)
        assert len(set(graphs)) == 4
        sizes = [len(list(data.quads((None, None, None, g)))) for g in graphs]
        assert all(sizes), (pub, sizes)
        assertion, provenance, info = graphs[1:]
        assert all(s == assertion for s, _, _, _ in data.quads((None, None, None, provenance)))
        assert list(data.quads((pub, None, None, info)))


# ── schema.org ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_schemaorg_uses_no_term_that_schema_org_lacks(folder: Path) -> None:
    graph = rdflib.Graph()
    graph.parse(folder / "schemaorg", format="json-ld")
    base = "https://schema.org/"
    for _, prop, value in graph:
        if prop == RDF.type:
            assert str(value).startswith(base)
            assert str(value).removeprefix(base) in SDO, value
        else:
            assert str(prop).startswith(base)
            assert str(prop).removeprefix(base) in SDO, prop
    kinds = {str(o).removeprefix(base) for o in graph.objects(None, RDF.type)}
    assert {
        "NewsArticle",
        "Claim",
        "Quotation",
        "Person",
        "OrganizationRole",
        "GovernmentOrganization",
        "Country",
    } <= kinds
    for quotation in graph.subjects(RDF.type, SDO.Quotation):
        assert graph.value(quotation, SDO.text)
        assert graph.value(quotation, SDO.isPartOf)
    for claim in graph.subjects(RDF.type, SDO.Claim):
        assert graph.value(claim, SDO.appearance)
    assert (None, SDO.headline, rdflib.Literal(ODD.title)) in graph


# ── The list of formats ────────────────────────────────────────────────────────────────────────────────────────────


def test_export_formats_are_files_or_folders_as_their_row_says(store: Store, folder: Path) -> None:
    for name, row in export.FORMATS.items():
        assert (folder / name).is_dir() == row.folder, name
        assert "/" in row.media_type or row.folder, name


def test_export_formats_are_what_the_command_offers_and_the_readme_names() -> None:
    choice = next(option.type for option in command.params if option.name == "format_")
    assert isinstance(choice, click.Choice)
    assert list(choice.choices) == export.formats()
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    told = next(line for line in readme.splitlines() if line.startswith("| `kg export` |"))
    named = {title.strip() for title in told.split("|")[2].split(",")}
    assert named == {row.title for row in export.FORMATS.values()}


def test_export_of_one_more_row_is_written(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = Format("names", "Names", "a list", lambda source: str(len(source.entities)).encode(), "text/plain")
    monkeypatch.setitem(export.FORMATS, "names", row)
    assert int(export.write(store, tmp_path / "names.txt", "names").read_text()) > 0


def test_void_counts_what_the_graph_holds(folder: Path) -> None:
    held = rdflib.Dataset(default_union=True).parse(folder / "nquads", format="nquads")  # the Turtle has labels beside
    told = rdflib.Graph().parse(folder / "void", format="turtle")
    (dataset,) = told.subjects(RDF.type, VOID.Dataset)
    assert int(str(told.value(dataset, VOID.triples))) == len(held)
    for kind, number in ((VOID["class"], VOID.entities), (VOID.property, VOID.triples)):
        partition = VOID.classPartition if number == VOID.entities else VOID.propertyPartition
        counted = {told.value(p, kind): int(str(told.value(p, number))) for p in told.objects(dataset, partition)}
        names = set(held.objects(None, RDF.type)) if number == VOID.entities else set(held.predicates())
        assert set(counted) == names
        for name, count in counted.items():
            found = held.subjects(RDF.type, name) if number == VOID.entities else held.subject_objects(name)
            assert count == len(set(found))
