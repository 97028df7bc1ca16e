"""The phrase of an office around its head word: modifiers, tense, and the body or place that it is held in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.annotate.parse.words import POSSESSIVES, Passage, Word
from kg.english import name_words, places, titles
from kg.english.calendar import MONTHS, WEEKDAYS
from kg.english.lists import listed
from kg.model import EntityType, Form, Mention, Span, Tense

LINKS = frozenset(listed("office_words", "link"))
_REPRESENTS = frozenset(listed("office_words", "represents"))
_STUDIES = frozenset(listed("office_words", "studies"))
_DATES = frozenset((*WEEKDAYS, *MONTHS))
_CAMPS = frozenset(listed("office_words", "camp"))
_LONGEST_TOPIC = 10  # words
_LONGEST_GAP = 6  # words between the link and the body's name


@dataclass(frozen=True, slots=True)
class Office:
    """A title as the text gives it: its words, their span without what only tells the tense, and whose it is."""

    title: str
    span: Span
    first: int  # the first word of the whole phrase, with what tells the tense
    tense: Tense
    body: Span | None


def at(passage: Passage, head: int, own: Sequence[Mention], *, start: int = 0, end: int | None = None) -> Office:
    """The office whose head is word ``head``; words before ``start`` are not its, its body is looked for up to ``end``."""
    first, title_first, told = _modified(passage, head, own, start)
    if (joint := _joint(passage, first, head, start)) is not None:
        first, title_first = min(first, joint - 1), max(title_first, joint + 1)
        told.append("former")
    if (branch := detective(passage, head)) is not None:  # "Det Chief Insp"
        first = title_first = min(first, branch)
    end_of_title = _complement(passage, head)
    title = _written(passage, title_first, end_of_title)
    if titles.is_plural(passage.words[head].text):  # "Lake Bank heads NAME and OTHER"
        title = title.replace(passage.words[head].lower, titles.singular(passage.words[head].text))
    tense = next((t for t in (titles.tense([w]) for w in told) if t is not Tense.CURRENT), Tense.CURRENT)
    behind, owner = _behind(passage, end_of_title, end, own), _before(passage, first, head, own)
    if owner is not None and behind is not None:
        place = behind.type.family is EntityType.PLACE
        held_in: Mention | None = owner if place or titles.singular(passage.words[head].text) in _REPRESENTS else behind
    else:
        held_in = behind or owner
    if owner is not None and tense is Tense.CURRENT and (words := passage.at(owner.span)):
        tense = titles.tense([passage.lower(words[0] - 1)])  # "former Harbour Bank director"
    return Office(title, passage.span(title_first, end_of_title), first, tense, held_in.span if held_in else None)


def _modified(passage: Passage, head: int, own: Sequence[Mention], start: int) -> tuple[int, int, list[str]]:
    """The first word of the phrase, that of the title, and the words that the head has before it."""
    first = title_first = head
    named = [m.span for m in own if m.form is not Form.DEMONYM]
    told = [passage.words[head].text]
    while first - 1 >= start:
        word = passage.words[first - 1]
        modifier = titles.modifier(word.text)
        camp = titles.is_elected(passage.words[head].text) and is_camp(word.text)  # "Republican Sen. NAME"
        if camp or _is_party(passage, first - 1, own) or word.lower == "century":
            break
        inside = modifier in (None, "part") and any(s.contains(passage.span(first - 1, first - 1)) for s in named)
        if inside and not _is_field(passage, first - 1, head, own):
            break
        plain = word.tag == "NN" and not word.capital and passage.words[first].tag[:2] == "NN"
        over = titles.takes_topic(passage.words[head].text) and word.lower in titles.topics()  # "Power Minister NAME"
        own_word = modifier is not None or titles.holds_office(word.text) or plain or over
        if not (own_word or _is_topic(passage, first - 1, head, own)):
            break
        first -= 1
        told.append(word.text)
        if modifier in (None, "part") or titles.is_part(word.text):
            title_first = first
    if (field := _fields(passage, first, head, start)) < first:
        first = title_first = field
    return first, title_first, told


def _joint(passage: Passage, first: int, head: int, start: int) -> int | None:
    """The hyphen of "Ex-mayor" at the start of a sentence, where the two are words of their own."""
    marks = (i for i in range(max(first - 1, start + 1), head) if passage.lower(i) == "-")
    return next((i for i in marks if passage.lower(i - 1) in ("ex", "then")), None)


def _is_topic(passage: Passage, i: int, head: int, own: Sequence[Mention]) -> bool:
    """Whether a word with a capital tells what an office is over, between it and whose it is: "EU [Enlargement] Commissioner". Where
    it may go on before, with the first word of a sentence ("Equal [Opportunities] Minister"), nothing tells.
    """
    word, before = passage.words[i], passage.word(i - 1)
    over = passage.words[head].capital and titles.takes_topic(passage.words[head].text)
    whole = all(_may_be_topic(w) for w in passage.words[i:head])
    unsure = before is not None and before.opens and _may_be_topic(before) and not _is_named(passage, i - 1, own)
    return over and whole and i > 0 and not (word.opens or unsure or _is_named(passage, i, own))


def _is_field(passage: Passage, i: int, head: int, own: Sequence[Mention]) -> bool:
    """Whether a word is what the office is over, though it was taken for the name of a body: "Culture and [Sport] Minister"."""
    joined = passage.lower(i - 1) in ("and", "&") and passage.lower(i - 2) in titles.topics()
    field = joined and passage.lower(i) in titles.topics() and titles.takes_topic(passage.words[head].text)
    return field and all(m.span == passage.span(i, i) for m in own if m.span.overlaps(passage.span(i, i)))


def _fields(passage: Passage, first: int, head: int, start: int) -> int:
    """The first word of all that an office is over: "[Agriculture], Forestry and Fisheries Minister NAME"."""
    over = titles.takes_topic(passage.words[head].text) and passage.lower(first) in titles.topics()
    joints: tuple[str, ...] = ("and", "&") if over and first < head else ()
    at = first
    while passage.lower(at - 1) in joints and at - 2 >= start and passage.lower(at - 2) in titles.topics():
        at -= 2
        while at - 1 >= start and passage.lower(at - 1) in titles.topics():
            at -= 1
        joints = ("and", "&", ",")
    return at


def _may_be_topic(word: Word) -> bool:
    return word.capital and not word.acronym and word.tag[:2] in ("NN", "JJ") and word.text not in _DATES


def _is_named(passage: Passage, i: int, own: Sequence[Mention]) -> bool:
    """Whether a word is a nation's or a part of a name."""
    span = passage.span(i, i)
    return places.nationality(passage.words[i].text) is not None or any(m.span.contains(span) for m in own)


def is_camp(word: str) -> bool:
    """Whether a word says of which camp somebody is: "Republican"."""
    return word.lower() in _CAMPS


def detective(passage: Passage, head: int) -> int | None:
    """The word "Det" of a shortened rank that ends at word ``head``: "[Det] Insp", "[Det] Chief Insp", "[Det] Sgt"."""
    for i in range(head - 1, max(-1, head - 3), -1):
        full = titles.in_full(passage.words[i].text)
        if full == "detective":
            return i if titles.in_full(passage.words[head].text) else None
        if full is None and passage.lower(i) != "chief":
            return None
    return None


def _written(passage: Passage, first: int, last: int) -> str:
    """The title in small letters but for its acronyms, without a prefix that tells the tense."""
    run = passage.words[first : last + 1]
    beat = len(run) > 1 and titles.beat(run[-2].text, [run[-1].text], 0)
    police = (
        any(titles.kind(w.text) == "rank" or titles.is_elected(w.text) for w in run)
        or titles.in_full(run[0].text) == "detective"
    )
    words = [
        w.text if w.acronym or (beat and w is run[-1]) else (titles.in_full(w.text) if police else None) or w.lower
        for w in run
    ]
    return re.sub(r"^(?:ex|then|former)-\s*", "", " ".join(words).replace(" , ", ", "))


def _complement(passage: Passage, head: int) -> int:
    """The last word of a title that goes on: "secretary of state", "chief of staff", "Minister for Rural Development"."""
    after = head + 2
    if passage.lower(head + 1) == "of" and passage.lower(after) in titles.complements():
        over = titles.takes_topic(passage.words[head].text)
        words = [w.text for w in passage.words[after + 1 : after + 1 + _LONGEST_TOPIC]]
        head = after + (titles.further(words, 0) if over else 0)
    if titles.takes_topic(passage.words[head].text) or passage.lower(head) in titles.complements():
        words = [w.text for w in passage.words[head + 1 : head + 1 + _LONGEST_TOPIC]]
        return head + titles.over(words, 0)
    return head + titles.beat(passage.words[head].text, [w.text for w in passage.words[head + 1 : head + 2]], 0)


def _behind(passage: Passage, head: int, end: int | None, own: Sequence[Mention]) -> Mention | None:
    """What stands behind "of", "for", "at": the body's name; for a possessive the part; for a description its apposition."""
    if passage.lower(head + 1) not in LINKS:
        return None
    after = passage.span(head + 1, head + 1).end
    text, offset = passage.parsed.text, passage.parsed.offset
    named = [
        m
        for m in own
        if m.span.start >= after
        and m.form is not Form.DEMONYM
        and m.type.family in (EntityType.ORGANISATION, EntityType.PLACE)
    ]
    stop = passage.span(end, end).end if end is not None else offset + len(text)
    if not named or named[0].span.start >= stop:
        return None
    # Of those that begin at one word the longest: "the Osk coast guard".
    m = max((n for n in named if n.span.start == named[0].span.start), key=lambda n: n.span.end)
    between = text[after - offset : m.span.start - offset]
    if len(between.split()) > _LONGEST_GAP or any(ch in between for ch in ".;,:—"):
        return None
    if m.type.family is EntityType.PLACE and _narrows(passage, m):
        return None  # "a member of the Harburg cell" is nobody of Harburg
    if m.type.family is EntityType.PLACE and _IN_PLACE.search(between):
        return None  # "the head of a think tank in Harburg"
    teaches = passage.lower(head) in ("professor", "lecturer", "scholar", "teacher")
    if teaches and (at_body := _at_body(text, offset, m, named)) is not None:
        return at_body
    if any(after <= o.span.start < m.span.start and o.type is EntityType.PERSON for o in own):
        return None  # "an adviser to President Ann Lee of Chile"
    if re.match(r"['’]s?\s", text[m.span.end - offset :]):
        follow = next((n for n in named if n.span.start > m.span.end and n.span.start - m.span.end < 5), None)
        return follow or _apposed(passage, m, named) or m
    return m


_IN_PLACE = re.compile(r"\w\s+(?:in|near|across)\s+(?:the\s+)?$")


def _at_body(text: str, offset: int, topic: Mention, named: Sequence[Mention]) -> Mention | None:
    """The body behind "at", where what stands behind "of" is but a field: "professor of World Affairs at the Lake University"."""
    for m in named:
        between = text[topic.span.end - offset : m.span.start - offset]
        if m.span.start > topic.span.end and re.fullmatch(r"\s+at\s+(?:the\s+)?", between):
            return m if m.type.family is EntityType.ORGANISATION else None
    return None


def _narrows(passage: Passage, place: Mention) -> bool:
    """Whether a place stands before the common noun that is meant: "the Harburg cell"; not "Harburg city"."""
    at = passage.at(place.span)
    word = passage.word(at[1] + 1) if at is not None else None
    common = word is not None and word.tag in ("NN", "NNS") and not word.capital and word.is_word
    return common and word is not None and word.lower not in name_words.place_kinds("after")


def _apposed(passage: Passage, owner: Mention, named: Sequence[Mention]) -> Mention | None:
    """ "Freedonia's intelligence service, the Harbour Committee": the name behind the description."""
    text, offset = passage.parsed.text, passage.parsed.offset
    for m in named:
        between = text[owner.span.end - offset : m.span.start - offset]
        if m.span.start > owner.span.end and re.fullmatch(r"['’]s?\s[\w\s-]{2,50},\s+(?:the\s+)?", between):
            return m
    return None


def _is_party(passage: Passage, i: int, own: Sequence[Mention]) -> bool:
    """Whether a word goes on with the name of a body before it: "Green [party] politician NAME"."""
    if i < 1 or passage.words[i].text != "party":
        return False
    edge = passage.span(i - 1, i - 1)
    return any(m.span.overlaps(edge) and m.form is Form.NAME and m.type is not EntityType.PERSON for m in own)


def _before(passage: Passage, first: int, head: int, own: Sequence[Mention]) -> Mention | None:
    """What stands before the title: "Freedonian Deputy Minister", "the Harbour Board's spokesman", "Harbour Board spokesman"."""
    last = first - 1
    if passage.lower(last) in POSSESSIVES or passage.lower(last) == ")" or _is_party(passage, last, own):
        last -= 1
    if last < 0 or last >= len(passage.words):
        return None
    edge = passage.span(last, last)
    found = next((m for m in own if m.span.overlaps(edge)), None)
    if found is None or found.type is EntityType.PERSON:
        return None
    at = passage.at(found.span)
    if found.form is Form.DEMONYM and at is not None and passage.lower(at[0] - 1) == "ethnic":
        return None  # "an ethnic Russian trader" tells a people, and no state
    if _is_known_of(passage, found, head):  # "the paper's Africa editor", "an Africa researcher"
        return (
            _before(passage, at[0], head, own) if at is not None and passage.lower(at[0] - 1) in POSSESSIVES else None
        )
    return found


def _is_known_of(passage: Passage, place: Mention, head: int) -> bool:
    """Whether a place before a title is what its holder studies or writes of: "Africa researcher"; "the Kenyan researcher" is of it."""
    studies = titles.singular(passage.words[head].text) in _STUDIES
    return studies and place.type.family is EntityType.PLACE and place.form is Form.NAME
