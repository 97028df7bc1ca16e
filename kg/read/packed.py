"""Files that are packed by gzip or zstd, opened as the bytes within: never more of them at once than are asked for."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import PurePath
from typing import IO, Any, BinaryIO, Final

from kg.errors import ReadError

ENDINGS: Final = (".gz", ".zst")
_SWELLS, _FROM = 250, 256_000_000  # text is packed to a third or a tenth, and pages that are all alike to a fiftieth
_WINDOW: Final = 27  # as a power of two: 128 MB, the most that zstd itself unpacks with unless it is told otherwise


def within(name: str) -> str:
    """What a packed file is called without its last ending, and any other as it is.

    >>> within("news.jsonl.gz"), within("news.jsonl")
    ('news.jsonl', 'news.jsonl')
    """
    return name[: -len(PurePath(name).suffix)] if name.lower().endswith(ENDINGS) else name


def opened(stream: BinaryIO, name: str) -> BinaryIO:
    """The bytes in a file that is called ``name``, as they come: reading gives what stands before damage, then raises ``ReadError``."""
    return stream if within(name) == name else _Unpacked(stream, name)  # type: ignore[return-value]


def whole(stream: BinaryIO, name: str) -> BinaryIO:
    """The same, of which a read gives all that is asked for."""
    return stream if within(name) == name else io.BufferedReader(_Unpacked(stream, name))


class _Unpacked(io.RawIOBase):
    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._packed, self._kind = stream, PurePath(name).suffix.lower()
        self._given = 0
        self._file, self._errors = _zstd(stream) if self._kind == ".zst" else _gzip(stream)

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        view = memoryview(into).cast("B")
        try:
            piece = self._file.read1(len(view))
        except EOFError as error:
            raise ReadError("It ends early, in the middle of what is packed; what stands before is read.") from error
        except self._errors as error:
            told = " ".join(str(error).split()).rstrip(".")
            raise ReadError(f"It cannot be unpacked from “{self._kind}” ({told[:120]}).") from error
        self._given += len(piece)
        if self._given > _FROM and self._given > _SWELLS * self._packed.tell():
            raise ReadError(
                f"It swells to more than {_SWELLS} times its bytes, as no articles do; it is not read further."
            )
        view[: len(piece)] = piece
        return len(piece)


def _gzip(stream: BinaryIO) -> tuple[Any, tuple[type[Exception], ...]]:
    return gzip.GzipFile(fileobj=stream), (OSError, zlib.error)


def _zstd(stream: IO[bytes]) -> tuple[Any, tuple[type[Exception], ...]]:
    from backports.zstd import DecompressionParameter, ZstdError, ZstdFile

    return ZstdFile(stream, options={DecompressionParameter.window_log_max: _WINDOW}), (OSError, ZstdError)


__all__ = ["ENDINGS", "opened", "whole", "within"]
