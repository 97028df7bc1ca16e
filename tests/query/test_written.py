"""Cells as the engine writes them become the terms and values that it has."""

from __future__ import annotations

import random
from typing import Any

import pyoxigraph as ox
import pytest

from kg import query
from kg import vocabulary as v
from kg.query import ordering, written
from kg.query.answers import Answer, rows_of

TERMS: tuple[Any, ...] = (
    None,
    ox.NamedNode("http://example.org/a"),
    ox.NamedNode("http://example.org/a-b"),  # “-” stands before “>”
    ox.BlankNode("b1"),
    ox.Literal(""),
    ox.Literal('she said: "no"\n\tand\\r \\u0041 left\r\b\f'),
    ox.Literal("<http://example.org/a>"),
    ox.Literal("12"),
    ox.Literal("nets, “of” Kvitfjord \U0001f41f"),
    ox.Literal("fisk", language="nb"),
    *(ox.Literal(text, datatype=ox.NamedNode(v.XSD + "integer")) for text in ("12", "-3", "+4", "007")),
    *(ox.Literal(text, datatype=ox.NamedNode(v.XSD + "decimal")) for text in ("330", "0.50", "-1.5")),
    ox.Literal("1e3", datatype=ox.NamedNode(v.XSD + "double")),
    ox.Literal("true", datatype=ox.NamedNode(v.XSD + "boolean")),
    ox.Literal("2021-03-08", datatype=ox.NamedNode(v.XSD + "date")),
    ox.Literal('2021-03~ "q"', datatype=ox.NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")),
)


def asked(terms: tuple[Any, ...], width: int) -> tuple[Any, Any]:
    """What an engine gives for rows of these terms: as it has them, and as it writes them."""
    lines = "".join("\t".join("" if term is None else str(term) for term in terms[i : i + width]) + "\n" for i in range(0, len(terms), width))  # fmt: skip
    table = "\t".join(f"?c{i}" for i in range(width)) + "\n" + lines
    parsed = ox.parse_query_results(table.encode(), ox.QueryResultsFormat.TSV)
    again = ox.parse_query_results(table.encode(), ox.QueryResultsFormat.TSV)
    return [tuple(row) for row in parsed], again.serialize(format=ox.QueryResultsFormat.TSV)  # type: ignore[union-attr]


@pytest.mark.parametrize("width", [1, 2, 5])
def test_terms_and_values_are_those_of_the_engine(width: int) -> None:
    terms = TERMS[: len(TERMS) // width * width]
    own, table = asked(terms, width)
    rows, columns = written.read(table)
    assert columns == tuple(f"c{i}" for i in range(width))
    assert list(rows) == own == [rows[at] for at in range(len(rows))]
    assert rows == tuple(own)
    assert rows != tuple(own[1:])
    assert rows_of(Answer(columns, rows)).rows == rows_of(Answer(columns, tuple(own))).rows


def test_no_rows_and_a_part_of_them() -> None:
    assert written.read(b"?x\t?y\n") == (written.Written([]), ("x", "y"))
    rows, _ = written.read(b"?x\n1\n2\n3\n")
    assert [row[0].value for row in rows[1:]] == ["2", "3"]  # type: ignore[union-attr]


@pytest.mark.parametrize("order", ["?c0", "DESC(?c0)", "STR(?c0)", 'COALESCE(?c0, "")', "?c1 DESC(?c0)"])
@pytest.mark.parametrize(
    "kinds", [(1, 2), (4, 5, 6, 7, 8), (10, 11, 12), (1, 4), (10, 14), (0, 10), (0, 4), (3, 1), (9, 4)]
)
def test_order_is_that_of_terms(order: str, kinds: tuple[int, ...]) -> None:
    chance = random.Random(7)
    terms = tuple(TERMS[chance.choice(kinds)] for _ in range(40))
    own, table = asked(terms, 2)
    rows, columns = written.read(table)
    taken = ordering.taken(f"SELECT ?c0 ?c1 WHERE {{ ?x ?c0 ?c1 }} ORDER BY {order}")
    assert taken is not None
    by_terms = taken.ordered(Answer(columns, tuple(own)), 15)
    by_cells = taken.ordered(Answer(columns, rows), 15)
    if by_terms is None:
        assert by_cells is None
    else:
        assert by_cells is not None
        assert list(by_cells.rows) == list(by_terms.rows)


def test_a_query_without_columns_or_rows_is_answered(tmp_path: Any) -> None:
    from kg.store import Store

    with Store.open(tmp_path / "store") as store:
        for timeout in (None, 20.0):
            assert query.run(store, query.parse("SELECT * WHERE { }"), timeout=timeout) == query.Rows((), ((),))
            assert query.run(store, query.parse("SELECT ?x WHERE { ?x ?y ?z }"), timeout=timeout) == query.Rows(
                ("x",), ()
            )
            assert query.run(store, query.parse("SELECT ?x WHERE { VALUES ?x { UNDEF 3 } }"), timeout=timeout).rows == (
                (None,),
                (3,),
            )
