"""The SPARQL 1.1 Protocol, query operation: what is asked, over which graphs, in which form; how a query works and ends."""
