"""Figures with one component off at a time: python tests/bench/ablate_figures.py GOLD.jsonl

GOLD has one JSON document a line with ``text`` and ``figures``, as in the development data. Each component is replaced by one that
does nothing; the three F1 scores (value, value and comparator, value and counted) say what it is worth.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from kg.annotate.dates.resolved import find as find_dates
from kg.annotate.figures import bounds, concepts, counted, figures, movements, ranges, uncounted
from kg.annotate.parse import units
from kg.annotate.parse.parsing import load, parse
from kg.english.numerals import fractions, numbers
from kg.english.paragraphs.blocks import split
from kg.evaluate import scores
from kg.model import Annotation, Article, Comparator

COMPONENTS: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "dates are no figures": (figures, "_taken", lambda piece, dates: []),
    "years, names, ages and places in an order left out": (uncounted, "counts_something", lambda doc, q: True),
    "· years": (uncounted, "_is_year", lambda doc, q: False),
    "· numbers in names": (uncounted, "_in_name", lambda doc, q: False),
    "· idle “one”": (uncounted, "_is_idle_one", lambda doc, q: False),
    "· ages": (uncounted, "_is_age", lambda doc, q: False),
    "fractions": (fractions, "fraction", lambda lex, i: None),
    "shares (“one in three”)": (fractions, "share", lambda lex, i: None),
    "orders of magnitude (“dozens”)": (fractions, "magnitude", lambda lex, i: None),
    "short multipliers (“bn”)": (numbers, "_SHORT_MONEY", {}),
    "currency signs": (units, "before", lambda text, start: None),
    "measures and currency words": (units, "after", lambda text, end: None),
    "rates": (units, "rate", lambda text, end: None),
    "ranges and movements": (ranges, "join", lambda doc, singles: list(singles)),
    "· movements": (ranges, "_moves", lambda doc, a, b, gap: False),
    "· shared unit and multiplier": (ranges, "_shared", lambda a, b: (a, b)),
    "conversions": (ranges, "with_conversions", lambda text, kept: list(kept)),
    "bounds": (bounds, "of", lambda text, start, end: (Comparator.EQUAL, start, end)),
    "changes": (movements, "of", lambda doc, q: None),
    "· gapped verbs": (movements, "_by", lambda doc, i, q: None),
    "counted noun": (counted, "noun", lambda doc, q: None),
    "· predicate (“30 of them are women”)": (counted, "_predicate", lambda doc, q: None),
    "· behind “of”": (counted, "_of", lambda doc, q: None),
    "· ahead in the words": (counted, "_ahead", lambda doc, q: None),
    "concepts": (concepts, "find", lambda doc, q, noun: ()),
    "· subject": (concepts, "_subject", lambda doc, q, anchor: None),
    "· governing noun": (concepts, "_governor", lambda node: None),
    "· complements": (concepts, "_complements", lambda token, seen, depth=2: None),
    "· nearest noun": (concepts, "_nearest_noun", lambda doc, q: None),
}  # fmt: skip


class Parsed:
    """An annotator of figures alone that parses each text once."""

    def __init__(self) -> None:
        self._nlp = load()
        self._known: dict[str, Any] = {}

    def annotate(self, article: Article) -> Annotation:
        if article.text not in self._known:
            self._known[article.text] = parse(self._nlp, article.text, split(article.text))
        pieces = self._known[article.text]
        return Annotation(article, figures=tuple(figures.find(pieces, dates=find_dates(pieces, published=None))))


@contextmanager
def off(where: Any, name: str, instead: Any) -> Iterator[None]:
    with patch.object(where, name, instead):
        yield


def main(path: str) -> None:
    documents = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    annotator: Any = Parsed()

    def row(name: str) -> None:
        found = {k: v[2] for k, v in scores(documents, annotator).items() if k.startswith("figures")}
        value, change, words = found.values()
        print(f"| {name} | {value:.1f} | {change:.1f} | {words:.1f} |", flush=True)

    print("| off | value | value and comparator | value and counted |\n|---|---|---|---|")
    row("nothing")
    for name, component in COMPONENTS.items():
        with off(*component):
            row(name)


if __name__ == "__main__":
    main(sys.argv[1])
