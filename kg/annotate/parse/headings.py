"""Headings that run into the sentence behind them: "… in the valley. Slow repairs The spokesman of the dam said that …".

A page that is taken over as text loses the break behind a heading inside an article. The parser then takes heading and sentence
for one, and the heading for whoever speaks. A heading is a run of words without a mark, from the start of a sentence on, that ends
in small letters before a word that opens another sentence by its capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from kg.english.calendar import WEEKDAYS
from kg.english.inflection import is_plural, singular
from kg.english.lists import classed, listed
from kg.english.places import nationality

_LINK = re.compile(r"\bread more\s?:", re.IGNORECASE)
_LONGEST = 12  # words and hyphens of a heading
_TENSED = ("VBD", "VBZ", "VBP", "MD")
_ENDS = (".", "!", "?")
_CLOSED = ".!?\"”’'"
_MARKS = ('"', "”", "’", "'")
# What opens a sentence and, with a capital, is no word inside one, by its tag.
_OPENERS = frozenset(("DT", "CC", "IN", "PRP", "PRP$", "EX", "WDT", "WRB", "RB", "WP"))
_ALSO = ("one", "last", "next")
# A heading ends with what can end a phrase, and does not begin like a phrase that leads to a name.
_LAST = frozenset(("NN", "NNS", "RB", "RP", "JJ", "VBG", "VBN", "VB"))
_PHRASES = frozenset(("IN", "PRP", "PRP$", "CC", "WRB", "WDT", "WP", "EX"))
_LINKS = ("IN", "TO")
_SINGLE = ("VBZ", "VBD", "MD")


def behind(doc: Doc) -> Iterator[int]:
    """The tokens that begin the sentences behind headings; ``doc`` has tags and no sentences yet."""
    for first in range(len(doc) - 3):
        if not doc[first].text[:1].isupper() or not _opens(doc, first):
            continue
        last = _last(doc, first)
        if last is not None and _is_heading(doc, first, last):
            yield last + 1


def leads_elsewhere(first: Token) -> bool:
    """Whether a sentence opens like a link to another article, whose headline may run into what follows: "Read more: …"."""
    return _LINK.match(first.doc[first.i : first.i + 3].text) is not None


def has_link(text: str) -> bool:
    """Whether a link to another article opens anywhere in a text.

    >>> has_link("… she said. Read more: Ferry runs aground"), has_link("They read more: a book a day."), has_link("Read more.")
    (True, False, False)
    """
    return any(not text[: m.start()].strip() or text[: m.start()].rstrip()[-1] in _CLOSED for m in _LINK.finditer(text))


def _opens(doc: Doc, i: int) -> bool:
    """Whether a sentence may begin at a token: at the start, or behind a full stop."""
    if not i:
        return True
    before = doc[i - 2].text if doc[i - 1].text in _MARKS and i > 1 else doc[i - 1].text
    return before in _ENDS


def _last(doc: Doc, first: int) -> int | None:
    """The last word before the next word with a capital that follows a small one, where no mark stands before it."""
    for i in range(first, min(first + _LONGEST, len(doc) - 2)):
        word, following = doc[i], doc[i + 1]
        if not word.text[0].isalnum() and not (word.text in ("-", "'", "’") or word.tag_ == "POS"):
            return None
        if i > first and word.text.islower() and word.is_alpha:
            if following.text[:1].isupper():
                return i
            if _closes(doc, first, word, following) and doc[i + 2].text[:1].isupper():
                return i + 1
    return None


def _closes(doc: Doc, first: int, word: Token, mark: Token) -> bool:
    """Whether a mark closes a heading, whose opening mark may be lost: "A day's work' Norway's coast guard"; "workers'" owns something."""
    if mark.text not in ("'", "’") or not mark.whitespace_ or word.tag_ not in _LAST:
        return False
    return not word.text.endswith("s") or (first > 0 and doc[first - 1].text in ("'", "‘"))


def _is_heading(doc: Doc, first: int, last: int) -> bool:
    if doc[last].text in _MARKS:
        return doc[last + 1].tag_ != "POS"
    if doc[first].tag_ in _PHRASES or doc[last].tag_ not in _LAST or doc[last].lower_ in _before_names():
        return False
    tensed = any(t.tag_ in _TENSED for t in doc[first : last + 1])
    opener, behind_it = doc[last + 1], doc[last + 2]
    if opener.tag_ in _OPENERS or opener.lower_ in _ALSO:
        return _opens_sentence(doc[last], opener, behind_it, tensed=tensed)
    if tensed or doc[first].tag_ == "DT":
        return False
    return _opens_with_noun(opener, behind_it) or _breaks_off(doc, first, last)


def _opens_sentence(end: Token, opener: Token, following: Token, *, tensed: bool) -> bool:
    """ "… of the coast The harbour has", "… on alert There was"; "the daily The Harbour Times" is a name."""
    if opener.text.isupper() and opener.lower_ != "a":
        return False  # also "the only one I know"
    if not following.text[:1].isupper():
        return True
    return not tensed and end.tag_ in ("NN", "NNS", "RP", "RB")


def _opens_with_noun(opener: Token, following: Token) -> bool:
    """ "Simplest way out Experts believe": a plural in small letters but for its capital is no name inside a sentence."""
    common = opener.text[1:].islower() and opener.is_alpha and nationality(opener.text) is None
    if not common or not following.is_lower:
        return False
    noun = following.nbor() if following.tag_ == "JJ" and following.i + 1 < len(following.doc) else following
    return opener.tag_ == "NNS" or (opener.tag_ in ("NN", "JJ") and noun.tag_ == "NNS")


def _breaks_off(doc: Doc, first: int, last: int) -> bool:
    """ "Bridges between villages Amara Diallo has …": several things before one name, which is no name of theirs."""
    end, opener = doc[last], doc[last + 1]
    if end.tag_ != "NNS" or not is_plural(end.text) or not any(t.tag_ in _LINKS for t in doc[first : last + 1]):
        return False
    stop = last + 1
    if opener.text in WEEKDAYS or doc[first].tag_ == "VBN":
        return False
    nation = nationality(opener.text) is not None
    while stop < len(doc) and (doc[stop].text[:1].isupper() or (nation and doc[stop].tag_ in ("NN", "JJ"))):
        stop += 1
    if stop >= len(doc):
        return False
    people = singular(end.text) in classed("people", "noun")
    if nation and stop > last + 2:
        return True
    return not people and (doc[stop].tag_ in (*_SINGLE, "POS") or _apposed(doc, last, stop))


def _apposed(doc: Doc, last: int, stop: int) -> bool:
    """Whether one person with a description follows: "… with deeds Amara Diallo, a teacher"."""
    return doc[stop].text == "," and stop == last + 3 and doc[stop + 1 : stop + 2].text.islower()


@cache
def _before_names() -> frozenset[str]:
    """What stands before the name of a work, a paper, a firm or a group: "the weekly The Lantern"."""
    kinds = (("work", "group", "firm", "body_noun", "team"), ("outlet", "medium"))
    lists = ("name_words", "body_words")
    words = (
        word.lower() for name, own in zip(lists, kinds, strict=True) for kind in own for word in listed(name, kind)
    )
    return frozenset(words)
