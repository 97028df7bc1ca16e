"""The time lines of an affair: one a thing that is counted, every figure with its speaker."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.model import Article
from kg.pipeline import build, remove
from kg.query import named, run, timelines
from kg.store import Store

ARTICLES = (
    Article(
        id="a", title="Blast in Orvian mine kills four", published="2022-03-08", publisher="Osk Courier",
        text="A blast in the Halina mine in Osk killed four miners on Tuesday, the Orvian Mining Office said. "
        "The office said 30 miners were missing in the Halina mine.",
    ),
    Article(
        id="b", title="Mine blast: eleven dead", published="2022-03-09", publisher="Norvik Wire",
        text="The death toll of the blast in the Halina mine in Osk rose to 11, the Orvian Mining Office said on Wednesday. "
        "Nineteen miners were still missing, said Beata Krol, a spokeswoman of the rescuers.",
    ),
    Article(
        id="c", title="Ferry sinks off Tarva", published="2022-03-09", publisher="Norvik Wire",
        text="A ferry sank off Tarva on Wednesday and 40 people drowned, the coastguard of Borland said.",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    at = tmp_path_factory.mktemp("affair") / "store"
    with Store.open(at) as opened:
        build(ARTICLES, store=opened)
    return str(at)


def test_affairs_hold_one_line_a_slot_with_speakers(store: str) -> None:
    with Store.open(store) as opened:
        [mine] = timelines.affairs(opened)
        assert [a.rsplit("/", 1)[1] for a in mine.articles] == ["a", "b"]
        assert mine.happening == "mine"
        lines = {line.title: [(p.at, p.value, p.speaker_name) for p in line.points] for line in mine.lines}
        assert lines["Dead"] == [
            ("2022-03-08", 4, "Orvian Mining Office"),
            ("2022-03-09", 11, "Orvian Mining Office"),
        ]
        assert [(at, value) for at, value, _ in lines["Missing"]] == [("2022-03-08", 30), ("2022-03-09", 19)]
        assert timelines.affairs(opened, mine.affair) == timelines.affairs(opened, "mine blast") == [mine]
        assert timelines.affairs(opened, "ferry") == []


def test_affair_is_gone_with_the_article_that_made_it_one(store: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    with Store.open(tmp_path_factory.mktemp("gone") / "store") as opened:
        build(ARTICLES, store=opened)
        [row] = run(opened, named()["affairs"]).rows
        assert (int(str(row[5])), int(str(row[6]))) == (2, 2)
        remove(["b"], store=opened)
        assert run(opened, named()["affairs"]).rows == ()
        build([ARTICLES[1]], store=opened)
        assert run(opened, named()["affairs"]).rows == (row,)


@pytest.mark.parametrize(
    ("form", "told"), [("table", "Beata Krol"), ("csv", ",Missing,"), ("json", '"title": "Missing"')]
)
def test_timeline_command_of_an_affair(store: str, form: str, told: str) -> None:
    done = CliRunner().invoke(cli, ["timeline", "--affair", "mine", "--format", form, "--store", store])
    assert done.exit_code == 0
    assert told in done.output
    if form == "json":
        assert json.loads(done.output)[0]["happening"] == "mine"


def test_timeline_command_says_that_there_is_no_such_affair(store: str) -> None:
    done = CliRunner().invoke(cli, ["timeline", "--affair", "volcano", "--store", store])
    assert done.exit_code != 0
    assert "kg query affairs" in done.output


def test_one_affair_is_read_without_the_others(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(store) as opened:
        [mine] = timelines.affairs(opened)
        looked_at: set[str] = set()
        told = Store.told

        def noted(self: Store, subject: str) -> dict[str, list[str]]:
            looked_at.add(subject)
            return told(self, subject)

        monkeypatch.setattr(Store, "told", noted)
        monkeypatch.setattr(timelines.affair_lines, "places", None)
        assert timelines.affairs(opened, mine.affair) == [mine]
        assert looked_at
        assert not any("/article/c" in iri for iri in looked_at)
