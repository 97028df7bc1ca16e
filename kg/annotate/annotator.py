"""The stages of annotation in their order; each states what it needs and what it sets."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from importlib.metadata import version

from kg.annotate import currencies, language
from kg.annotate.attributions.attributions import find as find_attributions
from kg.annotate.dates.resolved import find as find_dates
from kg.annotate.figures.figures import find as find_figures
from kg.annotate.forms import posted, sources, tables
from kg.annotate.forms.live import Live
from kg.annotate.gazetteer import Gazetteer
from kg.annotate.names.mentions import find as find_mentions
from kg.annotate.offices.roles import find as find_roles
from kg.annotate.parse.parsing import DEFAULT_MODEL, Parsed, load, parse
from kg.annotate.parse.quotes import Quote
from kg.annotate.parse.quotes import find as find_quotes
from kg.annotate.parse.words import Passage
from kg.english.paragraphs.blocks import split
from kg.english.paragraphs.posts import posts
from kg.english.paragraphs.tables import find as find_tables
from kg.errors import expect
from kg.model import Annotation, Article, BlockKind, Listed, Mention, Span
from kg.nearby import Nearby


class Annotator:
    """Annotates articles with one spaCy pipeline; the same text always gives the same layers.

    >>> from kg.model import Article
    >>> done = Annotator().annotate(Article("a", "Prices rose by 3 percent, Finance Minister Ana Ruiz said."))
    >>> [s.of(done.article.text) for s in done.attributions[0].cue]
    ['said']
    """

    def __init__(
        self, model: str = DEFAULT_MODEL, *, any_language: bool = False, known: Gazetteer | None = None
    ) -> None:
        """``any_language`` annotates what is not English too; ``known`` is a list of names, as
        :func:`kg.annotate.gazetteer.load` reads it from a file. Raises ``ModelError`` where the pipeline ``model`` is not
        installed or lacks a part.
        """
        expect(known, Gazetteer | None, "A list of names is what kg.annotate.gazetteer.load(…) gives")
        self.known = known
        self.name = model
        self.any_language = any_language
        self._nlp = load(model)
        self.model = f"{self._nlp.meta['lang']}_{self._nlp.meta['name']} {self._nlp.meta['version']}"

    def __reduce__(self) -> tuple[object, ...]:
        """Another process makes it anew by its recipe: what it has loaded is hundreds of megabytes."""
        return _made, (type(self), self.name, self.any_language, self.known)

    def knowing(self, known: Gazetteer | None) -> Annotator:
        """The same annotator with another list of names."""
        other = copy(self)
        other.known = known
        return other

    def annotate(self, article: Article) -> Annotation:
        """All layers of one article; time grows linearly with its length.

        Raises ``LanguageError`` where the text is not English.
        """
        text = article.text
        blocks = split(text)
        if not self.any_language:
            blocks = language.apart(text, blocks)
            language.check(language.english(text, blocks))
        parsed = parse(self._nlp, text, blocks)
        passages = [Passage(piece) for piece in parsed]
        actors, aliases = find_mentions(passages, self.known)
        grids = tables.grids(text, find_tables(text), blocks)
        actors = tables.named(grids, actors)
        offices, parts = find_roles(passages, actors)
        live = Live(posts(text, blocks, article.published), article.published)
        days = find_dates(parsed, published=article.published, day=live.published)
        counts = find_figures(parsed, mentions=actors, dates=days, published=live.latest)
        counts += tables.find(grids, mentions=actors, dates=days, published=article.published, first=len(counts))
        said = find_attributions(parsed, mentions=actors, dates=days, published=live.latest, text=text, blocks=blocks)
        said = posted.tell(sources.tell(grids, live.said(said), text, blocks), text, blocks, article.published)
        return Annotation(
            article=article,
            blocks=blocks,
            sentences=tuple(sorted((*_sentences(parsed, find_quotes(text, blocks)), *tables.lines(grids)))),
            mentions=tuple(actors),
            roles=tuple(offices),
            relations=(*aliases, *parts),
            dates=tuple(days),
            figures=tuple(live.counted(currencies.of_country(counts, actors))),
            attributions=tuple(said),
            extractor=f"kg {version('kg-said')}, spaCy {version('spacy')}, {self.model}",
            listed=self._listed(actors, article.published),
            listed_in=self.known.source if self.known is not None else None,
        )

    def _listed(self, mentions: Iterable[Mention], day: str | None) -> tuple[Listed, ...]:
        """Who of the list is named, with the offices of that day."""
        return self.known.named((m.listed for m in mentions if m.listed), day) if self.known is not None else ()


def _made(kind: type[Annotator], model: str, any_language: bool, known: Gazetteer | None) -> Annotator:
    return kind(model, any_language=any_language, known=known)


def _sentences(parsed: list[Parsed], quotes: list[Quote]) -> tuple[Span, ...]:
    """Sentences of prose and headlines; one that ends inside a quotation goes on to where the quotation ends."""
    out: list[Span] = []
    quoted = Nearby(((q.span,), q) for q in quotes)
    for piece in parsed:
        if piece.block.kind not in (BlockKind.PROSE, BlockKind.HEADLINE):
            continue
        for sentence in piece.doc.sents:
            if not sentence.text.strip():
                continue
            span = piece.of(sentence)
            if out and any(
                q.closed and q.span.start < span.start < q.inner.end and out[-1].end > q.span.start
                for q in quoted.at(span)
            ):
                out[-1] = Span(out[-1].start, span.end)
            else:
                out.append(span)
    return tuple(out)
