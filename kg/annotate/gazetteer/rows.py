"""One row of a user's list: what it must be to be used, and the sentence where it is not."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from kg.english import kinds, lists, name_words, places
from kg.errors import shown
from kg.model import EntityType, Listed, ListedOffice, digest, slug

LONGEST = 200  # characters of a name
_ITEM = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d{0,11})")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_TWO_LETTERS = re.compile(r"[^\W\d_].*?[^\W\d_]")
_BAD = frozenset(("Cc", "Cs", "Co", "Cn"))  # categories of characters that no name has


@dataclass(slots=True)
class Row:
    """A row as the file has it: nothing is checked. ``where`` is its line."""

    where: str
    name: str = ""
    aliases: list[str] = field(default_factory=list)
    weak: list[str] = field(default_factory=list)
    type: str = ""
    office: str = ""
    body: str = ""
    since: str = ""
    until: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A row that can be used: an entry without its offices, the office with the name of its body, and what of it was left out."""

    entry: Listed
    office: ListedOffice | None = None  # its body is a name still
    left: tuple[str, ...] = ()


class RowError(ValueError):
    """Why a row cannot be used, as a sentence."""


def check(row: Row, file: str) -> Checked:
    """A row as an entry. Raises ``RowError`` for a row that cannot be used; single aliases that cannot are left out and told."""
    name = _name(row.name)
    office = _words(row.office)
    kind = _type(row.type, name, office)
    left: list[str] = []
    aliases, weak = (_aliases(given, name, left) for given in (row.aliases, row.weak))
    item = _item(row.item)
    since, until = _day(row.since), _day(row.until)
    if since and until and _bounds(since)[0] > _bounds(until)[1]:
        raise RowError(f"the office begins on {since} and ends before that, on {until}.")
    entry = Listed(
        item or f"{slug(name)}-{digest(kind, name.casefold())[:8]}", kind, name, aliases, weak, item,
        source=f"{file}, {row.where}",
    )  # fmt: skip
    if office and kind is not EntityType.PERSON:
        left.append(f"the office “{shown(office)}” is not used: only persons hold offices, and this is a {kind.value}.")
        office = ""
    held = ListedOffice(office, _words(row.body) or None, since, until) if office else None
    return Checked(entry, held, tuple(left))


def body_entry(name: str, source: str) -> Listed | None:
    """The entry of a body that only an office names; ``None`` where the name is none."""
    try:
        name = _name(name)
    except RowError:
        return None
    kind = _by_words(name) or EntityType.ORGANISATION
    return Listed(f"{slug(name)}-{digest(kind, name.casefold())[:8]}", kind, name, source=source)


def holds(office: ListedOffice, day: str | None) -> bool:
    """Whether an office is surely held on a day (EDTF, partial where it is); without interval it is held always.

    >>> office = ListedOffice("mayor", None, "2015", "2019-06")
    >>> holds(office, "2015-03-02"), holds(office, "2019"), holds(office, None), holds(ListedOffice("mayor"), None)
    (True, False, False, True)
    """
    if not (office.since or office.until):
        return True
    found = _DATE.fullmatch(day or "")
    if found is None:
        return False
    first, last = _bounds(found[0])
    return (not office.since or _bounds(office.since)[0] <= first) and (
        not office.until or last <= _bounds(office.until)[1]
    )


def _name(text: str) -> str:
    name = _words(text)
    if not name:
        raise RowError("it has no name.")
    if len(name) > LONGEST:
        raise RowError(f"its name has {len(name):,} characters; a name has at most {LONGEST}.")
    if not name.isprintable() and any(unicodedata.category(ch) in _BAD for ch in name):
        raise RowError(f"its name {shown(repr(name))} holds characters that no name has.")
    if not _TWO_LETTERS.search(name):
        letters = any(ch.isalpha() for ch in name)
        raise RowError(
            f"“{name}” is no name that can be looked for: it has {'one letter' if letters else 'no letter'}."
        )
    return name


def _aliases(given: list[str], name: str, left: list[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for alias in given:
        if alias.strip():
            try:
                found.setdefault(_name(alias))
            except RowError as error:
                left.append(f"an alias is not used: {error}")
    found.pop(name, None)
    return tuple(found)


def _words(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def _item(text: str) -> str | None:
    text = text.strip()
    if not text:
        return None
    found = _ITEM.fullmatch(text)
    if found is None:
        raise RowError(f"“{shown(_words(text))}” is no item of Wikidata, which are called Q and a number.")
    return found[1]


def _day(text: str) -> str | None:
    text = text.strip()
    if not text:
        return None
    found = _DATE.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        _bounds(text)
    except ValueError:
        raise RowError(f"“{shown(_words(text))}” is no date; write 2015-04-21, 2015-04 or 2015.") from None
    return text


def _bounds(day: str) -> tuple[date, date]:
    """The first and the last day of a year, a month or a day."""
    year, *rest = map(int, day.split("-"))
    first = date(year, *[*rest, 1, 1][:2])
    if len(rest) == 2:
        return first, first
    after = date(year + 1, 1, 1) if not rest or rest[0] == 12 else date(year, rest[0] + 1, 1)
    return first, date.fromordinal(after.toordinal() - 1)


def _type(text: str, name: str, office: str) -> EntityType:
    word = _words(text).casefold()
    if word:
        found = _types().get(word.replace("_", " "))
        if found is None:
            known = ", ".join(row["name"] for row in lists.records("listed") if row["kind"] == "type")
            raise RowError(f"the type “{shown(word)}” is none that kg knows: {known}.")
        return found
    if office:
        return EntityType.PERSON
    kind = _by_words(name)
    if kind is None and len(name.split()) > 1 and name.split()[0] in name_words.given_names():
        kind = EntityType.PERSON
    if kind is None:
        raise RowError(f"it does not say of which type “{shown(name)}” is, and its words do not tell.")
    return kind


def _by_words(name: str) -> EntityType | None:
    place = places.find(name)
    return place.type if place is not None else kinds.of_name(name)


@cache
def _types() -> dict[str, EntityType]:
    found: dict[str, EntityType] = {}
    for row in lists.records("listed"):
        if row["kind"] == "type":
            found |= dict.fromkeys(
                (row["name"].replace("_", " "), *lists.entries(row["words"])), EntityType(row["name"])
            )
    return found
