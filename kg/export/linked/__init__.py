"""Formats of linked data: the whole graph in the syntaxes of RDF, and what others make of RDF."""
