"""WARC files, and WET files of the texts in them → the articles among the pages that they hold."""

from __future__ import annotations

import contextlib
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from kg.errors import ReadError, fault
from kg.model import Article, Problem
from kg.read.decoding import decode
from kg.read.metadata import Given
from kg.read.pages import web_page
from kg.read.plain import dated

ENDINGS = (".warc", ".wet")
_LARGEST = 64_000_000  # bytes of one page
_LONGEST_HEAD = 16_000_000  # bytes in lines, one after another, before something is read that is no line


def pages(stream: BinaryIO, given: Given, *, where: str) -> Iterator[Article | Problem]:
    """The article of each archived page (HTML, answered with 200) and of each text that was taken out of one (as in the WET files of
    Common Crawl), in the order of the archive.

    The address is the page's own, else that of the record; the date is the page's own, since the record only tells when
    it was fetched. A page without an article is a ``Problem``; a damaged archive gives what stands before the damage.
    """
    from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

    seen = 0
    try:
        # The heads of the answers are read here and not by warcio, which fails for good at a record without an address.
        records = ArchiveIterator(stream, no_record_parse=True)
        records.reader = _Reader(stream)
        records.INC_RECORD = ""  # what warcio has to say of a wrong length it says past every check, to the terminal
        for record in records:
            if record.rec_type == "conversion":
                seen += 1
                yield _text(record, given, where=where, number=seen)
            if record.rec_type != "response":
                continue
            try:
                charset = _charset(record)
                if charset is None:
                    continue
            except _Damaged:
                raise
            except Exception as error:  # noqa: BLE001 - what warcio raises at one record is no reason to leave out the others
                seen += 1
                yield Problem(f"{where}: record {seen}", f"The head of the record cannot be read ({_told(error)}).")
                continue
            seen += 1
            yield _page(record, given, charset=charset or None, where=where, number=seen)
    except Exception as error:  # noqa: BLE001 - warcio raises errors of its own, of zlib and of whatever reads a head
        yield Problem(where, f"The archive is damaged after {seen} page{'s' if seen != 1 else ''}: {_told(error)}.")
        return
    if not seen:
        raise ReadError("The archive holds no web page and no text of one.")


def _page(record: Any, given: Given, *, charset: str | None, where: str, number: int) -> Article | Problem:
    """The article of one page, or why there is none."""
    address = record.rec_headers.get_header("WARC-Target-URI")
    page = f"{where}: {address or f'record {number}'}"
    try:
        return web_page(_content(record), given, address=address, charset=charset)
    except _Damaged:
        raise
    except ReadError as error:
        return Problem(page, str(error))
    except Exception as error:  # noqa: BLE001 - one page that kg stumbles over must not take the others with it
        return Problem(page, fault(error))


def _text(record: Any, given: Given, *, where: str, number: int) -> Article | Problem:
    """The article of a text that was taken out of a page, or why there is none."""
    address = record.rec_headers.get_header("WARC-Target-URI")
    page = f"{where}: {address or f'record {number}'}"
    try:
        text = decode(_content(record)).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        return dated(text, {"url": address} if address else {}, given)
    except _Damaged:
        raise
    except ReadError as error:
        return Problem(page, str(error))
    except Exception as error:  # noqa: BLE001 - one text that kg stumbles over must not take the others with it
        return Problem(page, fault(error))


def _content(record: Any) -> bytes:
    """The bytes of a page; :class:`ReadError` where they are too many."""
    with contextlib.redirect_stderr(io.StringIO()):  # where warcio tells of compressed pages that are damaged
        raw: bytes = record.content_stream().read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise ReadError(f"The page has more than {_LARGEST:,} bytes, the most that kg reads.")
    return raw


def _charset(record: Any) -> str | None:
    """The character set of a page that was answered with 200 and is HTML, empty where none is told; ``None`` for all else."""
    from warcio.statusandheaders import StatusAndHeadersParser  # type: ignore[import-untyped]

    address = record.rec_headers.get_header("WARC-Target-URI") or record.rec_headers.get_header("uri")
    if record.length == 0 or (address is not None and not address.lower().startswith(("http:", "https:"))):
        return None
    record.http_headers = StatusAndHeadersParser(["HTTP/"], verify=False).parse(record.raw_stream)
    kind = record.http_headers.get_header("Content-Type") or ""
    if record.http_headers.get_statuscode() != "200" or "html" not in kind.lower():
        return None
    charset = re.search(r"charset=[\"']?([\w.:-]+)", kind, re.IGNORECASE)
    return charset[1] if charset else ""


class _Damaged(ReadError):
    """The archive itself cannot be read any further, whatever the record."""


class _Reader:
    """What warcio reads an archive through, compressed or not: tells damage, and ends heads that have no end."""

    decompressor = None

    def __init__(self, stream: BinaryIO) -> None:
        magic = stream.peek(2)[:2]  # type: ignore[attr-defined]
        self._stream = gzip.GzipFile(fileobj=stream) if magic == b"\x1f\x8b" else stream
        self._in_lines = 0

    def read(self, length: int | None = None) -> bytes:
        self._in_lines = 0
        return self._told(self._stream.read, -1 if length is None else length)

    def readline(self, length: int | None = None) -> bytes:
        most = _LONGEST_HEAD if length is None else min(length, _LONGEST_HEAD)
        line = self._told(self._stream.readline, most)
        self._in_lines += len(line)
        if self._in_lines > _LONGEST_HEAD:
            raise _Damaged("the head of a record has no end")
        return line

    def rem_length(self) -> int:
        return 0

    def close_decompressor(self) -> None:
        """Nothing: the archive is closed by whoever opened it."""

    @staticmethod
    def _told(read: Callable[[int], bytes], length: int) -> bytes:
        try:
            return read(length)
        except EOFError as error:  # which warcio takes for the end of an archive that is whole
            raise _Damaged("it ends early") from error
        except (OSError, zlib.error) as error:
            raise _Damaged(f"it cannot be decompressed ({error})") from error


def _told(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    told = lines[0].strip().rstrip(".") if lines else "it ends early"
    return told[:200]
