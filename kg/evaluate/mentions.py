"""Named mentions against gold: exact and overlapping spans with their type (person, organisation, place)."""

from __future__ import annotations

from collections.abc import Sequence

from kg.evaluate.counts import Count, Document, Score, one_to_one
from kg.model import EntityType

_FOLD = {
    "per": "person",
    "person": "person",
    "org": "organisation",
    "organization": "organisation",
    "organisation": "organisation",
    "loc": "place",
    "location": "place",
    "gpe": "place",
}
_Mention = tuple[int, int, str]


def score(documents: Sequence[Document], made: Sequence[Document]) -> dict[str, Score]:
    """Rows "mentions exact" and "mentions overlap"."""
    exact, overlap = Count(), Count()
    for document, mine in zip(documents, made, strict=True):
        g, p = sorted(_mentions(document)), sorted(_mentions(mine))
        exact.add(len(set(g) & set(p)), len(p), len(g))
        found = [
            (min(x[1], y[1]) - max(x[0], y[0]), i, j)
            for i, x in enumerate(g)
            for j, y in enumerate(p)
            if x[2] == y[2] and min(x[1], y[1]) > max(x[0], y[0])
        ]
        overlap.add(len(one_to_one(found)), len(p), len(g))
    return {"mentions exact": exact.score, "mentions overlap": overlap.score}


def _mentions(document: Document) -> set[_Mention]:
    out: set[_Mention] = set()
    for entity in document.get("entities", []):
        name = str(entity["type"]).lower()
        kind = _FOLD.get(name) or _family(name)
        if kind in ("person", "organisation", "place"):
            out.update((start, end, kind) for start, end in entity["mentions"])
    return out


def _family(name: str) -> str:
    """The family of one of our finer types that the fold knows: countries, cities and regions are places."""
    return EntityType(name).family.value if name in set(EntityType) else ""
