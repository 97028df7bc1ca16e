"""Nanopublications: each statement as four small graphs (head, assertion, provenance, publication info) in TriG.

The assertion is *that somebody said it*, with evidence; what they said stays a literal. No trusty URIs, no signatures.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.export.linked.syntaxes import serialised
from kg.export.rows import Source
from kg.vocabulary import Class, Outside, Property

_HELD: Final = 5_000  # subjects that are remembered, however many there are
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


def dump(source: Source) -> Iterator[bytes]:
    """All nanopublications of a store, in the order of their statements."""
    prefixes = {**v.PREFIXES, "np": _NP, "dct": _DCT, "prov": _PROV}
    return serialised(_quads(source), ox.RdfFormat.TRIG, prefixes)


def _quads(source: Source) -> Iterator[ox.Quad]:
    """Those of one statement after another: what belongs to one is looked up, so that no memory holds the store."""
    by_subject = _Subjects(source)
    conclusions = source.store.graph_name(v.Graph.INFERRED)
    said = source.store.pattern(None, ox.NamedNode(v.TYPE), ox.NamedNode(Class.STATEMENT))
    for statement in sorted({_text(q.subject) for q in said if _text(q.graph_name) != conclusions} - {""}):
        yield from _one(statement, by_subject, source.store.base)


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


class _Subjects:
    """The quads of each subject, without conclusions: nobody said these. The last ones are kept, since they come again."""

    def __init__(self, source: Source) -> None:
        self._store = source.store
        self._conclusions = source.store.graph_name(v.Graph.INFERRED)
        self.of = lru_cache(maxsize=_HELD)(self._of)

    def _of(self, subject: str) -> list[ox.Quad]:
        found = self._store.pattern(ox.NamedNode(subject), None, None)
        return [quad for quad in found if _text(quad.graph_name) != self._conclusions]


def _one(statement: str, by_subject: _Subjects, home: str) -> list[ox.Quad]:
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
    own = by_subject.of(statement)
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
        for q in by_subject.of(activity.value):
            if q.predicate.value == Outside.WAS_ASSOCIATED_WITH.value:
                out.append(ox.Quad(pub, ox.NamedNode(_DCT + "creator"), q.object, info))
    out.append(ox.Quad(pub, ox.NamedNode(_DCT + "subject"), ox.NamedNode(statement), info))
    return out


def _assertion(own: list[ox.Quad], by_subject: _Subjects, graph: ox.NamedNode) -> list[ox.Quad]:
    """The statement, its figures and the speaker's office, whoever relays it, and who they all are by name and kind."""
    told = [q for q in own if _said(q)]
    for q in list(told):
        if q.predicate.value in _WHOLE:
            told += [x for x in by_subject.of(q.object.value) if _said(x)]  # type: ignore[union-attr]
        elif q.predicate.value == Property.WITHIN.value:
            told += [x for x in by_subject.of(q.object.value) if x.predicate.value in _RELAY]  # type: ignore[union-attr]
    for q in list(told):
        if q.predicate.value in _NAMED:
            told += [x for x in by_subject.of(q.object.value) if x.predicate.value in _WHO]  # type: ignore[union-attr]
    return sorted({ox.Quad(q.subject, q.predicate, q.object, graph) for q in told}, key=str)


def _said(quad: ox.Quad) -> bool:
    return quad.predicate.value in _TERMS


def _extraction(article: object, by_subject: _Subjects, home: str) -> ox.NamedNode | None:
    if not isinstance(article, ox.NamedNode):
        return None
    activity = ox.NamedNode(f"{home}extraction/{article.value.rsplit('/', 1)[1]}")
    return activity if by_subject.of(activity.value) else None
