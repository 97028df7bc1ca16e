"""What one more article costs in stores of several sizes: the ratio to the smallest, measured in one run.

    python -m tests.bench.identity_incremental [sizes …]      the default is 10 300 1000 20000, in
memory; ``--disk`` keeps the stores on disk, ``--one-group`` has all figures count the people killed

The articles are made up (``tests/synthetic.py``) and resolved already, so that only storing, identity and comparison are
measured. Names, bodies and affairs (what is counted, and what befell it) follow the size of the store: a larger store has more
actors and affairs, not the same few again; the countries, ministries and titles are the same eight, five and six in all. So many actors as the
store has articles (``world``) means that each comes about twice, in a store of any size; a store of ten is measured
with two hundred actors too, nearly all of whom it has never met.
"""

from __future__ import annotations

import cProfile
import gc
import pstats
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kg import rdf
from kg.model import Resolved
from kg.pipeline import integrate, remove
from kg.store import Store
from tests.synthetic import article

SAMPLE = 60


def put(store: Store, made: Iterable[Resolved]) -> None:
    found = list(made)
    for resolved in found:
        store.add([*rdf.article_quads(resolved), *rdf.provenance_quads(resolved.article.id, resolved.extractor)])
    integrate(store, added=[r.article.id for r in found])


def made_up(number: int, world: int, *, one_group: bool) -> Resolved:
    """An article; with ``one_group`` all of its figures count the people killed somewhere, as those of all others do."""
    made = article(number, world=world)
    if not one_group:
        return made
    statements = (
        replace(s, figures=tuple(replace(f, population="people", event="killed") for f in s.figures))
        for s in made.statements
    )
    return replace(made, statements=tuple(statements))


def measure(size: int, world: int, folder: Path | None, *, one_group: bool) -> tuple[float, float, float]:
    """Median CPU seconds of adding one article to a store of ``size``, of removing it, and seconds an article of the building."""
    with Store.open(folder / f"{size}-{world}" if folder is not None else None) as store:
        begun = time.process_time()
        gc.disable()  # a large store is built at once; what is measured has the collector on
        put(store, (made_up(n, world, one_group=one_group) for n in range(size)))
        gc.enable()
        gc.collect()
        built = (time.process_time() - begun) / size
        adding, removing = [], []
        for n in range(size, size + SAMPLE):
            made = made_up(n, world, one_group=one_group)
            begun = time.process_time()
            put(store, [made])
            adding.append(time.process_time() - begun)
        for n in range(size, size + SAMPLE):
            begun = time.process_time()
            remove([article(n).article.id], store=store)
            removing.append(time.process_time() - begun)
    return statistics.median(adding), statistics.median(removing), built


def main() -> None:
    sizes = [int(s) for s in sys.argv[1:] if s.isdigit()] or [10, 300, 1000, 20000]
    worlds = [(size, world) for size in sizes for world in dict.fromkeys((max(200, size), max(12, size)))]
    one_group = "--one-group" in sys.argv
    profile = cProfile.Profile() if "--profile" in sys.argv else None
    print(f"{'articles':>9}{'world':>8}{'add one':>12}{'ratio':>8}{'remove one':>13}{'ratio':>8}{'built, each':>13}")
    first: tuple[float, float, float] | None = None
    with tempfile.TemporaryDirectory() as folder:
        for size, world in worlds:
            if profile is not None and size == sizes[-1]:
                profile.enable()
            found = measure(size, world, Path(folder) if "--disk" in sys.argv else None, one_group=one_group)
            first = first or found
            ratios = (found[0] / first[0], found[1] / first[1])
            print(
                f"{size:>9}{world:>8}{found[0] * 1000:>9.1f} ms{ratios[0]:>8.2f}{found[1] * 1000:>10.1f} ms{ratios[1]:>8.2f}"
                f"{found[2] * 1000:>10.1f} ms",
                flush=True,
            )
    if profile is not None:
        profile.disable()
        pstats.Stats(profile).sort_stats("cumulative").print_stats(35)


if __name__ == "__main__":
    main()
