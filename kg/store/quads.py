"""Named graphs at rest: embedded Oxigraph in memory or on disk, queried as one.

Every change is one transaction over the quads and the index beside them: it happens whole or not at all, also when the
process is killed. Who reads sees the state that was published last and keeps it while another is made.
"""

from __future__ import annotations

import atexit
import contextlib
import itertools
import os
import re
import shutil
import signal
import sqlite3
import tempfile
import threading
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

import pyoxigraph as ox

from kg import nesting, untrusted
from kg import vocabulary as v
from kg.errors import QueryError, ReadError, StoreError, UsageError, expect, shown
from kg.store.base import checked, put_under, record, recorded, under
from kg.store.limits import check
from kg.store.locks import Lock
from kg.store.reasons import is_malformed, reason
from kg.store.side import Side, belongs_to
from kg.store.states import Folder, Pinned, discard, synchronise

if TYPE_CHECKING:
    import rdflib

_LARGEST = 2_000_000_000  # bytes of a graph file, which is held in memory
_AT_ONCE = 1_000_000  # quads from which on they are not written anew
_PARTS = 3  # that quads are written anew in
_PIECE = 250_000  # quads written anew at once: each time makes some ten files, and a process may have so many open only
_IN_BULK = 10_000  # quads from which on the bulk loader takes a third of the time
_LOG = 8_000_000  # bytes of a log that are not worth opening a copy for
_AT, _END = "\x1e", "\x1f"  # between the number of a property and its value, and behind each but the last
_HELD = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None


def _pieces(parts: Iterable[Iterable[ox.Quad]]) -> Iterator[list[ox.Quad]]:
    """Small parts put together."""
    piece: list[ox.Quad] = []
    for part in parts:
        piece.extend(part)
        if len(piece) >= _PIECE:
            yield piece
            piece = []
    if piece:
        yield piece


class Store:
    """A set of named graphs. Open with :meth:`open`; use as a context manager to release the directory.

    >>> with Store.open() as store:
    ...     len(store)
    0
    """

    def __init__(
        self, inner: ox.Store, folder: Folder | None = None, *, read_only: bool = False, base: str = v.DATA
    ) -> None:
        self._inner = inner
        self._folder = folder
        self.base = base
        """Under this IRI lies all that belongs to the store alone; it never changes."""
        self.path = None if folder is None else folder.path
        self.read_only = read_only
        self.inferred = False
        """Whether queries see what a reasoner concluded, too (``GRAPH`` reaches it in any case)."""
        self._side = Side(self.path)
        self._in_step = folder is None  # whether the index belongs to the quads as they are
        self._process = os.getpid()
        self._pinned = Pinned(None, None, None)
        self._work: tuple[Path, Lock] | None = None  # the writer's own copy
        self._writer: Lock | None = None  # held while this process may write
        self._reserved = 0
        self._depth = 0  # of nested transactions
        self._pending = False  # quads were changed in the copy and not published
        self._undo: list[tuple[list[ox.Quad], list[ox.Quad]]] = []  # in memory: what was added and removed

    @classmethod
    def open(
        cls, path: str | Path | None = None, *, create: bool = True, read_only: bool = False, base: str | None = None
    ) -> Self:
        """The store in directory ``path``, or a new one in memory for ``None``.

        ``base`` is an absolute http or https IRI that is recorded in a store that is made; without one it is kg's own. Of a
        store that is there it must be the one that was recorded, or ``UsageError`` says so.

        It shows the state that was published last, whatever a writer does meanwhile. With ``read_only`` nothing is ever
        written, so that a store on a read-only medium opens. Else the first change keeps other writers out until it is
        done. Raises ``StoreError`` where the directory is no kg store, is damaged, or is of a newer version.
        """
        expect(path, str | Path | None, "A store is opened by the path of its folder, or by None for one in memory")
        given = None if base is None else checked(base)
        if path is None:
            return cls(ox.Store(), base=given or v.DATA)
        impossible = untrusted.impossible(path)
        if impossible is not None:
            raise StoreError(impossible)
        folder = Folder(Path(path))
        if folder.path.exists() and not folder.path.is_dir():
            raise StoreError(f"{folder.path} is a file, not a store; name a directory.")
        try:
            if not folder.is_store:
                if folder.is_others:
                    raise StoreError(f"{folder.path} is not a kg store and is not empty; nothing was changed.")
                if read_only or not create:
                    raise StoreError(f"There is no store at {folder.path}; build one with “kg build”.")
                folder.make(given if given != v.DATA else None)
        except OSError as error:
            raise StoreError(f"The store at {folder.path} cannot be opened: {reason(error)}.") from error
        store = cls(ox.Store(), folder, read_only=read_only)
        store._look()
        store._keep_base(given)
        if not read_only:
            with contextlib.suppress(StoreError), store.reserved():
                pass  # what a writer before left is finished or undone now, unless another one is at work
        _opened.add(store)
        return store

    def _keep_base(self, given: str | None) -> None:
        if given not in (None, self.base):
            kept, path = self.base, self.path
            self.close()
            raise UsageError(
                f"The store at {path} has the base {kept} since it was made, and {given} is another; a store keeps its base. "
                "Nothing was changed."
            )

    def _look(self) -> None:
        """Show the published state."""
        assert self._folder is not None
        pinned = self._folder.pin()
        try:
            if pinned.directory is None:
                inner = ox.Store()
            else:
                try:
                    inner = ox.Store.read_only(str(pinned.directory))
                except (OSError, RuntimeError, ValueError) as error:  # RocksDB tells damage as any of these
                    raise StoreError(f"The store at {self.path} cannot be opened: {reason(error)}.") from error
                try:
                    version = _other(inner)
                except (OSError, RuntimeError) as error:
                    raise StoreError(f"The store at {self.path} cannot be opened: {reason(error)}.") from error
                if version is not None:
                    remedy = "build a new store from its articles" if not v.newer(version) else "update kg to use it"
                    raise StoreError(
                        f"The graph in {self.path} was made with version {version} of the ontology and this kg knows "
                        f"{v.VERSION}; {remedy}. Nothing was changed."
                    )
        except BaseException:
            pinned.release()
            raise
        self._inner = inner
        self.base = self._folder.base() or recorded(inner) or v.DATA
        self._pinned.release()
        self._pinned = pinned

    @property
    def outdated(self) -> bool:
        """Whether another state was published than the one that is shown."""
        return self._folder is not None and self._folder.published() != self._pinned.name

    def refresh(self) -> bool:
        """Show the state that was published last; whether it is another one than before."""
        if self._pending or not self.outdated:
            return False
        self._drop_copy()
        self._look()
        return True

    @classmethod
    def load(cls, file: str | Path) -> Self:
        """A store in memory that holds the graph of a file: Turtle, TriG, N-Triples, N-Quads or JSON-LD, by its ending.

        Raises ``StoreError`` where there is no such file, it does not parse, or another version of the ontology made it.
        """
        expect(file, str | Path, "A graph is loaded from the path of a file")
        path = Path(file)
        kind = ox.RdfFormat.from_extension(path.suffix.removeprefix(".").lower())
        if kind is None:
            raise StoreError(f"{shown(path)} has no ending of a graph file; use .ttl, .trig, .nt, .nq or .jsonld.")
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
        version = _other(inner)
        if version is not None:
            remedy = "build it again from its articles" if not v.newer(version) else "update kg to use it"
            raise StoreError(
                f"The graph in {path} was made with version {version} of the ontology and this kg knows {v.VERSION}; {remedy}."
            )
        return cls(inner, base=recorded(inner) or v.DATA)

    def graph_name(self, graph: str) -> str:
        """The IRI of a named graph: one of :class:`kg.vocabulary.Graph` lies under the base of the store, others are as given."""
        return under(graph, self.base) if isinstance(graph, v.Graph) else graph

    def close(self) -> None:
        """Publish what was changed and release the directory; the store cannot be used afterwards."""
        if not hasattr(self, "_inner") or os.getpid() != self._process:
            return  # a forked process leaves what is its parent's
        try:
            if self._pending and self._work is not None:
                with self.reserved():
                    self._publish()
        finally:
            self._drop_copy()
            self.__dict__.pop("_inner", None)
            self._side.close()
            self._pinned.release()
            self._let_go()

    def _drop_copy(self) -> None:
        if self._work is None:
            return
        folder, held = self._work
        self._work, self._pending = None, False
        self._inner = ox.Store()  # RocksDB ends its housekeeping before its files are removed
        held.release()
        discard(folder)

    @contextlib.contextmanager
    def frozen(self) -> Iterator[Path]:
        """A directory with the quads as they are now, for ``pyoxigraph.Store.read_only`` in another process; it stays until
        the end of the block. Of a store on disk only.
        """
        assert self._folder is not None
        if not self._pending and self._pinned.directory is not None:
            yield self._pinned.directory
            return
        # What is not published yet: beside the quads, so that the copy is made of hard links.
        with tempfile.TemporaryDirectory(prefix=".query-", dir=self.path if self._work else None) as folder:
            copied = Path(folder) / "quads"
            self._guard(lambda: self._inner.backup(str(copied)) if self._work else ox.Store(str(copied)).flush())
            yield copied

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

    def holds(self, subject: ox.NamedNode, kind: str) -> bool:
        """Whether a thing is asserted, in any graph, to be of the class ``kind`` (an IRI)."""
        expect(subject, ox.NamedNode, "A thing is named by a pyoxigraph.NamedNode")
        return any(self._inner.quads_for_pattern(subject, ox.NamedNode(v.TYPE), ox.NamedNode(kind), None))

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads in one transaction; those already there stay."""
        self.apply(add=quads)

    def replace_graph(self, graph: str, quads: Iterable[ox.Quad]) -> None:
        """Make ``graph`` hold exactly ``quads``; what does not change is not touched."""
        new, name = set(put_under(_quads(quads), self.base)), _graph(self.graph_name(graph))
        with self.transaction():
            old = set(self._inner.quads_for_pattern(None, None, None, name))
            self._change(new - old, old - new)

    def apply(self, *, add: Iterable[ox.Quad] = (), remove: Iterable[ox.Quad] = ()) -> None:
        """Remove some quads and add others; one that is in both stays. What was minted under kg's own base is under the base
        of the store then.
        """
        new = set(put_under(_quads(add), self.base))
        old = set(put_under(_quads(remove), self.base)) - new
        if new or old:
            with self.transaction():
                self._change(new, old)

    def _change(self, add: Iterable[ox.Quad], remove: Iterable[ox.Quad]) -> None:
        added, removed = list(add), list(remove)
        if added and self.base != v.DATA:
            added.append(record(self.base))
        if self._folder is None and self._depth:
            self._undo.append(([q for q in added if q not in self._inner], [q for q in removed if q in self._inner]))

        def change() -> None:
            if len(added) >= _IN_BULK:
                self._inner.bulk_extend(added)  # not whole by itself; the transaction is
            else:
                self._inner.extend(added)
            for quad in removed:
                self._inner.remove(quad)

        self._guard(change)
        self._pending = True

    def optimize(self) -> None:
        """Put what was written lately in order on disk, so that reading and the next change cost less (RocksDB compaction):
        worth its time after thousands of quads.
        """
        with self.transaction():
            self._guard(self._inner.optimize)
            self._pending = True

    def pack(self) -> None:
        """Write all quads anew, sorted and compressed: a third less on disk, at 14 µs a quad, and up to .4 GB of memory more for as long as
        it takes. RocksDB compresses what is written in bulk, and by itself only what lies below half a gigabyte of one order of
        quads, so that later changes undo it in a store of less than some ten thousand articles. More than a million quads are
        written in several parts, which are put together uncompressed: they are put in order only (:meth:`optimize`).
        """
        if len(self) > _AT_ONCE:
            self.optimize()
            return
        with self.transaction():
            if self._work is None:
                return
            packed = Path(tempfile.mkdtemp(prefix="packed-", dir=self._work[0]))
            self._guard(lambda: self._rewrite(packed))
            for other in self._work[0].iterdir():
                if other.is_dir() and other != packed:
                    shutil.rmtree(other, ignore_errors=True)
            self._pending = True

    def _rewrite(self, directory: Path) -> None:
        anew = ox.Store(str(directory))
        # All at once takes twice the memory; four files of an order or more are put together at once, uncompressed.
        quads, part = iter(self._inner), len(self) // _PARTS + 1
        for _ in range(_PARTS):
            anew.bulk_extend(itertools.islice(quads, part))
        self._inner = anew

    def about(self, subject: ox.NamedNode, graph: str) -> list[ox.Quad]:
        """The quads of one subject in one named graph."""
        return list(self._inner.quads_for_pattern(subject, None, None, ox.NamedNode(self.graph_name(graph))))

    def told_in(self, graph: str, props: Iterable[str]) -> Iterator[tuple[str, dict[str, list[str]]]]:
        """Each subject that has one of these properties in one graph (an IRI), with its values by property, as text and in order.

        The engine itself puts together what is told of a subject, in two thirds of the time that one quad after another takes.
        """
        names = list(dict.fromkeys(props))
        # A number for each property: its name is not looked up with each quad.
        values = " ".join(f'(<{name}> "{at}")' for at, name in enumerate(names))
        pattern = f"{{ VALUES (?p ?i) {{ {values} }} GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        told = f'GROUP_CONCAT(CONCAT(?i, "{_AT}", STR(?o)); separator="{_END}")'
        query = f"SELECT ?s (COUNT(*) AS ?n) ({told} AS ?t) {pattern} GROUP BY ?s"
        one_by_one: dict[str, list[str]] = {}
        for subject, number, text in cast("Iterable[Sequence[Any]]", self._inner.query(query)):
            pairs = [] if text is None else text.value.split(_END)
            if len(pairs) != int(number.value):  # a value has what ends one in it, or is none that has a text
                if not one_by_one:
                    for other, at, value in cast(
                        "Iterable[Sequence[Any]]", self._inner.query(f"SELECT ?s ?i ?o {pattern}")
                    ):
                        one_by_one.setdefault(other.value, []).append(f"{at.value}{_AT}{value.value}")
                pairs = one_by_one[subject.value]
            yield subject.value, _by_name(pairs, names)

    def holding(self, prop: str, value: ox.NamedNode, graph: str) -> list[ox.Quad]:
        """The quads of one named graph that have ``value`` as this property."""
        name = ox.NamedNode(self.graph_name(graph))
        return list(self._inner.quads_for_pattern(None, ox.NamedNode(prop), value, name))

    def some(
        self, *, subject: ox.NamedNode | None = None, value: ox.NamedNode | None = None, most: int
    ) -> list[ox.Quad]:
        """At most ``most`` of the quads with this subject or object, of all graphs; without that of conclusions unless
        :attr:`inferred` is set.
        """
        conclusions = ox.NamedNode(self.graph_name(v.Graph.INFERRED))
        quads = self._inner.quads_for_pattern(subject, None, value, None)
        return list(itertools.islice((q for q in quads if self.inferred or q.graph_name != conclusions), most))

    def column(self, prop: str) -> dict[str, list[str]]:
        """The values of a property of all things that have it, by IRI and in order; IRIs and literals as text. Of all graphs, without
        that of conclusions unless :attr:`inferred` is set.
        """
        found: dict[str, set[str]] = {}
        name, conclusions = _node(prop), ox.NamedNode(self.graph_name(v.Graph.INFERRED))
        if name is None:
            return {}
        pairs: Iterable[Sequence[Any]]
        if self.inferred or not self._inner.contains_named_graph(conclusions):
            # Half the time of quads, whose property and graph are looked up as well.
            asked = f"SELECT ?s ?o WHERE {{ ?s {name} ?o }}"
            pairs = cast("Iterable[Sequence[Any]]", self._inner.query(asked, use_default_graph_as_union=True))
        else:
            quads = self._inner.quads_for_pattern(None, name, None, None)
            pairs = ((quad.subject, quad.object) for quad in quads if quad.graph_name != conclusions)
        for subject, value in pairs:
            if isinstance(subject, ox.NamedNode):
                found.setdefault(subject.value, set()).add(value.value)
        return {subject: sorted(values) if len(values) > 1 else list(values) for subject, values in found.items()}

    @property
    def state(self) -> str | None:
        """The name of the published state that is shown, another one after each change; ``None`` for a store in memory."""
        return self._pinned.name

    def subjects(self, prop: str, value: ox.NamedNode | ox.Literal) -> list[str]:
        """The IRIs of all that have ``value`` as this property, in any graph, in order."""
        expect(value, ox.NamedNode | ox.Literal, "A value is a pyoxigraph.NamedNode or Literal")
        name = _node(prop)
        found = self._inner.quads_for_pattern(None, name, value, None) if name is not None else ()
        return sorted({quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)})

    def told(self, subject: str) -> dict[str, list[str]]:
        """The values of a thing (an IRI) by property, in order, each once; IRIs and literals as text. Of all graphs, without
        that of conclusions unless :attr:`inferred` is set.
        """
        found: dict[str, set[str]] = {}
        node, conclusions = _node(subject), ox.NamedNode(self.graph_name(v.Graph.INFERRED))
        for quad in self._inner.quads_for_pattern(node, None, None, None) if node is not None else ():
            if self.inferred or quad.graph_name != conclusions:
                found.setdefault(quad.predicate.value, set()).add(quad.object.value)  # type: ignore[union-attr]
        return {prop: sorted(values) for prop, values in found.items()}

    @property
    def side(self) -> sqlite3.Connection:
        """A database beside the quads for what can be made anew from them (:mod:`kg.store.side`), changed in the same
        transaction as they are.
        """
        return self._side.db

    @property
    def index_in_step(self) -> bool:
        """Whether what the database beside the quads holds was made from the quads as they are. On a store that is read
        only, or between transactions, as it lies on the disk; a writer who is at work on it counts as in step.
        """
        if self._folder is None or self._depth:
            return self._in_step
        try:
            made, follows = belongs_to(self._folder.path)
        except BlockingIOError:
            return True
        if made is not None and follows == self._pinned.name and self._folder.directory(made).is_dir():
            return True  # the next writer publishes the state that it belongs to
        return made == self._pinned.name

    def index_made(self) -> None:
        """Say in a transaction that the database beside the quads now holds what follows from them."""
        self._in_step = True

    def forget_index(self) -> None:
        """Empty the database beside the quads, so that all is made anew."""
        with self.transaction():
            self._side.forget()
            self._side.begin()
            self._in_step = False
            self._pending = True

    @classmethod
    def write_anew(cls, path: Path, quads: Iterable[Iterable[ox.Quad]]) -> None:
        """Put these quads in the place of all that the store in ``path`` holds, in files that share nothing with those before.
        The index belongs to none of it then.
        """
        store = cls(ox.Store(), Folder(path))
        assert store._folder is not None
        try:
            store._pinned = store._folder.pin()
            with store.reserved():
                work = store._folder.working_copy()
                store._inner, store._work = ox.Store(str(work[0] / "quads")), work
                for piece in _pieces(quads):
                    store._guard(lambda piece=piece: store._inner.bulk_extend(piece))  # type: ignore[misc]
                store._side.forget()
                store._pending = True
                store._publish()
        except BaseException:
            store._pending = False
            raise
        finally:
            store.close()

    # ── transactions ──

    @contextlib.contextmanager
    def reserved(self) -> Iterator[None]:
        """Keep other writers out for the length of the block, and show the newest state. Raises ``StoreError`` while there
        is another, and on a store that was opened for reading only.
        """
        if self._folder is None:
            yield
            return
        if self.read_only:
            raise StoreError(f"The store at {self.path} was opened for reading only.")
        self._reserved += 1
        try:
            if self._writer is None:
                self._writer = self._folder.reserve()
                self._recover()
            yield
        finally:
            self._reserved -= 1
            if not self._reserved and not self._pending:
                self._let_go()

    def _let_go(self) -> None:
        if self._writer is not None:
            self._writer.release()
            self._writer = None

    def _recover(self) -> None:
        """Finish or undo what a writer before left half done, and stand on the state that is published then."""
        assert self._folder is not None
        try:
            published = self._folder.published()
            if (self._folder.path / "index.sqlite").is_file():
                made, follows = self._side.step()
                ready = made is not None and made != published and self._folder.directory(made).is_dir()
                if ready and follows == published:
                    self._folder.point(made, self._folder.base())
                    published = made
            if published != self._pinned.name:
                self._drop_copy()
                self._look()
            self._folder.sweep(keep=published)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"The store at {self.path} cannot be changed: {reason(error)}.") from error

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """What is changed in the block, quads and index, holds at its end, or not at all where it ends with an exception, or
        where the process does. One inside another is a part of it.
        """
        if self._depth:
            yield
            return
        with self.reserved():
            if self._pending and self._folder is not None:
                self._publish()  # what was changed through a dataset is not undone with this
            self._begin()
            self._depth = 1
            try:
                yield
                self._publish()
            except BaseException as error:
                self._roll_back()
                if isinstance(error, sqlite3.Error):
                    raise self._unwritten(error) from error
                raise
            finally:
                self._depth = 0
                self._undo.clear()

    def _begin(self) -> None:
        try:
            self._writable()
            self._begin_index()
        except (OSError, sqlite3.Error) as error:
            self._roll_back()
            raise self._unwritten(error) from error

    def _look_at_index(self) -> None:
        if self._folder is not None:
            made, _ = self._side.step()
            self._in_step = made is not None and made == self._pinned.name

    def _writable(self) -> None:
        """Work on a copy of one's own from now on."""
        if self._folder is None or self._work is not None:
            return
        work = self._folder.working_copy()
        try:
            quads = work[0] / "quads"
            if self._pinned.directory is not None:
                self._inner.backup(str(quads))
            self._inner = ox.Store(str(quads))
        except (OSError, RuntimeError) as error:
            work[1].release()
            discard(work[0])
            raise self._unwritten(error) from error
        self._work = work

    def _publish(self) -> None:
        """The commit: quads into a state of their own, the index, the marker, in this order (:mod:`kg.store.states`)."""
        if self._folder is None:
            self._side.commit()
            self._pending = False
            return
        if not self._pending:
            self._side.roll_back()
            return
        before, folder = self._pinned, self._folder
        name = folder.next_name(before.name)
        directory = folder.directory(name)
        with _undisturbed():
            try:
                directory.parent.mkdir(exist_ok=True)
                if not self._side.db.in_transaction:  # of changes through a dataset
                    self._begin_index()
                _copy(self._inner, directory)
                synchronise(directory.parent)
                self._commit_index(name, before.name)
            except BaseException as error:
                shutil.rmtree(directory, ignore_errors=True)
                if isinstance(error, OSError | RuntimeError):
                    raise self._unwritten(error) from error
                raise
            self._pending = False
            try:
                folder.point(name, folder.base())
            except OSError as error:
                if not self._in_step:
                    raise self._unwritten(error) from error
                raise StoreError(
                    f"The store at {self.path} was changed, but this could not be noted: {reason(error)}. The next change "
                    "or “kg repair” finishes it."
                ) from error
            self._pinned = folder.pin()
            before.release()
            if before.directory is not None:
                discard(before.directory)

    def _commit_index(self, name: str, before: str | None) -> None:
        """The moment of a commit. An index that turns out to be damaged only now is made anew by the next change: what
        follows from the quads was told before.
        """
        try:
            if self._in_step:
                self._side.belong(name, follows=before)
            self._side.commit()
        except sqlite3.DatabaseError as error:
            if not is_malformed(error):
                raise
            self._side.forget()
            self._in_step = False

    def _begin_index(self) -> None:
        try:
            self._side.begin()
            self._look_at_index()
        except sqlite3.DatabaseError as error:
            if not is_malformed(error):
                raise
            self._side.forget()
            self._side.begin()
            self._in_step = False

    def _roll_back(self) -> None:
        self._side.roll_back()
        if self._folder is None:
            for added, removed in reversed(self._undo):
                self._inner.extend(removed)
                for quad in added:
                    self._inner.remove(quad)
            self._pending = False
            return
        self._drop_copy()
        self._look()

    def _unwritten(self, error: BaseException) -> StoreError:
        if isinstance(error, StoreError):
            return error
        return StoreError(f"The store at {self.path} cannot be written: {reason(error)}. Nothing of this was changed.")

    def remove_graph(self, graph: ox.NamedNode, *, about: Iterable[ox.NamedNode] = ()) -> None:
        """Remove a named graph, and what any graph tells of it and of the things ``about``."""
        expect(graph, ox.NamedNode, "A graph is named by a pyoxigraph.NamedNode")
        with self.transaction():
            gone = set(self._inner.quads_for_pattern(None, None, None, graph))
            for subject in (graph, *about):
                gone.update(self._inner.quads_for_pattern(subject, None, None, None))
            self._change((), gone)
            self._guard(lambda: self._inner.remove_graph(graph))

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """All quads, or those of one named graph."""
        name = None if graph is None else _graph(self.graph_name(graph))
        return iter(self._inner.quads_for_pattern(None, None, None, name))

    def pattern(
        self, subject: ox.NamedNode | None, prop: ox.NamedNode | None, value: ox.NamedNode | ox.Literal | None
    ) -> Iterator[ox.Quad]:
        """The quads of any graph that have these; ``None`` stands for whatever it is."""
        return iter(self._inner.quads_for_pattern(subject, prop, value, None))

    def subjects_in(self, graph: str | None) -> Iterator[ox.NamedNode | ox.BlankNode | ox.Triple]:
        """What one graph tells of, each once, in no particular order; ``None`` is the graph without a name."""
        home = ox.DefaultGraph() if graph is None else _graph(graph)
        for row in self._solutions("SELECT DISTINCT ?s WHERE { ?s ?p ?o }", default_graph=home):
            yield row[0]

    def had_as(
        self, things: Sequence[ox.NamedNode | ox.BlankNode]
    ) -> Iterator[tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode]]:
        """Each of some things with each property that something has it as, in any graph; one question for all of them."""
        named = " ".join(str(thing) for thing in things if isinstance(thing, ox.NamedNode))
        query = f"SELECT DISTINCT ?thing ?prop WHERE {{ VALUES ?thing {{ {named} }} ?x ?prop ?thing }}"
        for row in self._solutions(query, use_default_graph_as_union=True):
            yield row[0], row[1]
        for thing in things:
            if isinstance(thing, ox.BlankNode):
                for quad in self._inner.quads_for_pattern(None, None, thing):
                    yield thing, quad.predicate

    def _solutions(self, query: str, **options: Any) -> Iterator[Any]:
        """The rows of kg's own query, which may be longer than those of others."""
        rows = self._inner.query(query, **options)
        assert isinstance(rows, ox.QuerySolutions)
        return iter(rows)

    def asserted(self, query: str) -> Iterator[Sequence[Any]]:
        """The rows of kg's own query over all graphs but that of conclusions, whatever :attr:`inferred` says."""
        return self._solutions(query, **self._union(inferred=False))

    def tells(self, graph: str | None, subject: ox.NamedNode | ox.BlankNode | ox.Triple) -> bool:
        """Whether one graph tells anything of ``subject``; ``None`` is the graph without a name."""
        home = ox.DefaultGraph() if graph is None else _graph(graph)
        return any(True for _ in self._inner.quads_for_pattern(subject, None, None, home))

    def subjects_of_type(self, kind: str) -> Iterator[ox.NamedNode | ox.BlankNode | ox.Triple]:
        """Everything that is asserted to be of the class ``kind`` (an IRI)."""
        for quad in self._inner.quads_for_pattern(None, ox.NamedNode(v.TYPE), ox.NamedNode(kind), None):
            yield quad.subject

    def objects(self, subject: str, prop: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
        """What the thing ``subject`` has as ``prop`` (both IRIs), each once, in a fixed order."""
        node, name = _node(subject), _node(prop)
        known = node is not None and name is not None
        found = self._inner.quads_for_pattern(node, name, None, None) if known else ()
        return sorted({quad.object for quad in found}, key=str)

    def current(self, iri: str) -> str:
        """The IRI of the entity that ``iri`` is now: another one where it was replaced, else as it is."""
        seen = {iri}
        while (found := self.objects(iri, v.Outside.IS_REPLACED_BY)) and isinstance(found[0], ox.NamedNode):
            iri = found[0].value
            if iri in seen:
                break
            seen.add(iri)
        return iri

    def graphs(self) -> list[str]:
        return sorted(g.value for g in self._inner.named_graphs())

    def beyond(self, graphs: Collection[str]) -> bool:
        """Whether there are quads outside these graphs (IRIs)."""
        unnamed = self._inner.quads_for_pattern(None, None, None, ox.DefaultGraph())
        return any(unnamed) or any(graph.value not in graphs for graph in self._inner.named_graphs())

    # ── queries ──

    def query(self, sparql: str, *, substitutions: Mapping[str, Term] | None = None) -> Any:
        """The result of a SPARQL query over the union of all graphs, without that of conclusions unless :attr:`inferred` is
        set. ``substitutions`` bind variables by name, so that
        no value is ever pasted into a query. Raises ``QueryError`` for a query that is not valid, or is none that an engine
        is to be given (:mod:`kg.store.limits`).
        """
        expect(sparql, str, "A query is a text in SPARQL")
        check(sparql)
        bound = {ox.Variable(name): term for name, term in (substitutions or {}).items() if term is not None}
        try:
            return self._inner.query(sparql, **self._union(), substitutions=bound or None)
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            raise unanswered(sparql, error) from error

    def _union(self, *, inferred: bool | None = None) -> dict[str, Any]:
        """How Oxigraph is told to query all graphs as one: without the graph of conclusions, unless they are to be seen."""
        conclusions = ox.NamedNode(self.graph_name(v.Graph.INFERRED))
        if (self.inferred if inferred is None else inferred) or not self._inner.contains_named_graph(conclusions):
            return {"use_default_graph_as_union": True}
        return {"default_graph": [ox.DefaultGraph(), *(g for g in self._inner.named_graphs() if g != conclusions)]}

    def select(self, query: str) -> Iterator[tuple[Term, ...]]:
        """The rows of a SELECT query as tuples of terms, in the order of its variables."""
        result = self.query(query)
        for row in result:
            yield tuple(row)

    def dataset(self) -> rdflib.Dataset:
        """An ``rdflib.Dataset`` over the same quads, whose default graph is the union. Changes go to the store and are
        published when it is closed or changed otherwise; the first keeps other writers out until then.
        """
        import rdflib

        from kg.store.dataset import Changing

        data = rdflib.Dataset(store=Changing(self._now, self._for_dataset), default_union=True)
        for prefix, namespace in v.PREFIXES.items():
            data.bind(prefix, namespace)
        return data

    def _now(self) -> ox.Store:
        return self._inner

    def _for_dataset(self) -> None:
        with self.reserved():
            self._writable()
            self._pending = True

    def _guard(self, change: Callable[[], object]) -> None:
        try:
            change()
        except (OSError, RuntimeError) as error:
            raise self._unwritten(error) from error


_opened: weakref.WeakSet[Store] = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    """What a script changed through a dataset and did not close is published; what cannot be is said where it was asked."""
    for store in list(_opened):
        with contextlib.suppress(StoreError):
            store.close()


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Let signals wait: a commit takes some hundredths of a second. Their handlers are put off, not the signals themselves
    held back from this thread, since the engine's own threads take them then and Python's handler runs all the same.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {number: signal.getsignal(number) for number in _HELD}
    put_off = {number: handler for number, handler in before.items() if callable(handler) or handler == signal.SIG_DFL}
    for number in put_off:
        signal.signal(number, lambda number, frame: came.append(number))
    try:
        yield
    finally:
        for number, handler in put_off.items():
            signal.signal(number, handler)
        for number in came[:1]:
            signal.raise_signal(number)


def _copy(inner: ox.Store, directory: Path) -> None:
    """Put a copy of all quads into a directory. RocksDB lets go of a large log that the copy brings along where it is opened
    once: what the log holds is in the tables already, and it can be as large as they are.
    """
    inner.flush()
    inner.backup(str(directory))
    if sum(log.stat().st_size for log in directory.glob("*.log")) > _LOG:
        ox.Store(str(directory))


def _node(iri: str) -> ox.NamedNode | None:
    """The node of an IRI; ``None`` for words where a strange graph should have one, of which it tells nothing."""
    expect(iri, str, "An IRI is a text")
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None


def _graph(iri: str) -> ox.NamedNode:
    expect(iri, str, "The name of a graph is an IRI, as text")
    node = _node(iri)
    if node is None:
        raise UsageError(f"The name of a graph is an IRI; “{iri[:60]}” is none.")
    return node


def _by_name(pairs: Iterable[str], names: Sequence[str]) -> dict[str, list[str]]:
    """The values of each property, each once and in order, of pairs of its number and a value."""
    found: dict[str, list[str]] = {}
    several = set()
    for pair in pairs:
        at, _, value = pair.partition(_AT)
        name = names[int(at)]
        if (known := found.get(name)) is None:
            found[name] = [value]
        elif value not in known:
            known.append(value)
            several.add(name)
    for name in several:
        found[name].sort()
    return found


def _quads(given: Iterable[ox.Quad]) -> set[ox.Quad]:
    expect(given, Iterable, "Quads come in a list or another iterable")
    found = list(given)
    for quad in found:
        expect(quad, ox.Quad, "A store holds quads (pyoxigraph.Quad)")
    return set(found)


def _other(inner: ox.Store) -> str | None:
    """The newest version of the ontology that a graph in the store names and that is not ours."""
    quads = inner.quads_for_pattern(None, ox.NamedNode(v.Outside.CONFORMS_TO.value), None, None)
    found = {v.other(iri) for iri in {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}}
    return max((version for version in found if version), key=lambda x: [int(p) for p in x.split(".")], default=None)


def unanswered(sparql: str, error: BaseException) -> QueryError:
    """What the engine has against a query, as one sentence."""
    if isinstance(error, SyntaxError):
        return QueryError(f"The query is not valid SPARQL{_near(sparql, error)}.")
    return QueryError(f"The query cannot be run: {_first_line(error)}")


def _near(sparql: str, error: BaseException) -> str:
    """Where the parser stopped, in the words of the query: its own message lists every token that it would have taken."""
    place = re.search(r"(?<!\d)(\d{1,9}):(\d{1,9})", str(error))
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
