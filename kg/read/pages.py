"""Saved web pages → the article that they hold, with the metadata that the page declares."""

from __future__ import annotations

import logging
import re

from kg.errors import ReadError
from kg.model import Article
from kg.read.decoding import decode
from kg.read.markup import check_markup
from kg.read.metadata import Given, article

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?>.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
# Fewer words than a short dispatch has: a cookie notice, a menu, "page not found".
_FEWEST_WORDS = 25
# A large page has tens of thousands; each takes half a kilobyte of memory and ten microseconds.
_MOST_TAGS = 250_000


def is_page(raw: bytes) -> bool:
    """Whether the bytes begin as HTML does."""
    return _START.match(raw[:4096].removeprefix(b"\xef\xbb\xbf")) is not None


def web_page(raw: bytes, given: Given, *, address: str | None = None, charset: str | None = None) -> Article:
    """The article of a page: its paragraphs, separated by blank lines, without menus, comments and tables.

    Title, date, address, site name, authors and language are those that the page declares; a date is never guessed
    from the running text. ``address`` and ``charset`` are what an archive or a server says of the page: the one is used
    where the page names no address, the other wins over what the page says. Raises ``ReadError`` where there is no article.
    """
    check_markup(raw, what="page", most=_MOST_TAGS)
    import trafilatura  # half a second to import, and only pages need it

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its warnings repeat what our error says
    declared = _CHARSET.search(raw[:4096])
    page = decode(raw, declared=charset or (declared[1].decode("ascii") if declared else None))
    document = trafilatura.bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"},
    )
    text = getattr(document, "text", None) or ""
    if len(text.split()) < _FEWEST_WORDS:
        raise ReadError("The page holds no article.")
    fields = {"title": "title", "date": "date", "url": "url", "publisher": "sitename", "authors": "author"}
    found = {name: value for name, attribute in fields.items() if (value := getattr(document, attribute, None))}
    language = getattr(document, "language", None) or _language(page)
    if language:
        found["language"] = language
    if address:
        found.setdefault("url", address)
    # A line of the extracted text is a paragraph of the page.
    return article(re.sub(r"\n+", "\n\n", text.strip()) + "\n", {}, given, found)


def _language(page: str) -> str | None:
    match = re.search(r"""<html\b[^<>]*?\blang\s*=\s*["']?([A-Za-z]{2,3})\b""", page[:4096], re.IGNORECASE)
    return match[1].lower() if match else None
