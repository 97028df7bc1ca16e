"""The only place where IRIs of the ontology are spelled. Plain strings: importing this loads no RDF library.

The terms are those of ``ontology/kg.ttl``, term for term (a test holds the two together); classes and properties are
string enumerations, so that a misspelt one fails at import. Values of closed lists (stances, verdicts …) are SKOS
concepts, made from the enumerations of :mod:`kg.model` by :func:`concept` and read back by :func:`of_concept`.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final, TypeVar, cast

from kg.errors import OntologyError
from kg.model import Certainty, Comparator, CorrectionKind, EntityType, Form, Identity, Kind, Stance, Tense, Verdict

ONTOLOGY: Final = "https://w3id.org/kg-said/ns"
VERSION: Final = "0.4.0"
"""The version of the ontology; a graph of a newer minor version holds terms that this kg does not know."""
DETAIL: Final = "https://w3id.org/kg-said/detail"
"""The part of the ontology that only some need."""
KG: Final = ONTOLOGY + "#"
DATA: Final = "https://w3id.org/kg-said/"
"""The base of a store that names none of its own: what belongs to a store has an IRI under the store's base."""
COUNTRIES: Final = DATA + "country/"
"""Countries by their code of ISO 3166-1: one IRI whatever the store."""

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
OA: Final = "http://www.w3.org/ns/oa#"
PROV: Final = "http://www.w3.org/ns/prov#"
DC: Final = "http://purl.org/dc/elements/1.1/"
DCTERMS: Final = "http://purl.org/dc/terms/"
SCHEMA: Final = "https://schema.org/"
VOID: Final = "http://rdfs.org/ns/void#"

WIKIDATA: Final = "http://www.wikidata.org/entity/"

PREFIXES: Final[dict[str, str]] = {
    "kg": KG,
    "dc": DC,
    "dcterms": DCTERMS,
    "oa": OA,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "xsd": XSD,
}
"""Prefix → namespace, for queries and exports."""

TYPE: Final = RDF + "type"
LABEL: Final = RDFS + "label"


class Class(StrEnum):
    """The classes of the ontology: the core, then what stands in ``detail.ttl``."""

    ARTICLE = KG + "Article"
    STATEMENT = KG + "Statement"
    FIGURE = KG + "Figure"
    OFFICE_HELD = KG + "OfficeHeld"
    COMPARISON = KG + "Comparison"
    AFFAIR = KG + "Affair"
    ENTITY = KG + "Entity"
    PERSON = KG + "Person"
    ORGANISATION = KG + "Organisation"
    PLACE = KG + "Place"
    UNNAMED_SOURCE = KG + "UnnamedSource"
    DOCUMENT = KG + "Document"
    # how an entity was found, and by what
    REFERENCE = KG + "Reference"
    CHARACTERS = KG + "Characters"
    JUDGEMENT = KG + "Judgement"
    CORRECTION = KG + "Correction"
    LISTED_NAME = KG + "ListedName"
    EXTRACTION = KG + "Extraction"
    INFERENCE = KG + "Inference"
    # what follows from the rest and is never written by the extractor
    QUOTATION = KG + "Quotation"
    AUTHOR_STATEMENT = KG + "AuthorStatement"
    RELAYED_STATEMENT = KG + "RelayedStatement"
    SPEAKER = KG + "Speaker"
    OFFICIAL = KG + "Official"
    GOVERNMENT = KG + "Government"
    MINISTRY = KG + "Ministry"
    SECURITY_SERVICE = KG + "SecurityService"
    MOVEMENT = KG + "Movement"
    NEWS_ORGANISATION = KG + "NewsOrganisation"
    COUNTRY = KG + "Country"
    CITY = KG + "City"
    REGION = KG + "Region"


class Property(StrEnum):
    """The properties that the model is written with: those of the ontology, and those of Dublin Core, schema.org and SKOS
    where they say the same. A ``…_REFERENCE`` leads to a reference of the same article, its twin without that word to the
    entity that this reference is judged to mean."""

    IN_ARTICLE = KG + "inArticle"
    EVIDENCE = KG + "evidence"
    CONFIDENCE = KG + "confidence"
    REASON = KG + "reason"
    # time: the bounds that every engine can compare, and where they are from
    EARLIEST = KG + "earliest"
    LATEST = KG + "latest"
    DATING = KG + "dating"
    # articles
    TITLE = DCTERMS + "title"
    URL = SCHEMA + "url"
    PUBLISHER_NAME = DC + "publisher"
    AUTHOR_NAME = DC + "creator"
    PUBLISHED = DCTERMS + "issued"
    LANGUAGE = DC + "language"
    TEXT = SCHEMA + "articleBody"
    NOTE = SKOS + "note"
    # references and entities
    NAME = SKOS + "prefLabel"
    ALIAS = SKOS + "altLabel"
    ENTITY_TYPE = KG + "type"
    COUNTRY_NAME = KG + "countryName"
    PART_OF_REFERENCE = KG + "partOfReference"
    MENTION = KG + "mention"
    FORM = KG + "form"
    REFERS_TO = KG + "refersTo"
    LISTED_AS = KG + "listedAs"
    ALIKE = KG + "alike"
    PART_OF = KG + "partOf"
    COUNTRY = KG + "country"
    GOVERNMENT_OF = KG + "governmentOf"
    HAS_GOVERNMENT = KG + "hasGovernment"
    MINISTRY_OF = KG + "ministryOf"
    # offices held
    ROLE_TITLE = SCHEMA + "roleName"
    TENSE = KG + "tense"
    HOLDER = KG + "holder"
    HOLDER_REFERENCE = KG + "holderReference"
    OFFICE_IN = KG + "officeIn"
    OFFICE_IN_REFERENCE = KG + "officeInReference"
    HOLDS_OFFICE = KG + "holdsOffice"
    OFFICE_IN_GOVERNMENT_OF = KG + "officeInGovernmentOf"
    HELD_OFFICE_IN = KG + "heldOfficeIn"
    # statements
    SPEAKER = KG + "speaker"
    SPEAKER_REFERENCE = KG + "speakerReference"
    SPEAKER_OFFICE = KG + "speakerOffice"
    ON_BEHALF_OF = KG + "onBehalfOf"
    ON_BEHALF_OF_GOVERNMENT_OF = KG + "onBehalfOfGovernmentOf"
    ABOUT = SCHEMA + "about"
    ABOUT_REFERENCE = KG + "aboutReference"
    RECIPIENT = KG + "recipient"
    RECIPIENT_REFERENCE = KG + "recipientReference"
    PLACE = KG + "place"
    PLACE_REFERENCE = KG + "placeReference"
    WITHIN = KG + "within"
    SOURCE_EVIDENCE = KG + "sourceEvidence"
    CUE_EVIDENCE = KG + "cueEvidence"
    CONTENT_EVIDENCE = KG + "contentEvidence"
    CUE = KG + "cue"
    CONTENT = KG + "content"
    STANCE = KG + "stance"
    KIND = KG + "kind"
    CERTAINTY = KG + "certainty"
    NEGATED = KG + "negated"
    SAID_ON = DCTERMS + "date"
    FIGURE = KG + "figure"
    # figures
    WORDING = KG + "wording"
    VALUE = SCHEMA + "value"
    LOW = SCHEMA + "minValue"
    HIGH = SCHEMA + "maxValue"
    COMPARATOR = KG + "comparator"
    UNIT = SCHEMA + "unitText"
    UNIT_TYPE = KG + "unitType"
    POPULATION = KG + "population"
    EVENT = KG + "event"
    EVENT_TYPE = KG + "eventType"
    CONCEPT = KG + "concept"
    AS_OF = DCTERMS + "date"
    CHANGE = KG + "change"
    UNOFFICIAL = KG + "unofficial"
    WHOSE = KG + "whose"
    SCENE = KG + "scene"
    PER = KG + "per"
    MARK = KG + "mark"
    PART_OF_FIGURE = DCTERMS + "isPartOf"
    # affairs, comparisons and judgements
    IN_AFFAIR = KG + "inAffair"
    HAPPENING = KG + "happening"
    LEFT = KG + "left"
    RIGHT = KG + "right"
    LEFT_STATEMENT = KG + "leftStatement"
    RIGHT_STATEMENT = KG + "rightStatement"
    VERDICT = KG + "verdict"
    IDENTITY_VERDICT = KG + "identityVerdict"
    DECIDED_BY = KG + "decidedBy"
    # corrections
    CORRECTS = KG + "corrects"
    CORRECTION_KIND = KG + "correctionKind"
    CORRECTED_PART = KG + "correctedPart"
    NEW_VALUE = KG + "newValue"
    MARKED = KG + "marked"
    SUPERSEDED = KG + "superseded"


class Outside(StrEnum):
    """Terms of other vocabularies that the graph uses as they are: Web Annotation's selectors, PROV's
    activities, SKOS' broader, and Dublin Core's conformsTo, which tells of a graph by which version of the ontology it was made."""

    EXACT = OA + "exact"
    PREFIX = OA + "prefix"
    SUFFIX = OA + "suffix"
    START = OA + "start"
    END = OA + "end"
    SOFTWARE_AGENT = PROV + "SoftwareAgent"
    USED = PROV + "used"
    WAS_ASSOCIATED_WITH = PROV + "wasAssociatedWith"
    WAS_GENERATED_BY = PROV + "wasGeneratedBy"
    GENERATED_AT = PROV + "generatedAtTime"
    INVALIDATED_AT = PROV + "invalidatedAtTime"
    WAS_REVISION_OF = PROV + "wasRevisionOf"
    INVALIDATED_BY = PROV + "wasInvalidatedBy"
    WAS_ATTRIBUTED_TO = PROV + "wasAttributedTo"
    WAS_INFLUENCED_BY = PROV + "wasInfluencedBy"
    PERSON_AGENT = PROV + "Person"
    SOURCE = DCTERMS + "source"
    SAME_AS = OWL + "sameAs"
    EXACT_MATCH = SKOS + "exactMatch"
    BROADER = SKOS + "broader"
    CONFORMS_TO = DCTERMS + "conformsTo"
    IS_REPLACED_BY = DCTERMS + "isReplacedBy"
    WAS_DERIVED_FROM = PROV + "wasDerivedFrom"
    NOTATION = SKOS + "notation"
    URI_SPACE = VOID + "uriSpace"


class Graph(StrEnum):
    """The named graphs of a store, beside one for each article. ``DECISIONS`` holds what persons
    decided, on identity and on what was read, and survives every rebuild; ``INFERRED`` is there where a reasoner has written it."""

    ENTITIES = DATA + "graph/entities"
    DECISIONS = DATA + "graph/decisions"
    COMPARISONS = DATA + "graph/comparisons"
    PROVENANCE = DATA + "graph/provenance"
    INFERRED = DATA + "graph/inferred"


def version_iri(version: str = VERSION) -> str:
    """The IRI of a version of the ontology."""
    return f"{ONTOLOGY}/{version}"


def other(iri: str) -> str | None:
    """The version that ``iri`` names, where it is another one than ours by its first two numbers; else ``None``.

    Versions of one minor number differ in words only, not in terms.

    >>> other("https://w3id.org/kg-said/ns/9.1.0"), other("https://w3id.org/kg-said/ns/0.2.0"), other(version_iri())
    ('9.1.0', '0.2.0', None)
    """
    version = iri.removeprefix(f"{ONTOLOGY}/")
    parts = version.split(".")
    if version == iri or not all(part.isdigit() for part in parts):
        return None
    return version if _minor(version) != _minor(VERSION) else None


def newer(version: str) -> bool:
    """Whether ``version`` is newer than ours by its first two numbers."""
    return _minor(version) > _minor(VERSION)


def _minor(version: str) -> list[int]:
    return [int(part) for part in version.split(".")[:2]]


CLASS_OF: Final[dict[EntityType, Class]] = {
    EntityType.PERSON: Class.PERSON,
    EntityType.ORGANISATION: Class.ORGANISATION,
    EntityType.PLACE: Class.PLACE,
    EntityType.UNNAMED: Class.UNNAMED_SOURCE,
    EntityType.DOCUMENT: Class.DOCUMENT,
}
"""The class of the entities of each family; the type itself is a concept, as :func:`concept` gives it."""


class Dating(StrEnum):
    """Where the bounds in time of a thing are from."""

    OWN = "own"  # its own date, as the text gives it
    STATEMENT = "statement"  # a figure without a date: when it was said


class Written(StrEnum):
    """How a field of a measure is written in RDF."""

    TEXT = "text"
    TEXTS = "texts"
    WORDS = "words"  # of the article, in its language
    PHRASES = "phrases"  # the same, several
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"  # EDTF; its bounds are written beside it
    COMPARATOR = "comparator"
    REFERENCES = "references"  # of the same article


MEASURE: Final[dict[str, tuple[Property, Written]]] = {
    "value": (Property.VALUE, Written.DECIMAL),
    "low": (Property.LOW, Written.DECIMAL),
    "high": (Property.HIGH, Written.DECIMAL),
    "comparator": (Property.COMPARATOR, Written.COMPARATOR),
    "unit": (Property.UNIT, Written.TEXT),
    "population": (Property.POPULATION, Written.WORDS),
    "event": (Property.EVENT, Written.TEXT),
    "concepts": (Property.CONCEPT, Written.TEXTS),
    "change": (Property.CHANGE, Written.TEXT),
    "whose": (Property.WHOSE, Written.WORDS),
    "scenes": (Property.SCENE, Written.PHRASES),
    "per": (Property.PER, Written.WORDS),
    "marks": (Property.MARK, Written.TEXTS),
    "places": (Property.PLACE_REFERENCE, Written.REFERENCES),
    "as_of": (Property.AS_OF, Written.DATE),
    "unofficial": (Property.UNOFFICIAL, Written.BOOLEAN),
}
"""The property of each field of :class:`kg.model.Measure`, and how its values are written: RDF is written and read by it."""

Value = (
    EntityType | Stance | Kind | Certainty | Comparator | Tense | Form | Verdict | Identity | Dating | CorrectionKind
)
V = TypeVar(
    "V", EntityType, Stance, Kind, Certainty, Comparator, Tense, Form, Verdict, Identity, Dating, CorrectionKind
)

_SCHEMES: Final[dict[type[Value], str]] = {
    EntityType: "type",
    Stance: "stance",
    Kind: "kind",
    Certainty: "certainty",
    Comparator: "comparator",
    Tense: "tense",
    Form: "form",
    Verdict: "verdict",
    Identity: "identity",
    Dating: "dating",
    CorrectionKind: "correction",
}


def concept(value: Value) -> str:
    """The IRI of the SKOS concept of a value of a closed list.

    >>> concept(Comparator.AT_LEAST)
    'https://w3id.org/kg-said/ns#comparator-at-least'
    """
    word = value.name if isinstance(value, Comparator) else value.value
    return f"{KG}{_SCHEMES[type(value)]}-{word.lower().replace('_', '-')}"


@cache
def _concepts(kind: type[Value]) -> dict[str, Value]:
    return {concept(value): value for value in kind}


def of_concept(iri: str, kind: type[V]) -> V:
    """The value of ``kind`` whose concept is ``iri``; :class:`OntologyError` where this list has no such concept.

    >>> of_concept("https://w3id.org/kg-said/ns#kind-direct", Kind)
    <Kind.DIRECT: 'direct'>
    """
    value = _concepts(kind).get(iri)
    if value is None:
        raise OntologyError(f"The graph names the {_SCHEMES[kind]} {iri}, which this version of kg does not know.")
    return cast("V", value)


def term(scheme: str, name: str) -> str:
    """The IRI of a concept of a scheme that is made from a list of words, such as ``event`` and ``unit``.

    >>> term("unit", "square metre")
    'https://w3id.org/kg-said/ns#unit-square-metre'
    """
    return f"{KG}{scheme}-{name.lower().replace(' ', '-').replace('_', '-')}"


FILES: Final = ("kg.ttl", "values.ttl", "events.ttl", "detail.ttl")
"""The files that make up the ontology: the core, closed lists, events and units, and what only some need."""


def shipped(folder: str) -> Path:
    """The folder of data files that comes with kg: inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / folder
    return inside if inside.is_dir() else Path(__file__).parent.parent / folder


def ontology(name: str = "kg.ttl") -> Path:
    """The path of a file of the ontology: one of ``FILES``, ``shapes.ttl``, ``alignments.ttl`` or ``deprecated.ttl``."""
    path = shipped("ontology") / name
    if not path.is_file():
        raise OntologyError(f"kg comes without the ontology file {name}; the installation is incomplete.")
    return path
