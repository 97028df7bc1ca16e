"""Bodies that are described, not named: "the Freedonian government", "law enforcement agencies", "a militant group"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.annotate.parse.words import POSSESSIVES, Passage, by_passage
from kg.english import kinds, places, titles
from kg.english.lists import alternation, listed
from kg.model import EntityType, Form, Mention

# A country has one of each of these, so that nobody need say whose.
_OF_STATE = frozenset(listed("body_words", "state"))
_PAIRED = frozenset(listed("body_words", "paired"))
_HEADS = _OF_STATE | frozenset(listed("body_words", "described"))
_OVER = frozenset(("ministry", "department"))
_ARMED = frozenset(listed("body_words", "armed"))
_SERVICE = re.compile(r"['’]s?\s+((?:[A-Z][\w-]+\s+){1,3}(?:" + alternation(listed("body_words", "service")) + r"))\b")
_DETERMINERS = frozenset(listed("function_words", "owner"))
_NOT_DESCRIBED = frozenset(listed("function_words", "not_described"))
_WRITERS = frozenset(listed("office_words", "writer"))
_AFTER_HEARER = frozenset((*listed("function_words", "hearer"), ",", ".", "'s", "’s"))
_REACH = 12


def find(passages: Sequence[Passage], found: Sequence[Mention]) -> list[Mention]:
    """Mentions of bodies by a description with a country, or of a government without one. None overlaps one in ``found``
    other than a nationality word inside it.
    """
    out: list[Mention] = []
    for passage, own in by_passage(passages, found):
        names = [m for m in own if m.form is not Form.DEMONYM]
        for i, word in enumerate(passage.words):
            pair = i > 0 and passage.text(i - 1, i) in _PAIRED
            if not pair and (word.lower not in _HEADS or (word.capital and not word.opens)):
                continue
            if word.lower == "cabinet" and passage.lower(i + 1) == "secretary":
                continue  # a rank of ministers
            first = i - 1 if pair else i
            while first and (passage.words[first - 1].lower in _ARMED and not passage.words[first - 1].capital):
                first -= 1
            if word.lower in _OVER:
                first = _over(passage, first)
            country = owner(passage, first)
            of_state = pair or word.lower in _OF_STATE
            generic = passage.lower(first - 1) in _DETERMINERS and of_state
            place = _place_before(passage, first, own) if country is None and of_state else None
            if country is None and not generic and place is None:
                continue
            start = (
                first - 1
                if country is not None and first and places.nationality(passage.words[first - 1].text)
                else first
            )
            span = passage.span(start, i)
            if any(m.span.overlaps(span) for m in names):
                continue
            name = passage.text(first, i) if place is None else f"{place} {passage.text(first, i)}"
            kind = kinds.of_name(name) or EntityType.ORGANISATION
            out.append(Mention(span, kind, Form.NOMINAL, name, country, passage.parsed.index, word.lower.endswith("s")))
        out.extend(_services(passage, names))
    return out


def _over(passage: Passage, first: int) -> int:
    """The first word of what a ministry is over: "the Freedonian [trade and industry] ministry"."""
    at = first
    while at and passage.words[at - 1].lower in titles.topics() and not passage.words[at - 1].capital:
        at -= 1
        if at > 1 and passage.words[at - 1].lower == "and" and passage.words[at - 2].lower in titles.topics():
            at -= 1
    return at


def _place_before(passage: Passage, first: int, own: Sequence[Mention]) -> str | None:
    """The place whose body begins at word ``first``: "East Sulu's police"."""
    before = passage.word(first - 1)
    if before is None or before.text not in POSSESSIVES or first < 2:
        return None
    edge = passage.span(first - 2, first - 2)
    return next((m.name for m in own if m.span.overlaps(edge) and m.type.family is EntityType.PLACE), None)


def _services(passage: Passage, names: Sequence[Mention]) -> list[Mention]:
    """ "the Post's Freedonian service": a part of a named body, whose name is only whole with the body's."""
    out: list[Mention] = []
    text, offset = passage.parsed.text, passage.parsed.offset
    for whole in names:
        if whole.type.family is not EntityType.ORGANISATION:
            continue
        match = _SERVICE.match(text, whole.span.end - offset)
        if match is not None:
            span = passage.parsed.span(match.start(1), match.end(1))
            if not any(m.span.overlaps(span) for m in names):
                out.append(
                    Mention(span, EntityType.ORGANISATION, Form.NAME, f"{whole.name}'s {match[1]}", None, whole.block)
                )
    return out


def owner(passage: Passage, first: int) -> str | None:
    """The country whose body begins at word ``first``: "the Freedonian …", "Freedonia's …", "… of Freedonia" is not looked at.

    >>> owner.__name__
    'owner'
    """
    before = passage.word(first - 1)
    if before is None:
        return None
    nation = places.nationality(before.text)
    if nation and nation.type is EntityType.COUNTRY:
        return nation.name
    if before.text in ("'s", "’s"):
        for length in range(1, 5):
            if first - 1 - length >= 0:
                place = places.find(passage.text(first - 1 - length, first - 2))
                if place and place.type is EntityType.COUNTRY:
                    return place.name
    bare = before.text.removesuffix("'s").removesuffix("’s")
    place = places.find(bare) if bare != before.text else None
    if place and place.type is EntityType.COUNTRY:
        return place.name
    # "Freedonia's intelligence service, the Harbour Committee": the apposition's owner is the name's owner.
    if before.lower == "the" and passage.lower(first - 2) == ",":
        for j in range(first - 3, max(-1, first - 3 - _REACH), -1):
            if passage.words[j].text in (",", ".", ";"):
                break
            if passage.words[j].text in ("'s", "’s") and j:
                place = places.find(passage.words[j - 1].text)
                return place.name if place and place.type is EntityType.COUNTRY else None
    return None


def country_behind(passage: Passage, last: int) -> str | None:
    """The country that follows a body's name: "the Health Ministry of Freedonia"."""
    if passage.lower(last + 1) not in ("of", "in"):
        return None
    start = last + (3 if passage.lower(last + 2) == "the" else 2)
    for end in range(min(len(passage.words), start + 4) - 1, start - 1, -1):
        place = places.find(passage.text(start, end))
        if place is not None and place.type is EntityType.COUNTRY:
            return place.name
    return None


def described_type(passage: Passage, mention: Mention) -> EntityType | None:
    """The type that a description beside the name tells: ", an armed group that …", "… militant group"."""
    at = passage.at(mention.span)
    if at is None:
        return None
    if _is_outlet(passage, *at):
        return EntityType.NEWS_ORGANISATION
    last = at[1]
    i = last + 1
    if passage.lower(i) == "(":
        while i < len(passage.words) and passage.words[i].text != ")":
            i += 1
        i += 1
    if passage.lower(i) == "," and passage.lower(i + 1) in ("a", "an", "the"):
        i += 2
    elif passage.lower(i) == ",":
        return None
    words: list[str] = []
    for j in range(i, min(i + 6, len(passage.words))):
        word = passage.words[j]
        if not word.is_word or word.lower in _NOT_DESCRIBED:
            break
        words.append(word.lower)
        if kinds.has_head(word.lower):
            kind = kinds.of_name(" ".join(words))
            if kind is not None and kind is not EntityType.ORGANISATION:
                return kind
    return None


def _is_outlet(passage: Passage, first: int, last: int) -> bool:
    """Whether what stands before a body's name makes it a news organisation: "the daily NAME", "told NAME that", "a
    reporter for NAME".
    """
    i = first - 1
    while passage.lower(i) in ("the", "a"):
        i -= 1
    before = passage.lower(i)
    if kinds.is_media(before) and before != "agency":
        return True
    if before == "agency":
        return passage.lower(i - 1) in ("news", "press")
    if before == "told" and kinds.of_name(passage.text(first, last)) is None:
        return passage.lower(last + 1) in _AFTER_HEARER
    return before in ("for", "with", "from", "at") and passage.lower(i - 1) in _WRITERS
