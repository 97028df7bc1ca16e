"""Pronouns as sources: who "he", "it", "they", "we" and "which" stand for.

The rules follow centering (Grosz, Joshi and Weinstein 1995) in one point: the speaker of the last statement is the first
candidate.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Annotation, EntityType, Form, Span
from kg.resolve.chains import Chain, Found, index

PRONOUNS = frozenset(
    {"he", "she", "they", "it", "who", "which", "that", "we", "i", "you", "his", "her", "their", "him", "them"}
)
_FEMALE = frozenset({"spokeswoman", "chairwoman", "congresswoman", "queen", "ms", "mrs", "actress", "mother"})
_MALE = frozenset({"spokesman", "chairman", "congressman", "king", "mr", "father"})


class Pronouns:
    """Resolves pronouns of one article; ``spoken`` lists offset and chain of the speakers so far, in text order."""

    def __init__(self, annotation: Annotation, chains: list[Chain]) -> None:
        self._annotation = annotation
        self._text = annotation.article.text
        self._chains = chains
        self._by_span = index(chains)
        self.spoken: list[tuple[int, Chain]] = []

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
            chain = self._latest_speaker(span.start, EntityType.PERSON, word) or self._latest(
                span.start, (EntityType.PERSON,)
            )
            return (
                Found(chain, f"“{word}” refers to the last person who spoke or was named")
                if chain is not None
                else None
            )
        if word == "it":
            chain = self._latest(span.start, (EntityType.ORGANISATION, EntityType.PLACE), subject_like=True)
            return Found(chain, "“it” refers to the last body named") if chain is not None else None
        if word in ("they", "them", "their"):
            last = self.spoken[-1][1] if self.spoken else None
            if last is not None and last.type.family is not EntityType.PERSON:
                return Found(last, "“they” refers to the group that spoke last")
            chain = self._latest(span.start, (EntityType.ORGANISATION, EntityType.UNNAMED))
            return Found(chain, "“they” refers to the last group named") if chain is not None else None
        return None

    def _latest_speaker(self, offset: int, kind: EntityType, word: str) -> Chain | None:
        for start, chain in reversed(self.spoken):
            if chain.type.family in (kind, EntityType.UNNAMED) and start < offset and self._agrees(chain, word):
                between = [
                    c
                    for c in self._chains
                    if c.type is EntityType.PERSON
                    and c is not chain
                    and c.last_before(offset) > chain.last_before(offset)
                ]
                paragraph = self._text.rfind("\n", 0, offset)
                if (
                    not between
                    or not any(c.last_before(offset) > paragraph for c in between)
                    or chain.last_before(offset) > paragraph
                ):
                    return chain
        return None

    def _agrees(self, chain: Chain, word: str) -> bool:
        titles = {
            w.lower().strip(".")
            for role in self._annotation.roles
            for w in role.title.split()
            if self._by_span.get(role.holder) is chain
        }
        return not (word in ("he", "his", "him") and titles & _FEMALE) and not (
            word in ("she", "her") and titles & _MALE
        )

    def _latest(
        self, offset: int, kinds: Sequence[EntityType], *, within: int = 0, subject_like: bool = False
    ) -> Chain | None:
        """The chain of one of the kinds last mentioned before ``offset``; kinds first in the list win ties."""
        best: tuple[int, int] | None = None
        found: Chain | None = None
        for chain in self._chains:
            if chain.type.family not in kinds:
                continue
            spans = [
                link.span
                for link in chain.links
                if within <= link.span.start and link.span.end <= offset and link.form is not Form.DEMONYM
            ]
            if not spans:
                continue
            end = max(s.end for s in spans)
            if subject_like and any(
                self._text[max(0, s.start - 4) : s.start].lower().strip() in ("in", "of", "to", "at", "via")
                for s in spans
                if s.end == end
            ):
                end -= 200
            rank = (end, -list(kinds).index(chain.type.family))
            if best is None or rank > best:
                best, found = rank, chain
        return found

    def _sentence_start(self, offset: int) -> int:
        return max((s.start for s in self._annotation.sentences if s.start <= offset), default=0)
