"""Months that are names of persons: "Jan Oster", "May Arden", "Theresa May"."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.english.calendar import GIVEN_NAMES
from kg.english.lists import listed

_TOLD = frozenset(listed("date_words", "told"))


def in_name(doc: Doc, i: int) -> bool:
    """Whether token ``i`` is a month and yet a part of a person's name: both it and the capital beside it are one person's to
    the model, and no word before it tells a time ("in May Arden closed the mill")."""
    if doc[i].text not in GIVEN_NAMES or doc[i].ent_type_ != "PERSON":
        return False
    if i and doc[i - 1].lower_ in _TOLD:
        return False
    beside = [doc[j] for j in (i - 1, i + 1) if 0 <= j < len(doc)]
    return any(t.ent_type_ == "PERSON" and t.text[:1].isupper() and t.text not in GIVEN_NAMES for t in beside)
