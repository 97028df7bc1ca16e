"""Names that cannot be one actor's unless somebody says so: evidence against a group that hangs together by one tie alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

from kg.identity import institutions as words
from kg.identity.people import Likeness, likeness, parse
from kg.identity.profiles import Profile, is_letters
from kg.identity.sounds import fold, near
from kg.model import EntityType

NamePair = frozenset[str]
"""Two names, as they are written."""


@dataclass(frozen=True, slots=True)
class Calling:
    """In how many articles each pair of unlike names is said to be one actor's, and in how many they stand as two actors."""

    one: Mapping[NamePair, int] = field(default_factory=dict)
    two: Mapping[NamePair, int] = field(default_factory=dict)

    def vouched(self, pair: NamePair) -> bool:
        """Whether a second article says that both are one, and more say so than name them as two."""
        return self.one.get(pair, 0) > max(1, self.two.get(pair, 0))

    def refuted(self, pair: NamePair) -> bool:
        """Whether as many articles name them as two actors as say that they are one."""
        return 0 < self.two.get(pair, 0) >= self.one.get(pair, 0)


def full_names(family: EntityType, names: Iterable[str]) -> tuple[str, ...]:
    """The names that can be unlike another: no letters, and of a person no lone word."""
    if family is EntityType.PERSON:
        return tuple(n for n in names if len(parse(n).words) > 1)
    return tuple(n for n in names if not is_letters(n))


def called(profile: Profile) -> Iterator[NamePair]:
    """The pairs of unlike names that one article gives to one actor: a tie between two groups that nothing else may hold."""
    if profile.family in (EntityType.UNNAMED, EntityType.DOCUMENT):
        return
    for a, b in combinations(full_names(profile.family, profile.names), 2):
        if unlike(profile.family, a, b):
            yield frozenset((a, b))


@lru_cache(maxsize=65536)
def unlike(family: EntityType, a: str, b: str) -> bool:
    """Whether two full names of one kind of actor have nothing that makes them spellings or forms of one name.

    >>> unlike(EntityType.PERSON, "Ana Ruiz", "Ana M. Ruiz"), unlike(EntityType.PERSON, "Ana Ruiz", "Ivo Ruiz")
    (False, True)
    >>> unlike(EntityType.ORGANISATION, "Harbour Board", "Lake Board"), unlike(EntityType.COUNTRY, "Burma", "Myanmar")
    (True, True)
    """
    if fold(a) == fold(b):
        return False
    if family is EntityType.PERSON:
        return likeness(a, b) <= Likeness.OTHER
    x, y = words.squeezed(a), words.squeezed(b)
    if near(x, y) or (words.is_government(a) and words.is_government(b)):
        return False
    if family is EntityType.PLACE:
        return not (set(_plain(a)) <= set(_plain(b)) or set(_plain(b)) <= set(_plain(a)))
    mine, yours = (set(words.tokens(n)) - words.QUALIFIERS for n in (a, b))
    return _adds(mine, yours) and _adds(yours, mine)


def _adds(mine: set[str], yours: set[str]) -> bool:
    """Whether one name has a word of which the other has no spelling."""
    return any(not any(near(words.squeezed(w), words.squeezed(v)) for v in yours) for w in mine)


def _plain(name: str) -> list[str]:
    return [w for w in fold(name).replace("-", " ").split() if w not in words.SMALL]


def rivals(family: EntityType, left: tuple[str, ...], right: tuple[str, ...], calling: Calling) -> tuple[bool, bool]:
    """Whether two actors' full names are all unlike, and whether articles name two of them as two actors."""
    if not left or not right or not all(unlike(family, a, b) for a in left for b in right):
        return False, False
    pairs = [frozenset((a, b)) for a in left for b in right]
    if any(calling.refuted(p) for p in pairs):
        return True, True
    return not any(calling.vouched(p) for p in pairs), False
