"""Records that tasks leave for one another in files: each task writes one, in buckets, with a manifest, whole or not there."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import secrets
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyoxigraph as ox

from kg import untrusted
from kg.errors import KgError, ReadError

_BLOCK: Final = 1 << 16  # characters of records of one bucket that are packed at once
_HELD: Final = 1 << 26  # characters of records of all buckets that are held at most
_LARGEST: Final = 64_000_000  # bytes of a manifest
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Where:
    """Where the files of a run are: ``folder`` is for all machines the same. ``run`` says what a run is made of; parts of two runs
    never meet.
    """

    folder: str
    run: str

    def file(self, stage: str, piece: int) -> Path:
        return Path(self.folder, "work", self.run, stage, f"{piece:05}.part")

    def manifest(self, stage: str, piece: int) -> Path:
        return self.file(stage, piece).with_suffix(".json")

    def quads(self, stage: str, piece: int) -> Path:
        return Path(self.folder, f"{stage}-{piece:05}.nq.gz")


def bucket(key: str, pieces: int) -> int:
    """The bucket of a key: the same on every machine."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) % pieces


class Out:
    """What one task writes: records by channel and bucket, and quads."""

    def __init__(self, where: Where, stage: str, piece: int) -> None:
        self._where, self._stage, self._piece = where, stage, piece
        self._held: dict[tuple[str, int], list[str]] = {}
        self._sizes: dict[tuple[str, int], int] = {}
        self._total = 0
        self._blocks: dict[str, dict[str, list[tuple[int, int]]]] = {}
        self._file: _Hashed | None = None
        self._quads: _Hashed | None = None
        self._lines: gzip.GzipFile | None = None
        self._count = 0

    def put(self, channel: str, at: int, record: object) -> None:
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        place = channel, at
        self._held.setdefault(place, []).append(line)
        self._sizes[place] = self._sizes.get(place, 0) + len(line)
        self._total += len(line)
        if self._sizes[place] >= _BLOCK:
            self._flush(place)
        if self._total >= _HELD:
            for place in sorted(self._held):
                self._flush(place)

    def write(self, quads: Iterable[ox.Quad]) -> None:
        """Write quads, those of one call in the order of their lines."""
        text = ox.serialize(dict.fromkeys(quads), format=ox.RdfFormat.N_QUADS) or b""
        found = sorted(text.split(b"\n"))[1:]  # behind the last line end is nothing
        if not found:
            return
        if self._lines is None:
            self._quads = _Hashed(self._where.quads(self._stage, self._piece))
            self._lines = gzip.GzipFile("", "wb", 1, self._quads, mtime=0)
        self._lines.write(b"\n".join(found) + b"\n")
        self._count += len(found)

    def finish(self, made: Mapping[str, str], result: object) -> None:
        """Put all of it where others find it; the manifest comes last."""
        for place in sorted(self._held):
            self._flush(place)
        told: dict[str, Any] = {
            "made": dict(made), "run": self._where.run, "blocks": self._blocks, "result": result, "quads": self._count,
            "file": self._opened().close(),
        }  # fmt: skip
        quads = self._where.quads(self._stage, self._piece)
        if self._lines is not None and self._quads is not None:
            self._lines.close()
            told["lines"] = self._quads.close()
            own = {key: told[key] for key in ("made", "run", "quads")} | {"sha256": told["lines"]}
            put(quads.with_name(quads.name.removesuffix(".nq.gz") + ".json"), _text(own))
        put(self._where.manifest(self._stage, self._piece), _text(told))

    def drop(self) -> None:
        for file in (self._file, self._quads):
            if file is not None:
                file.drop()

    def _opened(self) -> _Hashed:
        self._file = self._file or _Hashed(self._where.file(self._stage, self._piece))
        return self._file

    def _flush(self, place: tuple[str, int]) -> None:
        lines = self._held.pop(place, [])
        self._total -= self._sizes.pop(place, 0)
        if lines:
            packed = zlib.compress("\n".join(lines).encode(), 1)
            file = self._opened()
            self._blocks.setdefault(place[0], {}).setdefault(str(place[1]), []).append((file.size, len(packed)))
            file.write(packed)


class _Hashed:
    """A file under another name until it is whole, and the hash of its bytes."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path, self._under_way = path, path.with_name(f".{path.name}.{secrets.token_hex(6)}")
        self._file: BinaryIO = self._under_way.open("wb")
        self._sum = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        self._file.write(data)
        self._sum.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        self._file.flush()

    def close(self) -> str:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._under_way.replace(self._path)
        return self._sum.hexdigest()

    def drop(self) -> None:
        with contextlib.suppress(OSError):
            self._file.close()
            self._under_way.unlink(missing_ok=True)


def put(path: Path, content: bytes) -> None:
    """A small file, whole or not there."""
    file = _Hashed(path)
    try:
        file.write(content)
        file.close()
    except BaseException:
        file.drop()
        raise


def _text(told: object) -> bytes:
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


def holds(where: Where, stage: str, piece: int, made: Mapping[str, str]) -> tuple[bool, str]:
    """Whether a task is done and its files are as it wrote them; what is to be told where they are not."""
    manifest = where.manifest(stage, piece)
    if not manifest.is_file():
        return False, ""
    try:
        told = json.loads(untrusted.contents(manifest))
        if told["made"] != dict(made) or told["run"] != where.run:
            return False, f"The part {manifest} was written by another run; it is made again."
        if _sum(where.file(stage, piece)) != told["file"]:
            raise ValueError(manifest)
        if "lines" in told and _sum(where.quads(stage, piece)) != told["lines"]:
            raise ValueError(manifest)
    except (ReadError, OSError, ValueError, KeyError, TypeError, RecursionError):
        return False, f"The part {where.file(stage, piece)} is damaged; it is made again."
    return True, ""


def _sum(path: Path) -> str:
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            whole.update(chunk)
    return whole.hexdigest()


def intact(path: Path, sha256: object) -> bool:
    """Whether a file is there and has this hash."""
    try:
        return _sum(path) == sha256
    except OSError:
        return False


def result(where: Where, stage: str, piece: int) -> Any:
    """What a task that is done gave back."""
    return _manifest(where, stage, piece)["result"]


def written(where: Where, stage: str, piece: int) -> tuple[str, int]:
    """The hash of the file of quads that a task wrote, and how many; "" where it wrote none."""
    told = _manifest(where, stage, piece)
    return told.get("lines", ""), told["quads"]


def records(where: Where, stage: str, channel: str, at: int, pieces: int) -> Iterator[Any]:
    """The records of a bucket from all tasks of a stage, in the order of the tasks."""
    for piece in range(pieces):
        blocks = _blocks(where, stage, piece).get(channel, {}).get(str(at), ())
        if not blocks:
            continue
        path = where.file(stage, piece)
        try:
            with path.open("rb") as file:
                for offset, size in blocks:
                    file.seek(offset)
                    lines = zlib.decompress(file.read(size)).decode()
                    yield from map(json.loads, lines.split("\n"))
        except (OSError, ValueError, zlib.error) as error:
            raise KgError(
                f"The part {path} was damaged while it was read ({error}); the same command makes it again."
            ) from error


@lru_cache(maxsize=4096)
def _blocks(where: Where, stage: str, piece: int) -> dict[str, dict[str, list[list[int]]]]:
    found: dict[str, dict[str, list[list[int]]]] = _manifest(where, stage, piece)["blocks"]
    return found


def _manifest(where: Where, stage: str, piece: int) -> dict[str, Any]:
    path = where.manifest(stage, piece)
    try:
        told: dict[str, Any] = json.loads(untrusted.contents(path, most=_LARGEST))
        return told
    except (ReadError, ValueError) as error:
        raise KgError(f"The part {path} cannot be read ({error}); all workers need the same folder.") from error
