"""What a figure is beside a count of all, by the words around it: a part, a forecast, an earlier figure, that of a day or of the world."""

from __future__ import annotations

import re

from kg.compare import dates
from kg.compare.keys import places
from kg.english.events import event
from kg.english.inflection import singular
from kg.english.lists import alternation, listed
from kg.model import CARRIED, Claim

EARLIER = "an earlier figure"
OLD = "the figure of another time"
DENIED = "a denied number"
PART = "a part"
EXPECTED = "an expectation"

_NEW = frozenset(listed("slot_words", "new"))
_BODIES = frozenset({"body", "corpse"})


def _any(kind: str) -> str:
    """The words of one kind as alternatives."""
    return f"(?:{alternation(listed('role_words', kind))})"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_DAY = _pattern(rf"\b(?:{_any('day')}|(?:\w+day|today|yesterday) alone)\b")
_WORLD = _pattern(rf"\b{_any('world')}\b")
_COUNTRY = _pattern(rf"\b{_any('country')}\b")
_CITY = _pattern(
    rf"\b(?:in|for|of) the (?:\w+ )?{_any('town')}\b|\bthere (?:estimated|put|said|counted)\b|\bin front of\b"
)
_PART_BEFORE = _pattern(rf"\b{_any('part')}\W+(?:\w+\W+)?$")
_PART_AFTER = _pattern(r"^ (?:\w+ )?(?:of (?:whom|which)|are among|were among|is among)\b")
_ASIDE, _OF_THEM = re.compile(r"[,;(–—]\s*$"), _pattern(r"^ of (?:them|these|those)\b")
_WHOLE = re.compile(r"\b[Oo]f (?:the|its|their|all|some)\W*$")
_FIRST = _pattern(
    rf"\b{_any('earlier')}\b[^;.]{{0,25}}$|\b{_any('was')}\W+(?:the\W+)?$|\bearlier (?:version|report|edition)\b.*$"
)
_SAID = alternation(listed("slot_words", "given"))
_HAD = _pattern(rf"\bhad (?:\w+ )?(?:{_SAID}|been (?:{_SAID}))\b[^;.]{{0,40}}$")
_FIRST_AFTER = _pattern(rf"^[^;.]{{0,40}}\b{_any('before')}\b")
_DENIED = _pattern(r"\b(?:not|never)\s+(?:the\s+)?$")
_GAP = _pattern(rf"\b{_any('gap')} of\W*$|\b{_any('moved')}\w*(?: \w+){{0,2}} by\W+(?:only\W+)?$")
_GAP_AFTER = _pattern(r"^ (?:more|fewer|less) than\b")
_NEEDED = _pattern(rf"\b{_any('needed')}\W+(?:the\W+)?$")
_NEEDED_AFTER = _pattern(r"^\W*\w+ (?:(?:are|is|were) )?(?:needed|required|at stake|to win|promised)\b")
_AIM = _pattern(rf"\b{_any('aim')}\w*\b[^;.]{{0,40}}\bto\b[^;.]{{0,30}}$")
_FORECAST = _pattern(rf"\b{_any('expected')}\b")
_ROOM = _pattern(rf"\b{_any('room')}\b[^,;.]{{0,25}}$")
_CORRECTS = _pattern(
    rf"\b{_any('corrects')}(?:es|ed|e|s|ing)?\b[^;.]{{0,80}}$|\b(?:brings?|brought|takes) (?:the|that of)\b[^;.]{{0,80}}$|"
    r"\bshould have read\W*$|\bin fact\W*$"
)
_YEARS_AGO = _pattern(
    r"^[^;.]{0,30}\b(?:years?|decades?) (?:ago|earlier|before)\b|^[^;.]{0,20}\b(?:last|the previous) year\b"
)
_DOWN, _UP = _pattern(r"\b(?:down to|lower|reduc)\w*\b[^;.]{0,60}$"), _pattern(r"\b(?:up to|rais)\w*\b[^;.]{0,60}$")
_NOT = re.compile(r"^,? not \d")
_YEAR = _pattern(r"\b(?P<since>since (?:\w+ ){0,2})?(?P<year>(?:19|20)\d\d)\b")
_PERFECT = _pattern(r"\b(?:have|has|had)\b[^,;.]{0,25}$")
_PARTED = _pattern(rf"[;:]|\b{_any('joins')}\b")
_OFFICIAL = _pattern(rf"\bofficial {_any('official')}\b")
_BEFORE = 60
"""Days: what is dated so long before its article is the figure of another time."""
_LATELY = 300
"""Days: what was said so long before is still of what goes on."""
_SINCE = 200
"""Days: a count that began within so many is one of what goes on."""


def around(claim: Claim) -> tuple[str, str]:
    """What stands before a figure and behind it: in its sentence, else in its statement."""
    if claim.at >= 0:
        return claim.sentence[: claim.at], claim.sentence[claim.at + len(claim.text) :]
    at = claim.content.find(claim.text) if claim.text else -1
    return (claim.content[:at], claim.content[at + len(claim.text) :]) if at >= 0 else ("", "")


def whole(claim: Claim) -> bool:
    """Whether a figure is what others are parts of: "of the 93 people, 60 …"."""
    return _WHOLE.search(around(claim)[0]) is not None


def is_aftershock(claim: Claim) -> bool:
    """Whether what is told of a quake is of an aftershock, or of another quake than the first: the word right behind the figure tells,
    else the last before it, else the first behind it.
    """
    before, after = around(claim)
    close = _CLOSE.match(after)
    beside = _SHOCK.search(close[0]) if close is not None else None
    found = beside or next(reversed(list(_SHOCK.finditer(before))), None) or _SHOCK.search(after)
    return found is not None and found["after"] is not None


# Behind a figure the words up to the next mark or preposition: "4.9-magnitude [aftershock] followed the earthquake".
_CLOSE = re.compile(r"(?:[\s-]*(?!(?:at|in|of|on|with)\b)[\w-]+){0,3}")
_SHOCK = re.compile(
    r"\b(?:(?P<after>aftershocks?|foreshocks?|(?:another|second|third|further|later)\s(?:[\w.-]+\s){0,2}?(?:earthquake|quake|tremor)s?)"
    r"|earthquakes?|quakes?|main ?shock|tremors?)\b",
    re.IGNORECASE,
)


def is_length(claim: Claim) -> bool:
    """Whether a figure is a length of whatever kind."""
    return claim.unit.lower().split(" ")[0] in _LENGTHS


def from_where(claim: Claim) -> str:
    """The place that a distance is measured from: "Pichilemu" of "32 kilometers south of Pichilemu"; "" where the text names none."""
    found = _FROM.match(around(claim)[1])
    return found["place"] if found else ""


_FROM = re.compile(r"[^,;.]{0,30}?\b(?:of|from)\s+(?:the\s+)?(?P<place>[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*)")


def dimension(claim: Claim) -> str:
    """What a length is measured of, by the words beside it: "depth", "distance", "height", "length"; "" where they do not tell."""
    if not is_length(claim):
        return ""
    before, after = around(claim)
    behind = re.split(r"[,;.]", after)[0][:30]
    found = {m.start(): kind for kind in _DIMENSIONS for m in re.finditer(rf"\b{_any(kind)}\b", behind, re.IGNORECASE)}
    if found:
        return found[min(found)]
    found = {
        m.end(): kind for kind in _DIMENSIONS for m in re.finditer(rf"\b{_any(kind)}\b", before[-30:], re.IGNORECASE)
    }
    return found[max(found)] if found else ""


_DIMENSIONS = ("depth", "height", "length", "distance")
_LENGTHS = frozenset(listed("role_words", "unit of length"))


def official(claim: Claim) -> bool:
    """Whether a figure is called the official one, whoever tells it."""
    return _OFFICIAL.search("".join(around(claim))) is not None


def corrects(claim: Claim, way: str) -> bool:
    """Whether a figure is said to take the place of another one: "lowered the toll to 32" of one that was higher."""
    before, after = around(claim)
    if (_DOWN if way == "up" else _UP).search(before):
        return False
    return _CORRECTS.search(before) is not None or _NOT.match(after) is not None


def scope(claim: Claim) -> str:
    """ "day", "world", "country" or "city" where the words say that the figure is for one of these; else ""."""
    words = {singular(w) for w in re.findall(r"\w+", claim.population.lower())}
    if words & _NEW or _brings(claim) or _DAY.search(_near(claim)):
        return "day"
    text = (
        claim.content if len(claim.content) < len(claim.sentence or claim.content) else claim.sentence or claim.content
    )
    if _WORLD.search(text):
        return "world"
    if _COUNTRY.search(claim.sentence or claim.content):
        return "country"
    return "city" if _CITY.search(claim.sentence or claim.content) and not places(claim) else ""


def _near(claim: Claim) -> str:
    """The words close around a figure, as far as they are not about another one."""
    before, after = around(claim)
    return f"{_PARTED.split(before)[-1][-45:]}{claim.text}{_PARTED.split(after)[0][:25]}"


def _brings(claim: Claim) -> bool:
    """Whether somebody brings what is counted: "rescuers recovered five bodies" adds to the count, it is no count."""
    head = singular(claim.population.lower().rsplit(" ", 1)[-1]) if claim.population else ""
    perfect = _PERFECT.search(around(claim)[0]) is not None  # "have recovered 54 bodies" so far
    return bool(claim.whose) and head in _BODIES and not perfect and event(claim.event).group not in ("kill", "bury")


def is_part(claim: Claim) -> bool:
    """Whether a figure counts only some of what another counts: "eleven children are among them"."""
    before, after = around(claim)
    if _ASIDE.search(before) and _OF_THEM.match(after):
        return True  # "200 people were wounded, 80 of them seriously"
    return _PART_BEFORE.search(before) is not None or _PART_AFTER.search(after) is not None


def is_of_whom(claim: Claim) -> bool:
    """Whether a figure counts some of those that were just counted: "1,900 people, of whom 300 were believed dead"."""
    return claim.total is not None and _OF_WHOM.search(around(claim)[0]) is not None


_OF_WHOM = re.compile(r"\bof (?:whom|which|them)\W+(?:\w+\W+){0,2}$", re.IGNORECASE)


def role(claim: Claim, *, part: bool, plan: bool, once: bool, held: bool) -> str:
    """What a figure is beside a count, "" for a count. ``plan`` where plans are the count, ``once`` where there is one true number,
    ``held`` where each actor has his own.
    """
    told = {m for m in claim.marks if not m.startswith(CARRIED)} - ({"forecast", "target"} if plan else set())
    before, after = around(claim)
    if told == {"addition"} and claim.population.lower() in ("other", "others") and event(claim.event).group != "kill":
        told = set()  # "four dead and 30 others missing"
    if told:
        one = min(told)
        return EXPECTED if told <= {"forecast", "target"} else f"{'an' if one[0] in 'aeiou' else 'a'} {one}"
    if part:
        return PART
    if _DENIED.search(before):
        return DENIED
    if _GAP.search(before) or _GAP_AFTER.search(after):
        return "a difference"
    if _ROOM.search(before):
        return "a capacity"
    if held and (_NEEDED.search(before) or _NEEDED_AFTER.search(after) or whole(claim)):
        return "a target"
    if not plan and (_AIM.search(before) or _FORECAST.search(f"{before[-60:]}{claim.text}{after[:40]}")):
        return EXPECTED
    if _own_day(claim):
        return ""
    if _of_old(claim) or _YEARS_AGO.search(after):
        return OLD
    first = claim.speaker_name.lower().split(" ")[0] in ("initial", "early", "earlier", "first")
    if first or _FIRST.search(before) or _FIRST_AFTER.search(after) or (not once and _HAD.search(before)):
        return EARLIER
    return ""


def _own_day(claim: Claim) -> bool:
    """Whether a figure was said on another day than that of its article, and not so long before that it is of other times."""
    if not claim.said_on or claim.said_on == claim.published:
        return False
    days = dates.days_between(claim.said_on, claim.published)
    return days is not None and days <= _LATELY


def _of_old(claim: Claim) -> bool:
    """Whether a figure is that of another year or of long before."""
    if not claim.published or not dates.known(claim.published):
        return False
    now = dates.middle(claim.published)
    first, _, last = (claim.as_of or "").partition("/")
    if first and dates.known(first) and not claim.published.startswith(first):
        ago = now - dates.middle(first)
        return ago > (_SINCE if last == claim.published or len(first) == len("2020") else _BEFORE) or _in_year(claim)
    return _in_year(claim)


def _in_year(claim: Claim) -> bool:
    """Whether the sentence tells of a year before that of the article."""
    this = int((claim.published or "0")[:4])
    return any(
        int(m["year"]) < this - bool(m["since"])
        for m in _YEAR.finditer(claim.sentence or claim.content)
        if m["year"] not in claim.text
    )


__all__ = [
    "DENIED",
    "EARLIER",
    "EXPECTED",
    "OLD",
    "PART",
    "around",
    "corrects",
    "dimension",
    "is_part",
    "official",
    "role",
    "scope",
    "whole",
]
