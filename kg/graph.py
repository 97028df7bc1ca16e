"""A store with all that Python users ask of it in one call each: what :func:`kg.open` gives.

>>> import kg
>>> graph = kg.open()
>>> graph.rows("SELECT (COUNT(*) AS ?n) WHERE { ?s a kg:Statement }").rows
((0,),)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import query
from kg.errors import UsageError, expect
from kg.query import Query, Rows
from kg.store import Store

if TYPE_CHECKING:
    import networkx as nx

    from kg.model import Article
    from kg.pipeline import Report
    from kg.query.network import Measures
    from kg.view.page import Page


class Graph(Store):
    """A :class:`kg.store.Store`, with its answers as rows, pandas frames, networks, pages and files.

    ``dataset()`` is inherited: an ``rdflib.Dataset`` over the same quads.
    """

    def build(
        self,
        articles: Article | Iterable[Article] | str | Path | Sequence[str | Path],
        *,
        known: str | Path | None = None,
        jobs: int = 1,
        mentions: bool = True,
    ) -> Report:
        """Add articles, or the articles in files and folders; what is stored is left as it is. ``known`` is the file of a list of
        names (:mod:`kg.annotate.gazetteer`), which is used while reading and kept with the store; ``jobs`` and ``mentions`` are
        as in :func:`kg.build`.
        """
        from kg.model import Article
        from kg.pipeline import build
        from kg.read import read

        expect(articles, (Iterable, Path, Article), "A graph is built of articles, or of paths of files and folders")
        given = [articles] if isinstance(articles, str | Path | Article) else list(articles)
        for item in given:
            expect(item, (str, Path, Article), "A graph is built of articles, or of paths of files and folders")
        paths = [item for item in given if isinstance(item, str | Path)]
        found = [item for item in given if not isinstance(item, str | Path)]
        every = chain(found, read(paths) if paths else ())
        return build(every, store=self, known=known, jobs=jobs, mentions=mentions)

    def rows(
        self, question: str | Path, *, limit: int | None = None, timeout: float | None = None, **params: object
    ) -> Rows:
        """The answer of a named query, a ``.rq`` file, or SPARQL; keyword arguments are its parameters."""
        return query.run(self, _query(question), params, limit=limit, timeout=timeout)

    def frame(self, question: str | Path, **params: object) -> Any:
        """As :meth:`rows`, a pandas frame: decimals as floats, empty cells as missing. Needs the extra ``frames``."""
        try:
            pandas: Any = import_module("pandas")
        except ImportError as error:
            raise UsageError(
                "A frame needs pandas, which is not installed; install it with “pip install kg-said[frames]”."
            ) from error
        rows = query.run(self, _query(question), params)
        records = [[float(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in rows.rows]
        return pandas.DataFrame(records, columns=list(rows.columns))

    def ask(self, question: str) -> Rows:
        """The answer to a question in plain words; ``QueryError`` where no named query fits."""
        from kg.query import ask

        expect(question, str, "A question in plain words is a text")
        asked = ask.understand(self, question)
        return query.run(self, asked.query, asked.params)

    def network(self) -> nx.MultiDiGraph[str]:
        """The actors and the links between them; see :mod:`kg.query.network`."""
        from kg.query import network

        return network.graph(self)

    def measures(self) -> Measures:
        """Degree, betweenness, PageRank, communities and bridges of the network."""
        from kg.query import network

        return network.measures(network.graph(self))

    def page(self, *, title: str = "Who said what") -> Page:
        """The interactive page: as the last value of a notebook's cell it shows itself."""
        from kg import view

        return view.show(self, title=title)

    def export(self, path: str | Path, format: str = "turtle") -> Path:
        """Write the graph to a file, or to a folder for ``csv`` and ``neo4j``; the formats are :data:`kg.export.FORMATS`."""
        from kg import export

        return export.write(self, path, format)


def _query(question: str | Path) -> Query:
    """A query by name or file; text with a brace is SPARQL itself."""
    expect(question, str | Path, "A question is a name (“who_said_what”), the path of a .rq file, or SPARQL")
    question = str(question)
    return query.parse(question) if "{" in question else query.find(question)
