"""What every command that reads a store costs on a given one: seconds of a processor, most memory, seconds of the clock.

    python -m tests.bench.commands STORE [--only export "query links" …] [--but query …] [--limit 900] [--note WORDS] [--out FILE] [--list]

Each command runs in a process of its own and is a line of JSON in ``commands.json`` as soon as it is done, so that a run that
is stopped has told what it measured; the clock limit ends a command with all that it started. STORE stays as it is: commands
run on a copy whose tables of quads are hard links, those that change something each on a fresh one. They are asked about what is
told of most in the store. ``--only`` and ``--but`` take beginnings of names.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LINES = Path(__file__).with_name("commands.json")
FORMATS = (
    "turtle", "owl", "ntriples", "trig", "nquads", "jsonld", "ftm", "graphml", "gexf", "nanopub", "schemaorg", "mentions",
    "gold", "void", "csv", "neo4j",
)  # fmt: skip  # named here, since this process imports nothing of kg: see `run`
FREE = {
    "count": "SELECT (COUNT(*) AS ?n) WHERE { ?s a kg:Statement }",
    "speakers": "SELECT ?x (COUNT(?s) AS ?n) WHERE { ?s kg:speaker ?x } GROUP BY ?x ORDER BY DESC(?n) ?x LIMIT 20",
    "words": 'SELECT ?s ?c WHERE { ?s kg:content ?c FILTER(CONTAINS(LCASE(?c), "police")) } LIMIT 1000',
    "join": "SELECT ?a ?b (COUNT(*) AS ?n) WHERE { ?s kg:speaker ?a ; schema:about ?b . ?o kg:speaker ?b ; schema:about ?a } "
    "GROUP BY ?a ?b ORDER BY DESC(?n) ?a ?b LIMIT 50",
    "properties": "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n)",
    "construct": "CONSTRUCT { ?s kg:speaker ?x } WHERE { ?s kg:speaker ?x }",
}
"""SPARQL as somebody may write it."""


@dataclass(frozen=True)
class Run:
    """A command line behind ``kg``; ``{store}`` and ``{out}`` are put in. ``changes`` asks for a copy of its own."""

    name: str
    given: tuple[str, ...]
    changes: bool = False
    typed: str = ""


def runs(told: dict[str, Any]) -> Iterator[Run]:
    """Every command, with what the store told of itself."""

    def look(name: str, *given: str) -> Run:
        command, *more = given
        return Run(name, (command, "--store", "{store}", *more))

    actor, other = told["actor"], told["other"]
    yield look("check", "check")
    yield look("view", "view", "--out", "{out}/page.html")
    yield look("view, 200 actors", "view", "--top", "200", "--out", "{out}/page.html")
    for name in FORMATS:
        yield look(f"export {name}", "export", "--format", name, "--out", f"{{out}}/{name}")
    yield look("network", "network")
    yield look("path", "path", actor, other)
    yield look("ask, all that disagree", "ask", "who disagrees with whom and why")
    yield look("ask, one actor", "ask", f"what did {actor} say")
    yield look("ask, a figure", "ask", f"how many {told['counted']}, according to whom")
    yield look("timeline", "timeline")
    yield look("timeline, about", "timeline", "--about", told["counted"])
    yield look("timeline, drawn", "timeline", "--out", "{out}/line.svg")
    yield look("timeline, person", "timeline", "--person", told["person"])
    yield look("timeline, speaker", "timeline", "--speaker", actor, "--format", "csv")
    yield look("timeline, office", "timeline", "--office", told["title"])
    yield look("timeline, fact", "timeline", "--fact", "is")
    yield look("timeline, affair", "timeline", "--affair", told["affair"], "--format", "csv")
    yield look(
        "publish, dry", "publish", "--to", "http://127.0.0.1:9/data", "--dry-run", "--manifest", "{out}/sent.json"
    )
    for name, text in FREE.items():
        form = "turtle" if name == "construct" else "csv"
        yield look(f"query, free: {name}", "query", "-e", text, "--format", form, "--timeout", "0")
    for name, params in told["questions"]:
        pairs = [part for key, value in params.items() for part in ("--param", f"{key}={value}")]
        beside = f" ({', '.join(f'{key}={value}' for key, value in params.items())})" if params else ""
        yield look(f"query {name}{beside}", "query", name, *pairs, "--format", "csv", "--timeout", "0")
    yield from _changing(told)


def _changing(told: dict[str, Any]) -> Iterator[Run]:
    """The commands that want the store for themselves, whether they change it or only might."""

    def change(name: str, command: str, *given: str, typed: str = "") -> Run:
        return Run(name, (command, "--store", "{store}", *given), changes=True, typed=typed)

    yield change("review, one question and quit", "review", "--by", "bench", typed="q\n")
    yield change("review, one answer", "review", "--by", "bench", "--limit", "1", typed="n\nq\n")
    yield change("review, csv", "review", "--csv", "{out}/queue.csv")
    yield change("review, list", "review", "--list")
    yield change("review, list all", "review", "--list", "--all")
    yield change("review, figures csv", "review", "--figures", "--csv", "{out}/figures.csv")
    yield change("review, one figure and quit", "review", "--figures", "--by", "bench", typed="q\n")
    yield change("review, statements csv", "review", "--statements", "--csv", "{out}/statements.csv")
    yield change("review, statements list", "review", "--statements", "--list")
    yield change(
        "review, correct one", "review", "--by", "bench", "--statements", "--correct", told["statement"], "cue", "said"
    )
    yield change("infer", "infer")
    yield change("infer, forget", "infer", "--forget")
    yield change("remove one article", "remove", told["article"])
    article = "{out}/one.txt"
    yield change("build one more", "build", article, "--store-only", "--date", "2016-06-01", "--publisher", "Bench")
    yield change("repair", "repair")


# ── in a process of its own ──


def tell(path: str) -> None:
    """What the store is asked about, as JSON on standard output."""
    from kg import query
    from kg.store import Store
    from tests.bench import questions_scale as most

    with Store.open(path, read_only=True) as store:

        def first(text: str) -> str:
            rows = query.run(store, query.parse(text)).rows
            return str(rows[0][0]) if rows else "nothing"

        found = most.most_told_of(store)
        names = {key: first(f"SELECT ?x WHERE {{ <{found[key][0]}> skos:prefLabel ?x }}") for key in ("by", "whose")}
        other = first(
            "SELECT ?x { { SELECT ?o (COUNT(*) AS ?n) { ?s schema:about ?o } GROUP BY ?o } ?o skos:prefLabel ?x "
            f"FILTER(?o != <{found['by'][0]}>) }} ORDER BY DESC(?n) ?x LIMIT 1"
        )
        told = {
            "articles": int(first("SELECT (COUNT(?s) AS ?x) WHERE { ?s a kg:Article }")),
            "statements": int(first("SELECT (COUNT(?s) AS ?x) WHERE { ?s a kg:Statement }")),
            "quads": len(store),
            "actor": names["by"], "other": other, "person": names["whose"], "about": found["about"][1],
            "counted": found["words"][1], "title": found["title"][0], "affair": found["affair"][0],
            "article": first("SELECT ?x WHERE { ?x a kg:Article } ORDER BY DESC(STR(?x)) LIMIT 1").rpartition("/article/")[2],
            "statement": first("SELECT ?x WHERE { ?x a kg:Statement } LIMIT 1"),
            "questions": [
                (name, params) for name, asked in query.named().items() for params in most.cases(asked, found)
            ],
        }  # fmt: skip
    print(json.dumps(told))


# ── running ──


def copied(store: Path, folder: Path) -> Path:
    """A copy of a store: its tables, which are never written again, as links where the disk allows."""

    def put(source: str, target: str) -> None:
        with contextlib.suppress(OSError):
            if source.endswith(".sst"):
                os.link(source, target)
                return
        shutil.copy2(source, target)

    shutil.copytree(store, folder, copy_function=put)
    return folder


def run(command: list[str], limit: float, typed: str = "") -> dict[str, Any]:
    """Run a command until it ends or the limit of the clock ends it and all that it started.

    This process stays small: what a child holds before its program starts counts as its memory.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as keys:
        keys.write(typed.encode())
        keys.seek(0)
        begun = time.monotonic()
        process = subprocess.Popen(command, stdin=keys, stdout=out, stderr=said, start_new_session=True)
        stopped = False
        while True:
            done, status, used = os.wait4(process.pid, os.WNOHANG)
            if done:
                break
            if not stopped and time.monotonic() - begun > limit:
                stopped = True
                os.killpg(process.pid, signal.SIGKILL)
            time.sleep(0.02)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said.seek(0)
        lines = said.read().decode(errors="replace").strip().splitlines()
        line: dict[str, Any] = {
            "cpu_s": round(used.ru_utime + used.ru_stime, 2), "peak_mb": used.ru_maxrss // 1024,
            "clock_s": round(time.monotonic() - begun, 2), "code": process.returncode, "output_kb": os.fstat(out.fileno()).st_size // 1024,
        }  # fmt: skip
        if stopped:
            line["stopped_after_s"] = limit
        elif process.returncode:
            line["said"] = lines[-1][:200] if lines else ""
        return line | {"_out": out.read().decode(errors="replace") if "--tell" in command else ""}


def measure(given: argparse.Namespace, folder: Path) -> Iterator[dict[str, Any]]:
    store = copied(Path(given.store), folder / "store")
    described = run([sys.executable, "-m", __spec__.name, str(store), "--tell"], 86_400)
    if described["code"]:
        raise SystemExit(f"The store cannot be asked: {described['said']}")
    told = json.loads(described["_out"])
    out = folder / "out"
    for one in runs(told):
        if (given.only and not one.name.startswith(tuple(given.only))) or one.name.startswith(tuple(given.but)):
            continue
        if given.list:
            print(one.name, "  kg", shlex.join(one.given))
            continue
        out.mkdir()
        (out / "one.txt").write_text(
            "The mayor of Lima, Ana Ruiz, said on Monday that 14 people had died in the flood.\n"
        )
        used = copied(Path(given.store), folder / "changed") if one.changes else store
        words = [part.replace("{store}", str(used)).replace("{out}", str(out)) for part in one.given]
        found = run([sys.executable, "-m", "kg", *words], given.limit, one.typed)
        del found["_out"]
        made = sum(file.stat().st_size for file in out.rglob("*") if file.is_file()) // 1024
        yield {
            "note": given.note, "articles": told["articles"], "statements": told["statements"], "quads": told["quads"],
            "command": one.name, **found, "files_kb": made, "load": round(os.getloadavg()[0], 1),
        }  # fmt: skip
        shutil.rmtree(out)
        if one.changes:
            shutil.rmtree(used)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store")
    parser.add_argument("--only", nargs="+", default=[], help="only commands whose names begin so")
    parser.add_argument("--but", nargs="+", default=[], help="leave out commands whose names begin so")
    parser.add_argument("--limit", type=float, default=900, help="seconds of the clock for each command")
    parser.add_argument("--work", default=None, help="where the copy lies; on the disk of the store it costs little")
    parser.add_argument("--note", default="", help="what this run measures")
    parser.add_argument("--out", type=Path, default=LINES)
    parser.add_argument("--list", action="store_true", help="only print the commands")
    parser.add_argument("--tell", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.tell:
        tell(given.store)
        return
    work = given.work or Path(given.store).resolve().parent
    with tempfile.TemporaryDirectory(dir=work, prefix="kg-bench-") as folder:
        for line in measure(given, Path(folder)):
            with given.out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
            ended = (
                " STOPPED"
                if "stopped_after_s" in line
                else f" ({line['code']}: {line['said']})"
                if line["code"]
                else ""
            )
            print(f"{line['cpu_s']:8.1f} s {line['peak_mb']:6} MB  {line['command']}{ended}", flush=True)


if __name__ == "__main__":
    main()
