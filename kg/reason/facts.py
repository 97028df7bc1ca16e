"""The part of a graph that reasoning needs: types, ties between things, who is told to be the same, and values. What was
concluded before is left out.

The characters that prove things are left out too: nothing follows from them, and they are many. Values are those of the datatypes that OWL 2 has; what is of another one (a day without an hour, EDTF) is no fact for any
reasoner of OWL 2 DL.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice

import pyoxigraph as ox

from kg import vocabulary as v
from kg.rdf import minting
from kg.rdf.ontology import Triples
from kg.reason.parts import Asserted, Facts, Thing, node
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

_HOLDERS = 20  # of a thing, by one property: the next tells no more than the first, and a country has thousands
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


def _is_own(name: str) -> bool:
    return name.startswith(v.KG) or name in _OWN


class Needed:
    """What of a graph reasoning needs: what is in the terms of kg, or in ``terms``, the classes and properties of somebody
    else's ontology.
    """

    def __init__(self, terms: Collection[str] = ()) -> None:
        self.terms = terms
        self._properties: dict[str, bool] = {}

    def kind(self, name: str) -> bool:
        """Whether a class is needed."""
        return name.startswith(v.KG) or name in self.terms

    def property(self, name: str) -> bool:
        """Whether a property is needed, of all but characters."""
        found = self._properties.get(name)
        if found is None:
            found = name not in _LEAVE_PROPERTIES if _is_own(name) else name in IDENTITY or name in self.terms
            self._properties[name] = found
        return found

    def value(self, literal: ox.Literal) -> bool:
        """Whether a literal is of a datatype of OWL 2."""
        return literal.datatype.value in _DATATYPES

    def triple(self, triple: ox.Triple, *, values: bool) -> bool:
        """Whether a triple is needed; of those whose objects are literals, where ``values`` are asked for."""
        if isinstance(triple.object, ox.Triple):
            return False
        if isinstance(triple.object, ox.Literal) and not (values and self.value(triple.object)):
            return False
        name = triple.predicate.value
        if name == v.TYPE:
            return self.kind(getattr(triple.object, "value", ""))
        return self.property(name) and (not _is_own(name) or minting.span(getattr(triple.subject, "value", "")) is None)

    def of(self, thing: Thing, told: Facts) -> Facts:
        """What is needed of what is told of a thing."""
        characters = isinstance(thing, str) and minting.span(thing) is not None
        own = {
            name: values
            for name, values in told.items()
            if self.property(name) and name != v.TYPE and not (characters and _is_own(name))
        }
        kinds = [kind for kind in told.get(v.TYPE, ()) if isinstance(kind, str) and self.kind(kind)]
        return {**own, v.TYPE: kinds} if kinds else own


def facts(store: Store, terms: Collection[str] = (), *, values: bool = False) -> Triples:
    """The asserted triples of ``store`` that reasoning needs, in a fixed order: those in the terms of kg, or in ``terms``, the
    classes and properties of somebody else's ontology; with ``values``, those whose objects are literals, too.
    """
    found: set[ox.Triple] = set()
    inferred = store.graph_name(v.Graph.INFERRED)
    needed = Needed(terms)
    for quad in store.quads():
        if getattr(quad.graph_name, "value", "") != inferred and needed.triple(quad.triple, values=values):
            found.add(quad.triple)
    return tuple(sorted(found, key=str))


def around(asserted: Asserted, things: Collection[str], needed: Needed) -> Triples:
    """The facts of which some things are a part, values among them; of what has one as a property, some for each property."""
    found = set()
    for thing, had_as in {**dict.fromkeys(things, frozenset[str]()), **asserted.ties(things)}.items():
        told = asserted.facts(thing)
        found |= {ox.Triple(node(thing), ox.NamedNode(p), node(x)) for p, values in told.items() for x in values}
        for prop in filter(needed.property, had_as):
            holders = islice(asserted.holders(thing, prop), _HOLDERS)
            found |= {ox.Triple(node(x), ox.NamedNode(prop), node(thing)) for _, x in holders}
    return tuple(sorted((triple for triple in found if needed.triple(triple, values=True)), key=str))
