"""A query in a process of its own, since nothing inside a process can stop one that Oxigraph is working on.

The parent writes one JSON job to the child's standard input (where the quads are, the query, its bindings, the limit) and
reads one JSON answer. When the time is up it ends the child, which has a copy of the store, so that nothing is lost.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query.answers import Answer, Term
from kg.store import Store, unanswered, union


def ask(store: Store, sparql: str, bound: Mapping[str, Term], *, limit: int | None, timeout: float) -> Answer:
    """The answer of ``sparql`` over all graphs of ``store``; ``QueryError`` when it takes more than ``timeout`` seconds.

    The child works on a copy: of hard links for a store on disk, which takes some milliseconds, and of N-Quads for one in
    memory, which takes about a second for 100,000 quads.
    """
    job = {
        "query": sparql,
        "bound": {name: _encode(term) for name, term in bound.items()},
        "limit": limit,
        "inferred": store.inferred,
    }
    if store.path is not None:
        with store.frozen() as directory:
            return _run({**job, "store": str(directory)}, timeout)
    with tempfile.TemporaryDirectory(prefix=".query-") as folder:
        dump = Path(folder) / "quads.nq"
        dump.write_bytes(store.dump())
        return _run({**job, "dump": str(dump)}, timeout)


def read(result: Any, limit: int | None) -> Answer:
    """What pyoxigraph gives as an :class:`Answer`, at most ``limit`` rows or triples of it."""
    if isinstance(result, ox.QueryBoolean | bool):
        return Answer(truth=bool(result))
    found = list(itertools.islice(result, None if limit is None else limit + 1))
    complete = limit is None or len(found) <= limit
    if isinstance(result, ox.QueryTriples):
        return Answer(triples=tuple(found[:limit]), complete=complete)
    columns = tuple(variable.value for variable in result.variables)
    return Answer(columns, tuple(tuple(row) for row in found[:limit]), complete=complete)


def _run(job: Mapping[str, Any], timeout: float) -> Answer:
    paths = [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
    process = subprocess.Popen(
        [sys.executable, "-m", "kg.query.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
    )
    try:
        out, problem = process.communicate(json.dumps(job).encode(), timeout=timeout)
    except subprocess.TimeoutExpired as error:
        raise QueryError(
            f"The query was stopped after {timeout:g} seconds; ask for less, or give it more time with a longer time-out."
        ) from error
    finally:  # also when the user interrupts
        if process.poll() is None:
            process.kill()
            process.communicate()
    try:
        found = json.loads(out)
    except ValueError as error:
        last = problem.decode(errors="replace").strip().rsplit("\n", 1)[-1] or f"exit code {process.returncode}"
        raise QueryError(f"The query ended without an answer: {last.rstrip('.')}.") from error
    if "error" in found:
        raise QueryError(found["error"])
    triples = found["triples"]
    return Answer(
        tuple(found["columns"]),
        tuple(tuple(_decode(cell) for cell in row) for row in found["rows"]),
        triples=None if triples is None else tuple(ox.Triple(*(_decode(t) for t in triple)) for triple in triples),  # type: ignore[arg-type]
        truth=found["truth"],
        complete=found["complete"],
    )


def _encode(term: Any) -> list[Any] | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return ["iri", term.value]
    if isinstance(term, ox.BlankNode):
        return ["blank", term.value]
    if isinstance(term, ox.Literal):
        return ["literal", term.value, term.datatype.value, term.language]
    return ["triple", _encode(term.subject), _encode(term.predicate), _encode(term.object)]


def _decode(code: list[Any] | None) -> Term | None:
    if code is None:
        return None
    if code[0] == "iri":
        return ox.NamedNode(code[1])
    if code[0] == "blank":
        return ox.BlankNode(code[1])
    if code[0] == "literal":
        if code[3]:
            return ox.Literal(code[1], language=code[3])
        return ox.Literal(code[1], datatype=ox.NamedNode(code[2]))
    return ox.Triple(*(_decode(part) for part in code[1:]))  # type: ignore[arg-type]


def _answer(job: Mapping[str, Any]) -> dict[str, Any]:
    if "store" in job:
        inner = ox.Store.read_only(job["store"])
    else:
        inner = ox.Store()
        inner.bulk_load(path=job["dump"], format=ox.RdfFormat.N_QUADS)
    bound: Any = {ox.Variable(name): _decode(code) for name, code in job["bound"].items()}
    result = inner.query(job["query"], **union(inner, job["inferred"]), substitutions=bound or None)
    answer = read(result, job["limit"])
    return {
        "columns": answer.columns,
        "rows": [[_encode(cell) for cell in row] for row in answer.rows],
        "triples": None
        if answer.triples is None
        else [[_encode(part) for part in (t.subject, t.predicate, t.object)] for t in answer.triples],
        "truth": answer.truth,
        "complete": answer.complete,
    }


def _main() -> None:
    job = json.load(sys.stdin)
    try:
        found: dict[str, Any] = _answer(job)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        found = {"error": str(unanswered(job["query"], error))}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    _main()
