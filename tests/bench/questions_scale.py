"""What every named question costs on a store of any size, asked about the things that are told of most in it.

    python -m tests.bench.questions_scale STORE [--only NAME …] [--runs 1] [--save FILE] [--against FILE]

Seconds are those of a processor. Each question is asked with parameters left out where it can be, with the word that most
people would type for the actor, place or topic that is told of most, and with that actor's IRI. Beside it stands what reading as many
rows of as many cells costs with one pattern. ``--save`` keeps all answers; ``--against`` compares with answers that were kept: same
rows in the same order.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg import query
from kg.errors import KgError
from kg.query.remote import Endpoint
from kg.store import Store

SLOW = 1.0  # seconds
MOST = {
    "by": "?s kg:speaker ?x",
    "about": "?s schema:about ?x",
    "name": "?r kg:refersTo ?x ; kg:mention ?s",
    "body": "?s kg:onBehalfOf ?x",
    "whose": "?s kg:holder ?x",
    "where": "?s kg:place ?x",
    "who": "?c kg:verdict kg:verdict-contradicts ; kg:leftStatement ?s . ?s kg:speaker ?x",
    "from": "?s kg:speaker ?x",
    "one": "?s kg:speaker ?x",
    "other": "?s schema:about ?x",
    "to": "?s kg:recipient ?x",
    "like": "?s kg:speaker ?x",
    "title": "?o kg:holder ?s ; schema:roleName ?x",
    "words": "?s kg:population ?x",
    "affair": "?s kg:inAffair/skos:prefLabel ?x",
    "since": "?s a kg:Article ; dcterms:issued ?day . BIND(STR(?day) AS ?x)",
}
"""What is told of most: by the name of the parameter, the pattern in which ``?x`` counts."""
PLAIN = "SELECT ?s ?p ?o WHERE {{ ?s ?p ?o }} LIMIT {}"


def most_told_of(store: Store | Endpoint) -> dict[str, tuple[str, str]]:
    """For each parameter of ``MOST`` what stands for it, and the word by which people ask for it."""
    found = {}
    for name, pattern in MOST.items():
        text = f'SELECT ?x (COUNT(?s) AS ?n) WHERE {{ {pattern} FILTER(!CONTAINS(STR(?x), "publisher")) }} GROUP BY ?x ORDER BY DESC(?n) STR(?x) LIMIT 1'
        if name == "since":
            text = f"SELECT ?x WHERE {{ {pattern} }} ORDER BY ?x LIMIT 1"
        rows = query.run(store, query.parse(text)).rows
        value = str(rows[0][0]) if rows else "nothing"
        label = (
            query.run(store, query.parse(f"SELECT ?x WHERE {{ <{value}> skos:prefLabel ?x }}")).rows
            if "://" in value
            else ()
        )
        found[name] = (value, str(label[0][0]).split()[-1] if label else value.split()[0])
    return found


def cases(asked: query.Query, told: Mapping[str, tuple[str, str]]) -> Iterator[dict[str, str]]:
    """The parameters with which a question is asked, the worst of them among these."""
    needed = [p.name for p in asked.parameters if p.default is None]
    if not needed:
        yield {}
    given = [
        p
        for p in asked.parameters
        if p.name in told and p.name not in ("also",) and (p.default is None or p.type == "name")
    ]
    if asked.name == "affair_figures":
        yield {"about": told["affair"][1]}
        return
    for form in (1, 0):
        chosen = {p.name: told[p.name][form] for p in given if p.type == "name" or form}
        chosen |= {p.name: told[p.name][1] for p in given if p.type != "name"}
        if chosen and (form or any(p.type == "name" for p in given)):
            yield chosen
    if "words" in {p.name for p in asked.parameters} - set(needed):
        yield {"words": told["words"][1]}


def timed(
    source: Store | Endpoint, asked: query.Query, params: Mapping[str, str], runs: int, timeout: float | None
) -> tuple[float, query.Rows]:
    """The least seconds of a processor of so many runs, and the rows."""
    least, rows = float("inf"), query.Rows((), ())
    for _ in range(runs):
        begun = sum(_cpu())
        rows = query.run(source, asked, params, timeout=timeout)
        least = min(least, sum(_cpu()) - begun)
    return least, rows


def _cpu() -> tuple[float, ...]:
    import os

    return tuple(os.times()[:4])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--timeout", type=float, default=None, help="in a process of its own, as the command line asks")
    parser.add_argument("--save", type=Path)
    parser.add_argument("--against", type=Path, nargs="*")
    parser.add_argument("--since", default="", help="begin with this question")
    given = parser.parse_args()
    kept: dict[str, Any] = {}
    for file in given.against or ():
        kept |= dict(json.loads(line) for line in file.read_text("utf-8").splitlines())
    with Store.open(given.store, read_only=True) as store:
        told = most_told_of(store)
        print(told)
        for name, asked in query.named().items():
            if (given.only and name not in given.only) or name < given.since:
                continue
            for params in cases(asked, told):
                key = json.dumps([name, params])
                try:
                    seconds, rows = timed(store, asked, params, given.runs, given.timeout)
                except KgError as error:
                    print(f"{name:28} {error} {params}", flush=True)
                    continue
                cells = [[query.plain(cell) for cell in row] for row in rows.rows]
                if given.save:
                    with given.save.open("a", encoding="utf-8") as file:
                        file.write(json.dumps([key, cells], ensure_ascii=False) + "\n")
                same = (
                    ""
                    if key not in kept
                    else "same"
                    if kept[key] == cells
                    else "OTHER ROWS"
                    if sorted(map(str, kept[key])) != sorted(map(str, cells))
                    else "OTHER ORDER"
                )
                print(
                    f"{name:28} {len(rows):7} {seconds:6.2f}{'!' if seconds > SLOW else ' '} {same:5} {params}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
