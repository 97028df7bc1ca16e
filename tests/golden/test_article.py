"""The whole path on a real press article, which is not part of the project: skipped where it is not beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import query
from kg.pipeline import build
from kg.read import read
from kg.store import Store
from kg.validate import check

ARTICLE = Path(__file__).parents[3] / "shared" / "articles" / "rferl-kyrgyz-fighters.txt"

pytestmark = pytest.mark.skipif(not ARTICLE.is_file(), reason="the article is not beside the project")


@pytest.fixture(scope="module")
def store() -> Store:
    opened = Store.open()
    build(read([ARTICLE], published="2015-04-21", publisher="RFE/RL"), store=opened)
    return opened


def rows(store: Store, name: str) -> list[dict[str, object]]:
    return list(query.run(store, query.named()[name]))


def test_article_offices(store: Store) -> None:
    found = {(r["person_name"], r["role"], r["organisation_name"], r["tense"]) for r in rows(store, "offices")}
    assert found == {
        ("Abdyrakhman Mamataliev", "deputy prime minister", "Kyrgyzstan", "current"),
        ("Rafik Mambetaliev", "head", "Department for Combating Organized Crime", "current"),
        ("Artur Medetbekov", "deputy chairman", "National Security Committee", "former"),
        ("Ernist Nurmatov", "correspondent", "RFE/RL's Kyrgyz service", "current"),
        ("Rahat Sulaymanov", "spokesman", "National Security Committee", "current"),
        ("Joanna Paraszczuk", "author", None, "current"),
    }


def test_article_parts(store: Store) -> None:
    found = {(r["part_name"], r["whole_name"]) for r in rows(store, "parts")}
    assert ("Department for Combating Organized Crime", "Interior Ministry") in found
    assert ("RFE/RL's Kyrgyz service", "RFE/RL") in found


def test_article_entities(store: Store) -> None:
    names = {(r["name"], r["aliases"] or "") for r in rows(store, "entities")}
    assert ("Islamic State", "IS") in names
    assert ("National Security Committee", "GKNB") in names
    plain = {name for name, _ in names}
    assert {"Interior Ministry", "Kyrgyz government", "Hizb ut-Tahrir", "RFE/RL"} <= plain
    assert {
        "Kyrgyzstan",
        "Syria",
        "Iraq",
        "Afghanistan",
        "Pakistan",
        "Turkey",
        "Russia",
        "Central Asia",
        "Bishkek",
    } <= plain
    assert "Kyrgyz" not in plain  # a nationality word leads to its country


STATEMENTS = [
    # speaker, part of the content, date of saying
    ("Abdyrakhman Mamataliev", "330", "2015-04-21"),
    ("Abdyrakhman Mamataliev", "Around 30", None),
    ("Abdyrakhman Mamataliev", "law enforcement agencies", None),
    ("law enforcement agencies", "Afghanistan and Pakistan", None),
    ("Rafik Mambetaliev", "around 40", "2015-04"),
    ("Rafik Mambetaliev", "339", "2015-04-16"),
    ("Interior Ministry", "the 22", "2015-02"),
    ("Kyrgyz government", "somewhere around 330", None),
    ("some analysts", "much higher", None),
    ("Artur Medetbekov", "as many as 500", "2015-04"),
    ("Artur Medetbekov", "members of Hizb ut-Tahrir", None),
    ("Artur Medetbekov", "information war", None),
    ("Artur Medetbekov", "via Turkey", None),
    ("Hizb ut-Tahrir", "peaceful", None),
    ("Ernist Nurmatov", "nuanced approach", None),
    ("Rahat Sulaymanov", "specific missions", None),
    ("Joanna Paraszczuk", "detained 44", None),
    ("Joanna Paraszczuk", "eight have been convicted", None),
]


@pytest.mark.parametrize(("speaker", "words", "said_on"), STATEMENTS)
def test_article_statement(store: Store, speaker: str, words: str, said_on: str | None) -> None:
    found = [r for r in rows(store, "who_said_what") if r["speaker_name"] == speaker and words in str(r["content"])]
    assert found, f"{speaker} is not the source of “{words}”"
    assert any(r["said_on"] == said_on for r in found)


def test_article_relay_unnamed_and_quotation(store: Store) -> None:
    relayed = {(r["outer_speaker"], r["inner_speaker"]) for r in rows(store, "relayed_statements")}
    assert ("Abdyrakhman Mamataliev", "law enforcement agencies") in relayed
    assert "some analysts" in {r["source"] for r in rows(store, "unnamed_sources")}
    kinds = {(r["speaker_name"], r["kind"]) for r in rows(store, "who_said_what")}
    assert ("Artur Medetbekov", "direct") in kinds
    assert ("Rahat Sulaymanov", "mixed") in kinds


def test_article_figures(store: Store) -> None:
    found = {
        (r["speaker_name"], r["comparator"], str(r["value"]), r["event"], r["as_of"]) for r in rows(store, "figures")
    }
    assert {
        ("Abdyrakhman Mamataliev", ">", "330", "join", None),
        ("Abdyrakhman Mamataliev", "~", "30", "join", None),
        ("Rafik Mambetaliev", "~", "40", "die", None),
        ("Rafik Mambetaliev", "=", "339", "go", None),
        ("Rafik Mambetaliev", "=", "50", "go", None),
        ("Rafik Mambetaliev", "=", "20", "go", None),
        ("Interior Ministry", "=", "22", "kill", "2015-02"),
        ("Kyrgyz government", "~", "330", "fight", None),
        ("Artur Medetbekov", "≤", "500", "fight", None),
        ("Joanna Paraszczuk", "=", "44", "detain", None),
        ("Joanna Paraszczuk", "=", "8", "convict", None),
    } <= found


def test_article_furniture_says_nothing(store: Store) -> None:
    text = ARTICLE.read_text(encoding="utf-8")
    start, end = text.index("More than 330 Kyrgyz citizens"), text.index("-- Joanna")
    for row in rows(store, "who_said_what"):
        assert isinstance(row["start"], int)
        assert isinstance(row["end"], int)
        assert start <= row["start"] < row["end"] <= end


def test_article_graph_conforms(store: Store) -> None:
    assert check(store) == []


def test_article_without_a_date_stays_partial() -> None:
    opened = Store.open()
    build(read([ARTICLE]), store=opened)
    dates = {r["said_on"] for r in rows(opened, "who_said_what")}
    assert "XXXX-04-21" in dates
    assert not any(str(d).startswith("2015") for d in dates)
