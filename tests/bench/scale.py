"""What kg costs on real text: corpora ten times over with shifted dates, so that actors and topics come back.

    python -m tests.bench.scale CORPUS.jsonl… [--sizes 100 1000] [--turns 10] [--kept FOLDER] [--commands] [--note WORDS]

A corpus has an article a line, with "id" and "text". Turn n of an article is 40·n days later and has an id and an address
of its own. Reading is measured once and kept in FOLDER between tries; every measurement runs in a process of its own:
CPU seconds, most memory, quads, bytes. ``--commands`` runs check, view and export, too (:mod:`tests.bench.questions_scale` asks the questions).
Each run is a line of ``scale.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import kg
from kg import pipeline
from kg.annotate import Annotator
from kg.model import Annotation, Article
from kg.store import Store
from kg.store.upkeep import comparisons
from kg.store.upkeep.denials import Opposed
from kg.store.upkeep.identities import Change

TURN = 40  # days from one turn to the next
FIRST = date(2016, 1, 1)  # of a corpus whose ids tell no date, an article a day from here on
MORE = 10
LINES = Path(__file__).with_name("scale.json")
_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")


def articles(corpora: Iterable[str], turns: int) -> Iterator[Article]:
    """The articles of all corpora, all of the first turn before those of the second."""
    own = []
    for corpus in corpora:
        lines = [json.loads(line) for line in Path(corpus).read_text(encoding="utf-8").splitlines() if line.strip()]
        for number, line in enumerate(lines):
            told = _DATE.search(line["id"])
            day = date.fromisoformat(told[0]) if told else FIRST + timedelta(days=number)
            own.append((f"{Path(corpus).stem}-{number}", line["text"], day))
    for turn in range(turns):
        for name, text, day in own:
            when = (day + timedelta(days=TURN * turn)).isoformat()
            yield Article(
                f"{name}-{turn}", text, published=when, url=f"https://news.example/{name}/{turn}", language="en"
            )


class Kept:
    """An annotator that reads each article once and keeps what it read in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._annotator: Annotator | None = None

    def annotate(self, article: Article) -> Annotation:
        file = self._folder / f"{article.id}.pickle"
        if file.is_file():
            return pickle.loads(file.read_bytes())  # type: ignore[no-any-return]
        self._annotator = self._annotator or Annotator()
        found = self._annotator.annotate(article)
        file.write_bytes(pickle.dumps(found))
        return found


def timed(owner: Any, name: str, spent: Counter[str], stage: str) -> None:
    """Count the CPU seconds of all calls of a function or method."""
    original: Callable[..., Any] = getattr(owner, name)

    def call(*given: Any, **named: Any) -> Any:
        begun = time.process_time()
        try:
            return original(*given, **named)
        finally:
            spent[stage] += time.process_time() - begun

    setattr(owner, name, call)


def building(path: str, begin: int, end: int, corpora: list[str], turns: int, kept: str) -> None:
    """Build articles ``begin`` to ``end`` into a store; the measurements as JSON on standard output."""
    spent: Counter[str] = Counter()
    for owner, name, stage in (
        (pipeline, "integrate", "integrate"),
        (Opposed, "learn", "denials: learn"),
        (Opposed, "finish", "denials: compare"),
        (Change, "finish", "identity: finish"),
        (Change, "add", "identity: add"),
        (comparisons, "update", "comparisons"),
        (Store, "add", "store.add"),
        (Store, "_publish", "publish"),
        (Store, "optimize", "optimize"),
        (Store, "pack", "pack"),
    ):
        timed(owner, name, spent, stage)
    chosen = list(articles(corpora, turns))[begin:end]
    with Store.open(path) as store:
        time_before = time.process_time()
        kg.build(chosen, store=store, annotator=Kept(Path(kept)))  # type: ignore[arg-type]
        seconds = time.process_time() - time_before
        quads = len(store)
    print(
        json.dumps(
            {
                "articles": end - begin,
                "words": sum(len(a.text.split()) for a in chosen),
                "cpu_s": round(seconds, 2),
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "quads": quads,
                "bytes": size(Path(path)),
                "index_bytes": (Path(path) / "index.sqlite").stat().st_size,
                "stages_ms": {k: round(1000 * s / (end - begin), 1) for k, s in sorted(spent.items())},
            }
        )
    )


def size(folder: Path) -> int:
    """The bytes of all files of a folder, a file of several names once."""
    return sum({s.st_ino: s.st_size for f in folder.rglob("*") if f.is_file() and (s := f.stat())}.values())


def child(*given: str) -> tuple[str, float, int]:
    """Run this module or kg in a process of its own: what it printed, its CPU seconds, and its most memory in MB."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([sys.executable, "-m", *given], stdout=out, stderr=subprocess.DEVNULL)
        _, _, used = os.wait4(process.pid, 0)
        out.seek(0)
        return out.read().decode(), used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def commands(store: Path, folder: Path) -> dict[str, tuple[float, int]]:
    """CPU seconds and MB of check, view and export on a store."""
    found = {}
    for name, given in (
        ("check", ("check",)),
        ("view", ("view", "--out", str(folder / "page.html"))),
        ("export turtle", ("export", "--format", "turtle", "--out", str(folder / "graph.ttl"))),
    ):
        _, seconds, memory = child("kg", given[0], "--store", str(store), *given[1:])
        found[name] = (round(seconds, 1), memory)
    return found


def measure(given: argparse.Namespace, kept: Path) -> Iterator[dict[str, Any]]:
    shared = ("--kept", str(kept), "--turns", str(given.turns), *given.corpora)
    for article in list(articles(given.corpora, given.turns))[: max(given.sizes) + MORE]:
        Kept(kept).annotate(article) if not (kept / f"{article.id}.pickle").is_file() else None
    with tempfile.TemporaryDirectory(dir=given.work) as temporary:
        for n in given.sizes:
            store = Path(temporary) / str(n)
            line: dict[str, Any] = {"note": given.note, "size": n}
            line["build"] = json.loads(child(__spec__.name, "--build", str(store), "0", str(n), *shared)[0])
            more = Path(temporary) / f"{n}-more"
            shutil.copytree(store, more)
            line["ten_more"] = json.loads(child(__spec__.name, "--build", str(more), str(n), str(n + MORE), *shared)[0])
            if given.commands:
                line["commands"] = commands(store, Path(temporary))
            yield line
            if given.store:
                shutil.move(store, Path(given.store) / str(n))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--turns", type=int, default=10)
    parser.add_argument("--kept", default=None, help="where what was read is kept")
    parser.add_argument("--work", default=None, help="where the stores are built")
    parser.add_argument("--store", default=None, help="keep the stores here")
    parser.add_argument("--note", default="", help="what this run measures")
    parser.add_argument("--commands", action="store_true")
    parser.add_argument("--build", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.build:
        path, begin, end = given.build
        building(path, int(begin), int(end), given.corpora, given.turns, given.kept)
        return
    with tempfile.TemporaryDirectory() as temporary:
        for line in measure(given, Path(given.kept or temporary)):
            print(json.dumps(line, indent=1), flush=True)
            with LINES.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
