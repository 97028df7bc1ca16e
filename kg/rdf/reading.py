"""Quads → model: what later stages need of the articles that are already stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode

from kg import vocabulary as v
from kg.model import EntityType, Form, Link, OfficeHeld, Reference, Span, Tense

_PREFIXES = f"PREFIX kg: <{v.KG}>\nPREFIX oa: <{v.OA}>\nPREFIX prov: <{v.PROV}>\n"
_TYPE_OF = {iri: kind for kind, iri in v.CLASS_OF.items()}


class Source(Protocol):
    """Anything that answers SELECT queries over the union of its graphs: one tuple of terms a row."""

    def select(self, query: str) -> Iterable[Sequence[object]]: ...


@dataclass(frozen=True, slots=True)
class StatementLinks:
    """The keys that tie one stored statement to references and an office of its article."""

    article: str
    statement: str
    speaker: str | None
    office: str | None
    about: tuple[str, ...] = ()


def _rows(store: Source, query: str) -> list[list[str | None]]:
    return [[_text(term) for term in row] for row in store.select(_PREFIXES + query)]


def _text(term: object) -> str | None:
    return term.value if isinstance(term, NamedNode | Literal) else None


def _key(iri: str | None) -> str | None:
    return unquote(iri.rsplit("/", 1)[1]) if iri else None


def _article(iri: str | None) -> str:
    return unquote((iri or "").removeprefix(v.DATA + "article/").split("/", 1)[0])


def article_id(name: str) -> str:
    """The id of an article that is named by its id or its IRI."""
    return _article(name) if name.startswith(v.DATA) else name


def articles(store: Source) -> list[tuple[str, str, str]]:
    """Id, title and date of each stored article, in order of id."""
    rows = _rows(
        store,
        "SELECT ?a ?title ?date WHERE { ?a a kg:Article . OPTIONAL { ?a kg:title ?title } "
        "OPTIONAL { ?a kg:published ?date } } ORDER BY ?a",
    )
    return [(_article(a), title or "", date or "") for a, title, date in rows]


def references(store: Source) -> list[Reference]:
    """All stored references, ordered by article and key."""
    aliases: dict[str, list[str]] = defaultdict(list)
    for iri, alias in _rows(store, "SELECT ?r ?alias WHERE { ?r a kg:Reference ; kg:alias ?alias } ORDER BY ?r ?alias"):
        aliases[str(iri)].append(str(alias))
    mentions: dict[str, list[Link]] = defaultdict(list)
    for iri, start, end, form, reason in _rows(
        store,
        "SELECT ?r ?start ?end ?form ?reason WHERE { ?r kg:mention ?m . ?m oa:start ?start ; oa:end ?end ; kg:form ?form ; "
        "kg:reason ?reason } ORDER BY ?r ?start ?end",
    ):
        mentions[str(iri)].append(
            Link(Span(int(start or 0), int(end or 0)), v.of_concept(str(form), Form), str(reason))
        )
    rows = _rows(
        store,
        "SELECT ?r ?name ?type ?country ?whole WHERE { ?r a kg:Reference ; kg:name ?name ; kg:entityType ?type . "
        "OPTIONAL { ?r kg:countryName ?country } OPTIONAL { ?r kg:partOfReference ?whole } } ORDER BY ?r",
    )
    return [
        Reference(
            key=str(_key(iri)),
            article=_article(iri),
            type=_TYPE_OF.get(str(kind), EntityType.UNNAMED),  # type: ignore[call-overload]
            name=str(name),
            aliases=tuple(aliases[str(iri)]),
            country=country,
            part_of=_key(whole),
            mentions=tuple(mentions[str(iri)]),
        )
        for iri, name, kind, country, whole in rows
    ]


def offices(store: Source) -> list[OfficeHeld]:
    """All stored offices held, ordered by article and key."""
    rows = _rows(
        store,
        "SELECT ?o ?person ?title ?body ?tense ?start ?end WHERE { ?o a kg:OfficeHeld ; kg:personReference ?person ; "
        "kg:roleTitle ?title ; kg:tense ?tense ; kg:evidence/oa:hasSelector ?p . ?p oa:start ?start ; oa:end ?end . "
        "OPTIONAL { ?o kg:organisationReference ?body } } ORDER BY ?o",
    )
    return [
        OfficeHeld(
            key=str(_key(iri)),
            article=_article(iri),
            person=str(_key(person)),
            title=str(title),
            organisation=_key(body),
            tense=v.of_concept(str(tense), Tense),
            evidence=Span(int(start or 0), int(end or 1)),
        )
        for iri, person, title, body, tense, start, end in rows
    ]


def links(store: Source) -> list[StatementLinks]:
    """How each stored statement is tied to references and offices of its article."""
    about: dict[str, list[str]] = defaultdict(list)
    for iri, other in _rows(store, "SELECT ?s ?r WHERE { ?s kg:aboutReference ?r } ORDER BY ?s ?r"):
        about[str(iri)].append(str(_key(other)))
    rows = _rows(
        store,
        "SELECT ?s ?speaker ?office WHERE { ?s a kg:Statement . OPTIONAL { ?s kg:sourceReference ?speaker } "
        "OPTIONAL { ?s kg:speakerOffice ?office } } ORDER BY ?s",
    )
    return [
        StatementLinks(_article(s), str(_key(s)), _key(speaker), _key(office), tuple(about[str(s)]))
        for s, speaker, office in rows
    ]
