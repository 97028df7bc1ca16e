"""Which profiles are worth judging together: those that share a key.

Keys are broad (a bare family name) or close (a full name, a body's words or letters). A broad key that more than
``BROAD_LIMIT`` profiles share says too little and makes no pairs. The profiles that share a close key stand in a line, in
order of country and name (:func:`place_in_line`), and each is judged with the ``WINDOW`` before it and behind it: the sorted
neighbourhood of Hernández and Stolfo (The merge/purge problem, 1995). So a profile costs a bounded number of judgements a
key, however large the store, and which pairs are judged depends on the set of profiles, never on their order.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kg.identity import institutions as words
from kg.identity.people import parse, title_words
from kg.identity.profiles import Profile, is_letters
from kg.identity.sounds import PARTICLES, coarse, fold
from kg.model import EntityType

BROAD_LIMIT = 16
"""So many profiles may share a broad key; where more do, it makes no pairs."""
WINDOW = 12
"""So many profiles on each side in the line of a close key are judged with each."""

Key = tuple[bool, str]
"""Whether the key is a broad one, and its text."""


@lru_cache(maxsize=16384)
def keys(profile: Profile) -> frozenset[Key]:
    """The keys of a profile; none for nameless sources and documents, which are never known to be the same."""
    return _by_names(profile) | ({(False, f"listed {profile.listed}")} if profile.listed else frozenset())


def _by_names(profile: Profile) -> frozenset[Key]:
    if profile.family is EntityType.PERSON:
        return frozenset(_person(profile))
    if profile.family in (EntityType.UNNAMED, EntityType.DOCUMENT):
        return frozenset()
    if profile.family is EntityType.PLACE:
        return frozenset((False, f"place {_coarse(_place(n))}") for n in profile.names)
    found = frozenset(_body(profile))
    # A body whose name says nothing of its country is judged with few others only, under keys of its own kind.
    broad = frozenset((True, key) for _, key in found)
    if profile.own:
        return broad
    return found | broad if any(words.is_generic(n) or is_letters(n) for n in profile.names) else found


def place_in_line(profile: Profile, pid: str) -> str:
    """What profiles that share a close key are sorted by: country, then name, then id."""
    return f"{profile.country or profile.home or ''}\t{fold(profile.names[0])}\t{pid}"


def pairs(broad: bool, size: int) -> Iterator[tuple[int, int]]:
    """The places of a line of so many profiles, from 0, that a key which all of them have makes pairs of.

    >>> list(pairs(True, 3)), len(list(pairs(True, BROAD_LIMIT + 1))), (0, WINDOW + 1) in set(pairs(False, 20))
    ([(0, 1), (0, 2), (1, 2)], 0, False)
    """
    if broad and size > BROAD_LIMIT:
        return
    for i in range(size):
        for j in range(i + 1, size if broad else min(size, i + WINDOW + 1)):
            yield i, j


def _coarse(sound: str) -> str:
    """The classes of consonants of a sound key, or the key itself where there are none ("Li")."""
    return coarse(sound) or sound


def _place(name: str) -> str:
    return words.squeezed(" ".join(w for w in fold(name).replace("-", " ").split() if w not in PARTICLES) or name)


def _person(profile: Profile) -> Iterator[Key]:
    for name in profile.names:
        parsed = parse(name)
        if not parsed.words:
            continue
        sounds = [_coarse(w) for w in parsed.words]
        family = sounds[-1]
        yield True, f"family {family}"
        for office in profile.offices:
            yield False, f"office {family} {' '.join(sorted(title_words(office.title)))}"
            for body in office.body.names if office.body is not None else ():
                yield True, f"body {family} {' '.join(sorted(words.tokens(body)))}"
        if len(sounds) > 1:
            first, last = sorted((sounds[0], family))
            yield False, f"person {first} {last}"  # without patronymics, and in any order
            yield False, f"squeezed {_coarse(''.join(parsed.words))}"
            yield False, f"all {' '.join(sorted(sounds))}"
            yield False, f"start {sounds[0]} {sounds[1]}"
            yield False, f"initial {parsed.words[0][:1]} {family}"


def _body(profile: Profile) -> Iterator[Key]:
    country = profile.country or profile.home
    for name in profile.names:
        if is_letters(name):
            yield False, f"letters {''.join(sorted(words.letters(name)))}"
            continue
        telling = words.tokens(name, country)
        yield False, f"words {' '.join(sorted(telling))}"
        yield False, f"short {' '.join(sorted(set(telling) - words.QUALIFIERS)) or fold(name)}"
        yield False, f"sound {_coarse(words.squeezed(name))}"
        if len(telling) > 1:
            yield False, f"sounds {' '.join(sorted(_coarse(words.squeezed(w)) for w in telling))}"
        known = words.known_letters(name)
        for letters in {*words.initials(name), *([known] if known else ())}:
            yield False, f"letters {''.join(sorted(letters))}"
        if profile.type is EntityType.GOVERNMENT and words.is_government(name):
            yield False, f"government {country}"
        for word in telling:
            if word not in words.HEADS and (country or not words.is_generic(word)):
                yield True, f"word {word} {country}"
