"""One command is disturbed at a moment drawn from a seed; what then holds, and what holds when the same command ran again.

1. Right after it the store is whole: ``kg check`` finds nothing, ``kg query`` answers, and the quads are those from before
   the command or those from after it; each file beside the store is the old or the new one.
2. The same command again ends well.
3. Then quads and files are those of a run that nobody disturbed, byte for byte.
4. No file is left over.
5. What was disturbed said so in a sentence, and its exit code is not 0.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import random
import re
import shutil
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from kg import vocabulary as v
from kg.model import Annotation
from tests.faults.command import Ended, Fault, Hangs, Key, Running, Talk
from tests.faults.operations import PORTION, SIZES, Operation, Words, at_the_keyboard, fill_in, operations, write_inputs

WAYS = ("kill", "interrupt", "terminate", "full disk", "exception")
_SIGNALS = {"kill": signal.SIGKILL, "interrupt": signal.SIGINT, "terminate": signal.SIGTERM}
STORE = "o/store"
_DRAWS = 3  # so often a moment is drawn until one hits the command while it runs
_LATE = 0.4  # this share of the moments falls into the last third, where a command brings all together
_LINES = 4
_ENGINE = re.compile(r"\d+\.(sst|log|blob)|CURRENT|IDENTITY|LOCK|LOG|LOG\.old\.\d+|(MANIFEST|OPTIONS)-\d+")
_NUMBER = re.compile(r"\b[0-9a-f]{8,}\b|\d+")
_BALLAST = "ballast"
_ARTICLE = f"<{v.TYPE}> <{v.Class.ARTICLE}>"


class Unsteady(Exception):
    """Two undisturbed runs of a command give different results, so that nothing can be compared with them."""


@dataclass(frozen=True, slots=True)
class State:
    """What a folder holds: the quads (``None``: there is no store), the files beside the store, and the names of all files with
    numbers put out of them.
    """

    quads: frozenset[str] | None
    files: dict[str, bytes]
    names: Counter[str]

    def same(self, wanted: State) -> bool:
        """Whether quads and files are those that are wanted; more files are no other state, but left over."""
        return self.quads == wanted.quads and all(self.files.get(name) == data for name, data in wanted.files.items())

    @property
    def articles(self) -> int:
        """How many articles there are; -1 where there is no store."""
        return -1 if self.quads is None else sum(_ARTICLE in quad for quad in self.quads)


@dataclass(frozen=True, slots=True)
class Expected:
    """An operation that nobody disturbed: before and after, its exit code, seconds, bytes on disk, and calls that could fail."""

    before: State
    after: State
    code: int
    seconds: float
    space: int
    calls: dict[str, int]
    articles: frozenset[int]


@dataclass(slots=True)
class Trial:
    """What came of one. ``moment``: the part of the undisturbed time, or of the space, or the call that failed. ``problems`` are
    sentences; each of the five questions that they belong to is false.
    """

    operation: str
    way: str
    seed: int
    moment: str = ""
    landed: bool = False
    code: int = 0
    whole: bool = True
    again: bool = True
    same: bool = True
    tidy: bool = True
    said: bool = True
    problems: list[str] = field(default_factory=list)

    def wrong(self, question: str, sentence: str) -> None:
        setattr(self, question, False)
        self.problems.append(sentence)

    @property
    def good(self) -> bool:
        return not self.problems


class Bench:
    """The folder in which commands run, with the stores that they begin with and what they make undisturbed."""

    def __init__(self, folder: Path, size: str, annotations: dict[Key, Annotation]) -> None:
        self.folder = folder
        self.size = SIZES[size]
        self.operations = operations(self.size)
        self.inputs = folder / "inputs"
        self.disk: Path | None = None
        """A small disk that can be filled, where there is one."""
        self._annotations = annotations
        self._bases: dict[tuple[Words, ...], Path] = {}
        self._expected: dict[str, Expected] = {}
        self._count = 0
        write_inputs(self.inputs, self.size)

    # ── commands ──

    def start(self, words: Sequence[str], folder: Path, *, talk: Talk | None = None, **more: Any) -> Running:
        made = [word.replace("{inputs}", str(self.inputs)) for word in words]
        if "{judgement}" in made:
            made[made.index("{judgement}")] = self._judgement
        return Running(made, folder, annotations=self._annotations, talk=talk, **more)

    def run(self, words: Sequence[str], folder: Path, **more: Any) -> Ended:
        return self.start(words, folder, **more).wait()

    def well(self, words: Sequence[str], folder: Path) -> Ended:
        """Run what must end well."""
        done = self.run(words, folder)
        if done.code != 0:
            raise Unsteady(f"kg {' '.join(words)} ended with exit code {done.code}: {done.err.strip()[-400:]}")
        return done

    def talk(self, operation: Operation) -> Talk | None:
        return at_the_keyboard(self.size) if operation.answers else None

    @cached_property
    def _judgement(self) -> str:
        """The id of a judgement that “review --read” made: the first that says “same”."""
        base = self.base(next(o for o in self.operations.values() if o.name == "review --withdraw").before)
        listed = self.well(("review", "--list", "--store", STORE), base).out
        return next(line.split()[0] for line in listed.splitlines() if re.match(r"[0-9a-f]{12} .* same ", line))

    # ── folders ──

    def new(self, name: str, *, on: Path | None = None) -> Path:
        self._count += 1
        made = (on or self.folder) / f"{name}-{os.getpid()}-{self._count}"
        made.mkdir(parents=True)
        return made

    @contextlib.contextmanager
    def copy(self, of: Path, *, on: Path | None = None) -> Iterator[Path]:
        """A copy of a folder that is gone afterwards."""
        made = self.new("case", on=on)
        try:
            shutil.copytree(of, made, dirs_exist_ok=True, symlinks=True)
            yield made
        finally:
            for one in (made, made.with_name(f"{made.name}.tmp")):
                shutil.rmtree(one, ignore_errors=True)

    def base(self, commands: tuple[Words, ...]) -> Path:
        """The folder that these commands leave, made once; it is only copied."""
        if commands not in self._bases:
            if any("decided.csv" in word for words in commands for word in words):
                self.decided()
            made = self.new("base")
            if commands:
                shutil.copytree(self.base(commands[:-1]), made, dirs_exist_ok=True)
                self.well(commands[-1], made)
            self._bases[commands] = made
        return self._bases[commands]

    def decided(self) -> None:
        """Make the file of decisions that “review --read” takes over."""
        target = self.inputs / "decided.csv"
        if not target.exists():
            with self.copy(self.base(self.operations["review --read"].before)) as folder:
                self.well(("review", "--csv", "queue.csv", "--by", "nobody", "--store", STORE), folder)
                fill_in(folder / "queue.csv", folder / "decided.csv", self.size)
                (folder / "decided.csv").replace(target)

    # ── states ──

    def look(self, folder: Path) -> State:
        """What is in a folder; the store is opened by “kg export”. Raises ``Unsteady`` where it cannot be read."""
        names = _names(folder)
        files = {
            str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.is_relative_to(folder / STORE) and path.name != _BALLAST
        }
        # It opens a copy, since opening may change what is there.
        with self.copy(folder) as copied:
            target = copied.with_name(f"{copied.name}.nq")
            done = self.run(("export", "--format", "nquads", "--out", str(target), "--store", STORE), copied)
            if done.code == 0:
                quads = frozenset(target.read_text(encoding="utf-8").splitlines())
                target.unlink()
                return State(quads, files, names)
            if no_store(done):
                return State(None, files, names)
            raise Unsteady(f"the store cannot be read: {last(done.err)}")

    def count(self, folder: Path) -> int:
        """How many articles “kg query articles” lists; -1 where there is no store. Raises ``Unsteady`` where it does not answer."""
        done = self.run(("query", "articles", "--format", "csv", "--store", STORE), folder)
        if done.code == 0:
            return sum(1 for _ in csv.reader(io.StringIO(done.out))) - 1
        if no_store(done):
            return -1
        raise Unsteady(f"“kg query articles” ends with exit code {done.code}: {last(done.err)}")

    def expected(self, name: str) -> Expected:
        """An operation undisturbed: run twice, since what differs by itself cannot be compared."""
        if name in self._expected:
            return self._expected[name]
        operation = self.operations[name]
        if any("decided.csv" in word for word in operation.words):
            self.decided()
        base = self.base(operation.before)
        found = []
        for counting in (False, True):
            # What it takes of a disk is measured where nobody else writes.
            with self.copy(base, on=self.disk if counting else None) as folder:
                running = self.start(operation.words, folder, talk=self.talk(operation), counting=counting)
                done = running.wait(watch=counting)
                if done.code != 0:
                    raise Unsteady(
                        f"“{name}” ends with exit code {done.code} when nobody disturbs it: {done.err[-400:]}"
                    )
                found.append((done, self.look(folder)))
        (plain, after), (counted, twice) = found
        if not after.same(twice) or after.names != twice.names:
            raise Unsteady(f"“{name}” gives different results when it runs twice: {difference(twice, after)}")
        before = self.look(base)
        counts = {before.articles, after.articles}
        if operation.portions:
            counts |= set(range(PORTION, after.articles, PORTION))
        self._expected[name] = Expected(
            before, after, plain.code, plain.seconds, counted.space, counted.calls, frozenset(counts)
        )
        return self._expected[name]


# ── one trial ──────────────────────────────────────────────────────────────────────────────────────────────────────


def possible(bench: Bench, name: str, way: str) -> bool:
    """Whether an operation can be disturbed in this way here: it is, unless nothing that it does could fail so."""
    if way == "full disk":
        return bench.disk is not None and bench.expected(name).space > 0
    return way != "exception" or bool(bench.expected(name).calls)


def trial(bench: Bench, name: str, way: str, seed: int) -> Trial:
    """Disturb the operation ``name`` in one of ``WAYS``, at a moment that follows from the three."""
    rng = random.Random(f"{name}/{way}/{seed}")
    operation, expected = bench.operations[name], bench.expected(name)
    made = Trial(name, way, seed)
    try:
        for draw in range(_DRAWS):
            with bench.copy(bench.base(operation.before), on=bench.disk if way == "full disk" else None) as folder:
                done, fault = _disturb(bench, operation, expected, made, folder, rng)
                if way in _SIGNALS and not done.struck and draw < _DRAWS - 1:
                    continue  # it was done before the moment came
                lenient = fault is not None and fault.kind == "article"
                state = _right_after(bench, operation, expected, made, folder, lenient=lenient)
                if operation.answers:
                    _answered(bench, made, folder, done.typed)
                _again(bench, operation, expected, made, folder, kept=state is not None and state.same(expected.after))
            break
    except Hangs as error:
        made.wrong("again", f"It hangs: {error}.")
    return made


def _disturb(
    bench: Bench, operation: Operation, expected: Expected, made: Trial, folder: Path, rng: random.Random
) -> tuple[Ended, Fault | None]:
    """Run it and disturb it; returns how it ended, and the fault that was put in."""
    start, talk = bench.start, bench.talk(operation)
    fault = None
    part = rng.uniform(2 / 3, 1) if rng.random() < _LATE else rng.random()
    if made.way in _SIGNALS:
        made.moment = f"{part:.3f} of the time"
        running = start(operation.words, folder, talk=talk)
        done = running.wait(at=part * expected.seconds, send=_SIGNALS[made.way])
        made.landed = done.struck and done.code != expected.code
    elif made.way == "full disk":
        made.moment = f"{part:.3f} of the space"
        with _filled(folder.parent / _BALLAST, int(part * expected.space)):
            done = start(operation.words, folder, talk=talk).wait()
            made.landed = done.code != expected.code
            if made.landed:
                _while_full(bench, expected, made, folder)
    else:
        kind = rng.choice(sorted(expected.calls))
        fault = Fault(kind, rng.randint(1, expected.calls[kind]), after=kind != "article" and rng.random() < 0.3)
        made.moment = f"call {fault.number} of {expected.calls[kind]} to {kind}{' (after it)' if fault.after else ''}"
        done = start(operation.words, folder, talk=talk, fault=fault).wait()
        made.landed = done.struck
    made.code = done.code
    _said(made, done, lenient=fault is not None and fault.kind == "article")
    return done, fault


def _said(made: Trial, done: Ended, *, lenient: bool) -> None:
    """A sentence on standard error: not for a kill, which leaves no time for one, nor where somebody wrote a bug."""
    if not made.landed or made.way == "kill" or lenient:
        return
    lines = done.err.strip().splitlines()
    told = [line for line in lines if not line.startswith("note: ")]  # of the articles that came in before the end
    if "Traceback" in done.err:
        made.wrong("said", f"It ends in a traceback: {last(done.err)}")
    elif len(told) > _LINES:
        made.wrong("said", f"It says {len(told)} lines: {told[0]}")
    elif not lines and made.way != "terminate" and done.code != 0:
        made.wrong("said", f"It says nothing and ends with exit code {done.code}.")
    if "damaged" in done.err:
        made.wrong("said", f"It calls damaged what is not: {last(done.err)}")
    if made.way == "interrupt" and done.code != 130:
        made.wrong("said", f"Its exit code is {done.code} and not 130.")


def _right_after(
    bench: Bench, operation: Operation, expected: Expected, made: Trial, folder: Path, *, lenient: bool
) -> State | None:
    """Whether the state that was left is whole; what it is, where it can be read. Looks at copies."""
    with bench.copy(folder) as copied:
        checked = bench.run(("check", "--no-reasoning", "--store", STORE), copied)
    if checked.code != 0 and not (expected.before.quads is None and no_store(checked)):
        made.wrong("whole", f"“kg check” right after it: {last(checked.err)}")
    try:
        with bench.copy(folder) as copied:
            articles = bench.count(copied)
        state = bench.look(folder)
    except Unsteady as error:
        made.wrong("whole", f"Right after it {error}")
        return None
    fresh = expected.before.quads is None and articles == 0  # a store is there, and nothing is in it yet
    if articles not in expected.articles and not lenient and not fresh:
        made.wrong(
            "whole", f"There are {articles} articles right after it, and not {_or(sorted(expected.articles - {-1}))}."
        )
    elif (
        not operation.portions
        and not lenient
        and not fresh
        and state.quads not in (expected.before.quads, expected.after.quads)
    ):
        made.wrong("whole", f"The quads right after it are neither old nor new: {difference(state, expected.after)}")
    known = (expected.before.files, expected.after.files)
    for name, data in state.files.items():
        if any(name in files for files in known) and not lenient and data not in [files.get(name) for files in known]:
            made.wrong("whole", f"{name} is neither the old nor the new file right after it ({len(data)} bytes).")
    for name in expected.before.files.keys() - state.files.keys():
        made.wrong("whole", f"{name} is gone right after it.")
    if made.code == 0 and not state.same(expected.after):
        made.wrong("whole", f"It ended with exit code 0, and something is missing: {difference(state, expected.after)}")
    return state


def _answered(bench: Bench, made: Trial, folder: Path, typed: int) -> None:
    """Each answer is kept when the next question is on the screen; the last one may not be yet."""
    with bench.copy(folder) as copied:
        listed = bench.run(("review", "--list", "--store", STORE), copied)
    kept = len(re.findall(r"^[0-9a-f]{12} ", listed.out, re.MULTILINE))
    if kept < typed - 1:
        made.wrong("whole", f"Of {typed} answers {kept} are kept.")


def _again(bench: Bench, operation: Operation, expected: Expected, made: Trial, folder: Path, *, kept: bool) -> None:
    """The same command again."""
    done = bench.run(operation.words, folder, talk=bench.talk(operation))
    over = operation.over is not None and kept and operation.over in done.err and done.code in (1, 2)
    if done.code != expected.code and not over:
        made.wrong("again", f"The same command again ends with exit code {done.code}: {last(done.err)}")
    try:
        state = bench.look(folder)
    except Unsteady as error:
        made.wrong("same", f"After the same command again {error}")
        return
    if not state.same(expected.after):
        made.wrong("same", f"After the same command again: {difference(state, expected.after)}")
    left, gone = state.names - expected.after.names, expected.after.names - state.names
    aside = folder.with_name(f"{folder.name}.tmp")
    # Nobody sweeps the folder for temporary files of the whole machine after a kill but the machine itself.
    if made.way != "kill":
        left.update(f"(temporary files)/{name}" for name in _names(aside))
    if left:
        made.wrong("tidy", f"Left over: {', '.join(sorted(left))}.")
    if gone:
        made.wrong("tidy", f"Missing: {', '.join(sorted(gone))}.")


@contextlib.contextmanager
def _filled(ballast: Path, leave: int) -> Iterator[None]:
    """A disk that has ``leave`` bytes left."""
    disk = os.statvfs(ballast.parent)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(disk.f_bavail * disk.f_frsize - leave, 1))
    try:
        yield
    finally:
        ballast.unlink()


def _while_full(bench: Bench, expected: Expected, made: Trial, folder: Path) -> None:
    """Reading should need no space; where it does, it says so and not something else."""
    done = bench.run(("query", "articles", "--format", "csv", "--store", STORE), folder)
    told = re.search(r"\b(space|full)\b", done.err) and "Traceback" not in done.err
    if done.code != 0 and not told and not (expected.before.quads is None and no_store(done)):
        made.wrong("whole", f"“kg query” on the full disk: {last(done.err)}")


# ── small ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _names(folder: Path) -> Counter[str]:
    """Relative paths, numbers put out of them; the files of the engine in one of its folders are one."""
    found: Counter[str] = Counter()
    engines = set()
    for path in sorted(folder.rglob("*")):
        if path.name == _BALLAST:
            continue
        if _ENGINE.fullmatch(path.name) and (path.parent / "CURRENT").exists():
            engines.add(path.parent)
            continue
        name = _NUMBER.sub("#", str(path.relative_to(folder)))
        found[f"{name}/" if path.is_dir() else name] += 1
    for one in engines:
        found[f"{_NUMBER.sub('#', str(one.relative_to(folder)))}/(engine)"] += 1
    return found


def no_store(done: Ended) -> bool:
    return done.code == 1 and "There is no store at" in done.err


def difference(found: State, wanted: State) -> str:
    parts = []
    if (found.quads is None) != (wanted.quads is None):
        parts.append("there is no store" if found.quads is None else "there is a store")
    elif found.quads is not None and wanted.quads is not None and found.quads != wanted.quads:
        missing, more = wanted.quads - found.quads, found.quads - wanted.quads
        sample = min(missing or more)
        parts.append(f"{len(missing)} quads are missing and {len(more)} too many, as {sample[:160]}")
    for name in sorted(found.files.keys() | wanted.files.keys()):
        if found.files.get(name) != wanted.files.get(name):
            parts.append(
                f"{name} is {'different' if name in found.files and name in wanted.files else 'missing or new'}"
            )
    if not parts and found.names != wanted.names:
        parts.append(f"names {sorted((found.names - wanted.names) + (wanted.names - found.names))}")
    return "; ".join(parts) or "nothing"


def last(text: str) -> str:
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    return lines[-1][:300] if lines else "(nothing is said)"


def _or(values: Sequence[int]) -> str:
    return " or ".join(str(v) for v in values)


def record(made: Trial) -> dict[str, Any]:
    """As it goes through a pipe."""
    return asdict(replace(made, problems=[p[:500] for p in made.problems]))


__all__ = ["STORE", "WAYS", "Bench", "Expected", "State", "Trial", "Unsteady", "possible", "record", "trial"]
