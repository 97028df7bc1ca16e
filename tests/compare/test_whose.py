"""One matter or two: whose figures they are, and in what scene; by hand, and from sentences."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from kg import compare, query, rdf
from kg.annotate import Annotator
from kg.compare.differences import difference
from kg.compare.whose import other_matter
from kg.model import Article, Figure, Verdict
from kg.pipeline import build
from kg.store import Store
from kg.view.drawing import prepare
from kg.view.payload import payload
from kg.view.rows import from_store
from tests.compare.conftest import claim

DATA = Path(__file__).parents[1] / "data" / "comparison" / "matters.tsv"
COMPARED = "PREFIX kg: <https://w3id.org/kg-said/ns#> SELECT ?c WHERE { ?c a kg:Comparison }"


@pytest.mark.parametrize(
    ("left", "right", "event", "two"),
    [
        ("The Norsk plant", "The Volda plant", "employ", True),
        ("the hospital in Osh", "the hospital in Naryn", "have", True),
        ("the hospital in Osh", "the hospital", "have", False),
        ("the east wing", "the west wing", "treat", True),
        ("the museum", "the rival museum", "own", True),
        ("Tesla", "Tesla's rivals", "sell", True),
        ("Tesla", "the company", "sell", False),
        ("27 companies", "the company", "have", True),
        ("the army", "security forces", "kill", False),
        ("Israel", "the Israeli army", "kill", False),
        ("Peru", "Chile", "kill", True),
        ("the party", "the union", "have", True),
        ("", "the union", "have", False),
    ],
)
def test_matters_whose(left: str, right: str, event: str, two: bool) -> None:
    a, b = claim(30, whose=left, event=event), claim(50, whose=right, event=event)
    assert (other_matter(a, b) is not None) is two
    assert (other_matter(b, a) is not None) is two


@pytest.mark.parametrize(
    ("left", "right", "two"),
    [
        (("the school",), ("the hospital nearby",), True),
        (("the school",), ("a primary school",), False),
        (("the blast",), ("the explosion",), False),
        (("the crash",), ("the blaze",), True),
        (("the attack",), ("the market",), False),
        (("the northern prison",), ("the women's prison",), True),
        (("the school", "the market"), ("the market",), False),
        ((), ("the market",), False),
        (("the meeting",), ("the market",), False),
    ],
)
def test_matters_scenes(left: tuple[str, ...], right: tuple[str, ...], two: bool) -> None:
    a, b = claim(30, scenes=left), claim(50, scenes=right)
    assert (other_matter(a, b) is not None) is two
    assert (other_matter(b, a) is not None) is two


def test_matters_say_why_two_figures_are_not_compared() -> None:
    a, b = claim(30, whose="The Norsk plant", event="employ"), claim(50, whose="the Volda plant", event="employ")
    assert difference(a, b) == "one figure is that of the Norsk plant, the other that of the Volda plant"
    assert difference(claim(3, scenes=("the school",)), claim(5, scenes=("the hospital",))) == (
        "one figure is for the school, the other for the hospital"
    )


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


@pytest.mark.parametrize(
    ("text", "whose", "scenes"),
    [
        ("The hospital in Osh has 200 beds.", "The hospital in Osh", ()),
        ("Police said 40 people were arrested at the rally.", None, ("the rally",)),
        ("The fire destroyed 300 homes.", "The fire", ()),
        ("Some 300 homes were destroyed by the fire.", None, ("the fire",)),
        ("Norway sent 300 soldiers to the mission.", "Norway", ()),
        ("Acme's 40 plants were closed.", "Acme", ()),
        ("The company, which employs 300 workers, was sold.", "The company", ()),
        ("Chile exported 300 tonnes of cherries.", "Chile", ()),
        ("There were 300 soldiers.", None, ()),
        ("Officials counted 300 soldiers.", None, ()),
    ],
)
def test_matters_are_found_in_the_text(
    annotator: Annotator, text: str, whose: str | None, scenes: tuple[str, ...]
) -> None:
    found: Figure = annotator.annotate(Article("a", text)).figures[-1]
    assert (found.whose.of(text) if found.whose else None) == whose
    assert tuple(s.of(text) for s in found.scenes) == scenes


def test_matters_one_or_two_in_sentences(annotator: Annotator) -> None:
    """Figures of one matter are compared, those of two are not; what is got wrong is named."""
    lines = [line for line in DATA.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    wrong = []
    for row in csv.DictReader(lines, delimiter="\t"):
        article = Article(Article.make_id(row["text"], published="2020-05-05"), row["text"], published="2020-05-05")
        with Store.open() as store:
            build([article], store=store, annotator=annotator)
            if any(store.select(COMPARED)) != (row["matters"] == "one"):
                wrong.append((row["round"], row["text"]))
    assert len(lines) > 65
    assert [text[:24] for _, text in wrong] == [
        "Ukraine's military said ",  # that a ministry is Russia's is not seen
        "Ana Sol, the mayor of Br",  # two mayors speak of two towns
    ]


def test_matters_a_rate_and_a_total_are_two() -> None:
    day, total = claim(40, per="day", said_on="2020-05-03"), claim(300, said_on="2020-05-03")
    month = replace(total, per="month")
    for a, b in ((day, total), (total, day), (day, month)):
        assert compare.pair(a, b).verdict is Verdict.NOT_COMPARABLE
        assert not compare.compare([a, b])
    assert difference(day, total) == "one figure is a rate per day, the other a total"
    assert difference(day, month) == "one figure is a rate per day, the other a rate per month"
    assert compare.pair(day, replace(total, per="Day")).verdict is Verdict.CONTRADICTS


def test_matters_a_rate_is_no_part_that_is_larger_than_its_total() -> None:
    whole = claim(30, article="a")
    for per, found in (("", 1), ("day", 0)):
        part = claim(40, article="a", statement=whole.statement, total=whole.figure, per=per)
        assert len(compare.sub_totals([whole, part])) == found


def test_matters_a_rate_goes_from_the_text_to_the_page(annotator: Annotator) -> None:
    """One field of a measure through every shape: annotation, graph, claim, question, page."""
    text = "Mayor Ana Sol of Lima said that 40 people are killed every day. Police chief Luis Paz said that 300 people were killed in Lima."
    with Store.open() as store:
        build([Article("a", text, published="2020-05-05")], store=store, annotator=annotator)
        assert {c.value: c.per for c in rdf.claims(store)} == {40: "day", 300: ""}
        rows = query.run(store, query.find("figures"))
        assert {row["value"]: row["per"] for row in rows} == {40: "day", 300: None}
        data = from_store(store)
        assert not any(store.select(COMPARED))
    figures = [f for s in payload(data, prepare(data))["statements"] for f in s["figures"]]
    assert {f["value"]: f["per"] for f in figures} == {40: "day", 300: ""}
