"""Articles that break off: lines that ask for a subscription, and texts that end in the middle."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.english.lists import alternation, listed
from kg.model import Block, BlockKind

_PHRASES = listed("page_words", "wall")
_WALL = re.compile(rf"\b(?:{alternation(listed('page_words', 'wall'))})\b", re.IGNORECASE)
_OFFER = re.compile(
    rf"(?<!\w)(?:{alternation(listed('page_words', 'offer'))})(?!\w)|"
    r"\bjoin (?:the |our |over |more than )*[\d.,]+[km]?\+? (?:[a-z]+ )?(?:readers|subscribers|members|people|others)\b",
    re.IGNORECASE,
)
_READERS = re.compile(
    r"\bjoin (?:the |our |over |more than )*[\d.,]+[km]?\+? (?:[a-z]+ )?(?:readers|subscribers|members)\b",
    re.IGNORECASE,
)
_SPEECH = re.compile(r"[“\"][^“”\"]{12,}[”\"]|\b(?:said|says|told|according to)\b")
_BREAKS_OFF = re.compile(
    r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|\(\.\.\.\)|\[\+\d+ chars\])\s*(?:(?:read|see) more|continue reading|more)?\W{0,3}$",
    re.IGNORECASE,
)
_LONGEST = 45  # words of a line that asks


def is_wall(body: str) -> bool:
    """Whether a paragraph says that the rest is for those who subscribe, register or pay.

    >>> [is_wall(line) for line in ("Subscribe to continue reading.", "Already a subscriber? Log in", "He will subscribe to the fund.")]
    [True, True, False]
    >>> is_wall("“To continue reading that letter was hard,” the mayor said.")
    False
    """
    if len(body.split()) > _LONGEST or not _asks(body):
        return False
    return _WALL.search(body) is not None and not _SPEECH.search(body)


def _asks(text: str) -> bool:
    """Whether one of the phrases is in a text: to look for each is faster than one expression for all."""
    lower = text.lower()
    return any(phrase in lower for phrase in _PHRASES)


def is_offer(body: str, *, behind_wall: bool) -> bool:
    """Whether a paragraph offers a subscription: by its own words, or ``behind_wall`` by fewer.

    >>> is_offer("Join 120,000 readers.", behind_wall=False), is_offer("Cancel anytime.", behind_wall=True)
    (True, True)
    """
    if len(body.split()) > _LONGEST:
        return False
    readers = _READERS.search(body) is not None and not _SPEECH.search(body)
    return readers or (behind_wall and _OFFER.search(body) is not None)


def may_break_off(text: str) -> bool:
    """Whether a text has a line that asks or an end in the middle; to look closer costs its paragraphs."""
    return _asks(text) or _BREAKS_OFF.search(text[-200:].rstrip()) is not None


def remark(text: str, blocks: Sequence[Block]) -> str | None:
    """What a reader should know where only the beginning of an article is there; ``None`` where nothing shows that.

    >>> from kg.english.paragraphs.blocks import split
    >>> text = "The dam broke on Friday, police said.\\n\\nSubscribe to continue reading."
    >>> remark(text, split(text))
    'Only the first 7 words of the article are there: it breaks off at “Subscribe to continue reading.”.'
    """
    prose = [i for i, b in enumerate(blocks) if b.kind is BlockKind.PROSE]
    words = sum(len(blocks[i].span.of(text).split()) for i in prose)
    wall = next((i for i, b in enumerate(blocks) if b.kind is BlockKind.FURNITURE and is_wall(b.span.of(text))), None)
    if wall is not None and prose and prose[-1] < wall:
        line = " ".join(blocks[wall].span.of(text).split())[:60]
        return f"Only the first {words} words of the article are there: it breaks off at “{line}”."
    if prose and (last := blocks[prose[-1]].span.of(text)) and _BREAKS_OFF.search(last):
        return f"Only the first {words} words of the article are there: it breaks off in the middle."
    return None
