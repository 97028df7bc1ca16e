"""WARC files → the articles among the pages that they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.errors import ReadError
from kg.model import Article, Problem
from kg.read.metadata import Given
from kg.read.pages import web_page

ENDINGS = (".warc", ".warc.gz")
_LARGEST = 64_000_000  # bytes of one page


def pages(path: Path, given: Given) -> Iterator[Article | Problem]:
    """The article of each archived page (HTML, answered with 200), in the order of the archive.

    The address is the page's own, else that of the record; the date is the page's own, since the record only tells when
    it was fetched. A page without an article is a ``Problem``; a damaged archive gives what stands before the damage.
    """
    from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
    from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

    seen = 0
    with path.open("rb") as stream:
        try:
            for record in ArchiveIterator(stream):
                if record.rec_type != "response" or record.http_headers is None:
                    continue
                kind = record.http_headers.get_header("Content-Type") or ""
                if record.http_headers.get_statuscode() != "200" or "html" not in kind.lower():
                    continue
                seen += 1
                address = record.rec_headers.get_header("WARC-Target-URI")
                charset = re.search(r"charset=[\"']?([\w.:-]+)", kind, re.IGNORECASE)
                where = f"{path}: {address or f'record {seen}'}"
                try:
                    raw = record.content_stream().read(_LARGEST)
                    yield web_page(raw, given, address=address, charset=charset[1] if charset else None)
                except ReadError as error:
                    yield Problem(where, str(error))
        except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
            yield Problem(
                str(path),
                f"The archive is damaged after {seen} pages: {str(error).strip().splitlines()[0] or 'it ends early'}.",
            )
            return
    if not seen:
        raise ReadError("The archive holds no web page.")
