"""``kg query``: formats, files, limits, and questions that do not fit."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h FILTER(?b != ?d && ?d != ?f && ?f != ?h) }"


def test_cli_query_stops_what_runs_long(demo: tuple[Path, Any], kg: Any) -> None:
    done = kg("query", "-e", ENDLESS, "--timeout", "1", "--store", demo[0] / "store")
    assert (done.code, done.out) == (2, "")
    assert "The query was stopped after 1 seconds" in " ".join(done.err.split())
    assert kg("query", "offices", "--store", demo[0] / "store").code == 0


def test_cli_query_limit_says_that_there_is_more(demo: tuple[Path, Any], kg: Any) -> None:
    done = kg("query", "who_said_what", "--limit", "2", "--store", demo[0] / "store")
    assert "2 rows; there are more" in done.err
    done = kg("query", "who_said_what", "--limit", "2", "--format", "csv", "--store", demo[0] / "store")
    assert len(done.out.splitlines()) == 3
    assert "There are more rows" in done.err


@pytest.mark.parametrize("kind", ["csv", "json", "xml", "xlsx", "html", "markdown"])
def test_cli_query_writes_files(demo: tuple[Path, Any], kg: Any, tmp_path: Path, kind: str) -> None:
    target = tmp_path / f"new/answer.{kind}"
    done = kg("query", "offices", "--format", kind, "--out", target, "--store", demo[0] / "store")
    assert (done.code, " ".join(done.out.split())) == (0, str(target))
    data = target.read_bytes()
    if kind == "json":
        assert json.loads(data)["results"]["bindings"]
    if kind == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(data)).active.max_row > 5
    if kind == "html":
        assert data.startswith(b"<!DOCTYPE html>")


def test_cli_query_min_confidence_is_a_parameter(demo: tuple[Path, Any], kg: Any) -> None:
    store = demo[0] / "store"
    everything = len(kg("query", "who_said_what", "--format", "csv", "--store", store).out.splitlines())
    surest = len(
        kg("query", "who_said_what", "--min-confidence", "1.01", "--format", "csv", "--store", store).out.splitlines()
    )
    assert (everything > 10, surest) == (True, 1)
    done = kg("query", "parts", "--min-confidence", "0.5", "--store", store)
    assert done.code == 2
    assert "has no parameter “min_confidence”" in " ".join(done.err.split())


def test_cli_query_list_is_grouped(kg: Any) -> None:
    assert "## Disagreement" in kg("query", "--list", "--format", "markdown").out
    assert "\nHow it is said" in kg("query", "--list").out


def test_cli_query_refuses_a_target_that_cannot_be(demo: tuple[Path, Any], kg: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    done = kg("query", "offices", "--format", "csv", "--out", tmp_path / "file" / "x.csv", "--store", demo[0] / "store")
    assert done.code == 1
    assert "cannot be written" in " ".join(done.err.split())
    assert (tmp_path / "file").read_text() == "mine"


def test_cli_ask_shows_the_query_and_its_answer(demo: tuple[Path, Any], kg: Any) -> None:
    done = kg("ask", "which sources are unnamed", "--store", demo[0] / "store", "--format", "csv")
    assert done.code == 0
    assert "kg query unnamed_sources" in done.err
    assert "SELECT ?statement ?source" in done.err
    assert done.out.splitlines()[0] == "statement,source,content,article"
    assert kg("ask", "which", "sources are", "unnamed", "--quiet", "--store", demo[0] / "store").err.startswith(
        tuple("0123456789")
    )


def test_cli_ask_refuses_with_a_sentence(demo: tuple[Path, Any], kg: Any) -> None:
    done = kg("ask", "what is the weather tomorrow", "--store", demo[0] / "store")
    assert (done.code, done.out) == (2, "")
    assert "No question that kg knows fits “what is the weather tomorrow”" in " ".join(done.err.split())


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("what did Medetbekov say about Hizb ut-Tahrir", "statements_by_about"),
        ("how many women went to Syria, according to whom", "figures_for_at"),
        ("who disagrees with Mambetaliev", "disagreements_of"),
        ("who was Mamataliev in 2015", "offices_of"),
        ("which sources are unnamed", "unnamed_sources"),
    ],
)
def test_cli_ask_answers_on_the_samples(demo: tuple[Path, Any], kg: Any, question: str, name: str) -> None:
    done = kg("ask", question, "--format", "csv", "--store", demo[0] / "store")
    assert f"kg query {name}" in done.err
    assert len(done.out.splitlines()) > 1
