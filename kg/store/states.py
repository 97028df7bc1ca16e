"""A store's folder: which state of the quads is the published one, and how another takes its place.

==================  ==================================================================================================
``kg-store.json``   names the published state, and the base IRI of a store that was given one
``states/NAME/``    the quads of a state (RocksDB); never changed once it is published, so that readers need no writer's leave
``work-TOKEN/``     a writer's own copy, of hard links; nobody else looks at it
``index.sqlite``    what can be made anew from the quads; it names the state that it belongs to and the one before
``lock``            held by the one writer
==================  ==================================================================================================

A change is made in the copy. To publish it, the copy is put beside the published state (hard links again), the index
commits with the name of the new state, and the marker is renamed over the old one. The commit of the index is the moment
from which a change holds: what an interrupted writer left before it is swept by the next one, what it left after it is
finished. A state that a reader has open is removed by a later writer.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import BusyError, StoreError
from kg.store.locks import Lock, lock
from kg.store.reasons import reason

FORMAT = 3
"""The version of what is on the disk; a store of a newer version is refused, what an older kg left is taken over where its graph is of
our ontology. Version 1 had its only state in ``quads/``; version 3 came with version 0.3 of the ontology."""

MARKER = "kg-store.json"
_STATES = "states"
_FIRST = "quads"  # where version 1 kept its only state
_LITTER = re.compile(rf"work-\w+|\.query-.*|\.{re.escape(MARKER)}\..*")
_TRIES = 50  # a reader that comes while states are published looks again; each try is some microseconds


@dataclass(slots=True)
class Pinned:
    """A published state that is not removed while this is held; without a directory where nothing was published yet."""

    name: str | None
    directory: Path | None
    hold: Lock | None

    def release(self) -> None:
        if self.hold is not None:
            self.hold.release()


class Folder:
    """The folder of a store. Reading methods may be called by anybody, the others by who holds :meth:`reserve` only."""

    def __init__(self, path: Path) -> None:
        self.path = path

    # ── reading ──

    @property
    def is_store(self) -> bool:
        return (self.path / MARKER).is_file()

    @property
    def is_others(self) -> bool:
        """Whether it holds something, and nothing that says that it is a store or that somebody makes it one just now."""
        held = [path.name for path in self.path.iterdir()] if self.path.is_dir() else []
        return any(not name.startswith(f".{MARKER}.") for name in held) and not self.is_store

    def published(self) -> str | None:
        """The name of the published state, ``None`` before the first. Raises ``StoreError`` for a marker that is none."""
        return self._marked()[0]

    def base(self) -> str | None:
        """The base IRI that was recorded when the store was made; ``None`` in one that was given none."""
        return self._marked()[1]

    def _marked(self) -> tuple[str | None, str | None]:
        """State and base as the marker tells them."""
        marker = self.path / MARKER
        try:
            text = marker.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"The store at {self.path} cannot be opened: {reason(error)}.") from error
        try:
            told: dict[str, Any] = json.loads(text)
            version, state, base = int(told["format"]), told.get("state"), told.get("base")
            known = state is None or re.fullmatch(r"\d{6,}-[0-9a-f]+", state) is not None
            known = known and (base is None or isinstance(base, str))
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            version, state, base, known = 0, None, None, False
        if version > FORMAT:
            raise StoreError(f"The store at {self.path} was written by a newer version of kg; update kg to open it.")
        if not known or version < 1:
            raise StoreError(f"The store at {self.path} is damaged: {MARKER} cannot be read.")
        return _FIRST if version == 1 else state, base

    def directory(self, name: str) -> Path:
        return self.path / _FIRST if name == _FIRST else self.path / _STATES / name

    def pin(self) -> Pinned:
        """The published state, kept from being removed."""
        for _ in range(_TRIES):
            name = self.published()
            if name is None:
                return Pinned(None, None, None)
            directory = self.directory(name)
            try:
                held = lock(directory, shared=True)
            except FileNotFoundError as error:
                if self.published() == name:
                    raise StoreError(
                        f"The store at {self.path} is damaged: the folder {directory.name} is missing."
                    ) from error
                continue
            except OSError as error:
                raise StoreError(f"The store at {self.path} cannot be opened: {reason(error)}.") from error
            if held is not None and held.holds(directory):
                return Pinned(name, directory, held)
            if held is not None:
                held.release()
        raise StoreError(f"The store at {self.path} cannot be opened: it changes too fast; try again.")

    # ── writing ──

    def make(self, base: str | None = None) -> None:
        """Make the folder a store with this base, where it is none yet."""
        self.path.mkdir(parents=True, exist_ok=True)
        if not self.is_store:
            self.point(None, base)

    def reserve(self) -> Lock:
        """Keep all other writers out. Raises ``StoreError`` while there is one."""
        try:
            held = lock(self.path / "lock")
        except OSError as error:
            raise StoreError(f"The store at {self.path} cannot be changed: {reason(error)}.") from error
        if held is None:
            raise BusyError(
                f"The store at {self.path} cannot be changed now: another process is using it; try again when it is done."
            )
        return held

    def working_copy(self) -> tuple[Path, Lock]:
        """A new folder for a writer's own copy, and what keeps it from being swept."""
        folder = self.path / f"work-{secrets.token_hex(6)}"
        folder.mkdir()
        held = lock(folder, shared=True)
        assert held is not None
        return folder, held

    def next_name(self, before: str | None) -> str:
        """A name for the state after ``before``: numbered for people, and never used twice even by two copies of a store."""
        number = int(before.partition("-")[0]) if before not in (None, _FIRST) else 0
        return f"{number + 1:06}-{secrets.token_hex(6)}"

    def point(self, name: str | None, base: str | None = None) -> None:
        """Make ``name`` the published state, of a store with this base: on the disk before this returns."""
        told = {"format": FORMAT, "state": name, **({"base": base} if base else {})}
        text = json.dumps(told) + "\n"
        handle, temporary = tempfile.mkstemp(dir=self.path, prefix=f".{MARKER}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o644)
            Path(temporary).replace(self.path / MARKER)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        synchronise(self.path)

    def sweep(self, *, keep: str | None) -> None:
        """Remove the states that are not ``keep`` and what dead writers left; what somebody has open stays until later."""
        found = [p for p in self.path.iterdir() if _LITTER.fullmatch(p.name)]
        states = self.path / _STATES
        if states.is_dir():
            found += [p for p in states.iterdir() if p.name != keep]
        if keep != _FIRST and (self.path / _FIRST).is_dir():
            found.append(self.path / _FIRST)
        for path in found:
            discard(path)


def discard(path: Path) -> None:
    """Remove a folder or file that nobody holds; one that is held, or cannot be removed now, stays."""
    try:
        if not path.is_dir():
            path.unlink(missing_ok=True)
            return
        held = lock(path)
        if held is None:
            return
        with held:
            shutil.rmtree(path, ignore_errors=True)
    except OSError:
        return


def synchronise(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can say so."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # a system on which folders cannot be opened
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # nor told to the disk: the rename itself stands
    finally:
        os.close(descriptor)
