"""Saved web pages → the article that they hold, with the metadata that the page declares."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from kg.english.paragraphs import stubs
from kg.errors import ReadError
from kg.model import Article
from kg.read.decoding import decode
from kg.read.markup import check_markup
from kg.read.metadata import Given, article
from kg.read.shapes import left_out, prepare, restore

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?>.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
# Fewer words than a short dispatch has: a cookie notice, a menu, "page not found".
_FEWEST_WORDS = 25
# A large page has tens of thousands; each takes half a kilobyte of memory and ten microseconds.
_MOST_TAGS = 250_000
_SHOWN = 60  # characters of a paragraph that was left out


def is_page(raw: bytes) -> bool:
    """Whether the bytes begin as HTML does."""
    return _START.match(raw[:4096].removeprefix(b"\xef\xbb\xbf")) is not None


def web_page(raw: bytes, given: Given, *, address: str | None = None, charset: str | None = None) -> Article:
    """The article of a page: its paragraphs, separated by blank lines, without menus and comments. A table of numbers comes as
    lines of cells between bars, below its title; the posts of a live page from the first to the last, each below its time.
    What the page says of itself, and what of it was left out, is told in the article's remarks.

    Title, date, address, site name, authors and language are those that the page declares; a date is never guessed
    from the running text. ``address`` and ``charset`` are what an archive or a server says of the page: the one is used
    where the page names no address, the other wins over what the page says. Raises ``ReadError`` where there is no article.
    """
    check_markup(raw, what="page", most=_MOST_TAGS)
    import trafilatura  # half a second to import, and only pages need it

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its warnings repeat what our error says
    declared = _CHARSET.search(raw[:4096])
    page = decode(raw, declared=charset or (declared[1].decode("ascii") if declared else None))
    tree = trafilatura.load_html(page)
    if tree is None:
        raise ReadError("The page holds no article.")
    shapes = prepare(tree, page)
    document = _extracted(tree)
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
    text, missing = _whole(tree, text)
    # A line of the extracted text is a paragraph of the page.
    text, remarks = restore(re.sub(r"\n+", "\n\n", text.strip()), shapes)
    text = re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
    return article(text, {}, given, found, remarks=[*_remarks(text, missing, free=shapes.free), *remarks])


def _extracted(tree: Any, *, recall: bool = False) -> Any:
    """What the extractor makes of a parsed page, which it would change."""
    import trafilatura

    return trafilatura.bare_extraction(
        deepcopy(tree),
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        favor_recall=recall,
        date_extraction_params={"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"},
    )


def _whole(tree: Any, text: str) -> tuple[str, list[str]]:
    """The text, and what stands among its paragraphs and did not come into it. Where something did not, the extractor tries again
    and keeps more; that is taken if it adds nothing but what was missing.
    """
    missing = left_out(tree, text)
    if not missing:
        return text, missing
    more = getattr(_extracted(tree, recall=True), "text", None) or ""
    had, wanted = set(text.split("\n")), "\n".join(missing)
    new = [line for line in more.split("\n") if line not in had]
    if new and all(line.lstrip("-•* ") in wanted for line in new) and had <= set(more.split("\n")):
        return more, left_out(tree, more)
    return text, missing


def _remarks(text: str, missing: Sequence[str], *, free: bool) -> Iterator[str]:
    """What a reader should know of a page that says that it is not free, and of paragraphs that are not in the text."""
    if not free and not stubs.may_break_off(text):
        yield f"The page says that it is for subscribers: perhaps only the first {len(text.split())} words of the article are there."
    if missing:
        what = "A paragraph" if len(missing) == 1 else f"{len(missing)} paragraphs"
        yield f"{what} of the page did not come into the text, from “{missing[0][:_SHOWN]}…” on."


def _language(page: str) -> str | None:
    match = re.search(r"""<html\b[^<>]*?\blang\s*=\s*["']?([A-Za-z]{2,3})\b""", page[:4096], re.IGNORECASE)
    return match[1].lower() if match else None
