"""A paragraph as written words: what a tokeniser cuts at hyphens and slashes inside a name is put together again."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kg.annotate.parse.parsing import Parsed
from kg.english import places
from kg.english.lists import listed
from kg.model import BlockKind, Mention, Span

# The endings of possessives as words of their own.
POSSESSIVES = ("'s", "’s", "'", "’")
_JOINTS = frozenset("-‐‑/")
# Marks after which a capital tells nothing: of sentences, quotations, lists, datelines.
_OPENERS = frozenset('.!?…"“‘«”»:—–-•*|')
_PREFIXES = frozenset(listed("office_words", "prefix"))
_LETTERS_LED = re.compile(r"((?:[A-Z]\.){2,4})(?=-[a-z])")
_CONTENT = ("NN", "VB", "MD", "JJ", "RB")
_LONGEST_TITLE = 30  # words and marks
_SECOND_HALVES = frozenset(listed("office_words", "half"))


@dataclass(frozen=True, slots=True)
class Word:
    """One written word or punctuation mark: tokens ``first`` to ``last`` (inclusive) of the paragraph's doc, its
    characters ``start`` to ``end``."""

    text: str
    first: int
    last: int
    start: int
    end: int
    tag: str
    label: str  # spaCy's entity label, "" outside
    opens: bool  # the first word of a sentence, a line or a quotation
    stop: bool = False  # one of the language's function words

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """Written like a name: "Lagos", "al-Nusra", "d'Ivoire"; "iPhone" is not."""
        return _shape(self.text)[0]

    @property
    def acronym(self) -> bool:
        """Two capitals or more and no small letter but a plural s: "IS", "UNHCR", "NGOs", "RFE/RL", "U.N."."""
        return _shape(self.text)[1]

    @property
    def is_word(self) -> bool:
        return _shape(self.text)[2]


@lru_cache(maxsize=50_000)
def _shape(text: str) -> tuple[bool, bool, bool]:
    """Whether a word has a capital, is an acronym, is a word at all."""
    piece = max(text.replace("/", "-").split("-"), key=lambda p: p[:1].isupper()) if text else ""
    capital = piece[:1].isupper() or (text[:2] in ("d'", "d’") and text[2:3].isupper())
    letters = [c for c in text.removesuffix("s") if c.isalpha()]
    acronym = len(letters) >= 2 and all(c.isupper() for c in letters)
    return capital, acronym, text not in ("'s", "’s") and any(c.isalpha() for c in text)


class Passage:
    """The words of one parsed paragraph, and the way back to spans of the article."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.words = _words(parsed)
        self._text = parsed.text
        self._starts = [word.start for word in self.words]

    def span(self, first: int, last: int) -> Span:
        """The span of the words ``first`` to ``last``, inclusive."""
        return self.parsed.span(self.words[first].start, self.words[last].end)

    def text(self, first: int, last: int) -> str:
        """The words ``first`` to ``last`` as written, with single spaces."""
        if first == last:
            return self.words[first].text
        return " ".join(self._text[self.words[first].start : self.words[last].end].split())

    def at(self, span: Span) -> tuple[int, int] | None:
        """First and last word that a span of the article touches, or ``None`` where it lies elsewhere."""
        start, end = span.start - self.parsed.offset, span.end - self.parsed.offset
        if not 0 <= start < len(self._text):
            return None
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_left(self._starts, end) - 1
        return (first, last) if self.words and last >= first else None

    def word(self, i: int) -> Word | None:
        return self.words[i] if 0 <= i < len(self.words) else None

    def lower(self, i: int) -> str:
        """The word in lower case, ``""`` beyond the ends."""
        return self.words[i].lower if 0 <= i < len(self.words) else ""

    @cached_property
    def all_capitals(self) -> bool:
        """Whether capitals tell nothing here: a headline whose words all begin with one, a line in capitals."""
        longer = [w for w in self.words if w.is_word and len(w.text) > 3]
        line = self.parsed.block.kind in (BlockKind.HEADLINE, BlockKind.CAPTION, BlockKind.TABLE)
        limit = 0.6 if line else 0.9
        shouted = sum(w.text.isupper() for w in longer) > 0.7 * len(longer)
        return (
            len(longer) >= 4
            and (shouted or sum(w.capital for w in longer) > limit * len(longer))
            and (line or shouted or self._titled())
        )

    def _titled(self) -> bool:
        """Whether a paragraph of prose is a headline that ends like a sentence: verbs and small words have capitals too, and
        no word of content has none.
        """
        if len(self.words) > _LONGEST_TITLE or self.parsed.block.kind is BlockKind.BYLINE:
            return False
        content = [w.capital for w in self.words if w.is_word and w.tag[:2] in _CONTENT]
        return all(content) and any(
            w.capital and not w.opens and not w.acronym and (w.stop or w.tag[:2] in ("VB", "MD")) for w in self.words
        )


def by_passage(passages: Sequence[Passage], mentions: Iterable[Mention]) -> list[tuple[Passage, list[Mention]]]:
    """Each passage with the mentions that lie in it, in their order."""
    grouped: defaultdict[int, list[Mention]] = defaultdict(list)
    starts = [p.parsed.offset for p in passages]  # passages come in the order of the text
    for mention in mentions:
        grouped[bisect_right(starts, mention.span.start) - 1].append(mention)
    return [(p, sorted(grouped.get(i, ()), key=lambda m: m.span)) for i, p in enumerate(passages)]


def _words(parsed: Parsed) -> tuple[Word, ...]:
    doc, text = parsed.doc, parsed.text
    tokens = [token.text for token in doc]
    starts = [token.idx for token in doc]
    labels = [token.ent_type_ for token in doc]
    found: list[Word] = []
    i, size = 0, len(tokens)
    while i < size:
        if len(tokens[i]) > 1 and not tokens[i].strip(" "):  # what was blanked in the text
            i += 1
            continue
        j, end = i, starts[i] + len(tokens[i])
        while j + 2 < size and tokens[j + 1] in _JOINTS and starts[j + 1] == end:
            step = 4 if _through_particle(tokens, starts, j) else 2 if _joined(*tokens[j : j + 3]) else 0
            if not step or starts[j + 2] != end + 1:
                break
            j += step
            end = starts[j] + len(tokens[j])
        start = starts[i]
        label = labels[i] or next((name for name in labels[i : j + 1] if name), "")
        opens = not found or found[-1].text in _OPENERS or text[start - 1 : start] == "\n" or bool(doc[i].is_sent_start)
        tail = _LETTERS_LED.match(text[start:end]) if i == j else None
        if tail is not None:  # "U.S.-made" is one token
            found.append(Word(tail[1], i, j, start, start + tail.end(1), "NNP", label, opens))
            start, opens = start + tail.end(1), False
        found.append(Word(text[start:end], i, j, start, end, doc[j].tag_, label, opens, i == j and doc[i].is_stop))
        i = j + 1
    return tuple(found)


def _through_particle(tokens: Sequence[str], starts: Sequence[int], j: int) -> bool:
    """Whether a name goes on over a small word between two hyphens: "Hizb-ut-Tahrir", "Tehreek-i-Nizam"."""
    if j + 4 >= len(tokens) or tokens[j + 3] not in _JOINTS:
        return False
    small, capital = tokens[j + 2], tokens[j + 4]
    tight = all(starts[k] + len(tokens[k]) == starts[k + 1] for k in range(j, j + 4))
    return tight and tokens[j][:1].isupper() and small.islower() and len(small) <= 4 and capital[:1].isupper()


def _joined(left: str, joint: str, right: str) -> bool:
    """Whether two tokens with a hyphen or slash between them are one word of a name or a title."""
    if joint not in _JOINTS or not (left[:1].isalpha() and right[:1].isalpha()):
        return False
    if places.nationality(left) and (places.nationality(right) or not right[:1].isupper()):
        return False  # two nations ("Franco-German" is one word already), or "Kenyan-led"
    if places.find(left) and places.find(right) and not places.find(f"{left}-{right}"):
        return False
    if left[:1].isupper() and right[:1].islower():
        return joint != "/" and (right.lower() in _SECOND_HALVES or left in _PREFIXES)
    return True
