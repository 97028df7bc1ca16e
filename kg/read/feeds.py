"""RSS and Atom files → one article an entry, with what the entry says about itself."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from kg.english.paragraphs.daylines import day_in
from kg.errors import ReadError, fault
from kg.model import Article, Problem
from kg.read.markup import check_markup
from kg.read.metadata import Given, article

_FEED = re.compile(rb"<(?:rss\b|feed\b|rdf:RDF\b)", re.IGNORECASE)
_ENTRY = re.compile(rb"<(?:item|entry)[\s>]", re.IGNORECASE)
_BLOCKS = frozenset(
    "p div br h1 h2 h3 h4 h5 h6 li ul ol blockquote tr table section article figure figcaption pre hr".split()
)
_MOST_TAGS = 500_000  # of some fifty thousand articles; a feed has dozens
_REFERENCE = re.compile(r"&#(?:x[0-9a-f]+|[0-9]+);?", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*>", re.IGNORECASE)
_LONGEST_DATE = 60  # characters
_SILENT = frozenset(("script", "style", "noscript", "iframe", "svg"))


def is_feed(raw: bytes) -> bool:
    """Whether the bytes begin as a feed does: ``rss``, ``feed`` or ``rdf:RDF`` as the first element."""
    head = re.sub(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>", b"", raw[:4096], flags=re.DOTALL).lstrip(
        b"\xef\xbb\xbf \t\r\n"
    )
    return _FEED.match(head) is not None


def entries(raw: bytes, given: Given, *, where: str) -> Iterator[Article | Problem]:
    """The entries of a feed in its order. An entry without text is a ``Problem``, and so is a number of entries that a
    broken feed lost; the others go on. An entry's date is that of publication, else of its last change.
    """
    check_markup(raw, what="feed", most=_MOST_TAGS)
    feed = _parsed(raw)
    publisher = _plain(feed.feed.get("title"))
    language = str(feed.feed.get("language") or "")[:2].lower() or None
    found = list(feed.entries)
    if not found:
        raise ReadError(
            "The feed has no entries."
            if not feed.bozo
            else f"The feed cannot be read: {str(feed.bozo_exception).rstrip('.')}."
        )
    for number, entry in enumerate(found, 1):
        try:
            yield _entry(entry, given, publisher, language)
        except ReadError as error:
            reason = str(error)[:1].lower() + str(error)[1:]
            yield Problem(f"{where}:{number}", f"Entry {number} was left out: {reason}")
        except Exception as error:  # noqa: BLE001 - one entry that kg stumbles over must not take the others with it
            yield Problem(f"{where}:{number}", f"Entry {number} was left out: {fault(error)}")
    lost = len(_ENTRY.findall(raw)) - len(found)
    if lost > 0:
        yield Problem(where, f"The feed is not well formed, and {lost} of its entries cannot be read.")


def _parsed(raw: bytes) -> Any:
    """The feed as feedparser reads it; where it stumbles, once more without what it is known to stumble over: encodings
    that are none, and references to characters that are none.
    """
    import feedparser  # type: ignore[import-untyped]  # only feeds need it

    try:
        # A stream, never a string: feedparser takes a string that looks like an address for one to fetch.
        return feedparser.parse(io.BytesIO(raw))
    except Exception:  # noqa: BLE001 - it lets through whatever int(), chr() and codecs raise on what a feed says
        clean = _REFERENCE.sub(_possible, _DECLARATION.sub("", raw.decode("utf-8", "replace")))
    try:
        return feedparser.parse(io.BytesIO(clean.encode()))
    except Exception as error:
        told = " ".join(str(error).split())[:200].rstrip(".")
        raise ReadError(f"The feed cannot be read: its parser failed ({type(error).__name__}: {told}).") from error


def _possible(reference: re.Match[str]) -> str:
    """A reference to a character; U+FFFD where there is no such character."""
    digits = reference[0].strip("&#;")
    hexadecimal = digits[:1] in "xX"
    try:
        code = int(digits[1:], 16) if hexadecimal else int(digits)
    except ValueError:  # thousands of digits
        code = -1
    return reference[0] if 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd"


def _entry(entry: Any, given: Given, publisher: str | None, language: str | None) -> Article:
    pieces = [str(c.get("value") or "") for c in entry.get("content") or ()] or [str(entry.get("summary") or "")]
    text = fragment_text(max(pieces, key=len))
    if not text:
        raise ReadError("It has no text.")
    own = {
        "title": _plain(entry.get("title")),
        "url": entry.get("link"),
        "authors": [str(a.get("name")) for a in entry.get("authors") or () if a.get("name")] or None,
        "date": _date(entry),
    }
    page = {"publisher": publisher, "language": language}
    return article(text, {k: v for k, v in own.items() if v}, given, {k: v for k, v in page.items() if v})


def _date(entry: Any) -> str | None:
    """The day of an entry; ``None`` where it has none or none that can be read."""
    parsed = entry.get("published_parsed") or dict.get(
        entry, "updated_parsed"
    )  # its own get warns of a mapping that ends
    if parsed is None:  # a moment without a zone, or a month before its day: what the parser of feeds does not know
        return day_in(str(entry.get("published") or dict.get(entry, "updated") or "")[:_LONGEST_DATE])
    year, month, day = parsed[:3]
    return f"{year:04}-{month:02}-{day:02}" if 1 <= year <= 9999 else None


def fragment_text(html: str) -> str:
    """The paragraphs of a piece of HTML, separated by blank lines.

    >>> fragment_text("<p>One &amp; two.</p><p>Three<br>four.</p>")
    'One & two.\\n\\nThree\\n\\nfour.\\n'
    """
    from lxml import html as lxml_html  # type: ignore[import-untyped]
    from lxml.etree import ParserError  # type: ignore[import-untyped]

    if not html.strip():
        return ""
    check_markup(html.encode("utf-8", "replace"), what="text", most=_MOST_TAGS)
    try:
        root = lxml_html.fragment_fromstring(html, create_parent="div")
    except (ParserError, ValueError):
        return ""
    out: list[str] = []
    try:
        _walk(root, out)
    except RecursionError:
        return ""
    paragraphs = (
        " ".join(p.split())
        for p in re.split(r"\n\s*(?=\n)|\n", "".join(t if t == "\n" else " ".join(t.split("\n")) for t in out))
    )
    text = "\n\n".join(p for p in paragraphs if p)
    return f"{text}\n" if text else ""


def _walk(node: Any, out: list[str]) -> None:
    """Put the texts of an element and of all inside it into ``out``, with a line end around each block."""
    tag = node.tag if isinstance(node.tag, str) else ""
    if tag in _SILENT or not tag:
        out.append(node.tail or "")
        return
    if tag in _BLOCKS:
        out.append("\n")
    out.append(node.text or "")
    for child in node:
        _walk(child, out)
    if tag in _BLOCKS:
        out.append("\n")
    out.append(node.tail or "")


def _plain(value: object) -> str | None:
    text = " ".join(fragment_text(str(value)).split()) if value else ""
    return text or None
