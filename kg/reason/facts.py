"""The part of a graph that reasoning needs: types, and ties between things. What was concluded before is left out.

Texts, selectors and the characters that prove things are left out too: nothing follows from them, and they are six in
seven of all triples.
"""

from __future__ import annotations

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


def facts(store: Store) -> Triples:
    """The asserted triples of ``store`` that reasoning needs, in a fixed order."""
    left = {
        subject
        for kind in _LEAVE_CLASSES
        for subject in store.subjects_of_type(kind)
    }  # fmt: skip
    found: set[ox.Triple] = set()
    inferred = store.graph_name(v.Graph.INFERRED)
    for quad in store.quads():
        if getattr(quad.graph_name, "value", "") == inferred or isinstance(quad.object, ox.Literal | ox.Triple):
            continue
        name = quad.predicate.value
        kind = getattr(quad.object, "value", "")
        if name == v.TYPE:
            if kind.startswith(v.KG) and kind not in _LEAVE_CLASSES:
                found.add(quad.triple)
        elif name.startswith(v.KG) and name not in _LEAVE_PROPERTIES and quad.subject not in left:
            found.add(quad.triple)
    return tuple(sorted(found, key=str))
