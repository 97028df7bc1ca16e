"""Quads → model: what later stages need of the articles that are already stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode

from kg import vocabulary as v
from kg.model import EntityType, Form, Kind, Link, OfficeHeld, Reference, Span, Tense
from kg.rdf import minting as m
from kg.vocabulary import Class, Outside, Property

USUAL_REASON = {Form.NAME: "named", Form.DEMONYM: "nationality word", Form.NOMINAL: "described", Form.PRONOUN: ""}
"""Why a mention belongs to its reference, where the graph says nothing else."""


def usual_reason(kind: Kind) -> str:
    """Why a statement of that kind is its speaker's, where the graph says nothing else.

    >>> usual_reason(Kind.DIRECT), usual_reason(Kind.AUTHOR)
    ('named', "in the article's own voice")
    """
    return "in the article's own voice" if kind is Kind.AUTHOR else "named"


_PREFIXES = "".join(f"PREFIX {prefix}: <{v.PREFIXES[prefix]}>\n" for prefix in ("kg", "oa", "prov", "dcterms", "skos"))


class Rows(Protocol):
    """Anything that answers SELECT queries over the union of its graphs: one tuple of terms a row."""

    def select(self, query: str) -> Iterable[Sequence[object]]: ...


class Source(Protocol):
    """Anything that tells what it holds of one thing, over the union of its graphs."""

    def told(self, subject: str) -> Mapping[str, Sequence[str]]:
        """The values of a thing (an IRI) by property, in order; IRIs and literals as text."""
        ...

    def subjects(self, prop: str, value: NamedNode | Literal) -> list[str]:
        """The IRIs of all that have ``value`` as this property, in order."""
        ...


@dataclass(frozen=True, slots=True)
class StatementLinks:
    """The keys that tie one stored statement to references and an office of its article."""

    article: str
    statement: str
    speaker: str | None
    office: str | None
    about: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    venue: str | None = None
    figures: tuple[tuple[str, tuple[str, ...]], ...] = ()  # keys of figures with those of their places


def _rows(store: Rows, query: str) -> list[list[str | None]]:
    return [[_text(term) for term in row] for row in store.select(_PREFIXES + query)]


def _each(store: Source, kind: str) -> list[tuple[str, Mapping[str, Sequence[str]]]]:
    """All things of a class, in order, with what is told of each."""
    return [(iri, store.told(iri)) for iri in store.subjects(v.TYPE, NamedNode(kind))]


def _one(told: Mapping[str, Sequence[str]], prop: str) -> str | None:
    values = told.get(prop)
    return values[0] if values else None


def _text(term: object) -> str | None:
    return term.value if isinstance(term, NamedNode | Literal) else None


def _key(iri: str | None) -> str | None:
    return unquote(iri.rsplit("/", 1)[1]) if iri else None


def _keys(told: Mapping[str, Sequence[str]], prop: str) -> tuple[str, ...]:
    return tuple(str(_key(iri)) for iri in told.get(prop, ()))


def _article(iri: str | None) -> str:
    return m.article_id(iri or "")


def article_id(name: str, base: str = v.DATA) -> str:
    """The id of an article that is named by its id or, in a store of this base, its IRI."""
    return (m.article_id(name) or name) if name.startswith(base) else name


def articles(store: Rows) -> list[tuple[str, str, str]]:
    """Id, title and date of each stored article, in order of id."""
    rows = _rows(
        store,
        "SELECT ?a ?title ?date WHERE { ?a a kg:Article . OPTIONAL { ?a dcterms:title ?title } "
        "OPTIONAL { ?a dcterms:issued ?date } } ORDER BY ?a",
    )
    return [(_article(a), title or "", date or "") for a, title, date in rows]


def references(store: Source) -> list[Reference]:
    """All stored references, ordered by article and key."""
    return [
        Reference(
            key=str(_key(iri)),
            article=_article(iri),
            type=v.of_concept(told[Property.ENTITY_TYPE][0], EntityType),
            name=_one(told, Property.NAME) or "",
            aliases=tuple(told.get(Property.ALIAS, ())),
            country=_one(told, Property.COUNTRY_NAME),
            part_of=_key(_one(told, Property.PART_OF_REFERENCE)),
            mentions=tuple(
                sorted((_link(store, m) for m in told.get(Property.MENTION, ())), key=lambda link: link.span)
            ),
            listed=_key(_one(told, Property.LISTED_AS)) or "",
        )
        for iri, told in _each(store, Class.REFERENCE)
    ]


def _link(store: Source, mention: str) -> Link:
    told = store.told(mention)
    kind = _one(told, Property.FORM)
    form = v.of_concept(kind, Form) if kind else Form.NAME
    return Link(_span(mention), form, _one(told, Property.REASON) or USUAL_REASON[form])


def offices(store: Source) -> list[OfficeHeld]:
    """All stored offices held, ordered by article and key."""
    return [
        OfficeHeld(
            key=str(_key(iri)),
            article=_article(iri),
            person=str(_key(told[Property.HOLDER_REFERENCE][0])),
            title=_one(told, Property.ROLE_TITLE) or "",
            organisation=_key(_one(told, Property.OFFICE_IN_REFERENCE)),
            tense=v.of_concept(told[Property.TENSE][0], Tense),
            evidence=_span(told[Property.EVIDENCE][0]) if Property.EVIDENCE in told else None,
            listed=_key(_one(told, Outside.WAS_DERIVED_FROM)) or "",
            source=_one(told, Property.NOTE) or "",
        )
        for iri, told in _each(store, Class.OFFICE_HELD)
    ]


def _span(characters: str) -> Span:
    span = m.span(characters)
    if span is None:
        raise ValueError(f"{characters} names no characters of an article")
    return span


def links(store: Source) -> list[StatementLinks]:
    """How each stored statement is tied to references and offices of its article."""
    return [
        StatementLinks(
            _article(iri),
            str(_key(iri)),
            _key(_one(told, Property.SPEAKER_REFERENCE)),
            _key(_one(told, Property.SPEAKER_OFFICE)),
            _keys(told, Property.ABOUT_REFERENCE),
            _keys(told, Property.RECIPIENT_REFERENCE),
            _key(_one(told, Property.PLACE_REFERENCE)),
            tuple(
                (str(_key(figure)), _keys(store.told(figure), Property.PLACE_REFERENCE))
                for figure in told.get(Property.FIGURE, ())
            ),
        )
        for iri, told in _each(store, Class.STATEMENT)
    ]
