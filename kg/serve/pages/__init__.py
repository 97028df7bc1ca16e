"""Pages of the things of a graph, each at the path of its IRI: HTML to read, JSON, and RDF."""
