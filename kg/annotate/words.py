"""A paragraph as written words: what a tokeniser cuts at hyphens and slashes inside a name is put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from kg.annotate import places
from kg.annotate.parsing import Parsed
from kg.model import BlockKind, Span

_JOINTS = frozenset("-‐‑/")
_OPENERS = frozenset('"“‘«(:;—–-•*|')
_QUOTES = frozenset('"“”‘«»')


@dataclass(frozen=True, slots=True)
class Word:
    """One written word or punctuation mark: tokens ``first`` to ``last`` (inclusive) of the paragraph's doc."""

    text: str
    first: int
    last: int
    tag: str
    label: str  # spaCy's entity label, "" outside
    opens: bool  # the first word of a sentence, a line or a quotation

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """Written like a name: "Lagos", "al-Nusra", "d'Ivoire", "iPhone" is not."""
        piece = max(self.text.replace("/", "-").split("-"), key=lambda p: p[:1].isupper()) if self.text else ""
        return piece[:1].isupper() or (self.text[:2] in ("d'", "d’") and self.text[2:3].isupper())

    @property
    def acronym(self) -> bool:
        """Two capitals or more and no small letter but a plural s: "IS", "UNHCR", "NGOs", "RFE/RL", "U.N."."""
        letters = [c for c in self.text.removesuffix("s") if c.isalpha()]
        return len(letters) >= 2 and all(c.isupper() for c in letters)

    @property
    def is_word(self) -> bool:
        return any(c.isalpha() for c in self.text) and self.text not in ("'s", "’s")


class Passage:
    """The words of one parsed paragraph, and the way back to spans of the article."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.words = _words(parsed)
        self._of_token = {t: i for i, word in enumerate(self.words) for t in range(word.first, word.last + 1)}

    def span(self, first: int, last: int) -> Span:
        """The span of the words ``first`` to ``last``, inclusive."""
        doc = self.parsed.doc
        return self.parsed.of(doc[self.words[first].first : self.words[last].last + 1])

    def text(self, first: int, last: int) -> str:
        doc = self.parsed.doc
        return " ".join(doc[self.words[first].first : self.words[last].last + 1].text.split())

    def at_token(self, token: int) -> int:
        return self._of_token[token]

    def at(self, span: Span) -> tuple[int, int] | None:
        """First and last word that a span of the article touches, or ``None`` where it lies elsewhere."""
        tokens = self.parsed.tokens(span)
        if tokens is None or not len(tokens) or not (0 <= span.start - self.parsed.offset < len(self.parsed.doc.text)):
            return None
        return self.at_token(tokens.start), self.at_token(tokens.end - 1)

    def word(self, i: int) -> Word | None:
        return self.words[i] if 0 <= i < len(self.words) else None

    def lower(self, i: int) -> str:
        """The word in lower case, ``""`` beyond the ends."""
        return self.words[i].lower if 0 <= i < len(self.words) else ""

    @cached_property
    def all_capitals(self) -> bool:
        """Whether capitals tell nothing here: a headline whose words all begin with one, a line in capitals."""
        longer = [w for w in self.words if w.is_word and len(w.text) > 3]
        limit = 0.6 if self.parsed.block.kind is BlockKind.HEADLINE else 0.9
        shouted = sum(w.text.isupper() for w in longer) > 0.7 * len(longer)
        return (
            len(longer) >= 4
            and (shouted or sum(w.capital for w in longer) > limit * len(longer))
            and (self.parsed.block.kind is BlockKind.HEADLINE or shouted)
        )


def _words(parsed: Parsed) -> tuple[Word, ...]:
    doc = parsed.doc
    found: list[Word] = []
    i = 0
    while i < len(doc):
        j = i
        while j + 2 < len(doc) and _joined(doc[j], doc[j + 1], doc[j + 2]):
            j += 2
        tokens = doc[i : j + 1]
        label = next((t.ent_type_ for t in tokens if t.ent_type_), "")
        found.append(Word(tokens.text, i, j, doc[j].tag_, label, _opens(found, doc[i])))
        i = j + 1
    return tuple(found)


def _joined(left: Token, joint: Token, right: Token) -> bool:
    """Whether two tokens with a hyphen or slash between them are one word of a name or a title."""
    if joint.text not in _JOINTS or left.whitespace_ or joint.whitespace_:
        return False
    if not (left.text[:1].isalpha() and right.text[:1].isalpha()):
        return False
    if places.nationality(left.text) and (places.nationality(right.text) or not right.text[:1].isupper()):
        return False  # two nations ("Franco-German" is one word already), or "Kenyan-led"
    if places.find(left.text) and places.find(right.text) and not places.find(f"{left.text}-{right.text}"):
        return False
    if left.text[:1].isupper() and right.text[:1].islower():
        return joint.text != "/" and right.lower_ in (
            "elect",
            "designate",
            "president",
            "minister",
            "general",
            "chairman",
            "in",
            "on",
        )
    return True


def _opens(before: Sequence[Word], token: Token) -> bool:
    if not before or token.is_sent_start or "\n" in token.doc.text[max(0, token.idx - 1) : token.idx]:
        return True
    last = before[-1].text
    return last in (".", "!", "?", "…") or (last in _OPENERS and (last in _QUOTES or last in ":—–-•*|"))
