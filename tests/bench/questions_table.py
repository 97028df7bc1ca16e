"""Writes queries/README.md: every named question, its query and parameters, and its rows on the sample articles; and
queries/catalogue.ttl, the same for machines.

    python tests/bench/questions_table.py [store]     # the store of `kg demo`; built anew when none is named

All but the column of rows comes from the headers alone; a test fails when it is stale.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kg import query
from kg.pipeline import build
from kg.query import catalogue
from kg.read import samples
from kg.store import Store

README = Path(__file__).resolve().parents[2] / "queries" / "README.md"

HEAD = """# Questions

What can be asked of the graph by name: `kg query NAME --param key=value`, or in plain words: `kg ask "…"`. This page is written by
`python tests/bench/questions_table.py` from the headers of the files beside it; the last column counts the rows on the seven
sample articles with the values shown, so that it moves when the extraction does.

Each file is whole: it declares its prefixes and holds its parameters as `VALUES ?name { … }` with the default inside, so that any
engine of SPARQL 1.1 runs it as it is, on the Turtle that kg exports as on the store. To give a value elsewhere, edit the `VALUES`;
what a question must be given is open in the file and leaves nothing out. `catalogue.ttl` holds them all as `sh:SPARQLExecutable`.

A parameter of text is the beginning of a word of what it is compared with ("medet" finds Artur Medetbekov), without regard to
capitals; one of a name takes the IRI of an actor, too. Given several times, any of its values counts. A value becomes an RDF term
in the place of the default, never a part of the query's text. Of a date of which only the month or the year is known, the beginning counts. All
questions that list statements take `min_confidence`, from 0 to 1. Two questions have an answer only partly in SPARQL:
which chain between two actors is the shortest (`kg path`), and which communities there are and who stands between them
(`kg network`); both work on the rows of `links`.

The exact answers of all of them on a small invented story stand in `tests/data/questions.yaml` and are the same on Oxigraph,
rdflib and Apache Jena.
"""

EXAMPLES = {
    "by": "Medetbekov", "about": "Islamic State", "body": "Interior Ministry", "since": "2015-04", "until": "2015-09", "words": "women",
    "where": "Syria", "who": "Mambetaliev", "whose": "Mamataliev", "title": "spokesman", "name": "GKNB", "one": "Mambetaliev",
    "other": "Medetbekov", "from": "Medetbekov",
}  # fmt: skip
"""Values for the parameters that must be given, by name."""


def example(asked: query.Query) -> dict[str, str]:
    """Values for the parameters that a question must be given."""
    return {p.name: EXAMPLES[p.name] for p in asked.parameters if p.default is None}


def page(store: Store | None) -> str:
    """The page; without a store the column of rows is empty."""
    out = [HEAD]
    for group, questions in query.grouped().items():
        out.append(f"\n## {group}\n")
        if group == "Parts of the page":
            out.append("What the interactive page and the exports are made of.\n")
        rows = []
        for asked in questions:
            given = example(asked)
            optional = [p.name for p in asked.parameters if p.default is not None]
            shown = ", ".join([*(f"{k}={v}" for k, v in given.items()), *(f"({name})" for name in optional)])
            count = "" if store is None else str(len(query.run(store, asked, given)))
            rows.append(f"| {asked.question} | [`{asked.name}`]({asked.name}.rq) | {shown} | {count} |")
        out.append(
            "\n".join(["| question | query | parameters (optional) | rows |", "|---|---|---|---|", *rows]) + "\n"
        )
    return "\n".join(out)


def header_part(text: str) -> str:
    """The page without its column of rows."""
    return "\n".join(line.rsplit("|", 2)[0] if line.startswith("|") else line for line in text.splitlines())


def main() -> None:
    if len(sys.argv) > 1:
        store = Store.open(sys.argv[1], create=False)
    else:
        store = Store.open()
        build(samples(), store=store)
    README.write_text(page(store), encoding="utf-8")
    README.with_name("catalogue.ttl").write_text(catalogue.turtle(), encoding="utf-8")
    print(README)


if __name__ == "__main__":
    main()
