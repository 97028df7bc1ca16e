"""What ``resolve`` makes of one article: references, offices and statements, tied by keys."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.annotation import Certainty, EntityType, Form, Kind, Listed, ListSource, Stance, Tense
from kg.model.article import Article
from kg.model.measure import Measure
from kg.model.spans import Span, Spans


@dataclass(frozen=True, slots=True)
class Link:
    """One mention that belongs to a reference, and the reason why ("same name", "role reference: …")."""

    span: Span
    form: Form
    reason: str


@dataclass(frozen=True, slots=True)
class Reference:
    """An actor as one article knows it: all mentions of it in that article (a coreference chain).

    References never change when other articles arrive; entities are formed from them by judgements.
    ``key`` is unique within the article. ``part_of`` names the key of the body that it belongs to, ``listed`` the id of who
    it is in a user's list of names.
    """

    key: str
    article: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    part_of: str | None = None
    mentions: tuple[Link, ...] = ()
    listed: str = ""


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """A person in an office as the article states it. ``person`` and ``organisation`` are keys of references.

    Where no characters of the article show it, there is no evidence: the office is from a user's list (``listed``, the id of
    the holder there), and ``source`` says so.
    """

    key: str
    article: str
    person: str
    title: str
    organisation: str | None
    tense: Tense
    evidence: Span | None
    listed: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class StatedFigure(Measure[str]):
    """A figure inside a statement: its places are keys of references, and who it is of has a name where the text has a
    pronoun. ``total`` is the key of the figure that this one is a part of.
    """

    key: str
    span: Span
    text: str
    total: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One source's content, with its evidence. The content is reported, never asserted.

    ``speaker`` is the key of a reference, or ``None`` where the text leaves the source out; ``office`` the key of the
    office that the speaker held then; ``within`` the key of the statement that relays this one.
    ``evidence`` is the whole sentence (or run of sentences) that shows source, cue and content.
    """

    key: str
    article: str
    speaker: str | None
    office: str | None
    cue: str
    stance: Stance
    kind: Kind
    certainty: Certainty
    negated: bool
    content: str
    source_spans: Spans
    cue_spans: Spans
    content_spans: Spans
    evidence: Span
    said_on: str | None = None
    venue: str | None = None  # key of a place reference
    recipients: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    figures: tuple[StatedFigure, ...] = ()
    within: str | None = None
    reason: str = ""  # why this source: "named", "role reference: …"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Resolved:
    """One article, resolved within itself: references, offices, statements, all tied by keys."""

    article: Article
    references: tuple[Reference, ...] = ()
    offices: tuple[OfficeHeld, ...] = ()
    statements: tuple[Statement, ...] = ()
    sentences: Spans = ()
    extractor: str = ""
    listed: tuple[Listed, ...] = ()
    listed_in: ListSource | None = None
