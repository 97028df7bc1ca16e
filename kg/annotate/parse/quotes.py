"""Quotations: where quotation marks open and close, also over paragraphs, reopened, unclosed and typographic.

Newspapers open every paragraph of a running quotation and close only the last (Chicago Manual of Style, 13.30);
an opening mark without a closing one therefore runs to the end of its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Block, BlockKind, Span

# opening mark → marks that close it
_PAIRS = {"“": '”"', "”": '”"', "„": "“”", "«": "»", "‘": "’", "‹": "›", '"': '"”', "'": "'"}
_OPENING = re.compile(
    "|".join(map(re.escape, ["“", "„", "«", "‘", "‹", '"', "''", "``"])) + r"|(?<![\w.,!?])'(?=\w)|(?<!\S)”(?=\w)"
)
# A title or a scare quote is shorter than this and holds no verb of its own.
_SPEECH_WORDS = 4


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation in one paragraph: ``span`` with its marks, ``inner`` without; a running one is not ``closed``."""

    span: Span
    inner: Span
    block: int
    closed: bool
    words: int

    @property
    def speech(self) -> bool:
        """Whether it is long enough to be somebody's words rather than a title or a distancing mark."""
        return self.words >= _SPEECH_WORDS


def find(text: str, blocks: Sequence[Block]) -> list[Quote]:
    """All outermost quotations of prose and headlines, in order.

    >>> from kg.english.paragraphs.blocks import split
    >>> t = "“We are ready,” she said. “Are you?”"
    >>> [q.span.of(t) for q in find(t, split(t))]
    ['“We are ready,”', '“Are you?”']
    """
    out: list[Quote] = []
    for index, block in enumerate(blocks):
        if block.kind in (BlockKind.PROSE, BlockKind.HEADLINE):
            running = bool(out) and not out[-1].closed and out[-1].block == index - 1
            out.extend(_in_block(text, block.span, index, running=running))
    return out


def _in_block(text: str, span: Span, index: int, *, running: bool) -> list[Quote]:
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
