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
    """The same for annotations that are there: ``made[i]`` belongs to ``documents[i]``. Where a document says which characters
    somebody has ``checked``, what is made outside of these is not counted.
    """
    made = [_checked(document, mine) for document, mine in zip(documents, made, strict=True)]
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


def _checked(document: Document, made: Document) -> Document:
    """What was made where somebody has looked: everything, unless the gold document says where that was."""
    if "checked" not in document:
        return made
    looked = [(start, end) for start, end in document["checked"]]

    def inside(spans: Sequence[Sequence[int]]) -> bool:
        return any(start < last and first < end for first, last in spans for start, end in looked)

    entities = [{**e, "mentions": [m for m in e["mentions"] if inside([m])]} for e in made.get("entities", ())]
    return {
        **made,
        "attributions": [a for a in made.get("attributions", ()) if inside(a["content"] or a["cue"])],
        "entities": [e for e in entities if e["mentions"]],
        "figures": [f for f in made.get("figures", ()) if f.get("salient", True) and inside([f["span"]])],
    }
