"""The comparisons on the samples, and on one more dispatch that counts those who fight."""

from __future__ import annotations

import pytest

from kg import query
from kg.model import Article
from kg.pipeline import build
from kg.read import samples
from kg.store import Store

# Of the samples' own officials none counts the fighters between January and November.
FIGHTING = (
    "The government has a number of its own\n\n"
    "The Kyrgyz government said on April 24 that more than 330 Kyrgyz citizens were fighting in Syria. It did not say how "
    "it had come to that number, or how many of them had died.\n"
)
Row = dict[str, object]


@pytest.fixture(scope="module")
def found() -> list[Row]:
    store = Store.open()
    build([*samples(), Article("fighting", FIGHTING, published="2015-04-24", language="en")], store=store)
    return list(query.run(store, query.named()["comparisons"]))


def between(found: list[Row], left: str, right: str) -> set[object]:
    return {r["verdict"] for r in found if left in str(r["left_figure"]) and right in str(r["right_figure"])}


def test_samples_the_killed_are_revised(found: list[Row]) -> None:
    assert between(found, "22", "40") == {"revises"}
    assert between(found, "40", "45") == {"revises"}


def test_samples_two_officials_contradict_on_the_women(found: list[Row]) -> None:
    rows = [r for r in found if r["verdict"] == "contradicts"]
    assert {frozenset(str(r[side]) for side in ("left_speaker", "right_speaker")) for r in rows} == {
        frozenset({"Rafik Mambetaliev", "Abdyrakhman Mamataliev"})
    }
    assert all("50" in str(r["left_figure"]) and "30" in str(r["right_figure"]) for r in rows)
    assert all("five days apart" in str(r["reason"]) for r in rows)


def test_samples_the_fighters_move_on(found: list[Row]) -> None:
    assert "revises" in between(found, "200", "300")
    assert "revises" in between(found, "200", "339")
    assert between(found, "339", "330") == {"compatible"}
    assert between(found, "339", "500") | between(found, "500", "339") == {"compatible"}
    assert between(found, "330", "400") == {"revises"}


def test_samples_unofficial_figures_say_so(found: list[Row]) -> None:
    rows = [r for r in found if "500" in f"{r['left_figure']}{r['right_figure']}" and r["verdict"] != "agrees"]
    assert rows
    assert all("unofficial" in str(r["reason"]) for r in rows)


def test_samples_the_detained_of_two_countries_are_not_compared(found: list[Row]) -> None:
    assert not between(found, "112", "60") | between(found, "60", "112") | between(found, "44", "112")


def test_samples_reasons_are_sentences(found: list[Row]) -> None:
    for row in found:
        reason = str(row["reason"])
        assert reason[0].isupper()
        assert reason.endswith(".")
        assert "(" not in reason
        assert str(row["left_speaker"]).lower() in reason.lower()
        assert str(row["right_speaker"]).lower() in reason.lower()
