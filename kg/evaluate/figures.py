"""Figures against gold: the value, with the comparator, and with a word of what is counted; one to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.evaluate.counts import Count, Document, Score, one_to_one


def score(documents: Sequence[Document], made: Sequence[Document]) -> dict[str, Score]:
    """Rows "figures value", "figures value and comparator", "figures value and counted"; best agreement is matched first."""
    counts = {name: Count() for name in ("value", "value and comparator", "value and counted")}
    for document, mine in zip(documents, made, strict=True):
        g, p = document.get("figures", []), mine.get("figures", [])
        agree = {
            (i, j): (_comparator(x) == _comparator(y), not _words(x) or bool(_words(x) & _words(y)))
            for i, x in enumerate(g)
            for j, y in enumerate(p)
            if _same_value(x["value"], y["value"])
        }
        pairs = one_to_one((sum(both), i, j) for (i, j), both in agree.items())
        right = [agree[pair] for pair in pairs.items()]
        counts["value"].add(len(right), len(p), len(g))
        counts["value and comparator"].add(sum(same for same, _ in right), len(p), len(g))
        counts["value and counted"].add(sum(same for _, same in right), len(p), len(g))
    return {f"figures {name}": count.score for name, count in counts.items()}


def _same_value(a: Any, b: Any) -> bool:
    left, right = (v if isinstance(v, list) else [v, v] for v in (a, b))
    return all(abs(x - y) <= 1e-5 * max(1.0, abs(x)) for x, y in zip(left, right, strict=True))


def _comparator(figure: Document) -> str:
    return str(figure.get("change", "="))


def _words(figure: Document) -> set[str]:
    return {
        w.lower().rstrip("s") for part in (figure.get("unit") or "", *figure.get("concepts", [])) for w in part.split()
    }
