"""Which profiles are worth judging together: those that share a key.

Keys are broad (a bare family name) or close (a full name, a body's words or letters). A broad key that more than
``BROAD_LIMIT`` profiles share says too little and makes no pairs; under a close key every profile is judged with the
``PIVOTS`` profiles of smallest id that share it. So a profile costs a bounded number of judgements a key, however large
the store, and which pairs are judged depends on the set of profiles, never on their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.model import EntityType
from kg.resolve import institutions as words
from kg.resolve.people import parse
from kg.resolve.profiles import Profile, is_letters
from kg.resolve.sounds import fold, skeleton

BROAD_LIMIT = 40
"""So many profiles may share a broad key; where more do, it makes no pairs."""
PIVOTS = 40
"""With so many profiles of a close key each other one is judged."""

Key = tuple[bool, str]
"""Whether the key is a broad one, and its text."""


def keys(profile: Profile) -> frozenset[Key]:
    """The keys of a profile; none for nameless sources and documents, which are never known to be the same."""
    if profile.family is EntityType.PERSON:
        return frozenset(_person(profile))
    if profile.family in (EntityType.UNNAMED, EntityType.DOCUMENT):
        return frozenset()
    if profile.family is EntityType.PLACE:
        return frozenset((False, f"place {words.outline(n)}") for n in profile.names if words.outline(n))
    return frozenset(_body(profile))


def _person(profile: Profile) -> Iterator[Key]:
    offices = {
        w
        for o in profile.offices
        for w in (*words.tokens(o.title), *(t for n in (o.body.names if o.body else ()) for t in words.tokens(n)))
    }
    for name in profile.names:
        parsed = parse(name)
        if not parsed.words:
            continue
        family = skeleton(parsed.words[-1])[1:] or parsed.words[-1]  # first letters are confused too often
        yield True, f"family {family}"
        yield False, f"squeezed {skeleton(''.join(parsed.words))[1:]}"
        for word in offices:
            yield True, f"office {family} {word}"
        if len(parsed.words) > 1:
            # Without patronymics, and in any order.
            first, last = sorted((skeleton(parsed.words[0])[1:], family))
            yield False, f"person {first} {last}"
            yield False, f"start {skeleton(parsed.words[0])} {skeleton(parsed.words[1])}"
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
        if words.outline(name):
            yield False, f"sound {words.outline(name)}"
        if len(telling) > 1:
            yield False, f"outlines {' '.join(sorted(words.outline(w) for w in telling))}"
        if words.initials(name):
            yield False, f"letters {''.join(sorted(words.initials(name)))}"
        if profile.type is EntityType.GOVERNMENT and words.is_government(name):
            yield False, f"government {country}"
        for word in telling:
            yield True, f"word {word} {country}"


def pairs(members: Sequence[str], *, broad: bool) -> Iterator[tuple[str, str]]:
    """The pairs of profile ids to judge under one key, smaller id first.

    >>> list(pairs(["b", "a", "c"], broad=True))
    [('a', 'b'), ('a', 'c'), ('b', 'c')]
    """
    if broad and len(members) > BROAD_LIMIT:
        return
    ordered = sorted(members)
    for i, left in enumerate(ordered[:PIVOTS]):
        for right in ordered[i + 1 :]:
            yield left, right


def candidates(profiles: Iterable[tuple[str, Profile]]) -> list[tuple[str, str]]:
    """All pairs worth judging among ``profiles`` (id, profile), in order."""
    blocks: dict[Key, list[str]] = {}
    for pid, profile in profiles:
        for key in keys(profile):
            blocks.setdefault(key, []).append(pid)
    found: set[tuple[str, str]] = set()
    for (broad, _), members in blocks.items():
        if len(members) > 1:
            found.update(pairs(members, broad=broad))
    return sorted(found)
