"""Many seeded aborts, a table of them, and a line in ``tests/bench/faults.json``.

    python -m tests.faults.run --aborts 500 --seed 1      on the whole material, two at once

``--only`` takes operations or ways by name, ``--situations N`` adds N seeds of each situation, ``--note`` says what was measured.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from tests.faults.laboratory import Laboratory, Planned
from tests.faults.operations import SIZES, operations
from tests.faults.situations import ALL
from tests.faults.trials import WAYS, Trial

FILE = Path(__file__).parents[1] / "bench" / "faults.json"
QUESTIONS = ("whole", "again", "same", "tidy", "said")


def plan(number: int, seed: int, names: Sequence[str], ways: Sequence[str] = WAYS) -> list[Planned]:
    """Trials, as evenly over operations and ways as the number allows, in an order that follows from the seed."""
    pairs = [(name, way) for name in names for way in ways]
    random.Random(seed).shuffle(pairs)
    return [(*pairs[n % len(pairs)], seed * 10_000 + n) for n in range(number)]


def counted(found: Sequence[Trial]) -> dict[str, dict[str, dict[str, int]]]:
    """By operation and way: how many trials, how many landed, and of those (and of the others) how many are good in each question."""
    out: dict[str, dict[str, Counter[str]]] = {}
    for one in found:
        here = out.setdefault(one.operation, {}).setdefault(one.way, Counter())
        here.update({"trials": 1, "landed": int(one.landed), **{q: int(getattr(one, q)) for q in QUESTIONS}})
    return {name: {way: dict(here) for way, here in sorted(ways.items())} for name, ways in out.items()}


@click.command()
@click.option("--aborts", default=500, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--jobs", default=2, show_default=True)
@click.option("--size", type=click.Choice(list(SIZES)), default="whole", show_default=True)
@click.option("--only", multiple=True, help="An operation or a way.")
@click.option("--situations", default=0, show_default=True)
@click.option("--note", default="")
@click.option("--file", type=click.Path(path_type=Path), default=FILE, show_default=False)
def main(
    aborts: int, seed: int, jobs: int, size: str, only: tuple[str, ...], situations: int, note: str, file: Path
) -> None:
    """Disturb, look, and say what was found; exit code 1 where anything was wrong."""
    names = [name for name in operations(SIZES[size]) if name in only] or list(operations(SIZES[size]))
    ways = [way for way in WAYS if way in only] or WAYS
    found: list[Trial] = []
    wrong: dict[str, list[str]] = {}
    with Laboratory(size, hashing=seed % 2**32) as laboratory:
        if laboratory.no_disk:
            click.echo(f"Without full disks: {laboratory.no_disk}.", err=True)
        for one in laboratory.trials(plan(aborts, seed, names, ways), jobs=jobs):
            found.append(one)
            if one.problems:
                click.echo(f"{one.operation}, {one.way}, {one.seed} ({one.moment}):", err=True)
                for problem in one.problems:
                    click.echo(f"    {problem}", err=True)
        for name in ALL if situations else ():
            for number in range(situations):
                for problem in laboratory.situation(name, seed + number):
                    wrong.setdefault(name, []).append(problem)
                    click.echo(f"{name}, {seed + number}: {problem}", err=True)
    _table(found)
    line = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"), "note": note, "seed": seed, "size": size, "aborts": len(found),
        "landed": sum(t.landed for t in found), "good": sum(t.good for t in found), "operations": counted(found),
        "situations": {name: {"tried": situations, "problems": len(wrong.get(name, ()))} for name in ALL} if situations else {},
    }  # fmt: skip
    with file.open("a", encoding="utf-8") as target:
        target.write(json.dumps(line, ensure_ascii=False) + "\n")
    if wrong or not all(t.good for t in found):
        raise SystemExit(1)


def _table(found: Sequence[Trial]) -> None:
    heads = ("trials", "landed", "not whole", "not again", "different", "left over", "not said")
    click.echo(f"{'':26}" + "".join(f"{head:>11}" for head in heads))
    groups = [(name, [t for t in found if t.operation == name]) for name in dict.fromkeys(t.operation for t in found)]
    groups += [(way, [t for t in found if t.way == way]) for way in WAYS]
    for name, here in [*groups, ("sum", list(found))]:
        numbers = [len(here), sum(t.landed for t in here), *(sum(not getattr(t, q) for t in here) for q in QUESTIONS)]
        click.echo(f"{name:26}" + "".join(f"{number:11}" for number in numbers))


if __name__ == "__main__":
    main()
