"""News articles in, a knowledge graph of who said what out."""
