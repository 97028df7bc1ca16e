"""IRIs and literals. IRIs follow from ids and keys alone, so that the same input gives the same bytes."""

from __future__ import annotations

import re
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad

from kg import vocabulary as v

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


def integer(value: int) -> Literal:
    return Literal(str(value), datatype=node(v.XSD + "integer"))


def decimal(value: float) -> Literal:
    """A decimal without needless zeros: ``330``, ``0.5``."""
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    return Literal(text or "0", datatype=node(v.XSD + "decimal"))


def boolean(value: bool) -> Literal:
    return Literal("true" if value else "false", datatype=node(v.XSD + "boolean"))


def instant(value: str) -> Literal:
    """A moment, ISO 8601 with its zone."""
    return Literal(value, datatype=node(v.XSD + "dateTime"))


def edtf(value: str) -> Literal:
    return Literal(value, datatype=node(v.EDTF))


def xsd_date(value: str) -> Literal | None:
    """The XSD value of an EDTF day, month or year; ``None`` for anything else, which XSD cannot hold."""
    for pattern, name in ((r"\d{4}-\d\d-\d\d", "date"), (r"\d{4}-\d\d", "gYearMonth"), (r"\d{4}", "gYear")):
        if re.fullmatch(pattern, value):
            return Literal(value, datatype=node(v.XSD + name))
    return None
