"""The words of a source phrase: its head, and what class of noun that is."""

from __future__ import annotations

import re
from functools import cache

from kg.english import kinds, places, titles
from kg.english.inflection import is_plural, past_forms
from kg.english.lists import alternation, classed, listed
from kg.model import Span

DETERMINER = re.compile(
    rf"^(?:{alternation(listed('source_words', 'determiner'))})\s+",
    re.IGNORECASE,
)
_HEAD_END = re.compile(
    rf",|\(|—|–|;| (?:{alternation(listed('source_words', 'ends_head'))})\b",
    re.IGNORECASE,
)
# Behind a comma: "which had put it at 19", "citing hospital records", "seen by reporters", "in a statement hours later".
_ASIDE = re.compile(
    rf",\s+(?:(?:{alternation(listed('source_words', 'aside'))}|[a-z]+ing)\b|[a-z]+(?:ed|wn|en)\s+(?:{alternation(listed('source_words', 'ends_head'))})\b)"
)


@cache
def nouns(kind: str) -> frozenset[str]:
    """The head nouns of one class: document, body, role, country, firm."""
    return classed("head_nouns", kind)


def head_of(span: Span, text: str) -> Span:
    """The phrase up to its first modifier behind the head noun."""
    body = span.of(text)
    skip = DETERMINER.match(body)
    cut = _HEAD_END.search(body, skip.end() if skip else 1)
    end = span.start + (cut.start() if cut else len(body))
    while end > span.start + 1 and text[end - 1].isspace():
        end -= 1
    return Span(span.start, end)


_DESCRIBED = re.compile(r",\s+an?\s")


def without_description(words: str) -> str:
    """A phrase without the description that follows it: "Brix, a medical doctor" is "Brix"."""
    return _DESCRIBED.split(words, maxsplit=1)[0]


def without_aside(words: str) -> str:
    """A phrase without what only adds to it behind a comma, by which nobody is called.

    >>> without_aside("ombudsman's office, which had put it at 19"), without_aside("the ministry, citing hospital records")
    ("ombudsman's office", 'the ministry')
    >>> without_aside("court's chairwoman, Ana Ruiz"), without_aside("farmers, miners and retired teachers")
    ("court's chairwoman, Ana Ruiz", 'farmers, miners and retired teachers')
    """
    aside = _ASIDE.search(words)
    return words[: aside.start()] if aside is not None else words


def possessive(text: str, span: Span) -> bool:
    return text[span.end : span.end + 2] in ("'s", "’s", "s'") or text[span.end : span.end + 1] in ("'", "’")


def several_persons(sentence: str) -> str | None:
    """The persons whom a sentence opens with as its subject, by a common noun.

    >>> several_persons("The journalist's supporters, many of them young, met."), several_persons("Residents blame the mine.")
    ("The journalist's supporters", 'Residents')
    >>> several_persons("The plan angered residents."), several_persons("Prices rose."), several_persons("In Tarn, farmers met.")
    (None, None, None)
    """
    words = sentence.split()[:_LONGEST_SUBJECT]
    for k, word in enumerate(words):
        bare = word.strip(",;:.")
        if (k == 0 or bare.islower()) and is_plural(bare) and titles.is_person(bare):
            return sentence[: sentence.index(bare, len(" ".join(words[:k]))) + len(bare)]
        if bare != word or (k and _is_no_part(bare, after_determiner=k == 1)):
            return None
    return None


def one_person(clause: str) -> str | None:
    """The person whom a clause opens with as its subject, by a common noun with an article.

    >>> one_person("The imam, also known as Abu Bakr, was flown to Tarn, where "), one_person("A young farmer said that ")
    ('The imam', 'A young farmer')
    >>> one_person("The board met farmers and "), one_person("The young minister's ")
    (None, None)
    """
    words = clause.split()[: _LONGEST_WHO + 1]
    if not words or words[0] not in ("The", "A", "An"):
        return None
    for k in (1, 2):
        head = words[k].rstrip(",") if k < len(words) else ""
        ends = head != (words[k] if k < len(words) else "") or _is_verb(words[k + 1] if k + 1 < len(words) else "")
        if ends and head.isalpha() and head.islower() and titles.is_person(head) and not is_plural(head):
            return clause[: clause.index(head) + len(head)]
    return None


def _is_verb(word: str) -> bool:
    """Whether a word behind a subject is its verb, or goes on with it, as far as its form tells."""
    return word in _FINITE or word.endswith("ed") or word in past_forms()


_FINITE = frozenset(listed("source_words", "finite"))
_LONGEST_SUBJECT = 6  # words
_HEAD_ENDS = frozenset(listed("source_words", "ends_head"))


def _is_no_part(word: str, *, after_determiner: bool) -> bool:
    """Whether a word before a plural noun ends its phrase: a verb in the past, a preposition, a person ("The minister met farmers")."""
    if word.lower() in _HEAD_ENDS or word.lower() in past_forms():
        return True
    return (word.endswith("ed") and not after_determiner) or (titles.is_person(word) and not is_plural(word))


def described_by_who(before: str) -> str | None:
    """The persons whom "who" right behind ``before`` goes on with, where they have no name.

    >>> described_by_who("after an appeal by his lawyers "), described_by_who("Ada Brix met a farmer "), described_by_who("Ada Brix, ")
    ('his lawyers', 'a farmer', None)
    >>> described_by_who("such as the young man at the old town gate "), described_by_who("met people from around the world ")
    ('the young man at the old town gate', 'people')
    """
    words = _without_place(before[-_FARTHEST_WHO:].split())
    head = words[-1] if words else ""
    if head.lower() in _ANYBODY:
        return head
    if not head.isalpha() or not head.islower() or not titles.is_person(head):
        return None
    for size in range(2, _LONGEST_WHO + 1):
        if len(words) >= size and words[-size].lower() in _DETERMINERS:
            return (
                before[before.rindex(" ".join(words[-size:])) :].rstrip() if " ".join(words[-size:]) in before else None
            )
    return head if is_plural(head) else None


def described_by_which(before: str) -> str | None:
    """The body that ", which" right behind ``before`` goes on with, where it has no name.

    >>> described_by_which("the policy of the city government in Tarn, "), described_by_which("the plan of Ada Brix, ")
    ('the city government', None)
    """
    if not before.rstrip().endswith(","):
        return None
    words = _without_place(before[-_FARTHEST_WHO:].rstrip(" ,").split())
    head = words[-1] if words else ""
    if not head.islower() or is_plural(head) or not (kinds.has_head(head) or head in nouns("body")):
        return None
    for size in range(2, _LONGEST_WHO + 1):
        if len(words) >= size and words[-size].lower() in _DETERMINERS and not words[-size + 1][:1].isupper():
            phrase = " ".join(words[-size:])
            return phrase if phrase in before else None
    return None


def _without_place(words: list[str]) -> list[str]:
    """The words of a phrase without where it is: "the young man [at the old town gate]"."""
    if not words or titles.is_person(words[-1]) or words[-1].lower() in _ANYBODY:
        return words
    for i in range(len(words) - 2, max(0, len(words) - 2 - _LONGEST_PLACE), -1):
        if any(mark in words[i] for mark in ",;:"):
            break
        if words[i].lower() in _WHERE:
            return words[: i - 1] if words[i - 1].lower() in _WHERE else words[:i]
    return words


_FARTHEST_WHO = 80  # characters
_LONGEST_PLACE = 6  # words
_WHERE = frozenset(listed("source_words", "where"))
_LONGEST_WHO = 4  # words
_ANYBODY = frozenset(listed("source_words", "anybody"))
_DETERMINERS = frozenset(listed("source_words", "determiner")) - {"that"}
_AND = re.compile(r"\sand\s")
_TITLE = re.compile(
    rf"(?:(?:{alternation(listed('source_words', 'camp'))})\s+)?"
    r"(?P<name>[A-Z][\w&.'’-]*(?:\s+(?:(?:of|for|and|the|on|&)\s+){0,2}[A-Z][\w&.'’-]*)+)"
)


def capitalised(words: str) -> str | None:
    """The name that a phrase opens with: two or more capitalised words, small words between them.

    >>> capitalised("Chamber of Commerce, which speaks for 400 firms"), capitalised("Shipping companies")
    ('Chamber of Commerce', None)
    >>> capitalised("Costa Rican paper"), capitalised("Kenyan and Danish officials")
    (None, None)
    >>> capitalised("Lake Airways pilot"), capitalised("Lake Airways planes")
    (None, 'Lake Airways')
    """
    match = _TITLE.match(words)
    if match is None or (match["name"] != words and re.search(r"['’]s?$", match["name"])):
        return None  # "Mr. Keller's aide" is not Mr. Keller
    behind = words[match.end() :].split()
    if behind and words[match.end()].isspace() and titles.is_person(behind[0]) and not _speaks_for(behind[0]):
        return None  # "Lake Airways pilot" is no airline
    if match["name"] != words and all(_is_land(land.strip()) for land in _AND.split(match["name"])):
        return None  # "Costa Rican and Danish envoys" are nobody called so, "a Costa Rica judge" is no Costa Rica
    return match["name"]


def _speaks_for(noun: str) -> bool:
    """Whether somebody so called speaks for the body: "a Defence Ministry spokesman", "official"."""
    return titles.singular(noun).lower() in _VOICES


_VOICES = frozenset((*listed("office_words", "voice"), "official"))


def _is_land(name: str) -> bool:
    """Whether a name is a place's or a nationality word, of which what stands behind it is a part or a citizen."""
    return bool(places.nationality(name) or places.find(name))


def apposed(words: str) -> tuple[str, str] | None:
    """Description and name of a phrase that has both, in either order.

    >>> apposed("court's chairwoman, Ana Ruiz"), apposed("Ana Ruiz, a teacher who swam"), apposed("farmers, most of them old")
    (("court's chairwoman", 'Ana Ruiz'), ('teacher who swam', 'Ana Ruiz'), None)
    >>> apposed("transport regulator, Sutran"), apposed("Lake Union children's agency Lakef"), apposed("fans of Lakef")
    (('transport regulator', 'Sutran'), ("Lake Union children's agency", 'Lakef'), None)
    """
    called = _CALLED.fullmatch(words)
    if called is not None and called["noun"].lower() in nouns("body"):
        return called["what"], called["name"]
    parts = re.split(r"[,—–]", words, maxsplit=1)
    if len(parts) == 2:
        parts = [parts[0].rstrip(), parts[1].lstrip()]
        for description, name in (parts, parts[::-1]):
            match = _NAME.fullmatch(name)
            if match and description[:1] and capitalised(description) != description:
                return DETERMINER.sub("", description), name
    return None


# "transport regulator, Sutran", "United Nations children's agency Unicef": one word is a name enough behind a body's noun.
_CALLED = re.compile(r"(?P<what>(?:.*\s)?(?P<noun>[a-z]+)),?\s(?P<name>[A-Z][\w&.’'-]*(?:\s[A-Z][\w&.’'-]*)*)")
_NAME = re.compile(r"[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){1,3}")
