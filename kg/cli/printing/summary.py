"""What a build found, told to a person."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from kg.cli.printing.console import STORE, out, short
from kg.store import Store


def summarise(
    store: Store, added: tuple[str, ...], known: tuple[str, ...], turtle: Path, page: Path, store_path: str
) -> None:
    from kg import query

    named = query.named()
    said = list(query.run(store, named["who_said_what"]))
    entities = list(query.run(store, named["entities"]))
    comparisons = list(query.run(store, named["disagreements"]))
    people = sum(row["type"] == "person" for row in entities)
    out.print(
        f"{_counts(added, known)}: {len(said)} statements, {people} people, {len(entities) - people} other actors.\n"
    )
    out.print("Who said what")
    for row in _telling(said):
        office = ", ".join(str(part) for part in (row["role"], row["organisation"]) if part)
        when = f" ({row['said_on']})" if row["said_on"] else ""
        out.print(f"  {row['speaker_name']}{f', {office}' if office else ''}{when}")
        out.print(f"      {_words(str(row['cue']), str(row['content']))}")
    if comparisons:
        number = Counter(str(row["verdict"]) for row in comparisons)
        out.print(
            f"\nFigures that disagree: {number['contradicts']} contradict, {number['revises']} revise one another"
        )
        for row in _most_telling(comparisons, {str(e["name"]) for e in entities if e["type"] == "person"}):
            out.print(f"  {row['reason']}")
    out.print(f"\nThe graph is in {turtle}, the page to look at in {page}.")
    option = _option(store_path)
    out.print(f"Ask it: kg query disagreements{option}     All questions: kg query --list")


def stored(added: tuple[str, ...], known: tuple[str, ...], store_path: str) -> None:
    """What came into a store of which nothing else was written."""
    option = _option(store_path)
    out.print(f"{_counts(added, known)}.")
    out.print(f"Look at it: kg view{option}     Ask it: kg query disagreements{option}")


def _option(store_path: str) -> str:
    return f" --store {store_path}" if store_path != STORE else ""


def _counts(added: tuple[str, ...], known: tuple[str, ...]) -> str:
    new = f"{len(added)} new article{'s' if len(added) != 1 else ''}"
    return f"{new}, {len(known)} already in the store" if known else new


def _words(cue: str, content: str) -> str:
    """Cue and content as one would read them aloud: "said that …", "according to: …"."""
    return short(f"{cue} {content}" if content.startswith("that ") else f"{cue}: {content}")


def _most_telling(comparisons: list[dict[str, Any]], people: set[str]) -> list[dict[str, Any]]:
    """Four contradictions and two revisions, those between two people first, and no pair of speakers twice."""
    shown: list[dict[str, Any]] = []
    for verdict, limit in (("contradicts", 4), ("revises", 2)):
        pairs: set[frozenset[str]] = set()
        of_verdict = [row for row in comparisons if row["verdict"] == verdict]
        for row in sorted(of_verdict, key=lambda r: -sum(r[s] in people for s in ("left_speaker", "right_speaker"))):
            pair = frozenset((str(row["left_speaker"]), str(row["right_speaker"])))
            if pair not in pairs and len(pairs) < limit:
                pairs.add(pair)
                shown.append(row)
    return shown


def _telling(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A few statements that show the range: one a speaker, those with an office and a date first."""
    best: dict[str, dict[str, Any]] = {}
    for row in rows:
        if not row["speaker_name"] or row["kind"] == "author" or not row["cue"]:
            continue
        rank = (row["role"] is None, row["said_on"] is None, len(str(row["content"])) > 160)
        name = str(row["speaker_name"])
        if name not in best or rank < best[name]["rank"]:
            best[name] = {**row, "rank": rank}
    return sorted(best.values(), key=lambda row: (row["rank"], str(row["speaker_name"])))[:6]
