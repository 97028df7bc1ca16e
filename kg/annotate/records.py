"""An annotation as the plain record that ``kg annotate --jsonl`` prints."""

from __future__ import annotations

from kg.annotate.figures import figures
from kg.annotate.names import mentions
from kg.model import Annotation, Spans


def to_record(annotation: Annotation) -> dict[str, object]:
    """``id``, ``text`` and the layers as lists; spans are ``[start, end]`` into ``text``."""
    text = annotation.article.text
    return {
        "id": annotation.article.id,
        "text": text,
        "attributions": [
            {
                "source": _spans(a.source),
                "cue": _spans(a.cue),
                "content": _spans(a.content),
                "kind": a.kind.value,
                "stance": a.stance.value,
                "certainty": a.certainty.value,
                "negated": a.negated,
                "said_on": a.said_on,
                "parent": a.parent,
                "confidence": a.confidence,
            }
            for a in annotation.attributions
        ],
        "entities": mentions.to_records(annotation.mentions, annotation.relations),
        "roles": [
            {
                "holder": [r.holder.start, r.holder.end],
                "name": r.holder.of(text),
                "title": r.title,
                "organisation": r.organisation.of(text) if r.organisation else None,
                "tense": r.tense.value,
                "since": r.since,
                "until": r.until,
            }
            for r in annotation.roles
        ],
        "figures": figures.to_records(annotation.figures),
        "extractor": annotation.extractor,
    }


def _spans(spans: Spans) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]
