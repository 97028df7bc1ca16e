"""Asks the questions of a file in plain words over the sample articles and counts what kg ask makes of them.

    python tests/bench/ask.py [store] [--questions tests/data/ask_samples.yaml]

Right: just the rows that are expected. Partly: some of them, or others beside them. Wrong: none of them. Refused: no answer.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from kg import query
from kg.errors import KgError
from kg.pipeline import build
from kg.query import ask
from kg.read import samples
from kg.store import Store

QUESTIONS = Path(__file__).resolve().parents[1] / "data" / "ask_samples.yaml"


def verdict(case: dict[str, Any], rows: query.Rows) -> str:
    """``right``, ``partly`` or ``wrong``."""
    expected = [[str(text).lower() for text in row] for row in case["rows"]]
    found = [" | ".join(query.plain(cell) for cell in row).lower() for row in rows.rows]
    if "first" in case:
        found = found[: case["first"]]
    left = list(found)
    pairs = zip(expected, found, strict=False) if case.get("ordered") else ()
    matched = sum(_stands(row, text) for row, text in pairs)
    if not case.get("ordered"):
        # What could be several rows waits for what could be one.
        for row in sorted(expected, key=lambda row: sum(_stands(row, text) for text in found)):
            same = next((text for text in left if _stands(row, text)), None)
            if same is not None:
                left.remove(same)
                matched += 1
    if matched == len(expected) == len(found):
        return "right"
    return "partly" if matched else "wrong"


def _stands(row: list[str], text: str) -> bool:
    cells = text.split(" | ")
    # A number is a cell of its own, or a word of one.
    return all(part in cells or (part in text if not part.isdigit() else f" {part} " in f" {text} ") for part in row)


def answered(store: Store, case: dict[str, Any]) -> tuple[str, str]:
    """What comes of a question: the verdict, and the query and parameters or the refusal."""
    try:
        asked = ask.understand(store, case["ask"])
        rows = query.run(store, asked.query, asked.params)
    except KgError as error:
        return "refused", str(error)
    return verdict(case, rows), f"{asked.query.name} {asked.params} {len(rows)} rows"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", nargs="?")
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    options = parser.parse_args()
    if options.store:
        store = Store.open(options.store, create=False)
    else:
        store = Store.open()
        build(samples(), store=store)
    counted: Counter[str] = Counter()
    for case in yaml.safe_load(options.questions.read_text("utf-8")):
        came, how = answered(store, case)
        counted[came] += 1
        print(f"{came:8} {case['ask']}\n         {how}")
    print(dict(counted))


if __name__ == "__main__":
    main()
