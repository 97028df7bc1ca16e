"""Places inside a sentence: with the article that some take, and without the capitals of a dateline."""

from __future__ import annotations

import re

from kg.english.lists import listed

_NAMES = frozenset(listed("place_words", "with_the"))
_HEADS = frozenset(listed("place_words", "head_with_the"))


def place(name: str) -> str:
    """The name of a place as it stands inside a sentence.

    >>> place("Middle East"), place("Netherlands"), place("LOS ANGELES"), place("USA"), place("Mahakam River")
    ('the Middle East', 'the Netherlands', 'Los Angeles', 'the USA', 'the Mahakam River')
    """
    if name.isupper() and len(re.sub(r"\W", "", name)) > 3:
        name = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)
    low = name.lower()
    if low.startswith("the "):
        return f"the {name[4:]}"
    return f"the {name}" if low in _NAMES or low.rsplit(" ", 1)[-1] in _HEADS else name


def where(preposition: str, places: tuple[str, ...]) -> str:
    """The places behind a preposition, with a space before: " in Syria and Iraq"; "" for none. At most three are told."""
    names = list(dict.fromkeys(place(name) for name in places))[:3]
    if not names:
        return ""
    told = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f" {preposition} {told}"
