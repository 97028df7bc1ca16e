"""The network of who spoke about whom: its measures, the actors between communities, and the shortest chains."""

from kg.network.chains import Broker, Step, brokers, chain, find
from kg.network.measures import Actor, Measures, from_rows, graph, measures, only, pagerank

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
