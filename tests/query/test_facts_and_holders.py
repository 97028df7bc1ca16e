"""Time lines of facts with one answer at a time, and of the holders of an office."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.model import Article
from kg.pipeline import build
from kg.query import timelines
from kg.store import Store

ARTICLES = (
    Article(
        id="one", title="Blame for the bombing", published="2025-03-04", publisher="Wire",
        text="Interior Minister Lena Marek blamed the Red Front for the bombing of the railway station on Monday. "
        "Marek said the Red Front had been banned since 2019. A spokesman of the Red Front, Ilan Kast, said that the Red Front was "
        "not banned. Kast said that the Red Front was peaceful.",
    ),
    Article(
        id="two", title="Another answer", published="2025-03-06", publisher="Post",
        text="The governor of Astana, Emil Horak, said on Thursday that the Free Brigade carried out the railway station bombing.",
    ),
    Article(
        id="three", title="A new minister", published="2025-06-10", publisher="Wire",
        text="Kazakhstan’s interior minister, Pavel Brandt, said the investigation would go on. The former interior minister of "
        "Kazakhstan, Lena Marek, said that she had no regrets. A deputy interior minister of Kazakhstan, Ulla Seitz, said nothing had changed.",
    ),
    Article(
        id="four", title="The minister in March", published="2025-03-10", publisher="Wire",
        text="Kazakhstan’s interior minister, Lena Marek, said the search went on.",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    at = tmp_path_factory.mktemp("facts") / "store"
    with Store.open(at) as opened:
        build(ARTICLES, store=opened)
    return str(at)


def test_facts_with_two_answers_come_first(store: str) -> None:
    with Store.open(store) as opened:
        permitted, deed = sorted(timelines.facts(opened), key=lambda q: q.title)
    assert permitted.title == "Is Red Front permitted?"
    assert {(a.answer, a.speaker_name) for a in permitted.answers} == {
        ("not banned", "Ilan Kast"),
        ("banned", "Lena Marek"),
    }
    assert deed.title == "Who is behind the bombing of the railway station?"
    assert [(a.at, a.answer, a.speaker_name) for a in deed.answers] == [
        ("2025-03-03", "Red Front", "Lena Marek"),
        ("2025-03-06", "Free Brigade", "Emil Horak"),
    ]
    assert permitted.disputed
    assert deed.disputed
    start, end = deed.answers[1].start, deed.answers[1].end
    assert "Free Brigade carried out" in ARTICLES[1].text[start:end]


def test_holders_follow_one_another_and_deputies_do_not(store: str) -> None:
    with Store.open(store) as opened:
        [line] = timelines.successions(opened, "interior minister")
    assert [(h.person_name, h.first, h.former) for h in line.holders] == [
        ("Lena Marek", "2025-03-10", "2025-06-10"),
        ("Pavel Brandt", "2025-06-10", None),
    ]
    assert line.story == "Interior minister, Kazakhstan: Lena Marek (10 March 2025), then Pavel Brandt (10 June)."


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--fact", "bombing"), "Free Brigade"),
        (("--fact", "bombing", "--format", "json"), '"disputed": true'),
        (("--office", "interior", "--format", "csv"), "Pavel Brandt"),
        (("--office", "interior"), "then Pavel Brandt"),
    ],
)
def test_timeline_command_of_facts_and_offices(store: str, asked: tuple[str, ...], told: str) -> None:
    done = CliRunner().invoke(cli, ["timeline", *asked, "--store", store])
    assert done.exit_code == 0
    assert told in done.output


@pytest.mark.parametrize("asked", [("--fact", "volcano"), ("--office", "volcano"), ("--fact", "a", "--office", "b")])
def test_timeline_command_says_that_there_is_none(store: str, asked: tuple[str, ...]) -> None:
    done = CliRunner().invoke(cli, ["timeline", *asked, "--store", store])
    assert done.exit_code != 0
    assert "Traceback" not in done.output


def test_two_answers_of_one_article() -> None:
    """Two officials who name two groups for one bombing."""
    text = "Minister Ola Pire said that the Taliban bombed the Kabul bridge. General Rhys Pell said that the Islamic State bombed the Kabul bridge."
    with Store.open() as opened:
        build([Article(id="five", text=text, published="2024-03-05", publisher="Wire")], store=opened)
        [question] = timelines.facts(opened)
    assert question.disputed
    assert {(a.answer, a.speaker_name) for a in question.answers} == {
        ("Taliban", "Ola Pire"),
        ("Islamic State", "Rhys Pell"),
    }


def test_holders_without_a_word_of_the_former_one_follow_one_another() -> None:
    told = (("six", "2020-03-05", "Alva Renn"), ("seven", "2024-03-05", "Bodo Kist"))
    with Store.open() as opened:
        build(
            [
                Article(
                    id=name, text=f"{who}, the chief executive of Boeing, said the plant would grow.", published=day
                )
                for name, day, who in told
            ],
            store=opened,
        )
        [line] = timelines.successions(opened, "chief executive")
    assert [(h.person_name, h.first) for h in line.holders] == [
        ("Alva Renn", "2020-03-05"),
        ("Bodo Kist", "2024-03-05"),
    ]
    assert line.story == "Chief executive, Boeing: Alva Renn (5 March 2020), then Bodo Kist (5 March 2024)."
