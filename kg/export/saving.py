"""Files that appear whole or not at all: written beside their place, on the disk, and renamed."""

from __future__ import annotations

import contextlib
import os
import secrets
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg import untrusted
from kg.errors import ExportError, expect
from kg.store.locks import lock
from kg.store.reasons import reason
from kg.store.states import synchronise

_LEVEL = 6
_LONGEST_NAME = 200  # bytes of the name that a temporary one repeats: a file system takes 255


def save(target: str | Path, data: bytes | Iterable[bytes]) -> Path:
    """Write ``data``, whole or in pieces, to ``target``, into a folder that is made if needed, and remove what a process that was killed while it
    wrote the same file left. Raises ``ExportError``; the file that was there before then stays.
    """
    expect(target, str | Path, "A file is written to a path")
    pieces = (data,) if isinstance(data, bytes) else data
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
                file.writelines(pieces)
                file.flush()
                os.fsync(file.fileno())
            beside.chmod(0o644)
            beside.replace(path)
        synchronise(path.parent)
    except OSError as error:
        raise ExportError(f"{target} cannot be written: {reason(error)}.") from error
    return path


def compressed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """``pieces`` compressed by gzip: the same bytes for the same content, since no clock and no name is in them."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    for piece in pieces:
        if out := packer.compress(piece):
            yield out
    yield packer.flush()


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
