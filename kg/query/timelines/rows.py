"""Rows of a store that several time lines need."""

from __future__ import annotations

from kg import query
from kg.store import Store


def published(store: Store) -> dict[str, str]:
    return {
        str(a): str(d)
        for a, d in select(store, "SELECT ?a ?d WHERE { ?a a kg:Article ; dcterms:issued ?d } ORDER BY ?a")
    }


def late(value: str | None) -> str:
    return value or "9999"


def select(store: Store, text: str) -> list[tuple[str, ...]]:
    asked = query.parse(text)
    return [tuple("" if cell is None else str(cell) for cell in row) for row in query.run(store, asked).rows]


def place(cell: object) -> int:
    """The number of a character; 0 where nothing of an article shows what a row tells."""
    return int(str(cell)) if cell is not None else 0
