"""The stance that the words of a cue tell, without a parse: the lexicon's own forms and their regular endings."""

from __future__ import annotations

import re
from functools import cache

from kg.english.inflection import past_forms
from kg.english.lists import rows
from kg.model import Stance


@cache
def _verbs() -> dict[str, Stance]:
    return {row[0]: Stance(row[1]) for row in rows("cues")}


@cache
def _others() -> dict[str, Stance]:
    return {row[0]: Stance(row[1]) for name in ("nominal_cues", "adjective_cues") for row in rows(name)}


def of(cue: str) -> Stance | None:
    """
    >>> of("has denied"), of("according to"), of("the claim")
    (<Stance.DENIED: 'denied'>, None, <Stance.CLAIMED: 'claimed'>)
    """
    words = re.findall(r"[^\W\d_]+", cue.lower())
    for i, word in enumerate(words):
        for form in _forms(word):
            found = _verbs().get(" ".join([form, *words[i + 1 : i + 2]])) or _verbs().get(form)
            if found is not None:
                return found
    return next((_others()[w] for w in words if w in _others()), None)


def _forms(word: str) -> list[str]:
    """What a word may be a form of: itself, and the verb of "says", "denied", "warning"."""
    out = [past_forms().get(word, word)]
    for ending, put in (
        ("ies", "y"),
        ("es", ""),
        ("s", ""),
        ("ied", "y"),
        ("ed", ""),
        ("ed", "e"),
        ("ing", ""),
        ("ing", "e"),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            stem = word.removesuffix(ending) + put
            out += [stem, stem[:-1]] if stem[-1:] == stem[-2:-1] else [stem]
    return out


__all__ = ["of"]
