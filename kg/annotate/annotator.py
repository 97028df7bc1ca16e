"""The stages of annotation in their order; each states what it needs and what it sets."""

from __future__ import annotations

from importlib.metadata import version

from kg.annotate import language
from kg.annotate.attributions.attributions import find as find_attributions
from kg.annotate.dates.resolved import find as find_dates
from kg.annotate.figures.figures import find as find_figures
from kg.annotate.forms import posted, sources, tables
from kg.annotate.forms.live import Live
from kg.annotate.names.mentions import find as find_mentions
from kg.annotate.offices.roles import find as find_roles
from kg.annotate.parse.parsing import DEFAULT_MODEL, Parsed, load, parse
from kg.annotate.parse.quotes import Quote
from kg.annotate.parse.quotes import find as find_quotes
from kg.annotate.parse.words import Passage
from kg.english.paragraphs.blocks import split
from kg.english.paragraphs.posts import posts
from kg.english.paragraphs.tables import find as find_tables
from kg.model import Annotation, Article, BlockKind, Span
from kg.nearby import Nearby


class Annotator:
    """Annotates articles with one spaCy pipeline; the same text always gives the same layers.

    >>> from kg.model import Article
    >>> done = Annotator().annotate(Article("a", "Prices rose by 3 percent, Finance Minister Ana Ruiz said."))
    >>> [s.of(done.article.text) for s in done.attributions[0].cue]
    ['said']
    """

    def __init__(self, model: str = DEFAULT_MODEL, *, any_language: bool = False) -> None:
        """``any_language`` annotates what is not English too. Raises ``ModelError`` where the pipeline ``model`` is not
        installed or lacks a part.
        """
        self._any_language = any_language
        self._nlp = load(model)
        self.model = f"{self._nlp.meta['lang']}_{self._nlp.meta['name']} {self._nlp.meta['version']}"

    def annotate(self, article: Article) -> Annotation:
        """All layers of one article; time grows linearly with its length.

        Raises ``LanguageError`` where the text is not English.
        """
        text = article.text
        blocks = split(text)
        if not self._any_language:
            blocks = language.apart(text, blocks)
            language.check(language.english(text, blocks))
        parsed = parse(self._nlp, text, blocks)
        passages = [Passage(piece) for piece in parsed]
        actors, aliases = find_mentions(passages)
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
            figures=tuple(live.counted(counts)),
            attributions=tuple(said),
            extractor=f"kg {version('kg-said')}, spaCy {version('spacy')}, {self.model}",
        )


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
