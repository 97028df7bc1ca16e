"""How a row of figures is headed: what is counted in an affair, of whom, where, and what the figures are beside a count of all."""

from __future__ import annotations

from functools import cache

from kg.compare.slots import HELD, Slot
from kg.compare.wording.figure import capital
from kg.compare.wording.places import place
from kg.english.inflection import plural, singular
from kg.english.lists import rows


def heading(one: Slot, else_: str) -> str:
    """The heading of the figures of a slot; ``else_`` for what no list of slots knows.

    >>> heading(Slot("dead", "growing", "soldier", frozenset({"Chad"}), "", ""), "")
    'Soldiers of Chad killed'
    >>> heading(Slot("delegates", "fixed", "delegate", frozenset({"ostrander"}), "", "an expectation"), "")
    'Delegates of Ostrander (expected)'
    >>> heading(Slot("dead", "growing", "", frozenset(), "day", "an addition"), "")
    'Dead in one day (added since)'
    """
    words = capital(_counted(one)) if one.nature else else_
    scope = f" {_words()['scope', one.scope][0]}" if ("scope", one.scope) in _words() else ""
    role = _words().get(("role", one.role), (one.role.removeprefix("a ").removeprefix("an "), ""))[0]
    return words + (scope if one.nature else "") + (f" ({role})" if role else "")


def _counted(one: Slot) -> str:
    alone, of_kind = _words().get(("slot", one.what), (one.what, ""))
    side = f" {'at' if one.what.startswith('jobs') else 'of'} {_names(one.side)}" if one.side else ""
    kind = "" if one.what in HELD and singular(one.what.split(" ")[-1]) == one.kind else one.kind
    if not kind and side and of_kind and alone.startswith("people "):
        return f"people{side} {of_kind}"
    if not kind:
        return alone + side
    if of_kind:
        return f"{_several(kind)}{side} {of_kind}"
    last = kind.rsplit(" ", 1)[-1]
    if last == singular(alone):  # "remaining delegate" of the delegates
        return f"{_several(kind)}{side}"
    return f"{alone} of {_several(kind)}{side}"


def _several(kind: str) -> str:
    """The plural of the last word; "police" has none, and an adjective stands for people."""
    *first, last = kind.split(" ")
    return " ".join((*first, last if last == "police" else plural(last)))


def _names(side: frozenset[str]) -> str:
    names = sorted(place(name if not name.islower() else name.title()) for name in side)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


@cache
def _words() -> dict[tuple[str, str], tuple[str, str]]:
    return {(row[0], row[1]): (row[2], row[3] if len(row) > 3 else "") for row in rows("slot_titles")}
