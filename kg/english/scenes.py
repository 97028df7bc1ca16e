"""The scenes that figures are said of, by their nouns: "in the school", "at the rally", "by the fire"."""

from __future__ import annotations

import re
from functools import cache

from kg.english.inflection import singular
from kg.english.lists import records


@cache
def scenes() -> dict[str, tuple[str, str]]:
    """Kind (``"place"`` or ``"happening"``) and class of each noun, in the singular, that names a scene.

    >>> scenes()["hospital"], scenes()["blast"]
    (('place', 'hospital'), ('happening', 'violence'))
    """
    return {row["word"]: (row["kind"], row["class"]) for row in records("scenes")}


def scene(phrase: str) -> tuple[str, str] | None:
    """Kind and class of the scene that a phrase names, or ``None``: the last of its words that is in the list.

    >>> scene("the two village schools"), scene("the meeting")
    (('place', 'school'), None)
    """
    known = scenes()
    for word in reversed(re.findall(r"[^\W\d_]+", re.split(r"\b(?:in|of|at|near)\b", phrase.lower())[0])):
        for form in (word, singular(word)):
            if form in known:
                return known[form]
    return None
