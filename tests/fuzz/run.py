"""Runs generated inputs over all commands, each in a process of its own with limits, and reports counts as one JSON line.

    python tests/fuzz/run.py --count 20000 --seed 1 --workers 2 >> tests/bench/inputs.json

A worker loads spaCy once and forks for each input, so that a crash, a hang or a full memory ends that input only. What went
wrong is told on standard error by its seed; ``--only SEED`` runs one again in the open.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import multiprocessing
import os
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

sys.path[0] = str(Path(__file__).parents[2])  # not this folder, in which a file is called as a module of Python is

from tests.fuzz import generate

SECONDS, BYTES = 10.0, 1_000_000_000
"""More than an input may take."""

_PATIENCE = 60.0  # seconds after which a hanging input is ended
_BROKEN = 70  # exit code of an input that ended in an exception


@dataclass
class Done:
    """What became of an input."""

    seed: int
    command: str
    code: int | None  # None: ended by a signal
    signal: int
    seconds: float
    bytes: int
    fault: bool  # kg said that it is at fault
    said: str

    @property
    def wrong(self) -> list[str]:
        found = []
        if self.code == _BROKEN:
            found.append("traceback")
        if self.signal:
            found.append("crash")
        if self.code not in (0, 1, 2, _BROKEN, None):
            found.append("exit code")
        if self.fault:
            found.append("fault of kg")
        if self.seconds > SECONDS:
            found.append("over 10 s")
        if self.bytes > BYTES:
            found.append("over 1 GB")
        return found


def prepare() -> None:
    """Load what every input needs, before anything is forked."""
    import kg.annotate.language
    import kg.cli
    import kg.reason.validate
    import kg.view
    from kg.annotate import Annotator
    from kg.model import Article

    Annotator(any_language=True).annotate(Article("a", " ".join(generate.SENTENCES)))
    kg.annotate.language.check("The minister said that the boats had sunk off the coast of the island on Friday. " * 4)
    for module in ("trafilatura", "feedparser", "warcio.archiveiterator", "openpyxl", "charset_normalizer", "networkx"):
        __import__(module)
    gc.freeze()  # so that collecting garbage in a fork does not copy all of this


def run(seed: int, store: Path, *, fork: bool = True) -> Done:
    command, case = generate.case(Random(seed))
    with tempfile.TemporaryDirectory(prefix="kg-fuzz-") as name:
        folder = Path(name)
        words = _lay_out(case, folder, store)
        if not fork:
            print(words)
            _input(words, case.stdin, folder)
        start = time.monotonic()
        child = os.fork()
        if child == 0:
            _child(words, case.stdin, folder)
        status, usage = _wait(child, start + _PATIENCE)
        took = usage.ru_utime + usage.ru_stime  # of a machine that does other things as well
        said = (folder / ".err").read_bytes().decode("utf-8", "replace") if (folder / ".err").exists() else ""
        if status is None:
            return Done(
                seed, command, None, signal.SIGKILL, max(took, _PATIENCE), usage.ru_maxrss * 1024, False, said[-2_000:]
            )
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
        number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        return Done(
            seed,
            command,
            code,
            number,
            took,
            usage.ru_maxrss * 1024,
            "fault of kg" in said or "Traceback" in said,
            said[-2_000:],
        )


def _lay_out(case: generate.Case, folder: Path, store: Path) -> list[str]:
    for name, content in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for place in ("store", "copy"):  # also what is only read: a store is for one process at a time
        if any(f"{{{place}}}" in word for word in case.words):
            shutil.copytree(store, folder / place, copy_function=_copied)
    places = {"{dir}": str(folder), "{store}": str(folder / "store"), "{copy}": str(folder / "copy")}
    out = []
    for word in case.words:
        for mark, place in places.items():
            word = word.replace(mark, place)
        out.append(word)
    return out


def _copied(source: str, target: str) -> None:
    """A file of a store: those that hold the quads are never changed, only replaced."""
    if source.endswith(".sst"):
        os.link(source, target)
    else:
        shutil.copy2(source, target)


def _child(words: list[str], stdin: bytes, folder: Path) -> None:
    code = _BROKEN
    try:
        used = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_AS, (used + 3 * BYTES, used + 3 * BYTES))
        errors = os.open(folder / ".err", os.O_CREAT | os.O_WRONLY)
        os.dup2(errors, 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = _input(words, stdin, folder)
    except BaseException:  # noqa: BLE001 - the end of this process, whatever it was
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _input(words: list[str], stdin: bytes, folder: Path) -> int:
    from kg.cli import cli

    (folder / ".in").write_bytes(stdin)
    os.dup2(os.open(folder / ".in", os.O_RDONLY), 0)
    os.chdir(folder)
    try:
        cli.main(words, prog_name="kg")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


def _wait(child: int, until: float) -> tuple[int | None, Any]:
    pid = os.pidfd_open(child)
    try:
        ready = select.select([pid], [], [], max(0.0, until - time.monotonic()))[0]
        if not ready:
            os.kill(child, signal.SIGKILL)
        _, status, usage = os.wait4(child, 0)
        return (status if ready else None), usage
    finally:
        os.close(pid)


def _store(folder: Path) -> Path:
    """The store of the samples, made by a child, since no process that had a store open may fork."""
    child = os.fork()
    if child == 0:
        from kg.cli import cli

        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        try:
            cli.main(["demo", "--out", str(folder), "--quiet"], prog_name="kg")
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    return folder / "store"


def _work(seeds: list[int], store: Path, results: Any) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        prepare()
        for seed in seeds:
            try:
                results.put(run(seed, store))
            except Exception:  # noqa: BLE001 - a fault of this script must be told, not counted as none
                results.put(Done(seed, "script", _BROKEN, 0, 0, 0, False, traceback.format_exc()[-2_000:]))
    finally:
        results.put(None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1, help="the first of the seeds")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--only", type=int, help="run the input of this seed alone, in the open")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="kg-fuzz-store-") as name:
        store = _store(Path(name))
        if given.only is not None:
            run(given.only, store, fork=False)
            return
        print(json.dumps(_count(given, store), ensure_ascii=False))


def _count(given: argparse.Namespace, store: Path) -> dict[str, Any]:
    started = time.monotonic()
    results: Any = multiprocessing.get_context("fork").Queue()
    seeds = range(given.seed, given.seed + given.count)
    workers = [
        multiprocessing.get_context("fork").Process(
            target=_work, args=(list(seeds[n :: given.workers]), store, results)
        )
        for n in range(given.workers)
    ]
    for worker in workers:
        worker.start()
    wrong, codes, commands = Counter[str](), Counter[str](), Counter[str]()
    slowest, largest, ended, number = 0.0, 0, 0, 0
    with contextlib.suppress(KeyboardInterrupt):  # also of a run that is ended early the counts are told
        while ended < given.workers:
            done = results.get()
            if done is None:
                ended += 1
                continue
            number += 1
            codes[str(done.code)] += 1
            commands[done.command] += 1
            slowest, largest = max(slowest, done.seconds), max(largest, done.bytes)
            for what in done.wrong:
                wrong[what] += 1
            if done.wrong:
                print(
                    f"seed {done.seed} ({done.command}): {', '.join(done.wrong)}; {done.seconds:.1f} s, {done.bytes:,} bytes\n{done.said}\n",
                    file=sys.stderr,
                    flush=True,
                )
            if number % 500 == 0:
                print(f"{number} of {given.count}: {dict(wrong)}", file=sys.stderr, flush=True)
    for worker in workers:
        if ended < given.workers:
            worker.terminate()
        worker.join()
    kinds = ("traceback", "fault of kg", "crash", "exit code", "over 10 s", "over 1 GB")
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "command": f"python tests/fuzz/run.py --count {given.count} --seed {given.seed} --workers {given.workers}",
        "inputs": number, **{kind: wrong[kind] for kind in kinds}, "slowest s": round(slowest, 1), "largest MB": largest // 1_000_000,
        "minutes": round((time.monotonic() - started) / 60, 1), "exit codes": dict(sorted(codes.items())), "commands": dict(sorted(commands.items())),
    }  # fmt: skip


if __name__ == "__main__":
    main()
