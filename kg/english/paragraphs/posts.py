"""Live pages: posts below one another, each with a line or a lead that tells its time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from kg.english.calendar import MONTHS, SHORT, WEEKDAYS, resolve
from kg.english.lists import alternation
from kg.model import Block, BlockKind, Span

_CLOCK = r"(?P<hour>[01]?\d|2[0-3])(?:[:.h](?P<minute>[0-5]\d))?\s?(?P<half>[ap]\.?m\.?)?"
_ZONE = r"(?:\s?\(?(?:GMT|UTC|[A-Z]{2,4}T)(?:[+-]\d{1,2})?\)?)?"
_DAY = (
    rf"(?:(?:{alternation(WEEKDAYS)}),?\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{alternation((*MONTHS, *SHORT))})\.?"
    rf"|(?:{alternation((*MONTHS, *SHORT))})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{4}}-\d\d-\d\d)(?:,?\s+(?:19|20)\d\d)?"
)
_WEEKDAY = rf"(?:{alternation(WEEKDAYS)})"
_LEAD = re.compile(
    rf"\[?(?:(?:posted|updated|published|update)\s*(?:at|on)?:?\s*)?(?:(?P<before>{_DAY}|{_WEEKDAY})(?:,|\s+at|\s+[-–—|•·])?\s+)?"
    rf"{_CLOCK}{_ZONE}(?:(?:,|\s+on|\s+[-–—|•·])?\s+(?P<after>{_DAY}))?\]?(?P<end>\s*$|\s*[-–—:|•·]\s+(?=\S)|\s+(?=(?-i:[A-Z“\"])))",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(rf"(?P<day>{_DAY})", re.IGNORECASE)
_LONGEST = 90  # characters of a lead
_FEWEST = 2
_NOON, _HOURS, _MINUTES = 12, 24, 60


@dataclass(frozen=True, slots=True)
class Post:
    """A post: its first block, where in it the text begins, the characters of its time, its minute of the day, and its day (EDTF,
    ``None`` where nothing tells it). It goes on to the next one.
    """

    block: int
    start: int
    lead: Span
    minute: int
    day: str | None = None


def posts(text: str, blocks: Sequence[Block], published: str | None = None) -> tuple[Post, ...]:
    """The posts of a live page in the order of the text; none where fewer than two blocks tell a time of the day.

    The day is that of the lead, of the date line above, or counted from ``published``, which is the day of the earliest post.

    >>> from kg.english.paragraphs.blocks import split
    >>> text = "14 May 2022, 22:10\\n\\nIt rained, police said.\\n\\n23:55 - The dam broke, they said.\\n\\n00:20 - It held, they said."
    >>> [(p.day, p.minute) for p in posts(text, split(text), "2022-05-14")]
    [('2022-05-14', 1330), ('2022-05-14', 1435), ('2022-05-15', 20)]
    """
    found = list(_found(text, blocks, published))
    if len(found) < _FEWEST:
        return ()
    return tuple(_dated(found, published))


def _found(text: str, blocks: Sequence[Block], published: str | None) -> Iterator[Post]:
    section: str | None = None
    for index, block in enumerate(blocks):
        head = text[block.span.start : min(block.span.end, block.span.start + _LONGEST)]
        if block.kind in (BlockKind.TABLE, BlockKind.FOREIGN) or not any(map(str.isdigit, head)):
            continue
        line = _DATE_LINE.fullmatch(block.span.of(text)) if block.span.end - block.span.start <= _LONGEST else None
        if line is not None:
            section = _day(line["day"], published)
            continue
        match = _LEAD.match(head)
        minute = _minute(match) if match is not None else None
        if match is None or minute is None:
            continue
        told = match["before"] or match["after"]
        day = _day(told, published) if told else section
        lead = Span(block.span.start, block.span.start + len(match[0].rstrip()))
        yield Post(index, block.span.start + match.end(), lead, minute, day)


def _minute(match: re.Match[str]) -> int | None:
    """The minute of the day; a bare number is no time."""
    if match["minute"] is None and match["half"] is None:
        return None
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half and hour > _NOON:
        return None
    if half:
        hour = hour % _NOON + (_NOON if half.startswith("p") else 0)
    return hour * _MINUTES + int(match["minute"] or 0)


def _day(words: str, published: str | None) -> str | None:
    day = resolve(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", words), published=published)
    return day if day is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None


def _dated(found: Sequence[Post], published: str | None) -> Iterator[Post]:
    """The posts with their days: those that tell none follow their neighbours, and the clock over midnight."""
    steps = [_step(a, b) for a, b in pairwise(found)]
    newest_first = sum(step < 0 for step in steps) > sum(step > 0 for step in steps)
    order = list(reversed(found)) if newest_first else list(found)
    day = next((post.day for post in order if post.day is not None), None) or _whole(published)
    out: dict[int, Post] = {}
    before: Post | None = None
    for post in order:
        if post.day is not None:
            day = post.day
        elif before is not None and day is not None and post.minute < before.minute:
            day = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
        out[post.block] = replace(post, day=post.day or day)
        before = post
    for post in found:
        yield out[post.block]


def _step(a: Post, b: Post) -> int:
    """Whether a post is later (1) or earlier (-1) than the one above it: by their days, else by the shorter way round the clock."""
    if a.day is not None and b.day is not None and a.day != b.day:
        return 1 if b.day > a.day else -1
    ahead = (b.minute - a.minute) % (_HOURS * _MINUTES)
    return 0 if ahead == 0 else 1 if 2 * ahead < _HOURS * _MINUTES else -1


def _whole(published: str | None) -> str | None:
    return published if published is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", published) else None


__all__ = ["Post", "posts"]
