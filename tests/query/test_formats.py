"""An answer as a file: other programs read back what went in, and nothing in it runs."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pyoxigraph as ox
import pytest
import rdflib

from kg import query
from kg.errors import QueryError
from kg.query import Answer, serialise

XSD = "http://www.w3.org/2001/XMLSchema#"
ANSWER = Answer(
    ("name", "count", "share", "who", "when", "hedged"),
    (
        (ox.Literal('=HYPERLINK("http://evil.example")'), ox.Literal("3", datatype=ox.NamedNode(XSD + "integer")),
         ox.Literal("-0.50", datatype=ox.NamedNode(XSD + "decimal")), ox.NamedNode("http://e.org/ü"),
         ox.Literal("2015-04-21", datatype=ox.NamedNode(XSD + "date")), ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean"))),
        (ox.Literal("“Straße” <b>, \x1b[31m| x", language="de"), None, None, ox.BlankNode("b0"), ox.Literal("2015-04"), None),
    ),
)  # fmt: skip
GRAPH = Answer(triples=(ox.Triple(ox.NamedNode("http://e.org/a"), ox.NamedNode("http://e.org/p"), ox.Literal("x")),))


def test_json_and_xml_are_read_back_as_the_same_terms() -> None:
    for kind, media in (("json", ox.QueryResultsFormat.JSON), ("xml", ox.QueryResultsFormat.XML)):
        back: Any = ox.parse_query_results(serialise(ANSWER, kind), format=media)
        assert [variable.value for variable in back.variables] == list(ANSWER.columns)
        rows = [tuple(row) for row in back]
        assert rows[0] == ANSWER.rows[0]
        assert rows[1][3:] == ANSWER.rows[1][3:]
        assert rows[1][0].language == "de"
        truth = ox.parse_query_results(serialise(Answer(truth=True), kind), format=media)
        assert bool(truth) is True


def test_json_and_xml_hold_no_parameters() -> None:
    from kg.store import Store

    asked = query.parse('#+ param: x string "a"\nSELECT ?y ?x WHERE { BIND(UCASE(?x) AS ?y) }')
    answer = query.execute(Store.open(), asked, {"x": "b"})
    assert answer.columns == ("y",)
    assert b'"x"' not in serialise(answer, "json")


def test_csv_cells_are_no_formulas() -> None:
    rows = list(csv.reader(io.StringIO(serialise(ANSWER, "csv").decode())))
    assert rows[0] == list(ANSWER.columns)
    assert rows[1] == ['\'=HYPERLINK("http://evil.example")', "3", "-0.50", "http://e.org/ü", "2015-04-21", "true"]
    assert rows[2][1:3] == ["", ""]


@pytest.mark.parametrize(
    "start",
    ["=1+1", "=A1", "= 1", "+1+1", "-1*2", "-2/3", "+A1", "-$B$2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋cmd|' /C x'!A0", "+cmd|' /C x'!A0",
     "-HYPERLINK(1)", "@a!b", "-5%+3", "+1-555-0100"],
)  # fmt: skip
def test_csv_guards_every_way_to_start_a_formula(start: str) -> None:
    assert query.spreadsheet_safe(start) == "'" + start
    assert query.spreadsheet_plain(query.spreadsheet_safe(start)) == start


@pytest.mark.parametrize(
    "text",
    ["=", "≥", "~", "-1", "+1", "-5.5", "-1,000", "+3%", "+44 20 7946", "@harbour", "-ist", "+972 Magazine", "-B2B", "- said the minister", "'tis", "'-ist", "", " =1", "a=b",
     "–5", "-5 to -3"],
)  # fmt: skip
def test_csv_leaves_numbers_and_names_as_they_are(text: str) -> None:
    assert query.spreadsheet_safe(text) == text
    assert query.spreadsheet_plain(text) == text
    assert query.spreadsheet_safe(Decimal("-1")) == "-1"


def test_xlsx_keeps_types_and_text_stays_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(serialise(ANSWER, "xlsx")))
    header, first, second = list(book["answer"].iter_rows())
    assert [cell.value for cell in header] == list(ANSWER.columns)
    assert (first[0].value, first[0].data_type) == ('=HYPERLINK("http://evil.example")', "s")
    assert (first[1].value, first[2].value, first[5].value) == (3, -0.5, True)
    assert first[4].value.date().isoformat() == "2015-04-21"
    assert second[1].value is None
    assert "\x1b" not in second[0].value
    assert not any(cell.data_type == "f" for row in book["answer"].iter_rows() for cell in row)


def test_xlsx_of_an_empty_answer_and_of_a_very_long_cell() -> None:
    assert serialise(Answer(("a", "b")), "xlsx")[:2] == b"PK"
    book = openpyxl.load_workbook(io.BytesIO(serialise(Answer(("a",), ((ox.Literal("x" * 40_000),),)), "xlsx")))
    assert len(book["answer"]["A2"].value) == 32_767


def test_markdown_cells_cannot_break_the_table() -> None:
    lines = serialise(ANSWER, "markdown").decode().splitlines()
    assert lines[1] == "|---|---|---|---|---|---|"
    assert len(lines) == 4
    assert "\\<b\\>" in lines[3]
    assert "\\|" in lines[3]


def test_turtle_is_for_graphs_and_tables_are_for_rows() -> None:
    graph = rdflib.Graph().parse(data=serialise(GRAPH, "turtle"), format="turtle")
    assert len(graph) == 1
    assert serialise(GRAPH, "csv").decode().splitlines() == [
        "subject,predicate,object",
        "http://e.org/a,http://e.org/p,x",
    ]
    with pytest.raises(QueryError, match="Only a CONSTRUCT"):
        serialise(ANSWER, "turtle")
    for kind in ("json", "xml"):
        with pytest.raises(QueryError, match="ask for turtle"):
            serialise(GRAPH, kind)
    with pytest.raises(QueryError, match="is no format of an answer"):
        serialise(ANSWER, "docx")
