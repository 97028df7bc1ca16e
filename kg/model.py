"""The words of kg as frozen dataclasses: what every stage takes and gives. Standard library only.

Offsets are Python string indices into ``Article.text``; a span is half open, ``text[start:end]``.
Dates are EDTF level 1 strings (ISO 8601-2), partial where the text is: ``2015-04-21``, ``2015-02``, ``2015``,
``XXXX-04-21`` when no year is known.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters.

    >>> Span(0, 2).of("IS in Syria")
    'IS'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start} and {self.end}")

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


Spans = tuple[Span, ...]


def cover(spans: Spans) -> Span:
    """The smallest span that holds all of ``spans`` (at least one)."""
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def text_of(spans: Spans, text: str) -> str:
    """The pieces of ``text`` under ``spans``, joined by `` … `` where something was left out."""
    return " … ".join(s.of(text) for s in spans)


def slug(name: str) -> str:
    """``name`` in lower-case ASCII letters, digits and hyphens, for IRIs; other scripts keep a short hash.

    >>> slug("RFE/RL's Kyrgyz service")
    'rfe-rls-kyrgyz-service'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"['’`]", "", plain)
    plain = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")
    lost = any(ch.isalpha() and not unicodedata.normalize("NFKD", ch).encode("ascii", "ignore") for ch in name)
    return f"{plain}-{digest(name)[:8]}".strip("-") if lost or not plain else plain


def digest(*parts: object) -> str:
    """A short stable hash (16 hexadecimal digits of SHA-256) over ``parts``."""
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def record(value: Any) -> dict[str, Any]:
    """The fields of a dataclass by name, as they are: :func:`dataclasses.asdict` would copy all that they hold.

    >>> record(Span(0, 2))
    {'start': 0, 'end': 2}
    """
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


# ── articles ───────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── what annotate finds in one article ─────────────────────────────────────────────────────────────────────────


class EntityType(StrEnum):
    """What an entity is. The finer types are organisations or places."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GOVERNMENT = "government"
    MINISTRY = "ministry"
    SECURITY_SERVICE = "security_service"
    MOVEMENT = "movement"
    NEWS_ORGANISATION = "news_organisation"
    PLACE = "place"
    COUNTRY = "country"
    CITY = "city"
    REGION = "region"
    UNNAMED = "unnamed_source"
    DOCUMENT = "document"

    @property
    def family(self) -> EntityType:
        """``PERSON``, ``ORGANISATION``, ``PLACE``, ``UNNAMED`` or ``DOCUMENT``."""
        if self in _ORGANISATIONS:
            return EntityType.ORGANISATION
        if self in (EntityType.COUNTRY, EntityType.CITY, EntityType.REGION):
            return EntityType.PLACE
        return self


_ORGANISATIONS = frozenset(
    {
        EntityType.ORGANISATION,
        EntityType.GOVERNMENT,
        EntityType.MINISTRY,
        EntityType.SECURITY_SERVICE,
        EntityType.MOVEMENT,
        EntityType.NEWS_ORGANISATION,
    }
)


class Form(StrEnum):
    """How a mention refers: by name, by a description, by a pronoun, by a nationality word."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"
    DEMONYM = "demonym"


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names or refers to an entity.

    ``name`` is the surface cleaned of determiners and possessives ("the Interior Ministry's" → "Interior Ministry"),
    or the country that a demonym leads to. ``country`` is the country that qualifies the mention where the text
    says so ("the Kyrgyz Interior Ministry" → "Kyrgyzstan"). ``block`` is the index of the paragraph. ``acts`` marks a
    country's name that stands for its government or team: it does something ("Freedonia has expelled two diplomats").
    ``subject`` marks the subject of a sentence, which a pronoun behind it most often means.
    """

    span: Span
    type: EntityType
    form: Form
    name: str
    country: str | None = None
    block: int = 0
    plural: bool = False
    acts: bool = False
    subject: bool = False


class Tense(StrEnum):
    """Whether an office is held at the time of the article."""

    CURRENT = "current"
    FORMER = "former"
    ACTING = "acting"
    DESIGNATE = "designate"


@dataclass(frozen=True, slots=True)
class Role:
    """An office that the text gives to a person: ``holder`` and ``organisation`` are spans of mentions. ``since`` and
    ``until`` are EDTF dates (years, months or days) where the text gives them.
    """

    holder: Span
    title: str
    title_span: Span
    organisation: Span | None
    tense: Tense
    evidence: Span
    since: str | None = None
    until: str | None = None


class RelationKind(StrEnum):
    ALIAS = "alias"  # subject is called object: Islamic State (IS)
    PART_OF = "part_of"  # subject is a part of object: the Interior Ministry's Department for …


@dataclass(frozen=True, slots=True)
class Relation:
    """Two mentions that the text ties together, other than by an office."""

    kind: RelationKind
    subject: Span
    object: Span
    evidence: Span


class Kind(StrEnum):
    """How the content is given (PolNeAR): in quotation marks, paraphrased, or both."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    AUTHOR = "author"  # the article's own voice


class Stance(StrEnum):
    """What the source does with the content; the lexicon of cues gives it."""

    SAID = "said"
    CLAIMED = "claimed"
    DENIED = "denied"
    REFUSED = "refused"
    ESTIMATED = "estimated"
    WARNED = "warned"
    BELIEVED = "believed"
    HOPED = "hoped"
    FEARED = "feared"
    PLANNED = "planned"
    ASKED = "asked"
    DEMANDED = "demanded"
    PROMISED = "promised"
    BLAMED = "blamed"
    ASSESSED = "assessed"
    KNOWN = "known"
    DECIDED = "decided"


class Certainty(StrEnum):
    """How firmly the source puts it: FIRM without a hedge, HEDGED with one ("may", "somewhere around", "alleged")."""

    FIRM = "firm"
    HEDGED = "hedged"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what, as spans (PolNeAR's source, cue, content; each may be discontinuous; source may be empty).

    ``parent`` is the index, in the article's list of attributions, of the attribution whose content holds this
    one (a relay). ``recipient`` is whom it was told to; ``said_on`` the EDTF date of the saying where the text
    gives one. ``negated`` marks "did not say". ``confidence`` is between 0 and 1.
    """

    source: Spans
    cue: Spans
    content: Spans
    kind: Kind
    stance: Stance
    cue_lemma: str
    parent: int | None = None
    recipient: Spans = ()
    said_on: str | None = None
    venue: Span | None = None
    negated: bool = False
    certainty: Certainty = Certainty.FIRM
    headline: bool = False
    credit: bool = False  # the credit line of a picture, which says nothing
    confidence: float = 1.0


class Comparator(StrEnum):
    """How a figure bounds the quantity."""

    EQUAL = "="
    ABOUT = "~"
    MORE = ">"
    AT_LEAST = "≥"
    AT_MOST = "≤"
    LESS = "<"


Where = TypeVar("Where", Span, str)
"""How a measure points to what else the text names: by spans in the text, later by words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Generic[Where]):
    """What a figure measures: all that it carries unchanged from the text to the graph, the comparison and the page. Every
    shape of a figure is a measure with what its stage adds; how each field is written in RDF is in
    :data:`kg.vocabulary.MEASURE`.

    ``low`` and ``high`` bound the quantity (``None`` is open). ``population`` is the readable description of what is counted
    ("Kyrgyz citizens"), ``concepts`` its content words, ``event`` what they did or suffered ("joined", "killed"; a lemma with
    its particle). ``change`` is ``"up"`` or ``"down"`` for a stated movement ("rose by 5 percent"). ``whose`` is who has, does
    or runs what is counted ("the hospital in Osh"), ``scenes`` where or in what it befell them, in common nouns ("the school",
    "the fire"). ``places``, ``whose`` and ``scenes`` are spans in an annotation; once they are resolved, places are keys of
    references within an article and names across articles, ``whose`` and ``scenes`` words.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    comparator: Comparator = Comparator.EQUAL
    unit: str = ""
    population: str = ""
    event: str = ""
    places: tuple[Where, ...] = ()
    as_of: str | None = None
    change: str | None = None
    unofficial: bool = False
    concepts: tuple[str, ...] = ()
    whose: Where | None = None
    scenes: tuple[Where, ...] = ()
    per: str = ""  # what a rate is counted per: "day", "100,000 inhabitants"


def measured(figure: Measure[Any]) -> dict[str, Any]:
    """The fields of a figure that belong to its measure, by name.

    >>> measured(Measure(value=330, unit="people"))["unit"]
    'people'
    """
    return {name: getattr(figure, name) for name in Measure.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Figure(Measure[Span]):
    """A number that the text states. ``span`` covers it with its modifiers, ``number`` the number alone; ``total`` is the
    index, in the article's list, of the figure that this one is a part of.
    """

    span: Span
    number: Span
    total: int | None = None
    salient: bool = True  # False for a bare "one" or an idiom: a number, but no figure that anybody would look up
    block: int = 0
    unit_text: str = ""  # a measure as it is written: "$", "miles per hour"
    moved_from: int | None = None  # index of the figure that the quantity moved from: "from 200 in May to 300 in June"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the text, resolved against the publication date as far as it goes (EDTF)."""

    span: Span
    edtf: str
    block: int = 0


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
class Annotation:
    """All that was found in one article, layer by layer; every span is an offset into ``article.text``."""

    article: Article
    blocks: tuple[Block, ...] = ()
    sentences: Spans = ()
    mentions: tuple[Mention, ...] = ()
    roles: tuple[Role, ...] = ()
    relations: tuple[Relation, ...] = ()
    dates: tuple[DateMention, ...] = ()
    figures: tuple[Figure, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    extractor: str = ""


# ── what resolve makes of it ───────────────────────────────────────────────────────────────────────────────────


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
    ``key`` is unique within the article. ``part_of`` names the key of the body that it belongs to.
    """

    key: str
    article: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    part_of: str | None = None
    mentions: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """A person in an office as the article states it. ``person`` and ``organisation`` are keys of references."""

    key: str
    article: str
    person: str
    title: str
    organisation: str | None
    tense: Tense
    evidence: Span


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


# ── across articles ────────────────────────────────────────────────────────────────────────────────────────────


class Identity(StrEnum):
    SAME = "same"
    NOT_SAME = "not_same"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether two references are the same entity, by which rule or person, and why. It can be withdrawn.

    ``by`` begins with ``rule:`` for a rule, else it names a person, whose judgement no rule overrides; ``at`` is when a
    person decided (ISO 8601, UTC). A rule's judgement has no time: it follows from the articles alone.
    """

    left: tuple[str, str]  # (article id, reference key)
    right: tuple[str, str]
    verdict: Identity
    by: str
    reason: str
    confidence: float = 1.0
    at: str | None = None

    @property
    def person(self) -> bool:
        return not self.by.startswith("rule:")

    @property
    def id(self) -> str:
        """A short hash of the two references, who judged, and when."""
        return digest(*self.left, *self.right, self.by, self.at or "")[:12]


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation, place or unnamed source across articles: the references judged to be the same.

    ``id`` is a readable slug, deterministic in the set of references and free of their order.
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None  # id of the country entity
    part_of: str | None = None  # id of the entity that it is part of
    references: tuple[tuple[str, str], ...] = ()  # (article id, reference key)


class LinkKind(StrEnum):
    """How two entities are tied in the network: what a plain reader would draw between them."""

    SAID_ABOUT = "said_about"  # the speaker of a statement → an entity that it is about
    DISAGREES_WITH = "disagrees_with"  # the speakers of two figures that contradict each other
    HOLDS_OFFICE_IN = "holds_office_in"  # a person → the body of the office
    PART_OF = "part_of"  # a body → the body that it belongs to; a place → the country that it lies in
    RELAYED_BY = "relayed_by"  # the speaker of a relayed statement → the speaker who relays it
    IN_ANSWER = "in_answer"  # only in the picture of an answer: two cells of a row, or the ends of a triple


class Verdict(StrEnum):
    CONTRADICTS = "contradicts"
    AGREES = "agrees"
    REVISES = "revises"
    COMPATIBLE = "compatible"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class Claim(Measure[str]):
    """A figure of a statement, ready for comparison: all names resolved across articles, all dates in EDTF."""

    statement: str
    figure: str
    article: str
    speaker: str | None
    speaker_name: str
    said_on: str | None
    published: str | None
    text: str
    total: str | None = None  # the figure that this one is a part of
    content: str = ""  # the content of the statement, for its wording
    stance: Stance | None = None
    author: bool = False  # in the article's own voice
    bodies: tuple[str, ...] = ()  # bodies that the speaker speaks for, the nearest first
    citing: str = ""  # the source that the speaker names for it: "unofficial data"
    context: tuple[str, ...] = ()  # what the article is about: names of the actors and places that it mentions


@dataclass(frozen=True, slots=True)
class Assertion:
    """A statement as far as it can be denied: who said what about whom, and whether that affirms or denies it.

    ``actors`` are the names of the entities that it is about or that say it.
    """

    statement: str
    article: str
    speaker: str | None
    speaker_name: str
    said_on: str | None
    published: str | None
    content: str
    stance: Stance
    negated: bool = False
    actors: tuple[str, ...] = ()
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two figures of two statements and what is between them, with the reason in a sentence. ``left`` is earlier.

    Where two statements are compared by their content alone, ``left`` and ``right`` are empty.
    """

    left: str  # figure key
    right: str
    left_statement: str
    right_statement: str
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be used, and why: listed, never swallowed."""

    where: str
    reason: str
    detail: str = field(default="", compare=False)
