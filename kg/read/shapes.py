"""What a saved page has beside paragraphs: tables, posts with their times, walls before subscribers, what was left out of it.

The extractor of the text knows none of these. They are looked at before it, marked by a word that the page does not hold, and put
back as lines of text where the extractor kept the mark: what it takes for no part of the article stays out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kg.english.calendar import MONTHS
from kg.english.paragraphs import tables

_ASIDE = re.compile(
    r"comment|disqus|related|recommend|teaser|promo|sidebar|footer|newsletter|most-?read|trending|share|social|cookie|consent|"
    r"subscribe|paywall|breadcrumb|advert|outbrain|taboola|gallery|breaking-?bar|read-?more",
    re.IGNORECASE,
)
_PULLED = re.compile(r"pull(?:ed)?[-_]?quote|quote[-_]?pull|callout[-_]quote", re.IGNORECASE)
_LIVE = re.compile(
    r"live-?(?:blog|update|post|report|page|text|feed|entry)|liveblog|BlogPosting|timeline", re.IGNORECASE
)
_LIVE_TITLE = re.compile(r"\blive\b|as it happened|latest updates|minute by minute", re.IGNORECASE)
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)")
_FREE = re.compile(r"false|no", re.IGNORECASE)
_WHOLE = re.compile(r"[.!?][\"'”’)\]]*$")
_FEWEST_WORDS = 6  # of a paragraph that is told when it was left out
_FEWEST_OF_POST = 6
_SURE = 30  # characters of a paragraph that is surely a part of the article
_MOST_MISSING = 300  # paragraphs that are looked for in all of the text
_MOST_TIMES, _MOST_UP = 2_000, 40
_MOST_ROWS, _MOST_SPAN = 2_000, 40
_LAYOUT_WORDS = 25  # of a cell that is a part of the page and no cell of a table
_LONGEST_TITLE = 16  # words
_SHARE = 0.6
_SILENT = ("script", "style", "noscript", "template", "nav", "footer", "form", "button", "figcaption")
_HEADS = ("h2", "h3", "h4", "h5", "h6")


@dataclass(slots=True)
class Shapes:
    """What was marked in a page: ``marks`` are the lines that stand for each mark; ``free`` is False where the page says that
    it is for subscribers; ``unread`` begins tables that cannot be lines.
    """

    word: str
    marks: dict[str, str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    free: bool = True

    def mark(self, lines: str) -> str:
        name = f"{self.word}{len(self.marks) + len(self.unread)}x"
        self.marks[name] = lines
        return name

    def silent(self, start: str) -> str:
        name = f"{self.word}{len(self.marks) + len(self.unread)}x"
        self.unread[name] = start
        return name


def prepare(tree: Any, page: str) -> Shapes:
    """Marks tables and posts in the parsed page, takes pull quotes out of it, and reads what it says of itself. The tree is changed."""
    word = "Kgmark"
    while word in page:
        word += "q"
    shapes = Shapes(word)
    told = list(_told(tree))
    shapes.free = not any(_FREE.fullmatch(str(item.get("isAccessibleForFree", "true"))) for item in told)
    for element in list(tree.iter("blockquote", "aside", "div", "figure", "p", "span")):
        if _PULLED.search(_names(element)) and element.getparent() is not None:
            element.drop_tree()
    for table in list(tree.iter("table")):
        if table.getparent() is not None:
            _mark_table(table, shapes)
    _mark_posts(tree, shapes, live=any("LiveBlogPosting" in str(item.get("@type")) for item in told))
    return shapes


def restore(text: str, shapes: Shapes) -> tuple[str, list[str]]:
    """The extracted text with the lines for the marks that are left in it, and a remark on each table that cannot be read."""
    lost = [lines for name, lines in shapes.marks.items() if name not in text and "|" in lines]
    remarks = [
        f"A table of the page did not come into the text, from “{' '.join(lines.split())[:60]}…” on." for lines in lost
    ]
    for name, start in shapes.unread.items():
        if name in text:
            remarks.append(f"A table of the page was not read, from “{start}…” on.")
            text = re.sub(rf"\s*{name}\s*", "\n\n", text)
    if not shapes.marks:
        return text, remarks
    pattern = re.compile(rf"\s*(?:[-•*]\s)?({shapes.word}\d+x)[ \t]*")
    return pattern.sub(lambda m: f"\n\n{shapes.marks[m[1]]}\n\n", text), remarks


def left_out(tree: Any, text: str) -> list[str]:
    """The whole sentences of paragraphs that stand among those of the text and did not come into it; what stands beside the article
    (comments, captions, teasers, menus) is not looked at.
    """
    lines, kept = {_letters(line) for line in text.split("\n")}, _letters(text)
    missing: list[tuple[Any, str]] = []
    inside: list[Any] = []
    for element in tree.iter("p", "li", "blockquote", "h2", "h3", "dd"):
        words = _words(element)
        letters = _letters(words)
        if letters in lines or (len(missing) < _MOST_MISSING and letters in kept):
            if element.tag == "p" and len(words) >= _SURE:
                inside.append(element)
        elif len(words.split()) >= _FEWEST_WORDS and _WHOLE.search(words):
            missing.append((element, words))
    main = _common(inside) if missing else None
    if main is None:
        return []
    found: dict[str, None] = {}
    for element, words in missing:
        if next(element.iterdescendants("p", "li", "blockquote"), None) is not None:
            continue
        if _is_inside(element, main) and not _is_aside(element, main) and not _is_link(element, words):
            found[words] = None
    return list(found)


# ── what the page says of itself ───────────────────────────────────────────────────────────────────────────────────


def _told(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD at the top of the page and inside its graphs."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text:
            continue
        try:
            todo = [json.loads(script.text, strict=False)]
        except (ValueError, RecursionError):
            continue
        while todo:
            item = todo.pop()
            if isinstance(item, list):
                todo += item
            elif isinstance(item, dict):
                yield item
                todo += [item["@graph"]] if "@graph" in item else []


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemtype') or ''}"


def _words(element: Any) -> str:
    return " ".join(element.text_content().split()) if isinstance(element.tag, str) else ""


def _letters(words: str) -> str:
    return re.sub(r"\W+", "", words.casefold())


# ── tables ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _mark_table(table: Any, shapes: Shapes) -> None:
    """A table of numbers becomes its mark; one that only lays the page out becomes what is in its cells."""
    if _is_layout(table):
        for element in table.iter("table", "tbody", "thead", "tfoot", "tr", "td", "th", "center", "font"):
            element.tag = "div"
        return
    rows = _rows(table)
    head, foot = _title(table), list[str]()
    while rows and len(only := [c for c in rows[-1] if c]) == 1 and len(rows[-1]) > 1:
        foot.insert(0, only[0])
        rows.pop()
    lines = "\n".join(" | ".join(row) for row in rows)
    read = len(tables.find(lines)) == 1
    start = " ".join(cell for row in rows for cell in row if cell)[:60]
    around = [table, *(e for e in table.iterancestors() if e.tag not in ("html", "body"))]
    if not start or any(e.tag in _SILENT or _ASIDE.search(_names(e)) for e in around):
        return
    for element in around:
        element.tag = "div" if element.tag == "figure" else element.tag  # which the extractor takes for a picture
    mark = (
        shapes.mark("\n".join([*([head] if head else []), lines]) + "".join(f"\n\n{f}" for f in foot))
        if read
        else shapes.silent(start)
    )
    new = table.makeelement("p")
    new.text, new.tail = mark, table.tail
    table.getparent().replace(table, new)


def _is_layout(table: Any) -> bool:
    cells = list(table.iter("td", "th"))
    if next(table.iterdescendants("table"), None) is not None or len(cells) < 2:
        return True
    return any(len(_words(cell).split()) >= _LAYOUT_WORDS for cell in cells)


def _rows(table: Any) -> list[list[str]]:
    """The words of the cells, row by row; a cell over several rows stands in each, one over several columns in the first."""
    held: dict[int, tuple[int, str]] = {}
    out: list[list[str]] = []
    for row in list(table.iter("tr"))[:_MOST_ROWS]:
        cells: list[str] = []
        todo = [c for c in row if c.tag in ("td", "th")]
        while todo or len(cells) in held:
            if len(cells) in held:
                left, words = held.pop(len(cells))
                if left > 1:
                    held[len(cells)] = (left - 1, words)
                cells.append(words)
                continue
            cell = todo.pop(0)
            words = _cell(cell)
            down, across = _number(cell.get("rowspan")), _number(cell.get("colspan"))
            for i in range(across):
                if down > 1:
                    held[len(cells)] = (down - 1, words)
                cells.append("" if i else words)
        if any(cells):
            out.append(cells)
    return out


def _cell(cell: Any) -> str:
    for note in list(cell.iter("sup")):
        note.drop_tree()
    return _words(cell).replace("|", "/")


def _number(value: str | None) -> int:
    return (
        min(int(value), _MOST_SPAN)
        if value and value.isascii() and value.isdigit() and len(value) < 4 and int(value) > 0
        else 1
    )


def _title(table: Any) -> str:
    """The caption of a table, or the short heading right above it, which then stands there alone."""
    caption = next(table.iter("caption"), None)
    if caption is not None:
        words = _words(caption)
        caption.drop_tree()
        return words
    around = table
    while (
        around.getprevious() is None
        and around.getparent() is not None
        and around.getparent().tag in ("div", "figure", "section")
    ):
        around = around.getparent()
        figcaption = next(around.iter("figcaption"), None)
        if figcaption is not None and around.tag == "figure":
            return _taken(figcaption)
    before = around.getprevious()
    if before is None or not isinstance(before.tag, str):
        return ""
    words = _words(before)
    bold = before.tag == "p" and len(before) == 1 and before[0].tag in ("strong", "b") and _words(before[0]) == words
    short = 0 < len(words.split()) <= _LONGEST_TITLE and not words.endswith((".", ":"))
    return _taken(before) if short and (before.tag in _HEADS or bold) else ""


def _taken(element: Any) -> str:
    words = _words(element)
    element.drop_tree()
    return words


# ── posts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _mark_posts(tree: Any, shapes: Shapes, *, live: bool) -> None:
    """The posts of a live page from the earliest to the latest, each with a line that tells its day and hour."""
    found = _posts(tree)
    if len(found) < 2 or not (live or _is_live(tree, found)):
        return
    places = [post for post, _ in found]
    parent = places[0].getparent()
    at = min(parent.index(post) for post in places)
    for post in places:
        parent.remove(post)
    for i, (post, stamp) in enumerate(sorted(found, key=lambda pair: pair[1])):
        for time in list(post.iter("time")):
            time.drop_tree()
        post.tag = "div"
        post.attrib.clear()
        post.tail = None
        first = post.makeelement("p")
        _prefix(post, shapes.mark(f"{stamp.day} {MONTHS[stamp.month - 1]} {stamp.year}, {stamp:%H:%M}"), first)
        parent.insert(at + i, post)


def _prefix(post: Any, mark: str, new: Any) -> None:
    """Put a mark before the first words of a post, in the same element, so that both come into the text or neither does."""
    for element in post.iter("p", "h2", "h3", "h4", "h5", "h6", "li"):
        if element.tag == "p" and _words(element):
            element.text = f"{mark} {element.text or ''}"
            break
        if _words(element):  # a heading stands alone: the mark comes as a paragraph before it
            new.text = f"{mark} {_words(element)}"
            element.getparent().replace(element, new)
            break
    else:
        new.text, post.text = f"{mark} {post.text or ''}", None
        post.insert(0, new)


def _posts(tree: Any) -> list[tuple[Any, datetime]]:
    """The children of one element that each have a moment of their own and prose; of several such elements that with most words."""
    groups: dict[Any, dict[Any, datetime]] = {}
    for time in list(tree.iter("time"))[:_MOST_TIMES]:
        stamp = _STAMP.match(time.get("datetime") or "")
        if stamp is None:
            continue
        child = time
        for parent, _ in zip(time.iterancestors(), range(_MOST_UP), strict=False):
            groups.setdefault(parent, {}).setdefault(child, datetime.fromisoformat(f"{stamp[1]}T{stamp[2]}"))
            child = parent
    best: list[tuple[Any, datetime]] = []
    size = 0
    for children in groups.values():
        if len(children) < 2:
            continue
        posts = [(child, when) for child, when in children.items() if _is_post(child)]
        words = sum(len(_prose(post)) for post, _ in posts)
        if len(posts) >= 2 and (words, len(posts)) > (size, len(best)):
            best, size = posts, words
    return best


def _is_post(element: Any) -> bool:
    if element.tag in ("p", "span", "time", "header") or next(element.iter("h1"), None) is not None:
        return False
    aside = any(_ASIDE.search(_names(e)) for e in (element, *element.iterancestors()) if e.tag not in ("body", "html"))
    return not aside and len(_prose(element)) >= _FEWEST_OF_POST


def _prose(element: Any) -> list[str]:
    """The words of an element that are no link."""
    links = sum(len(_words(a).split()) for a in element.iter("a"))
    words = _words(element).split()
    return words[links:] if links < len(words) else []


def _is_live(tree: Any, found: Sequence[tuple[Any, datetime]]) -> bool:
    """Whether posts are what the page is: by its title, the names of its elements, or the share of its words in them."""
    title = next(tree.iter("title"), None)
    if title is not None and _LIVE_TITLE.search(_words(title)):
        return True
    around = [found[0][0], *found[0][0].iterancestors()]
    if any(_LIVE.search(_names(element)) for element in around):
        return True
    whole = sum(len(_words(p).split()) for p in tree.iter("p"))
    return sum(len(_words(p).split()) for post, _ in found for p in post.iter("p")) > _SHARE * whole


# ── what was left out ──────────────────────────────────────────────────────────────────────────────────────────────


def _common(elements: Sequence[Any]) -> Any | None:
    """The smallest element that holds most of the paragraphs of the text."""
    count: dict[Any, int] = {}
    for element in elements:
        for parent in element.iterancestors():
            count[parent] = count.get(parent, 0) + 1
    holding = [parent for parent, n in count.items() if 5 * n >= 4 * len(elements)]
    return max(holding, key=lambda parent: sum(1 for _ in parent.iterancestors()), default=None)


def _is_inside(element: Any, main: Any) -> bool:
    return any(parent is main for parent in element.iterancestors())


def _is_aside(element: Any, main: Any) -> bool:
    for one in (element, *element.iterancestors()):
        if one is main:
            return False
        if one.tag in (*_SILENT, "aside") or _ASIDE.search(_names(one)):
            return True
    return False


def _is_link(element: Any, words: str) -> bool:
    return 2 * sum(len(_words(a)) for a in element.iter("a")) > len(words)
