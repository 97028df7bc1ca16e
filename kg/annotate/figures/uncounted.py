"""Numbers that count nothing: years, parts of names, places in an order, ages, "one" for a thing."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from kg.annotate.parse.quantities import Quantity, text_of
from kg.english.lists import listed, rows

_COURSES = frozenset(listed("figure_words", "course"))
_BESIDE = frozenset({"nummod", "appos", "nmod"})
_AMOUNTS = frozenset(listed("figure_words", "amount"))
_STREET = frozenset(listed("figure_words", "street"))
_DETERMINED = frozenset(listed("figure_words", "determined"))
_IN_ORDER = frozenset(listed("figure_words", "in_order"))
_AFTER_ONE = frozenset(listed("figure_words", "after_one"))
_OF_MANY = frozenset(listed("figure_words", "of_many"))


def counts_something(doc: Doc, q: Quantity) -> bool:
    """Whether a number is a figure at all. One with a unit is; others may be years or parts of names."""
    if q.unit is not None and q.kind == "time" and doc[q.last].tag_ == "NN" and _is_year(doc, q):
        return False  # "World Cup 2018 day five"
    if q.unit is not None or q.fraction:
        return not (q.kind == "time" and q.words and q.low == q.high == 1 and _once(doc, q))
    return not (_is_year(doc, q) or _in_name(doc, q) or _in_series(doc, q) or _is_idle_one(doc, q) or _is_age(doc, q))


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


def _in_name(doc: Doc, q: Quantity) -> bool:
    """A number that is part of a name: "iPhone 11", "Flight 370", "575 Wilbraham Road", "category 4", "No. 5"."""
    number = doc[q.first]
    before = doc[q.first - 1] if q.first else None
    after = doc[q.last + 1] if q.last + 1 < len(doc) else None
    digits = text_of(doc)[q.start : q.end].isdigit()
    if before is not None and before.lower_ in ("#", "no.", "nos.", "no"):
        return True
    if after is not None and after.pos_ == "PROPN" and (digits or "-" in text_of(doc)[q.start : q.end]):
        for t in doc[after.i : after.i + 5]:
            if t.lower_ in _STREET:
                return True
            if t.pos_ != "PROPN" and not t.text[:1].isdigit():
                break
    if before is None or before.text in ",;:(":
        return False
    if before.lower_ in _COURSES and (after is None or after.pos_ not in ("NOUN", "ADJ", "PROPN")):
        return _lower(doc, before.i - 1) not in ("last", "next", "this", "a")  # "day five"
    titled = text_of(doc)[q.start : q.end].istitle() and before.text[:1].isupper() and before.pos_ == "PROPN"
    if titled and not number.is_sent_start and number.head.i != q.last + 1 and not _counts(after):
        return True  # "Ground Zero", "Round Two"
    if re.fullmatch(r"\d{1,2}K", text_of(doc)[q.start : q.end]) and after is not None and after.tag_ in ("NN", "NNP"):
        return True  # "a 4K screen": a standard's name
    if not digits:
        return False
    if before.pos_ == "NOUN" and number.dep_ in _BESIDE and number.head.i == before.i and not _counts(after):
        return True  # "posts 542 and 543"
    if (
        before.lower_ in ("and", "or")
        and number.dep_ == "conj"
        and number.head.dep_ in _BESIDE
        and number.head.head.i < number.head.i
    ):
        return number.head.head.pos_ in ("NOUN", "PROPN")
    if before.lower_ in _designators() and q.low < 10_000:
        determined = _lower(doc, before.i - 1) in _DETERMINED
        return not determined or before.pos_ == "PROPN" or (after is not None and after.tag_ == "NN" and q.low > 1)
    if _lower(doc, before.i) == "the" and q.low > 1 and after is not None and after.pos_ in ("NOUN", "PROPN"):
        for t in doc[after.i : after.i + 3]:
            if t.lower_ in _designators():
                return True  # "the 90210 ZIP code"
            if t.pos_ not in ("NOUN", "PROPN"):
                break
    if before.pos_ == "PROPN" and after is not None and after.pos_ == "PROPN" and q.low > 1:
        run = list(doc[after.i : after.i + 6])
        end = next((k for k, t in enumerate(run) if t.pos_ not in ("PROPN", "NOUN")), len(run))
        if not any(t.tag_ in ("NNS", "NNPS") for t in run[:end]) and after.ent_type_ != "NORP":
            return True  # "the Orion 12 Ultra"
    if before.pos_ == "NUM" and after is not None and after.pos_ == "PROPN":
        return True  # "two new 737 Max jets"
    if after is not None and after.pos_ == "PROPN" and after.text[:1].isupper():
        head = after.head if after.dep_ in ("compound", "nmod") else after
        counted = head.tag_ in ("NNS", "NNPS") or head.ent_type_ in ("NORP", "GPE") or after.ent_type_ == "NORP"
        earlier = any(t.like_num and t.i < q.first and t.head.i == head.i for t in doc[max(0, q.first - 4) : q.first])
        if earlier or (not counted and len(text_of(doc)[q.start : q.end]) == 3):
            return True
    if before.pos_ != "PROPN" or not any(c.isupper() for c in before.text):
        return False
    if number.head.i == before.i or before.head.i == number.i:
        return True
    joined = number.head.i == before.head.i and before.dep_ in ("compound", "nmod", "nummod", "amod")
    entity = number.ent_type_ not in ("", "CARDINAL", "QUANTITY", "MONEY", "PERCENT") and number.ent_iob_ == "I"
    bare = after is None or after.pos_ not in ("NOUN", "ADJ", "PROPN")
    return (
        joined
        or entity
        or (bare and before.dep_ in ("compound", "nmod", "appos", "nummod", "ROOT", "pobj", "dobj", "nsubj"))
    )


def _designators() -> frozenset[str]:
    return frozenset(row[0] for row in rows("designators"))


def _in_series(doc: Doc, q: Quantity) -> bool:
    """ "the bottom three", "the final four": a place in an order, where nothing is counted behind it."""
    before = _lower(doc, q.first - 1)
    after = doc[q.last + 1] if q.last + 1 < len(doc) else None
    return before in _IN_ORDER and (after is None or after.pos_ not in ("NOUN", "ADJ", "PROPN", "NUM"))


def _is_idle_one(doc: Doc, q: Quantity) -> bool:
    """ "one" that stands for a thing ("each one", "no one", "one another"), and "one" for people in general."""
    if text_of(doc)[q.start : q.end].lower() != "one":
        return False
    token = doc[q.first]
    after = doc[q.last + 1] if q.last + 1 < len(doc) else None
    if after is None or after.lower_ in _AFTER_ONE:
        return True
    if after.lower_ == "of":
        return _lower(doc, q.last + 2) not in _OF_MANY
    return token.dep_ != "nummod" or token.head.i < token.i


def _is_age(doc: Doc, q: Quantity) -> bool:
    """ "Ana Ruiz, 45, said": an age between commas behind a name."""
    before, after = _lower(doc, q.first - 1), _lower(doc, q.last + 1)
    name = doc[q.first - 2] if q.first > 1 else None
    return (
        before == ","
        and after in (",", ")", ".", "")
        and name is not None
        and name.pos_ == "PROPN"
        and q.low == q.high
        and 10 < q.low < 110
    )


def _lower(doc: Doc, i: int) -> str:
    return doc[i].lower_ if 0 <= i < len(doc) else ""
