"""What is read: articles, what their paragraphs are, and what could not be used."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kg.model.identifiers import digest, slug
from kg.model.spans import Span


@dataclass(frozen=True, slots=True)
class Article:
    """One news article: its text as published and what is known about it.

    ``published`` is EDTF or ``None``; Url and publisher are given, never guessed from the text.
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

    @staticmethod
    def make_id(text: str, *, title: str | None = None, url: str | None = None, published: str | None = None) -> str:
        """A readable deterministic id: date, some words of the title, and a hash of address and text."""
        words = slug(" ".join((title or text.strip().split("\n", 1)[0] or "article").split()[:8]))[:48].strip("-")
        return "-".join(part for part in (published or "", words, digest(url or "", text)[:8]) if part)


class BlockKind(StrEnum):
    """What a paragraph is. Only PROSE and HEADLINE are searched for attributions."""

    HEADLINE = "headline"
    PROSE = "prose"
    CAPTION = "caption"
    BYLINE = "byline"
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
