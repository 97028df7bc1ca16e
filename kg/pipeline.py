"""The one place that composes the stages: articles in, a store out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg import rdf, reason
from kg.annotate import Annotator
from kg.annotate.gazetteer import load
from kg.english.paragraphs.blocks import left_out
from kg.errors import KgError, UsageError, expect, fault
from kg.model import Annotation, Article, BlockKind, ListSource, Problem, Span
from kg.read.metadata import check_date
from kg.resolve.coreference import resolve
from kg.store import Store, lists
from kg.store.upkeep import corrections
from kg.store.upkeep.update import update
from kg.store.upkeep.versions import Versions, has_article, take_away

_MANY: Final = (
    500  # articles of one build after which the files of the store are put in order: seconds for what took minutes
)


_SHOWN: Final = 60  # characters of a paragraph that was not read


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
) -> Report:
    """Add articles to ``store`` and bring entities and comparisons up to date with what came in.

    An article whose id is stored is left as it is. One with the address of a stored article and another text is a new
    version of it and takes its place; the provenance graph keeps that there was an older one. Every ``BATCH`` articles,
    with all that follows from them, are one transaction: an interrupted build leaves a whole store, and the same build
    again goes on where it stopped. An article that fails is listed with its reason and the others go on. ``on_progress``
    hears of each article before it is annotated.

    ``known`` is the file of a list of names, which is used while reading and kept with the store: a later build goes on with
    it, unless it names another one or says ``use_kept=False``. Articles that are stored keep what was read then. Raises ``StoreError`` at once while another process changes the store, and
    ``TypeError`` for what is no article.
    """
    expect(store, Store, "Articles are built into a store, as kg.open() gives one")
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
    names = _Names(store, known, annotator, use_kept=use_kept)
    building = _Building(store, names, annotator, on_progress)
    with store.reserved():
        numbered = enumerate(articles, 1)
        while building.batch(numbered):
            pass
    return building.report()


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

    def annotator(self, given: Annotator | None) -> Annotator:
        if self.list is None:
            return given or Annotator()
        given = given or Annotator()
        return given.knowing(self.list) if isinstance(given, Annotator) and given.known is not self.list else given

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
        annotator: Annotator | None,
        on_progress: Callable[[int, Article], None] | None,
    ) -> None:
        self._store, self._given, self._on_progress = store, annotator, on_progress
        self._names = names
        self._annotator: Annotator | None = None
        self._versions = Versions(store)
        self._added: dict[str, None] = {}
        self._known: list[str] = []
        self._replaced: list[str] = []
        self._problems: list[Problem] = list(names.problems)
        self._notes: list[str] = []

    def report(self) -> Report:
        notes = [*self._names.told(), *self._notes]
        told = (self._added, self._known, self._problems, self._replaced, notes)
        return Report(*(tuple(part) for part in told))  # type: ignore[arg-type]

    def batch(self, numbered: Iterator[tuple[int, Article]]) -> bool:
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
                    number, article = next(numbered)
                    expect(article, Article, "What is built are articles (kg.Article)")
                except StopIteration:
                    more = False
                except Exception as error:  # noqa: BLE001 - whatever made the articles; raised when the others are stored
                    failed, more = error, False
                else:
                    self._take(number, article, added, replaced)
            if added or replaced:
                self._names.keep()
                self._notes += integrate(self._store, added=added, removed=replaced)
                if len(self._added) + len(added) >= _MANY and not more:
                    self._store.optimize()
        if added:
            lists.sweep(self._store)
        self._added |= added
        self._replaced += replaced
        if failed is not None:
            raise failed
        return more

    def _take(self, number: int, article: Article, added: dict[str, None], replaced: list[str]) -> None:
        store, versions = self._store, self._versions
        if has_article(store, article.id):
            self._known.append(article.id)
            self._names.see(article.id)
            return
        if versions.is_old(article):
            self._known.append(article.id)
            self._notes.append(versions.older(article))
            return
        if self._on_progress is not None:
            self._on_progress(number, article)
        self._annotator = self._annotator or self._names.annotator(self._given)
        try:
            if article.published is not None:
                check_date(article.published)
            annotation = self._annotator.annotate(article)
            resolved = resolve(annotation)
            quads = [
                *rdf.article_quads(resolved),
                *rdf.provenance_quads(article.id, resolved.extractor, resolved.listed_in),
            ]
        except KgError as error:
            self._problems.append(Problem(article.id, str(error)))
            return
        except Exception as error:  # noqa: BLE001 - one article that kg stumbles over must not take the others with it
            self._problems.append(Problem(article.id, fault(error)))
            return
        self._notes += unread(annotation)
        before = versions.before(article)
        if before is not None:
            replaced.append(before.id)
            self._notes.append(versions.replaces(article, before))
            take_away(store, before.id)
            added.pop(before.id, None)
            self._added.pop(before.id, None)
        store.add(quads)
        versions.follows(article, before)
        corrections.correct(store, article.id)
        added[article.id] = None


def unread(annotation: Annotation) -> list[str]:
    """What a reader should know of an article: what was noticed while it was read, and what of it was not read."""
    article = annotation.article
    left = left_out(article.text, annotation.blocks)
    foreign = [b.span for b in annotation.blocks if b.kind is BlockKind.FOREIGN]
    counted = {figure.block for figure in annotation.figures}
    silent = [b.span for i, b in enumerate(annotation.blocks) if b.kind is BlockKind.TABLE and i not in counted]
    parts = (
        (left, "paragraph", "taken for a part of the page and not read"),
        (foreign, "paragraph", "in another language and not read"),
        (silent, "table", "without numbers that kg can tell, and not read"),
    )
    told = [_told(article.text, spans, kind, why) for spans, kind, why in parts if spans]
    return [f"{article.id}: {sentence}" for sentence in (*article.remarks, *told)]


def _told(text: str, spans: Sequence[Span], kind: str, why: str) -> str:
    start = " ".join(spans[0].of(text).split())[:_SHOWN]
    what = f"A {kind} was" if len(spans) == 1 else f"{len(spans)} {kind}s were"
    return f"{what} {why}, from “{start}…” on."


def integrate(store: Store, *, added: Iterable[str] = (), removed: Iterable[str] = ()) -> list[str]:
    """Bring all that follows from the articles up to date after some came into the store and some went out of it: entities,
    comparisons, and what was concluded where something was. One transaction, or a part of the one that is under way.
    Returns what a reader should know: judgements of persons that others overrule.
    """
    with store.transaction():
        notes = update(store, added=added, removed=removed)
        reason.refresh(store)
    return notes


def remove(articles: Iterable[str], *, store: Store) -> tuple[str, ...]:
    """Take articles out of ``store`` with all their traces: statements, figures, references, what was judged and compared
    with them. They are named by id or IRI. Returns what a reader should know. Raises ``UsageError`` for one that is not there, before anything changes.
    """
    gone = list(dict.fromkeys(rdf.article_id(a, store.base) for a in articles))
    with store.transaction():
        for article in gone:
            if not has_article(store, article):
                raise UsageError(f"There is no article {article} in the store; “kg query articles” lists them.")
        for article in gone:
            take_away(store, article)
            Versions(store).forget(article)
        return tuple(integrate(store, removed=gone))


def repair(*, store: Store) -> tuple[str, ...]:
    """Make anew all that follows from the stored articles and persons' judgements: entities, judgements of rules,
    comparisons, conclusions, and the index. Returns what a reader should know.
    """
    with store.transaction():
        store.forget_index()
        return tuple(integrate(store))


__all__ = ["BATCH", "Report", "build", "integrate", "remove", "repair", "unread"]
