"""A process of its own, with nothing in it but kg, from which the commands are forked; and how to ask it.

    python -m tests.faults.laboratory FOLDER SIZE

reads one JSON request a line and writes one JSON answer a line. It lives in a mount namespace of its own, so that a
small disk can be filled and is gone with it.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import gc
import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from tests.faults.trials import Bench, Trial, Unsteady, possible, record, trial

ROOT = Path(__file__).parents[2]
_NEWNS, _NEWUSER = 0x00020000, 0x10000000
_REC, _PRIVATE = 0x4000, 0x40000
_DISK = 96  # MB
Planned = tuple[str, str, int]
"""Operation, way and seed."""


class Laboratory:
    """The process, from outside. ``size`` is of :data:`tests.faults.operations.SIZES`; ``hashing`` seeds the order of sets."""

    def __init__(self, size: str = "small", *, hashing: int = 0) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="kg-faults-"))
        environment = {
            **os.environ, "PYTHONHASHSEED": str(hashing), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1",
            "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))),
        }  # fmt: skip
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.laboratory", str(self._folder), size],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment, text=True,
            start_new_session=True,
        )  # fmt: skip
        self.no_disk: str | None = self._hear()["no_disk"]
        """Why no disk can be filled here, if so."""

    def trials(self, planned: Sequence[Planned], *, jobs: int = 1) -> Iterator[Trial]:
        """Their outcomes as they come in; those that are not possible here are left out."""
        self._say({"do": "trials", "planned": planned, "jobs": jobs})
        while "done" not in (answer := self._hear()):
            yield Trial(**answer)

    def situation(self, name: str, seed: int = 0) -> list[str]:
        """What is wrong in one of :mod:`tests.faults.situations`, as sentences."""
        return list(self._ask({"do": "situation", "name": name, "seed": seed})["problems"])

    def close(self) -> None:
        if self._process.poll() is None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process.wait(30)
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if error[0] is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)  # its workers, too
        self.close()

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        self._say(request)
        return self._hear()

    def _say(self, request: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the laboratory ended with exit code {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer


# ── inside ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _main(folder: Path, size: str) -> None:
    # What is printed here must not get between the answers.
    answers = os.dup(1)
    os.dup2(2, 1)
    os.set_inheritable(answers, False)
    no_disk = _own_mounts()
    bench = Bench(folder, size, _annotations(folder, size))
    gc.collect()
    gc.freeze()  # what is shared with the forked processes is not touched, and so not copied
    if no_disk is None:
        no_disk = _mount(bench, folder / "disk")
    _tell(answers, folder, {"no_disk": no_disk})
    for line in sys.stdin:
        try:
            _tell(answers, folder, _answer(bench, json.loads(line), answers))
        except Exception:  # noqa: BLE001 - whoever asked gets to know, whatever it is
            _tell(answers, folder, {"error": traceback.format_exc(limit=-6)})


def _answer(bench: Bench, request: dict[str, Any], answers: int) -> dict[str, Any]:
    if request["do"] == "trials":
        _share_out(bench, [tuple(p) for p in request["planned"]], request["jobs"], answers)
        return {"done": True}
    from tests.faults import situations

    return {"problems": situations.ALL[request["name"]](bench, request["seed"])}


def _share_out(bench: Bench, planned: Sequence[Planned], jobs: int, answers: int) -> None:
    """Trials in forked processes, each with a disk of its own; each takes the next operation when it is done with one."""
    names = list(dict.fromkeys(name for name, _, _ in planned))
    take, give = os.pipe()
    os.write(give, bytes(range(len(names))))
    os.close(give)
    workers = []
    for number in range(jobs):
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                if bench.disk is not None and number:
                    _mount(bench, bench.folder / f"disk-{number}")
                while turn := os.read(take, 1):
                    name = names[turn[0]]
                    for _, way, seed in (p for p in planned if p[0] == name):
                        for made in _tried(bench, name, way, seed):
                            _tell(answers, bench.folder, record(made))
                code = 0
            except Exception:  # noqa: BLE001 - whoever asked gets to know, whatever it is
                _tell(answers, bench.folder, {"error": traceback.format_exc(limit=-6)})
            finally:
                os._exit(code)
        workers.append(pid)
    os.close(take)
    for pid in workers:
        os.waitpid(pid, 0)


def _tried(bench: Bench, name: str, way: str, seed: int) -> Iterator[Trial]:
    """The trial, where it is possible; one that failed where the operation does not even work undisturbed."""
    try:
        if possible(bench, name, way):
            yield trial(bench, name, way, seed)
    except Unsteady as error:
        failed = Trial(name, way, seed)
        failed.wrong("same", f"Undisturbed: {error}")
        yield failed


def _tell(answers: int, folder: Path, answer: dict[str, Any]) -> None:
    with (folder / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        data = json.dumps(answer).encode() + b"\n"
        while data:
            data = data[os.write(answers, data) :]


def _annotations(folder: Path, size: str) -> dict[tuple[str, str], Any]:
    """All that the commands will want to know of the articles, by the real annotator; and all that they import."""
    import kg.cli
    import kg.export
    import kg.query
    import kg.query.network
    import kg.reason
    import kg.reason.validate
    import kg.review
    import kg.view.page
    import kg.view.results
    import kg.view.rows
    from kg.annotate import Annotator
    from kg.read import read
    from kg.store import Store
    from tests.faults.operations import SIZES, write_inputs

    # What every process reads once (shapes, questions, templates) is read once for all of them.
    with Store.open() as nothing:
        kg.reason.validate.check(nothing)
        kg.reason.infer(nothing)
        kg.view.page.html(kg.view.from_store(nothing))
        kg.query.run(nothing, kg.query.named()["articles"])
    write_inputs(folder / "inputs", SIZES[size])
    files = [folder / "inputs" / f"{name}.jsonl" for name in ("many", "all", "corrected")]
    found = {(article.id, article.text): article for article in read(files)}
    # In a process of its own: each fork of this one would have to carry the annotator's models.
    target = folder / "annotations"
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            annotator = Annotator()
            target.write_bytes(pickle.dumps({key: annotator.annotate(article) for key, article in found.items()}))
            code = 0
        finally:
            os._exit(code)
    if os.waitpid(pid, 0)[1] != 0:
        raise RuntimeError("the articles could not be annotated")
    made: dict[tuple[str, str], Any] = pickle.loads(target.read_bytes())
    return made


def _own_mounts() -> str | None:
    """A mount namespace of its own; why not, where that is not possible."""
    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.getuid(), os.getgid()
    if libc.unshare(_NEWNS) != 0:
        if libc.unshare(_NEWUSER | _NEWNS) != 0:
            return f"no mount namespace of its own: {os.strerror(ctypes.get_errno())}"
        with contextlib.suppress(OSError):
            Path("/proc/self/setgroups").write_text("deny")
        try:
            Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
            Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
        except OSError as error:
            return f"no user namespace of its own: {error.strerror}"
    if libc.mount(b"none", b"/", None, _REC | _PRIVATE, None) != 0:
        return f"mounts cannot be made private: {os.strerror(ctypes.get_errno())}"
    return None


def _mount(bench: Bench, where: Path) -> str | None:
    """A small disk that can be filled; why not, where that is not possible."""
    where.mkdir()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"tmpfs", str(where).encode(), b"tmpfs", 0, f"size={_DISK}m".encode()) != 0:
        return f"no small disk can be mounted: {os.strerror(ctypes.get_errno())}"
    bench.disk = where
    return None


if __name__ == "__main__":
    _main(Path(sys.argv[1]), sys.argv[2])
