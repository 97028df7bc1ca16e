"""The names of bodies: their words in one spelling, their letters, and whether they say which country's body it is.

"Interior Ministry" is the name of a hundred bodies, "Islamic State" of one. The lists hold the words of institutions in
general, never a body of one country.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.english import places
from kg.english.lists import alternation, entries, listed, records
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
_LEGAL_PHRASE = re.compile(
    rf"\b(?:open |closed |public )?(?:{'|'.join(map(fold, listed('identity_words', 'legal_phrase')))})\b"
)
SOLE = frozenset(listed("identity_words", "sole"))
"""Bodies of which a country has one."""
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")
HEADS = frozenset(listed("identity_words", "head"))
"""The words that say what kind of body a name is that of: too many share them to tell anything."""
_GENERIC = QUALIFIERS | frozenset(listed("identity_words", "generic"))
_GOVERNMENT = frozenset(listed("identity_words", "government"))
_LEVELS = frozenset(listed("identity_words", "level"))
INTERNATIONAL = frozenset(listed("identity_words", "international"))
"""Letters of bodies that belong to no country, and so are the same in articles about any."""


KNOWN = {row["letters"]: frozenset(fold(n) for n in entries(row["names"])) for row in records("known_letters")}
"""Letters that everybody knows, and the names that they stand for."""
_LETTERS_OF = {name: row for row, names in KNOWN.items() for name in names}


def known_letters(name: str) -> str | None:
    """The letters by which everybody knows the body of this name."""
    return _LETTERS_OF.get(fold(name))


@lru_cache(maxsize=65536)
def tokens(name: str, country: str | None = None) -> tuple[str, ...]:
    """The telling words of a body's name, in order and in one spelling; legal forms and its country left out.

    >>> tokens("Ministry of Internal Affairs of Kenya", "Kenya"), tokens("the Interior Ministry")
    (('ministry', 'interior'), ('interior', 'ministry'))
    >>> tokens("JSC Norvik Mining"), tokens("Norvik Mining Joint Stock Company")
    (('norvik', 'mining'), ('norvik', 'mining'))
    """
    whole = _DOTTED.sub(lambda found: found[0].replace(".", ""), fold(name))
    plain = _LEGAL_PHRASE.sub(" ", whole)
    if country:
        plain = _of_land(country).sub(" ", plain)
    found = _words(plain) or _words(whole)
    kept = [w for w in found if w not in _LEGAL]
    return tuple(kept or found)


def _words(text: str) -> list[str]:
    words = [w for w in re.findall(r"[^\W_]+", re.sub(r"'s\b", "", text)) if w not in SMALL]
    words = [_CANONICAL.get(w, w) for w in words]
    if "ministry" in words and len(words) > 2:
        words = [w for w in words if w not in _FILLERS]
    return words


@lru_cache(maxsize=512)
def _of_land(country: str) -> re.Pattern[str]:
    """The names of a country and its nationality words, as they stand in the name of a body."""
    named = {fold(n).replace(".", "") for n in (country, *places.words_of(country))}
    return re.compile(rf"\b(?:{alternation(sorted(named))})\b")


def is_generic(name: str, country: str | None = None) -> bool:
    """Whether a name could be that of a body of any country.

    >>> is_generic("National Security Committee"), is_generic("Boko Haram")
    (True, False)
    """
    return all(w in _GENERIC for w in tokens(name, country))


@lru_cache(maxsize=65536)
def is_government(name: str) -> bool:
    """Whether a name means the government of a country as a whole.

    >>> [is_government(n) for n in ("the authorities", "South Korean government", "Brandvik administration", "municipal government")]
    [True, True, False, False]
    """
    words = tokens(name)
    if not words or words[-1] not in _GOVERNMENT or words[0] in _LEVELS:
        return False
    first = " ".join(name.removeprefix("the ").split()[:-1])
    return len(words) == 1 or (len(words) == 2 and words[0] in _GENERIC) or places.nationality(first) is not None


@lru_cache(maxsize=65536)
def initials(name: str) -> frozenset[str]:
    """The first letters of a name of two words or more, small words left out; with a hyphen, in both ways.

    >>> sorted(initials("Asia-Pacific Fish Board"))
    ['afb', 'apfb']
    """
    found = set()
    for pattern in (r"[^\W\d_]+", r"[^\W\d_]+(?:-[^\W\d_]+)*"):
        words = [w for w in re.findall(pattern, name) if w.lower() not in SMALL]
        if len(words) > 1:
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
