"""A list of names through the whole path: offices by the day, one entity over articles, provenance, a store that keeps its list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
from kg.annotate import Annotator
from kg.annotate.gazetteer import load
from kg.errors import UsageError
from kg.export import FORMATS
from kg.model import Article
from kg.pipeline import build, remove, repair
from kg.reason.validate import check
from kg.store import Store
from tests.conftest import Kg

ROWS = """name,aliases,type,office,body,from,until,wikidata
Omar Dalvi,Abu Seif,person,spokesman,Fire Control Squad,2019,2022-06,Q42
Ada Melnik,,person,mayor,Dolna,2000,2010,
Red Harbour Front,RHF,movement,,,,,Q43
"""
FIRST = Article("first", "Omar Dalvi said the blast killed 4 people. The RHF denied any part.", published="2021-06-09")
SECOND = Article("second", "“We lost 12 men in Osh,” Abu Seif told Ada Melnik on Thursday.", published="2021-07-09")
OFFICES = (
    "SELECT ?n ?t ?b ?e ?s WHERE { ?o a kg:OfficeHeld ; kg:holder/skos:prefLabel ?n ; schema:roleName ?t . "
    "OPTIONAL { ?o kg:officeIn/skos:prefLabel ?b } OPTIONAL { ?o kg:evidence ?e } OPTIONAL { ?o skos:note ?s } } ORDER BY ?n"
)


def lines(store: Store) -> list[bytes]:
    return sorted(store.dump().splitlines())


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(ROWS)
    return path


def test_known_office_of_the_day_says_its_source(people: Path) -> None:
    graph = kg.open()
    graph.build([FIRST, SECOND], known=people)
    held = "From the list of names (people.csv, line 2), not from the article."
    told = [row[:2] + row[2:] for row in graph.rows(OFFICES).rows]
    assert told == [("Omar Dalvi", "spokesman", "Fire Control Squad", None, held)] * 2
    (row,) = (row for row in graph.rows("offices").rows if "first" in str(row[6]))
    assert row[7:] == (None, None, held)


@pytest.mark.parametrize(
    ("day", "offices"), [("2018-12-31", 0), ("2019", 1), ("2022-06-30", 1), ("2022", 0), (None, 0)]
)
def test_known_office_needs_the_day(people: Path, day: str | None, offices: int) -> None:
    graph = kg.open()
    graph.build(Article("a", "Omar Dalvi said the blast killed 4 people.", published=day), known=people)
    assert len(graph.rows(OFFICES)) == offices


def test_known_office_of_the_article_comes_first(people: Path) -> None:
    graph = kg.open()
    text = "Omar Dalvi, the governor of Osh, said the blast killed 4 people."
    graph.build(Article("a", text, published="2021-06-09"), known=people)
    assert [row[1] for row in graph.rows(OFFICES).rows] == ["governor"]
    assert all(row[3] is not None and row[4] is None for row in graph.rows(OFFICES).rows)


def test_known_aliases_are_one_entity_with_its_item(people: Path) -> None:
    graph = kg.open()
    graph.build([FIRST, SECOND], known=people)
    rows = graph.rows(
        "SELECT DISTINCT ?e ?item WHERE { ?r kg:listedAs ?l ; kg:refersTo ?e . ?l skos:prefLabel 'Omar Dalvi' . "
        "?e skos:exactMatch ?item }"
    ).rows
    assert len(rows) == 1
    assert str(rows[0][1]).endswith("/entity/Q42")
    (names,) = graph.rows(
        "SELECT (GROUP_CONCAT(?n; separator='|') AS ?names) WHERE { ?e a kg:Person ; skos:altLabel ?n }"
    ).rows
    assert names[0] == "Abu Seif"


def test_known_two_rows_of_one_name_stay_two(tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text("name,aliases,type,wikidata\nOmar Dalvi,Dalvi Bey,person,Q1\nOmar Dalvi,Dalvi Khan,person,Q2\n")
    one = Article("one", "Dalvi Bey said the blast killed 4 people in Osh on Monday.")
    two = Article("two", "Dalvi Khan said the blast killed 4 people in Osh on Monday.")
    graph = kg.open()
    report = graph.build([one, two], known=path)
    assert any("“omar dalvi” is shared by" in note for note in report.notes)
    assert len(graph.rows("SELECT DISTINCT ?p WHERE { ?p a kg:Person }")) == 2


def test_known_graph_is_what_the_shapes_allow(people: Path) -> None:
    graph = kg.open()
    graph.build([FIRST, SECOND], known=people)
    assert check(graph) == []


def test_known_articles_in_any_order_give_the_same(people: Path) -> None:
    graphs = [kg.open(), kg.open(), kg.open()]
    graphs[0].build([FIRST, SECOND], known=people)
    graphs[1].build([SECOND, FIRST], known=people)
    graphs[2].build([FIRST], known=people)
    graphs[2].build([SECOND], known=people)
    repair(store=graphs[2])
    assert lines(graphs[0]) == lines(graphs[1]) == lines(graphs[2])


def test_known_removed_articles_leave_no_office(people: Path) -> None:
    graph = kg.open()
    graph.build([FIRST, SECOND], known=people)
    remove(["first", "second"], store=graph)
    assert len(graph.rows("SELECT ?x WHERE { ?x a kg:ListedName }")) == 0


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_known_every_export_takes_an_office_without_evidence(people: Path, tmp_path: Path, name: str) -> None:
    graph = kg.open()
    graph.build([FIRST, SECOND], known=people)
    written = graph.export(tmp_path / f"out-{name}", name)
    assert written.exists()
    if name in ("turtle", "nquads", "trig"):
        assert b"From the list of names (people.csv, line 2)" in written.read_bytes()


# ── a store keeps its list ──


def test_known_a_store_goes_on_with_its_list(people: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        assert build([FIRST], store=store, known=people).notes == ()
    people.unlink()
    with Store.open(tmp_path / "store") as store:
        report = build([SECOND], store=store)
        assert report.notes == ("The list of names people.csv, which the store was built with, is used again.",)
        at_once = kg.open()
        people.write_text(ROWS)
        at_once.build([FIRST, SECOND], known=people)
        assert lines(store) == lines(at_once)


def test_known_a_list_that_differs_is_told(people: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("name,type\nOmar Dalvi,person\n")
    with Store.open(tmp_path / "store") as store:
        build([FIRST], store=store, known=people)
        report = build([FIRST, SECOND], store=store, known=other)
        assert report.notes == (
            "The store was built with the list of names people.csv; from now on other.csv is used, which is another, and articles "
            "that are stored keep what was read then.",
            "1 stored article was not read with other.csv; “kg remove” them and build again to do so.",
        )
        assert [p.name for p in (tmp_path / "store" / "lists").iterdir()] == [load(other).source.digest]


def test_known_a_list_that_is_left_out_is_told(people: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        build([FIRST], store=store, known=people)
        report = build([SECOND], store=store, use_kept=False)
        assert report.notes == ("The list of names people.csv, which the store was built with, is left out.",)


def test_known_in_memory_there_is_no_copy(people: Path) -> None:
    graph = kg.open()
    graph.build([FIRST], known=people)
    (note,) = graph.build([SECOND]).notes
    assert note == (
        "The store was built with the list of names people.csv, of which it has no copy; it is left out. Name it again to go on "
        "with it."
    )


def test_known_of_an_annotator(people: Path) -> None:
    graph = kg.open()
    build([FIRST], store=graph, annotator=Annotator(known=load(people)))
    assert len(graph.rows(OFFICES)) == 1


def test_known_with_an_annotator_of_another_kind(people: Path) -> None:
    class Other:
        def annotate(self, article: Article) -> None: ...

    with pytest.raises(UsageError, match=r"is used by kg's own annotator; leave “annotator” or “known” out\."):
        build([FIRST], store=kg.open(), annotator=Other(), known=people)  # type: ignore[arg-type]


# ── the command line ──


def test_known_build_and_annotate(people: Path, tmp_path: Path, kg: Kg) -> None:
    article = tmp_path / "a.txt"
    article.write_text(FIRST.text)
    people.write_text(ROWS + "X,,person,,,,,\n")
    built = kg("build", article, "--date", "2021-06-09", "--known", people, "--out", tmp_path / "out")
    assert built.code == 1
    assert "left out: people.csv, line 5: “X” is no name that can be looked for" in built.err
    assert "Omar Dalvi, spokesman, Fire Control Squad" in built.out
    done = kg("annotate", article, "--known", people)
    entities = {e["name"]: e["kind"] for e in json.loads(done.out)["entities"]}
    assert entities == {"Omar Dalvi": "person", "RHF": "movement"}
    assert [e["listed"] for e in json.loads(done.out)["entities"]] == ["Q42", "Q43"]


def test_known_a_list_that_is_none_is_wrong_use(tmp_path: Path, kg: Kg) -> None:
    article = tmp_path / "a.txt"
    article.write_text(FIRST.text)
    (tmp_path / "empty.csv").write_text("")
    done = kg("build", article, "--known", tmp_path / "empty.csv", "--out", tmp_path / "out")
    assert (done.code, done.err) == (2, "kg: The list of names empty.csv cannot be used: It is empty.\n")
    assert not list((tmp_path / "out").glob("graph.*"))
