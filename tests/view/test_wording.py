"""How figures read on the page: every unit is spelled, every figure has what it counts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article, Comparator
from kg.pipeline import build
from kg.store import Store
from kg.view import from_store, wording
from kg.view.data import Figure, Statement
from kg.view.wording import claim, happened, near, whose, words

PRESS = Path(__file__).parents[3] / "shared" / "data" / "press_dev.jsonl"

SPELLINGS = {
    "percent": r"%|per ?cent",
    "USD": r"\$|dollar|USD",
    "GBP": r"£|pound|GBP",
    "EUR": r"€|euro|EUR",
    "foot": r"f(?:oo|ee)t",
    "kilometre": r"kilomet|km",
    "kilogram": r"kilogram|kg",
    "year": r"year|annual",
}


def _said(content: str, **measure: object) -> tuple[str, str]:
    figure = Figure(**measure)  # type: ignore[arg-type]
    told = claim(figure, Statement("s", None, "", content, "a"))
    said = words(told)
    return said, happened(told, said)


@pytest.mark.parametrize(
    ("content", "measure", "wanted"),
    [
        (
            "more than 40 percent of the costs had risen",
            {"text": "more than 40 percent", "unit": "percent", "population": "costs", "comparator": Comparator.MORE},
            "more than 40 percent of the costs",
        ),
        ("12 percent of voters", {"text": "12 percent", "unit": "percent", "population": "voters"}, "12 percent of voters"),
        ("turnout was 64.1%", {"text": "64.1%", "unit": "percent", "population": "turnout"}, "turnout of 64.1%"),
        ("it weighed 22", {"text": "22", "unit": "kilogram", "value": 22}, "22 kilograms"),
        ("it fell 3 feet", {"text": "3 feet", "unit": "foot", "value": 3}, "3 feet"),
        ("at a depth of 31 kilometers", {"text": "31 kilometers", "unit": "kilometre", "population": "depth"}, "depth of 31 kilometers"),
        ("magnitude 5.6", {"text": "5.6", "unit": "magnitude", "population": "magnitude"}, "magnitude 5.6"),
        ("10 sieverts an hour", {"text": "10", "unit": "sievert per hour", "population": "sieverts", "per": "hour"}, "10 sieverts per hour"),
        ("a fee of 25", {"text": "25", "unit": "USD", "population": "registration fee"}, "registration fee of 25 USD"),
        ("five ships", {"text": "Five", "unit": "ship", "population": "ships"}, "five ships"),
        ("a toll of three", {"text": "three", "unit": "people", "population": "death toll", "value": 3}, "death toll of three"),
        ("hundreds of officials", {"text": "Hundreds", "unit": "people", "population": "officials"}, "hundreds of officials"),
        ("75 died", {"text": "75", "unit": "people"}, "75 people"),
    ],
)  # fmt: skip
def test_words_tell_value_unit_and_what_is_counted(content: str, measure: dict[str, object], wanted: str) -> None:
    assert _said(content, **measure)[0] == wanted


def test_what_happened_follows_in_a_sentence() -> None:
    killed = {"text": "22", "unit": "people", "population": "nationals", "event": "kill", "places": ("Syria, Iraq",)}
    assert _said("22 nationals were killed there", **killed) == ("22 nationals", "killed in Syria and Iraq")
    gone = {"text": "50", "unit": "people", "population": "women", "event": "go", "places": ("Syria",)}
    assert _said("50 women had gone", **gone) == ("50 women", "who had gone to Syria")
    long = {"text": "64 kilometres", "unit": "kilometre", "event": "occur", "places": ("Lima",)}
    assert _said("64 kilometres from Lima", **long) == ("64 kilometres", "in Lima"), "a distance does not occur"


@pytest.mark.parametrize(
    ("content", "measure", "wanted"),
    [
        ("the toll of 270 fatalities", {"text": "270", "population": "fatalities", "event": "die"}, "270 fatalities"),
        ("19 are still missing", {"text": "19", "population": "dead", "event": "miss"}, "19 people missing"),
        ("34 of its members have not come up", {"text": "34", "population": "members", "event": "come up"}, "34 members"),
        ("39 of 40 constituencies voted", {"text": "40", "unit": "constituency", "population": "constituencies", "event": "vote"}, "40 constituencies"),
        ("12 people who need shoes", {"text": "12", "population": "people", "event": "need"}, "12 people who need shoes"),
        ("Depth: 31 km", {"text": "31 km", "unit": "kilometre", "population": "depth", "event": "occur"}, "depth of 31 km"),
        ("About 600 voters spoiled their votes", {"text": "About 600", "population": "voters", "event": "spoil"}, "about 600 voters spoiled their votes"),
        ("Around 30 women have joined the group (IS) in Syria", {"text": "Around 30", "population": "women", "event": "join"}, "around 30 women have joined the group in Syria"),
        ("The army had detained 44 people", {"text": "44", "event": "detain", "whose": "The army"}, "44 people detained by the army"),
        ("Warplanes dropped two bombs", {"text": "two", "unit": "bomb", "population": "bombs", "event": "drop", "value": 2}, "two bombs dropped"),
        ("a petition signed by 18 groups", {"text": "18", "unit": "group", "population": "groups", "event": "sign"}, "18 groups"),
        ("a site built for 2,000", {"text": "2,000", "event": "build"}, "2,000 people"),
        ("one of their daughters was arrested", {"text": "one", "population": "daughters", "event": "arrest", "value": 1, "low": 1, "high": 1}, "one daughter arrested"),
        ("between 20 and 30 came", {"text": "20 and 30", "low": 20, "high": 30}, "between 20 and 30 people"),
        ("half the country", {"text": "half", "unit": "country", "population": "country", "value": 0.5}, "half the country"),
        ("None of the children", {"text": "None", "population": "children", "value": 0}, "none of the children"),
        ("New cases: 375", {"text": "375", "unit": "case", "population": "New cases"}, "375 new cases"),
        ("35 million Euros", {"text": "35 million Euros", "unit": "EUR"}, "35 million Euros"),
        ("75 were killed", {"text": "75", "event": "kill", "places": ("Middle East", "LOS ANGELES")}, "75 people killed in the Middle East and Los Angeles"),
    ],
)  # fmt: skip
def test_a_figure_reads_as_a_part_of_a_sentence_and_says_no_more_than_the_text(
    content: str, measure: dict[str, object], wanted: str
) -> None:
    said, then = _said(content, **{"unit": "people", **measure})
    assert f"{said} {then}".strip() == wanted


def test_whose_a_figure_is_stands_in_brackets_only_where_it_says_somebody_new() -> None:
    def of(name: str, said: str = "") -> str:
        return whose(claim(Figure("2", unit="people", population="plan", whose=name)), said)

    assert of("The security services") == "the security services"
    assert [of(name) for name in ("one", "That", "The plan", "00:37 local time", "claims", "nightfall")] == [""] * 6
    assert of("the army", "44 people detained by the army") == ""


def test_around_reaches_as_far_as_comparisons_take_it() -> None:
    assert near(claim(Figure("around 40", value=40, low=40, high=40, comparator=Comparator.ABOUT))) == (36, 44)
    assert near(claim(Figure("40", value=40, low=40, high=40))) is None


@pytest.mark.skipif(not PRESS.is_file(), reason="the articles are not beside the project")
def test_every_unit_of_the_press_is_in_its_card() -> None:
    lines = [json.loads(line) for line in PRESS.read_text("utf-8").splitlines()]
    with Store.open() as store:
        build([Article(one["id"], one["text"], published=one["date"]) for one in lines], store=store)
        data = from_store(store)
    figures = [(one, figure) for one in data.statements for figure in one.figures]
    assert len(figures) > 100
    silent = []
    for statement, figure in figures:
        told = words(claim(figure, statement))
        for unit in figure.unit.split(" per ") if figure.unit not in ("", "people", "person") else ():
            pattern = SPELLINGS.get(unit, re.escape(unit[: max(2, len(unit) - 2)]))
            if not re.search(pattern, told, re.IGNORECASE):
                silent.append((figure.text, figure.unit, told))
        if figure.population not in ("", "none") and figure.population.split()[-1].lower()[:4] not in told.lower():
            silent.append((figure.text, figure.population, told))
    assert silent == []


@given(st.text("abé M2-", max_size=12), st.text("ab 2é", min_size=1, max_size=4))
def test_wording_a_unit_is_named_where_a_word_begins_with_it(text: str, unit: str) -> None:
    last = unit.lower().rsplit(" ", 1)[-1]
    stem = last if len(last) < 5 else last[:-2]
    assert wording._names(text, unit) == bool(re.search(rf"(?<![a-z]){re.escape(stem)}", text.lower()))
