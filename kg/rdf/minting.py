"""IRIs and literals. IRIs follow from a base, ids and keys alone, so that the same input gives the same bytes.

What is written is minted under kg's own base, and a store with another base writes it under that one; who looks for
something in a store names the store's base.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote

from pyoxigraph import Literal, NamedNode, Quad

from kg import vocabulary as v
from kg.model import Span

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

_COUNTRY = "country/"
_PARTS = "reference|statement|figure|office"
_OF_ARTICLE = re.compile(rf"/article/([^/#]+)(?:/(?:{_PARTS})/[^/]+|#char=[0-9]+,[0-9]+)?$")
_CHARACTERS = re.compile(r"#char=([0-9]{1,18}),([0-9]{1,18})$")
_ENTITY = re.compile("/entity/([^/]+)$")
_EXTRACTION = re.compile("/extraction/([^/]+)$")


def node(iri: str) -> NamedNode:
    return NamedNode(str(iri))


def quad(subject: NamedNode, prop: str, value: NamedNode | Literal, graph: str) -> Quad:
    return Quad(subject, node(prop), value, node(graph))


def article(article_id: str, base: str = v.DATA) -> NamedNode:
    return node(f"{base}article/{quote(article_id, safe='', errors='replace')}")


def within(article_id: str, kind: str, key: str, base: str = v.DATA) -> NamedNode:
    """The IRI of a thing of one article: ``kind`` is reference, statement, figure or office."""
    return node(f"{article(article_id, base).value}/{kind}/{quote(key, safe='')}")


def characters(article_id: str, span: Span, base: str = v.DATA) -> NamedNode:
    """The IRI of characters of an article, as RFC 5147 has it: the article's own with the place in the text behind it.

    >>> characters("2016-05-03-port", Span(58, 68), "https://example.org/").value
    'https://example.org/article/2016-05-03-port#char=58,68'
    """
    return node(f"{article(article_id, base).value}#char={span.start},{span.end}")


def span(iri: str) -> Span | None:
    """The characters that an IRI names, under whatever base; ``None`` where it names none.

    >>> span("https://example.org/article/2016-05-03-port#char=58,68"), span("https://example.org/article/2016-05-03-port")
    (Span(start=58, end=68), None)
    """
    found = _CHARACTERS.search(iri)
    return Span(int(found[1]), int(found[2])) if found and int(found[1]) < int(found[2]) else None


def entity(entity_id: str, base: str = v.DATA) -> NamedNode:
    """The IRI of an entity: that of a country known by its code is the same in every store.

    >>> entity("country/KG", "https://example.org/").value, entity("interior-ministry", "https://example.org/").value
    ('https://w3id.org/kg-said/country/KG', 'https://example.org/entity/interior-ministry')
    """
    if entity_id.startswith(_COUNTRY):
        return node(v.COUNTRIES + entity_id.removeprefix(_COUNTRY))
    return node(f"{base}entity/{quote(entity_id, safe='')}")


def listed(id: str, base: str = v.DATA) -> NamedNode:
    """Who stands in a user's list of names."""
    return node(f"{base}listed/{quote(id, safe='')}")


def name_list(digest: str, base: str = v.DATA) -> NamedNode:
    """A user's list of names, by the SHA-256 of its file."""
    return node(f"{base}list/{quote(digest, safe='')}")


def affair(affair_id: str, base: str = v.DATA) -> NamedNode:
    return node(f"{base}affair/{quote(affair_id, safe='', errors='replace')}")


def graph(article_id: str, base: str = v.DATA) -> NamedNode:
    """The named graph of one article."""
    return node(f"{base}article-graph/{quote(article_id, safe='')}")


def extraction(article_id: str, base: str = v.DATA) -> NamedNode:
    """The activity in which the graph of an article was made."""
    return node(f"{base}extraction/{quote(article_id, safe='')}")


def extracted_article(iri: str) -> str:
    """The id of the article whose extraction an IRI names; empty where it names none.

    >>> extracted_article("https://example.org/extraction/2016-05-03-port")
    '2016-05-03-port'
    """
    found = _EXTRACTION.search(iri)
    return unquote(found[1]) if found else ""


@lru_cache(maxsize=65536)
def article_id(iri: str) -> str:
    """The id of the article that a thing belongs to, under whatever base; empty where it belongs to none.

    >>> article_id("https://example.org/a/article/2016-05-03-port/statement/ab12"), article_id("https://example.org/entity/port")
    ('2016-05-03-port', '')
    """
    found = _OF_ARTICLE.search(iri)
    return unquote(found[1]) if found else ""


def local(iri: str) -> str:
    """The IRI of an entity, an article or a part of one without the base; empty for all others.

    >>> local("https://example.org/news/entity/port-office"), local("https://w3id.org/kg-said/ns#name")
    ('entity/port-office', '')
    """
    if iri.startswith(v.COUNTRIES):
        return iri.removeprefix(v.DATA)
    found = _OF_ARTICLE.search(iri) or _ENTITY.search(iri)
    return found[0].removeprefix("/") if found else ""


def entity_id(iri: str) -> str:
    """The id of an entity from its IRI, under whatever base; empty for what is none.

    >>> entity_id("https://w3id.org/kg-said/country/KG"), entity_id("https://example.org/entity/interior-ministry")
    ('country/KG', 'interior-ministry')
    """
    if iri.startswith(v.COUNTRIES):
        return _COUNTRY + iri.removeprefix(v.COUNTRIES)
    found = _ENTITY.search(iri)
    return unquote(found[1]) if found else ""


def string(text: str) -> Literal:
    """A plain string; characters that no RDF syntax can hold become U+FFFD, one for one, so that offsets stay."""
    return Literal(_CONTROL.sub("\ufffd", text))


def words(text: str, language: str | None) -> Literal:
    """Words of an article, tagged with its language (BCP 47) where it has one that a tag can be."""
    clean = _CONTROL.sub("\ufffd", text)
    return Literal(clean, language=language.lower()) if language and _LANGUAGE.fullmatch(language) else Literal(clean)


def integer(value: int) -> Literal:
    return Literal(str(value), datatype=node(v.XSD + "integer"))


def decimal(value: float) -> Literal:
    """A decimal without needless zeros: ``330``, ``0.5``."""
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    return Literal(text or "0", datatype=node(v.XSD + "decimal"))


def boolean(value: bool) -> Literal:
    return Literal("true" if value else "false", datatype=node(v.XSD + "boolean"))


def instant(value: str) -> Literal:
    """A moment, ISO 8601: with its zone where a clock gave it, without one where a text did."""
    return Literal(value, datatype=node(v.XSD + "dateTime"))
