"""Numbers that count nothing: years, parts of names, places in an order, ages, "one" for a thing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from spacy.tokens import Doc, Token

from kg.annotate.figures.whose import in_rows
from kg.annotate.parse.quantities import Quantity, text_of
from kg.annotate.parse.tallies import before_bound
from kg.english.calendar import MONTHS, SHORT, WEEKDAYS
from kg.english.lists import listed, rows

_COURSES = frozenset(listed("figure_words", "course"))
_BESIDE = frozenset({"nummod", "appos", "nmod"})
_AMOUNTS = frozenset(listed("figure_words", "amount"))
_STREET = frozenset(listed("figure_words", "street"))
_DETERMINED = frozenset(listed("figure_words", "determined"))
_IN_ORDER = frozenset(listed("figure_words", "in_order"))
_AFTER_ONE = frozenset(listed("figure_words", "after_one"))
_THE_ONE = re.compile(r"\b(?:the one|the other|that|those)\s+(?:in|at|of|from)\s+[\w-]+(?:\s[A-Z][\w-]+)?\s+$")
_SECOND = re.compile(r"\d[\d,.]{0,12}\s[^.;]{0,40}(?:\band|,|;)\s{1,3}(?:[A-Z][\w.-]{1,30}\s{1,3}){1,4}$")
_DAYS = frozenset(word.lower() for word in (*WEEKDAYS, *MONTHS))
_MONTHS = frozenset(word.lower() for word in (*MONTHS, *SHORT))
_MARKS = frozenset("\"“”‘’'«»")
_EMERGENCY = frozenset(listed("figure_words", "emergency"))
_DIALLING = frozenset(listed("figure_words", "dialling"))
_ACCOUNTS = frozenset(listed("tally_words", "account"))
_TURNS = frozenset(("turn", "turnaround", "about"))
_LONGEST_GUESS = 8  # tokens
_OF_MANY = frozenset(listed("figure_words", "of_many"))


def counts_something(doc: Doc, q: Quantity) -> bool:
    """Whether a number is a figure at all. One with a unit is; others may be years or parts of names."""
    if q.unit is not None and q.kind == "time" and doc[q.last].tag_ == "NN" and _is_year(doc, q):
        return False  # "World Cup 2018 day five"
    if q.unit is not None and q.unit.name == "degree" and _lower(doc, q.last + 1) in _TURNS:
        return False  # "a 180 degree turn"
    if q.unit is not None or q.fraction:
        return not (q.kind == "time" and q.words and q.low == q.high == 1 and _once(doc, q))
    if _is_zero_of(doc, q) or _is_dialled(doc, q) or _is_clock(doc, q) or _opens_a_title(doc, q):
        return False
    if _is_second_day(doc, q) or _is_guess(doc, q) or _is_elided_time(doc, q) or _is_under_one(doc, q):
        return False
    return not (_is_year(doc, q) or _in_name(doc, q) or _in_series(doc, q) or _is_idle_one(doc, q) or _is_age(doc, q))


def _is_guess(doc: Doc, q: Quantity) -> bool:
    """ "[two], [three] or four million years": numbers that the last of them, which has the noun, is guessed between."""
    i, joined = q.last + 1, False
    while i + 1 < len(doc) and doc[i].lower_ in (",", "or") and i - q.last < _LONGEST_GUESS:
        joined = joined or doc[i].lower_ == "or"
        i += 2 if doc[i].text == "," and doc[i + 1].lower_ == "or" else 1
        if not doc[i].like_num:
            return False
        i += 1
    return joined and i < len(doc)


def _is_elided_time(doc: Doc, q: Quantity) -> bool:
    """ "was extended for another two": a stretch whose years or months were told before."""
    after = doc[q.last + 1] if q.last + 1 < len(doc) else None
    return (
        _lower(doc, q.first - 1) in ("another", "further")
        and "for" in (_lower(doc, q.first - 2), _lower(doc, q.first - 3))
        and (after is None or after.is_punct)
    )


def _is_under_one(doc: Doc, q: Quantity) -> bool:
    """ "brought together under one roof": there is no smaller number of roofs."""
    return text_of(doc)[q.start : q.end].lower() == "one" and _lower(doc, q.first - 1) == "under"


def _is_second_day(doc: Doc, q: Quantity) -> bool:
    """ "on March 22 and 29": a day of the month before."""
    if q.first < 3 or not doc[q.first].text.isdigit() or len(doc[q.first].text) > 2:
        return False
    join, day, month = (doc[q.first - k] for k in (1, 2, 3))
    return join.lower_ in ("and", "or", "to", ",") and day.text.isdigit() and month.lower_.rstrip(".") in _MONTHS


def _is_zero_of(doc: Doc, q: Quantity) -> bool:
    """ "zero carbon", "zero tolerance": an adjective and no count."""
    after = doc[q.last + 1] if q.last + 1 < len(doc) else None
    return doc[q.first].lower_ == "zero" and after is not None and (after.tag_ == "NN" or after.text == "-")


def _is_dialled(doc: Doc, q: Quantity) -> bool:
    """ "phoned 911": a telephone number."""
    before = doc[q.first - 1] if q.first else None
    return before is not None and text_of(doc)[q.start : q.end] in _EMERGENCY and before.lemma_.lower() in _DIALLING


def _is_clock(doc: Doc, q: Quantity) -> bool:
    """ "the 7.30 never leaves on time", "Lagos UTC +1": a time of the day, or of a part of the world."""
    if re.search(r"\b(?:UTC|GMT)\s?[+−–-]?$", text_of(doc)[max(0, q.start - 6) : q.start]):
        return True
    hour, dot, minute = text_of(doc)[q.start : q.end].partition(".")
    if not (dot and hour.isdigit() and minute.isdigit() and len(minute) == 2 and int(hour) < 24 and int(minute) < 60):
        return False
    after = doc[q.last + 1] if q.last + 1 < len(doc) else None
    return _lower(doc, q.first - 1) in ("the", "at") and (after is None or after.pos_ not in ("NOUN", "PROPN", "ADJ"))


def _opens_a_title(doc: Doc, q: Quantity) -> bool:
    """ "the film “Two Rivers”": a number that opens a title in quotation marks."""
    after = doc[q.last + 1] if q.last + 1 < len(doc) else None
    if after is None or not q.first or not (q.words and doc[q.first].text.istitle() and after.text[:1].isupper()):
        return False
    return doc[q.first - 1].text in _MARKS and any(t.text in _MARKS for t in doc[after.i + 1 : after.i + 6])


def _once(doc: Doc, q: Quantity) -> bool:
    """ "one day", "one week" that tells when and not how long."""
    return doc[q.first].lower_ == "one" and doc[q.last].lower_ in ("day", "time")


def _is_year(doc: Doc, q: Quantity) -> bool:
    """A four-digit number from 1500 to 2199 with neither comma nor unit, unless a plural noun behind it is counted."""
    text = text_of(doc)[q.start : q.end]
    parts = re.split(r"\D+", text)
    if not re.match(r"(?:1[5-9]|2[01])\d\d(?!\d)", text) or not all(
        re.fullmatch(r"(?:1[5-9]|2[01])\d\d", p) or (p.isdigit() and len(p) == 2 and len(parts) > 1) for p in parts
    ):
        return False
    if "," in text or "." in text:
        return False
    after = doc[q.last + 1] if q.last + 1 < len(doc) else None
    if not _counts(after):
        return True
    before = doc[q.first - 1] if q.first else None
    if before is None or doc[q.first].is_sent_start or before.lower_ in _AMOUNTS:
        return False
    # "destroyed 1800 homes" counts; "below 2005 levels", "the 2012 riots", "Kenya's 2013 polls" tell when
    return before.pos_ != "VERB"


def _counts(token: object) -> bool:
    return bool(token is not None and getattr(token, "tag_", "") == "NNS")


@dataclass(frozen=True, slots=True)
class _Place:
    """A number and the words beside it."""

    doc: Doc
    q: Quantity
    text: str
    before: Token
    after: Token | None

    @property
    def number(self) -> Token:
        return self.doc[self.q.first]

    def after_is(self, *kinds: str) -> bool:
        return self.after is not None and self.after.pos_ in kinds


def _in_name(doc: Doc, q: Quantity) -> bool:
    """A number that is part of a name: "iPhone 11", "Flight 370", "575 Wilbraham Road", "category 4", "No. 5".

    The rules are asked in their order; the first that knows decides.
    """
    before = doc[q.first - 1] if q.first else None
    after = doc[q.last + 1] if q.last + 1 < len(doc) else None
    text = text_of(doc)[q.start : q.end]
    if before is not None and before.lower_ in ("#", "no.", "nos.", "no"):
        return True
    if after is not None and after.pos_ == "PROPN" and (text.isdigit() or "-" in text) and _is_address(doc, after):
        return True
    if before is None or before.text in ",;:(":
        return False
    place = _Place(doc, q, text, before, after)
    return next((known for rule in _RULES if (known := rule(place)) is not None), False)


def _is_address(doc: Doc, after: Token) -> bool:
    for t in doc[after.i : after.i + 5]:
        if t.lower_ in _STREET:
            return True
        if t.pos_ != "PROPN" and not t.text[:1].isdigit():
            break
    return False


def _in_course(p: _Place) -> bool | None:
    """ "day five", but not "the last day five"."""
    if p.before.lower_ in _COURSES and not p.after_is("NOUN", "ADJ", "PROPN"):
        return _lower(p.doc, p.before.i - 1) not in ("last", "next", "this", "a")
    return None


def _titled(p: _Place) -> bool | None:
    """ "Ground Zero", "Round Two"."""
    titled = p.text.istitle() and p.before.text[:1].isupper() and p.before.pos_ == "PROPN"
    free = not p.number.is_sent_start and p.number.head.i != p.q.last + 1 and not _counts(p.after)
    return True if titled and free else None


def _standard(p: _Place) -> bool | None:
    """ "a 4K screen": a standard's name."""
    named = re.fullmatch(r"\d{1,2}K", p.text) and p.after is not None and p.after.tag_ in ("NN", "NNP")
    return True if named else None


def _in_words(p: _Place) -> bool | None:
    """What is not in digits is in no other name."""
    return None if p.text.isdigit() else False


def _behind_noun(p: _Place) -> bool | None:
    """ "posts 542 and 543"."""
    number, before = p.number, p.before
    if before.lemma_.lower() in _ACCOUNTS and p.after_is("AUX", "VERB"):
        return False  # "by her count 19 are missing"
    if before.pos_ == "NOUN" and number.dep_ in _BESIDE and number.head.i == before.i and not _counts(p.after):
        return True
    head = number.head
    if before.lower_ in ("and", "or") and number.dep_ == "conj" and head.dep_ in _BESIDE and head.head.i < head.i:
        return head.head.pos_ in ("NOUN", "PROPN")
    return None


def _designated(p: _Place) -> bool | None:
    """ "category 4", "the 90210 ZIP code"."""
    before, after, q = p.before, p.after, p.q
    if before.lower_ in _designators() and q.low < 10_000:
        determined = _lower(p.doc, before.i - 1) in _DETERMINED
        return not determined or before.pos_ == "PROPN" or (after is not None and after.tag_ == "NN" and q.low > 1)
    if before.lower_ == "the" and q.low > 1 and after is not None and after.pos_ in ("NOUN", "PROPN"):
        for t in p.doc[after.i : after.i + 3]:
            if t.lower_ in _designators():
                return True
            if t.pos_ not in ("NOUN", "PROPN"):
                break
    return None


def _between_names(p: _Place) -> bool | None:
    """ "the Orion 12 Ultra", "two new 737 Max jets"."""
    before, after = p.before, p.after
    if after is None or after.pos_ != "PROPN":
        return None
    if before.pos_ == "PROPN" and p.q.low > 1:
        run = list(p.doc[after.i : after.i + 6])
        end = next((k for k, t in enumerate(run) if t.pos_ not in ("PROPN", "NOUN")), len(run))
        if not any(t.tag_ in ("NNS", "NNPS") for t in run[:end]) and after.ent_type_ != "NORP":
            return True
    if before.pos_ == "NUM":
        return True
    if after.text[:1].isupper():
        head = after.head if after.dep_ in ("compound", "nmod") else after
        counted = head.tag_ in ("NNS", "NNPS") or head.ent_type_ in ("NORP", "GPE") or after.ent_type_ == "NORP"
        first = p.q.first
        earlier = any(t.like_num and t.i < first and t.head.i == head.i for t in p.doc[max(0, first - 4) : first])
        if earlier or (not counted and len(p.text) == 3):
            return True
    return None


def _behind_name(p: _Place) -> bool:
    """ "iPhone 11", "Flight 370"."""
    number, before = p.number, p.before
    if _is_gapped(p) or (before.lower_ in _DAYS and p.after_is("NOUN", "ADJ")):
        return False  # "By Saturday 40 bodies had been found"
    if before.pos_ != "PROPN" or not any(c.isupper() for c in before.text):
        return False
    if number.head.i == before.i or before.head.i == number.i:
        return True
    joined = number.head.i == before.head.i and before.dep_ in ("compound", "nmod", "nummod", "amod")
    entity = number.ent_type_ not in ("", "CARDINAL", "QUANTITY", "MONEY", "PERCENT") and number.ent_iob_ == "I"
    bare = not p.after_is("NOUN", "ADJ", "PROPN")
    return (
        joined
        or entity
        or (bare and before.dep_ in ("compound", "nmod", "appos", "nummod", "ROOT", "pobj", "dobj", "nsubj"))
    )


def _is_gapped(p: _Place) -> bool:
    """ "A has 402 delegates and Ana Ruiz 371", "the one in Osh 700": a number behind a name whose verb was told before."""
    if p.after is not None and p.after.pos_ in ("NOUN", "ADJ", "PROPN", "NUM"):
        return False
    lead = text_of(p.doc)[max(0, p.q.start - 60) : p.q.start]
    if _THE_ONE.search(lead):
        return True
    return p.before.ent_type_ == "PERSON" and _SECOND.search(lead) is not None


_RULES: tuple[Callable[[_Place], bool | None], ...] = (
    _in_course, _titled, _standard, _in_words, _behind_noun, _designated, _between_names, _behind_name,
)  # fmt: skip


@cache
def _designators() -> frozenset[str]:
    return frozenset(row[0] for row in rows("designators"))


def _in_series(doc: Doc, q: Quantity) -> bool:
    """ "the bottom three", "the final four": a place in an order, where nothing is counted behind it."""
    before = _lower(doc, q.first - 1)
    after = doc[q.last + 1] if q.last + 1 < len(doc) else None
    counted = after is not None and (after.pos_ in ("NOUN", "ADJ", "PROPN", "NUM") or after.tag_ in ("VBG", "VBN"))
    return before in _IN_ORDER and not counted


def _is_idle_one(doc: Doc, q: Quantity) -> bool:
    """ "one" that stands for a thing ("each one", "no one", "one another"), and "one" for people in general."""
    if text_of(doc)[q.start : q.end].lower() != "one":
        return False
    token = doc[q.first]
    after = doc[q.last + 1] if q.last + 1 < len(doc) else None
    if after is None or after.lower_ in _AFTER_ONE:
        return True
    if after.lower_ == "of":
        return _lower(doc, q.last + 2) not in _OF_MANY or _is_defined(doc, q)
    return token.dep_ != "nummod" or token.head.i < token.i


def _is_defined(doc: Doc, q: Quantity) -> bool:
    """ "one of them is a floating house": a thing of which is told what it is, and nothing that befell it."""
    verb = doc[q.last + 3] if q.last + 3 < len(doc) and _lower(doc, q.last + 2) in ("them", "these", "those") else None
    words = doc[verb.i : verb.i + _LONGEST_GUESS] if verb is not None and verb.pos_ in ("VERB", "AUX") else ()
    be = next((t for t in takewhile(lambda t: not t.is_punct, words) if t.lemma_ == "be"), None)
    return be is not None and any(c.dep_ == "attr" and c.pos_ == "NOUN" for c in be.children)


def _is_age(doc: Doc, q: Quantity) -> bool:
    """ "Ana Ruiz, 45, said": an age between commas behind a name; "He was 91."."""
    if _is_told_age(doc, q):
        return True
    before, after = _lower(doc, q.first - 1), _lower(doc, q.last + 1)
    name = doc[q.first - 2] if q.first > 1 else None
    return (
        before == ","
        and after in (",", ")", ".", "")
        and name is not None
        and (name.pos_ == "PROPN" or (name.text[:1].isupper() and not name.is_sent_start))
        and q.low == q.high
        and 10 < q.low < 110
        and in_rows(doc, q) is None
    )


def _is_told_age(doc: Doc, q: Quantity) -> bool:
    """ "He was 91.", "when she was 45, ", "Ana Ruiz, who is nearly 60, ": the age of somebody told by a pronoun or a name."""
    verb = doc[before_bound(doc, q.first - 1, 1)] if q.first > 1 else None
    after = doc[q.last + 1] if q.last + 1 < len(doc) else None
    if verb is None or verb.lemma_ != "be" or q.low != q.high or not q.low < 120:
        return False
    who = doc[verb.i - 1]
    person = who.lower_ in ("he", "she", "i", "who") or (
        who.pos_ == "PROPN" and not who.nbor().lower_.startswith("were")
    )
    return person and (
        after is None or after.is_punct or after.pos_ in ("SCONJ", "CCONJ", "ADP") or after.lower_ == "when"
    )


def _lower(doc: Doc, i: int) -> str:
    return doc[i].lower_ if 0 <= i < len(doc) else ""
