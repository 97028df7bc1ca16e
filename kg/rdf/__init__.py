"""The only place that maps the model to RDF and back."""

from kg.rdf.reading import articles, claims, links, offices, references
from kg.rdf.writing import article_quads, comparison_quads, entity_quads, provenance_quads

__all__ = [
    "article_quads",
    "articles",
    "claims",
    "comparison_quads",
    "entity_quads",
    "links",
    "offices",
    "provenance_quads",
    "references",
]
