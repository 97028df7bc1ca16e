"""The only place that maps the model to RDF and back."""

from kg.rdf.claims import assertions, claims, covered
from kg.rdf.judging import (
    decisions,
    entity_names,
    judgements,
    kept_apart,
    meanings,
    name_of,
    reference_context,
    withdrawals,
)
from kg.rdf.naming import joined, meant, replaced
from kg.rdf.reading import article_id, articles, links, offices, references
from kg.rdf.writing import (
    affair_quads,
    article_quads,
    comparison_quads,
    entity_description,
    entity_quads,
    judgement_quads,
    meaning,
    provenance_quads,
    replaced_quads,
    shortcut_quads,
)

__all__ = [
    "affair_quads",
    "article_id",
    "article_quads",
    "articles",
    "assertions",
    "claims",
    "comparison_quads",
    "covered",
    "decisions",
    "entity_description",
    "entity_names",
    "entity_quads",
    "joined",
    "judgement_quads",
    "judgements",
    "kept_apart",
    "links",
    "meaning",
    "meanings",
    "meant",
    "name_of",
    "offices",
    "provenance_quads",
    "reference_context",
    "references",
    "replaced",
    "replaced_quads",
    "shortcut_quads",
    "withdrawals",
]
