"""The names of bodies: their words in one spelling, their letters, and whether they say which country's body it is.

"Interior Ministry" is the name of a hundred bodies, "Islamic State" of one. The lists hold the words of institutions in
general, never a body of one country.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.english.lists import listed, records
from kg.identity.sounds import fold, skeleton
from kg.identity.sounds import key as sound

SMALL = frozenset(listed("identity_words", "small"))
QUALIFIERS = frozenset(listed("identity_words", "qualifier"))
"""Words that the full name of a body has and its short name leaves out."""

# Words of several languages and spellings of English for one thing.
_CANONICAL = {row["word"]: row["canonical"] for row in records("canonical_words")}
# What may fall away once the ministry is named: "Ministry of Internal Affairs" is the Interior Ministry.
_FILLERS = frozenset({"affairs"})
_LEGAL = frozenset(listed("identity_words", "legal"))
HEADS = frozenset(listed("identity_words", "head"))
"""The words that say what kind of body a name is that of: too many share them to tell anything."""
_GENERIC = QUALIFIERS | frozenset(listed("identity_words", "generic"))
_GOVERNMENT = frozenset(listed("identity_words", "government"))
INTERNATIONAL = frozenset(listed("identity_words", "international"))
"""Letters of bodies that belong to no country, and so are the same in articles about any."""


@lru_cache(maxsize=65536)
def tokens(name: str, country: str | None = None) -> tuple[str, ...]:
    """The telling words of a body's name, in order and in one spelling; legal forms and its country left out.

    >>> tokens("Ministry of Internal Affairs of Kenya", "Kenya"), tokens("the Interior Ministry")
    (('ministry', 'interior'), ('interior', 'ministry'))
    """
    away = set(re.findall(r"\w+", fold(country))) if country else set()
    words = [w for w in re.findall(r"[^\W_]+", re.sub(r"'s\b", "", fold(name))) if w not in SMALL and w not in away]
    words = [_CANONICAL.get(w, w) for w in words]
    if "ministry" in words and len(words) > 2:
        words = [w for w in words if w not in _FILLERS]
    kept = [w for w in words if w not in _LEGAL]
    return tuple(kept or words)


def is_generic(name: str, country: str | None = None) -> bool:
    """Whether a name could be that of a body of any country.

    >>> is_generic("National Security Committee"), is_generic("Boko Haram")
    (True, False)
    """
    return all(w in _GENERIC for w in tokens(name, country))


def is_government(name: str) -> bool:
    """Whether a name means the government of a country as a whole ("the government", "the authorities")."""
    words = tokens(name)
    return bool(words) and words[-1] in _GOVERNMENT and len(words) <= 2


@lru_cache(maxsize=65536)
def initials(name: str) -> frozenset[str]:
    """The first letters of a name of three words or more, small words left out; with a hyphen, in both ways.

    >>> sorted(initials("Asia-Pacific Fish Board"))
    ['afb', 'apfb']
    """
    found = set()
    for pattern in (r"[^\W\d_]+", r"[^\W\d_]+(?:-[^\W\d_]+)*"):
        words = [w for w in re.findall(pattern, name) if w.lower() not in SMALL]
        if len(words) > 2:
            found.add("".join(w[0] for w in words).lower())
    return frozenset(found)


@lru_cache(maxsize=65536)
def letters(name: str) -> str:
    """The letters of an abbreviation without signs between them: "RFE/RL" is "rferl"."""
    return re.sub(r"[^a-z]", "", fold(name))


@lru_cache(maxsize=65536)
def squeezed(name: str) -> str:
    """All words of a name as they sound, in one piece: "Hizb ut-Tahrir" and "Hizbut Tahrir" are the same."""
    return sound("".join(re.findall(r"[^\W\d_]+", fold(name))))


def outline(name: str) -> str:
    """The consonants of :func:`squeezed`, for finding candidates."""
    return skeleton(squeezed(name))
