"""What a group of references is called: usual name and type, country, other names, and the ids that it might have.

Profiles are counted, not references, so that one more article that says the same changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from kg.english import known as everywhere
from kg.english.places import named as places_named
from kg.identity.profiles import Pair, Profile, is_letters
from kg.identity.sounds import fold
from kg.identity.unlike import Calling, unlike
from kg.model import EntityType, Reference, digest, slug

_ITEM = re.compile(r"Q\d+")
_LONG: Final = 3  # what a profile counts that gives a person more than given and family name
_NAMELESS = (EntityType.UNNAMED, EntityType.DOCUMENT)


@dataclass(frozen=True, slots=True)
class Named:
    """A group by itself: ``land`` and ``called`` are the names by which it finds its country and is found as one, folded. Its id is
    ``everywhere``, the one of a thing that is the same in every store, else the readable ``base``; ``mark`` tells it from others
    of this base.
    """

    type: EntityType
    name: str
    aliases: tuple[str, ...]
    codes: tuple[str, ...]
    item: str | None
    land: str | None
    called: str | None
    base: str
    mark: str
    everywhere: str | None


def named(members: Sequence[Pair], profiles: Sequence[Profile], names: Collection[str], calling: Calling) -> Named:
    """What a group is called: the nodes that are its ``members``, in order, with their profiles, and all their ``names``."""
    name, kind, country = usual_name(profiles), usual_type(profiles), home_country(profiles)
    nameless = profiles[0].family in _NAMELESS
    mark = digest(profiles[0].own)[:10] if nameless else group_hash(members)
    found = everywhere.find(kind, name, country)
    return Named(
        kind, name, _aliases(names, name, kind, calling), found.codes if found is not None else (),
        _item(profiles) or (found.item if found is not None else None), fold(country) if country else None,
        fold(name) if kind is EntityType.COUNTRY else None,
        f"{slug(name)}_{mark}" if nameless else qualified(name, kind, country, home_body(profiles)), mark,
        f"country/{found.codes[0]}" if found is not None and found.codes else None,
    )  # fmt: skip


def candidates(base: str, mark: str, at_first: str | None = None) -> Iterator[str]:
    """The ids that a group might have, the best first: ``at_first`` that of a thing which is the same everywhere.

    >>> from itertools import islice
    >>> list(islice(candidates("ana-ruiz", "ab12"), 3))
    ['ana-ruiz', 'ana-ruiz_ab12', 'ana-ruiz_ab12_2']
    """
    if at_first is not None:
        yield at_first
    yield base
    yield f"{base}_{mark}"
    yield from (f"{base}_{mark}_{n}" for n in count(2))


def rank(size: int, mark: str, base: str) -> tuple[int, str, str]:
    """The order in which groups of so many nodes that had no id take one."""
    return -size, mark, base


def most_told(wholes: Iterable[tuple[str, str]]) -> str | None:
    """Of the bodies (id, mark) that something is told to be a part of, the one that is told most often: not by the id, which depends
    on what was there before.
    """
    found = Counter(wholes)
    best = min(found, key=lambda w: (-found[w], w[1], w[0]), default=None)
    return best[0] if best is not None else None


def _aliases(names: Collection[str], name: str, kind: EntityType, calling: Calling) -> tuple[str, ...]:
    """All other names, without those that belong to another actor as more articles have it ("Austria" beside "Peru")."""
    own = {n for n in names if not unlike(kind.family, name, n)}
    wrong = {n for n in {*names} - own if any(calling.refuted(frozenset((n, o))) for o in own)}
    return tuple(sorted({*names} - wrong - {name}))


def shared_names(reference: Reference, profile: Profile) -> set[str]:
    """All names of a reference, as its entity shows them; a name with letters in brackets counts as two."""
    return {*profile.names, *(n for n in (reference.name, *reference.aliases) if not n.endswith(")"))}


def _distinct(group: Sequence[Profile]) -> list[Profile]:
    return list({p.id: p for p in group}.values())


def group_hash(nodes: Sequence[Pair]) -> str:
    """What tells a group from its namesakes: a hash of its smallest profile, which newcomers seldom change."""
    return min(((bool(a), k if not a else digest(a, k)) for a, k in nodes))[1][:8]


def usual_name(group: Sequence[Profile]) -> str:
    """The name that most distinct profiles give, letters only where no name is. For people one of two words before a lone one, and one of
    three before one of two unless far more profiles give that: "Donald J. Trump" of two is his name beside "Donald Trump" of four,
    "Crooked Hillary Clinton" of one is none beside "Hillary Clinton" of ten.
    """
    names = Counter(p.names[0] for p in _distinct(group))
    full = (
        [n for n in names if not is_letters(n)]
        or sorted({n for p in group for n in p.names if not is_letters(n)})
        or list(names)
    )
    if group[0].family is EntityType.PERSON:
        size = {n: len(n.split()) for n in full}
        return min(full, key=lambda n: (-min(size[n], 2), -names[n] * (_LONG if size[n] > 2 else 1), -len(n), n))
    return min(full, key=lambda n: (-names[n], -len(n), n))


def _item(group: Sequence[Profile]) -> str | None:
    """The item of Wikidata that a user's list gives; ids of the list are items where it has them."""
    items = {p.listed for p in group if _ITEM.fullmatch(p.listed)}
    return min(items) if len(items) == 1 else None


def usual_type(group: Sequence[Profile]) -> EntityType:
    """The type that most profiles have; a finer one wins over plain organisation and place."""
    kinds = Counter(p.type for p in _distinct(group))
    plain = (EntityType.ORGANISATION, EntityType.PLACE)
    return min(kinds, key=lambda t: (t in plain, -kinds[t], t.value))


def home_country(group: Sequence[Profile]) -> str | None:
    """The country that the text gives to most profiles."""
    found = Counter(p.country for p in _distinct(group) if p.country)
    return min(found, key=lambda c: (-found[c], c)) if found else None


def home_body(group: Sequence[Profile]) -> str | None:
    """The name of the body that most profiles are a part of."""
    found = Counter(p.whole.names[0] for p in _distinct(group) if p.whole is not None)
    return min(found, key=lambda name: (-found[name], name)) if found else None


def qualified(name: str, kind: EntityType, country: str | None, body: str | None) -> str:
    """A readable id: the name, and behind it the country of a body or place, or else the body that it is a part of, where the
    name does not say it.

    >>> qualified("Interior Ministry", EntityType.MINISTRY, "Peru", None), qualified("Kenyan police", EntityType.SECURITY_SERVICE, "Kenya", None)
    ('interior-ministry_peru', 'kenyan-police')
    """
    own = slug(name)
    if kind is EntityType.COUNTRY or kind.family not in (EntityType.ORGANISATION, EntityType.PLACE):
        return own
    more = country or body
    if more is None or slug(more) in own or (country is not None and country in places_named(name)):
        return own
    return f"{own}_{slug(more)}"
