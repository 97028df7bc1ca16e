"""Articles into a store: in portions that hold whole, whoever read them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.annotate import Annotator
from kg.annotate.gazetteer import load
from kg.errors import UsageError, expect
from kg.model import Article, ListSource, Problem
from kg.pipeline.changing import integrate
from kg.pipeline.cluster import Cluster
from kg.pipeline.crews import Lost, Processes, few, pieces
from kg.pipeline.reading import Packed, Read, Reading
from kg.store import Store, lists
from kg.store.upkeep import corrections
from kg.store.upkeep.versions import Versions, has_article, older, replaces, take_away
from kg.vocabulary import Class

_MANY: Final = (
    500  # articles of one build after which the files of the store are put in order: seconds for what took minutes
)
_PACKED: Final = (
    100  # articles of one build that make the store, or more than half of it: its files are written anew, compressed
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: ids of new articles and of those already there, those that a corrected version replaced, what
    could not be used, and what a reader should know.
    """

    added: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    replaced: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


FEW_MENTIONS: Final = (
    "One place of each actor in an article was kept (and all of countries and of what has one): “kg query mentions_of” and "
    "“articles_mentioning” and “kg export --format mentions” tell of no other, and count no more."
)
_BEGINNING: Final = 200  # characters of an article without a title by which it is known again

BATCH: Final = 50
"""So many new articles are one transaction: what is lost with an interrupted build is the reading of fewer than that."""


def build(
    articles: Iterable[Article],
    *,
    store: Store,
    annotator: Annotator | None = None,
    on_progress: Callable[[int, Article], None] | None = None,
    known: str | Path | None = None,
    use_kept: bool = True,
    jobs: int = 1,
    mentions: bool = True,
    cluster: Cluster | None = None,
) -> Report:
    """Add articles to ``store`` and bring entities and comparisons up to date with what came in.

    An article whose id is stored is left as it is. One with the address of a stored article and another text is a new
    version of it and takes its place; the provenance graph keeps that there was an older one. Every ``BATCH`` articles,
    with all that follows from them, are one transaction: an interrupted build leaves a whole store, and the same build
    again goes on where it stopped. An article that fails is listed with its reason and the others go on. ``on_progress``
    hears of each article before it comes into the store.

    ``known`` is the file of a list of names, which is used while reading and kept with the store: a later build goes on with
    it, unless it names another one or says ``use_kept=False``. Articles that are stored keep what was read then.

    ``jobs`` processes read at once, if there are more than a few articles, and ``cluster`` gives the reading to other machines; the
    store is the same, byte by byte. (A script that asks for more than one job guards its own start by ``if __name__ ==
    "__main__"``, as Python wants it.) With ``mentions=False`` one place of an actor in an article is kept and not all.

    Raises ``StoreError`` at once while another process changes the store, and ``TypeError`` for what is no article.
    """
    expect(store, Store, "Articles are built into a store, as kg.open() gives one")
    _check(articles, annotator, on_progress, jobs)
    names = _Names(store, known, annotator, use_kept=use_kept)
    reading = Reading(annotator, names.list, mentions=mentions)
    building = _Building(store, names, reading, on_progress)
    with store.reserved(), closing(building.read(_checked(articles), jobs, cluster)) as found:
        numbered = enumerate(found, 1)
        while building.batch(numbered):
            pass
    return building.report()


def _check(articles: object, annotator: object, on_progress: object, jobs: int) -> None:
    if isinstance(articles, str | bytes | Article) or not isinstance(articles, Iterable):
        expect(
            articles,
            (),
            "kg.build takes a list of articles; kg.read(…) reads them from files, and graph.build(…) does both",
        )
    if annotator is not None and not hasattr(annotator, "annotate"):
        expect(annotator, Annotator, "An annotator is a kg.annotate.Annotator")
    if on_progress is not None and not callable(on_progress):
        expect(on_progress, (), "What hears of the progress is a function of a number and an article")
    expect(jobs, int, "The number of jobs is a whole number")
    if jobs < 1:
        raise UsageError(f"The number of jobs is 1 or more, not {jobs}.")


def _checked(articles: Iterable[Article]) -> Iterator[Article]:
    for article in articles:
        expect(article, Article, "What is built are articles (kg.Article)")
        yield article


class _Names:
    """The list of names of a build: the one that is given, else that of the annotator, else the one that the store keeps."""

    def __init__(self, store: Store, file: str | Path | None, annotator: Annotator | None, *, use_kept: bool) -> None:
        if file is not None and annotator is not None and not isinstance(annotator, Annotator):
            raise UsageError("A list of names is used by kg's own annotator; leave “annotator” or “known” out.")
        self._store = store
        self.notes: list[str] = []
        self._file: Path | None = Path(file) if file is not None else None
        self.list = load(file) if file is not None else getattr(annotator, "known", None)
        self.problems: tuple[Problem, ...] = self.list.problems if self.list is not None else ()
        self._before = lists.current(store)
        self._unlike = 0  # stored articles that were read without this list
        if self.list is not None:
            self.notes += self.list.notes
            if self._before is not None and self._before != self.list.source:
                self.notes.append(
                    f"The store was built with the list of names {self._before.name}; from now on {self.list.source.name} "
                    "is used, which is another, and articles that are stored keep what was read then."
                )
        elif self._before is not None:
            self._take_kept(self._before, use_kept=use_kept)

    def _take_kept(self, before: ListSource, *, use_kept: bool) -> None:
        self._file = lists.copy_of(self._store, before)
        if not use_kept:
            self.notes.append(f"The list of names {before.name}, which the store was built with, is left out.")
        elif self._file is None:
            self.notes.append(
                f"The store was built with the list of names {before.name}, of which it has no copy; it is left out. "
                "Name it again to go on with it."
            )
        else:
            self.list = load(self._file, name=before.name)
            self.notes.append(f"The list of names {before.name}, which the store was built with, is used again.")

    def keep(self) -> None:
        if self.list is not None:
            lists.keep(self._store, self.list.source, self._file)

    def see(self, article: str) -> None:
        """Count a stored article that this list was not used for."""
        self._unlike += self.list is not None and not lists.read_with(self._store, article, self.list.source)

    def told(self) -> list[str]:
        if self.list is None or not self._unlike:
            return self.notes
        were = "article was" if self._unlike == 1 else "articles were"
        return [
            *self.notes,
            f"{self._unlike} stored {were} not read with {self.list.source.name}; “kg remove” them and build again to do so.",
        ]


class _Building:
    """A build under way: what became of the articles so far."""

    def __init__(
        self,
        store: Store,
        names: _Names,
        reading: Reading,
        on_progress: Callable[[int, Article], None] | None,
    ) -> None:
        self._store, self._reading, self._on_progress = store, reading, on_progress
        self._names = names
        self._versions = Versions(store)
        self._added: dict[str, None] = {}
        self._known: list[str] = []
        self._replaced: list[str] = []
        self._waiting: dict[
            str, tuple[str | None, list[ox.Quad]]
        ] = {}  # read, and not yet in the store: address and quads
        self._problems: list[Problem] = list(names.problems)
        self._notes: list[str] = []

    def report(self) -> Report:
        notes = [*self._names.told(), *self._notes]
        if self._added and not self._reading.mentions:
            notes.append(FEW_MENTIONS)
        told = (self._added, self._known, self._problems, self._replaced, notes)
        return Report(*(tuple(part) for part in told))  # type: ignore[arg-type]

    def read(
        self, articles: Iterator[Article], jobs: int, cluster: Cluster | None
    ) -> Generator[tuple[Article, Read | Lost | None]]:
        """Each article with what came of it where others read it, in the order of the articles."""
        if cluster is not None:
            try:
                yield from cluster.read(articles, self._reading, wanted=self._is_new)
            finally:
                self._notes += cluster.notes
            return
        articles, are_few = few(articles)
        if jobs == 1 or are_few:
            yield from ((article, None) for article in articles)
            return
        crew: Processes[Article, Read] = Processes(Packed(self._reading), jobs)
        asked = ((article, self._is_new(article)) for article in articles)
        try:
            with closing(crew.results(pieces(asked, lambda article: len(article.text)))) as found:
                yield from found
        finally:
            self._notes += crew.notes

    def _is_new(self, article: Article) -> bool:
        """Whether an article seems to be wanted, while others before it may be on their way still."""
        return not has_article(self._store, article.id) and not self._versions.is_old(article)

    def batch(self, numbered: Iterator[tuple[int, tuple[Article, Read | Lost | None]]]) -> bool:
        """Read up to ``BATCH`` new articles as one transaction; whether there may be more. Where the articles themselves
        end with an exception, those before it are kept.
        """
        added: dict[str, None] = {}
        replaced: list[str] = []
        failed: Exception | None = None
        more = True
        with self._store.transaction():
            while more and len(added) < BATCH:
                try:
                    number, (article, read) = next(numbered)
                except StopIteration:
                    more = False
                except Exception as error:  # noqa: BLE001 - whatever made the articles; raised when the others are stored
                    failed, more = error, False
                else:
                    self._take(number, article, read, added, replaced)
            self._settle()
            if added or replaced:
                self._names.keep()
                self._notes += integrate(self._store, added=added, removed=replaced)
            if not more and (self._added or added):
                self._put_in_order(len(self._added) + len(added))
        if added:
            lists.sweep(self._store)
        self._added |= added
        self._replaced += replaced
        if failed is not None:
            raise failed
        return more

    def _put_in_order(self, added: int) -> None:
        """Put the files of the store in order after so many articles came into it."""
        if added >= _PACKED and 2 * added > sum(1 for _ in self._store.subjects_of_type(Class.ARTICLE)):
            self._store.pack()
        elif added >= _MANY:
            self._store.optimize()

    def _take(
        self, number: int, article: Article, read: Read | Lost | None, added: dict[str, None], replaced: list[str]
    ) -> None:
        store, versions = self._store, self._versions
        if article.id in self._waiting or (
            article.url and any(url == article.url for url, _ in self._waiting.values())
        ):
            self._settle()
        if has_article(store, article.id):
            self._known.append(article.id)
            self._names.see(article.id)
            return
        if versions.is_old(article):
            self._known.append(article.id)
            self._notes.append(older(article))
            return
        if self._on_progress is not None:
            self._on_progress(number, article)
        read = read or self._reading(article)
        problem = read.reason if isinstance(read, Lost) else read.problem
        if isinstance(read, Lost) or problem:
            self._problems.append(Problem(article.id, problem, detail=article.title or article.text[:_BEGINNING]))
            return
        self._notes += read.notes
        before = versions.before(article)
        if before is not None:
            replaced.append(before.id)
            self._notes.append(replaces(article, before))
            take_away(store, before.id)
            added.pop(before.id, None)
            self._added.pop(before.id, None)
        self._waiting[article.id] = article.url, list(read.unpacked())
        versions.follows(article, before)
        added[article.id] = None

    def _settle(self) -> None:
        """Put what was read into the store, all at once, which costs a third of one article after another."""
        waiting, self._waiting = self._waiting, {}
        self._store.add(quad for _, quads in waiting.values() for quad in quads)
        for article in waiting:
            corrections.correct(self._store, article)


__all__ = ["BATCH", "Report", "build"]
