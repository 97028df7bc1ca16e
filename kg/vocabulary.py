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
from kg.model import Certainty, Comparator, EntityType, Form, Identity, Kind, Stance, Tense, Verdict

ONTOLOGY: Final = "https://w3id.org/kg-said/ns"
VERSION: Final = "0.2.0"
"""The version of the ontology; a graph of a newer minor version holds terms that this kg does not know."""
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
DCTERMS: Final = "http://purl.org/dc/terms/"
VOID: Final = "http://rdfs.org/ns/void#"
EDTF: Final = "http://id.loc.gov/datatypes/edtf/EDTF"

WIKIDATA: Final = "http://www.wikidata.org/entity/"

PREFIXES: Final[dict[str, str]] = {
    "kg": KG,
    "dcterms": DCTERMS,
    "oa": OA,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "xsd": XSD,
    "edtf": "http://id.loc.gov/datatypes/edtf/",
}
"""Prefix → namespace, for queries and exports."""

TYPE: Final = RDF + "type"
LABEL: Final = RDFS + "label"


class Class(StrEnum):
    """The classes of the ontology."""

    ARTICLE = KG + "Article"
    PASSAGE = KG + "Passage"
    REFERENCE = KG + "Reference"
    MENTION = KG + "Mention"
    OFFICE_HELD = KG + "OfficeHeld"
    STATEMENT = KG + "Statement"
    QUOTATION = KG + "Quotation"
    AUTHOR_STATEMENT = KG + "AuthorStatement"
    RELAYED_STATEMENT = KG + "RelayedStatement"
    FIGURE = KG + "Figure"
    EVIDENCE = KG + "Evidence"
    ENTITY = KG + "Entity"
    SPEAKER = KG + "Speaker"
    PERSON = KG + "Person"
    ORGANISATION = KG + "Organisation"
    OFFICIAL = KG + "Official"
    GOVERNMENT = KG + "Government"
    MINISTRY = KG + "Ministry"
    SECURITY_SERVICE = KG + "SecurityService"
    MOVEMENT = KG + "Movement"
    NEWS_ORGANISATION = KG + "NewsOrganisation"
    PLACE = KG + "Place"
    COUNTRY = KG + "Country"
    CITY = KG + "City"
    REGION = KG + "Region"
    UNNAMED_SOURCE = KG + "UnnamedSource"
    DOCUMENT = KG + "Document"
    COMPARISON = KG + "Comparison"
    JUDGEMENT = KG + "Judgement"
    EXTRACTION = KG + "Extraction"
    INFERENCE = KG + "Inference"
    STANCE = KG + "Stance"
    STATEMENT_KIND = KG + "StatementKind"
    CERTAINTY = KG + "Certainty"
    COMPARATOR = KG + "Comparator"
    TENSE = KG + "Tense"
    MENTION_FORM = KG + "MentionForm"
    VERDICT = KG + "Verdict"
    IDENTITY_VERDICT = KG + "IdentityVerdict"


class Property(StrEnum):
    """The properties of the ontology. A ``…_REFERENCE`` leads to a reference of the same article, its twin to the
    entity that this reference is judged to mean."""

    IN_ARTICLE = KG + "inArticle"
    EVIDENCE = KG + "evidence"
    CONFIDENCE = KG + "confidence"
    REASON = KG + "reason"
    # articles
    TITLE = KG + "title"
    URL = KG + "url"
    PUBLISHER_NAME = KG + "publisherName"
    AUTHOR_NAME = KG + "authorName"
    PUBLISHED = KG + "published"
    PUBLISHED_DATE = KG + "publishedDate"
    LANGUAGE = KG + "language"
    TEXT = KG + "text"
    NOTE = KG + "note"
    # references and entities
    NAME = KG + "name"
    ALIAS = KG + "alias"
    ENTITY_TYPE = KG + "entityType"
    COUNTRY_NAME = KG + "countryName"
    PART_OF_REFERENCE = KG + "partOfReference"
    MENTION = KG + "mention"
    FORM = KG + "form"
    REFERS_TO = KG + "refersTo"
    PART_OF = KG + "partOf"
    COUNTRY = KG + "country"
    GOVERNMENT_OF = KG + "governmentOf"
    HAS_GOVERNMENT = KG + "hasGovernment"
    MINISTRY_OF = KG + "ministryOf"
    # offices held
    ROLE_TITLE = KG + "roleTitle"
    TENSE = KG + "tense"
    PERSON_REFERENCE = KG + "personReference"
    ORGANISATION_REFERENCE = KG + "organisationReference"
    HOLDER = KG + "holder"
    OFFICE_IN = KG + "officeIn"
    HOLDS_OFFICE = KG + "holdsOffice"
    OFFICE_IN_GOVERNMENT_OF = KG + "officeInGovernmentOf"
    HELD_OFFICE_IN = KG + "heldOfficeIn"
    # statements
    SOURCE_REFERENCE = KG + "sourceReference"
    SPEAKER = KG + "speaker"
    SPEAKER_OF = KG + "speakerOf"
    SPEAKER_OFFICE = KG + "speakerOffice"
    ON_BEHALF_OF = KG + "onBehalfOf"
    ABOUT_REFERENCE = KG + "aboutReference"
    ABOUT = KG + "about"
    RECIPIENT_REFERENCE = KG + "recipientReference"
    VENUE_REFERENCE = KG + "venueReference"
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
    SAID_ON = KG + "saidOn"
    SAID_ON_DATE = KG + "saidOnDate"
    FIGURE = KG + "figure"
    # figures
    WORDING = KG + "wording"
    VALUE = KG + "value"
    LOW = KG + "low"
    HIGH = KG + "high"
    COMPARATOR = KG + "comparator"
    UNIT = KG + "unit"
    POPULATION = KG + "population"
    EVENT = KG + "event"
    CONCEPT = KG + "concept"
    PLACE_REFERENCE = KG + "placeReference"
    AS_OF = KG + "asOf"
    AS_OF_DATE = KG + "asOfDate"
    CHANGE = KG + "change"
    UNOFFICIAL = KG + "unofficial"
    WHOSE = KG + "whose"
    SCENE = KG + "scene"
    PER = KG + "per"
    PART_OF_FIGURE = KG + "partOfFigure"
    # comparisons and judgements
    LEFT = KG + "left"
    RIGHT = KG + "right"
    LEFT_STATEMENT = KG + "leftStatement"
    RIGHT_STATEMENT = KG + "rightStatement"
    VERDICT = KG + "verdict"
    IDENTITY_VERDICT = KG + "identityVerdict"
    DECIDED_BY = KG + "decidedBy"


class Outside(StrEnum):
    """Terms of other vocabularies that the graph uses as they are: Web Annotation's selectors, PROV's
    activities, and Dublin Core's conformsTo, which tells of a graph by which version of the ontology it was made."""

    SPECIFIC_RESOURCE = OA + "SpecificResource"
    TEXT_QUOTE_SELECTOR = OA + "TextQuoteSelector"
    TEXT_POSITION_SELECTOR = OA + "TextPositionSelector"
    HAS_SOURCE = OA + "hasSource"
    HAS_SELECTOR = OA + "hasSelector"
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
    SAME_AS = OWL + "sameAs"
    EXACT_MATCH = SKOS + "exactMatch"
    CONFORMS_TO = DCTERMS + "conformsTo"
    IS_REPLACED_BY = DCTERMS + "isReplacedBy"
    WAS_DERIVED_FROM = PROV + "wasDerivedFrom"
    NOTATION = SKOS + "notation"
    URI_SPACE = VOID + "uriSpace"


class Graph(StrEnum):
    """The named graphs of a store, beside one for each article. ``DECISIONS`` holds the judgements of
    persons on identity and survives every rebuild; ``INFERRED`` is there where a reasoner has written it."""

    ENTITIES = DATA + "graph/entities"
    DECISIONS = DATA + "graph/decisions"
    COMPARISONS = DATA + "graph/comparisons"
    PROVENANCE = DATA + "graph/provenance"
    INFERRED = DATA + "graph/inferred"


def version_iri(version: str = VERSION) -> str:
    """The IRI of a version of the ontology."""
    return f"{ONTOLOGY}/{version}"


def newer(iri: str) -> str | None:
    """The version that ``iri`` names, where it is a newer one than ours by its first two numbers; else ``None``.

    Versions of one minor number differ in words only, not in terms.

    >>> newer("https://w3id.org/kg-said/ns/9.1.0"), newer(version_iri())
    ('9.1.0', None)
    """
    version = iri.removeprefix(f"{ONTOLOGY}/")
    parts = version.split(".")
    if version == iri or not all(part.isdigit() for part in parts):
        return None
    return version if [int(p) for p in parts[:2]] > [int(p) for p in VERSION.split(".")[:2]] else None


CLASS_OF: Final[dict[EntityType, Class]] = {
    EntityType.PERSON: Class.PERSON,
    EntityType.ORGANISATION: Class.ORGANISATION,
    EntityType.GOVERNMENT: Class.GOVERNMENT,
    EntityType.MINISTRY: Class.MINISTRY,
    EntityType.SECURITY_SERVICE: Class.SECURITY_SERVICE,
    EntityType.MOVEMENT: Class.MOVEMENT,
    EntityType.NEWS_ORGANISATION: Class.NEWS_ORGANISATION,
    EntityType.PLACE: Class.PLACE,
    EntityType.COUNTRY: Class.COUNTRY,
    EntityType.CITY: Class.CITY,
    EntityType.REGION: Class.REGION,
    EntityType.UNNAMED: Class.UNNAMED_SOURCE,
    EntityType.DOCUMENT: Class.DOCUMENT,
}
"""The class of an entity of each type."""


class Written(StrEnum):
    """How a field of a measure is written in RDF."""

    TEXT = "text"
    TEXTS = "texts"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"  # EDTF, and beside it an XSD date where there is one
    COMPARATOR = "comparator"
    REFERENCES = "references"  # of the same article


MEASURE: Final[dict[str, tuple[Property, Written]]] = {
    "value": (Property.VALUE, Written.DECIMAL),
    "low": (Property.LOW, Written.DECIMAL),
    "high": (Property.HIGH, Written.DECIMAL),
    "comparator": (Property.COMPARATOR, Written.COMPARATOR),
    "unit": (Property.UNIT, Written.TEXT),
    "population": (Property.POPULATION, Written.TEXT),
    "event": (Property.EVENT, Written.TEXT),
    "concepts": (Property.CONCEPT, Written.TEXTS),
    "change": (Property.CHANGE, Written.TEXT),
    "whose": (Property.WHOSE, Written.TEXT),
    "scenes": (Property.SCENE, Written.TEXTS),
    "per": (Property.PER, Written.TEXT),
    "places": (Property.PLACE_REFERENCE, Written.REFERENCES),
    "as_of": (Property.AS_OF, Written.DATE),
    "unofficial": (Property.UNOFFICIAL, Written.BOOLEAN),
}
"""The property of each field of :class:`kg.model.Measure`, and how its values are written: RDF is written and read by it."""

Value = Stance | Kind | Certainty | Comparator | Tense | Form | Verdict | Identity
V = TypeVar("V", Stance, Kind, Certainty, Comparator, Tense, Form, Verdict, Identity)

_SCHEMES: Final[dict[type[Value], str]] = {
    Stance: "stance",
    Kind: "kind",
    Certainty: "certainty",
    Comparator: "comparator",
    Tense: "tense",
    Form: "form",
    Verdict: "verdict",
    Identity: "identity",
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


def shipped(folder: str) -> Path:
    """The folder of data files that comes with kg: inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / folder
    return inside if inside.is_dir() else Path(__file__).parent.parent / folder


def ontology(name: str = "kg.ttl") -> Path:
    """The path of a file of the ontology: ``kg.ttl``, ``shapes.ttl`` or ``alignments.ttl``."""
    path = shipped("ontology") / name
    if not path.is_file():
        raise OntologyError(f"kg comes without the ontology file {name}; the installation is incomplete.")
    return path
