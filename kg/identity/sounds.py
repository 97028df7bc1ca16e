"""Names as they sound: spellings of one name in several scripts and romanisations fall together in one key.

The tables hold spellings of sounds, not names. Scripts that they do not know keep their letters: such names are the
same only where they are written alike.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from kg.english.name_words import articles, particles

PARTICLES = particles() | articles()
"""Words between the names of a person that come and go with the spelling ("al-Sisi", "el Sisi", "Sisi")."""

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґөүңқғұһәў",
        ["a", "b", "v", "g", "d", "e", "yo", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh",
         "shch", "", "y", "", "e", "yu", "ya", "i", "i", "ye", "g", "o", "u", "n", "k", "g", "u", "h", "a", "u"],
        strict=True,
    )
)  # fmt: skip
# Letters that Unicode does not take apart into a plain letter and an accent.
_LATIN = {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "e", "œ": "e", "ə": "a", "ð": "d", "þ": "t", "ŋ": "n"}
_LETTERS = _CYRILLIC | _LATIN
# Spellings of one sound in romanised names, longest first; the key keeps one of each.
_SOUNDS = (
    ("shch", "s"), ("sch", "s"), ("dzh", "j"), ("kh", "h"), ("zh", "j"), ("dj", "j"), ("dsch", "j"), ("tsch", "c"), ("tch", "c"), ("ts", "c"), ("tz", "c"), ("ch", "c"),
    ("cz", "c"), ("sh", "s"), ("sz", "s"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("gh", "g"), ("ck", "k"), ("q", "k"), ("x", "ks"), ("w", "v"),
    ("yj", "i"), ("ij", "i"), ("iy", "i"), ("yi", "i"), ("ay", "ai"), ("ey", "ei"), ("oy", "oi"), ("uy", "ui"), ("ye", "e"), ("yo", "o"), ("yu", "u"),
    ("ya", "a"), ("ia", "a"), ("iu", "u"), ("io", "o"), ("ou", "u"), ("oo", "u"), ("ue", "u"), ("oe", "o"), ("ee", "i"), ("y", "i"),
)  # fmt: skip
_ENDINGS = (("off", "ov"), ("eff", "ev"), ("ow", "ov"), ("ew", "ev"))
_VOWELS = "aeiou"
# First letters that romanisations confuse: Gaddafi and Kadhafi, Yusuf and Jusuf, Zelensky and Selenskyj.
_FIRST = ("gk", "gj", "ij", "sz", "cs", "hk", "eo", "ou")
# A name of so many letters may differ in one and is still the same name.
_LONG = 6


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """One word of a name as it sounds: transliterated, without accents, silent signs and doubled letters.

    >>> key("Sulaymanov") == key("Sulaimanov") == key("Сулайманов")
    True
    >>> key("Abykaev") == key("Abykayev") == key("Abyqaev")
    True
    """
    lower = unicodedata.normalize("NFC", word).lower()
    plain = unicodedata.normalize("NFKD", "".join(_LETTERS.get(ch, ch) for ch in lower))
    latin = re.sub(r"[^a-z]", "", plain.encode("ascii", "ignore").decode())
    if not latin:  # another script: its letters are the key
        return re.sub(r"[\W\d_]", "", lower)
    for ending, sound in _ENDINGS:
        if latin.endswith(ending) and len(latin) > len(ending) + 2:
            latin = latin[: -len(ending)] + sound
    for spelling, sound in _SOUNDS:
        latin = latin.replace(spelling, sound)
    latin = re.sub(rf"(?<=[{_VOWELS}])i(?=[{_VOWELS}])", "", latin)
    return re.sub(r"(.)\1+", r"\1", latin)


def tables() -> dict[str, list[list[str]]]:
    """What :func:`key` works with, in the order in which it is applied, for those who hear names elsewhere."""
    return {
        "letters": [[letter, sound] for letter, sound in _LETTERS.items()],
        "endings": [list(pair) for pair in _ENDINGS],
        "spellings": [list(pair) for pair in _SOUNDS],
    }


@lru_cache(maxsize=65536)
def skeleton(sound: str) -> str:
    """The consonants of a key, and its first letter: what survives most spellings.

    >>> skeleton(key("Mohammed")) == skeleton(key("Muhammad"))
    True
    """
    return re.sub(rf"(?<!^)[{_VOWELS}]", "", sound)


_CLASSES = str.maketrans({"g": "k", "h": "k", "p": "b", "t": "d", "z": "s", "c": "s", "j": "s", "f": "v"})


@lru_cache(maxsize=65536)
def coarse(sound: str) -> str:
    """The consonants in classes of sounds that spellings confuse, without the first letter: for finding candidates."""
    return re.sub(r"(.)\1+", r"\1", skeleton(sound)[1:].translate(_CLASSES))


@lru_cache(maxsize=65536)
def near(a: str, b: str) -> bool:
    """Whether two keys are spellings of one name: equal, the same consonants, or one letter apart in a long name."""
    if a == b:
        return bool(a)
    if not a or not b or not _same_start(a, b):
        return False
    shorter = min(len(a), len(b))
    if skeleton(a)[1:] == skeleton(b)[1:] and shorter >= 4:
        # Other vowels in their places, or one vowel more: "Hezbollah" and "Hizbullah", but not "Shabaab" and "Shabiba".
        limit = 2 if len(a) == len(b) and len(skeleton(a)) >= 3 else 1
        return DamerauLevenshtein.distance(a, b) <= limit
    return a[0] == b[0] and shorter >= _LONG and DamerauLevenshtein.distance(a, b) <= 1


def _same_start(a: str, b: str) -> bool:
    return a[0] == b[0] or any(a[0] in pair and b[0] in pair for pair in _FIRST)


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name without case, accents, leading article and kinds of apostrophe, for comparing as it is written.

    >>> fold("The Côte d’Ivoire")
    "cote d'ivoire"
    """
    plain = unicodedata.normalize("NFKD", "".join(_LATIN.get(ch, ch) for ch in name.casefold()))
    plain = "".join(ch for ch in plain if not unicodedata.combining(ch))
    return " ".join(re.sub(r"^the\s+", "", plain.replace("’", "'").replace("ʼ", "'")).split())
