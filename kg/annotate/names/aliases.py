"""Second names that the text itself gives: "Islamic State (IS)", "the Harbour Board, or HB,", "HB, the Harbour Board"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.annotate.names.capitals import words
from kg.annotate.parse.words import Passage, by_passage
from kg.english import places
from kg.english.lists import alternation, listed
from kg.model import EntityType, Form, Mention, Relation, RelationKind, Span

_ITS_LETTERS = r"(?: (?:its|their|the|his|her)(?: [A-Z]?[\w-]+)? (?:acronym|initials|abbreviation|letters|name))?"
# Said of one thing wherever it stands between two names. "called" alone is none of these: people call one another.
_CALLED = (
    r"(?:aka|a\.k\.a\.|alias|(?:(?:"
    + alternation(words("byname"))
    + r") )?(?:known|referred to|abbreviated)(?: simply)?"
    rf" (?:by|as|to as|to){_ITS_LETTERS}|(?:" + alternation(words("byname")) + rf") called(?: by{_ITS_LETTERS})?)"
)
# Before letters it may be shorter.
_SHORTENED = rf"(?:{_CALLED}|called|abbreviated|or)"
# Letters in brackets behind a name. They need not be its initials: they may come from another language.
_LETTERS = re.compile(
    rf"\s*\(\s*(?:{_SHORTENED}\s+)?(?:the\s+)?[\"“'‘]?([A-Z][A-Za-z]*(?:[-/][A-Za-z]+)*)[\"”'’]?\s*[);,]"
)
_MENTIONED = re.compile(
    rf"(?:,?\s+{_CALLED}|,\s+{_SHORTENED})\s+(?:the\s+)?[\"“'‘]?([A-Z][\w-]*(?:/[A-Z][\w-]*)*)[\"”'’]?(?=\s*[,.;)]|\s+[a-z])"
)
# "the Red Falcon group, also known as Stormfox": whatever the second name is, and whether or not a model knows it.
_ALSO = re.compile(
    rf"(?:\s+(?:{alternation(words('group'))}))?,?\s+(?:{alternation(words('byname'))})\s+(?:known|referred to)\s+as\s+(?:the\s+)?"
    r"[\"“'‘]?([A-Z][\w-]*(?:\s[A-Z][\w-]*){0,2})[\"”'’]?(?=\s*[,.;)]|\s+[a-z])"
)
# "or" gives a choice ("Lodz or Gdansk"), unless what stands behind it are the letters of what stands before it.
_EITHER = re.compile(r"\s+or\s+(?:the\s+)?[\"“'‘]?([A-Z][A-Za-z]*)[\"”'’]?(?=\s*[,.;)]|\s+[a-z])")
# Between two names of one thing.
_BETWEEN = re.compile(rf"(?:,|\s\(|,\s*\()?\s*{_CALLED}\s+(?:the\s+)?[\"“'‘]?")
# An inserted "or" renames ("Myanmar, or Burma, is …"): commas or brackets on both sides of it.
_INSERTED = re.compile(r"(,\s*|\s\()or\s+(?:the\s+)?[\"“'‘]?")
_SHUT = {",": re.compile(r"[\"”'’]?[,.;]"), "(": re.compile(r"[\"”'’]?\)")}
_SPELT_OUT = re.compile(r"(?:,\s+(?:the\s+)?|\s+\((?:the\s+)?|\s+[—–]\s+the\s+)[\"“'‘]?")
_SMALL = frozenset(listed("function_words", "initials"))


def find(passages: Sequence[Passage], found: Sequence[Mention]) -> tuple[list[Mention], list[Relation]]:
    """The mentions with those of the second names corrected or added, and an alias relation for each."""
    mentions: list[Mention] = []
    relations: list[Relation] = []
    told: dict[str, Mention] = {}
    paired: set[frozenset[Span]] = set()
    for passage, own in by_passage(passages, found):
        kept = list(own)
        for mention, match in _lettered(passage, own):
            span = passage.parsed.span(match.start(1), match.end(1))
            alias = Mention(span, mention.type, Form.NAME, match[1], mention.country, mention.block)
            kept = [m for m in kept if not m.span.overlaps(span)] + [alias]
            evidence = Span(mention.span.start, span.end)
            relations.append(Relation(RelationKind.ALIAS, mention.span, span, evidence))
            paired.add(frozenset((mention.span, span)))
            told[match[1]] = mention
        mentions += kept
        for left, right in pairwise(sorted(kept, key=lambda m: m.span)):
            pair = _pair(passage, left, right)
            if pair is not None and frozenset((left.span, right.span)) not in paired:
                full, short = pair
                evidence = Span(left.span.start, right.span.end)
                relations.append(Relation(RelationKind.ALIAS, full.span, short.span, evidence))
                paired.add(frozenset((full.span, short.span)))
                if full.type is not EntityType.PERSON:
                    told[short.name] = full
    for full, short in _spelt(mentions, told):
        relations.append(Relation(RelationKind.ALIAS, full.span, short.span, short.span))
        told[short.name] = full
    # What is an alias once is the same body wherever it stands.
    mentions = [
        replace(m, type=told[m.name].type, country=m.country or told[m.name].country)
        if m.name in told and m.form is Form.NAME
        else m
        for m in mentions
    ]
    return sorted(mentions + _missed(passages, mentions, told), key=lambda m: m.span), relations


def _spelt(mentions: Sequence[Mention], told: Collection[str]) -> list[tuple[Mention, Mention]]:
    """Letters that nothing explains, with the one body of the article whose initials they are and that is named before them."""
    bodies = [m for m in mentions if m.form is Form.NAME and m.type.family is EntityType.ORGANISATION]
    bodies.sort(key=lambda m: m.span)
    out: dict[str, tuple[Mention, Mention]] = {}
    for short in bodies:
        if short.name in told or short.name in out or not _is_letters(short.name, "") or places.find(short.name):
            continue
        full = {m.name: m for m in reversed(bodies) if m.span < short.span and initials(m.name, short.name)}
        if len(full) == 1:
            out[short.name] = (next(iter(full.values())), short)
    return list(out.values())


def _lettered(passage: Passage, own: Sequence[Mention]) -> Iterator[tuple[Mention, re.Match[str]]]:
    """Names of bodies and places with the letters that follow them."""
    text, offset = passage.parsed.text, passage.parsed.offset
    for mention in own:
        if mention.form is not Form.NAME or mention.type is EntityType.PERSON:
            continue
        end = mention.span.end - offset
        match = _LETTERS.match(text, end) or _MENTIONED.match(text, end) or _EITHER.match(text, end)
        if match is None and (also := _ALSO.match(text, end)) is not None and not places.find(also[1]):
            yield mention, also
            continue
        if match is None or not _is_letters(match[1], mention.name):
            continue
        trusted = (
            mention.type.family is EntityType.ORGANISATION and match.re is not _EITHER and not places.find(match[1])
        )
        if trusted or initials(mention.name, match[1]):
            yield mention, match


def _pair(passage: Passage, left: Mention, right: Mention) -> tuple[Mention, Mention] | None:
    """(full name, second name) where the words between two names say that they are one: "HB, the Harbour Board"."""
    if Form.DEMONYM in (left.form, right.form) or left.name == right.name:
        return None
    text, offset = passage.parsed.text, passage.parsed.offset
    between = text[left.span.end - offset : right.span.start - offset]
    if left.type.family is right.type.family and (_BETWEEN.fullmatch(between) or _inserted(text, offset, left, right)):
        return left, right
    if _SPELT_OUT.fullmatch(between) and initials(right.name, left.name):
        return right, left
    return None


def _inserted(text: str, offset: int, left: Mention, right: Mention) -> bool:
    """Whether "or" and the second name are put in between marks, and are not the end of a list: "Peru, Chile, or Cuba,"."""
    opened = _INSERTED.fullmatch(text, left.span.end - offset, right.span.start - offset)
    if opened is None or _SHUT[opened[1].strip()].match(text, right.span.end - offset) is None:
        return False
    before = text[: left.span.start - offset].rstrip()
    return not re.search(r"[^\W\d_](?:,|, the)$", before)


def _missed(passages: Sequence[Passage], mentions: Sequence[Mention], told: dict[str, Mention]) -> list[Mention]:
    """Occurrences of an alias that were not seen as names before the text was known to use it."""
    out: list[Mention] = []
    if not told:
        return out
    for passage, own in by_passage(passages, mentions):
        for i, word in enumerate(passage.words):
            if word.text in told and word.capital:
                span = passage.span(i, i)
                if not any(m.span.overlaps(span) for m in own):
                    source = told[word.text]
                    out.append(Mention(span, source.type, Form.NAME, word.text, source.country, passage.parsed.index))
    return out


def initials(name: str, letters: str) -> bool:
    """Whether ``letters`` are the initials of the longer ``name``, small words counted or not.

    >>> initials("Harbour Workers' Union", "HWU"), initials("Bank of Ghana", "BoG"), initials("Harbour Board", "KLM")
    (True, True, False)
    >>> initials("Tehreek-i-Nizam Velmora", "TNV"), initials("American Foundation for Children with AIDS", "AFCA")
    (True, True)
    """
    wanted = [ch.lower() for ch in letters if ch.isalpha()]
    words = re.findall(r"[^\W\d_]+(?=\b)", name.replace("'s", "").replace("’s", ""))
    if len(wanted) < 2 or len(words) < 2 or sum(ch.isupper() for ch in letters) < 2:
        return False
    every = [w[0].lower() for w in words]
    full = [w[0].lower() for w in words if not w.islower()]  # "Tehreek-i-Nizam Velmora"
    return wanted in (every, [w[0].lower() for w in words if w.lower() not in _SMALL], full)


def _is_letters(alias: str, name: str) -> bool:
    """Whether a word in brackets is a second name: mostly capitals, and no party letter of a politician ("D", "R-Ohio")."""
    letters = [ch for ch in alias if ch.isalpha()]
    return len(letters) >= 2 and sum(ch.isupper() for ch in letters) >= 0.6 * len(letters) and alias != name
