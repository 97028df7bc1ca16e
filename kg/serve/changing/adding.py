"""Articles that are sent to the server: each parcel is read in a process of its own, one after another, and told of as it goes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import kg
from kg.model import Problem
from kg.read.metadata import check_date
from kg.serve.answers import Refusal
from kg.serve.changing.forms import File, Form
from kg.store.reasons import reason

PASTED: Final = "The text that was pasted"
_KEPT: Final = 50  # parcels that are told of
_WAITING: Final = 20  # parcels that may wait for their turn
_NAME: Final = re.compile(r"[^\w.-]+")
_LONGEST: Final = 100  # characters of the name of a file
_LINE: Final = 64 << 20  # bytes of what a reader tells at a time
_PATIENCE: Final = 10.0  # seconds in which a reader that is stopped may put in order what it began


class State(StrEnum):
    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(slots=True)
class Parcel:
    """What somebody sent at one time, and what became of it. ``names`` are those of its files by the ones under which they
    are kept in ``folder``; ``sentence`` says why it failed.
    """

    number: int
    by: str
    names: dict[str, str]
    folder: Path
    given: dict[str, str]
    state: State = State.WAITING
    total: int = 0
    done: int = 0
    now: str = ""
    sentence: str = ""
    added: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        return self.state not in (State.WAITING, State.READING)

    @property
    def unfinished(self) -> bool:
        """Whether it can be read once more."""
        return self.state in (State.FAILED, State.STOPPED) and self.folder.is_dir()


class Adding:
    """The parcels of one server, for the store in the folder ``store``; ``None`` is one in memory, to which nothing is added."""

    def __init__(self, store: Path | None) -> None:
        self._store = store
        self._parcels: dict[int, Parcel] = {}
        self._turn = asyncio.Lock()
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._readers: dict[int, asyncio.subprocess.Process] = {}
        self._folder: tempfile.TemporaryDirectory[str] | None = None  # goes with this object, or with the process
        self._last = 0

    def all(self) -> list[Parcel]:
        """The newest first."""
        return list(self._parcels.values())[::-1]

    def find(self, number: str) -> Parcel:
        parcel = self._parcels.get(int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else None
        if parcel is None:
            raise Refusal(404, "Nothing with that number was sent since the server was started.")
        return parcel

    def take(self, form: Form, by: str) -> Parcel:
        """Keep what a form holds, and read it when its turn comes. Raises ``Refusal`` where there is nothing to read."""
        if self._store is None:
            raise Refusal(409, "This graph is in memory; articles are added to a store on the disk.")
        if sum(not one.ended for one in self._parcels.values()) >= _WAITING:
            raise Refusal(503, f"{_WAITING} parcels wait already; send more when they are read.", {"Retry-After": "60"})
        given = {name: form.one(name).strip() for name in ("published", "url", "publisher")}
        if given["published"]:
            check_date(given["published"])
        text = form.one("text")
        files = [*([File("", text.encode("utf-8", "replace"))] if text.strip() else []), *form.files]
        if not files:
            raise Refusal(400, "There is nothing to read: paste a text, or choose a file.")
        if empty := [one.name for one in files if not one.data]:
            raise Refusal(400, f"{empty[0]} is empty.")
        self._last += 1
        named = {_name(at, one): one.name or PASTED for at, one in enumerate(files)}
        parcel = Parcel(self._last, by, named, self._written(self._last, files), given)
        self._parcels[parcel.number] = parcel
        self._forget()
        self._begin(parcel)
        return parcel

    def again(self, parcel: Parcel) -> None:
        """Read what failed or was stopped once more; what was stored before is not read again."""
        if not parcel.unfinished:
            raise Refusal(409, "That is read already, or under way.")
        parcel.state, parcel.sentence, parcel.done, parcel.now = State.WAITING, "", 0, ""
        self._begin(parcel)

    async def stop(self, parcel: Parcel) -> None:
        """End the reading of a parcel; what was stored before stays."""
        reader = self._readers.get(parcel.number)
        if reader is not None:
            await _ended(reader)
        elif (task := self._tasks.get(parcel.number)) is not None:
            task.cancel()
        if not parcel.ended:
            parcel.state = State.STOPPED
        if parcel.state is State.STOPPED:
            parcel.sentence = "It was stopped; what was stored before is kept, and “Read again” goes on from there."

    # ── at work ──

    def _written(self, number: int, files: Sequence[File]) -> Path:
        try:
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="kg-add-")
            folder = Path(self._folder.name) / str(number)
            folder.mkdir()
            try:
                for at, file in enumerate(files):
                    (folder / _name(at, file)).write_bytes(file.data)
            except OSError:
                shutil.rmtree(folder, ignore_errors=True)
                raise
        except OSError as error:
            raise Refusal(507, f"What was sent cannot be kept: {reason(error)}.") from error
        return folder

    def _forget(self) -> None:
        ended = [number for number, one in self._parcels.items() if one.ended]
        for number in ended[: max(0, len(self._parcels) - _KEPT)]:
            shutil.rmtree(self._parcels.pop(number).folder, ignore_errors=True)

    def _begin(self, parcel: Parcel) -> None:
        task = asyncio.get_running_loop().create_task(self._read(parcel))
        self._tasks[parcel.number] = task
        task.add_done_callback(lambda _: self._tasks.pop(parcel.number, None))

    async def _read(self, parcel: Parcel) -> None:
        async with self._turn:
            parcel.state = State.READING
            try:
                await self._follow(parcel)
            except (OSError, ValueError) as error:
                parcel.state, parcel.sentence = State.FAILED, f"It cannot be read: {reason(error)}."
        if parcel.state is State.DONE:
            shutil.rmtree(parcel.folder, ignore_errors=True)

    async def _follow(self, parcel: Parcel) -> None:
        """Start the reader of a parcel and note what it tells."""
        pipe = asyncio.subprocess.PIPE
        reader = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "kg.serve.changing.reader", stdin=pipe, stdout=pipe, stderr=pipe, limit=_LINE, env=_environment()
        )  # fmt: skip
        self._readers[parcel.number] = reader
        said = asyncio.create_task(_last_words(reader))
        try:
            assert reader.stdin is not None
            assert reader.stdout is not None
            inputs = sorted(str(file) for file in parcel.folder.iterdir())
            with contextlib.suppress(OSError):  # it ended before it had read all
                reader.stdin.write(
                    json.dumps({"store": str(self._store), "inputs": inputs, **parcel.given}).encode() + b"\n"
                )
                await reader.stdin.drain()
            async for line in reader.stdout:
                _note(parcel, json.loads(line))
        finally:
            await _ended(reader)
            self._readers.pop(parcel.number, None)
            words = await said
        if parcel.state is State.READING:
            parcel.state = State.FAILED
            parcel.sentence = (
                f"The reading ended before it was done{f' ({words})' if words else ''}; what was stored before is kept."
            )


def _note(parcel: Parcel, told: dict[str, Any]) -> None:
    """One line of what a reader tells."""
    if "report" in told:
        report = told["report"]
        parcel.added, parcel.known, parcel.replaced = report["added"], report["known"], report["replaced"]
        parcel.notes = [_plain(parcel, note) for note in report["notes"]]
        parcel.problems = [
            Problem(*(_plain(parcel, one[name]) for name in ("where", "reason"))) for one in report["problems"]
        ]
        parcel.state, parcel.done, parcel.now = State.DONE, parcel.total, ""
    elif "error" in told:
        parcel.state, parcel.sentence = State.FAILED, _plain(parcel, told["error"])
    elif "stopped" in told:
        parcel.state = State.STOPPED
    else:
        parcel.total = told.get("total", parcel.total)
        parcel.done, parcel.now = told.get("done", parcel.done), told.get("now", parcel.now)


def _plain(parcel: Parcel, text: str) -> str:
    """A sentence in the names of whoever sent the files, not in those under which they are kept."""
    for kept, name in parcel.names.items():
        text = text.replace(str(parcel.folder / kept), name)
    return text


def _name(at: int, file: File) -> str:
    """Under which name a file is kept: its own in what a folder may hold, behind its number; a text as what it looks like."""
    if not file.name:
        return f"{at:04}-pasted{'.jsonl' if file.data.lstrip()[:1] == b'{' else ''}"
    stem, ending = os.path.splitext(_NAME.sub("-", file.name))
    return f"{at:04}-{stem[: _LONGEST - len(ending)]}{ending[:20]}"


def _environment() -> dict[str, str]:
    """That of this process, in which the same kg is found."""
    own = str(Path(kg.__file__).resolve().parent.parent)
    return {**os.environ, "PYTHONPATH": os.pathsep.join((own, *filter(None, [os.environ.get("PYTHONPATH")])))}


async def _last_words(reader: asyncio.subprocess.Process) -> str:
    """The last line of what a reader said beside its answer."""
    assert reader.stderr is not None
    kept = b""
    while piece := await reader.stderr.read(1 << 16):
        kept = (kept + piece)[-2_000:]
    lines = kept.decode("utf-8", "replace").split("\n")
    return next((line.strip()[:200] for line in reversed(lines) if line.strip()), "")


async def _ended(reader: asyncio.subprocess.Process) -> None:
    """Ask a reader to end, and end it where it does not."""
    assert reader.stdin is not None
    with contextlib.suppress(OSError):
        reader.stdin.close()
    try:
        async with asyncio.timeout(_PATIENCE):
            await reader.wait()
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            reader.kill()
        await reader.wait()
