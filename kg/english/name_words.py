"""Words inside names that tell what is named: given names, endings of family names, heads of places and bodies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from kg.english import calendar, kinds, lists


@cache
def given_names() -> frozenset[str]:
    """Given names of many languages, as written."""
    return frozenset(name for row in lists.records("given_names") for name in lists.entries(row["names"], by=" "))


@lru_cache(maxsize=1 << 16)
def ends_like_surname(word: str) -> bool:
    """Whether a word ends as family names of some languages do.

    >>> ends_like_surname("petrovych"), ends_like_surname("kovalenko"), ends_like_surname("table")
    (False, True, False)
    """
    return any(word.endswith(end) and len(word) >= least + len(end) for least, end in _endings())


@cache
def particles() -> frozenset[str]:
    """The small words inside the names of persons that come and go with the spelling: "al-Sisi", "el Sisi", "Sisi"."""
    return lists.groups("name_words", "kind")["particle"]


@cache
def articles() -> frozenset[str]:
    """Forms of the Arabic article before some consonants ("as-Sisi"): particles too, but English words outside a name."""
    return lists.groups("name_words", "kind")["article"]


@cache
def times() -> frozenset[str]:
    """Words with a capital that are dates or times and no names, months (in full and short) and days among them."""
    short = {name.lower() for name in calendar.SHORT}
    months = short | {f"{name}." for name in short} | calendar.NUMBER_OF.keys()
    return lists.groups("name_words", "kind")["time"] | months | weekdays()


@cache
def short_months() -> frozenset[str]:
    """Months as they are shortened, which are words of names too: "Viña del Mar".

    >>> sorted(short_months())[:3]
    ['apr', 'aug', 'dec']
    """
    return frozenset(name.lower() for name in calendar.SHORT)


@cache
def unfollowed() -> frozenset[str]:
    """Last words of names that are no actor's: those of events, works, laws, peoples and days."""
    return lists.groups("name_words", "kind")["event"] | weekdays()


@cache
def weekdays() -> frozenset[str]:
    """The days of the week, in lower case."""
    return frozenset(day.lower() for day in calendar.WEEKDAYS)


def is_initial(word: str) -> bool:
    """A letter with a full stop, as in "John F. Kennedy"."""
    return len(word) == 2 and word.endswith(".") and word[0].isupper()


def opens_with(word: str) -> bool:
    """Whether a body's or an office's name can go on after "of" or "for" from this word ("House", "Ministry")."""
    return kinds.has_head(word) or word.lower() in lists.groups("name_words", "kind")["opening"]


@cache
def of_places(*positions: str) -> frozenset[str]:
    """The words that make a name a place's, standing ``"before"`` or ``"after"`` its own name."""
    return frozenset(
        w for row in lists.records("place_heads") if row["position"] in positions for w in lists.entries(row["words"])
    )


@cache
def place_kinds(position: str) -> dict[str, str]:
    """Kind of place by the word that stands ``"before"`` or ``"after"`` a place's own name."""
    rows: Sequence[dict[str, str]] = lists.records("place_heads")
    return {
        w: row["kind"] for row in reversed(rows) if row["position"] == position for w in lists.entries(row["words"])
    }


@cache
def _endings() -> tuple[tuple[int, str], ...]:
    return tuple(
        (int(row["least"]), end) for row in lists.records("surname_endings") for end in lists.entries(row["endings"])
    )
