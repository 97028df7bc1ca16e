"""A build by several processes: the same bytes, also where a worker, the build itself or somebody at the keyboard ends it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.annotate import Annotator
from kg.cli.printing.console import cores
from kg.errors import UsageError
from kg.model import Annotation, Article
from kg.pipeline import build, crews
from kg.read import read
from kg.store import Store
from tests.faults import articles

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at as Linux shows them")

NUMBER = 56
ABORTS = int(os.environ.get("KG_ABORTS", "2"))


def lines(store: Path | Store) -> list[bytes]:
    if isinstance(store, Path):
        with Store.open(store, read_only=True) as opened:
            return sorted(opened.dump().split(b"\n"))
    return sorted(store.dump().split(b"\n"))


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles with, in their midst, one that is not English, one that comes twice, and a correction of one."""
    found = articles.records(NUMBER)
    found.insert(
        20, {"id": "fremd", "text": "Der Minister sagte am Montag, die Zahl der Toten sei auf zwölf gestiegen. " * 4}
    )
    found.insert(45, found[4])
    found.insert(50, articles.records(8, corrected=[7])[-1])
    return articles.write(tmp_path_factory.mktemp("jobs") / "news.jsonl", found)


@pytest.fixture(scope="module")
def alone(inputs: Path) -> tuple[list[bytes], tuple[object, ...]]:
    """What one process makes of them: the quads, and what it tells."""
    store = Store.open()
    report = build(read(inputs, problems=[]), store=store)
    return lines(store), (report.added, report.known, report.problems, report.replaced, report.notes)


def test_jobs_make_the_same_store_and_the_same_report(
    inputs: Path, alone: tuple[list[bytes], tuple[object, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crews, "_PIECE", 3)
    store, heard = Store.open(), list[int]()
    report = build(
        read(inputs, problems=[]), store=store, jobs=2, on_progress=lambda number, article: heard.append(number)
    )
    assert (report.added, report.known, report.problems, report.replaced, report.notes) == alone[1]
    assert lines(store) == alone[0]
    assert heard == sorted(heard)
    assert ([p.where for p in report.problems], len(report.replaced)) == (["fremd"], 1)


def test_jobs_for_few_articles_start_no_process(inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews.Processes, "__init__", None)
    found = list(read(inputs, problems=[]))[: crews.FEW]
    report = build(found, store=Store.open(), jobs=2, annotator=_Nothing())  # type: ignore[arg-type]
    assert len(report.added) == crews.FEW - 1
    with pytest.raises(UsageError, match="1 or more, not 0"):
        build([], store=Store.open(), jobs=0)


class _Nothing:
    """An annotator that finds nothing, and stumbles over some."""

    def annotate(self, article: Article) -> Annotation:
        if article.id == "fremd":
            raise ZeroDivisionError("no")
        if article.id == "report-030" and os.environ.get("KG_KILLS") == str(os.getppid()):
            os.kill(os.getpid(), signal.SIGKILL)
        return Annotation(article)


def test_jobs_list_an_article_that_ends_its_worker_each_time(inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_KILLS", str(os.getpid()))
    store = Store.open()
    report = build(read(inputs, problems=[]), store=store, jobs=2, annotator=_Nothing())  # type: ignore[arg-type]
    told = {problem.where: problem.reason for problem in report.problems}
    assert set(told) == {"fremd", "report-030"}
    assert "that is a fault of kg" in told["fremd"]
    assert "ended 3 times" in told["report-030"]
    assert len(report.added) == NUMBER - 1


def test_an_annotator_travels_by_its_recipe() -> None:
    import pickle

    annotator = Annotator(any_language=True)
    packed = pickle.dumps(annotator)
    assert len(packed) < 1_000
    assert (pickle.loads(packed).name, pickle.loads(packed).any_language) == (annotator.name, True)


def test_few_mentions_change_no_entity_and_no_comparison(
    inputs: Path, alone: tuple[list[bytes], tuple[object, ...]]
) -> None:
    store = Store.open()
    report = build(read(inputs, problems=[]), store=store, mentions=False)
    assert "tell of no other" in report.notes[-1]
    few, every = set(lines(store)), set(alone[0])
    assert few < every, "something is left out and nothing else is told"
    left_out = {line.partition(b">")[0].rpartition(b"#")[2] for line in every - few if b"#mention>" not in line}
    assert all(part.startswith(b"char=") for part in left_out), "what tells of mentions alone"
    gone = [line for line in every - few if b"ns#mention>" in line]
    assert len(gone) >= 10
    named = {line.partition(b">")[0] for line in every if b"ns#mention>" in line}
    assert named == {line.partition(b">")[0] for line in few if b"ns#mention>" in line}, "each actor has a place"


# ── the command ──


class Command:
    """``kg build`` in a process of its own, whose workers can be seen."""

    def __init__(self, inputs: Path, store: Path, *more: str) -> None:
        words = [
            sys.executable,
            "-m",
            "kg",
            "build",
            str(inputs),
            "--store",
            str(store),
            "--store-only",
            "--jobs",
            "2",
            *more,
        ]
        self.process = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )

    def workers(self) -> list[int]:
        found = []
        for one in Path("/proc").glob("[0-9]*"):
            try:
                stat, words = (one / "stat").read_text(), (one / "cmdline").read_text()
            except OSError:
                continue
            if int(stat.rpartition(")")[2].split()[1]) == self.process.pid and "spawn_main" in words:
                found.append(int(one.name))
        return found

    def until(self, reached: Callable[[], bool]) -> None:
        for _ in range(2_000):
            if reached() or self.process.poll() is not None:
                return
            time.sleep(0.05)
        raise AssertionError("it never came to that")

    def ends(self) -> tuple[int, str]:
        _, err = self.process.communicate(timeout=300)
        return self.process.returncode, err


@pytest.fixture
def command(inputs: Path, tmp_path: Path) -> Iterator[Command]:
    made = Command(inputs, tmp_path / "store")
    yield made
    made.process.kill()
    made.process.communicate()


def gone(workers: list[int]) -> bool:
    def is_gone(pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
        except OSError:
            return True

    for _ in range(200):
        if all(map(is_gone, workers)):
            return True
        time.sleep(0.05)
    return False


def published(store: Path) -> bool:
    return any((store / "states").glob("*"))


def test_a_worker_that_is_killed_changes_nothing(
    command: Command, tmp_path: Path, alone: tuple[list[bytes], tuple[object, ...]]
) -> None:
    command.until(lambda: len(command.workers()) == 2)
    time.sleep(1)
    os.kill(command.workers()[0], signal.SIGKILL)
    code, err = command.ends()
    assert (code, "fremd" in err, "ended" in err) == (1, True, False)
    assert lines(tmp_path / "store") == alone[0]


def test_ctrl_c_ends_at_once_with_all_workers_and_the_same_command_goes_on(
    command: Command, inputs: Path, tmp_path: Path, alone: tuple[list[bytes], tuple[object, ...]]
) -> None:
    command.until(lambda: published(tmp_path / "store") or len(command.workers()) == 2)
    workers = command.workers()
    time.sleep(2)
    began = time.monotonic()
    os.killpg(command.process.pid, signal.SIGINT)
    code, err = command.ends()
    assert time.monotonic() - began < 15
    assert (code, "stopped by SIGINT" in err, "Traceback" in err) == (130, True, False)
    assert gone(workers)
    Command(inputs, tmp_path / "store").ends()
    assert lines(tmp_path / "store") == alone[0]


@pytest.mark.parametrize("abort", range(ABORTS))
def test_a_build_that_is_killed_leaves_no_worker_and_is_made_again(
    abort: int, inputs: Path, tmp_path: Path, alone: tuple[list[bytes], tuple[object, ...]]
) -> None:
    """At moments from its first second on; the last ones fall behind the first portion."""
    store = tmp_path / "store"
    command = Command(inputs, store)
    share = abort / max(ABORTS - 1, 1)
    if share > 0.5:
        command.until(lambda: published(store))
    else:
        command.until(lambda: len(command.workers()) >= 1)
    time.sleep(4 * (share % 0.5))
    workers = command.workers()
    command.process.kill()
    command.ends()
    assert gone(workers)
    Command(inputs, store).ends()
    assert lines(store) == alone[0]


def test_annotate_prints_the_same_whatever_the_number_of_jobs(inputs: Path) -> None:
    words = [sys.executable, "-m", "kg", "annotate", str(inputs), "--jsonl", "--jobs"]
    one, two = (subprocess.run([*words, jobs], capture_output=True) for jobs in "12")
    assert one.stdout == two.stdout
    assert (one.returncode, two.returncode) == (1, 1)
    assert sorted(one.stderr.splitlines()) == sorted(two.stderr.splitlines())
    assert len(one.stdout.splitlines()) == NUMBER + 1
    assert json.loads(one.stdout.splitlines()[0])["id"] == "report-000"
    assert cores() >= 1
