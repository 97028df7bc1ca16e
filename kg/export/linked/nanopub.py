"""Nanopublications: each statement as four small graphs (head, assertion, provenance, publication info) in TriG.

The assertion is *that somebody said it*, with evidence; what they said stays a literal. No trusty URIs, no signatures.
"""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox

from kg import vocabulary as v
from kg.export.rows import Source
from kg.vocabulary import Class, Outside, Property

_NP = "http://www.nanopub.org/nschema#"
_DCT = "http://purl.org/dc/terms/"
_PROV = "http://www.w3.org/ns/prov#"
# The assertion holds what is said of a statement and of its figures but where it stands, which is provenance.
_LEFT_OUT = frozenset(
    p.value
    for p in Property
    if p.name.endswith(("EVIDENCE", "REFERENCE")) or p in (Property.IN_ARTICLE, Property.REASON, Property.CONFIDENCE)
)
_TERMS = frozenset({v.TYPE, *(p.value for p in Property)}) - _LEFT_OUT
_WHOLE = frozenset(
    {Property.FIGURE.value, Property.SPEAKER_OFFICE.value}
)  # what they lead to is told with the statement
_RELAY = frozenset(
    {
        v.TYPE,
        *(p.value for p in (Property.SPEAKER, Property.CUE, Property.STANCE, Property.NEGATED, Property.CERTAINTY)),
    }
)
_WHO = frozenset({v.TYPE, Property.NAME.value, Property.ENTITY_TYPE.value})
_NAMED = frozenset({Property.SPEAKER.value, Property.ABOUT.value, Property.HOLDER.value, Property.OFFICE_IN.value})


def dump(source: Source) -> bytes:
    """All nanopublications of a store, in the order of their statements."""
    by_subject: dict[str, list[ox.Quad]] = defaultdict(list)
    inferred = source.store.graph_name(v.Graph.INFERRED)
    for quad in source.store.quads():
        if getattr(quad.graph_name, "value", "") == inferred:
            continue  # nobody said what was concluded
        if isinstance(quad.subject, ox.NamedNode):
            by_subject[quad.subject.value].append(quad)
    statement_type = ox.NamedNode(Class.STATEMENT.value)
    statements = sorted(
        s
        for s, quads in by_subject.items()
        if any(q.predicate.value == v.TYPE and q.object == statement_type for q in quads)
    )
    made: list[ox.Quad] = []
    for statement in statements:
        made += _one(statement, by_subject, source.store.base)
    prefixes = {**v.PREFIXES, "np": _NP, "dct": _DCT, "prov": _PROV}
    return ox.serialize(made, format=ox.RdfFormat.TRIG, prefixes=prefixes) or b""


def _one(statement: str, by_subject: dict[str, list[ox.Quad]], home: str) -> list[ox.Quad]:
    base = f"{home}nanopub/{statement.removeprefix(home)}"
    pub = ox.NamedNode(base)
    head, assertion, provenance, info = (
        ox.NamedNode(f"{base}/{part}") for part in ("head", "assertion", "provenance", "pubinfo")
    )
    type_ = ox.NamedNode(v.TYPE)
    out = [
        ox.Quad(pub, type_, ox.NamedNode(_NP + "Nanopublication"), head),
        ox.Quad(pub, ox.NamedNode(_NP + "hasAssertion"), assertion, head),
        ox.Quad(pub, ox.NamedNode(_NP + "hasProvenance"), provenance, head),
        ox.Quad(pub, ox.NamedNode(_NP + "hasPublicationInfo"), info, head),
    ]
    own = by_subject[statement]
    out += _assertion(own, by_subject, assertion)
    derived = ox.NamedNode(_PROV + "wasDerivedFrom")
    article = next((q.object for q in own if q.predicate.value == Property.IN_ARTICLE.value), None)
    sources = [q.object for q in own if q.predicate.value == Property.EVIDENCE.value]
    out += [
        ox.Quad(assertion, derived, o, provenance)
        for o in [*([article] if article is not None else []), *sorted(sources, key=str)]
    ]
    activity = _extraction(article, by_subject, home)
    if activity is not None:
        out.append(ox.Quad(assertion, ox.NamedNode(_PROV + "wasGeneratedBy"), activity, provenance))
        for q in by_subject[activity.value]:
            if q.predicate.value == Outside.WAS_ASSOCIATED_WITH.value:
                out.append(ox.Quad(pub, ox.NamedNode(_DCT + "creator"), q.object, info))
    out.append(ox.Quad(pub, ox.NamedNode(_DCT + "subject"), ox.NamedNode(statement), info))
    return out


def _assertion(own: list[ox.Quad], by_subject: dict[str, list[ox.Quad]], graph: ox.NamedNode) -> list[ox.Quad]:
    """The statement, its figures and the speaker's office, whoever relays it, and who they all are by name and kind."""
    told = [q for q in own if _said(q)]
    for q in list(told):
        if q.predicate.value in _WHOLE:
            told += [x for x in by_subject[q.object.value] if _said(x)]  # type: ignore[union-attr]
        elif q.predicate.value == Property.WITHIN.value:
            told += [x for x in by_subject[q.object.value] if x.predicate.value in _RELAY]  # type: ignore[union-attr]
    for q in list(told):
        if q.predicate.value in _NAMED:
            told += [x for x in by_subject[q.object.value] if x.predicate.value in _WHO]  # type: ignore[union-attr]
    return sorted({ox.Quad(q.subject, q.predicate, q.object, graph) for q in told}, key=str)


def _said(quad: ox.Quad) -> bool:
    return quad.predicate.value in _TERMS


def _extraction(article: object, by_subject: dict[str, list[ox.Quad]], home: str) -> ox.NamedNode | None:
    if not isinstance(article, ox.NamedNode):
        return None
    activity = ox.NamedNode(f"{home}extraction/{article.value.rsplit('/', 1)[1]}")
    return activity if activity.value in by_subject else None
