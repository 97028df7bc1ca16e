"""Offices of persons, and bodies of which others are parts.

A title stands before the name ("spokeswoman NAME"), in apposition before or behind it ("NAME, the head of BODY,", "the
head of BODY, NAME,"), as a predicate ("NAME is the head of BODY", "NAME was appointed head"), or in a byline. Words and
commas are read, not the parse: long appositions break it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.annotate.offices import part_of, phrase, tenures
from kg.annotate.offices.phrase import Office
from kg.annotate.parse.clauses import TENSED
from kg.annotate.parse.words import POSSESSIVES, Passage, by_passage
from kg.english import kinds, titles
from kg.english.lists import listed
from kg.model import BlockKind, EntityType, Form, Mention, Relation, Role, Span, Tense

_LONGEST = 40  # words between a title and the comma before its holder
_LONGEST_BRACKET = 6  # words of what stands in brackets behind a title
_LONGEST_TOPIC = 10  # words behind the head that tell what the office is over
_SPEECH = frozenset(listed("name_words", "speech"))
_REACH = 14  # words up to the head of a title
_STOPS = frozenset(",;.(—:")
# What may follow the head of a title that has no more words: the dates and the verbs of its sentence.
_FOLLOWERS = frozenset(listed("office_words", "follower"))
# What nobody calls "the group" or "the company".
_NO_GROUP = frozenset({EntityType.NEWS_ORGANISATION, EntityType.GOVERNMENT, EntityType.MINISTRY})
_GROUPS = frozenset(listed("office_words", "group"))
_CLAUSES = frozenset(listed("function_words", "clause"))
_LED = frozenset(listed("office_words", "led"))
_LEADS = _LED | frozenset(listed("office_words", "leads"))
_EDITED = re.compile(r"\bedit(?:ing|ed)\s+by\b", re.IGNORECASE)


def find(passages: Sequence[Passage], mentions: Sequence[Mention]) -> tuple[list[Role], list[Relation]]:
    """The offices that the text gives, and which body is a part of which."""
    roles: list[Role] = []
    relations: list[Relation] = []
    earlier: Span | None = None
    for passage, own in by_passage(passages, mentions):
        relations.extend(part_of.find(passage, own))
        for person in own:
            if person.type is not EntityType.PERSON or person.form is not Form.NAME:
                continue
            if passage.parsed.block.kind is BlockKind.BYLINE:
                roles.append(_writer(passage, person))
                continue
            roles.extend(_of_before(passage, role, earlier) for role in _told(passage, person, own))
        last = len(passage.words) - 1
        earlier = _subject(passage, last, [m.span for m in _bodies(own)]) if last > 0 else None
    return [r for r in roles if r.title != "member" or r.organisation is not None], relations


def _told(passage: Passage, person: Mention, own: Sequence[Mention]) -> list[Role]:
    """What the text tells of a person at one place: a title before the name, and what stands behind it; work behind an office
    is no second office ("Chairman NAME, an advocate of reform").
    """
    before = list(_before(passage, person, own))
    behind = (
        list(_behind(passage, person, own))
        or list(_given(passage, person, own))
        or list(_predicate(passage, person, own))
    )
    if not before:
        return behind
    office = titles.kind(before[0].title.split()[-1]) in ("office", "rank")
    direct = not any(r.evidence.start < before[0].evidence.start for r in behind)
    kept = [r for r in behind if titles.kind(r.title.split()[-1]) == "office" and r.title != before[0].title]
    return [*before, *kept] if office and direct else behind or before


def _writer(passage: Passage, person: Mention) -> Role:
    text, offset = passage.parsed.text, passage.parsed.offset
    edited = _EDITED.search(text, 0, person.span.start - offset)
    title = "editor" if edited else "author"
    return Role(person.span, title, person.span, None, Tense.CURRENT, passage.parsed.block.span)


def _before(passage: Passage, person: Mention, own: Sequence[Mention]) -> Iterator[Role]:
    """ "Deputy Prime Minister NAME", "Mayor of CITY NAME", "BODY spokeswoman NAME", "the deputy head of COUNTRY, NAME,"."""
    at = passage.at(person.span)
    if at is None:
        return
    last = at[0] - 1
    while last > 0 and _is_second(passage, last):
        last -= 1  # "spokesman Maj. NAME", "Chairwoman Rep. NAME"
    bracketed = _bracketed(passage, last, own)
    if bracketed is not None:
        yield _role(passage, person, bracketed, body=bracketed.body or _its(passage, bracketed, own))
        return
    head = _head_before(passage, last, own)
    if head is not None and passage.lower(head - 1) in POSSESSIVES and passage.lower(head - 2) == passage.lower(at[1]):
        return  # "She was Berg's driver Berg had been …": a heading that ran into a sentence
    if head is not None:
        office = phrase.at(passage, head, own, end=last)
        body = office.body or _behind_name(passage, at[1], own) or _its(passage, office, own)
        yield _role(passage, person, office, body=body)
    elif passage.lower(last) == ",":
        inside = False
        for head in range(last - 1, max(-1, last - _LONGEST), -1):
            word = passage.words[head]
            inside = word.text == ")" or (inside and word.text != "(")
            if inside or word.text == "(":
                continue  # the letters of a body behind its name
            if word.text in _STOPS or word.tag in TENSED:
                return
            follows = head + 1 == last or passage.lower(head + 1) in phrase.LINKS
            kin = titles.is_kin(word.text) and not word.capital  # "his father, NAME,"
            if titles.holds_office(word.text) and not (titles.is_plural(word.text) or kin) and follows:
                office = phrase.at(passage, head, own, end=last - 1)
                then = Tense.FORMER if passage.text(last - 3, last - 1).lower() == "at the time" else None
                yield _role(passage, person, office, body=office.body or _its(passage, office, own), tense=then)
                other = (
                    _head_before(passage, office.first - 2, own) if passage.lower(office.first - 1) == "and" else None
                )
                if other is not None:  # "former Minister of Mines and candidate of BODY, NAME,"
                    yield _role(passage, person, phrase.at(passage, other, own, end=office.first - 2))
                return


def _is_second(passage: Passage, last: int) -> bool:
    """Whether a word before a name is a form of address, or the short form of an office behind a title that tells more."""
    word, before = passage.words[last].text, passage.words[last - 1]
    if titles.is_elected(word):
        return titles.kind(before.text) == "office" and not phrase.is_camp(before.text)
    return titles.kind(word) == "address" and phrase.detective(passage, last) is None


def _bracketed(passage: Passage, last: int, own: Sequence[Mention]) -> Office | None:
    """ "DSP (city) NAME", "superintendent of police (operations) NAME": what stands in brackets belongs to the title, unless
    it is its letters.
    """
    if passage.lower(last) != ")":
        return None
    opening = next(
        (k for k in range(last - 2, max(0, last - _LONGEST_BRACKET), -1) if passage.words[k].text == "("), None
    )
    head = _head_before(passage, opening - 1, own) if opening is not None else None
    if opening is None or head is None or titles.kind(passage.words[head].text) not in ("office", "rank"):
        return None
    inner = passage.words[opening + 1 : last]
    if any(m.span.overlaps(passage.span(opening, last)) and m.type is EntityType.PERSON for m in own):
        return None
    office = phrase.at(passage, head, own, end=opening - 1)
    if (
        len(inner) == 1
        and inner[0].acronym
        and len(inner[0].text) == sum(w[:1].isalpha() for w in office.title.split())
    ):
        return office
    told = passage.text(opening + 1, last - 1)
    title = f"{office.title} ({told if inner[0].acronym else told.lower()})"
    return replace(office, title=title, span=Span(office.span.start, passage.span(last, last).end))


def _its(passage: Passage, office: Office, own: Sequence[Mention]) -> Span | None:
    """ "The Harbour Board warned of storms. Its director, NAME, …": the first body of the sentence, or of the nearest one
    before that names any: there it is most often the subject.
    """
    at = office.first - 1
    again = (
        passage.lower(at) in POSSESSIVES and kinds.has_head(passage.lower(at - 1)) and passage.lower(at - 2) == "the"
    )
    if passage.lower(at) != "its" and not again:
        return _the_group(passage, office, own)
    other = _NO_GROUP if again else frozenset()
    party = again and passage.lower(at - 1) == "party"
    bodies = [
        m.span
        for m in _bodies(own)
        if m.type not in other
        and not (again and _is_media(passage, m.span))
        and (not party or m.type is EntityType.MOVEMENT or _is_party(passage, m.span))
    ]
    return _subject(passage, at, bodies)


def _the_group(passage: Passage, office: Office, own: Sequence[Mention]) -> Span | None:
    """ "The Harbour Watch warned of storms. NAME, a researcher at the group, …": the body of the sentence before."""
    words = passage.at(office.span)
    if words is None or passage.lower(words[1] + 1) not in ("at", "with", "for", "of"):
        return None
    noun = words[1] + 3
    bare = passage.lower(words[1] + 2) == "the" and passage.lower(noun) in _GROUPS
    if not bare or (after := passage.word(noun + 1)) is None or after.is_word:
        return None  # "a researcher at the group of experts"
    bodies = [m.span for m in _bodies(own) if m.type not in _NO_GROUP and not _is_media(passage, m.span)]
    return _subject(passage, office.first, bodies)


def _bodies(own: Sequence[Mention]) -> list[Mention]:
    return [m for m in own if m.type.family is EntityType.ORGANISATION and m.form is Form.NAME]


def _subject(passage: Passage, at: int, bodies: Sequence[Span]) -> Span | None:
    """The first body of the sentence that word ``at`` is in, up to it, or of the nearest sentence before that has any."""
    end = passage.span(at, at).start
    starts = [passage.span(i, i).start for i in range(at) if passage.words[i].opens]
    for start in reversed(starts):
        first = next((b for b in bodies if start <= b.start < end), None)
        if first is not None:
            return first
        end = start
    return None


def _of_before(passage: Passage, role: Role, earlier: Span | None) -> Role:
    """A paragraph that opens with "Its director, NAME," goes on with the body of the paragraph before."""
    opens = bool(passage.words) and passage.lower(0) == "its" and role.organisation is None and len(passage.words) > 1
    if earlier is None or not opens or role.evidence.start != passage.span(1, 1).start:
        return role
    return replace(role, organisation=earlier, evidence=Span(earlier.start, role.evidence.end))


def _is_party(passage: Passage, name: Span) -> bool:
    """Whether a word behind a name says that it is a party: "the National Front party"."""
    at = passage.at(name)
    return at is not None and passage.lower(at[1] + 1) == "party"


def _is_media(passage: Passage, name: Span) -> bool:
    """Whether a word behind a name says that it is an agency or a paper: "the Norda agency"."""
    at = passage.at(name)
    return at is not None and kinds.is_media(passage.lower(at[1] + 1))


def _head_before(passage: Passage, last: int, own: Sequence[Mention]) -> int | None:
    """The head of a title that ends at word ``last``: itself, or before "of state", "of CITY"."""
    if last < 0:
        return None
    if titles.holds_office(passage.words[last].text):
        kin = titles.is_kin(passage.words[last].text) and not passage.words[last].capital
        return None if kin else last  # "his brother NAME"
    if phrase.detective(passage, last) is not None or titles.is_elected(passage.words[last].text):
        return last  # "Det Sgt NAME", "Sen. NAME"
    if last and titles.beat(passage.words[last - 1].text, [passage.words[last].text], 0):
        return last - 1  # "SP Cantt NAME"
    for head in range(last - 1, max(-1, last - _LONGEST_TOPIC), -1):  # "Minister for Rural Development NAME"
        word = passage.words[head]
        if titles.takes_topic(word.text) and not titles.is_plural(word.text):
            words = [w.text for w in passage.words[head + 1 : last + 1]]
            if head + titles.over(words, 0) == last:
                return head
            break
    first = last
    if passage.lower(last) not in titles.complements():
        edge = passage.span(last, last)
        place = next((m for m in own if m.span.overlaps(edge) and m.form is Form.NAME), None)
        at = passage.at(place.span) if place is not None else None
        if at is None or place is None or place.type is EntityType.PERSON:
            return None
        first = at[0]
    while passage.lower(first - 1) == "the":
        first -= 1
    head = first - 2
    of_office = head >= 0 and passage.lower(first - 1) == "of" and titles.holds_office(passage.words[head].text)
    return head if of_office and not titles.is_plural(passage.words[head].text) else None


def _behind_name(passage: Passage, last: int, own: Sequence[Mention]) -> Span | None:
    """ "Professor NAME of BODY", "ex-president NAME of COUNTRY"."""
    if passage.lower(last + 1) not in ("of", "from", "at"):
        return None
    i = last + 2
    while passage.lower(i) in ("the", "its", "their"):
        i += 1
    if i >= len(passage.words):
        return None
    edge = passage.span(i, i)
    found = next((m for m in own if m.span.overlaps(edge) and m.form is Form.NAME), None)
    return found.span if found is not None and found.type is not EntityType.PERSON else None


def _behind(passage: Passage, person: Mention, own: Sequence[Mention]) -> Iterator[Role]:
    """ "NAME, the former deputy head of BODY," and "NAME, BODY's spokesman"."""
    at = passage.at(person.span)
    if at is None:
        return
    i = at[1] + 1
    if passage.lower(i) == "(":
        while i < len(passage.words) and passage.words[i].text != ")":
            i += 1
        i += 1
    if passage.lower(i) != ",":
        return
    if (word := passage.word(i + 1)) is not None and word.text.isdigit() and passage.lower(i + 2) == ",":
        i += 2  # an age
    if passage.lower(i + 1) == "until":  # "NAME, until last year the head of BODY,"
        the = next((k for k in range(i + 2, i + 7) if passage.lower(k) in ("the", "a", "an")), None)
        if the is not None:
            for office in _phrases(passage, the, own):
                yield _role(passage, person, office, tense=Tense.FORMER)
        return
    if passage.lower(i + 1) in _CLAUSES:
        return  # "NAME, while her deputy, OTHER, …"
    for office in _phrases(passage, i + 1, own):
        if not _speaks(passage, i + 1, office):
            yield _role(passage, person, office, body=office.body or _its(passage, office, own))


def _speaks(passage: Passage, first: int, office: Office) -> bool:
    """ "They had threatened NAME, the officer said": whoever says it is somebody else."""
    at = passage.at(office.span)
    bare = at is not None and passage.lower(first) == "the" and at[1] == first + 1
    return bare and passage.lower(first + 2) in _SPEECH


def _predicate(passage: Passage, person: Mention, own: Sequence[Mention]) -> Iterator[Role]:
    """ "NAME is the head of BODY", "NAME, who served as head", "NAME was appointed head", "NAME heads BODY"."""
    at = passage.at(person.span)
    if at is None:
        return
    i = at[1] + 1
    if passage.lower(i) == "," and passage.lower(i + 1) == "who":
        i += 2
    if passage.lower(i) in _LEADS:
        yield from _leads(passage, person, i, own)
        return
    verbs = tenures.leading_verb(passage, i)
    if verbs is None:
        return
    start, tense, begins = verbs
    if tenures.is_of_another(passage, i, start):
        return
    for office in _phrases(passage, start, own):
        if _others_between(passage, person, office, own):
            return  # "NAME named OTHER minister"
        own_tense = office.tense if office.tense is not Tense.CURRENT else tense
        yield _role(passage, person, office, tense=own_tense, begins=begins)


def _others_between(passage: Passage, person: Mention, office: Office, own: Sequence[Mention]) -> bool:
    """Whether another person is named between a person and an office, or right behind it: the office is theirs."""
    return any(m.type is EntityType.PERSON and person.span.end <= m.span.start <= office.span.end + 1 for m in own)


def _given(passage: Passage, person: Mention, own: Sequence[Mention]) -> Iterator[Role]:
    """ "OTHER named NAME minister", "the board elected NAME as its chairman", "OTHER fired NAME as minister"; and who "succeeded
    OTHER as minister" has it now.
    """
    at = passage.at(person.span)
    if at is None:
        return
    i, begins = at[1] + 1, True
    if tenures.follows(passage, i):
        other = next((m for m in own if m.type is EntityType.PERSON and m.span.start > person.span.end), None)
        words = passage.at(other.span) if other is not None else None
        if words is None or words[0] != i + 1 or passage.lower(words[1] + 1) != "as":
            return
        i, tense = words[1] + 1, Tense.CURRENT
    else:
        verb = tenures.verb_of_another(passage, at[0])
        if verb is None:
            return
        tense, begins = verb[1], verb[1] is Tense.CURRENT
    plain = passage.lower(i) not in ("as", "to")
    if plain and tense is Tense.FORMER:
        return  # "dismissed NAME" tells no office
    i += 0 if plain else 2 if (passage.lower(i), passage.lower(i + 1)) == ("to", "be") else 1
    while passage.lower(i) in tenures.OWNER:
        i += 1
    for office in _phrases(passage, i, own):
        if titles.kind(office.title.split()[-1]) == "work" or not _opens(passage, office, i):
            return
        body = office.body or _its(passage, office, own)
        yield _role(passage, person, office, body=body, tense=tense, begins=begins)


def _opens(passage: Passage, office: Office, i: int) -> bool:
    """Whether the phrase that word ``i`` opens is the office, with at most the body before it ("Harbour Board chairman")."""
    if office.first == i:
        return True
    return office.body is not None and office.body.start == passage.span(i, i).start


def _leads(passage: Passage, person: Mention, verb: int, own: Sequence[Mention]) -> Iterator[Role]:
    span = passage.span(verb, verb)
    body = next((m for m in own if m.span.start > span.end and m.type.family is EntityType.ORGANISATION), None)
    if body is None or body.span.start - span.end >= 8:
        return
    tense = Tense.FORMER if passage.lower(verb) in _LED else Tense.CURRENT
    office = Office("head", span, verb, tense, body.span)
    yield _role(passage, person, office)


def _phrases(passage: Passage, start: int, own: Sequence[Mention]) -> Iterator[Office]:
    """The offices of a noun phrase from word ``start``; two where "and" joins them ("chairman and director of BODY")."""
    head = _head_from(passage, start)
    if head is None:
        return
    office = phrase.at(passage, head, own, start=start)
    if office.body is None and passage.lower(head + 1) == "and":
        second = _head_from(passage, head + 2)
        if second is not None and second <= head + 5:
            other = phrase.at(passage, second, own, start=head + 2)
            yield Office(office.title, office.span, office.first, office.tense, other.body)
            yield Office(other.title, other.span, other.first, office.tense, other.body)
            return
    yield office


def _head_from(passage: Passage, start: int) -> int | None:
    """The head of the title in a noun phrase from word ``start``, up to its first link word or comma."""
    for head in range(start, min(start + _REACH, len(passage.words))):
        word = passage.words[head]
        if word.text in _STOPS or word.tag in TENSED or (word.lower in phrase.LINKS and head > start):
            return None
        if not titles.holds_office(word.text) or titles.is_plural(word.text):
            continue
        if titles.is_kin(word.text) and not word.capital:
            return None  # "NAME, father of the victim"
        after = passage.word(head + 1)
        if after is None:
            return head
        if titles.holds_office(after.text) or after.text in POSSESSIVES:
            continue  # "the mayor's spokesman"
        if after.lower in phrase.LINKS or after.lower in _FOLLOWERS or not after.is_word or after.tag in TENSED:
            return head
    return None


def _role(
    passage: Passage,
    person: Mention,
    office: Office,
    *,
    body: Span | None = None,
    tense: Tense | None = None,
    begins: bool = False,
) -> Role:
    body = body or office.body
    spans = [person.span, passage.span(office.first, office.first), office.span, *([body] if body else [])]
    evidence = Span(min(s.start for s in spans), max(s.end for s in spans))
    since, until = tenures.dates(passage, tenures.behind(passage, spans), begins=begins)
    held = tense or office.tense
    if until is not None and held is Tense.CURRENT:
        held = Tense.FORMER
    return Role(person.span, office.title, office.span, body, held, evidence, since, until)
