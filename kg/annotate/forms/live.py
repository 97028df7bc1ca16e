"""Posts of a live page → when each was written: from that day its dates are counted, and on it was said what tells no other day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from kg.english.paragraphs.posts import Post
from kg.model import Attribution, Figure, cover


class Live:
    """The posts of one article; ``published`` is the day (EDTF) of the article."""

    def __init__(self, found: Sequence[Post], published: str | None) -> None:
        self._posts, self._published = found, published
        self._starts = [post.lead.start for post in found]

    def day(self, offset: int) -> str | None:
        """The day of the post at a character of the text; ``None`` above the first post, and where its day is not known."""
        at = bisect_right(self._starts, offset) - 1
        return self._posts[at].day if at >= 0 else None

    def published(self, offset: int) -> str | None:
        """The day from which dates at a character are counted."""
        return self.day(offset) or self._published

    @property
    def latest(self) -> str | None:
        """The day of the last post: nothing on the page was said after it."""
        days = [post.day for post in self._posts if post.day is not None]
        return max([*days, *([self._published] if self._published else [])], default=None)

    def said(self, attributions: Sequence[Attribution]) -> list[Attribution]:
        """The attributions with the day of their post where they tell none; what is relayed was said at another time."""
        return [
            replace(a, said_on=day)
            if a.said_on is None and a.parent is None and (day := self.day(cover(a.cue).start)) is not None
            else a
            for a in attributions
        ]

    def counted(self, figures: Sequence[Figure]) -> list[Figure]:
        """The figures as of the day of their post where that is not the article's and they tell no time."""
        return [
            replace(f, as_of=day)
            if f.as_of is None and (day := self.day(f.span.start)) is not None and day != self._published
            else f
            for f in figures
        ]
