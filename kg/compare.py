"""Which figures can be compared, and do they contradict, agree with or revise one another: the verdict and its reason.

Figures are intervals. "More than 330" does not contradict 339; "around" allows a stated tolerance; "as many as" is an
upper end. Only figures of one population, event and place are compared, so that cost grows with such groups.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from kg.model import Claim, Comparator, Comparison, Verdict

TOLERANCE = 0.1
"""How far "around" reaches on each side, as a share of the value."""

# Events that tell the same thing of people: joining, going to and fighting in a war are counted as one.
_EVENTS = {
    "die": "kill", "dead": "kill", "death": "kill", "kill": "kill", "slay": "kill", "perish": "kill",
    "join": "go", "go": "go", "leave": "go", "travel": "go", "fight": "go", "depart": "go", "enter": "go",
    "wound": "injure", "injure": "injure", "hurt": "injure",
    "detain": "detain", "arrest": "detain",
    "convict": "convict", "sentence": "convict", "jail": "convict",
}  # fmt: skip
_GENERAL = frozenset(
    {"people", "person", "citizen", "national", "individual", "other", "dead", "fighter", "militant", "total", "one"}
)
_SUBGROUPS = (
    "women",
    "woman",
    "child",
    "girl",
    "boy",
    "men",
    "man",
    "student",
    "soldier",
    "civilian",
    "police",
    "family",
)
_SINGULAR = {"women": "woman", "children": "child", "men": "man", "people": "people", "families": "family"}
_MONTHS = "January February March April May June July August September October November December".split()


def compare(claims: Sequence[Claim], *, all_pairs: bool = False) -> list[Comparison]:
    """The comparisons worth telling, in order of date. With ``all_pairs`` also those that cannot be compared.

    The earlier figure is on the left. Two figures of one sentence are never compared.
    """
    blocks: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        blocks[_population(claim), _event(claim), _unit(claim)].append(claim)
    out: list[Comparison] = []
    for (population, event, _), members in sorted(blocks.items()):
        if not event and not population:
            continue
        for a, b in combinations(sorted(members, key=lambda c: (_when(c), c.figure)), 2):
            if a.statement == b.statement or a.figure == b.figure:
                continue
            found = _pair(a, b)
            if found is not None and (all_pairs or found[0] is not Verdict.NOT_COMPARABLE):
                out.append(Comparison(a.figure, b.figure, a.statement, b.statement, found[0], found[1]))
    return sorted(out, key=lambda c: (c.left, c.right))


def _pair(a: Claim, b: Claim) -> tuple[Verdict, str] | None:
    if a.places and b.places and not set(a.places) & set(b.places):
        return Verdict.NOT_COMPARABLE, f"One figure is for {a.places[0]}, the other for {b.places[0]}."
    if not _nations_agree(a, b):
        return Verdict.NOT_COMPARABLE, "The figures count people of different countries."
    left, right = interval(a), interval(b)
    same = a.speaker is not None and a.speaker == b.speaker
    days = _days_between(a, b)
    first, second = _said(a), _said(b)
    link = f"{first}; {second}"
    overlap = left[0] <= right[1] and right[0] <= left[1]
    what = _what(a)
    if overlap:
        if _exact(a) and _exact(b):
            return Verdict.AGREES, f"{link}: both give {_number(a.value)} {what}."
        if not same and a.value is not None and a.value == b.value and a.comparator is b.comparator:
            return Verdict.AGREES, f"{link}: both give the same figure."
        return Verdict.COMPATIBLE, f"{link}: {_why(a, b)}."
    later = days is not None and days > 31
    if same or later:
        way = "upwards" if right[0] >= left[1] else "downwards"
        by = abs((b.value or 0) - (a.value or 0)) if a.value is not None and b.value is not None else 0
        about = "about " if not (_exact(a) and _exact(b)) else ""
        amount = f" by {about}{_number(by)}" if by else ""
        span = f" in {_length(days)}" if days else ""
        who = "the same source revised it" if same else "a later figure, revised"
        return Verdict.REVISES, f"{link}: {who} {way}{amount}{span}."
    gap = f" {_length(days)} apart" if days else " at the same time"
    hint = " One of the figures is called unofficial." if a.unofficial != b.unofficial else ""
    return Verdict.CONTRADICTS, f"{link}: the figures cannot both hold,{gap}.{hint}"


def interval(claim: Claim) -> tuple[float, float]:
    """The lowest and highest quantity that the figure allows.

    "As many as 500" is an upper end that is thought to be reached, so that it reaches down to half of it only.
    """
    low, high = claim.low, claim.high
    inf = float("inf")
    if claim.comparator is Comparator.ABOUT and low is not None and high is not None:
        return low * (1 - TOLERANCE), high * (1 + TOLERANCE)
    if claim.comparator in (Comparator.MORE, Comparator.AT_LEAST):
        # "More than 330" is said of 331 or 350, not of 900: the next round number is its natural end.
        return (low or 0), (low or 0) * (1 + 2 * TOLERANCE)
    if claim.comparator in (Comparator.LESS, Comparator.AT_MOST):
        return (high if high is not None else inf) * (1 - 2 * TOLERANCE), high if high is not None else inf
    return low if low is not None else 0.0, high if high is not None else inf


def _why(a: Claim, b: Claim) -> str:
    for x, y in ((a, b), (b, a)):
        if x.comparator in (Comparator.MORE, Comparator.AT_LEAST) and y.value is not None:
            return f"“{x.text}” is an open figure, which {_number(y.value)} fits"
        if x.comparator is Comparator.ABOUT and y.value is not None:
            return f"“{x.text}” is approximate, and {_number(y.value)} lies within a tenth of it"
        if x.comparator in (Comparator.LESS, Comparator.AT_MOST) and y.value is not None:
            return f"“{x.text}” is an upper end, which {_number(y.value)} does not pass"
    return "the figures overlap"


def _said(claim: Claim) -> str:
    when = _date_words(claim.said_on or claim.as_of or claim.published)
    return f"{_capital(claim.speaker_name)} said {claim.text.lower() if claim.text[:1].isupper() else claim.text}{_tail(claim)}{when}"


def _tail(claim: Claim) -> str:
    words = [w for w in (claim.population if claim.population.lower() not in claim.text.lower() else "",) if w]
    if claim.event:
        words.append(f"({claim.event})")
    return " " + " ".join(words) if words else ""


def _what(claim: Claim) -> str:
    return claim.population or claim.unit or "of them"


def _date_words(value: str | None) -> str:
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$", value or "")
    if not match:
        return ""
    if match[3]:
        return f" on {int(match[3])} {_MONTHS[int(match[2]) - 1]} {match[1]}"
    return f" in {_MONTHS[int(match[2]) - 1]} {match[1]}" if match[2] else f" in {match[1]}"


def _when(claim: Claim) -> str:
    return claim.as_of or claim.said_on or claim.published or "9999"


def _days_between(a: Claim, b: Claim) -> int | None:
    left, right = _day(_when(a)), _day(_when(b))
    return right - left if left is not None and right is not None else None


def _day(value: str) -> int | None:
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value)
    if not match or match[1] == "9999":
        return None
    return int(match[1]) * 365 + (int(match[2] or 6) - 1) * 30 + int(match[3] or 15)


def _length(days: int | None) -> str:
    if days is None:
        return ""
    if days < 31:
        return f"{days} day{'s' if days != 1 else ''}"
    months = round(days / 30)
    return f"{months} month{'s' if months != 1 else ''}" if months < 24 else f"{round(months / 12)} years"


def _exact(claim: Claim) -> bool:
    return claim.comparator is Comparator.EQUAL and claim.value is not None


def _event(claim: Claim) -> str:
    return _EVENTS.get(claim.event, claim.event)


def _unit(claim: Claim) -> str:
    return "people" if claim.unit in ("people", "", "person") else claim.unit.lower()


def _population(claim: Claim) -> str:
    """The sub-group that is counted ("woman", "child"), or "" for people in general; other nouns are themselves."""
    words = [_SINGULAR.get(w, w.rstrip("s")) for w in re.findall(r"\w+", claim.population.lower())]
    for word in words:
        if word in _SUBGROUPS:
            return str(word)
    head = str(words[-1]) if words else ""
    if head in _GENERAL or _unit(claim) == "people":
        return ""
    return head


def _nations_agree(a: Claim, b: Claim) -> bool:
    """Whether the nationality words of two populations, if both have any, share one."""
    mine, yours = (set(re.findall(r"\b[A-Z]\w+", c.population)) for c in (a, b))
    return not mine or not yours or bool(mine & yours)


def _number(value: float | None) -> str:
    return f"{value:,.10g}" if value is not None else "a number"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
