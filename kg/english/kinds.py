"""What kind of body a name or a description tells of, by its head words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from kg.english.inflection import plural, singular
from kg.english.lists import entries, listed, longest_by_start, records, rows
from kg.english.places import country_codes
from kg.model import EntityType

_COMMON = frozenset(listed("body_words", "common"))
_MEDIA = frozenset(listed("body_words", "medium"))
_OUTLETS = frozenset(listed("body_words", "outlet"))
# After these the rest of the name says what the body is about: "Ministry of …", "Department for …".
_LINKS = frozenset(listed("body_words", "link"))


@lru_cache(maxsize=20_000)
def of_name(text: str) -> EntityType | None:
    """The type that a name's or description's head words tell, or ``None`` where they tell of no body.

    >>> [of_name(t).value for t in ("Ministry of Health", "Border Guard Service", "Unity Party", "Daily Echo Radio")]
    ['ministry', 'security_service', 'movement', 'news_organisation']
    >>> of_name("Zanzibar") is None
    True
    """
    known = body(text)
    if known:
        return known[0]
    lower = text.lower().replace("’", "'").split()
    if len(lower) > 1 and lower[0] in _MEDIA:
        return EntityType.NEWS_ORGANISATION
    return _by_head(lower) if lower else None


def is_media(word: str) -> bool:
    """Whether a word before a name says that it is a paper, a station or an agency: "the daily NAME", "radio NAME"."""
    return word.lower() in _MEDIA or word.lower() in _OUTLETS


def body(name: str) -> tuple[EntityType, str | None] | None:
    """Type and country of a widely known body ("Kremlin"), or ``None``. Case counts, hyphens do not.

    >>> body("Hizb-ut-Tahrir") == body("Hizb ut-Tahrir") != None
    True
    """
    bare = name[4:] if name[:4] in ("the ", "The ") else name
    found = _bodies().get(bare) or _bodies().get(name)
    return found or (_unhyphened().get(name.replace("-", " ")) if "-" in name else None)


def has_head(word: str) -> bool:
    """Whether the word alone, as the last of a name, makes it the name of a body ("Ministry", "Party")."""
    return word.lower() in _single_heads()


def is_thing(noun: str) -> bool:
    """Whether a common noun tells of something that never speaks: "belief", "crises", "the opportunity"; papers and bodies do.

    >>> [is_thing(w) for w in ("belief", "crises", "happiness", "community", "report", "Spence")]
    [True, True, True, False, False, False]
    """
    one = singular(noun)
    return one in _things() or (noun.islower() and one.endswith(_thing_ends()) and one not in _voiced())


@cache
def _things() -> frozenset[str]:
    return frozenset(listed("source_words", "thing"))


@cache
def _thing_ends() -> tuple[str, ...]:
    return listed("source_words", "thing_end")


@cache
def _voiced() -> frozenset[str]:
    """Nouns with such an ending that speak: bodies, papers, and what somebody says ("criticism")."""
    return frozenset((*listed("source_words", "voiced"), *(row[0] for row in rows("nominal_cues"))))


@cache
def starts() -> dict[str, int]:
    """The number of words of the longest known body's name by its first word."""
    return longest_by_start(_bodies())


def _by_head(lower: Sequence[str]) -> EntityType | None:
    """The head is what stands before the first "of" or "for", else the end; the whole name may hold the other word."""
    cut = next((i for i, word in enumerate(lower) if word in _LINKS and i), len(lower))
    ends = [lower[:cut]] + ([list(lower)] if cut < len(lower) else [])
    whole = set(lower) | {" ".join(lower[i : i + 2]) for i in range(len(lower))}
    for end in ends:
        heads = {end[-1], " ".join(end[-2:]), " ".join(end[-3:])}
        for kind, others, own in _heads():
            if heads & own and (not others or (whole - heads) & others or others & {" ".join(end[-2:])}):
                return kind
    return None


@cache
def _heads() -> tuple[tuple[EntityType, frozenset[str], frozenset[str]], ...]:
    return tuple(
        (EntityType(row["type"]), frozenset(entries(row["with"])), frozenset(entries(row["words"])))
        for row in records("organisation_heads")
    )


@cache
def _single_heads() -> frozenset[str]:
    found = {word for _, _, entries in _heads() for word in entries if " " not in word}
    return frozenset(found | {plural(word) for word in found if not word.endswith("s")})


@cache
def _unhyphened() -> dict[str, tuple[EntityType, str | None]]:
    return {name.replace("-", " "): found for name, found in _bodies().items() if "-" in name}


@cache
def _bodies() -> dict[str, tuple[EntityType, str | None]]:
    found: dict[str, tuple[EntityType, str | None]] = {}
    for row in records("bodies"):
        for name in entries(row["names"]):
            found.setdefault(name, (EntityType(row["type"]), country_codes().get(row["code"])))
    return found


def is_common(text: str) -> bool:
    """Whether many countries have a body of this name, so that a nationality before it is no part of it.

    >>> [is_common(t) for t in ("Foreign Ministry", "Democratic Forces", "Supreme Court", "Orthodox Church")]
    [True, False, True, False]
    """
    kind = of_name(text)
    if kind in (EntityType.MINISTRY, EntityType.GOVERNMENT, EntityType.SECURITY_SERVICE):
        return text.split()[-1].lower() not in ("forces", "force") or text.lower().split()[0] in (
            "security",
            "armed",
            "special",
        )
    return text.split()[-1].lower() in _COMMON
