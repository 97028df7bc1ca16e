"""Paragraphs as spaCy sees them, and what every later part reads off: words, clauses, quotations, quantities."""
