"""The network of who spoke about whom: its measures, the actors between communities, and the shortest chains."""

from kg.query.network.chains import Broker, Step, brokers, chain, find
from kg.query.network.measures import Actor, Measures, from_rows, graph, measures, only, pagerank

__all__ = [
    "Actor",
    "Broker",
    "Measures",
    "Step",
    "brokers",
    "chain",
    "find",
    "from_rows",
    "graph",
    "measures",
    "only",
    "pagerank",
]
