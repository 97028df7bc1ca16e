"""What more processes give: wall time, CPU and memory of builds of one input, alternated, with a hash of each store.

    python tests/bench/jobs.py ARTICLES.jsonl --jobs 1 --jobs 2 --rounds 3        on a machine that does nothing else

``--cluster ADDRESS`` builds through a Dask cluster as well (workers' CPU is not in its figure). Exit code 1 where two stores differ.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

from kg.store import Store


def measured(inputs: str, store: Path, *words: str) -> dict[str, float]:
    """One build: seconds of wall and CPU (with all workers of this machine), MB of the largest process."""
    command = [sys.executable, "-m", "kg", "build", inputs, "--store", str(store), "--store-only", "--quiet", *words]
    began = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed")
    return {
        "wall": round(time.perf_counter() - began, 1), "cpu": round(used.ru_utime + used.ru_stime, 1), "mb": used.ru_maxrss // 1024,
    }  # fmt: skip


def hashed(store: Path) -> str:
    with Store.open(store, read_only=True) as opened:
        return hashlib.sha256(b"\n".join(sorted(opened.dump().split(b"\n")))).hexdigest()[:12]


@click.command()
@click.argument("inputs")
@click.option("--jobs", type=int, multiple=True, default=(1, 2), show_default=True)
@click.option("--rounds", default=2, show_default=True)
@click.option("--cluster")
def main(inputs: str, jobs: tuple[int, ...], rounds: int, cluster: str | None) -> None:
    """Print a line a build, then the ratios of the best wall times to that of the first number of jobs."""
    best: dict[str, float] = {}
    hashes = set()
    for number in range(rounds):
        ways = [(f"jobs {n}", ("--jobs", str(n))) for n in jobs]
        with tempfile.TemporaryDirectory() as folder:
            if cluster is not None:
                ways.append(("cluster", ("--cluster", cluster, "--parts", f"{folder}/parts")))
            for name, words in ways:
                store = Path(folder) / name.replace(" ", "")
                found = measured(inputs, store, *words)
                hashes.add(digest := hashed(store))
                best[name] = min(best.get(name, found["wall"]), found["wall"])
                print(json.dumps({"round": number + 1, "way": name, **found, "sha256": digest}), flush=True)
    first = next(iter(best.values()))
    print(json.dumps({name: round(first / wall, 2) for name, wall in best.items()}))
    raise SystemExit(len(hashes) > 1)


if __name__ == "__main__":
    main()
