"""Reading on a cluster: parts that are whole or not there, found again by a second run, and the same bytes in the end.

Most of it is tried on threads in the place of Dask's workers, as the executor that they are reached through; the last tests need
the extra “cluster” and start a scheduler and workers on this machine.
"""

from __future__ import annotations

import errno
import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kg.errors import KgError, UsageError
from kg.model import Annotation, Article
from kg.pipeline import build, cluster, parts
from kg.pipeline.cluster import Cluster
from kg.read import read
from kg.store import Store
from tests.faults import articles

ROOT = Path(__file__).parents[2]
NUMBER = 30


def lines(store: Store) -> list[bytes]:
    return sorted(store.dump().split(b"\n"))


def told(number: int = NUMBER) -> list[Article]:
    return [Article(one["id"], one["text"], published=one["date"], url=one["url"]) for one in articles.records(number)]


class Nothing:
    """An annotator that finds nothing."""

    name, any_language, known = "none", False, None

    def annotate(self, article: Article) -> Annotation:
        if article.id == "report-003":
            raise ZeroDivisionError("no")
        return Annotation(article, extractor="nothing 1")


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Threads in the place of a cluster; counts the articles that were read there."""
    state: dict[str, Any] = {"read": 0, "fails": None}
    real = cluster._read

    def reading(task: bytes, made: Any, portions: Any) -> Any:
        if state["fails"] is not None:
            raise state["fails"]
        state["read"] += sum(map(len, portions))
        return real(task, made, portions)

    def opened(self: cluster._Dask) -> ThreadPoolExecutor:
        if self._executor is None:
            self._executor = ThreadPoolExecutor(2)
            self._client = SimpleNamespace(status="running", nthreads=lambda: {"a": 1, "b": 1}, close=lambda: None)
        return self._executor  # type: ignore[return-value]

    monkeypatch.setattr(cluster, "PART", 8)
    monkeypatch.setattr(cluster, "_read", reading)
    monkeypatch.setattr(cluster._Dask, "_open", opened)
    return state


def made(folder: Path, store: Store | None = None, found: list[Article] | None = None) -> tuple[Store, Any]:
    store = store or Store.open()
    there = Cluster("tcp://nowhere:1", folder, wait=1)
    annotator: Any = Nothing()
    return store, build(found or told(), store=store, annotator=annotator, cluster=there)


@pytest.fixture
def alone() -> list[bytes]:
    store = Store.open()
    annotator: Any = Nothing()
    build(told(), store=store, annotator=annotator)
    return lines(store)


def test_cluster_gives_the_same_store_and_a_second_run_reads_nothing_again(
    tmp_path: Path, threads: dict[str, Any], alone: list[bytes]
) -> None:
    store, report = made(tmp_path / "parts")
    assert lines(store) == alone
    assert ([p.where for p in report.problems], len(report.added), threads["read"]) == (["report-003"], 29, 30)
    store, _ = made(tmp_path / "parts")
    assert (lines(store), threads["read"]) == (alone, 30)


def test_cluster_is_not_asked_for_what_is_stored(tmp_path: Path, threads: dict[str, Any], alone: list[bytes]) -> None:
    store = Store.open()
    annotator: Any = Nothing()
    build([one for one in told() if one.id != "report-003"], store=store, annotator=annotator)
    found = [one for one in told() if one.id != "report-003"]
    _, report = made(tmp_path / "parts", store, found)
    assert (report.added, len(report.known), threads["read"]) == ((), 29, 0)
    assert not (tmp_path / "parts").exists()


def files(folder: Path, ending: str) -> list[Path]:
    return sorted(folder.rglob(f"*{ending}"))


def test_parts_that_are_damaged_or_another_runs_are_made_again(
    tmp_path: Path, threads: dict[str, Any], alone: list[bytes]
) -> None:
    folder = tmp_path / "parts"
    made(folder)
    assert (len(files(folder, ".gz")), len(files(folder, ".json"))) == (4, 4)
    damaged, cut, other, half = files(folder, ".gz")
    damaged.write_bytes(damaged.read_bytes()[:-9] + b"x" * 9)
    cut.write_bytes(b"")
    manifest = other.with_name(other.name.replace(".jsonl.gz", ".json"))
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "made": {"kg": "9.9"}}))
    half.with_name(half.name.replace(".jsonl.gz", ".json")).write_text("{")
    before = threads["read"]
    store, report = made(folder)
    assert (lines(store), threads["read"]) == (alone, before + 30)
    notes = [note for note in report.notes if "made again" in note]
    assert sorted("another run" in note for note in notes) == [False, False, False, True]
    assert sum("is damaged; it" in note for note in notes) == 3


def test_parts_of_another_kg_or_manner_are_not_taken(
    tmp_path: Path, threads: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / "parts")
    monkeypatch.setattr(cluster, "_code", lambda: "another")
    made(tmp_path / "parts")
    assert threads["read"] == 60


def test_a_disk_that_is_full_is_one_sentence_and_the_rest_is_kept(
    tmp_path: Path, threads: dict[str, Any], alone: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "parts"
    real, written = parts._put, 0

    def put(path: Path, content: bytes) -> None:
        nonlocal written
        written += 1
        if written > 4:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(path, content)

    with monkeypatch.context() as full:
        full.setattr(parts, "_put", put)
        with pytest.raises(KgError, match="cannot be written: No space left on device"):
            made(folder)
    assert len(files(folder, ".json")) == 2
    threads["read"] = 0
    store, _ = made(folder)
    assert (lines(store), threads["read"]) == (alone, 14)
    # On a worker: whatever it cannot write.
    threads["fails"] = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with pytest.raises(KgError, match=r"A worker at tcp://nowhere:1 cannot go on \(OSError: .*No space left"):
        made(tmp_path / "other")
    threads["fails"] = ModuleNotFoundError("No module named 'kg'")
    with pytest.raises(KgError, match="has no kg, or another one"):
        made(tmp_path / "other")


def test_a_worker_with_another_kg_is_refused(
    tmp_path: Path, threads: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked = cluster.made_by, 0

    def made_by(reading: Any) -> Any:
        nonlocal asked
        asked += 1
        return {**real(reading), "kg": "0.1.0" if asked <= 2 else "0.0.9"}

    monkeypatch.setattr(cluster, "made_by", made_by)
    monkeypatch.setattr(cluster, "_task", None)
    with pytest.raises(KgError, match=r"A worker has another kg \(0\.0\.9\) than this machine \(0\.1\.0\)"):
        made(tmp_path / "parts")


def test_what_stands_before_a_failure_of_the_inputs_is_stored(tmp_path: Path, threads: dict[str, Any]) -> None:
    def ending() -> Iterator[Article]:
        yield from told(20)
        raise OSError("the input is gone")

    store = Store.open()
    annotator: Any = Nothing()
    with pytest.raises(OSError, match="the input is gone"):
        build(ending(), store=store, annotator=annotator, cluster=Cluster("x", tmp_path / "parts"))
    kept = store.subjects_of_type("https://w3id.org/kg-said/ns#Article")
    assert len(list(kept)) in (15, 19), "whole portions"


def test_cluster_without_dask_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install kg-said\[cluster\]"):
        made(tmp_path / "parts")


class Calling(cluster.Workers[int, int]):
    def submit(self, items: Sequence[int]) -> Future[list[int]]:
        return self.give(list, items)


@pytest.mark.parametrize(("busy", "calls"), [(2, 3), (99, 4)])
def test_a_scheduler_that_is_too_busy_to_answer_is_called_again(
    busy: int, calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, called = 0.0, 0

    def client(address: str, *, timeout: float, set_as_default: bool) -> Any:
        nonlocal now, called
        now, called = now + timeout, called + 1
        if called <= busy:
            raise TimeoutError
        return SimpleNamespace(get_executor=lambda pure: ThreadPoolExecutor(1), close=lambda: None)

    there = SimpleNamespace(Client=client, scheduler=SimpleNamespace(KilledWorker=RuntimeError))
    monkeypatch.setattr(cluster, "dask", lambda: there)
    monkeypatch.setattr(cluster, "time", SimpleNamespace(monotonic=lambda: now))
    workers = Calling("tcp://x:1", {}, 80)
    try:
        if busy < calls:
            assert workers.submit([7]).result() == [7]
        else:
            with pytest.raises(KgError, match="No Dask scheduler answers at tcp://x:1"):
                workers.submit([7])
    finally:
        workers.close(at_once=True)
    assert called == calls


def test_command_names_jobs_or_a_cluster(tmp_path: Path) -> None:
    path = articles.write(tmp_path / "a.jsonl", articles.records(1))
    for words, sentence in (
        (["--jobs", "2", "--cluster", "tcp://x:1"], "leave “--jobs” or “--cluster” out"),
        (["--parts", "p"], "“--parts” goes with “--cluster”"),
    ):
        done = subprocess.run([sys.executable, "-m", "kg", "build", str(path), *words], capture_output=True, text=True)
        assert (done.returncode, sentence in done.stderr) == (2, True)


# ── with Dask ──


class Machines:
    """A scheduler and two workers on this machine."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self._folder, self._told = folder, folder / "machines.log"
        here = ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
        self.scheduler = self._start("distributed.cli.dask_scheduler", *here)
        self.workers = [
            self._start("distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
            for _ in range(workers)
        ]

    def _start(self, module: str, *words: str) -> subprocess.Popen[bytes]:
        env = {**os.environ, "PYTHONPATH": f"{ROOT}:{os.environ.get('PYTHONPATH', '')}"}
        with self._told.open("ab") as told:
            return subprocess.Popen(
                [sys.executable, "-m", module, *words], env=env, cwd=self._folder, stdout=told, stderr=told
            )

    def end(self) -> None:
        for one in (*self.workers, self.scheduler):
            one.kill()
            one.wait()
        sys.stderr.write(self._told.read_text(errors="replace")[-4000:])  # which is shown where a test fails


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    pytest.importorskip("distributed", reason="the extra “cluster” is not installed")
    started = Machines(tmp_path)
    yield started
    started.end()


def test_two_workers_one_of_them_killed_give_the_same_bytes(
    machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PART", 5)
    path = articles.write(tmp_path / "news.jsonl", articles.records(40))
    store, killed = Store.open(), []

    def kill(number: int) -> None:
        if not killed:
            machines.workers[0].send_signal(signal.SIGKILL)
            killed.append(number)

    report = build(read(path), store=store, cluster=Cluster(machines.address, tmp_path / "parts", on_read=kill))
    assert (len(report.added), killed, report.problems) == (40, [5], ())
    assert machines.workers[0].poll() == -signal.SIGKILL
    alone = Store.open()
    build(read(path), store=alone)
    assert lines(store) == lines(alone)
    again = Store.open()
    build(read(path), store=again, cluster=Cluster("tcp://127.0.0.1:9", tmp_path / "parts"))
    assert lines(again) == lines(alone), "parts that are there need no cluster"
    names = [gzip.decompress(one.read_bytes()).count(b"\n") for one in files(tmp_path / "parts", ".gz")]
    assert names == [5] * 8


def test_a_cluster_that_is_not_there_or_ends_is_one_sentence(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra “cluster” is not installed")
    with pytest.raises(KgError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        build(told(), store=Store.open(), cluster=Cluster("tcp://127.0.0.1:9", tmp_path, wait=2))
    with pytest.raises(KgError, match="No Dask scheduler answers at nonsense"):
        build(told(), store=Store.open(), cluster=Cluster("nonsense://x", tmp_path, wait=2))
    machines = Machines(tmp_path, workers=0)
    try:
        time.sleep(1)
        with pytest.raises(KgError, match="has no workers, and none came for 8 seconds"):
            build(told(), store=Store.open(), cluster=Cluster(machines.address, tmp_path, wait=8))
        import threading

        threading.Timer(12, machines.scheduler.kill).start()
        with pytest.raises(KgError, match=r"is gone|No Dask scheduler"):
            build(told(), store=Store.open(), cluster=Cluster(machines.address, tmp_path, wait=120))
    finally:
        machines.end()
