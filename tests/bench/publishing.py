"""A whole store on Virtuoso: published, killed in the middle, resumed, replayed; then every named question asked on both.

    python -m tests.bench.publishing STORE [--questions] [--serve]

Virtuoso is started on loopback with an empty folder (``tests/virtuoso.py``). Seconds are those of a processor, of ``kg publish`` alone. Counts are
triples a graph, at the server and in the store. ``--serve`` asks kg's own endpoint (``kg serve``) the same questions.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg import query
from kg.errors import KgError
from kg.query.remote import Endpoint
from kg.store import Store
from tests import virtuoso
from tests.bench.questions_scale import cases, most_told_of

_COUNTS = 'SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), "%s")) } GROUP BY ?g'


def publishing(store: Path, server: str, listed: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kg", "publish", "--store", str(store), "--to", f"{server}/sparql-graph-crud-auth"]
    return subprocess.Popen(
        [*command, "--user", virtuoso.USER, "--manifest", str(listed), *more], env={**os.environ, "KG_PASSWORD": virtuoso.PASSWORD}
    )  # fmt: skip


def ended(process: subprocess.Popen[bytes], what: str) -> None:
    _, status, used = os.wait4(process.pid, 0)
    print(
        f"{what}: exit {os.waitstatus_to_exitcode(status)}, {used.ru_utime + used.ru_stime:.1f} s, {used.ru_maxrss >> 10} MB",
        flush=True,
    )


def compared(what: str, store: Store, listed: dict[str, int], endpoint: Endpoint) -> None:
    rows = query.run(endpoint, query.parse(_COUNTS % store.base)).rows
    found = {str(graph): int(str(number)) for graph, number in rows}
    print(
        f"{what}: {len(found)} graphs, {sum(found.values())} triples, {'as in the store' if found == listed else 'OTHER THAN IN THE STORE'}",
        flush=True,
    )


def asked(store: Store, endpoint: Endpoint, only: list[str]) -> None:
    """Every named question on both: rows, seconds of the clock at the server, and whether the rows are equal, in the same order."""
    told = most_told_of(store)
    for name, one in query.named().items():
        for params in cases(one, told) if not only or name in only else ():
            own = query.run(store, one, params)
            begun = time.perf_counter()
            try:
                there = query.run(endpoint, one, params, timeout=300)
            except KgError as error:
                print(f"{name:28} {error} {params}", flush=True)
                continue
            seconds = time.perf_counter() - begun
            here, other = ([[query.plain(cell) for cell in row] for row in rows.rows] for rows in (own, there))
            same = (
                "same"
                if here == other
                else "OTHER ORDER"
                if sorted(map(str, here)) == sorted(map(str, other))
                else "OTHER ROWS"
            )
            print(f"{name:28} {len(own):7} {len(there):7} {seconds:6.2f} {same} {params}", flush=True)


@contextmanager
def served(store: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", "--timeout", "300"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )  # fmt: skip
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.search(r"http://[\w.:]+", line):
                yield found[0]
                break
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--questions", action="store_true")
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("--once", action="store_true", help="publish once, without a kill and a replay")
    parser.add_argument("--only", nargs="*", default=[])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Store.open(given.store, read_only=True) as store:
        listed = {graph: sum(1 for _ in store.quads(graph)) for graph in store.graphs()}
        print(f"the store: {len(listed)} graphs, {sum(listed.values())} triples", flush=True)
        if given.serve:
            with served(given.store) as url, Endpoint(f"{url}/sparql") as endpoint:
                asked(store, endpoint, given.only)
            return
        (Path(folder) / "server").mkdir()
        with virtuoso.started(Path(folder) / "server") as url, Endpoint(f"{url}/sparql") as endpoint:
            manifest = Path(folder) / "published"
            if not given.once:
                process = publishing(given.store, url, manifest)
                while process.poll() is None and (
                    not manifest.exists() or len(manifest.read_bytes().splitlines()) < len(listed) // 2
                ):
                    time.sleep(0.05)
                process.send_signal(signal.SIGKILL)
                ended(process, "killed (-9) in the middle")
                compared("after the kill", store, listed, endpoint)
            ended(publishing(given.store, url, manifest), "published, or resumed")
            compared("then", store, listed, endpoint)
            if not given.once:
                ended(publishing(given.store, url, manifest, "--again"), "replayed (--again)")
                compared("then", store, listed, endpoint)
            if given.questions:
                asked(store, endpoint, given.only)


if __name__ == "__main__":
    main()
