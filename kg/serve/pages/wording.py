"""The words in which pages put the values of a graph: dates, amounts, offices, ties."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from typing import Any, Final

from kg.model import Certainty, Kind, Tense
from kg.view.data import Figure, Statement

_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_DECIDED: Final = {"confirm": "Right as it is", "reject": "No statement", "add": "Statement added", "undo": "Undone:"}
_ID: Final = re.compile(r"[0-9a-f]{6,64}")
_TIES: Final = {
    "said_about": "Spoke about",
    "of_said_about": "Was spoken of by",
    "disagrees_with": "Disagrees with",
    "holds_office_in": "Holds office in",
    "of_holds_office_in": "Has in office",
    "part_of": "Is part of",
    "of_part_of": "Has as a part",
    "relayed_by": "Is relayed by",
    "of_relayed_by": "Relays",
}


def date(edtf: object) -> str:
    """EDTF for people; what is no plain date stays as it is.

    >>> date("2015-04-21"), date("2015-04"), date("2015?"), date(None)
    ('21 Apr 2015', 'Apr 2015', '2015?', '')
    """
    text = "" if edtf is None else str(edtf)
    found = _DATE.fullmatch(text)
    if not found or not 1 <= int(found[2] or 1) <= 12:
        return text
    parts = [str(int(found[3])) if found[3] else "", _MONTHS[int(found[2]) - 1] if found[2] else "", found[1]]
    return " ".join(part for part in parts if part)


def number(value: float | None) -> str:
    """A number with its thousands parted, and two decimals at most."""
    return "" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"


def amount(figure: Figure) -> str:
    """A figure as a number with its bound: > 330, ~ 40, 20–30."""
    if figure.value is not None:
        comparator = str(figure.comparator.value)
        return number(figure.value) if comparator == "=" else f"{comparator} {number(figure.value)}"
    if figure.low is not None and figure.high is not None:
        return f"{number(figure.low)}–{number(figure.high)}"
    if figure.low is not None:
        return f"≥ {number(figure.low)}"
    return f"≤ {number(figure.high)}" if figure.high is not None else figure.text


def counted(figure: Figure) -> str:
    """What a figure counts."""
    told = (figure.population or figure.unit, figure.event, figure.whose or "", figure.place)
    return " · ".join(part for part in told if part)


def office(statement: Statement) -> str:
    """The office that a speaker held when a statement was made."""
    held = ", ".join(part for part in (statement.role, statement.organisation) if part)
    former = statement.tense if statement.tense and statement.tense is not Tense.CURRENT else ""
    return f"{former} {held}".strip() if held else ""


def tags(statement: Statement) -> list[str]:
    """What is to be known of a statement beside its words."""
    found = []
    if statement.kind is Kind.DIRECT:
        found.append("quoted")
    if statement.stance and statement.stance != "said":
        found.append(words(statement.stance))
    if statement.certainty is not Certainty.FIRM:
        found.append(words(statement.certainty.value))
    if statement.negated:
        found.append("denied")
    if statement.said_on:
        found.append(date(statement.said_on))
    return found


def words(name: object) -> str:
    """The name of a value of a closed list as words."""
    return str(name.value if isinstance(name, Enum) else name).replace("_", " ").replace("-", " ")


def counted_as(count: int, one: str) -> str:
    """A number of things: “1 statement”, “2 statements”."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def tie(kind: str) -> str:
    """How an actor is tied to others."""
    return _TIES.get(kind, words(kind))


def moment(at: str) -> str:
    """A time of day for people.

    >>> moment("2026-11-26T04:15:10.25Z"), moment("once")
    ('26 Nov 2026, 04:15 UTC', 'once')
    """
    day, found, time = at.partition("T")
    return f"{date(day)}, {time[:5]} UTC" if found and len(time) >= 5 else at


def decided(kind: str, part: str) -> str:
    """What a correction is about, in a word or two.

    >>> decided("figure", "value"), decided("reject", "")
    ('figure: value', 'No statement')
    """
    kind = str(getattr(kind, "value", kind))
    return _DECIDED.get(kind) or f"{kind}{f': {part}' if part else ''}"


def saved(names: str) -> list[str]:
    """The ids of decisions in an address, as far as they can be any."""
    return [name for name in names.split(",")[:100] if _ID.fullmatch(name)]


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "date": date, "number": number, "amount": amount, "counted": counted, "office": office, "tags": tags, "words": words,
    "counted_as": counted_as, "tie": tie, "moment": moment, "saved": saved, "decided": decided,
}  # fmt: skip
"""What the templates call, by name."""
