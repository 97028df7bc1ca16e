"""IRIs and literals. IRIs follow from ids and keys alone, so that the same input gives the same bytes."""

from __future__ import annotations

import re
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad

from kg import vocabulary as v

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def node(iri: str) -> NamedNode:
    return NamedNode(str(iri))


def quad(subject: NamedNode, prop: str, value: NamedNode | Literal, graph: str) -> Quad:
    return Quad(subject, node(prop), value, node(graph))


def article(article_id: str) -> NamedNode:
    return node(f"{v.DATA}article/{quote(article_id, safe='', errors='replace')}")


def within(article_id: str, kind: str, key: str) -> NamedNode:
    """The IRI of a thing of one article: ``kind`` is reference, statement, figure, office, evidence or mention."""
    return node(f"{article(article_id).value}/{kind}/{quote(key, safe='')}")


def entity(entity_id: str) -> NamedNode:
    return node(f"{v.DATA}entity/{quote(entity_id, safe='')}")


def graph(article_id: str) -> NamedNode:
    """The named graph of one article."""
    return node(f"{v.DATA}graph/article/{quote(article_id, safe='')}")


def extraction(article_id: str) -> NamedNode:
    """The activity in which the graph of an article was made."""
    return node(f"{v.DATA}extraction/{quote(article_id, safe='')}")


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
