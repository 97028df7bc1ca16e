"""What one more article costs in stores of several sizes: the ratio to the smallest, measured in one run.

    python -m tests.bench.identity_incremental [sizes …]      the default is 10 1000 20000, in
memory; ``--disk`` keeps the stores on disk and measures in new processes, ``--one-group`` has all figures count the people killed

The articles are made up (``tests/synthetic.py``) and resolved already, so that only storing, identity and comparison are
measured. Article n names actors and affairs out of ten that are its time's own, as news does: each comes back in a few
articles and then no more; ministries, countries and titles come back for ever. What is added to a store of any size
meets as many earlier articles, so that a difference can only come from the size. Each article is removed before the next
is added. "With reading" is the ratio of all that a build does for an article, annotating included. On disk, what RocksDB does in the background is not counted.
"""

from __future__ import annotations

import gc
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from kg import rdf
from kg.annotate import Annotator
from kg.model import Resolved
from kg.pipeline import integrate, remove
from kg.read import samples
from kg.resolve.coreference import resolve
from kg.store import Store
from tests.synthetic import article

SAMPLE = 100
WARM = 10
WORLD = 10


def put(store: Store, made: Iterable[Resolved]) -> None:
    found = list(made)
    for resolved in found:
        store.add([*rdf.article_quads(resolved), *rdf.provenance_quads(resolved.article.id, resolved.extractor)])
    integrate(store, added=[r.article.id for r in found])


def made_up(number: int, around: int, *, one_group: bool) -> Resolved:
    """An article; with ``one_group`` all of its figures count the people killed somewhere, as those of all others do."""
    made = article(number, world=WORLD, around=around)
    if not one_group:
        return made
    statements = (
        replace(s, figures=tuple(replace(f, population="people", event="killed") for f in s.figures))
        for s in made.statements
    )
    return replace(made, statements=tuple(statements))


@dataclass(frozen=True, slots=True)
class Found:
    """CPU milliseconds of the calling thread: median and mean of adding an article, and the same of removing it."""

    adding: float
    adding_mean: float
    removing: float
    removing_mean: float


def built(store: Store, size: int, *, one_group: bool) -> float:
    """Fill a store with ``size`` articles, all at once; CPU milliseconds for each."""
    begun = time.thread_time()
    gc.disable()
    put(store, (made_up(n, n, one_group=one_group) for n in range(size)))
    gc.enable()
    return 1000 * (time.thread_time() - begun) / size


def measured(store: Store, size: int, *, one_group: bool) -> Found:
    """What adding one article to a store of ``size`` costs, and removing it."""
    adding, removing = [], []
    for n in range(size - WARM, size + SAMPLE):
        made = made_up(size + n, size, one_group=one_group)
        begun = time.thread_time()
        put(store, [made])
        added = time.thread_time()
        remove([made.article.id], store=store)
        if n >= size:  # the first ones load what every process loads once
            removing.append(time.thread_time() - added)
            adding.append(added - begun)
    median, mean = statistics.median, statistics.mean
    return Found(*(1000 * x for x in (median(adding), mean(adding), median(removing), mean(removing))))


def measure(size: int, folder: Path | None, *, one_group: bool) -> tuple[Found, float]:
    """A store on disk is measured in a process of its own, as a build is one; one in memory where it was built."""
    if folder is None:
        with Store.open() as store:
            each = built(store, size, one_group=one_group)
            gc.collect()
            gc.freeze()
            return measured(store, size, one_group=one_group), each
    path = folder / str(size)
    with Store.open(path) as store:
        each = built(store, size, one_group=one_group)
    command = [sys.executable, "-m", "tests.bench.identity_incremental", "--at", str(path), str(size)]
    done = subprocess.run(
        [*command, *(["--one-group"] if one_group else [])], check=True, capture_output=True, text=True
    )
    shutil.rmtree(path)
    return Found(*map(float, done.stdout.split())), each


def reading() -> float:
    """CPU milliseconds of annotating and resolving one of the sample articles, the median of them: what a build adds."""
    annotator = Annotator()
    took = []
    for sample in samples():
        begun = time.thread_time()
        resolve(annotator.annotate(sample))
        took.append(time.thread_time() - begun)
    return 1000 * statistics.median(took)


def main() -> None:
    sizes = [int(s) for s in sys.argv[1:] if s.isdigit()] or [10, 1000, 20000]
    one_group = "--one-group" in sys.argv
    if "--at" in sys.argv:
        with Store.open(sys.argv[sys.argv.index("--at") + 1], create=False) as store:
            print(*astuple(measured(store, sizes[0], one_group=one_group)))
        return
    read = reading()
    print(f"reading a sample article: {read:.0f} ms")
    columns = (
        "add: median",
        "ratio",
        "with reading",
        "mean",
        "ratio",
        "remove: median",
        "ratio",
        "mean",
        "ratio",
        "built, each",
    )
    print("articles", *columns, sep=" | ")
    first: Found | None = None
    with tempfile.TemporaryDirectory() as temporary:
        for size in sizes:
            found, each = measure(size, Path(temporary) if "--disk" in sys.argv else None, one_group=one_group)
            first = first or found
            cells = []
            for name in ("adding", "adding_mean", "removing", "removing_mean"):
                value, base = getattr(found, name), getattr(first, name)
                cells += [f"{value:.1f} ms", f"{value / base:.2f}"]
            cells.insert(2, f"{(read + found.adding) / (read + first.adding):.2f}")
            print(size, *cells, f"{each:.1f} ms", sep=" | ", flush=True)


if __name__ == "__main__":
    main()
