"""Bad input: one clear sentence, the exit code that the design names, and nothing that was stored is lost."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.store import Store

Kg = Callable[..., Any]
STORY = "Floods in Loreto\n\nAt least 40 people died in the floods, said Rosa Quispe, the governor of Loreto.\n"


@pytest.fixture
def built(tmp_path: Path, kg: Kg) -> Path:
    """A store that holds one article."""
    article = tmp_path / "story.txt"
    article.write_text(STORY)
    assert kg("build", article, "--date", "2019-02-03", "--out", tmp_path / "out", "--quiet").code == 0
    return tmp_path / "out"


def _size(out: Path) -> int:
    with Store.open(out / "store", create=False) as store:
        return len(store)


def _sentence(err: str) -> str:
    lines = [line for line in err.splitlines() if line]
    assert len(lines) == 1, err
    assert lines[0].startswith("kg: ")
    assert lines[0][-1] in ".?”"
    return lines[0]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t \n", "empty"),
        ("binary.txt", bytes(range(256)) * 20, "binary"),
        ("paper.txt", b"%PDF-1.7 ...", "a PDF"),
        ("line.txt", b"word " * 1_000_000, "5,000,000 characters"),
        ("wrong.txt", b"\xef\xbb\xbfCaf\xe9 au lait, \xff\xfe said the mayor.", "not valid UTF-8"),
        ("page.html", b"<html><body><nav>Home About</nav></body></html>", "holds no article"),
        ("record.jsonl", b'{"id": "a"}\n', "text"),
    ],
)
def test_cli_build_refuses_what_holds_no_article(
    built: Path, tmp_path: Path, kg: Kg, name: str, content: bytes, words: str
) -> None:
    bad = tmp_path / name
    bad.write_bytes(content)
    before = _size(built)
    done = kg("build", bad, "--out", built)
    assert done.code == 1
    assert words in _sentence(done.err)
    assert done.out == ""
    assert _size(built) == before


@pytest.mark.parametrize("date", ["21-04-2015", "2015-13-01", "yesterday", "2015-02-30"])
def test_cli_build_refuses_a_wrong_date(built: Path, tmp_path: Path, kg: Kg, date: str) -> None:
    before = _size(built)
    done = kg("build", tmp_path / "story.txt", "--date", date, "--out", built)
    assert (done.code, date in _sentence(done.err)) == (2, True)
    assert _size(built) == before


def test_cli_build_refuses_a_missing_folder(built: Path, kg: Kg) -> None:
    done = kg("build", built / "nowhere", "--out", built)
    assert (done.code, "nowhere" in _sentence(done.err)) == (2, True)


def test_cli_build_lists_the_bad_of_a_folder_and_builds_the_rest(tmp_path: Path, kg: Kg) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a-empty.txt").write_text("")
    (folder / "b-good.txt").write_text(STORY)
    (folder / "c-binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "d-good.txt").write_text(STORY.replace("40", "60").replace("Loreto", "Piura"))
    done = kg("build", folder, "--out", tmp_path / "out")
    assert done.code == 1
    assert "2 new articles" in done.out
    listed = [line for line in done.err.splitlines() if line.startswith("left out: ")]
    assert ["a-empty.txt: The file is empty." in listed[0], "c-binary.txt: The file is binary" in listed[1]] == [
        True,
        True,
    ]
    assert len(listed) == 2


def test_cli_build_with_a_pipeline_that_is_not_there(tmp_path: Path, kg: Kg) -> None:
    article = tmp_path / "story.txt"
    article.write_text(STORY)
    done = kg("build", article, "--model", "xx_no_such_pipeline", "--out", tmp_path / "out")
    assert (done.code, "xx_no_such_pipeline" in _sentence(done.err)) == (2, True)


@pytest.mark.parametrize("command", ["query", "view", "export", "check"])
@pytest.mark.parametrize("damage", ["missing", "no store", "marker", "quads", "newer"])
def test_cli_commands_refuse_a_damaged_store(built: Path, tmp_path: Path, kg: Kg, command: str, damage: str) -> None:
    store = tmp_path / "copy"
    if damage != "missing":
        shutil.copytree(built / "store", store)
    if damage == "no store":
        (store / "kg-store.json").unlink()
    elif damage == "marker":
        (store / "kg-store.json").write_text("{")
    elif damage == "newer":
        (store / "kg-store.json").write_text('{"format": 999}')
    elif damage == "quads":
        next(store.glob("states/*/CURRENT")).unlink()
    words = {
        "query": ["who_said_what"],
        "export": ["--out", tmp_path / "x.ttl"],
        "view": ["--out", tmp_path / "x.html"],
    }
    done = kg(command, *words.get(command, []), "--store", store)
    assert done.code == 1
    assert str(store) in _sentence(done.err)
    assert not (tmp_path / "x.ttl").exists()
    assert not (tmp_path / "x.html").exists()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["who_said_wat"], "Did you mean “who_said_what”?"),
        (["zzz"], "There is no query “zzz”."),
        (["missing.rq"], "missing.rq cannot be read"),
        (["-e", "SELECT ?x WHERE { ?x"], "not valid SPARQL: it ends too early"),
        (["-e", "SELECT ?x WHERE { ?x a kg:Statement } ORDR BY ?x"], "not valid SPARQL at “BY ?x”"),
        (["-e", "SELECT ?x WHERE { SERVICE <http://127.0.0.1:9/> { ?x ?p ?o } }"], "asks another endpoint"),
        (["statements_by"], "needs a value for"),
        (["who_said_what", "--param", "nonsense"], "“nonsense” is no parameter"),
        (["who_said_what", "--param", "nobody=x"], "has no parameter “nobody”"),
        ([], "Name one query"),
    ],
)
def test_cli_query_refuses_with_a_sentence(built: Path, kg: Kg, words: list[str], expected: str) -> None:
    done = kg("query", *words, "--store", built / "store")
    assert done.code == 2
    assert expected in _sentence(done.err)
    assert done.out == ""


@pytest.mark.parametrize("command", ["view", "export"])
def test_cli_output_that_cannot_be_written(built: Path, tmp_path: Path, kg: Kg, command: str) -> None:
    (tmp_path / "file").write_text("in the way")
    done = kg(command, "--store", built / "store", "--out", tmp_path / "file" / "inside.html")
    assert (done.code, "inside.html" in _sentence(done.err)) == (1, True)


def test_cli_build_into_a_file(tmp_path: Path, kg: Kg) -> None:
    article = tmp_path / "story.txt"
    article.write_text(STORY)
    done = kg("build", article, "--out", article)
    assert done.code == 1
    assert str(article) in _sentence(done.err)
    assert article.read_text() == STORY


def test_cli_eval_of_a_file_without_annotations(tmp_path: Path, kg: Kg) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text("no json\n")
    done = kg("eval", gold)
    assert (done.code, "gold.jsonl" in _sentence(done.err)) == (2, True)


def test_cli_other_languages_are_listed_unless_kg_is_told_to_try(tmp_path: Path, kg: Kg) -> None:
    records = tmp_path / "in.jsonl"
    french = "Le maire a dit que dix bateaux avaient coulé dans le port de la ville. " * 5
    records.write_text(
        "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in (("fr", french), ("en", STORY)))
    )
    for command in (["annotate", records], ["build", records, "--out", tmp_path / "out"]):
        done = kg(*command)
        (line,) = done.err.splitlines()
        assert (done.code, line.startswith("left out: fr"), "The text is in French" in line) == (1, True, True)
    assert [json.loads(line)["id"] for line in kg("annotate", records).out.splitlines()] == ["en"]
    told = kg("annotate", records, "--any-language")
    assert (told.code, [json.loads(line)["id"] for line in told.out.splitlines()]) == (0, ["fr", "en"])


def test_cli_check_of_impossible_values_says_so_and_no_more(
    tmp_path: Path, kg: Kg, caplog: pytest.LogCaptureFixture
) -> None:
    graph = tmp_path / "graph.ttl"
    graph.write_text(
        "@prefix kg: <https://w3id.org/kg-said/ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        '<http://example.org/a> a kg:Article ; kg:published "2021-13-45"^^xsd:date .\n'
    )
    done = kg("check", graph)
    assert done.code == 1
    assert "2021-13-45" in done.out + done.err
    assert not caplog.records  # a library's log would reach the terminal
