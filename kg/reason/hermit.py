"""HermiT, an OWL 2 DL reasoner: complete for the ontology, for graphs of some thousand triples.

It is the build that owlready2 ships (HermiT with ``-Y``, which prints the ties of things). It is run directly and not by
``owlready2.sync_reasoner``, which takes three times as long on the same graph and knows no time limit. Java is sealed off
(:mod:`kg.sealed`), and what an ontology imports is never fetched.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg import sealed
from kg import vocabulary as v
from kg.errors import OntologyError
from kg.rdf.ontology import Triples
from kg.reason.facts import IDENTITY
from kg.reason.java import java

MEMORY: Final = 2000
"""The most memory that Java may take, in megabytes."""

_SCHEMA: Final = (v.OWL, v.RDFS, v.RDF)  # what a term of an ontology is declared as is one of these
_IMPORTS: Final = v.OWL + "imports"
_MAIN: Final = "org.semanticweb.HermiT.cli.CommandLine"
# A reasoner that runs for a second gains nothing from the optimising compiler and a parallel collector.
_JAVA_OPTIONS: Final = (f"-Xmx{MEMORY}M", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")

_AXIOM: Final = re.compile(r"^([A-Za-z]+)\( ((?:<[^>]+>\s*)+)\)$", re.MULTILINE)
_TIES: Final = re.compile(r"^<([^>]+)> \(known instances:\s*(.*?)(?:\s*\|\s*)possible instances:", re.MULTILINE)
_PAIR: Final = re.compile(r"\(<([^>]+)>, <([^>]+)>\)")
_IRI: Final = re.compile(r"<([^>]+)>")


@dataclass(frozen=True, slots=True)
class Classification:
    """What follows about classes: pairs of class and superclass (the nearest ones), and classes without any member."""

    above: frozenset[tuple[str, str]]
    unsatisfiable: frozenset[str]


def consistent(triples: Triples, *, seconds: float | None = None) -> bool:
    """Whether ontology and facts together can be true. ``TimeoutError`` after ``seconds``."""
    return _run(triples, "-k", seconds=seconds) is not None


def classify(triples: Triples, *, seconds: float | None = None) -> Classification:
    """The hierarchy of classes that follows from an ontology; ``OntologyError`` where it is inconsistent in itself."""
    output = _run(triples, "-c", seconds=seconds)
    if output is None:
        raise OntologyError("The ontology is inconsistent in itself.")
    above, _, empty = _axioms(output)
    return Classification(frozenset(above), frozenset(empty))


def closure(triples: Triples, *, seconds: float | None = None) -> set[ox.Triple]:
    """Types and ties of things that follow from ``triples`` (ontology and facts together) and are not told.

    Raises ``OntologyError`` where the triples are inconsistent, since then everything follows.
    """
    output = _run(triples, "-c", "-I", "-Y", seconds=seconds)
    if output is None:
        raise OntologyError("The graph is inconsistent with the ontology, so that anything would follow from it.")
    above, types, _ = _axioms(output)
    higher: dict[str, set[str]] = {}
    for low, high in above:
        higher.setdefault(low, set()).add(high)
    wider = _told(triples, v.RDFS + "subPropertyOf")
    type_ = ox.NamedNode(v.TYPE)
    found = {
        ox.Triple(ox.NamedNode(thing), type_, ox.NamedNode(name))
        for thing, kind in types
        for name in _upwards(kind, higher)
    }  # fmt: skip
    for prop, known in _TIES.findall(output):
        if prop.startswith(v.OWL):
            continue
        # HermiT lists a tie under the narrowest property only.
        for name in _upwards(prop, wider):
            found |= {ox.Triple(ox.NamedNode(a), ox.NamedNode(name), ox.NamedNode(b)) for a, b in _PAIR.findall(known)}
    return found - set(triples)


def imports(triples: Triples) -> list[str]:
    """What an ontology says that it imports (IRIs), in order."""
    return sorted({str(getattr(t.object, "value", t.object)) for t in triples if t.predicate.value == _IMPORTS})


def _run(triples: Triples, *options: str, seconds: float | None = None) -> str | None:
    """What HermiT prints; ``None`` for an inconsistent ontology."""
    import owlready2

    home = Path(owlready2.__file__).parent / "hermit"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.nt"
        file.write_bytes(ox.serialize(_declared(triples), format=ox.RdfFormat.N_TRIPLES) or b"")
        command = [java(), *_JAVA_OPTIONS, "-cp", os.pathsep.join((str(home), str(home / "HermiT.jar"))), _MAIN, *options, file.as_uri()]  # fmt: skip
        try:
            done = subprocess.run(
                sealed.program(command, seconds),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                encoding="utf-8",
                timeout=seconds,
                check=False,
                cwd=folder,
            )
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"HermiT did not end within {seconds:.0f} seconds.") from None
        except OSError as error:
            raise OntologyError(f"Java cannot be started: {error.strerror or error}.") from error
    if done.returncode == 0:
        return done.stdout
    if "InconsistentOntologyException" in done.stderr:
        return None
    raise OntologyError(f"HermiT stopped: {_reason(done.stderr or done.stdout)}")


def _declared(triples: Triples) -> list[ox.Triple]:
    """With every thing of the facts declared as an individual, as OWL 2 DL wants it, and without imports, which are fetched."""
    type_, individual = ox.NamedNode(v.TYPE), ox.NamedNode(v.OWL + "NamedIndividual")
    terms = {t.subject for t in triples if t.predicate == type_ and getattr(t.object, "value", "").startswith(_SCHEMA)}
    told = [t for t in triples if t.predicate.value != _IMPORTS]
    things: set[ox.NamedNode] = set()
    for t in told:
        if t.predicate == type_ and t.object in terms:
            things |= {x for x in (t.subject,) if isinstance(x, ox.NamedNode)}
        elif t.predicate in terms or t.predicate.value in IDENTITY:
            things |= {x for x in (t.subject, t.object) if isinstance(x, ox.NamedNode)}
    return [*told, *(ox.Triple(thing, type_, individual) for thing in sorted(things - terms, key=str))]


def _axioms(output: str) -> tuple[set[tuple[str, str]], set[tuple[str, str]], set[str]]:
    """Class and superclass, thing and type, and the classes that can have no members."""
    above: set[tuple[str, str]] = set()
    types: set[tuple[str, str]] = set()
    empty: set[str] = set()
    for kind, names in _AXIOM.findall(output):
        iris = _IRI.findall(names)
        if kind == "SubClassOf" and not iris[0].startswith(v.OWL):
            above.add((iris[0], iris[1]))
        elif kind == "EquivalentClasses":
            if v.OWL + "Nothing" in iris:
                empty |= {iri for iri in iris if not iri.startswith(v.OWL)}
            else:
                above |= {(a, b) for a in iris for b in iris if a != b}
        elif kind == "Type":
            types.add((iris[0], iris[1]) if not iris[0].startswith(v.OWL) else (iris[1], iris[0]))
    return above, types, empty


def _told(triples: Triples, relation: str) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for t in triples:
        if t.predicate.value == relation and isinstance(t.subject, ox.NamedNode) and isinstance(t.object, ox.NamedNode):
            out.setdefault(t.subject.value, set()).add(t.object.value)
    return out


def _upwards(name: str, higher: dict[str, set[str]]) -> set[str]:
    out: set[str] = set()
    todo = [name]
    while todo:
        one = todo.pop()
        if one not in out and not one.startswith(v.OWL):
            out.add(one)
            todo.extend(higher.get(one, ()))
    return out


def _reason(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return (lines[0] if lines else "no reason given").rstrip(".")[:200] + "."
