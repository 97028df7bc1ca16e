"""Whether two figures are about one matter: whose the counted are, and in what scene."""

from __future__ import annotations

import re
from itertools import permutations

from kg.english.calendar import MONTHS, WEEKDAYS
from kg.english.events import event
from kg.english.inflection import singular
from kg.english.lists import listed
from kg.english.places import named
from kg.english.scenes import scene
from kg.english.stems import stem
from kg.model import Claim

_EMPTY = frozenset(listed("comparison_words", "no_owner"))
_GROUPS = frozenset(listed("comparison_words", "group"))
# Deeds whose doers are called now by one noun, now by another ("the army", "security forces"): there names alone tell them apart.
_DEEDS = frozenset(listed("comparison_words", "deed"))
_MONTH = re.compile(r"\d March\b|\bMarch \d")  # no march
_TIMES = frozenset(singular(word.lower()) for word in (*MONTHS, *WEEKDAYS))
_RIVALS = frozenset(stem(w) for w in listed("comparison_words", "rival"))


def other_matter(a: Claim, b: Claim, *, owners: bool = True) -> str | None:
    """Why two figures are about two matters, as the end of a sentence; ``None`` where nothing says so. Without ``owners`` it does
    not matter whose the counted are: "rescuers", "the blast".
    """
    if owners and a.whose and b.whose and _others(a, b):
        return f"one figure is that of {_plain(a.whose)}, the other that of {_plain(b.whose)}"
    for kind in ("place", "happening"):
        mine, yours = (
            [s for s in c.scenes if (found := scene(s)) is not None and found[0] == kind and not _MONTH.search(s)]
            for c in (a, b)
        )
        if mine and yours and all(_elsewhere(x, y) for x in mine for y in yours):
            return f"one figure is for {_plain(mine[0])}, the other for {_plain(yours[0])}"
    return None


def _others(a: Claim, b: Claim) -> bool:
    """Whether two phrases mean two: they share no name, or their nouns differ."""
    if _of_another(a, b):
        return True
    own = a.whose == a.speaker_name and b.whose == b.speaker_name  # "we lost 40 soldiers", said by two
    if own and a.speaker and b.speaker and a.speaker != b.speaker and a.whose != b.whose:
        return True
    left, right = _Phrase(a.whose or ""), _Phrase(b.whose or "")
    if left.names and right.names:
        return not left.names & right.names or (left.noun != right.noun and bool(left.more) and bool(right.more))
    if left.where and right.where and not left.where & right.where:
        return True  # "the hospital in Osh", "the hospital in Naryn"
    if event(a.event).group in _DEEDS:
        return False
    if _is_group(a.whose or "") != _is_group(b.whose or ""):
        return True
    if bool(left.names) != bool(right.names):
        return False  # "the company" may be Tesla
    if left.noun != right.noun:
        return not left.words & right.words
    return left.apart(right)


class _Phrase:
    """A phrase as far as it tells whom it means: its noun, the words before it, the names among them, the names behind it."""

    def __init__(self, text: str) -> None:
        core, _, behind = re.sub(r"\b(of|in|at|near)\b", "|", text, count=1).partition("|")
        self.noun = _noun(core)
        self.words = _words(core)
        self.names, self.where = _names(core), _names(behind)
        self.more = self.words - {stem(self.noun)}

    def apart(self, other: _Phrase) -> bool:
        """Whether two phrases with one noun tell it apart: "the east wing" and "the west wing", "the museum" and "the rival museum"."""
        if bool(self.more & _RIVALS) != bool(other.more & _RIVALS):
            return True
        return bool(self.more and other.more) and not self.more & other.more


def _of_another(a: Claim, b: Claim) -> bool:
    """Whether one is somebody else's than the other: "Tesla", "Tesla's rivals"."""
    return any(
        other[: len(one)].lower() == one.lower() and _OWNED.fullmatch(other[len(one) :]) is not None
        for one, other in permutations((_plain(a.whose or ""), _plain(b.whose or "")))
    )


_OWNED = re.compile(r"['’]s? .+", re.IGNORECASE)


def _is_group(phrase: str) -> bool:
    """Whether those are counted themselves: "27 companies"."""
    return any(w[:1].isdigit() or w in _GROUPS for w in re.findall(r"[\w,]+", phrase.lower())[:2])


def _elsewhere(mine: str, yours: str) -> bool:
    """Whether two scenes exclude each other: two places or two happenings of different classes, or of different names."""
    left, right = scene(mine), scene(yours)
    if left is None or right is None or left[0] != right[0]:
        return False
    if left[1] != right[1]:
        return True
    one, other = _Phrase(mine), _Phrase(yours)
    if (one.names | one.where) and (other.names | other.where):
        return not (one.names | one.where) & (other.names | other.where)
    return left[0] == "place" and one.noun == other.noun and one.apart(other)


def _words(text: str) -> frozenset[str]:
    return frozenset(stem(w) for w in re.findall(r"[^\W\d_]+", text.lower()) if w not in _EMPTY and w != "s")


def _names(text: str) -> frozenset[str]:
    """The names in a phrase, without what is no name at its head: "The", "Both"; "Israeli" is of Israel."""
    return frozenset(name for name in named(text) if name not in _EMPTY | _TIMES)


def _noun(text: str) -> str:
    """The noun that a phrase is about: the last word before "of", "in" or "at"."""
    words = re.findall(r"[^\W\d_]+", re.split(r"\b(?:in|of|at)\b", text.lower())[0])
    return singular(words[-1]) if words else ""


def _plain(text: str) -> str:
    return re.sub(r"^The\b", "the", text)


__all__ = ["other_matter"]
