"""Who held an office after whom: the holders of an office that one person has at a time, in the order of the articles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg import query
from kg.compare import dates
from kg.english.lists import listed
from kg.model import digest
from kg.query.timelines.rows import late, place, published
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Holder:
    """One who held the office: ``first`` and ``last`` are the dates (EDTF) of the first and the last article that names them
    in it, ``former`` that of the first which names them as former holder; the characters prove the first of these.
    """

    person: str
    person_name: str
    first: str | None
    last: str | None
    former: str | None
    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Succession:
    """The holders of ``role`` in ``organisation`` from early to late, and a sentence."""

    id: str
    role: str
    organisation: str
    organisation_name: str
    holders: tuple[Holder, ...]
    story: str


def successions(store: Store, about: str | None = None) -> list[Succession]:
    """The offices of which articles name a holder after another, those with most holders first. ``about`` keeps those whose
    title, body or holders hold each of its words ("interior minister", "governor Osh").

    Only offices that one person holds at a time have successors: no spokesmen, deputies, or advisers. An office whose body
    or country no article tells is left out, since "the president" is another in another country.
    """
    days = published(store)
    found: dict[tuple[str, str, str], dict[str, Holder]] = defaultdict(dict)
    rows = sorted(
        query.run(store, query.named()["offices"]),
        key=lambda r: (late(days.get(str(r["article"]))), str(r["article"]), place(r["start"])),
    )
    for row in rows:
        role, body = str(row["role"]).lower(), str(row["organisation"] or "")
        if not body or not _single(role):
            continue
        holders = found[role, body, str(row["organisation_name"])]
        person, at = str(row["person"]), days.get(str(row["article"]))
        one = holders.get(person) or Holder(
            person, str(row["person_name"]), None, None, None, str(row["article"]), place(row["start"]), place(row["end"]),
        )  # fmt: skip
        if row["tense"] == "former":
            holders[person] = replace(one, former=one.former or at)
        elif row["tense"] == "current":
            holders[person] = replace(one, first=one.first or at, last=at or one.last)
    lines = [_line(key, list(holders.values())) for key, holders in found.items() if len(holders) > 1]
    kept = [line for line in lines if about is None or _matches(line, about)]
    return sorted(kept, key=lambda line: (-len(line.holders), line.role, line.organisation_name, line.id))


def _line(key: tuple[str, str, str], holders: Sequence[Holder]) -> Succession:
    """Former holders that no article names in office stand before those that were called former later."""
    role, body, name = key
    order = sorted(holders, key=lambda h: (h.first is not None, late(h.first or h.former), h.person_name, h.person))
    parts, beside = [], None
    for i, holder in enumerate(order):
        parts.append(
            f"{holder.person_name}{_when(holder, beside)}"
            if i == 0
            else f"then {holder.person_name}{_when(holder, beside)}"
        )
        beside = holder.last or holder.former or beside
    clash = _together(order)
    end = f"; {clash[0]} and {clash[1]} are named in it at one time" if clash else ""
    title = f"{role[:1].upper()}{role[1:]}, {name}"
    return Succession(
        digest("succession", role, body), role, body, name, tuple(order), f"{title}: {', '.join(parts)}{end}."
    )


def _when(holder: Holder, beside: str | None) -> str:
    """When articles name the holder: " (from 3 March 2020 to 5 May)", " (before 7 June 2020)"."""
    first, last = holder.first, holder.last
    if first is None:
        before = dates.words(holder.former, beside=beside)
        return f" (before {_bare(before)})" if before else ""
    if last is None or last == first:
        return f" ({_bare(dates.words(first, beside=beside))})"
    return f" ({_bare(dates.words(first, beside=beside))} to {_bare(dates.words(last, beside=first))})"


def _bare(words: str) -> str:
    return re.sub(r"^(?:on|in) ", "", words)


def _together(order: Sequence[Holder]) -> tuple[str, str] | None:
    """Two who are both named as the present holder, each before and after the other."""
    for i, one in enumerate(order):
        for other in order[i + 1 :]:
            if one.first and one.last and other.first and other.first < one.last:
                return one.person_name, other.person_name
    return None


def _single(role: str) -> bool:
    """Whether one person at a time holds an office of this title."""
    if any(role.startswith(word) for word in listed("office_words", "beside")):
        return False
    title = re.split(r" (?:of|for) ", role, maxsplit=1)[0]
    single = listed("office_words", "single")
    return role in single or title in single or role.endswith(" minister")


def _matches(line: Succession, about: str) -> bool:
    hay = " ".join([line.role, line.organisation_name, *(h.person_name for h in line.holders)]).lower()
    return all(word in hay for word in about.lower().split())
