"""The public names of kg: never shadowed, and whatever they are given they end in one sentence."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import subprocess
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import kg
from kg import vocabulary as v
from kg.errors import KgError
from kg.model import Article
from kg.query import Rows
from tests import story

# ── names ──


def test_api_names_are_callable_whatever_was_imported() -> None:
    """In a process of its own, where nothing is imported yet: each module of kg, then each name."""
    modules = [
        m.name
        for m in pkgutil.walk_packages(kg.__path__, "kg.")
        if ".cli" not in m.name and not m.name.endswith(("sealed", "__main__"))
    ]
    assert len(modules) > 150
    code = (
        f"import importlib, kg\nkg.samples()\nfor name in {modules!r}:\n    importlib.import_module(name)\n"
        "wrong = [name for name in kg.__all__ if not callable(getattr(kg, name))]\nassert not wrong, wrong\n"
        "assert len(list(kg.read([]))) == 0 and len(kg.samples()) == 7 and kg.read.check_date('2015') == '2015'"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_api_no_name_is_that_of_a_room_that_cannot_be_called() -> None:
    rooms = {m.name for m in pkgutil.iter_modules(kg.__path__)}
    for name in set(kg.__all__) & rooms:
        assert callable(importlib.import_module(f"kg.{name}")), (
            f"“import kg.{name}” would put a module in the place of the name"
        )
        assert kg.__getattr__(name) is importlib.import_module(f"kg.{name}")


def test_api_read_has_the_signature_of_its_function(tmp_path: Path) -> None:
    from kg.read import inputs

    assert inspect.signature(kg.read) == inspect.signature(inputs.read)
    (tmp_path / "a.txt").write_text("Prices rose by 3 percent, Finance Minister Ana Ruiz said on Monday.")
    for given in (tmp_path / "a.txt", str(tmp_path / "a.txt"), [tmp_path / "a.txt"]):
        (article,) = kg.read(given, published=date(2021, 5, 4))
        assert article.published == "2021-05-04"


# ── articles ──


@pytest.mark.parametrize("when", [date(2021, 5, 4), datetime(2021, 5, 4, 23, 59, tzinfo=UTC), "2021-05-04"])
def test_api_article_takes_a_date(when: Any) -> None:
    article = Article("a", "text", published=when, authors=["Ana"])  # type: ignore[arg-type]
    assert (article.published, article.authors) == ("2021-05-04", ("Ana",))


def test_api_article_with_a_date_that_is_none_is_left_out_with_a_sentence() -> None:
    graph = kg.open()
    report = graph.build(
        [Article("a", "Prices rose by 3 percent, Finance Minister Ana Ruiz said.", published="next week")]
    )
    assert report.added == ()
    assert report.problems[0].reason == "“next week” is not a date; write it as 2015-04-21, 2015-04 or 2015."


# ── what is no value for it ──

BAD: list[Any] = [
    None, 5, 3.5, float("nan"), True, b"x", "", "a\0b", "x" * 5_000, object(), ["a", 5], {"a": 1}, (), date(2020, 1, 1), Path("nope"), lambda: 1,
    "\ud800", "=1", Article("a", "t"),
]  # fmt: skip
GRAPH = kg.open()
CALLS: dict[str, Callable[[Any], Any]] = {
    "kg.open": lambda x: kg.open(x, read_only=True),
    "kg.open base": lambda x: kg.open(base=x),
    "kg.build articles": lambda x: kg.build(x, store=kg.open()),
    "kg.build store": lambda x: kg.build([], store=x),
    "kg.build annotator": lambda x: kg.build([], store=kg.open(), annotator=x),
    "kg.build on_progress": lambda x: kg.build([], store=kg.open(), on_progress=x),
    "kg.read": lambda x: list(kg.read(x)),
    "kg.read list": lambda x: list(kg.read([x])),
    "kg.read published": lambda x: list(kg.read([], published=x)),
    "kg.read url": lambda x: list(kg.read([], url=x)),
    "kg.read problems": lambda x: list(kg.read([], problems=x)),
    "kg.view": kg.view,
    "kg.view title": lambda x: kg.view(GRAPH, title=x)._repr_html_(),
    "Article id": lambda x: Article(x, "t"),
    "Article text": lambda x: Article("a", x),
    "Article title": lambda x: Article("a", "t", title=x),
    "Article published": lambda x: Article("a", "t", published=x),
    "Article authors": lambda x: Article("a", "t", authors=x),
    "Article.make_id": Article.make_id,
    "Store.open": lambda x: kg.Store.open(x, read_only=True),
    "Store.load": kg.Store.load,
    "graph.rows": lambda x: GRAPH.rows(x),
    "graph.rows limit": lambda x: GRAPH.rows("entities", limit=x),
    "graph.rows timeout": lambda x: GRAPH.rows("entities", timeout=x if x is not True else None),
    "graph.rows parameter": lambda x: GRAPH.rows("offices_of", whose=x),
    "graph.frame": lambda x: GRAPH.frame(x),
    "graph.ask": lambda x: GRAPH.ask(x),
    "graph.page title": lambda x: GRAPH.page(title=x).html,
    "graph.export path": lambda x: GRAPH.export(x, "no format") if isinstance(x, str | Path) else GRAPH.export(x),
    "graph.export format": lambda x: GRAPH.export("never written", x),
    "graph.add": lambda x: kg.open().add(x),
    "graph.add list": lambda x: kg.open().add([x]),
    "graph.apply": lambda x: kg.open().apply(remove=x),
    "graph.replace_graph": lambda x: kg.open().replace_graph(x, []),
    "graph.remove_graph": lambda x: kg.open().remove_graph(x),
    "graph.quads": lambda x: list(GRAPH.quads(x)),
    "graph.told": GRAPH.told,
    "graph.objects": lambda x: GRAPH.objects(x, x),
    "graph.subjects": lambda x: GRAPH.subjects(x, ox.Literal("a")),
    "graph.subjects value": lambda x: GRAPH.subjects(v.LABEL, x),
    "graph.holds": lambda x: GRAPH.holds(x, v.Class.PERSON),
    "graph.query": GRAPH.query,
    "graph.select": lambda x: list(GRAPH.select(x)),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.filterwarnings("ignore")
def test_api_wrong_values_end_in_one_sentence(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused = 0
    for value in BAD:
        try:
            CALLS[call](value)
        except KgError as error:
            told = str(error)
        except TypeError as error:
            told = str(error)
            last = traceback.extract_tb(error.__traceback__)[-1]
            assert Path(last.filename).name == "errors.py", (call, value, told)
            assert told.endswith(f"({type(value).__name__}).") or "(" in told
        else:
            continue
        refused += 1
        assert told[-1] in ".?", (call, told)
        assert "\n" not in told
        assert len(told) < 500
    assert refused, "nothing at all is wrong for it?"
    assert list(tmp_path.iterdir()) == []


# ── rows in notebooks ──


def test_api_rows_show_as_an_escaped_table() -> None:
    html = Rows(
        ("who", "n"), (("<script>alert(1)</script>", 3), ("Ana & Co", None), ("x" * 3_000, True)), complete=False
    )._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "Ana &amp; Co" in html
    assert "<th>who</th><th>n</th>" in html
    assert "3 rows (a limit left others out)" in html
    assert len(html) < 3_000


def test_api_rows_of_a_large_answer_show_the_first_and_the_count() -> None:
    html = Rows(("n",), tuple((n,) for n in range(1_500)))._repr_html_()
    assert html.count("<tr>") == 101
    assert "1,500 rows, of which 100 are shown" in html


def test_api_rows_of_a_question_show_what_is_in_the_graph() -> None:
    with story.store() as store:
        from kg import query

        html = query.run(store, query.find("entities"))._repr_html_()
    assert '<td style="text-align:left">Marit Haugland</td>' in html
