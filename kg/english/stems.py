"""The content words of a text without their endings, to tell whether two texts say the same."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.english.events import events
from kg.english.inflection import past_forms, singular
from kg.english.lists import listed

STOP = frozenset(listed("function_words", "stop"))
"""Words that are no content of a sentence."""

_COLOURLESS = frozenset(listed("function_words", "colourless"))


@lru_cache(maxsize=1 << 15)
def stems(text: str) -> frozenset[str]:
    """The content words that are no names: names tell who, and the actors are compared by themselves."""
    words = re.findall(r"[^\W\d_][\w-]*", text)
    plain = (w for i, w in enumerate(words) if not w[:1].isupper() or (i == 0 and w.lower() in STOP))
    return frozenset(s for w in plain if w.lower() not in STOP and (s := stem(w.lower())) not in _COLOURLESS)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The word without the endings of number, tense and adverbs; irregular participles lead to their verb.

    >>> [stem(w) for w in ("carried", "killed", "attacks", "bombing", "won", "banned")]
    ['carry', 'kill', 'attack', 'bomb', 'win', 'ban']
    """
    word = singular(word)
    if word in _irregular():
        return _irregular()[word]
    for ending, put in (("ied", "y"), ("ing", ""), ("ed", ""), ("ly", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            base = word[: -len(ending)] + put
            if re.search(r"([bdgmnprt])\1$", base):
                base = base[:-1]
            return base
    return word.rstrip("e") if len(word) > 4 else word


@cache
def _irregular() -> dict[str, str]:
    known: dict[str, str] = {}
    for e in events().values():
        if " " not in e.participle:
            known.setdefault(e.participle, e.lemma)
    return past_forms() | known | {"dead": "dead"}
