"""Pronouns as sources: who "he", "it", "they", "we" and "which" stand for.

The rules follow centering (Grosz, Joshi and Weinstein 1995) in one point: the speaker of the last statement is the first
candidate.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice, takewhile

from kg.english import kinds, titles
from kg.english.inflection import is_plural, singular
from kg.english.lists import alternation, listed
from kg.model import Annotation, EntityType, Form, Span, Spans
from kg.resolve.chains import Chain, Found, index
from kg.resolve.mention_order import FARTHEST, Trail
from kg.resolve.phrases import nouns

PRONOUNS = frozenset(listed("source_words", "pronoun"))
_FEMALE = frozenset(listed("source_words", "female"))
_SENTENCES = 12  # that a look back for a person goes through
_SUBJECTS = 40
# Behind a person's name: ", a specialist with the Harbour Board, "
_DESCRIPTION = re.compile(
    rf"(?:\s*\([^()]*\))?,\s+(?:{alternation(listed('function_words', 'determiner'))}|[a-z])[^.;:“”\"]*,\s*"
)
_ONE = re.compile(r"(?:an?|one)\s", re.IGNORECASE)
_HEAD_END = re.compile(rf",|\b(?:{alternation(listed('source_words', 'ends_head'))})\b")
_HE = ("he", "his", "him")
_HEAD_ENDS = frozenset(listed("source_words", "ends_head"))
_INSIDE = ("in", "of", "to", "at", "via")
_MALE = frozenset(listed("source_words", "male"))
_HE_NAMES = frozenset(listed("source_words", "he_name"))
_SHE_NAMES = frozenset(listed("source_words", "she_name"))
_SEVERAL = frozenset(listed("source_words", "several"))
_BANDS = frozenset(listed("source_words", "band"))
_MEETINGS = frozenset(listed("source_words", "meeting"))
_ADDRESS = re.compile(rf"(?P<word>{alternation(listed('source_words', 'lady_or_lord'))})\.?\s")
_ADDRESS_END = re.compile(rf"\b{_ADDRESS.pattern}$")
_OF_MEN = ("Mr", "Herr", "Sir")
_LONGEST_ADDRESS = 6
# Behind a person's name: ", a young woman", " and her husband", " lost his wife".
_APPOSED = re.compile(r",\s+(?:an?|the)\s+(?P<words>(?:[\w-]+\s+){0,3}[a-z]+)\b(?!['’])")
_SPOUSE = re.compile(
    rf",?\s+(?:{alternation(listed('source_words', 'to_spouse'))})\s+(?P<whose>her\s+husband|his\s+wife)\b"
)
_QUOTES = re.compile(r"[“”\"«»]|^to\s|^\d+ ")


def _head(name: str) -> str:
    """The head noun of a described source: "officials in the port" → "officials"."""
    words = _HEAD_END.split(name)[0].split()
    return words[-1].lower() if words else ""


def _is_mute(chain: Chain) -> bool:
    """Whether an unnamed source is no actor at all, so that no pronoun of a speaker goes back to it: "that belief", "a meeting"."""
    head = _head(chain.name)
    unvoiced = kinds.is_thing(head) or singular(head) in _MEETINGS
    return chain.type is EntityType.UNNAMED and (unvoiced or _QUOTES.search(chain.name) is not None)


def _is_group(chain: Chain) -> bool:
    """Whether an unnamed source is more than one person, or a body or a text: "some", "critics", "the opposition"."""
    if chain.type is not EntityType.UNNAMED:
        return False
    first, head = chain.name.split()[0].lower(), _head(chain.name)
    if first in _SEVERAL or head in _SEVERAL or is_plural(head):
        return True
    body = kinds.has_head(head) or head in nouns("body") or head in nouns("document") or head in _BANDS
    return body and not titles.is_person(head)


def _is_single(chain: Chain) -> bool:
    """Whether an unnamed source is one person: "a judge", "the farmer"."""
    if chain.type is not EntityType.UNNAMED:
        return False
    return bool(_ONE.match(chain.name)) or (titles.is_person(_head(chain.name)) and not _is_group(chain))


def _gender(chain: Chain) -> str:
    """ "he" or "she" where the given name tells it, else nothing."""
    given = chain.name.split()[:-1]  # a name alone is a family's
    told = {"he" for word in given if word in _HE_NAMES} | {"she" for word in given if word in _SHE_NAMES}
    return told.pop() if len(told) == 1 else ""


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
        for chain in chains:
            if (told_so := self._described_as(chain)) is not None:
                self._titles.setdefault(id(chain), set()).add(told_so)
        for chain, told in self._addressed(chains).values():
            if len(told) == 1:
                self._titles.setdefault(id(chain), set()).update(told)
        leading = ((m.span, by_span[m.span]) for m in annotation.mentions if m.subject and m.span in by_span)
        self._leading = sorted(leading, key=lambda pair: pair[0])
        self._leads = [span.start for span, _ in self._leading]
        self._last: Chain | None = None
        self._last_at = -1
        self._spoken: list[tuple[int, Chain]] = []  # persons and unnamed sources
        self._turns: dict[int, list[tuple[int, int]]] = {}  # of each, its places in ``_spoken`` and in the text

    def speak(self, offset: int, chain: Chain) -> None:
        """Somebody spoke at ``offset``."""
        if _is_mute(chain):
            return
        self._last, self._last_at = chain, offset
        if chain.type.family in (EntityType.PERSON, EntityType.UNNAMED):
            self._turns.setdefault(id(chain), []).append((len(self._spoken), offset))
            self._spoken.append((offset, chain))

    @property
    def last(self) -> Chain | None:
        """Who spoke last."""
        return self._last

    def person(self, span: Span, told: Spans) -> Chain | None:
        """The person whom a description at ``span`` goes on with: the subject of the sentence before, or who spoke there; ``None`` where
        that sentence has none.
        """
        here = self.sentence_start(min((t.start for t in told if t.end <= span.start), default=span.start))
        at = bisect_right(self._starts, here) - 1
        before = self._starts[at - 1] if at > 0 else 0
        spoke = next((c for place, c in reversed(self._spoken) if before <= place < here), None)
        chain = spoke or self._subject(here, before, told, "he") or self._subject(here, before, told, "she")
        return chain if chain is not None and chain.type is EntityType.PERSON else None

    def sentence_before(self, offset: int) -> Span | None:
        """The sentence before that of a character, where nobody spoke in it."""
        here = self.sentence_start(offset)
        at = bisect_right(self._starts, here) - 1
        if at < 1 or self._starts[at - 1] <= self._last_at < here:
            return None
        return Span(self._starts[at - 1], here)

    def resolve(self, word: str, span: Span, outer: Chain | None, told: Spans = ()) -> Found | None:
        """Whom a pronoun at ``span`` means; ``told`` is what is said, whose actors cannot be the speaker of it."""
        if word in ("we", "i", "our", "my"):
            return Found(outer, f"“{word}” of the quoted speaker") if outer is not None else None
        if word in ("who", "which", "that"):
            kinds = (
                (EntityType.PERSON, EntityType.ORGANISATION, EntityType.UNNAMED)
                if word == "who"
                else (EntityType.ORGANISATION, EntityType.DOCUMENT)
            )
            near = self._described(span.start) if word == "who" else None
            near = near or self._latest(span.start, kinds, within=self.sentence_start(span.start))
            return Found(near, f"“{word}” stands for the noun before it") if near is not None else None
        if word in ("he", "she", "his", "her", "him"):
            chain = (
                self._topic(span.start, word, told)
                or self._latest_speaker(span.start, word)
                or self._latest(span.start, (EntityType.PERSON,), told=told, word=word)
            )
            if chain is None:
                return None
            self._titles.setdefault(id(chain), set()).add("he" if word in _HE else "she")
            return Found(chain, f"“{word}” refers to the last person who spoke or was named")
        if word in ("it", "its"):
            chain = (
                self._body(span.start, told, own=word == "its")
                or self._body_near(span.start, told)
                or self._latest(span.start, (EntityType.ORGANISATION, EntityType.PLACE), subject_like=True, told=told)
            )
            return Found(chain, f"“{word}” refers to the last body named") if chain is not None else None
        if word in ("they", "them", "their"):
            last = self._last
            single = last is not None and _is_single(last)
            if last is not None and last.type.family is not EntityType.PERSON and not single:
                return Found(last, "“they” refers to the group that spoke last")
            chain = self._latest(span.start, (EntityType.ORGANISATION, EntityType.UNNAMED), several=True)
            return Found(chain, "“they” refers to the last group named") if chain is not None else None
        return None

    def _body(self, offset: int, told: Spans, *, own: bool) -> Chain | None:
        """The body that "it" goes on with: the subject of this sentence for "its", else the body that spoke in the one before or
        is its subject.
        """
        here = self.sentence_start(offset)
        subject = self._subject(offset, here, told) if own else None
        if subject is not None:
            return subject
        # A quotation of several sentences before the cue is stepped over.
        edge = min((t.start for t in told if t.end <= offset), default=here)
        here = min(here, self.sentence_start(edge))
        at = bisect_right(self._starts, here) - 1
        before = self._starts[at - 1] if at > 0 else 0
        if (
            self._last is not None
            and self._last.type.family is EntityType.ORGANISATION
            and before <= self._last_at < here
        ):
            return self._last
        return self._subject(here, before, told) if at > 0 else None

    def _body_near(self, offset: int, told: Spans) -> Chain | None:
        """The organisation named last in the two sentences before, ahead of any place."""
        at = bisect_right(self._starts, offset) - 1
        since = self._starts[max(0, at - 2)] if at >= 0 else 0
        return self._latest(offset, (EntityType.ORGANISATION,), within=since, subject_like=True, told=told)

    def _topic(self, offset: int, word: str, told: Spans) -> Chain | None:
        """The person whom the text is about, sentence by sentence backwards: the subject of this one, then who spoke in the one
        before or is its subject, and so on.
        """
        here = self.sentence_start(offset)
        subject = self._subject(offset, here, told, word)
        if subject is not None:
            return subject
        spoke = (c for at, c in islice(reversed(self._spoken), FARTHEST) if here <= at < offset)
        found = next((c for c in spoke if self._agrees(c, word)), None)
        if found is not None:
            return found  # "NAME warned that …; by noon 37 had gone, he added"
        at, end = bisect_right(self._starts, offset) - 1, here
        for start in reversed(self._starts[max(0, at - _SENTENCES) : max(0, at)]):
            recent = (
                c
                for place, c in islice(reversed(self._spoken), FARTHEST)
                if start <= place < end and self._agrees(c, word)
            )
            found = next(recent, None) or self._subject(end, start, told, word)
            if found is not None:
                return found
            end = start
        return None

    def _subject(self, offset: int, start: int, told: Spans, word: str = "") -> Chain | None:
        """The actor that is the last subject of a main clause between ``start`` and ``offset``: a person for "he" and "she"."""
        last = bisect_right(self._leads, offset - 1)
        for span, chain in reversed(self._leading[max(0, last - _SUBJECTS) : last]):
            if span.start < start:
                return None
            person = chain.type is EntityType.PERSON
            if person is bool(word) and not any(t.overlaps(span) for t in told) and self._fits(span, chain, word):
                return chain
        return None

    def _described(self, offset: int) -> Chain | None:
        """ "quoted NAME, a specialist with BODY, who said": the person whom the words before "who" describe."""
        start = self.sentence_start(offset)
        for span, _, chain in self._trail.back(EntityType.PERSON, offset, since=start):
            if _DESCRIPTION.fullmatch(self._text, span.end, offset):
                return chain
            return None
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

    def _fits(self, span: Span, chain: Chain, word: str) -> bool:
        """Whether a pronoun can go back to an actor as it is named at ``span``: "Mrs. Rao" is no "he"."""
        address = self._address(span)
        return address == ("he" if word in _HE else "she") if word and address else self._agrees(chain, word)

    def _address(self, span: Span) -> str:
        """ "he" behind "Mr.", "she" behind "Mrs.", else nothing."""
        before = _ADDRESS_END.search(self._text, max(0, span.start - _LONGEST_ADDRESS), span.start)
        address = before or _ADDRESS.match(self._text, span.start)
        return "" if address is None else "he" if address["word"] in _OF_MEN else "she"

    def _addressed(self, chains: Sequence[Chain]) -> dict[int, tuple[Chain, set[str]]]:
        """How each person is addressed, of those who are."""
        found: dict[int, tuple[Chain, set[str]]] = {}
        for chain in chains:
            for link in chain.links if chain.type is EntityType.PERSON else ():
                if address := self._address(link.span):
                    found.setdefault(id(chain), (chain, set()))[1].add(address)
        return found

    def _described_as(self, chain: Chain) -> str | None:
        """The noun that tells a person's gender right behind the name ("NAME, a young woman from Tarn,"), or "she" and "he" where NAME has
        a husband or a wife.
        """
        for link in chain.links if chain.type is EntityType.PERSON else ():
            if (match := _APPOSED.match(self._text, link.span.end)) is not None:
                words: list[str] = match["words"].split()
                own = takewhile(lambda w: w not in _HEAD_ENDS, words)  # not "a lawyer of the queen"
                noun = next((w for w in own if w in _FEMALE | _MALE), None)
                if noun is not None:
                    return noun
            if (spouse := _SPOUSE.match(self._text, link.span.end)) is not None:
                return "she" if spouse["whose"].startswith("her") else "he"
        return None

    def _agrees(self, chain: Chain, word: str) -> bool:
        """Whether a pronoun can mean an actor: "he" and "she" are one person, of the gender that the name or a title tells."""
        if not word:
            return True
        if _is_mute(chain) or _is_group(chain):
            return False
        if gender := _gender(chain):
            return gender == ("he" if word in _HE else "she")
        told = self._titles.get(id(chain), set())
        if chain.type is EntityType.UNNAMED:
            told = told | {_head(chain.name)}  # "my father"
        return not (word in _HE and told & _FEMALE) and not (word in ("she", "her") and told & _MALE)

    def _latest(
        self,
        offset: int,
        kinds: Sequence[EntityType],
        *,
        within: int = 0,
        subject_like: bool = False,
        told: Spans = (),
        several: bool = False,
        word: str = "",
    ) -> Chain | None:
        """The chain of one of the kinds last mentioned before ``offset``; kinds first in the list win ties. ``several`` leaves out
        single persons, ``word`` whom that pronoun cannot mean.
        """
        best: tuple[int, int, int] | None = None
        found: Chain | None = None
        for kind in kinds:
            seen: dict[int, int] = {}
            for span, form, chain in self._trail.back(kind, offset, since=within - 1):
                if best is not None and span.end < best[0]:
                    break
                if any(t.contains(span) for t in told) or (several and (_is_single(chain) or _is_mute(chain))):
                    continue
                if not self._fits(span, chain, word):
                    continue
                if form is Form.DEMONYM or span.start < within or seen.setdefault(id(chain), span.end) != span.end:
                    continue
                end = span.end
                if subject_like and self._text[max(0, span.start - 4) : span.start].lower().strip() in _INSIDE:
                    end -= 200
                rank = (end, -list(kinds).index(kind), -self._trail.order(chain))
                if best is None or rank > best:
                    best, found = rank, chain
        return found

    def sentence_start(self, offset: int) -> int:
        """Where the sentence of a character begins."""
        at = bisect_right(self._starts, offset)
        return self._starts[at - 1] if at else 0
