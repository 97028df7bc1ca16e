"""Months that are names of persons: "Jan Oster", "May Arden", "Theresa May"."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.english import name_words, titles
from kg.english.calendar import GIVEN_NAMES
from kg.english.lists import listed

_TOLD = frozenset(listed("date_words", "told"))


def in_name(doc: Doc, i: int) -> bool:
    """Whether token ``i`` is a month and yet a part of a person's name: behind a title or a given name where neither a day nor a capital follows, or
    one person with the capital beside it to the model, where no word before tells a time ("in May Arden closed the mill").
    """
    if doc[i].text not in GIVEN_NAMES:
        return False
    before = doc[i - 1] if i else None
    after = doc[i + 1] if i + 1 < len(doc) else None
    ends = after is None or not (
        after.text[:1].isdigit() or after.text[:1].isupper()
    )  # "March 5", "Minister May Resign"
    if before is not None and before.text[:1].isupper() and ends:
        if before.text in name_words.given_names() - GIVEN_NAMES:
            return True
        if titles.kind(before.text) in ("office", "rank", "address"):
            return True
    if doc[i].ent_type_ != "PERSON" or (before is not None and before.lower_ in _TOLD):
        return False
    beside = (t for t in (before, after) if t is not None and t.text not in GIVEN_NAMES)
    return any(t.ent_type_ == "PERSON" and t.text[:1].isupper() for t in beside)
