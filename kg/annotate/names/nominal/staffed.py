"""Bodies in small letters, where an office of theirs is told: "a spokeswoman for the coast guard", "fire department spokesman".

Two words at least, so that they tell one body and not "the company" of the sentence before; what names a body of the article
again in short ("the rights commission") is that one.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.annotate.parse.words import POSSESSIVES, Passage, Word
from kg.english import kinds, titles
from kg.english.lists import listed
from kg.model import EntityType, Form, Mention

_LINKS = frozenset(listed("body_words", "staffed"))
_VOICES = frozenset(listed("office_words", "voice"))
_LEVELS = frozenset(listed("body_words", "level"))
_AGAIN = frozenset(listed("body_words", "again"))
_OVER = frozenset(listed("body_words", "over"))
_ALONE = frozenset(listed("body_words", "alone"))
_RANKS = frozenset(listed("office_words", "rank"))
_LONGEST = 5  # words of such a body, and of what it is over


def find(passage: Passage, own: Sequence[Mention], named: Sequence[Mention]) -> list[Mention]:
    """Mentions of such bodies that overlap none in ``own``, but for a nationality or a place that opens them. ``named`` are the
    bodies with a name in the whole article.
    """
    out: list[Mention] = []
    for i, word in enumerate(passage.words):
        if word.lower in _LINKS and i and _is_title(passage, i - 1):
            body = _behind(passage, i + 1, own, named)
        elif word.lower in _VOICES and i:
            body = _before(passage, i - 1, own, named)
        else:
            continue
        if body is not None and not any(m.span.overlaps(body.span) for m in out):
            out.append(body)
    return out


def _is_title(passage: Passage, i: int) -> bool:
    word = passage.words[i]
    return titles.holds_office(word.text) or word.lower in _VOICES


def _behind(passage: Passage, first: int, own: Sequence[Mention], named: Sequence[Mention]) -> Mention | None:
    """What stands behind "spokesman for", "head of"."""
    start = first + (passage.lower(first) == "the")
    inner = _opener(passage, own, first=start)
    begin = start if inner is None else inner[1] + 1
    if inner is not None and passage.lower(begin) in POSSESSIVES:
        begin += 1
    last = begin - 1
    while last + 1 < len(passage.words) and last - begin < _LONGEST and _goes_on(passage, last + 1, begin):
        last += 1
    while last >= begin and not _is_body(passage, begin, last, alone=inner is not None):
        last -= 1
    if last < begin:
        return None
    last = _with_topic(passage, last)
    after = passage.word(last + 1)
    if after is not None and (after.text in POSSESSIVES or after.capital or after.tag[:2] == "NN"):
        return None  # "the rights group Lakewatch", "the health department building"
    if _is_named_behind(passage, last, own):
        return None
    return _made(passage, start, begin, last, inner, own, named)


def _is_named_behind(passage: Passage, last: int, own: Sequence[Mention]) -> bool:
    """ "the intelligence service, the Coast Committee,": the name stands in apposition."""
    if passage.lower(last + 1) != ",":
        return False
    name = passage.word(last + 2 + (passage.lower(last + 2) == "the"))
    starts = {passage.parsed.offset + name.start} if name is not None else set()
    return any(m.type.family is EntityType.ORGANISATION and m.span.start in starts for m in own)


def _before(passage: Passage, last: int, own: Sequence[Mention], named: Sequence[Mention]) -> Mention | None:
    """What stands before "spokesman": "the fire department's spokesman", "Coast guard spokeswoman NAME"."""
    if passage.lower(last) in POSSESSIVES:
        last -= 1
    first = last + 1
    while first > 0 and last - first < _LONGEST - 1 and _is_common(passage.words[first - 1]):
        first -= 1
    while first <= last and not _is_body(passage, first, last, alone=True):
        first += 1
    if first > last or passage.lower(first - 1) in _RANKS:
        return None  # "deputy government spokesman" is one title
    inner = _opener(passage, own, last=first - (2 if passage.lower(first - 1) in POSSESSIVES else 1))
    if first == last and inner is None and passage.lower(first) not in _ALONE:
        return None
    if inner is None and (before := passage.word(first - 1)) is not None and before.capital and not before.opens:
        return None  # the end of a name that nobody knows: "the Lake fire department spokesman"
    return _made(passage, first if inner is None else inner[0], first, last, inner, own, named)


def _made(
    passage: Passage, start: int, first: int, last: int, inner: tuple[int, int, Mention] | None,
    own: Sequence[Mention], named: Sequence[Mention],
) -> Mention | None:  # fmt: skip
    """The mention of the words ``first`` to ``last``, with a nationality or place before them."""
    words = passage.text(first, last)
    if passage.words[first].capital:
        words = words[:1].lower() + words[1:]
    kind = kinds.of_name(words)
    span = passage.span(start, last)
    if kind is None or any(m.span.overlaps(span) and (inner is None or m is not inner[2]) for m in own):
        return None
    said = set(words.lower().split())
    again = [m for m in named if said <= set(m.name.lower().split())]
    if again and inner is None:
        return Mention(span, again[0].type, Form.NOMINAL, again[0].name, again[0].country, passage.parsed.index)
    country = inner[2].name if inner is not None and inner[2].type is EntityType.COUNTRY else None
    name = words if inner is None or country is not None else f"{inner[2].name} {words}"
    return Mention(span, kind, Form.NOMINAL, name, country, passage.parsed.index)


def _opener(
    passage: Passage, own: Sequence[Mention], *, first: int = -1, last: int = -1
) -> tuple[int, int, Mention] | None:
    """The nationality or place that begins or ends at a word, with its first and last word."""
    for m in own:
        at = passage.at(m.span) if m.type.family is EntityType.PLACE else None
        if at is not None and (at[0] == first or at[1] == last):
            return at[0], at[1], m
    return None


def _goes_on(passage: Passage, i: int, begin: int) -> bool:
    word = passage.words[i]
    joins = word.lower == "and" and i > begin and passage.words[i - 1].tag[:2] == "NN"
    return joins or _is_common(word)


def _is_common(word: Word) -> bool:
    """Whether a word can be of a body's name in small letters: a noun, or what tells its level ("national")."""
    small = word.is_word and (not word.capital or word.opens) and word.lower not in _RANKS
    return small and (word.tag[:2] == "NN" or word.tag == "VBG" or word.lower in _LEVELS) and word.lower not in _AGAIN


def _is_body(passage: Passage, first: int, last: int, *, alone: bool) -> bool:
    """Whether words end in the head of a body; of one word they do where it may stand ``alone``, or tells what it is over."""
    head = passage.words[last]
    if head.tag not in ("NN", "NNP") or passage.words[first].lower == "and":
        return False
    if first == last and not (alone or (_with_topic(passage, last) > last)):
        return False
    kind = kinds.of_name(passage.text(first, last).lower())
    return kind is not None and kind not in (EntityType.MOVEMENT, EntityType.NEWS_ORGANISATION)


def _with_topic(passage: Passage, head: int) -> int:
    """The last word of "ministry [of transport]", "department [of public works]"."""
    if passage.lower(head) not in _OVER or passage.lower(head + 1) not in ("of", "for"):
        return head
    last = head + 1
    for i in range(head + 2, min(len(passage.words), head + 2 + _LONGEST)):
        word = passage.words[i]
        topic = not word.capital and word.is_word and (word.tag[:2] == "NN" or word.tag == "JJ")
        if not topic and not (word.lower == "and" and i > head + 2):
            break
        last = i
    while last > head and passage.words[last].tag[:2] != "NN":
        last -= 1
    return last if last > head + 1 else head


__all__ = ["find"]
