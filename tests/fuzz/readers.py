"""Coverage-guided fuzzing of the readers with atheris, where it is installed (dependency group ``fuzz``).

    python tests/fuzz/readers.py -runs=100000 [CORPUS]

The first byte says what the rest is read as. Whatever is no sentence of kg ends the run with the input that did it.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from random import Random

sys.path[0] = str(Path(__file__).parents[2])  # not this folder, in which a file is called as a module of Python is

import atheris

from tests.fuzz import generate

with atheris.instrument_imports(include=["kg", "feedparser", "warcio", "yaml"]):
    from kg import nesting
    from kg.errors import KgError
    from kg.model import Problem
    from kg.read import archives, inputs
    from kg.read.metadata import Given
    from kg.read.records import records

ENDINGS = ("a.txt", "a.html", "a.jsonl", "a.json", "a.rss", "a.warc", "a.xml")


def one(data: bytes) -> None:
    """Read ``data`` as a file of articles."""
    if not data:
        return
    name, raw = ENDINGS[data[0] % len(ENDINGS)], data[1:]
    nesting.too_deep(raw, nesting.TURTLE)
    nesting.too_deep(raw, nesting.JSON)
    try:
        if name == "a.warc":
            found = archives.pages(io.BytesIO(raw), Given(), where=name)
        elif name == "a.jsonl":
            found = records([raw], Given(), where=name)
        else:
            found = inputs._one(raw, name, Given())
        for item in found:
            if isinstance(item, Problem) and "a fault of kg" in item.reason:
                raise AssertionError(item.reason)
    except KgError as error:
        if "\n" in str(error) or not str(error).strip():
            raise AssertionError(f"no sentence: {error!r}") from error


def _seeds(folder: Path) -> None:
    """Something to begin with: one generated file of each kind."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, kind in enumerate(generate.CONTENTS):
        for seed in range(8):
            rng = Random(f"{kind}{seed}")
            (folder / f"{kind}-{seed}").write_bytes(bytes([number]) + generate.encoded(generate.CONTENTS[kind](rng)))


if __name__ == "__main__":
    corpus = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    for folder in corpus[:1]:
        _seeds(Path(folder))
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
