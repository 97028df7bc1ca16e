"""Quotations: where quotation marks open and close, also over paragraphs, reopened, unclosed and typographic.

Newspapers open every paragraph of a running quotation and close only the last (Chicago Manual of Style, 13.30);
an opening mark without a closing one therefore runs to the end of its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.english.paragraphs import transcripts
from kg.model import Block, BlockKind, Span

# opening mark → marks that close it
_PAIRS = {"“": '”"', "”": '”"', "„": "“”", "«": "»", "‘": "’", "‹": "›", '"': '"”', "'": "'"}
_OPENING = re.compile(
    "|".join(map(re.escape, ["“", "„", "«", "‘", "‹", '"', "''", "``"])) + r"|(?<![\w.,!?])'(?=\w)|(?<!\S)”(?=\w)"
)
_MARKS = re.compile(r"[\"“”]")
_FARTHEST = 6  # paragraphs, from one without marks to the end of its quotation
_SAID = re.compile(r",\s+(?:he|she|they)\s+(?:said|says|added)\b[^,.;“”\"]{0,40}\.?\s*$")
# A title or a scare quote is shorter than this and holds no verb of its own.
_SPEECH_WORDS = 4
_FINAL = frozenset(".!?,…;—–-")
_WORDS = re.compile(r"[^\W\d_][\w'’-]*")
_SMALL = 4  # letters from which on a word of a title has a capital


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation in one paragraph: ``span`` with its marks, ``inner`` without; a running one is not ``closed``."""

    span: Span
    inner: Span
    block: int
    closed: bool
    words: int
    title: bool = False  # every longer word of it has a capital, and no stop ends it

    @property
    def speech(self) -> bool:
        """Whether it is long enough to be somebody's words rather than a title or a distancing mark."""
        return self.words >= _SPEECH_WORDS and not self.title

    def breaks_off(self, text: str, offset: int = 0) -> bool:
        """Whether a new sentence begins right behind its closing mark though no stop ends it, as behind a heading in marks:
        "“A day at sea” The crew had sailed …". ``text`` begins at character ``offset`` of the article.
        """
        last, after = text[self.inner.end - offset - 1 : self.inner.end - offset], self.span.end - offset
        behind = text[after : after + 2]
        return self.closed and last not in _FINAL and len(behind) == 2 and behind[0].isspace() and behind[1].isupper()


def find(text: str, blocks: Sequence[Block]) -> list[Quote]:
    """All outermost quotations of prose and headlines, in order.

    >>> from kg.english.paragraphs.blocks import split
    >>> t = "“We are ready,” she said. “Are you?”"
    >>> [q.span.of(t) for q in find(t, split(t))]
    ['“We are ready,”', '“Are you?”']
    """
    out: list[Quote] = []
    spoken = {_at(blocks, span): span for turn in transcripts.turns(text, blocks) for span in turn.content}
    for index, block in enumerate(blocks):
        if (whole := spoken.get(index)) is not None:
            out.append(Quote(whole, whole, index, True, len(re.findall(r"\w+", whole.of(text)))))
            continue
        if block.kind in (BlockKind.PROSE, BlockKind.HEADLINE):
            running = bool(out) and not out[-1].closed and out[-1].block == index - 1
            if running and _inside(text, blocks, index):
                span = block.span
                out.append(Quote(span, span, index, False, len(re.findall(r"\w+", span.of(text)))))
                continue
            reopened = index + 1 < len(blocks) and text[blocks[index + 1].span.start] in _PAIRS
            own = _in_block(text, block.span, index, running=running, reopened=reopened)
            prose = block.kind is BlockKind.PROSE
            out.extend(replace(q, title=True) if prose and _is_title(q.inner.of(text)) else q for q in own)
    return out


def _is_title(inner: str) -> bool:
    """Whether words in marks are written like the name of a work or a body, and not like a sentence.

    >>> [_is_title(t) for t in ("The Long Way Down to the River", "We are on the River", "We Shall Not Be Moved!")]
    [True, False, False]
    """
    words = _WORDS.findall(inner)
    large = [w for w in words if w[0].isupper()]
    small = all(w[0].isupper() or len(w) < _SMALL for w in words)
    return bool(words) and small and len(large) * 2 > len(words) and inner.rstrip()[-1:] not in _FINAL


def _at(blocks: Sequence[Block], span: Span) -> int:
    return next(i for i, block in enumerate(blocks) if block.span.contains(span))


def _inside(text: str, blocks: Sequence[Block], index: int) -> bool:
    """Whether a paragraph without marks lies in a quotation: one of the next closes it before any opens."""
    if _MARKS.search(text, blocks[index].span.start, blocks[index].span.end):
        return False
    for block in blocks[index + 1 : index + 1 + _FARTHEST]:
        if block.kind is not BlockKind.PROSE:
            return False
        mark = _MARKS.search(text, block.span.start, block.span.end)
        if mark is not None:
            return mark[0] != "“" and mark.start() > block.span.start and not text[mark.start() - 1].isspace()
    return False


def _in_block(text: str, span: Span, index: int, *, running: bool, reopened: bool) -> list[Quote]:
    out: list[Quote] = []
    at = span.start
    first = re.search(r"[\"“”]", span.of(text)) if running else None
    if first is not None and first.start() and first[0] != "“" and not text[span.start + first.start() - 1].isspace():
        # The quotation goes on without a new opening mark: its closing mark comes first.
        end = span.start + first.start()
        words = len(re.findall(r"\w+", text[span.start : end]))
        out.append(Quote(Span(span.start, end + 1), Span(span.start, end), index, True, words))
        at = end + 1
    while match := _OPENING.search(text, at, span.end):
        mark = match[0]
        start, inside = match.start(), match.end()
        if mark in ("''", "``"):
            close = text.find("''", inside, span.end)
            end, width = close, 2
        else:
            end, width = _closing(text, inside, span.end, mark), 1
        if end < 0 and mark in "'‘":  # an apostrophe, not a quotation
            at = inside
            continue
        if end < 0 and mark == '"' and out and not text[inside : inside + 1].strip():
            at = inside  # a stray closing mark
            continue
        if end < 0 and not reopened and (said := _SAID.search(text, inside, span.end)) is not None:
            end, width = said.start() + 1, 0  # "…, she said." with the closing mark forgotten
        stop = end + width if end >= 0 else span.end
        inner_end = end if end >= 0 else span.end
        if inner_end > inside and text[inside:inner_end].strip():
            words = len(re.findall(r"\w+", text[inside:inner_end]))
            out.append(Quote(Span(start, stop), Span(inside, inner_end), index, end >= 0, words))
        at = max(stop, inside)
    return out


def _closing(text: str, start: int, limit: int, mark: str) -> int:
    """The offset of the mark that closes, or -1. An apostrophe inside a word never closes a single quotation."""
    closers = _PAIRS[mark]
    depth = 0
    for i in range(start, limit):
        ch = text[i]
        if ch == mark and mark not in closers:
            depth += 1
        elif ch in closers:
            if ch in "'’" and text[i - 1 : i].isalnum() and text[i + 1 : i + 2].isalnum():
                continue
            if (
                ch in "'’"
                and text[i - 1 : i] == "s"
                and text[i + 1 : i + 2] == " "
                and any(c in closers for c in text[i + 1 : min(limit, i + 200)])
            ):
                continue  # a plural's possessive, with the real end still to come
            if depth == 0:
                return i
            depth -= 1
    return -1
