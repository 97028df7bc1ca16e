"""How far each reasoner goes: time and memory over graphs of 1,000 to 1,000,000 triples, and where each ends.

Run ``python tests/bench/ontology_reasoning.py`` (about half an hour) or with ``--sizes 1000 10000 --seconds 60``. The graphs
are copies of ``tests/data/shapes/base.ttl``, each with its own articles and entities, so that the share of what reasoning
needs is that of a real graph. Each run is a process of its own, ended after ``--seconds`` or above ``--memory`` GB.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox

BASE = Path(__file__).parents[1] / "data" / "shapes" / "base.ttl"
METHODS = {
    "hermit, consistent": "HermiT: consistent?",
    "hermit, closure": "HermiT: what follows",
    "rules, clashes": "kg's rules: consistent?",
    "rules, closure": "kg's rules: what follows",
    "owlrl": "owlrl: what follows",
    "reasonable": "reasonable: what follows (no chains)",
    "shacl": "pySHACL: shapes",
    "evidence": "quotations against the text",
}


def copies(triples: int):  # type: ignore[no-untyped-def]
    """A store with about so many triples."""
    from kg import vocabulary as v
    from kg.store import Store

    base = [quad.triple for quad in ox.parse(BASE.read_bytes(), format=ox.RdfFormat.TURTLE)]
    kept = (v.ONTOLOGY, v.DATA + "extractor/", v.DATA + "shapes")

    def renamed(term: object, number: int) -> object:
        if not isinstance(term, ox.NamedNode) or not term.value.startswith(v.DATA) or term.value.startswith(kept):
            return term
        kind, _, rest = term.value.removeprefix(v.DATA).partition("/")
        return ox.NamedNode(f"{v.DATA}{kind}/copy-{number}-{rest}")

    inner = ox.Store()
    for number in range(max(1, round(triples / len(base)))):
        inner.bulk_extend(
            ox.Quad(renamed(t.subject, number), t.predicate, renamed(t.object, number))  # type: ignore[arg-type]
            for t in base
        )
    return Store(inner, None)


def one(method: str, size: int) -> dict[str, float]:
    """Run one method; its seconds, without making the graph, and what it found."""
    from kg.rdf import ontology as files
    from kg.reason import hermit, rules, validate
    from kg.reason.facts import facts

    store = copies(size)
    start, used = time.perf_counter(), _cpu()
    if method == "shacl":
        found = len(validate.shapes(store))
    elif method == "evidence":
        found = len(validate.evidence(store))
    else:
        known = facts(store)
        everything = files.axioms(files.core()) + known
        if method == "hermit, consistent":
            found = int(hermit.consistent(everything))
        elif method == "hermit, closure":
            found = len(hermit.closure(everything))
        elif method == "rules, clashes":
            found = int(not rules.clashes(everything))
        elif method == "rules, closure":
            found = len(rules.closure(everything))
        else:
            found = _library(method, everything)
    seconds = time.perf_counter() - start
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1e6
    return {"triples": len(store), "seconds": seconds, "cpu": _cpu() - used, "found": found, "gigabytes": peak}


def _cpu() -> float:
    """Seconds of CPU of this process and of those that it started and that ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _library(method: str, everything: tuple[ox.Triple, ...]) -> int:
    import rdflib

    text = ox.serialize(list(everything), format=ox.RdfFormat.N_TRIPLES) or b""
    graph = rdflib.Graph().parse(data=text, format="nt")
    before = len(graph)
    if method == "owlrl":
        import owlrl

        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
        return len(graph) - before
    import reasonable

    reasoner = reasonable.PyReasoner()
    reasoner.from_graph(graph)
    return len(reasoner.reason()) - before


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--methods", nargs="+", default=list(METHODS))
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--memory", type=float, default=8.0, help="gigabytes")
    parser.add_argument("--one", nargs=2, metavar=("METHOD", "SIZE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.one[0], int(options.one[1]))))
        return
    print(f"| reasoner | {' | '.join(f'{size:,} triples' for size in options.sizes)} |")
    print(f"| --- |{' ---: |' * len(options.sizes)}")
    for method in options.methods:
        cells, ended = [], False
        for size in options.sizes:
            cell = "–" if ended else _cell(method, size, options.seconds, options.memory)
            ended = ended or not cell[:1].isdigit()
            cells.append(cell)
        print(f"| {METHODS[method]} | {' | '.join(cells)} |", flush=True)


def _cell(method: str, size: int, seconds: float, memory: float) -> str:
    limit = int(memory * 2**30)
    # Java reserves far more address space than it uses; it has its own limit (kg.reason.hermit.MEMORY).
    capped = None if method.startswith("hermit") else lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    command = [sys.executable, __file__, "--one", method, str(size)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, preexec_fn=capped, check=False)
    except subprocess.TimeoutExpired:
        return f"over {seconds:.0f} s"
    if done.returncode != 0:
        last = done.stderr.strip().rsplit("\n", 1)[-1][:60]
        return f"ended: {'out of memory' if 'Memory' in last or not last else last}"
    found = json.loads(done.stdout)
    return f"{found['seconds']:.1f} s, CPU {found['cpu']:.1f} s, {found['gigabytes']:.1f} GB"


if __name__ == "__main__":
    main()
