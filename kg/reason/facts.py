"""The part of a graph that reasoning needs: types, ties between things, who is told to be the same, and values. What was
concluded before is left out.

The characters that prove things are left out too: nothing follows from them, and they are many. Values are those of the datatypes that OWL 2 has; what is of another one (a day without an hour, EDTF) is no fact for any
reasoner of OWL 2 DL.
"""

from __future__ import annotations

from collections.abc import Collection

import pyoxigraph as ox

from kg import vocabulary as v
from kg.rdf import minting
from kg.rdf.ontology import Triples
from kg.store import Store

_P = v.Property
_LEAVE_PROPERTIES = frozenset(
    p.value
    for p in (
        _P.EVIDENCE, _P.SOURCE_EVIDENCE, _P.CUE_EVIDENCE, _P.CONTENT_EVIDENCE, _P.MENTION, _P.FORM, _P.DATING, _P.EVENT_TYPE,
        _P.UNIT_TYPE,
    )
)  # fmt: skip
IDENTITY = frozenset(v.OWL + name for name in ("sameAs", "differentFrom"))
"""Properties that tell of two things that they are one, or that they are not."""

_OWN = frozenset(p.value for p in _P)
_DATATYPES = frozenset(
    {v.RDF + "langString", v.RDF + "PlainLiteral"}
    | {
        v.XSD + name
        for name in (
            "string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN", "boolean", "decimal", "integer", "nonNegativeInteger",
            "nonPositiveInteger", "positiveInteger", "negativeInteger", "long", "int", "short", "byte", "unsignedLong", "unsignedInt",
            "unsignedShort", "unsignedByte", "double", "float", "hexBinary", "base64Binary", "anyURI", "dateTime", "dateTimeStamp",
        )
    }
)  # fmt: skip
"""The datatypes of OWL 2 (W3C 2012, section 4) but that of rational numbers, which RDF engines do not know."""


def facts(store: Store, terms: Collection[str] = (), *, values: bool = False) -> Triples:
    """The asserted triples of ``store`` that reasoning needs, in a fixed order: those in the terms of kg, or in ``terms``, the
    classes and properties of somebody else's ontology; with ``values``, those whose objects are literals, too.
    """
    found: set[ox.Triple] = set()
    inferred = store.graph_name(v.Graph.INFERRED)
    for quad in store.quads():
        if getattr(quad.graph_name, "value", "") == inferred or isinstance(quad.object, ox.Triple):
            continue
        if isinstance(quad.object, ox.Literal) and not (values and quad.object.datatype.value in _DATATYPES):
            continue
        name = quad.predicate.value
        kind = getattr(quad.object, "value", "")
        if name == v.TYPE:
            needed = kind.startswith(v.KG) or kind in terms
        elif name.startswith(v.KG) or name in _OWN:
            needed = name not in _LEAVE_PROPERTIES and minting.span(getattr(quad.subject, "value", "")) is None
        else:
            needed = name in IDENTITY or name in terms
        if needed:
            found.add(quad.triple)
    return tuple(sorted(found, key=str))
