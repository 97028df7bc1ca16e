"""What ``annotate`` finds in one article: every span is an offset into ``Article.text``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model.article import Article, Block
from kg.model.measure import Measure
from kg.model.spans import Span, Spans


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


@dataclass(frozen=True, slots=True)
class ListedOffice:
    """An office that a user's list gives to somebody: ``body`` is the id of a listed body, ``since`` and ``until`` are EDTF
    dates (years, months or days); without them the office has no known end there.
    """

    title: str
    body: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody or something in a user's own list of names. ``id`` is the item of Wikidata (``item``) where the list has one,
    else made of name and type, so that the same row of another edition of the list has the same id. ``source`` says where it
    stands, for a reader ("people.csv, line 4"). Weak names count only where a full one stands in the same article.
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    item: str | None = None
    offices: tuple[ListedOffice, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class ListSource:
    """The file of a user's list: its name, and the SHA-256 of its bytes in hexadecimal."""

    name: str
    digest: str


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
    ``subject`` marks the subject of a sentence, which a pronoun behind it most often means. ``listed`` is the id of who is
    meant where a user's list of names says so.
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
    listed: str = ""


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
    listed: tuple[Listed, ...] = ()  # of the user's list: who is named here, and the bodies of their offices
    listed_in: ListSource | None = None
