"""What is read: articles, what their paragraphs are, and what could not be used."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kg.errors import expect
from kg.model.identifiers import digest, slug
from kg.model.spans import Span


@dataclass(frozen=True, slots=True)
class Article:
    """One news article: its text as published and what is known about it.

    ``published`` is EDTF, a date (which becomes EDTF) or ``None``; Url and publisher are given, never guessed from the text. ``remarks`` are what was
    noticed while it was read (only its beginning is there, its date is that of a line): sentences, which ``note`` holds as well.
    Raises ``TypeError`` for a field of a wrong type.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    note: str | None = None
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.published, date):  # a day of it, whatever the hour
            object.__setattr__(self, "published", self.published.isoformat()[:10])
        if isinstance(self.authors, list):
            object.__setattr__(self, "authors", tuple(self.authors))
        expect(
            self.published,
            str | None,
            "The publication date of an article is a date, or a text like 2015-04-21, 2015-04 or 2015",
        )
        for name in ("id", "text"):
            expect(getattr(self, name), str, f"The {name} of an article is a text")
        for name in ("title", "url", "publisher", "language", "note"):
            expect(getattr(self, name), str | None, f"The {name} of an article is a text or None")
        expect(self.authors, tuple, "The authors of an article are a list of names")
        for author in self.authors:
            expect(author, str, "The authors of an article are given by name")

    @staticmethod
    def make_id(text: str, *, title: str | None = None, url: str | None = None, published: str | None = None) -> str:
        """A readable deterministic id: date, some words of the title, and a hash of address and text."""
        expect(text, str, "The text of an article is a text")
        words = slug(" ".join((title or text.strip().split("\n", 1)[0] or "article").split()[:8]))[:48].strip("-")
        return "-".join(part for part in (published or "", words, digest(url or "", text)[:8]) if part)


class BlockKind(StrEnum):
    """What a paragraph is. Only PROSE and HEADLINE are searched for attributions, only these and TABLE for figures."""

    HEADLINE = "headline"
    PROSE = "prose"
    CAPTION = "caption"
    BYLINE = "byline"
    TABLE = "table"  # rows of cells, with its title
    FOREIGN = "foreign"  # in a language that is not read
    FURNITURE = "furniture"  # navigation, blurbs, "Latest posts"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the article and what it is."""

    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be used, and why: listed, never swallowed."""

    where: str
    reason: str
    detail: str = field(default="", compare=False)
