"""What the page shows, as frozen dataclasses: no drawing, no RDF, no files.

Everything refers to everything else by id, so that a later renderer, an export or a test reads the same data.
Figures and dates are properties of statements, never nodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model import Certainty, EntityType, Kind, LinkKind, Measure, Span, Tense, Verdict, cover

MAX_EVIDENCE = 2_000
"""Characters of evidence shown at most; longer evidence is cut around what the statement says."""


class Mark(StrEnum):
    """What a piece of an evidence sentence is to the statement."""

    PLAIN = ""
    SOURCE = "source"
    CUE = "cue"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of an evidence sentence under one mark."""

    text: str
    mark: Mark = Mark.PLAIN


@dataclass(frozen=True, slots=True)
class Office:
    """An office that a person holds or held, by any article. ``organisation`` is a node's id."""

    title: str
    organisation: str | None
    organisation_name: str
    tense: Tense


@dataclass(frozen=True, slots=True)
class Node:
    """An entity: a speaker or something that statements are about."""

    id: str
    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    country: str = ""
    part_of: str = ""
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """All that ties one node to another in one way. ``statements`` and ``comparisons`` are ids; ``label`` the office."""

    source: str
    target: str
    kind: LinkKind
    label: str = ""
    statements: tuple[str, ...] = ()
    comparisons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure(Measure[str]):
    """A figure of a statement, in the words of the text and with what it measures as far as a page shows it."""

    text: str
    id: str = ""

    @property
    def place(self) -> str:
        """The names of its places."""
        return ", ".join(self.places)


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what: the card. ``speaker`` is a node's id; ``within`` the id of the statement that relays this one.

    ``role`` and ``organisation`` are the office as of then; ``tense`` tells a former one. Dates are EDTF. ``spans`` are
    where source, cue and content stand in the article, ``start`` and ``end`` where the evidence does.
    """

    id: str
    speaker: str | None
    speaker_name: str
    content: str
    article: str
    cue: str = ""
    stance: str = ""
    kind: Kind = Kind.INDIRECT
    certainty: Certainty = Certainty.FIRM
    negated: bool = False
    role: str = ""
    organisation: str = ""
    tense: Tense | None = None
    said_on: str = ""
    about: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    evidence: tuple[Piece, ...] = ()
    spans: tuple[tuple[Mark, Span], ...] = ()
    start: int | None = None
    end: int | None = None
    within: str | None = None
    reason: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two statements' figures side by side, ``left`` the earlier, and what is between them. Statements by id."""

    id: str
    left: str
    right: str
    left_speaker: str
    right_speaker: str
    left_figure: Figure
    right_figure: Figure
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """Where statements come from. ``published`` is EDTF or empty; ``text`` is what the reader shows, if it is there."""

    id: str
    title: str
    published: str = ""
    publisher: str = ""
    url: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class TimeLine:
    """Figures of one population in order of date, each by the ids of its statement and of itself, and how they moved.

    ``dates`` are the EDTF dates that the story takes them at, one for each figure; without them the page takes the day of
    saying, else what the figure is as of, else the publication.
    """

    title: str
    figures: tuple[tuple[str, str], ...]
    story: str = ""
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Affair:
    """What several articles are about, with the time lines of what is counted in it; articles by id, ``happening`` its kind."""

    id: str
    label: str
    happening: str
    articles: tuple[str, ...]
    lines: tuple[TimeLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ViewData:
    """All that one page shows. Without ``timelines``, figures are put on lines by their words (:mod:`kg.view.drawing.lanes`)."""

    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    statements: tuple[Statement, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    articles: tuple[Article, ...] = ()
    timelines: tuple[TimeLine, ...] = ()
    affairs: tuple[Affair, ...] = ()

    def __post_init__(self) -> None:
        ids = {node.id for node in self.nodes}
        if len(ids) != len(self.nodes):
            raise ValueError("two nodes have the same id")
        for link in self.links:
            if not {link.source, link.target} <= ids:
                raise ValueError(f"a link from {link.source} to {link.target} has no node at an end")


def pieces(
    quote: str,
    start: int,
    *,
    source: tuple[Span, ...] = (),
    cue: tuple[Span, ...] = (),
    content: tuple[Span, ...] = (),
    limit: int = MAX_EVIDENCE,
) -> tuple[Piece, ...]:
    """``quote``, which stands at ``start`` of its article, cut into marked pieces.

    Spans are offsets into the article; what lies outside the quote is left out. Where marks overlap, the cue wins
    over the source and the source over the content. Longer than ``limit`` characters, the quote is cut
    around its marks, with an ellipsis.

    >>> pieces("The mayor said it rained.", 100, source=(Span(100, 109),), cue=(Span(110, 114),))[:3]
    (Piece(text='The mayor', mark=<Mark.SOURCE: 'source'>), Piece(text=' ', mark=<Mark.PLAIN: ''>), \
Piece(text='said', mark=<Mark.CUE: 'cue'>))
    """
    marks = [Mark.PLAIN] * len(quote)
    first, last = _window(quote, start, source + cue + content, limit)
    turns = {first, last}
    for spans, mark in ((content, Mark.CONTENT), (source, Mark.SOURCE), (cue, Mark.CUE)):
        for span in spans:
            begin, end = max(0, span.start - start), min(len(quote), span.end - start)
            if begin < end:
                marks[begin:end] = [mark] * (end - begin)
                turns |= {begin, end}
    found: list[Piece] = []
    begin = first
    for at in sorted(turn for turn in turns if first < turn <= last):
        if at == last or marks[at] is not marks[begin]:
            found.append(Piece(quote[begin:at], marks[begin]))
            begin = at
    if first > 0:
        found.insert(0, Piece("… "))
    if last < len(quote):
        found.append(Piece(" …"))
    return tuple(found)


def _window(quote: str, start: int, spans: tuple[Span, ...], limit: int) -> tuple[int, int]:
    if len(quote) <= limit:
        return 0, len(quote)
    inside = tuple(s for s in spans if s.end > start and s.start < start + len(quote))
    middle = cover(inside) if inside else Span(start, start + 1)
    room = max(0, limit - (middle.end - middle.start)) // 2
    first = max(0, min(middle.start - start - room, len(quote) - limit))
    return first, min(len(quote), first + limit)
