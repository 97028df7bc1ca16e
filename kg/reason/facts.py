"""The part of a graph that reasoning needs: types, ties between things, and who is told to be the same. What was concluded
before is left out.

Texts, selectors and the characters that prove things are left out too: nothing follows from them, and they are six in
seven of all triples.
"""

from __future__ import annotations

from collections.abc import Collection

import pyoxigraph as ox

from kg import vocabulary as v
from kg.rdf.ontology import Triples
from kg.store import Store

_P = v.Property
_LEAVE_PROPERTIES = frozenset(
    p.value
    for p in (
        _P.EVIDENCE, _P.SOURCE_EVIDENCE, _P.CUE_EVIDENCE, _P.CONTENT_EVIDENCE, _P.MENTION, _P.FORM, _P.ENTITY_TYPE,
    )
)  # fmt: skip
_LEAVE_CLASSES = frozenset({v.Class.MENTION.value, v.Class.EVIDENCE.value})
IDENTITY = frozenset(v.OWL + name for name in ("sameAs", "differentFrom"))
"""Properties that tell of two things that they are one, or that they are not."""


def facts(store: Store, terms: Collection[str] = ()) -> Triples:
    """The asserted triples of ``store`` that reasoning needs, in a fixed order: those in the terms of kg, or in ``terms``, the
    classes and properties of somebody else's ontology.
    """
    left = {
        subject
        for kind in _LEAVE_CLASSES
        for subject in store.subjects_of_type(kind)
    }  # fmt: skip
    found: set[ox.Triple] = set()
    for quad in store.quads():
        if getattr(quad.graph_name, "value", "") == v.Graph.INFERRED or isinstance(quad.object, ox.Literal | ox.Triple):
            continue
        name = quad.predicate.value
        kind = getattr(quad.object, "value", "")
        if name == v.TYPE:
            needed = (kind.startswith(v.KG) or kind in terms) and kind not in _LEAVE_CLASSES
        elif name.startswith(v.KG):
            needed = name not in _LEAVE_PROPERTIES and quad.subject not in left
        else:
            needed = name in IDENTITY or name in terms
        if needed:
            found.add(quad.triple)
    return tuple(sorted(found, key=str))
