"""One article by itself, text → quads: the same in this process, in another one, and on another machine."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final

import pyoxigraph as ox

from kg import rdf
from kg.annotate import Annotator
from kg.annotate.gazetteer import Gazetteer
from kg.english.paragraphs.blocks import left_out
from kg.errors import KgError, fault
from kg.model import Annotation, Article, BlockKind, Form, Link, Reference, Resolved, Span
from kg.read.metadata import check_date
from kg.resolve.coreference import resolve

_SHOWN: Final = 60  # characters of a paragraph that was not read
_PACKING: Final = 1  # level of gzip: a twentieth of the bytes for a third of the time that writing them takes


@dataclass(frozen=True, slots=True)
class Read:
    """What came of an article: its quads (or N-Quads, packed by gzip, where it was read elsewhere) and what a reader should know;
    or the ``problem`` why there are none.
    """

    quads: Sequence[ox.Quad] | bytes = ()
    notes: tuple[str, ...] = ()
    problem: str = ""

    def packed(self) -> Read:
        """The same with its quads as bytes, as they travel."""
        if isinstance(self.quads, bytes) or self.problem:
            return self
        lines = ox.serialize(self.quads, format=ox.RdfFormat.N_QUADS) or b""
        return replace(self, quads=gzip.compress(lines, _PACKING, mtime=0))

    def unpacked(self) -> Iterable[ox.Quad]:
        """The quads."""
        if isinstance(self.quads, bytes):
            return ox.parse(gzip.decompress(self.quads), format=ox.RdfFormat.N_QUADS) if self.quads else ()
        return self.quads


class Reading:
    """How articles are read: with which annotator (the usual one for ``None``), which list of names, with all ``mentions`` or
    few. The annotator is loaded with the first article; what is pickled is its recipe.
    """

    def __init__(
        self, annotator: Annotator | None = None, known: Gazetteer | None = None, *, mentions: bool = True
    ) -> None:
        self.annotator = annotator
        self.known = known
        self.mentions = mentions
        self._ready: Annotator | None = None

    def __getstate__(self) -> tuple[Annotator | None, Gazetteer | None, bool]:
        return self.annotator, self.known, self.mentions

    def __setstate__(self, state: tuple[Annotator | None, Gazetteer | None, bool]) -> None:
        self.annotator, self.known, self.mentions = state
        self._ready = None

    def __call__(self, article: Article) -> Read:
        """What comes of an article. Raises ``ModelError`` where there is no annotator to be had, and nothing else."""
        annotator = self.ready()
        try:
            if article.published is not None:
                check_date(article.published)
            annotation = annotator.annotate(article)
            resolved = resolve(annotation)
            if not self.mentions:
                resolved = with_few_mentions(resolved)
            quads = [
                *rdf.article_quads(resolved),
                *rdf.provenance_quads(article.id, resolved.extractor, resolved.listed_in),
            ]
            return Read(quads, tuple(unread(annotation)))
        except KgError as error:
            return Read(problem=str(error))
        except Exception as error:  # noqa: BLE001 - one article that kg stumbles over must not take the others with it
            return Read(problem=fault(error))

    def ready(self) -> Annotator:
        """The annotator, with the list of names. Raises ``ModelError`` where there is none to be had."""
        if self._ready is None:
            given = self.annotator or Annotator()
            ours = isinstance(given, Annotator) and self.known is not None and given.known is not self.known
            self._ready = given.knowing(self.known) if ours else given
        return self._ready


class Packed:
    """The same for another process: what comes of an article is packed there. One thread reads at a time, since the
    parser is not made for two.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._one = Lock()

    def __getstate__(self) -> Reading:
        return self.reading

    def __setstate__(self, state: Reading) -> None:
        self.__init__(state)  # type: ignore[misc]

    def __call__(self, article: Article) -> Read:
        with self._one:
            return self.reading(article).packed()


def with_few_mentions(resolved: Resolved) -> Resolved:
    """An article with one place for each actor instead of all, but all of those in which a country shows: how often that is
    named decides whose ministry “the ministry” is, so that entities are the same.
    """
    return replace(resolved, references=tuple(replace(r, mentions=_few(r)) for r in resolved.references))


def _few(reference: Reference) -> tuple[Link, ...]:
    if reference.country is not None:
        return reference.mentions
    first = min(reference.mentions, key=lambda link: (_RANK.get(link.form, 1), link.span, link.reason), default=None)
    return (first,) if first is not None else ()


# Who is named somewhere is not merely described, whatever else the article calls him.
_RANK: Final = {Form.NAME: 0, Form.NOMINAL: 2}


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


__all__ = ["Packed", "Read", "Reading", "unread", "with_few_mentions"]
