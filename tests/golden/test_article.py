"""The whole path on a real press article, which is not part of the project: skipped where it is not beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import query
from kg.pipeline import build
from kg.read import read
from kg.reason.validate import check
from kg.store import Store

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


# speaker, office, organisation, cue, kind, date of saying, first and last words of the content
DEPUTY = ("Abdyrakhman Mamataliev", "deputy prime minister", "Kyrgyzstan")
HEAD = ("Rafik Mambetaliev", "head", "Department for Combating Organized Crime")
FORMER = ("Artur Medetbekov", "former deputy chairman", "National Security Committee")
AUTHOR = ("Joanna Paraszczuk", None, None)
STATEMENTS = [
    (*DEPUTY, "said", "indirect", "2015-04-21", "More than 330 Kyrgyz citizens", "in Syria and Iraq"),
    (*DEPUTY, "said", "indirect", None, "Around 30", "joined IS are women"),
    (*DEPUTY, "noted", "indirect", None, "that the republic's law enforcement", "Afghanistan and Pakistan"),
    ("law enforcement agencies", None, None, "have information", "indirect", None, "that Kyrgyz", "and Pakistan"),
    (*HEAD, "said", "indirect", "2015-04", "that around 40", "groups in Syria"),
    (*HEAD, "said", "indirect", "2015-04-16", "that 339 individuals", "20 were children"),
    ("Interior Ministry", None, None, "according to an estimate by", "indirect", "2015-02", "the 22 said", "in Syria"),
    ("Kyrgyz government", None, None, "has given", "indirect", None, 'the "official" figure', "Syria and Iraq"),
    ("some analysts", None, None, "have claimed", "indirect", None, "that the unofficial", "is much higher"),
    (*FORMER, "told", "indirect", "2015-04", "that unofficial data", "fighting in Syria"),
    ("unofficial data", None, None, "suggests", "indirect", None, "as many as 500", "fighting in Syria"),
    (*FORMER, "blaming", "indirect", None, "a bleak picture", "members of Hizb ut-Tahrir"),
    ("Hizb ut-Tahrir", None, None, "says", "indirect", None, "it is", "peaceful"),
    (*FORMER, "said", "direct", None, '"In the first place', 'gone [to Syria]."'),
    (*FORMER, "said", "indirect", None, "that it is all too easy", "a no-visa regime"),
    (
        "Ernist Nurmatov", "correspondent", "RFE/RL's Kyrgyz service",
        "according to", "indirect", None, "While the Kyrgyz government", "suspected of wrongdoing",
    ),
    (
        "Rahat Sulaymanov", "spokesman", "National Security Committee",
        "according to", "mixed", None, "Kyrgyzstan is particularly", "plot terror attacks",
    ),
    (*AUTHOR, "", "author", None, "The figure of 40", "killed in Syria"),
    (*AUTHOR, "", "author", None, "The Kyrgyz authorities", "the republic from Syria"),
    (*AUTHOR, "", "author", None, "eight have been convicted", "Islamic extremist ideas"),
]  # fmt: skip


@pytest.mark.parametrize("expected", STATEMENTS, ids=lambda e: f"{e[0]}-{e[3]}-{e[6]}")
def test_article_statement(store: Store, expected: tuple[str | None, ...]) -> None:
    *who, first, last = expected
    columns = ("speaker_name", "role", "organisation", "cue", "kind", "said_on")
    rows_ = [r for r in rows(store, "who_said_what") if [r[c] or None for c in columns] == [w or None for w in who]]
    contents = [str(r["content"]) for r in rows_]
    assert any(c.startswith(str(first)) and c.endswith(str(last)) for c in contents), contents


def test_article_has_no_other_statement(store: Store) -> None:
    assert len(rows(store, "who_said_what")) == len(STATEMENTS)


def test_article_relay_unnamed_and_quotation(store: Store) -> None:
    relayed = {(r["outer_speaker"], r["inner_speaker"]) for r in rows(store, "relayed_statements")}
    assert relayed == {
        ("Abdyrakhman Mamataliev", "law enforcement agencies"),
        ("Artur Medetbekov", "unofficial data"),
    }
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
