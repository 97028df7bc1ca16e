"""Pronouns as sources: who "he", "it", "they", "we" and "which" stand for.

The rules follow centering (Grosz, Joshi and Weinstein 1995) in one point: the speaker of the last statement is the first
candidate.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice

from kg.english.lists import listed
from kg.model import Annotation, EntityType, Form, Span
from kg.resolve.chains import Chain, Found, index
from kg.resolve.mention_order import FARTHEST, Trail

PRONOUNS = frozenset(listed("source_words", "pronoun"))
_FEMALE = frozenset(listed("source_words", "female"))
_INSIDE = ("in", "of", "to", "at", "via")
_MALE = frozenset(listed("source_words", "male"))


class Pronouns:
    """Resolves pronouns of one article; ``speak`` tells it who spoke, in text order."""

    def __init__(self, annotation: Annotation, chains: list[Chain], trail: Trail) -> None:
        self._text = annotation.article.text
        self._trail = trail
        self._starts = sorted(s.start for s in annotation.sentences)
        self._titles: dict[int, set[str]] = {}
        by_span = index(chains)
        for role in annotation.roles:
            if (holder := by_span.get(role.holder)) is not None:
                self._titles.setdefault(id(holder), set()).update(w.lower().strip(".") for w in role.title.split())
        self._last: Chain | None = None
        self._spoken: list[tuple[int, Chain]] = []  # persons and unnamed sources
        self._turns: dict[int, list[tuple[int, int]]] = {}  # of each, its places in ``_spoken`` and in the text

    def speak(self, offset: int, chain: Chain) -> None:
        """Somebody spoke at ``offset``."""
        self._last = chain
        if chain.type.family in (EntityType.PERSON, EntityType.UNNAMED):
            self._turns.setdefault(id(chain), []).append((len(self._spoken), offset))
            self._spoken.append((offset, chain))

    def resolve(self, word: str, span: Span, outer: Chain | None) -> Found | None:
        if word in ("we", "i", "our", "my"):
            return Found(outer, f"“{word}” of the quoted speaker") if outer is not None else None
        if word in ("who", "which", "that"):
            kinds = (
                (EntityType.PERSON, EntityType.ORGANISATION, EntityType.UNNAMED)
                if word == "who"
                else (EntityType.ORGANISATION, EntityType.DOCUMENT)
            )
            near = self._latest(span.start, kinds, within=self._sentence_start(span.start))
            return Found(near, f"“{word}” stands for the noun before it") if near is not None else None
        if word in ("he", "she", "his", "her", "him"):
            chain = self._latest_speaker(span.start, word) or self._latest(span.start, (EntityType.PERSON,))
            return (
                Found(chain, f"“{word}” refers to the last person who spoke or was named")
                if chain is not None
                else None
            )
        if word == "it":
            chain = self._latest(span.start, (EntityType.ORGANISATION, EntityType.PLACE), subject_like=True)
            return Found(chain, "“it” refers to the last body named") if chain is not None else None
        if word in ("they", "them", "their"):
            last = self._last
            if last is not None and last.type.family is not EntityType.PERSON:
                return Found(last, "“they” refers to the group that spoke last")
            chain = self._latest(span.start, (EntityType.ORGANISATION, EntityType.UNNAMED))
            return Found(chain, "“they” refers to the last group named") if chain is not None else None
        return None

    def _latest_speaker(self, offset: int, word: str) -> Chain | None:
        """The person who spoke last; where this paragraph names persons, the last speaker among those whom it names."""
        paragraph = self._text.rfind("\n", 0, offset)
        if next(self._trail.back(EntityType.PERSON, offset, since=paragraph), None) is None:
            recent = islice(reversed(self._spoken), FARTHEST)
            return next((c for start, c in recent if start < offset and self._agrees(c, word)), None)
        here = {
            id(chain): chain
            for family in (EntityType.PERSON, EntityType.UNNAMED)
            for _, _, chain in self._trail.back(family, offset, since=paragraph)
        }
        turns = [
            (turn, chain)
            for key, chain in here.items()
            if self._agrees(chain, word)
            and (turn := next((n for n, at in reversed(self._turns.get(key, ())) if at < offset), None)) is not None
        ]
        return max(turns, key=lambda pair: pair[0], default=(0, None))[1]

    def _agrees(self, chain: Chain, word: str) -> bool:
        titles = self._titles.get(id(chain), set())
        return not (word in ("he", "his", "him") and titles & _FEMALE) and not (
            word in ("she", "her") and titles & _MALE
        )

    def _latest(
        self, offset: int, kinds: Sequence[EntityType], *, within: int = 0, subject_like: bool = False
    ) -> Chain | None:
        """The chain of one of the kinds last mentioned before ``offset``; kinds first in the list win ties."""
        best: tuple[int, int, int] | None = None
        found: Chain | None = None
        for kind in kinds:
            seen: dict[int, int] = {}
            for span, form, chain in self._trail.back(kind, offset, since=within - 1):
                if best is not None and span.end < best[0]:
                    break
                if form is Form.DEMONYM or span.start < within or seen.setdefault(id(chain), span.end) != span.end:
                    continue
                end = span.end
                if subject_like and self._text[max(0, span.start - 4) : span.start].lower().strip() in _INSIDE:
                    end -= 200
                rank = (end, -list(kinds).index(kind), -self._trail.order(chain))
                if best is None or rank > best:
                    best, found = rank, chain
        return found

    def _sentence_start(self, offset: int) -> int:
        at = bisect_right(self._starts, offset)
        return self._starts[at - 1] if at else 0
