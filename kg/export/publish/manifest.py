"""What a server has of a store: a journal beside the store, one line a graph, written when the server has confirmed it.

A line that a kill left half written does not count: its graph is sent again, which changes nothing on the server.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import urlsplit

from kg.errors import BusyError, ExportError
from kg.export.saving import save
from kg.store.locks import Lock, lock
from kg.store.reasons import reason

_FORM = 1


def place(store: Path, url: str) -> Path:
    """Where the journal for a server lies: beside the store, with the server's name and a mark of the whole address."""
    host = "".join(sign if sign.isalnum() or sign in ".-" else "_" for sign in urlsplit(url).netloc)[:80]
    return store.parent / f"{store.name}-published-{host}-{sha256(url.encode()).hexdigest()[:8]}.jsonl"


class Manifest:
    """The graphs that the server at ``url`` has from kg, by name, each with the sum of its triples. A context manager: one
    process at a time holds it. Raises ``ExportError`` for a file that is no such journal, or one of another server or store.
    """

    def __init__(self, path: Path, *, url: str, base: str) -> None:
        self.path = path
        self._head = {"kg": "published", "form": _FORM, "to": url, "base": base}
        self.graphs: dict[str, str] = {}
        self._file: IO[str] | None = None
        self._lock: Lock | None = None

    def __enter__(self) -> Self:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = lock(self.path.with_name(f"{self.path.name}.lock"))
            if self._lock is None:
                raise BusyError(f"Another process publishes with {self.path} just now; wait until it is done.")
            self.load()
            # Written anew: what is gone and what was cut off goes, and what is appended begins on a line of its own.
            save(self.path, b"".join(map(_line, [self._head, *self._entries()])))
            self._file = self.path.open("a", encoding="utf-8")
        except OSError as error:
            self.__exit__(None, None, None)
            raise self._unwritten(error) from error
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
        if self._lock is not None:
            self._lock.release()
        self._file = self._lock = None

    def load(self) -> None:
        """Read what is there, if anything."""
        self.graphs = {}
        try:
            lines = self.path.read_text(encoding="utf-8", errors="replace").split("\n") if self.path.exists() else []
        except OSError as error:
            raise ExportError(f"{self.path} cannot be read: {reason(error)}.") from error
        head = _read(lines[0]) if lines else None
        if lines and (head is None or head.get("kg") != "published" or head.get("form") != _FORM):
            raise ExportError(f"{self.path} is no list of what was published; name another file.")
        if head is not None and (head.get("to"), head.get("base")) != (self._head["to"], self._head["base"]):
            raise ExportError(f"{self.path} tells of another server or another store; name another file.")
        for line in lines[1:]:
            found = _read(line) or {}
            graph, total = found.get("graph"), found.get("sum")
            if isinstance(graph, str) and isinstance(total, str):
                self.graphs[graph] = total
            elif isinstance(graph, str):
                self.graphs.pop(graph, None)

    def note(self, graph: str, total: str | None) -> None:
        """The server has ``graph`` with this sum; with ``None`` it has it no more."""
        if self._file is None:
            raise ExportError(f"{self.path} is not open.")
        try:
            self._file.write(_line({"graph": graph, "sum": total}).decode())
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise self._unwritten(error) from error
        if total is None:
            self.graphs.pop(graph, None)
        else:
            self.graphs[graph] = total

    def _entries(self) -> list[dict[str, object]]:
        return [{"graph": graph, "sum": total} for graph, total in sorted(self.graphs.items())]

    def _unwritten(self, error: OSError) -> ExportError:
        return ExportError(f"{self.path}, the list of what was published, cannot be written: {reason(error)}.")


def _read(line: str) -> dict[str, object] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _line(entry: dict[str, object]) -> bytes:
    return json.dumps(entry, ensure_ascii=False).encode() + b"\n"
