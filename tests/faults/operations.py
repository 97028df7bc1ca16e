"""What is disturbed: each operation of the command line that writes, on the store that it begins with."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.faults import articles

PERSON = "Mia Vandrup"
DECIDED = "2026-01-01T10:00:00Z"
VERDICTS = ("same", "not same", "unsure")
PORTION = 50
"""So many articles of a long build are kept at once."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """How many articles there are, how many of them come first, how many are corrected, removed and decided on, and how many a
    long build has.
    """

    all: int
    first: int
    corrected: int
    removed: int
    decided: int
    many: int


SIZES = {"small": Size(12, 4, 4, 2, 6, 55), "whole": Size(30, 10, 10, 4, 12, 120)}


@dataclass(frozen=True, slots=True)
class Operation:
    """One command. ``before`` are the commands that make the store it begins with; ``{inputs}`` stands for the folder of
    inputs and ``{judgement}`` for a judgement that holds.

    ``portions``: it may be kept in parts (a long build; answers one by one). ``over`` is what the same command may say with
    exit code 1 or 2 once it was kept. ``answers``: a person sits at the keyboard.
    """

    name: str
    words: Words
    before: tuple[Words, ...] = ()
    portions: bool = False
    over: str | None = None
    answers: bool = False


def _build(name: str, *more: str) -> Words:
    # One job: the annotations that this process was given are in no other one (tests/pipeline/test_jobs.py kills several).
    return ("build", f"{{inputs}}/{name}.jsonl", "--out", "o", "--quiet", "--jobs", "1", *more)


_FIRST, _REST, _ALL = _build("first", "--store-only"), _build("rest", "--store-only"), _build("all", "--store-only")
_AT = ("--store", "o/store")
_READ = ("review", "--read", "{inputs}/decided.csv", "--by", PERSON, *_AT)
_INFER = ("infer", "--quiet", *_AT)


def _file(*words: str) -> tuple[Words, tuple[Words, ...]]:
    """A command that writes files, in the place of older ones."""
    return words, (_FIRST, words, _REST)


def operations(size: Size) -> dict[str, Operation]:
    """By name, in the order of the tables."""
    gone = tuple(f"report-{n:03d}" for n in range(1, 2 * size.removed, 2))
    found = (
        Operation("first build", _build("all")),
        Operation("second build", _REST, (_FIRST,)),
        Operation("long build", _build("many", "--store-only"), portions=True),
        Operation("new versions", _build("corrected", "--store-only"), (_ALL,)),
        Operation("remove", ("remove", *gone, *_AT), (_ALL,), over="There is no article"),
        Operation("review --read", _READ, (_ALL,)),
        Operation("review", ("review", "--by", PERSON, *_AT), (_ALL,), portions=True, answers=True),
        Operation(
            "review --withdraw",
            ("review", "--withdraw", "{judgement}", "--by", PERSON, *_AT),
            (_ALL, _READ),
            over="was withdrawn already",
        ),
        Operation(
            "review --statements --read",
            ("review", "--statements", "--read", "{inputs}/corrections.csv", "--by", PERSON, *_AT),
            (_ALL,),
        ),
        Operation("review --links", ("review", "--links", "{inputs}/links.tsv", "--by", PERSON, *_AT), (_ALL,)),
        Operation("infer", _INFER, (_ALL,)),
        Operation("second build, inferred", _REST, (_FIRST, _INFER)),
        Operation("review --csv", *_file("review", "--csv", "queue.csv", "--by", PERSON, *_AT)),
        Operation("export turtle", *_file("export", "--format", "turtle", "--out", "graph.ttl", *_AT)),
        Operation("export csv", *_file("export", "--format", "csv", "--out", "tables", *_AT)),
        Operation("query", *_file("query", "articles", "--format", "csv", "--out", "answer.csv", *_AT)),
        Operation("view", *_file("view", "--out", "page.html", *_AT)),
    )
    return {one.name: one for one in found}


def write_inputs(folder: Path, size: Size) -> None:
    """The files that the commands read, all but ``decided.csv``."""
    folder.mkdir(parents=True, exist_ok=True)
    every = articles.records(articles.MANY)
    corrected = range(0, 3 * size.corrected, 3)
    parts = {
        "all": every[: size.all],
        "first": every[: size.first],
        "rest": every[size.first : size.all],
        "many": every[: size.many],
        "corrected": [r for r in articles.records(size.all, corrected=corrected) if r["id"].endswith("corrected")],
    }
    for name, found in parts.items():
        articles.write(folder / f"{name}.jsonl", found)
    _write_corrections(folder / "corrections.csv", parts["first"])
    links = "".join(f"{name}\tQ{number}\n" for number, name in enumerate(articles.LASTING, 4201))
    (folder / "links.tsv").write_text(f"# name\titem\n{links}", encoding="utf-8")


def _write_corrections(path: Path, found: list[articles.Record]) -> None:
    """A person's decisions that the count of each of these articles is another."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow("decision value article thing start end quote part id by at".split())
        for record in found:
            start = record["text"].index(" that ") + len(" that ")
            end = record["text"].index(" ", start)
            quote, thing = record["text"][start:end], f"figure/{start}-{end}"
            writer.writerow(["figure", "77", record["id"], thing, start, end, quote, "value", "x", PERSON, DECIDED])


def fill_in(queue: Path, decided: Path, size: Size) -> None:
    """The queue of ``kg review --csv`` with the decisions of a person on its first pairs."""
    with queue.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if len(rows) < size.decided:
        raise ValueError(f"there are {len(rows)} pairs to decide on, and {size.decided} are needed")
    for number, row in enumerate(rows[: size.decided]):
        row |= {"decision": VERDICTS[number % 3], "note": "seen", "decided_by": PERSON, "decided_at": DECIDED}
    with decided.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def at_the_keyboard(size: Size) -> Callable[[str], str]:
    """A person who knows the witnesses, says the same of a pair whenever it is asked for, and then goes home."""

    def answer(screen: str) -> str:
        for number, family in enumerate(articles.FAMILIES[: size.decided]):
            if re.search(rf"\w\. {family}\b", screen):
                return VERDICTS[number % 3][0]
        return "q"

    return answer
