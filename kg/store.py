"""Where quads live: embedded Oxigraph in memory or on disk. Named graphs are queried as one.

Every change is one transaction: it happens whole or not at all.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pyoxigraph as ox

from kg import nesting, untrusted
from kg import vocabulary as v
from kg.errors import QueryError, ReadError, StoreError

if TYPE_CHECKING:
    import rdflib

FORMAT = 1
"""The version of the layout on disk; a store of a newer version is refused."""

_MARKER = "kg-store.json"
_SIDE = "index.sqlite"
_LARGEST = 2_000_000_000  # bytes of a graph file, which is held in memory
_CONCLUSIONS = ox.NamedNode(v.Graph.INFERRED.value)
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None


class Store:
    """A set of named graphs. Open with :meth:`open`; use as a context manager to release the directory.

    >>> with Store.open() as store:
    ...     len(store)
    0
    """

    def __init__(self, inner: ox.Store, path: Path | None) -> None:
        self._inner = inner
        self.path = path
        self.inferred = False
        """Whether queries see what a reasoner concluded, too (``GRAPH`` reaches it in any case)."""
        self._side: sqlite3.Connection | None = None

    @classmethod
    def open(cls, path: str | Path | None = None, *, create: bool = True) -> Self:
        """The store in directory ``path``, or a new one in memory for ``None``.

        Raises ``StoreError`` where the directory is no kg store, is damaged, is of a newer version or in use.
        """
        if path is None:
            return cls(ox.Store(), None)
        impossible = untrusted.impossible(path)
        if impossible is not None:
            raise StoreError(impossible)
        folder = Path(path)
        marker = folder / _MARKER
        if folder.exists() and not folder.is_dir():
            raise StoreError(f"{folder} is a file, not a store; name a directory.")
        if not marker.is_file():
            if folder.is_dir() and any(folder.iterdir()):
                raise StoreError(f"{folder} is not a kg store and is not empty; nothing was changed.")
            if not create:
                raise StoreError(f"There is no store at {folder}; build one with “kg build”.")
        else:
            _check(marker)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            inner = ox.Store(str(folder / "quads"))
            if not marker.is_file():
                marker.write_text(json.dumps({"format": FORMAT}) + "\n", encoding="utf-8")
        except (OSError, RuntimeError, ValueError) as error:  # RocksDB tells damage as any of these
            reason = _why_closed(error)
            raise StoreError(f"The store at {folder} cannot be opened: {reason}.") from error
        newer = _newer(inner)
        if newer is not None:
            del inner
            raise StoreError(
                f"The graph in {folder} was made with version {newer} of the ontology and this kg knows {v.VERSION}; "
                "update kg to use it. Nothing was changed."
            )
        return cls(inner, folder)

    @classmethod
    def load(cls, file: str | Path) -> Self:
        """A store in memory that holds the graph of a file: Turtle, TriG, N-Triples, N-Quads or JSON-LD, by its ending.

        Raises ``StoreError`` where there is no such file, it does not parse, or a newer version of the ontology made it.
        """
        path = Path(file)
        kind = ox.RdfFormat.from_extension(path.suffix.removeprefix(".").lower())
        if kind is None:
            raise StoreError(f"{path} has no ending of a graph file; use .ttl, .trig, .nt, .nq or .jsonld.")
        inner = ox.Store()
        try:
            data = untrusted.contents(path, most=_LARGEST)
            syntax = nesting.JSON if kind == ox.RdfFormat.JSON_LD else nesting.TURTLE
            deep = nesting.too_deep(data, syntax) if kind != ox.RdfFormat.RDF_XML else None  # whose parser keeps a list
            if deep is not None:
                raise StoreError(f"{path} cannot be read: {deep}")
            inner.load(data, format=kind)
        except ReadError as error:
            raise StoreError(f"{path} cannot be read: {error}") from error
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"{path} is not a valid graph file: {_first_line(error)}") from error
        except OSError as error:
            raise StoreError(f"{path} cannot be read: {error.strerror or _first_line(error)}.") from error
        newer = _newer(inner)
        if newer is not None:
            raise StoreError(
                f"The graph in {path} was made with version {newer} of the ontology and this kg knows {v.VERSION}; "
                "update kg to use it."
            )
        return cls(inner, None)

    def close(self) -> None:
        """Write everything and release the directory; the store cannot be used afterwards."""
        if self.path is not None and hasattr(self, "_inner"):
            self._inner.flush()
        if self._side is not None:
            self._side.close()
            self._side = None
        self.__dict__.pop("_inner", None)

    def copy(self, target: Path) -> None:
        """Make ``target``, which must not exist, hold the quads as they are now: of hard links where the disk is the same."""
        try:
            self._inner.flush()
            self._inner.backup(str(target))
        except (OSError, ValueError) as error:
            raise StoreError(f"The store at {self.path} cannot be read: {_first_line(error)}") from error

    def dump(self) -> bytes:
        """All quads as N-Quads, in no particular order."""
        return self._inner.dump(format=ox.RdfFormat.N_QUADS) or b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._inner)

    # ── graphs ──

    def has_article(self, article_id: str) -> bool:
        from urllib.parse import quote

        subject = ox.NamedNode(f"{v.DATA}article/{quote(article_id, safe='', errors='replace')}")
        kind = ox.NamedNode(v.Class.ARTICLE.value)
        return any(self._inner.quads_for_pattern(subject, ox.NamedNode(v.TYPE), kind, None))

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads in one transaction; those already there stay."""
        self._guard(lambda: self._inner.extend(list(quads)))

    def replace_graph(self, graph: str, quads: Iterable[ox.Quad]) -> None:
        """Make ``graph`` hold exactly ``quads``; what does not change is not touched."""
        new = set(quads)
        old = set(self._inner.quads_for_pattern(None, None, None, ox.NamedNode(graph)))

        def change() -> None:
            self._inner.extend(new - old)
            for quad in old - new:
                self._inner.remove(quad)

        self._guard(change)

    def apply(self, *, add: Iterable[ox.Quad] = (), remove: Iterable[ox.Quad] = ()) -> None:
        """Remove some quads and add others; one that is in both stays."""
        new = set(add)
        old = set(remove) - new

        def change() -> None:
            self._inner.extend(new)
            for quad in old:
                self._inner.remove(quad)

        self._guard(change)

    def optimize(self) -> None:
        """Put what was written lately in order on disk, so that reading and the next change cost less (RocksDB compaction):
        worth its time after thousands of quads.
        """
        self._guard(self._inner.optimize)

    def about(self, subject: ox.NamedNode, graph: str) -> list[ox.Quad]:
        """The quads of one subject in one named graph."""
        return list(self._inner.quads_for_pattern(subject, None, None, ox.NamedNode(graph)))

    def subjects(self, prop: str, value: ox.NamedNode | ox.Literal) -> list[str]:
        """The IRIs of all that have ``value`` as this property, in any graph, in order."""
        found = self._inner.quads_for_pattern(None, ox.NamedNode(prop), value, None)
        return sorted({quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)})

    def told(self, subject: str) -> dict[str, list[str]]:
        """The values of a thing (an IRI) by property, in order, each once; IRIs and literals as text. Of all graphs, without
        that of conclusions unless :attr:`inferred` is set.
        """
        found: dict[str, set[str]] = {}
        node = _node(subject)
        for quad in self._inner.quads_for_pattern(node, None, None, None) if node is not None else ():
            if self.inferred or quad.graph_name != _CONCLUSIONS:
                found.setdefault(quad.predicate.value, set()).add(quad.object.value)  # type: ignore[union-attr]
        return {prop: sorted(values) for prop, values in found.items()}

    @property
    def side(self) -> sqlite3.Connection:
        """A database beside the quads for what can be made anew from them: indexes that no query and no export shows."""
        if self._side is None:
            where = ":memory:" if self.path is None else str(self.path / _SIDE)
            try:
                self._side = sqlite3.connect(where)
                self._side.execute("PRAGMA synchronous=OFF")  # made anew after a crash
                self._side.execute("PRAGMA schema_version")
            except sqlite3.DatabaseError:
                if self._side is not None:
                    self._side.close()
                Path(where).unlink(missing_ok=True)
                self._side = sqlite3.connect(where)
        return self._side

    def remove_article(self, article_id: str, *, graph: str) -> None:
        """Remove an article's own graph and its provenance."""
        from urllib.parse import quote

        activity = ox.NamedNode(f"{v.DATA}extraction/{quote(article_id, safe='')}")

        def change() -> None:
            for subject in (activity, ox.NamedNode(graph)):
                for quad in list(self._inner.quads_for_pattern(subject, None, None, None)):
                    self._inner.remove(quad)
            self._inner.remove_graph(ox.NamedNode(graph))

        self._guard(change)

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """All quads, or those of one named graph."""
        return iter(self._inner.quads_for_pattern(None, None, None, ox.NamedNode(graph) if graph else None))

    def subjects_of_type(self, kind: str) -> Iterator[ox.NamedNode | ox.BlankNode | ox.Triple]:
        """Everything that is asserted to be of the class ``kind`` (an IRI)."""
        for quad in self._inner.quads_for_pattern(None, ox.NamedNode(v.TYPE), ox.NamedNode(kind), None):
            yield quad.subject

    def objects(self, subject: str, prop: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
        """What the thing ``subject`` has as ``prop`` (both IRIs), each once, in a fixed order."""
        node = _node(subject)
        found = self._inner.quads_for_pattern(node, ox.NamedNode(prop), None, None) if node is not None else ()
        return sorted({quad.object for quad in found}, key=str)

    def graphs(self) -> list[str]:
        return sorted(g.value for g in self._inner.named_graphs())

    # ── queries ──

    def query(self, sparql: str, *, substitutions: Mapping[str, Term] | None = None) -> Any:
        """The result of a SPARQL query over the union of all graphs, without that of conclusions unless :attr:`inferred` is
        set. ``substitutions`` bind variables by name, so that
        no value is ever pasted into a query. Raises ``QueryError`` for a query that is not valid.
        """
        bound = {ox.Variable(name): term for name, term in (substitutions or {}).items() if term is not None}
        try:
            return self._inner.query(sparql, **union(self._inner, self.inferred), substitutions=bound or None)
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            raise unanswered(sparql, error) from error

    def select(self, query: str) -> Iterator[tuple[Term, ...]]:
        """The rows of a SELECT query as tuples of terms, in the order of its variables."""
        result = self.query(query)
        for row in result:
            yield tuple(row)

    def dataset(self) -> rdflib.Dataset:
        """An ``rdflib.Dataset`` over the same quads, whose default graph is the union. Changes go to the store."""
        import rdflib
        from oxrdflib import OxigraphStore

        data = rdflib.Dataset(store=OxigraphStore(store=self._inner), default_union=True)
        for prefix, namespace in v.PREFIXES.items():
            data.bind(prefix, namespace)
        return data

    def _guard(self, change: Any) -> None:
        try:
            change()
        except OSError as error:
            raise StoreError(f"The store at {self.path} cannot be written: {_first_line(error)}") from error


def _node(iri: str) -> ox.NamedNode | None:
    """The node of an IRI; ``None`` for words where a strange graph should have one, of which it tells nothing."""
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None


def _check(marker: Path) -> None:
    try:
        version = int(json.loads(marker.read_text(encoding="utf-8"))["format"])
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise StoreError(f"The store at {marker.parent} is damaged: {marker.name} cannot be read.") from error
    if version > FORMAT:
        raise StoreError(f"The store at {marker.parent} was written by a newer version of kg; update kg to open it.")


def union(inner: ox.Store, inferred: bool) -> dict[str, Any]:
    """How Oxigraph is told to query all graphs as one: without the graph of conclusions, unless ``inferred``."""
    if inferred or not inner.contains_named_graph(_CONCLUSIONS):
        return {"use_default_graph_as_union": True}
    return {"default_graph": [ox.DefaultGraph(), *(graph for graph in inner.named_graphs() if graph != _CONCLUSIONS)]}


def _newer(inner: ox.Store) -> str | None:
    """The newest version of the ontology that a graph in the store names, where it is newer than ours."""
    quads = inner.quads_for_pattern(None, ox.NamedNode(v.Outside.CONFORMS_TO.value), None, None)
    found = {v.newer(iri) for iri in {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}}
    return max((version for version in found if version), key=lambda x: [int(p) for p in x.split(".")], default=None)


def _why_closed(error: BaseException) -> str:
    if isinstance(error, FileExistsError | NotADirectoryError | PermissionError | FileNotFoundError):
        return f"{error.strerror}: {error.filename}"
    return "another process is using it" if "lock" in str(error).lower() else "it is damaged or cannot be read"


def unanswered(sparql: str, error: BaseException) -> QueryError:
    """What the engine has against a query, as one sentence."""
    if isinstance(error, SyntaxError):
        return QueryError(f"The query is not valid SPARQL{_near(sparql, error)}.")
    return QueryError(f"The query cannot be run: {_first_line(error)}")


def _near(sparql: str, error: BaseException) -> str:
    """Where the parser stopped, in the words of the query: its own message lists every token that it would have taken."""
    place = re.search(r"(\d+):(\d+)", str(error))
    if place is None:
        return ""
    lines = sparql.split("\n")
    row, column = int(place[1]) - 1, int(place[2]) - 1
    if row >= len(lines):
        return ": it ends too early"
    # From the beginning of the word in which it stopped, where there is one.
    start = lines[row].rfind(" ", 0, column) + 1 if lines[row][column:].strip() else len(lines[row])
    rest = " ".join(" ".join([lines[row][start:], *lines[row + 1 :]]).split())
    return f" at “{rest[:40]}”" if rest else ": it ends too early"


def _first_line(error: BaseException) -> str:
    return str(error).strip().split("\n", 1)[0].rstrip(".") + "."
