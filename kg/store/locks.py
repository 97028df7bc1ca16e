"""Locks on files and folders that end with the process that holds them, however it ends.

They are advisory (``flock``): of one writer and any number of readers. Where a system has none, as Windows, files that are
open cannot be removed there, which serves the readers, and a second writer is told apart by the lock of SQLite.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from kg.errors import BusyError

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows
    fcntl = None  # type: ignore[assignment]

Changed = TypeVar("Changed")

PATIENCE = 10.0
"""So many seconds another process may take with the store before a change is refused."""

_STEP = 0.1  # seconds between two looks


class Lock:
    """A lock that is held until :meth:`release`, the end of the ``with`` block, or of the process."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let go; a second time does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)  # closing the only descriptor ends the lock
            self._descriptor = None

    def holds(self, path: Path) -> bool:
        """Whether ``path`` is still the file or folder that was locked, not another put in its place."""
        try:
            return self._descriptor is not None and os.path.samestat(os.fstat(self._descriptor), path.stat())
        except OSError:
            return False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def lock(path: Path, *, shared: bool = False) -> Lock | None:
    """A lock on ``path``: an existing folder, or a file that is made if needed. ``None`` where another holds one that
    excludes it; a shared one excludes only one that is not. Raises ``OSError`` where the path cannot be opened.
    """
    flags = os.O_RDONLY if shared or path.is_dir() else os.O_RDWR | os.O_CREAT
    if os.name == "nt" and path.is_dir():  # pragma: no cover - folders cannot be opened there
        return Lock(os.open(os.devnull, os.O_RDONLY))
    descriptor = os.open(path, flags | getattr(os, "O_CLOEXEC", 0), 0o644)
    try:
        if fcntl is not None:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError:
        # A file system without locks: one process at a time is then up to its user.
        return Lock(descriptor)
    except BaseException:
        os.close(descriptor)
        raise
    return Lock(descriptor)


def patiently(change: Callable[[], Changed]) -> Changed:
    """Do a change, and wait up to ``PATIENCE`` seconds where another process is changing the store."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return change()
        except BusyError:
            if time.monotonic() > until:
                raise
            time.sleep(_STEP)
