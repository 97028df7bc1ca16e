"""Offices of persons and bodies of which others are parts.

A title stands before the name ("spokeswoman NAME"), in apposition before or behind it ("NAME, the head of BODY,", "the head of
BODY, NAME,"), as a predicate ("NAME is the head of BODY"), or in a byline. Words and commas are read, not the parse: long
appositions break it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.annotate import titles
from kg.annotate.words import Passage, by_passage
from kg.model import BlockKind, EntityType, Form, Mention, Relation, RelationKind, Role, Span, Tense

_LINKS = frozenset({"of", "for", "at", "in", "with", "from", "on", "to"})
_LONGEST = 40
_BYLINE = re.compile(r"^(?:--|—|–|-|By)\s*")


def find(passages: Sequence[Passage], mentions: Sequence[Mention]) -> tuple[list[Role], list[Relation]]:
    """The offices that the text gives, and which body is a part of which."""
    roles: list[Role] = []
    parts: list[Relation] = []
    for passage, own in by_passage(passages, mentions):
        parts.extend(_parts(passage, own))
        people = [m for m in own if m.type is EntityType.PERSON and m.form is Form.NAME]
        for person in people:
            if passage.parsed.block.kind is BlockKind.BYLINE:
                roles.append(Role(person.span, "author", person.span, None, Tense.CURRENT, passage.parsed.block.span))
                continue
            found = _behind(passage, person, own) or _predicate(passage, person, own) or _before(passage, person, own)
            if found is not None:
                roles.append(found)
    return roles, parts


def _before(passage: Passage, person: Mention, own: Sequence[Mention]) -> Role | None:
    """ "Deputy Prime Minister NAME", "BODY spokeswoman NAME", "the deputy prime minister of COUNTRY, NAME,"."""
    at = passage.at(person.span)
    if at is None:
        return None
    last = at[0] - 1
    if last >= 0 and titles.holds_office(passage.words[last].text):
        return _title(passage, person, last, own, before_name=True)
    if passage.lower(last) == ",":
        for head in range(last - 1, max(-1, last - _LONGEST), -1):
            word = passage.words[head]
            if word.text in (",", ".", ";", ":", "—") or word.tag in ("VBD", "VBZ", "VBP", "MD"):
                return None
            if (
                titles.holds_office(word.text)
                and not titles.is_plural(word.text)
                and (head + 1 == last or passage.lower(head + 1) in _LINKS)
            ):
                return _title(passage, person, head, own, end=last - 1)
    return None


def _behind(passage: Passage, person: Mention, own: Sequence[Mention]) -> Role | None:
    """ "NAME, the former deputy head of BODY," and "NAME, BODY's spokesman"."""
    at = passage.at(person.span)
    if at is None:
        return None
    i = at[1] + 1
    if passage.lower(i) == "(":
        while i < len(passage.words) and passage.words[i].text != ")":
            i += 1
        i += 1
    if passage.lower(i) != ",":
        return None
    if (word := passage.word(i + 1)) is not None and word.text.isdigit() and passage.lower(i + 2) == ",":
        i += 2  # an age
    return _phrase(passage, person, i + 1, own)


def _predicate(passage: Passage, person: Mention, own: Sequence[Mention]) -> Role | None:
    """ "NAME is the head of BODY", "NAME, who heads BODY"."""
    at = passage.at(person.span)
    if at is None:
        return None
    i = at[1] + 1
    if passage.lower(i) == "," and passage.lower(i + 1) == "who":
        i += 2
    verb = passage.lower(i)
    if verb in ("is", "was", "became", "remains", "serves", "served"):
        start = i + (2 if passage.lower(i + 1) == "as" else 1)
        role = _phrase(passage, person, start, own)
        if role is not None and verb in ("was", "served") and role.tense is Tense.CURRENT:
            role = Role(role.holder, role.title, role.title_span, role.organisation, Tense.FORMER, role.evidence)
        return role
    if verb in ("heads", "leads", "headed", "led", "chairs"):
        body = next(
            (m for m in own if m.span.start > person.span.end and m.type.family is EntityType.ORGANISATION), None
        )
        span = passage.span(i, i)
        if body is not None and body.span.start - span.end < 8:
            tense = Tense.FORMER if verb in ("headed", "led") else Tense.CURRENT
            return Role(person.span, "head", span, body.span, tense, Span(person.span.start, body.span.end))
    return None


def _phrase(passage: Passage, person: Mention, start: int, own: Sequence[Mention]) -> Role | None:
    """A noun phrase from word ``start`` whose head is a title, up to its first link word or comma."""
    for head in range(start, min(start + 14, len(passage.words))):
        word = passage.words[head]
        if (
            word.text in (",", ";", ".", "(", "—")
            or word.tag in ("VBD", "VBZ", "VBP", "MD")
            or (word.lower in _LINKS and head > start)
        ):
            return None
        if titles.holds_office(word.text) and not titles.is_plural(word.text):
            following = passage.word(head + 1)
            if following is not None and titles.holds_office(following.text):
                continue
            if following is not None and (
                following.lower in _LINKS or not following.is_word or following.lower in ("who", "and", "said", "told")
            ):
                return _title(passage, person, head, own, start=start)
    return None


def _title(
    passage: Passage,
    person: Mention,
    head: int,
    own: Sequence[Mention],
    *,
    start: int = 0,
    end: int | None = None,
    before_name: bool = False,
) -> Role | None:
    """The title whose head is word ``head``, with its modifiers, tense and body."""
    first = head
    tense_words = [passage.words[head].text]
    title_first = head
    while first - 1 >= start:
        word = passage.words[first - 1]
        modifier = titles.modifier(word.text)
        if (modifier is None and not titles.holds_office(word.text)) or any(
            m.span.contains(passage.span(first - 1, first - 1)) and m.type is not EntityType.PERSON and modifier is None
            for m in own
        ):
            break
        first -= 1
        tense_words.append(word.text)
        if modifier == "part" or modifier is None:
            title_first = first
    title = " ".join(w.text for w in passage.words[title_first : head + 1]).lower()
    title = re.sub(r"^(?:ex|then|former)-\s*", "", title)
    body = _body(passage, head, end, own) or _owner(passage, first, own)
    edge = max(person.span.end, passage.span(head, head).end, body.end if body is not None else 0)
    low = min(
        person.span.start, passage.span(first, first).start, body.start if body is not None else person.span.start
    )
    tense = next((t for t in (titles.tense([w]) for w in tense_words) if t is not Tense.CURRENT), Tense.CURRENT)
    return Role(person.span, title, passage.span(title_first, head), body, tense, Span(low, edge))


def _body(passage: Passage, head: int, end: int | None, own: Sequence[Mention]) -> Span | None:
    """What stands behind "of", "for", "at": the body's name; for a possessive the part; for a description its apposition."""
    if passage.lower(head + 1) not in _LINKS:
        return None
    after = passage.span(head + 1, head + 1).end
    text, offset = passage.parsed.doc.text, passage.parsed.offset
    named = [
        m
        for m in own
        if m.span.start >= after
        and m.form is not Form.DEMONYM
        and m.type.family in (EntityType.ORGANISATION, EntityType.PLACE)
    ]
    stop = passage.span(end, end).end if end is not None else offset + len(text)
    for m in named:
        if m.span.start >= stop:
            break
        between = text[after - offset : m.span.start - offset]
        if len(between.split()) > 6 or any(ch in between for ch in ".;"):
            break
        if re.match(r"['’]s?\s", text[m.span.end - offset :]):
            follow = next((n for n in named if n.span.start > m.span.end and n.span.start - m.span.end < 5), None)
            if follow is not None:
                return follow.span  # "the Ministry's Department for …", "the Post's Harbour service"
            apposed = _apposed(passage, m, named)
            if apposed is not None:
                return apposed
        return m.span
    return None


def _apposed(passage: Passage, owner: Mention, named: Sequence[Mention]) -> Span | None:
    """ "Freedonia's intelligence service, the Harbour Committee": the name behind the description."""
    text, offset = passage.parsed.doc.text, passage.parsed.offset
    for m in named:
        between = text[owner.span.end - offset : m.span.start - offset]
        if m.span.start > owner.span.end and re.fullmatch(r"['’]s?\s[\w\s-]{2,50},\s+(?:the\s+)?", between):
            return m.span
    return None


def _owner(passage: Passage, first: int, own: Sequence[Mention]) -> Span | None:
    """What stands before the title: "Freedonian Deputy Minister", "the Harbour Board's spokesman", "Harbour Board spokesman"."""
    word = passage.word(first - 1)
    if word is None:
        return None
    edge = passage.span(first - 1, first - 1)
    for m in own:
        if m.type is not EntityType.PERSON and (m.span.overlaps(edge) or 0 <= edge.start - m.span.end <= 0):
            return m.span
    if word.text in ("'s", "’s") and first > 1:
        edge = passage.span(first - 2, first - 2)
        return next((m.span for m in own if m.span.overlaps(edge)), None)
    return None


def _parts(passage: Passage, own: Sequence[Mention]) -> list[Relation]:
    """ "the Ministry's Department", "the Department of the Ministry", "the Post's Harbour service"."""
    out: list[Relation] = []
    text, offset = passage.parsed.doc.text, passage.parsed.offset
    bodies = [m for m in own if m.type.family is EntityType.ORGANISATION and m.form is Form.NAME]
    for whole in bodies:
        for part in bodies:
            if part.span.start > whole.span.end:
                between = text[whole.span.end - offset : part.span.start - offset]
                if re.fullmatch(r"['’]s?\s+", between):
                    out.append(
                        Relation(RelationKind.PART_OF, part.span, whole.span, Span(whole.span.start, part.span.end))
                    )
            elif part.span.end < whole.span.start:
                between = text[part.span.end - offset : whole.span.start - offset]
                if re.fullmatch(
                    r",?\s+(?:of|at|within|inside|a (?:part|unit|branch|department|division) of)\s+(?:the\s+)?", between
                ):
                    out.append(
                        Relation(RelationKind.PART_OF, part.span, whole.span, Span(part.span.start, whole.span.end))
                    )
    return out
