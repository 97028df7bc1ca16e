"""All that a page or a time line shows, article after article: what the named questions tell, without asking them of everything."""

from kg.query.articles.reading import Entities, Part, names, ordinary, parts
from kg.query.articles.rows import TABLES, entity_row, link_rows, tables

__all__ = ["TABLES", "Entities", "Part", "entity_row", "link_rows", "names", "ordinary", "parts", "tables"]
