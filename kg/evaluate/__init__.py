"""Precision, recall and F1 of an annotator against gold annotations, layer by layer.

Attributions: exact spans, contiguous fragments, their first tokens and overlapping tokens of source, cue and content, and the
"who said what" triple, also by the class of the cue. Mentions: exact and overlapping spans with type. Figures: the value, with
its comparator, and with a word of what is counted.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.annotate import Annotator
from kg.annotate.records import to_record
from kg.evaluate import attributions, figures, mentions
from kg.evaluate.counts import Document, Score
from kg.model import Article

__all__ = ["Score", "score", "scores"]


def scores(documents: Sequence[Document], annotator: Annotator) -> dict[str, Score]:
    """Precision, recall and F1 in percent for each layer that the gold ``documents`` carry, annotated by ``annotator``."""
    made = [
        to_record(annotator.annotate(Article(str(d.get("id", i)), d["text"], published=_date(d))))
        for i, d in enumerate(documents)
    ]
    return score(documents, made)


def score(documents: Sequence[Document], made: Sequence[Document]) -> dict[str, Score]:
    """The same for annotations that are there: ``made[i]`` belongs to ``documents[i]``."""
    out: dict[str, Score] = {}
    if any(d.get("attributions") for d in documents):
        out.update(attributions.score(documents, made))
    if any(d.get("entities") for d in documents):
        out.update(mentions.score(documents, made))
    if any(d.get("figures") for d in documents):
        out.update(figures.score(documents, made))
    return out


def _date(document: Document) -> str | None:
    meta = document.get("meta")
    return str(meta["publication_date"]) if isinstance(meta, dict) and meta.get("publication_date") else None
