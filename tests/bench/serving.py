"""How fast `kg serve` starts and answers on a store, and what it takes of memory; datasette beside it on the same statements.

    python tests/bench/serving.py STORE [--number 100] [--datasette PATH/TO/datasette] [--out tests/bench/serving.json]

Writes one line of JSON: seconds until the first page, resident memory in MB after all pages, and for each page the median and the
95th percentile in milliseconds and the processor time of one, over things drawn by a seed; the first time that each kind of page is
asked for is told apart.
Datasette, where it is named, serves a table of the same statements with an index on its key: a page of 25 rows.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

from kg.serve.pages import addresses
from kg.serve.pages.looking import Graph
from kg.store import Store


def fetch(port: int, path: str, accept: str = "text/html") -> bytes:
    link = HTTPConnection("127.0.0.1", port, timeout=600)
    link.request("GET", path, headers={"Accept": accept})
    reply = link.getresponse()
    body = reply.read()
    link.close()
    assert reply.status == 200, (path, reply.status, body[:200])
    return body


def processor(process: subprocess.Popen[str]) -> float:
    """Seconds of processor time that a process has taken: unlike the clock, hardly another beside other work."""
    told = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def timed(ask: Callable[[str], object], paths: Iterable[str], process: subprocess.Popen[str]) -> dict[str, float]:
    """Milliseconds of the first, of the others the median and the 95th percentile, and the server's processor time for each."""
    took, spent = [], 0.0
    for at, path in enumerate(paths):
        if at == 1:
            spent = processor(process)
        began = time.perf_counter()
        ask(path)
        took.append(1000 * (time.perf_counter() - began))
    first, *others = took
    return {
        "first": round(first, 1),
        "median": round(statistics.median(others), 1),
        "p95": round(sorted(others)[int(0.95 * len(others))], 1),
        "processor": round(1000 * (processor(process) - spent) / len(others), 1),
    }


def started(command: list[str], path: str, found: re.Pattern[str]) -> tuple[subprocess.Popen[str], int, float]:
    """The process, its port, and the seconds until ``path`` is answered."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    port = next(int(match[1]) for line in process.stdout if (match := found.search(line)))
    while True:
        try:
            fetch(port, path)
            return process, port, time.perf_counter() - began
        except OSError:
            time.sleep(0.02)


def memory(process: subprocess.Popen[str]) -> int:
    told = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+)", told)[0]) // 1024


def pages(graph: Graph, number: int) -> dict[str, list[str]]:
    """The paths of each kind of page, drawn by a seed."""
    made = random.Random(1)
    base = graph.store.base

    def some(iris: list[str]) -> list[str]:
        return [addresses.path(iri, base) for iri in made.sample(iris, min(number, len(iris)))]

    statements = graph.statements()
    last = max(2, len(statements) // 25)
    return {
        "articles (25)": [f"/article/?page={1 + at % 20}" for at in range(number)],
        "statements (25)": [f"/statement/?page={made.randrange(1, last)}" for _ in range(number)],
        "article": some([one.id for one in graph.articles()]),
        "statement": some(statements),
        "actor": some([one.id for one in graph.actors()]),
        "comparison": some([iri for _, iri in graph.comparisons()]),
        "search": [
            f"/search?q={word}" for word in made.choices(["minister", "police", "said", "people", "court"], k=number)
        ],
        "query page": ["/query"] * number,
        "first page": ["/"] * number,
        "sheet of a statement": [
            f"/correct?thing={quote(iri, safe='')}" for iri in made.sample(statements, min(number, len(statements)))
        ],
    }


def datasette(program: str, graph: Graph, number: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(f"{folder}/said.db")
        base.execute(
            "CREATE TABLE statement (id TEXT PRIMARY KEY, speaker TEXT, content TEXT, article TEXT, cue TEXT, kind TEXT)"
        )
        contents, cues = (
            graph.store.column("https://w3id.org/kg-said/ns#content"),
            graph.store.column("https://w3id.org/kg-said/ns#cue"),
        )
        speakers = graph.store.column("https://w3id.org/kg-said/ns#speaker")
        rows = [
            (
                iri,
                *(next(iter(part.get(iri, ())), "") for part in (speakers, contents)),
                iri.rpartition("/statement/")[0],
                *cues.get(iri, ("",))[:1],
                "",
            )
            for iri in graph.statements()
        ]
        base.executemany("INSERT INTO statement VALUES (?,?,?,?,?,?)", rows)
        base.commit()
        base.close()
        command = [program, "serve", f"{folder}/said.db", "-p", "8799"]
        process, port, seconds = started(command, "/said/statement?_size=25", re.compile(r"http://127\.0\.0\.1:(\d+)"))
        spent = processor(process)
        try:
            made = random.Random(1)
            keys = [f"/said/statement?_size=25&_next={rows[made.randrange(len(rows))][0]}" for _ in range(number)]
            took = timed(lambda path: fetch(port, path), keys, process)
            return {
                "seconds to the first page": round(seconds, 2),
                "of processor": spent,
                "memory MB": memory(process),
                "25 rows": took,
            }
        finally:
            process.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("store")
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--datasette")
    parser.add_argument("--out", default="tests/bench/serving.json")
    given = parser.parse_args()
    command = [sys.executable, "-u", "-m", "kg", "serve", "--store", given.store, "--port", "0"]
    process, port, seconds = started(command, "/article/", re.compile(r"http://127\.0\.0\.1:(\d+)"))
    spent = processor(process)
    try:
        with Store.open(given.store, read_only=True) as store:
            graph = Graph(store)
            told = {
                name: timed(lambda path: fetch(port, path), paths, process)
                for name, paths in pages(graph, given.number).items()
            }
            query = "/sparql?query=SELECT%20?c%20%7B%20?s%20kg:content%20?c%20%7D%20LIMIT%2025"
            told["SPARQL, 25 rows"] = timed(lambda path: fetch(port, path, "*/*"), [query] * given.number, process)
            line = {
                "what": "kg serve", "command": " ".join(["python", "tests/bench/serving.py", urlsplit(given.store).path.rsplit("/", 1)[-1]]),
                "articles": len(graph.articles()), "statements": len(graph.statements()), "cores": os.cpu_count(),
                "load": round(os.getloadavg()[0], 1), "seconds to the first page": round(seconds, 2), "of processor": spent,
                "memory MB": memory(process), "milliseconds": told,
            }  # fmt: skip
            if given.datasette:
                line["datasette"] = datasette(given.datasette, graph, given.number)
    finally:
        process.terminate()
    with Path(given.out).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    print(json.dumps(line, indent=1))


if __name__ == "__main__":
    main()
