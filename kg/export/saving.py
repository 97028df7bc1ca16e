"""Files that appear whole or not at all: written beside their place, on the disk, and renamed."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from kg import untrusted
from kg.errors import ExportError, expect
from kg.store.locks import lock
from kg.store.reasons import reason
from kg.store.states import synchronise

_LONGEST_NAME = 200  # bytes of the name that a temporary one repeats: a file system takes 255


def save(target: str | Path, data: bytes) -> Path:
    """Write ``data`` to ``target``, into a folder that is made if needed, and remove what a process that was killed while it
    wrote the same file left. Raises ``ExportError``; the file that was there before then stays.
    """
    expect(target, str | Path, "A file is written to a path")
    impossible = untrusted.impossible(target)
    if impossible is not None:
        raise ExportError(impossible)
    path = Path(target)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        start = f".{path.name.encode()[:_LONGEST_NAME].decode(errors='ignore')}."
        _sweep(path.parent, start)
        with _temporary(path.parent / f"{start}{secrets.token_hex(6)}.part") as beside:
            with beside.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.chmod(0o644)
            beside.replace(path)
        synchronise(path.parent)
    except OSError as error:
        raise ExportError(f"{target} cannot be written: {reason(error)}.") from error
    return path


@contextlib.contextmanager
def _temporary(path: Path) -> Iterator[Path]:
    """A file under a name of its own, held so that nobody sweeps it, and gone at the end unless it was renamed."""
    held = lock(path)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
        if held is not None:
            held.release()


def _sweep(folder: Path, start: str) -> None:
    for path in folder.iterdir():
        if path.name.startswith(start) and path.name.endswith(".part"):
            with contextlib.suppress(OSError):  # one that cannot be removed now stays
                held = lock(path)
                if held is not None:
                    with held:
                        path.unlink(missing_ok=True)
