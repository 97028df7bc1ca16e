"""Groups of references → entities: a readable id, the usual name, type, country, and the body that it is part of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kg.model import Entity, EntityType, Reference, digest, slug
from kg.resolve.profiles import Pair, Profile, is_letters
from kg.resolve.sounds import fold

_NAMELESS = (EntityType.UNNAMED, EntityType.DOCUMENT)


def name_entities(
    groups: Sequence[Sequence[Pair]], references: Mapping[Pair, Reference], of: Mapping[Pair, Profile]
) -> list[Entity]:
    """The entities of ``groups``, in order of id. Namesakes are told apart by country, else by a hash of what they are."""
    named = [(usual_name([of[p] for p in group]), home_country([of[p] for p in group]), group) for group in groups]
    taken = Counter(slug(name) for name, _, _ in named)
    with_country = Counter((slug(name), country) for name, country, _ in named)
    ids: dict[Pair, str] = {}
    rows: list[tuple[str, str, str | None, Sequence[Pair]]] = []
    for name, country, group in named:
        base = slug(name)
        if of[group[0]].family in _NAMELESS:
            base = f"{base}-{digest(*group[0])[:10]}"
        elif taken[base] > 1:
            alone = country and with_country[base, country] == 1
            base = f"{base}-{slug(str(country))}" if alone else f"{base}-{group_hash([of[p] for p in group])}"
        rows.append((base, name, country, group))
        ids.update(dict.fromkeys(group, base))
    lands = {
        fold(name): eid for eid, name, _, group in rows if usual_type([of[p] for p in group]) is EntityType.COUNTRY
    }
    out = []
    for eid, name, country, group in rows:
        wholes = Counter(ids[p[0], str(references[p].part_of)] for p in group if (p[0], references[p].part_of) in ids)
        home = lands.get(fold(country)) if country else None
        out.append(
            Entity(
                id=eid,
                type=usual_type([of[p] for p in group]),
                name=name,
                aliases=tuple(sorted({n for p in group for n in _all_names(references[p], of[p])} - {name})),
                country=home if home != eid else None,
                part_of=min((w for w in wholes if w != eid), key=lambda w: (-wholes[w], w), default=None),
                references=tuple(sorted(group)),
            )
        )
    return sorted(out, key=lambda e: e.id)


def _all_names(reference: Reference, profile: Profile) -> tuple[str, ...]:
    bracketed = {n for n in (reference.name, *reference.aliases) if n.endswith(")")}
    return tuple(
        dict.fromkeys([*profile.names, *(n for n in (reference.name, *reference.aliases) if n not in bracketed)])
    )


def group_hash(group: Sequence[Profile]) -> str:
    """What tells a group from namesakes in its id: a hash of its smallest profile, which newcomers seldom change."""
    return min(p.id for p in group)[:6]


def usual_name(group: Sequence[Profile]) -> str:
    """The name that most distinct profiles give; for people the one of most words first, letters only where no name is.

    Profiles are counted, not references, so that one more article that says the same changes nothing.
    """
    names = Counter(p.names[0] for p in {p.id: p for p in group}.values())
    full = (
        [n for n in names if not is_letters(n)]
        or sorted({n for p in group for n in p.names if not is_letters(n)})
        or list(names)
    )
    if group[0].family is EntityType.PERSON:
        return min(full, key=lambda n: (-min(len(n.split()), 3), -names[n], -len(n), n))
    return min(full, key=lambda n: (-names[n], -len(n), n))


def usual_type(group: Sequence[Profile]) -> EntityType:
    """The type that most profiles have; a finer one wins over plain organisation and place."""
    kinds = Counter(p.type for p in {p.id: p for p in group}.values())
    plain = (EntityType.ORGANISATION, EntityType.PLACE)
    return min(kinds, key=lambda t: (t in plain, -kinds[t], t.value))


def home_country(group: Sequence[Profile]) -> str | None:
    """The country that the text gives to most profiles."""
    found = Counter(p.country for p in {p.id: p for p in group}.values() if p.country)
    return min(found, key=lambda c: (-found[c], c)) if found else None
