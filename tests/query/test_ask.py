"""Questions in plain words on the story: the query and parameters that each is, and what must be refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import story
import yaml

from kg import query
from kg.errors import QueryError
from kg.query import ask, filling
from kg.query.ask import matching, names, words
from kg.store import Store
from kg.vocabulary import DATA

QUESTIONS: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "data" / "ask.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def store() -> Store:
    return story.store()


def named(store: Store, found: ask.Asked) -> dict[str, str]:
    """The parameters with names in place of IRIs, and of several words that mean the same the first."""
    names = {str(row["entity"]): str(row["name"]) for row in query.run(store, query.find("entities"))}
    firsts = {key: value[0] if isinstance(value, list) else value for key, value in found.params.items()}
    assert not set(firsts.values()) & set(names.values()), "what has an IRI is bound by it"
    return {key: names.get(value, value) for key, value in firsts.items()}


def test_ask_is_measured_on_enough_questions() -> None:
    assert len({asked for asked, _, _ in QUESTIONS["fits"]}) >= 40
    assert len(set(map(str, QUESTIONS["none"]))) >= 10


@pytest.mark.parametrize(("asked", "name", "params"), QUESTIONS["fits"])
def test_ask_finds_the_query_and_its_parameters(store: Store, asked: str, name: str, params: dict[str, str]) -> None:
    found = ask.understand(store, asked)
    assert (found.query.name, named(store, found)) == (name, params)
    assert ask.ENOUGH <= found.score <= 1
    query.run(store, found.query, found.params)


@pytest.mark.parametrize("asked", QUESTIONS["none"])
def test_ask_refuses_what_no_query_answers(store: Store, asked: object) -> None:
    with pytest.raises(QueryError) as error:
        ask.understand(store, str(asked))
    assert "\n" not in str(error.value)
    assert str(error.value).endswith(".")


def test_ask_says_what_the_graph_does_not_know(store: Store) -> None:
    with pytest.raises(QueryError, match="the graph knows no “Napoleon”"):
        ask.understand(store, "what did Napoleon say")
    with pytest.raises(QueryError, match="no figure or statement of the graph has “soldier”"):
        ask.understand(store, "how many soldiers were killed")
    with pytest.raises(QueryError, match=r"Nearest: “[^”]*…[^”]*” or “"):
        ask.understand(store, "is Marit Haugland guilty")


@pytest.mark.parametrize("example", [p for p in matching.patterns() if not p.slots], ids=lambda p: p.example)
def test_ask_understands_every_example_without_slots(store: Store, example: matching.Pattern) -> None:
    assert ask.understand(store, example.example).query.name == example.query


def test_ask_on_an_empty_graph_answers_what_needs_no_names() -> None:
    assert ask.understand(Store.open(), "who said what").query.name == "who_said_what"
    with pytest.raises(QueryError):
        ask.understand(Store.open(), "what did Haugland say")


def test_ask_gives_the_text_that_is_run_whole(store: Store) -> None:
    asked = ask.understand(store, "what did Haugland say")
    assert asked.sparql.startswith("PREFIX kg: <https://w3id.org/kg-said/ns#>\nPREFIX oa:")
    (place,) = filling.blocks(asked.sparql)["by"]
    assert asked.sparql[slice(*place)].strip() == f"<{DATA}entity/marit-haugland>"
    assert "PREFIX owl:" not in asked.sparql
    assert asked.asked.text == asked.sparql
    rows = query.run(store, asked.asked).rows
    assert rows == query.run(store, asked.query, asked.params).rows
    assert [tuple(query.value(cell) for cell in row) for row in store.query(asked.sparql)] == list(rows)
    hostile = ask.Asked(asked.query, {"by": 'x" } DROP ALL #\n'})
    assert query.run(store, hostile.asked).rows == ()


def test_ask_prints_the_command_that_asks_the_same(store: Store) -> None:
    asked = ask.understand(store, "how many salmon died")
    assert asked.command.startswith("kg query figures_for --param words=salmon --param also=die --param also=kill")
    assert ask.Asked(asked.query, {"by": "O'Hara $HOME"}).command.endswith("""--param 'by=O'"'"'Hara $HOME'""")


def test_ask_is_the_same_every_time_and_for_any_writing(store: Store) -> None:
    forms = [
        "What did Marit Haugland say?",
        "what did MARIT HAUGLAND say",
        "  what  did marit haugland say ?! ",
        "what did Haugland's say",
    ]
    assert {str(ask.understand(store, form).params["by"]) for form in forms} == {f"{DATA}entity/marit-haugland"}


def test_ask_long_and_odd_input_is_one_short_sentence(store: Store) -> None:
    for text in ("x " * 5_000, "\x1b[31m?", "((((", "{by:speaker}", "¿quién dijo qué?", "谁说了什么"):
        with pytest.raises(QueryError) as error:
            ask.understand(store, text)
        assert len(str(error.value)) < 400


ENTITIES = [
    {"entity": "urn:u", "name": "Islamic Union", "type": "movement", "aliases": "IU | IS"},
    {"entity": "urn:j", "name": "José Ñandú", "type": "person", "aliases": None},
    {"entity": "urn:a", "name": "Ana Vera", "type": "person", "aliases": None},
    {"entity": "urn:l", "name": "Luis Vera", "type": "person", "aliases": None},
    {"entity": "urn:n", "name": "Nobody", "type": "unnamed_source", "aliases": None},
    {"entity": "urn:k", "name": "Interior Ministry", "type": "ministry", "aliases": None, "country_name": "Kyrgyzstan"},
    {"entity": "urn:z", "name": "Interior Ministry", "type": "ministry", "aliases": None, "country_name": "Uzbekistan"},
    {"entity": "urn:ky", "name": "Kyrgyzstan", "type": "country", "aliases": None},
    {"entity": "urn:d1", "name": "official data", "type": "document", "aliases": None},
    {"entity": "urn:d2", "name": "official data", "type": "document", "aliases": None},
]


def found(question: str) -> list[tuple[str, object]]:
    reserved = matching.vocabulary(matching.patterns())
    finder = names.Names(ENTITIES, ["deputy minister"], reserved)
    return [(item.kind, item.given) for item in finder.find(question, reserved=reserved) if item.kind != "word"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what is IS", [("actor", "urn:u")]),
        ("what is is", []),
        ("what did jose nandu say", [("actor", "urn:j")]),
        ("what did Vera say", [("actor", ["urn:a", "urn:l"])]),
        ("what did Ana Vera say", [("actor", "urn:a")]),
        ("what did the Interior Ministry say", [("actor", ["urn:k", "urn:z"])]),
        ("what did the Interior Ministry of Uzbekistan say", [("actor", "urn:z")]),
        ("what did Uzbekistan's Interior Ministry say", [("actor", "urn:z")]),
        ("what did the Kyrgyz Interior Ministry say", [("actor", "urn:k")]),
        ("what did the Interior Ministry of Kyrgyzstan say", [("actor", "urn:k")]),
        ("what does official data say", [("actor", ["urn:d1", "urn:d2"])]),
        ("above 1,200 or 330", [("number", "1200"), ("number", "330")]),
        ("did the deputy ministers speak", [("office", "deputy minister")]),
        ("on 3 May 2020 and May 4, 2020, in June 2021, in 2022 and on 2023-01-02",
         [("when", v) for v in ("2020-05-03", "2020-05-04", "2021-06", "2022", "2023-01-02")]),
    ],
)  # fmt: skip
def test_names_are_found_in_questions(question: str, expected: list[tuple[str, object]]) -> None:
    assert found(question) == expected


@pytest.mark.parametrize(
    ("question", "params"),
    [
        ("How many people were killed?", {"words": words.looked_for("killed")}),
        ("how many police officers were injured", {"words": "officer", "also": words.looked_for("injured")}),
        ("how many many people died", {"words": words.looked_for("died")}),
        ("how much money was spent", {"words": words.looked_for("spent")}),
    ],
)
def test_what_is_counted_is_no_actor_of_that_name(question: str, params: dict[str, object]) -> None:
    """In a store of a thousand articles “many people”, “police officer” and “the police” said something, too."""
    loose = [
        {"entity": "urn:m", "name": "many people", "type": "unnamed_source", "aliases": None},
        {"entity": "urn:p", "name": "police", "type": "security_service", "aliases": None},
        {"entity": "urn:q", "name": "money people", "type": "unnamed_source", "aliases": "money"},
    ]
    reserved = matching.vocabulary(matching.patterns())
    finder = names.Names(loose, ["police officer"], reserved)
    best = matching.rank(finder.find(question, reserved=reserved, counted=True), matching.patterns())[0]
    assert (best.query, best.params) == ("figures_for", params)
    assert best.score >= ask.ENOUGH
    named = finder.find("what do many people say", reserved=reserved, counted=True)
    assert [item.given for item in named if item.kind == "actor"] == ["urn:m"]


def test_words_bring_forms_together() -> None:
    assert words.canonical("contradicted") == words.canonical("dispute")
    assert words.canonical("zebra") == "zebra"
