"""The only place that maps the model to RDF and back."""

from kg.rdf.claims import assertions, claims
from kg.rdf.reading import articles, links, offices, references
from kg.rdf.writing import article_quads, comparison_quads, entity_quads, provenance_quads

__all__ = [
    "article_quads",
    "articles",
    "assertions",
    "claims",
    "comparison_quads",
    "entity_quads",
    "links",
    "offices",
    "provenance_quads",
    "references",
]
