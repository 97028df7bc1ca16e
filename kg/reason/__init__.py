"""Reasoning over the ontology and the graph: is it consistent and if not, why; what follows from it.

Two reasoners. HermiT (OWL 2 DL) is complete, and ends at some ten thousand facts. The rules (OWL 2 RL, :mod:`.rules`)
reach millions and conclude the same for all that the ontology uses today; tests hold the two against each other. What is
concluded goes into a graph of its own, with its provenance, and is never mixed with what was extracted.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import pyoxigraph as ox

from kg import vocabulary as v
from kg.errors import OntologyError
from kg.model import digest
from kg.rdf import ontology as files
from kg.rdf.describing import Words
from kg.reason import explain, hermit, rules
from kg.reason.contradicting import Look, Suspect
from kg.reason.explain import Explanation
from kg.reason.facts import IDENTITY, Needed, around, facts
from kg.reason.parts import Asserted, Part
from kg.store import Store

__all__ = [
    "HERMIT_MOST",
    "Consistency",
    "Explanation",
    "Report",
    "check",
    "classify",
    "forget",
    "infer",
    "refresh",
    "write",
]

Method = Literal["rules", "hermit"]

HERMIT_MOST: Final = 100_000
"""So many facts, values among them, are given to HermiT at most (tests/bench/ontology.md); beyond that, the rules alone decide."""

HERMIT_CONCLUDES_MOST: Final = 30_000
"""From so many facts HermiT is asked what follows at most: two minutes (tests/bench/ontology.md), and much more with each more."""

_AGENTS: Final = {"rules": "OWL 2 RL rules of kg", "hermit": "HermiT, as shipped with owlready2"}


@dataclass(frozen=True, slots=True)
class Report:
    """Whether the graph is consistent with the ontology: what is wrong, how much more is, and who decided."""

    explanations: tuple[Explanation, ...]
    more: int
    reasoner: str

    @property
    def consistent(self) -> bool:
        return not self.explanations


def check(store: Store, *, ontology: Path | None = None) -> Report:
    """Whether ``store`` is consistent with the ontology (or with that of another file), and an explanation where not.

    A quick look goes through the store part by part and says which things may contradict the ontology. Around these the
    rules decide, since they are fast and explain well; where they find nothing, HermiT has the last word on graphs that it can
    reach. Raises ``OntologyError`` for an ontology that does not parse and without a Java runtime.
    """
    consistency = Consistency(store, ontology=ontology)
    for part in Asserted(store).parts():
        consistency.look(part)
    return consistency.report()


class Consistency:
    """The same for who goes through all parts of the store anyway: each is given to :meth:`look` before :meth:`report`."""

    def __init__(self, store: Store, *, ontology: Path | None = None) -> None:
        self._core = _core(ontology)
        self._asserted, self._needed = Asserted(store), Needed(_terms(self._core))
        self._look = Look(self._asserted, self._core, self._needed)
        self._suspects: set[Suspect] = set()

    def look(self, part: Part) -> None:
        """Look through a part of the store (:meth:`kg.reason.parts.Asserted.parts`)."""
        self._suspects.update(self._look.suspects(part))

    def report(self) -> Report:
        """What the parts come to."""
        core, suspects = self._core, self._suspects | set(self._look.rest())
        words = Words(self._asserted.store)
        if self._look.facts > HERMIT_MOST:
            return _by_rules_alone(core, suspects, self._asserted, self._needed, words)
        known = facts(self._asserted.store, self._needed.terms, values=True)
        found, more = explain.by_rules(core, known, words) if suspects else ([], 0)
        if found:
            return Report(tuple(found), more, _AGENTS["rules"])
        if hermit.consistent(core + known):
            return Report((), 0, _AGENTS["hermit"])
        return Report((explain.by_hermit(core, known, words),), 0, _AGENTS["hermit"])


def _by_rules_alone(
    core: files.Triples, suspects: set[Suspect], asserted: Asserted, needed: Needed, words: Words
) -> Report:
    """What the rules say of a graph that HermiT does not reach: around the suspects, and of all only if that leaves it open."""

    def near(things: Collection[str]) -> files.Triples:
        return around(asserted, things, needed)

    found, more, settled = explain.around_suspects(core, suspects, near, words)
    if not found and not settled:
        found, more = explain.by_rules(core, facts(asserted.store, needed.terms, values=True), words)
    return Report(tuple(found), more, _AGENTS["rules"])


def classify(*, ontology: Path | None = None) -> hermit.Classification:
    """The hierarchy of classes that follows from the ontology, and the classes that can have no members."""
    return hermit.classify(_core(ontology))


def infer(store: Store, *, method: Method = "rules", ontology: Path | None = None) -> list[ox.Quad]:
    """What follows from the graph and is not in it, as quads of the graph ``Graph.INFERRED``, in a fixed order.

    Left out is what the hierarchy of classes says anyway (that every statement is a thing of one article), that two
    things are the same (only a person says that), and what is told of one thing and follows of another that somebody says
    is the same. Raises ``OntologyError`` where the graph is inconsistent.
    """
    core = _core(ontology)
    told_all = facts(store, _terms(core))
    known = tuple(t for t in told_all if t.predicate.value not in IDENTITY)
    _within_reach(method, len(known))
    found = set[ox.Triple]()
    wrong: list[rules.Clash] = []
    if method == "rules" and known == told_all:
        found, wrong = rules.concluded(core + known)
    elif method == "rules" or known != told_all:
        wrong = rules.clashes(core + told_all)
    if wrong:
        raise OntologyError("The graph is inconsistent with the ontology; “kg check” says why. Nothing was concluded.")
    if method == "hermit":
        found = hermit.closure(core + known)
    elif known != told_all:
        found = rules.closure(core + known)
    things = {t.subject for t in known} | {t.object for t in known}
    above = _above(core)
    told = {(t.subject, name) for t in known if t.predicate.value == v.TYPE for name in above.get(_iri(t.object), ())}
    graph = ox.NamedNode(v.Graph.INFERRED.value)
    return sorted(
        (
            ox.Quad(t.subject, t.predicate, t.object, graph)
            for t in found
            if t.subject in things
            and _iri(t.subject).startswith((store.base, v.COUNTRIES))
            and t.predicate.value != v.OWL + "sameAs"
            and (t.subject, _iri(t.object)) not in told
            and (t.predicate.value != v.TYPE or _iri(t.object).startswith(v.KG))
        ),
        key=str,
    )


def _within_reach(method: Method, facts: int) -> None:
    """Raises ``OntologyError`` for more facts than HermiT concludes from in any reasonable time."""
    if method == "hermit" and facts > HERMIT_CONCLUDES_MOST:
        raise OntologyError(
            f"HermiT concludes from up to {HERMIT_CONCLUDES_MOST:,} facts, and this graph has {facts:,}; leave it to the rules, "
            "which conclude the same (“kg infer” without “--reasoner hermit”). Nothing was concluded."
        )


def write(store: Store, *, method: Method = "rules", ontology: Path | None = None) -> list[ox.Quad]:
    """Make the graph ``Graph.INFERRED`` of ``store`` hold what follows, with its provenance; returns its quads."""
    quads = infer(store, method=method, ontology=ontology)
    _replace(store, quads, _provenance(method, store))
    return quads


def forget(store: Store) -> None:
    """Remove what was concluded, with its provenance."""
    _replace(store, [], [])


def refresh(store: Store) -> None:
    """Conclude anew where something was concluded before, since the graph has changed; nothing stays that does not follow."""
    if not any(store.quads(v.Graph.INFERRED)):
        return
    try:
        write(store)
    except OntologyError:
        forget(store)


def _replace(store: Store, quads: list[ox.Quad], provenance: list[ox.Quad]) -> None:
    inferred = ox.NamedNode(store.graph_name(v.Graph.INFERRED))
    old = set(store.subjects_of_type(v.Class.INFERENCE.value))
    old |= {agent for activity in old for agent in store.objects(_iri(activity), v.Outside.WAS_ASSOCIATED_WITH)}  # type: ignore[misc]
    kept = [quad for quad in store.quads(v.Graph.PROVENANCE) if quad.subject not in old and quad.subject != inferred]
    with store.transaction():
        store.replace_graph(v.Graph.INFERRED, quads)
        store.replace_graph(v.Graph.PROVENANCE, [*kept, *provenance])


def _provenance(method: Method, store: Store) -> list[ox.Quad]:
    home = ox.NamedNode(v.Graph.PROVENANCE.value)
    inferred = ox.NamedNode(v.Graph.INFERRED.value)
    activity = ox.NamedNode(f"{v.DATA}inference/{digest(method, v.VERSION)}")
    agent = ox.NamedNode(f"{v.DATA}reasoner/{method}")
    version = ox.NamedNode(v.version_iri())
    left_out = [store.graph_name(graph) for graph in (v.Graph.INFERRED, v.Graph.PROVENANCE)]
    used = [ox.NamedNode(g) for g in store.graphs() if g not in left_out]
    ties: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
        (activity, v.TYPE, ox.NamedNode(v.Class.INFERENCE.value)),
        *((activity, v.Outside.USED.value, graph) for graph in (*used, version)),
        (activity, v.Outside.WAS_ASSOCIATED_WITH.value, agent),
        (agent, v.TYPE, ox.NamedNode(v.Outside.SOFTWARE_AGENT.value)),
        (agent, v.LABEL, ox.Literal(_AGENTS[method])),
        (inferred, v.Outside.WAS_GENERATED_BY.value, activity),
        (inferred, v.Outside.CONFORMS_TO.value, version),
    ]
    return [ox.Quad(s, ox.NamedNode(p), o, home) for s, p, o in ties]


def _core(path: Path | None) -> files.Triples:
    if path is None:
        return files.axioms(files.core())
    triples = files.parsed(path)
    for iri in hermit.imports(triples):
        if iri not in (v.ONTOLOGY, v.version_iri()):
            raise OntologyError(
                f"The ontology {path} imports {iri} (owl:imports), and kg fetches nothing; "
                "put what it says into the file and take the import out."
            )
        triples += files.core()
    return files.axioms(triples)


def _terms(core: files.Triples) -> frozenset[str]:
    """The classes and properties that an ontology of somebody else's has beside those of kg."""
    kinds = {v.OWL + name for name in ("Class", "ObjectProperty")} | {v.RDFS + "Class"}
    own = {t.subject for t in files.core()}
    return frozenset(
        _iri(t.subject)
        for t in core
        if t.predicate.value == v.TYPE and _iri(t.object) in kinds and t.subject not in own
    )


def _above(core: files.Triples) -> dict[str, set[str]]:
    """The named classes above each class, by what the ontology tells of subclasses."""
    direct: dict[str, set[str]] = {}
    for t in core:
        if t.predicate.value == v.RDFS + "subClassOf" and isinstance(t.object, ox.NamedNode):
            direct.setdefault(_iri(t.subject), set()).add(t.object.value)
    out: dict[str, set[str]] = {}
    for name in direct:
        todo, seen = [name], set[str]()
        while todo:
            for high in direct.get(todo.pop(), ()):
                if high not in seen:
                    seen.add(high)
                    todo.append(high)
        out[name] = seen
    return out


def _iri(term: object) -> str:
    return str(getattr(term, "value", term))
