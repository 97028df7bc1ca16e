"""What a pattern of attribution proposes, before the proposals are weighed against one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from kg.annotate.parse.clauses import sentence_bounds
from kg.annotate.parse.parsing import Parsed
from kg.annotate.parse.quotes import Quote
from kg.model import Span, Spans, Stance

# Quotation marks as the tokeniser leaves them.
MARKS = frozenset({'"', "“", "”", "'", "‘", "’", "''", "``", "«", "»"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Source, cue and content as spans of the article; ``pattern`` names the rule, ``head`` the cue's token index."""

    pattern: str
    source: Spans
    cue: Spans
    content: Spans
    stance: Stance
    lemma: str
    index: int  # of the Parsed
    head: int
    direct: bool = False
    negated: bool = False
    recipient: Spans = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """One parsed paragraph with its quotations as token ranges (first, last), inclusive."""

    parsed: Parsed
    quotes: tuple[Quote, ...]
    ranges: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, parsed: Parsed, quotes: Sequence[Quote]) -> Passage:
        own, ranges = [], []
        for quote in quotes:
            tokens = parsed.tokens(quote.span) if quote.block == parsed.index else None
            if tokens is not None and len(tokens) and not _is_byname(tokens, quote):
                own.append(quote)
                ranges.append((tokens.start, tokens.end - 1))
        return cls(parsed, tuple(own), tuple(ranges))

    @property
    def doc(self) -> Doc:
        return self.parsed.doc

    def span(self, first: int, last: int) -> Span | None:
        """The span of tokens ``first`` to ``last``, without commas, white space and a hanging "but" at its edges, if any are left; with the
        mark that ends what begins in it.
        """
        doc = self.doc
        while first <= last and (doc[first].text in ",;:—–" or doc[first].is_space):
            first += 1
        while last >= first and (
            doc[last].text in ",;:—–"
            or doc[last].is_space
            or _hangs(doc[last], last > first)
            or (doc[last].text == '"' and last > first and self.quote_at(last) is None)  # a mark that has no other
        ):
            last -= 1
        # The mark that ends a quotation which begins inside belongs to it, wherever the parser hangs it.
        last = next((b for a, b in self.ranges if first <= a <= last and b == last + 1), last)
        return self.parsed.of(doc[first : last + 1]) if first <= last else None

    def spans(self, *pairs: tuple[int, int]) -> Spans:
        return tuple(span for first, last in pairs if first <= last and (span := self.span(first, last)))

    def sentence(self, token: Token) -> tuple[int, int]:
        """First and last token of the sentence; no sentence ends inside a quotation."""
        return sentence_bounds(token, list(self.ranges))

    def quote_at(self, index: int) -> int | None:
        """The number of the quotation that the token lies in, or ``None``."""
        return next((n for n, (a, b) in enumerate(self.ranges) if a <= index <= b), None)


def _hangs(token: Token, behind: bool) -> bool:
    """Whether a conjunction ends a span, so that what it leads to is outside: "confirmed that six had died but"."""
    return behind and token.tag_ == "CC" and token.lower_ in ("and", "but", "or")


def _is_byname(tokens: TokenSpan, quote: Quote) -> bool:
    """Whether quotation marks hold what somebody is called, inside the name: "Mateo “Teo” Arvalo"."""
    doc, first, last = tokens.doc, tokens.start, tokens.end
    if quote.words > 2 or not first or last >= len(doc) or not quote.closed:
        return False
    return doc[first - 1].pos_ == "PROPN" and doc[last].pos_ == "PROPN" and doc[last].text[:1].isupper()
