"""The real command line in a forked process that can be killed at any moment: the articles are annotated beforehand.

The fork costs some milliseconds, so that the moments fall into what the command does and not into what Python imports. A
process here has the words, the folder, the streams, the exit code and the last rites (``atexit``) of ``kg`` itself. What
is made up: annotations are looked up, the clock stands still (two runs that decide something give the same bytes), and
where asked a call into the store, the index or the file system fails.
"""

from __future__ import annotations

import atexit
import contextlib
import datetime as calendar
import errno
import fcntl
import gc
import json
import os
import random
import select
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.model import Annotation, Article

NOW = calendar.datetime(2026, 1, 2, 3, 4, 5, tzinfo=calendar.UTC)
LONGEST = 120.0  # seconds; what takes longer hangs
_FIRST = 0.002  # seconds in which a process gets from here into kg
_THINKING = 0.05  # seconds before a person types an answer
_PROMPT = b"[q]uit\n"
_NOTES, _TELL = 3, 4
_SIGNALS = {signal.SIGINT, signal.SIGTERM}

Key = tuple[str, str]
Talk = Callable[[str], str]
"""What the person at the keyboard types after these words on the screen."""

_ENGINE = frozenset(
    "extend bulk_extend add remove remove_graph add_graph clear update load bulk_load backup flush optimize".split()
)
_INDEX = frozenset("execute executemany executescript commit connect backup".split())
_FILES = frozenset("replace rename link unlink remove mkdir rmdir fsync fdatasync".split())


@dataclass(frozen=True, slots=True)
class Fault:
    """Call ``number`` (from 1) of a ``kind`` (``engine``, ``index``, ``files``, ``article``) fails, before it has an effect or
    ``after`` it had.
    """

    kind: str
    number: int
    after: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended. ``code`` is negative for a signal; ``struck``: what was to disturb it did while it ran; ``space``: the
    most bytes that it took on the disk of its folder, where that was measured; ``calls`` counts what could fail; ``typed``: how
    many answers it was given at the keyboard.
    """

    code: int
    out: str
    err: str
    seconds: float
    struck: bool = False
    space: int = 0
    calls: dict[str, int] = field(default_factory=dict)
    typed: int = 0


class Hangs(Exception):
    """A command was not done after ``LONGEST`` seconds."""


# ── this side ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Running:
    """A process of the command line; :meth:`wait` for it."""

    def __init__(
        self, words: Iterable[str], folder: Path, *, annotations: dict[Key, Annotation], talk: Talk | None = None,
        fault: Fault | None = None, counting: bool = False,
    ) -> None:  # fmt: skip
        """Start ``kg`` with ``words`` in ``folder``; its temporary files go to ``folder``'s neighbour ``NAME.tmp``."""
        self._words = tuple(words)
        self._folder = folder
        self._talk = talk
        self._aside = folder.with_name(f"{folder.name}.tmp")
        self._aside.mkdir(exist_ok=True)
        files = [tempfile.TemporaryFile() for _ in range(3)]  # noqa: SIM115
        self._out, self._err, self._notes = files
        keyboard, screen = (os.pipe(), os.pipe()) if talk is not None else (None, None)
        ready, tell = os.pipe()
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        sys.stdout.flush()
        self.pid = os.fork()
        if self.pid == 0:
            code = 97
            try:
                into = keyboard[0] if keyboard else os.open(os.devnull, os.O_RDONLY)
                out = screen[1] if screen else self._out.fileno()
                _streams(into, out, self._err.fileno(), self._notes.fileno(), tell)
                code = _become(self._words, folder, self._aside, annotations, fault, counting)
            finally:
                os._exit(code)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        self._pidfd = os.pidfd_open(self.pid)
        self._keys, self._screen = -1, -1
        if keyboard and screen:
            os.close(keyboard[0])
            os.close(screen[1])
            self._keys, self._screen = keyboard[1], screen[0]
        self._shown, self._heard, self._typed = b"", 0, 0
        self._due: float | None = None
        self._answer = ""
        # From here it is kg, and time begins.
        os.close(tell)
        os.read(ready, 1)
        os.close(ready)
        self._began = time.perf_counter()

    def wait(self, *, at: float | None = None, send: int = 0, watch: bool = False) -> Ended:
        """Until it ends; after ``at`` seconds it gets the signal ``send``. With ``watch`` the space that it takes is measured."""
        struck, most = False, 0
        free = _free(self._folder)
        while True:
            now = time.perf_counter() - self._began
            if at is not None and not struck and now >= max(at, _FIRST):
                struck = self._send(send)
                at = None
            if now > LONGEST:
                os.killpg(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                raise Hangs(f"kg {' '.join(self._words)} was not done after {LONGEST:.0f} seconds")
            if self._due is not None and now >= self._due:
                self._type()
            moments = [LONGEST, *([] if at is None else [max(at, _FIRST)]), *([] if self._due is None else [self._due])]
            pause = max(min(moments) - now, 0.0)
            fds = [self._pidfd, *([self._screen] if self._screen >= 0 else [])]
            ready = select.select(fds, [], [], min(pause, 0.003) if watch else pause)[0]
            if watch:
                most = max(most, free - _free(self._folder))
            if self._screen in ready:
                self._hear()
            if self._pidfd in ready:
                break
        seconds = time.perf_counter() - self._began
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        while self._screen >= 0:
            self._hear()
        for fd in (self._pidfd, *((self._keys,) if self._keys >= 0 else ())):
            os.close(fd)
        out, err, notes = (_whole(f) for f in (self._out, self._err, self._notes))
        told = json.loads(notes) if notes.strip() else {}
        shown = self._shown.decode(errors="replace") if self._talk is not None else out
        return Ended(
            code, shown, err, seconds, struck or told.get("failed", False), most, told.get("calls", {}), self._typed
        )

    def running(self) -> bool:
        return not select.select([self._pidfd], [], [], 0)[0]

    def _send(self, number: int) -> bool:
        if not self.running():
            return False
        os.kill(self.pid, number)
        return True

    def _hear(self) -> None:
        """Read what is on the screen and answer where a question is put."""
        new = os.read(self._screen, 65536)
        if not new:
            os.close(self._screen)
            self._screen = -1
            return
        self._shown += new
        assert self._talk is not None
        at = self._shown.find(_PROMPT, self._heard)
        if at >= 0:
            self._due = time.perf_counter() - self._began + _THINKING
            self._answer = self._talk(self._shown[self._heard : at].decode(errors="replace"))
            self._heard = at + len(_PROMPT)

    def _type(self) -> None:
        self._due = None
        with contextlib.suppress(BrokenPipeError):
            os.write(self._keys, self._answer.encode() + b"\n")
            self._typed += self._answer != "q"


def _whole(file: Any) -> str:
    with file:
        file.seek(0)
        return str(file.read().decode(errors="replace"))


def _free(folder: Path) -> int:
    disk = os.statvfs(folder)
    return disk.f_bfree * disk.f_frsize


# ── the other side ─────────────────────────────────────────────────────────────────────────────────────────────────


def _streams(into: int, out: int, err: int, notes: int, tell: int) -> None:
    """Put the streams where kg expects them, what is ours behind them (``_NOTES``, ``_TELL``), and close all others."""
    high = [fcntl.fcntl(fd, fcntl.F_DUPFD, 64) for fd in (into, out, err, notes, tell)]
    for number, fd in enumerate(high):
        os.dup2(fd, number)
    os.closerange(len(high), 1024)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115


def _become(
    words: tuple[str, ...], folder: Path, aside: Path, annotations: dict[Key, Annotation], fault: Fault | None, counting: bool,
) -> int:  # fmt: skip
    """Be ``kg`` from here on; returns the exit code, after which nothing of Python runs any more."""
    from kg import cli

    os.setpgid(0, 0)
    os.chdir(folder)
    os.environ |= {"TMPDIR": str(aside), "COLUMNS": "300"}
    tempfile.tempdir = None
    random.seed()
    _stand_still()
    failing = _Failing(fault)
    _annotated(annotations, failing)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    sys.argv = ["kg", *words]
    code = 0
    if fault is not None or counting:
        sys.setprofile(failing)
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        os.write(_TELL, b".")
        os.close(_TELL)
        cli.main()
    except SystemExit as left:
        code = _code(left.code)
    except BaseException as error:  # noqa: BLE001 - as the interpreter does, whatever it is
        traceback.print_exc()
        code = 130 if isinstance(error, KeyboardInterrupt) else 1
    sys.setprofile(None)
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    os.write(_NOTES, json.dumps({"failed": failing.failed, "calls": failing.calls}).encode())
    atexit._run_exitfuncs()
    gc.collect()
    for stream in (sys.stdout, sys.stderr):
        if not stream.closed:
            stream.flush()
    return code


def _code(value: object) -> int:
    if value is None:
        return 0
    if isinstance(value, int):
        return value & 0xFF
    sys.stderr.write(f"{value}\n")
    return 1


class _Still(calendar.datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: calendar.tzinfo | None = None) -> _Still:
        at = NOW.astimezone(tz)
        return cls(at.year, at.month, at.day, at.hour, at.minute, at.second, tzinfo=at.tzinfo if tz else None)


def _stand_still() -> None:
    for name, module in list(sys.modules.items()):
        if name == "kg" or name.startswith("kg."):
            for at, value in list(vars(module).items()):
                if value is calendar.datetime:
                    setattr(module, at, _Still)


def _annotated(annotations: dict[Key, Annotation], failing: _Failing) -> None:
    from kg.annotate.annotator import Annotator

    def begin(self: Annotator, model: str = "made up", *, any_language: bool = False) -> None:
        self.model = model

    def annotate(self: Annotator, article: Article) -> Annotation:
        failing.count("article")
        return annotations[article.id, article.text]

    Annotator.__init__ = begin  # type: ignore[method-assign]
    Annotator.annotate = annotate  # type: ignore[method-assign]


class _Failing:
    """A profiler that counts the calls that write, of whatever module, and lets one of them fail.

    It sees each call of a C function, so that it need not know how the store is written; and an exception that a profiler
    raises comes out where the call is.
    """

    def __init__(self, fault: Fault | None) -> None:
        self._fault = fault
        self.calls: Counter[str] = Counter()
        self.failed = False
        self._event = "c_return" if fault is not None and fault.after else "c_call"

    def __call__(self, frame: Any, event: str, arg: Any) -> None:
        if event == self._event:
            kind = _kind(arg)
            if kind is not None:
                self.count(kind)

    def count(self, kind: str) -> None:
        self.calls[kind] += 1
        if self._fault is not None and (kind, self.calls[kind]) == (self._fault.kind, self._fault.number):
            self.failed = True
            raise _ERRORS[kind]()


_ERRORS: dict[str, Callable[[], BaseException]] = {
    "engine": lambda: OSError(errno.EIO, "Input/output error (made up)"),
    "index": lambda: sqlite3.OperationalError("disk I/O error (made up)"),
    "files": lambda: OSError(errno.EIO, "Input/output error (made up)"),
    "article": lambda: RuntimeError("an article that nobody thought of (made up)"),
}


def _kind(function: Any) -> str | None:
    owner, name = getattr(function, "__self__", None), function.__name__
    home = getattr(owner, "__name__", None) if isinstance(owner, type(sys)) else type(owner).__module__
    if name in _FILES and home == "posix":
        return "files"
    if name in _INDEX and home in ("sqlite3", "_sqlite3"):
        return "index"
    if name in _ENGINE and home == "pyoxigraph" and type(owner).__name__ == "Store":
        return "engine"
    return None
