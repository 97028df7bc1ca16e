"""What was read elsewhere, kept in files until it is in the store: parts of some articles, each with a manifest, whole or not there."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from kg import untrusted
from kg.errors import KgError, ReadError
from kg.model import Article
from kg.pipeline.crews import Lost
from kg.pipeline.reading import Read

_LARGEST: Final = 1_000_000_000  # bytes of a part; fifty articles have two million
Made = Mapping[str, str]
"""By what a part was made: versions of kg, its code, spaCy and the model, the list of names, and what is kept."""


class Parts:
    """The parts in a folder. Several runs may use one at a time: a part is called by what is in it and by what made it."""

    def __init__(self, folder: Path, made: Made) -> None:
        self.folder = folder
        self._made = dict(made)
        self.notes: list[str] = []

    def name(self, articles: Sequence[Article]) -> str:
        """What the part of these articles is called."""
        return _digest([self._made, _inputs(articles)])[:32]

    def holds(self, name: str, articles: Sequence[Article]) -> bool:
        """Whether the part of these articles is finished and as it was written; one that is not is told of, and to be made again,
        as is one with an article whose worker ended: another run may have more memory.
        """
        manifest = self._manifest(name)
        if not manifest.is_file():
            return False
        try:
            told = json.loads(untrusted.contents(manifest))
            right = {"made": self._made, "inputs": _inputs(articles), "articles": len(articles)}
            if not isinstance(told, dict) or {key: told.get(key) for key in right} != right:
                self.notes.append(f"The part {manifest} was written by another run; it is made again.")
                return False
            if hashlib.sha256(untrusted.contents(self._file(name), most=_LARGEST)).hexdigest() == told.get("sha256"):
                return not told["lost"]
        except (ReadError, ValueError, KeyError, RecursionError):
            pass
        self.notes.append(f"The part {self._file(name)} is damaged; it is made again.")
        return False

    def hash_of(self, name: str) -> str:
        """The hash of the bytes of a part that is there: where an article was lost and is read later, it is another one."""
        try:
            return str(json.loads(untrusted.contents(self._manifest(name)))["sha256"])
        except (ReadError, ValueError, KeyError, TypeError) as error:
            raise KgError(f"The part {self._file(name)} went away; the same command makes it again.") from error

    def write(self, name: str, articles: Sequence[Article], found: Iterable[Read | Lost]) -> None:
        """Put a part beside the others: first the part, then its manifest, each under another name until it is whole."""
        records = [_record(article, read) for article, read in zip(articles, found, strict=True)]
        lines = b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in records)
        packed = gzip.compress(lines, 1, mtime=0)
        manifest = {
            "made": self._made, "inputs": _inputs(articles), "articles": len(articles), "lost": sum("lost" in one for one in records),
            "sha256": hashlib.sha256(packed).hexdigest(),
        }  # fmt: skip
        try:
            self._file(name).parent.mkdir(parents=True, exist_ok=True)
            _put(self._file(name), packed)
            _put(self._manifest(name), json.dumps(manifest, indent=1, sort_keys=True).encode())
        except OSError as error:
            raise KgError(
                f"The part {self._file(name)} cannot be written: {error.strerror or error}. What was finished is kept; "
                "the same command goes on from there."
            ) from error

    def read(self, name: str) -> Iterator[tuple[Article, Read | Lost]]:
        """The articles of a part with what came of them."""
        try:
            with gzip.open(self._file(name)) as lines:
                for line in lines:
                    yield _loaded(json.loads(line))
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise KgError(
                f"The part {self._file(name)} was damaged while it was read ({error}); the same command makes it again."
            ) from error

    def _file(self, name: str) -> Path:
        return self.folder / name[:2] / f"{name}.jsonl.gz"

    def _manifest(self, name: str) -> Path:
        return self.folder / name[:2] / f"{name}.json"


def _put(path: Path, content: bytes) -> None:
    under_way = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with under_way.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        under_way.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            under_way.unlink()
        raise


def _record(article: Article, read: Read | Lost) -> dict[str, Any]:
    if isinstance(read, Lost):
        return {"article": asdict(article), "lost": read.reason}
    quads = read.packed().quads
    lines = gzip.decompress(quads).decode() if isinstance(quads, bytes) and quads else ""
    return {"article": asdict(article), "quads": lines, "notes": read.notes, "problem": read.problem}


def _loaded(told: dict[str, Any]) -> tuple[Article, Read | Lost]:
    fields = told["article"]
    article = Article(**{**fields, "authors": tuple(fields["authors"]), "remarks": tuple(fields["remarks"])})
    if "lost" in told:
        return article, Lost(told["lost"])
    quads = gzip.compress(told["quads"].encode(), 1, mtime=0) if told["quads"] else b""
    return article, Read(quads, tuple(told["notes"]), told["problem"])


def _inputs(articles: Sequence[Article]) -> str:
    return _digest([asdict(article) for article in articles])


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


__all__ = ["Made", "Parts"]
