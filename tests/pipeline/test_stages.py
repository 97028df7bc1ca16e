"""A build with two workers that is killed, interrupted or out of room at each of its stages, and then run again: the same bytes."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.annotate import Annotator
from kg.pipeline import build, building
from kg.read import read
from kg.store import Store
from tests.faults import articles, stages
from tests.faults.stages import STAGES, Looked

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at as Linux shows them")

ROOT = Path(__file__).parents[2]
NUMBER = 30
FULL = ("articles are stored", "a state is put beside", "packing", "a part is written")


def lines(store: Store) -> list[bytes]:
    return sorted(store.dump().split(b"\n"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles, and what is read of them."""
    made = tmp_path_factory.mktemp("stages")
    articles.write(made / "news.jsonl", articles.records(NUMBER))
    annotator = Annotator()
    found = {(a.id, a.text): annotator.annotate(a) for a in read([str(made / "news.jsonl")])}
    (made / "annotations").write_bytes(pickle.dumps(found))
    return made


@pytest.fixture(scope="module", autouse=True)
def _small(folder: Path) -> Iterator[None]:
    """The annotations are looked up, and portions are as small, in this process as well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(stages.LOOKED, str(folder / "annotations"))
        patch.setattr(building, "BATCH", stages.PORTION)
        yield


@pytest.fixture(scope="module")
def alone(folder: Path, _small: None) -> list[bytes]:
    """What a build that nobody disturbs makes of them, in one process."""
    store = Store.open()
    assert len(build(read([str(folder / "news.jsonl")]), store=store, annotator=Looked()).added) == NUMBER
    return lines(store)


class Forks:
    """Runs of ``kg build`` that begin at once."""

    def __init__(self) -> None:
        self._process = _python("forking", stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def run(self, folder: Path, work: Path, stage: str, way: str) -> tuple[int, str]:
        """Its exit code and what it said, when it and its workers have ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        words = [str(work), str(folder), stage, way, *command(folder, work, stage)]
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline()), (work / "said").read_text(encoding="utf-8")

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    made = Forks()
    yield made
    made.close()


def command(folder: Path, work: Path, stage: str) -> list[str]:
    words = [
        "build",
        str(folder / "news.jsonl"),
        "--store",
        str(work / "store"),
        "--store-only",
        "--quiet",
        "--any-language",
    ]
    parts = stage in STAGES and STAGES[stage].parts
    return words + (["--cluster", "tcp://nowhere:1", "--parts", str(work / "parts")] if parts else ["--jobs", "2"])


def _python(begin: str, *words: str, path: str = "", **more: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", f"from tests.faults.stages import {begin}; {begin}()", *words], cwd=ROOT, text=True, start_new_session=True,
        env={**os.environ, "TMPDIR": path or tempfile.gettempdir(), "PYTHONPATH": os.pathsep.join(filter(None, (path, str(ROOT)))), "OPENBLAS_NUM_THREADS": "1"}, **more,
    )  # fmt: skip


def start(folder: Path, work: Path, stage: str, way: str, *, path: str = "") -> subprocess.Popen[str]:
    """``kg build`` as a shell starts it."""
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return _python("main", str(folder), stage, way, *command(folder, work, stage), path=path, **pipes)


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Its exit code and what it said, when it and its workers have ended: they hold what it says open."""
    try:
        _, said = process.communicate(timeout=120)
    finally:
        process.kill()
    for one in of_session(process.pid):  # what has let go of everything and is about to end
        with contextlib.suppress(ProcessLookupError):
            assert select.select([os.pidfd_open(one)], [], [], 30)[0], "a worker stays"
    return process.returncode, said


def of_session(session: int) -> list[int]:
    """What still runs of a session."""
    found = []
    for one in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = one.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(told[3]) == session and told[0] != "Z":
            found.append(int(one.parent.name))
    return found


def again(folder: Path, work: Path) -> list[bytes]:
    """The store after the same articles were built again, with nothing left over beside it."""
    with Store.open(work / "store") as store:
        build(read([str(folder / "news.jsonl")]), store=store, annotator=Looked())
        found = lines(store)
    names = sorted(p.name for p in (work / "store").iterdir())
    assert names == ["index.sqlite", "kg-store.json", "lock", "states"]
    assert len(list((work / "store" / "states").iterdir())) == 1
    return found


@pytest.mark.parametrize("stage", STAGES)
def test_a_build_killed_at_a_stage_is_made_again(
    stage: str, forks: Forks, folder: Path, tmp_path: Path, alone: list[bytes]
) -> None:
    code, said = forks.run(folder, tmp_path, stage, "kill")
    assert code == -signal.SIGKILL, f"it was not struck: {said}"
    if STAGES[stage].parts:
        assert forks.run(folder, tmp_path, stage, "nothing") == (0, "")
    assert again(folder, tmp_path) == alone


@pytest.mark.parametrize("stage", STAGES)
def test_a_build_interrupted_at_a_stage_says_so_and_is_made_again(
    stage: str, forks: Forks, folder: Path, tmp_path: Path, alone: list[bytes]
) -> None:
    code, said = forks.run(folder, tmp_path, stage, "interrupt")
    assert (code, len(said.splitlines())) == (130, 1), said
    assert said.startswith("kg: stopped by SIGINT.")
    assert again(folder, tmp_path) == alone


@pytest.mark.parametrize("stage", ["pieces are given", "reading"])
@pytest.mark.parametrize("way", ["kill", "interrupt"])
def test_new_workers_end_with_a_build_that_is_stopped(
    stage: str, way: str, folder: Path, tmp_path: Path, alone: list[bytes]
) -> None:
    """Workers as they are for everybody: each loads Python, and kg, before it can be told anything."""
    code, said = ended(start(folder, tmp_path, stage, way))
    if way == "kill":
        assert code == -signal.SIGKILL
    else:
        assert (code, len(said.splitlines())) == (130, 1), said
    assert again(folder, tmp_path) == alone


BEGINNING = """
import os, signal, sys
if "--multiprocessing-fork" in sys.orig_argv:
    try:
        os.mkdir(os.environ["TMPDIR"] + "/begun")
    except FileExistsError:
        pass
    else:
        try:
            os.killpg(0, signal.SIGINT)
            sum(range(1000))
        except KeyboardInterrupt:
            os.mkdir(os.environ["TMPDIR"] + "/heard")
            raise
"""


def test_ctrl_c_while_a_worker_loads_is_one_sentence(
    folder: Path, tmp_path: Path, alone: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reaches all processes, also one that has no more of itself yet than Python."""
    (tmp_path / "sitecustomize.py").write_text(BEGINNING, encoding="utf-8")
    code, said = ended(start(folder, tmp_path, "nothing", "nothing", path=str(tmp_path)))
    assert (tmp_path / "begun").exists()
    assert not (tmp_path / "heard").exists()
    assert (code, len(said.splitlines())) == (130, 1), said
    assert again(folder, tmp_path) == alone


@pytest.mark.parametrize("stage", FULL)
def test_a_build_that_finds_no_room_says_so_and_is_made_again(
    stage: str, forks: Forks, folder: Path, tmp_path: Path, alone: list[bytes]
) -> None:
    code, said = forks.run(folder, tmp_path, stage, "full disk")
    assert (code, len(said.splitlines())) == (1, 1), said
    assert "cannot be written" in said
    if STAGES[stage].parts:
        assert not [p for p in (tmp_path / "parts").rglob("*") if p.is_file()]
        assert forks.run(folder, tmp_path, stage, "nothing") == (0, "")
    assert again(folder, tmp_path) == alone


def test_two_builds_at_once_one_is_done_the_other_says_why_not(
    forks: Forks, folder: Path, tmp_path: Path, alone: list[bytes]
) -> None:
    first = start(folder, tmp_path, "identity", "hold")
    assert first.stdout is not None
    assert first.stdout.readline() == "here\n"
    code, said = forks.run(folder, tmp_path, "nothing", "nothing")
    assert (code, len(said.splitlines())) == (1, 1), said
    assert "another process is using it; try again when it is done" in said
    _, said = first.communicate("go on\n", timeout=120)
    assert (first.returncode, said) == (0, "")
    with Store.open(tmp_path / "store", read_only=True) as store:
        assert lines(store) == alone
    assert forks.run(folder, tmp_path, "nothing", "nothing") == (0, "")
    assert again(folder, tmp_path) == alone
