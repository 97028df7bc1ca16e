"""The bytes that kg makes of the samples, and of the real article where it lies beside the project, as sha256: run it before
and after a move of code that is to change no answer.

    python tests/bench/bytes_of_samples.py [--article FILE] [CHECKOUT …]        without one, this checkout

Of several checkouts it says whether they agree (exit code 1 where not), so that a tree before a move, as made by
``git worktree add``, is held against the one after it. The page counts by its data, since scripts and styles may change.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
ARTICLE = HERE.parent / "shared" / "articles" / "rferl-kyrgyz-fighters.txt"
_DATA = re.compile(r'<script[^>]*\bid="data"[^>]*>(.*?)</script>', re.DOTALL)


def kg(checkout: Path, *words: object) -> None:
    """Run the command line of ``checkout``."""
    environment = os.environ | {"PYTHONPATH": str(checkout)}
    subprocess.run(
        [sys.executable, "-m", "kg", *map(str, words)], cwd=checkout, env=environment, check=True, capture_output=True
    )


def data_of(page: str) -> str:
    """What a page says, without its scripts."""
    found = _DATA.search(page)
    if found is None:
        raise ValueError("The page has no element of its data.")
    return found[1]


def made(checkout: Path, article: Path) -> Iterator[tuple[str, str]]:
    """Name and sha256 of each thing that the checkout makes."""
    builds: dict[str, tuple[object, ...]] = {"samples": ("demo",)}
    if article.is_file():
        builds["article"] = ("build", article, "--date", "2015-04-21", "--publisher", "RFE/RL", "--quiet")
    for name, words in builds.items():
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder)
            kg(checkout, *words, "--out", out)
            kg(checkout, "export", "--store", out / "store", "--format", "trig", "--out", out / "graph.trig")
            yield f"{name} graph.ttl", digest((out / "graph.ttl").read_bytes())
            yield f"{name} graph.trig", digest((out / "graph.trig").read_bytes())
            yield f"{name} page data", digest(data_of((out / "graph.html").read_text("utf-8")).encode())


def digest(data: bytes) -> str:
    """The sha256 of ``data``."""
    return hashlib.sha256(data).hexdigest()


def main() -> int:
    """Print what each checkout makes; 1 where they differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", nargs="*", type=Path, default=[HERE])
    parser.add_argument("--article", type=Path, default=ARTICLE)
    asked = parser.parse_args()
    seen: dict[str, set[str]] = {}
    for checkout in map(Path.resolve, asked.checkouts):
        print(checkout.name)
        for name, sum_ in made(checkout, asked.article.resolve()):
            print(f"  {name:<22} {sum_}", flush=True)
            seen.setdefault(name, set()).add(sum_)
    differing = [name for name, sums in seen.items() if len(sums) > 1]
    if len(asked.checkouts) > 1:
        print(f"Different: {', '.join(differing)}." if differing else "All the same.")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
