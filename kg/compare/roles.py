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
_DAY = re.compile(
    r"\b(?:(?:\w+day|today|yesterday) alone|overnight|daily|a day|per day|each day|(?:last|past|previous) (?:24|48) hours|"
    r"in a single day|since yesterday|a week|a month|on the (?:first|second|last) day)\b",
    re.IGNORECASE,
)
_WORLD = re.compile(
    r"\b(?:worldwide|globally|(?:around|across) the world|(?:each|every) year|annually)\b", re.IGNORECASE
)
_COUNTRY = re.compile(
    r"\b(?:nationwide|nationally|(?:the )?(?:whole|entire) country|across the (?:country|industry|sector)|countrywide|in the (?:\w+ )?(?:industry|sector|economy))\b",
    re.IGNORECASE,
)
_CITY = re.compile(
    r"\b(?:in|for|of) the (?:\w+ )?(?:city|town|village|district|province|county|capital|suburb)\b|"
    r"\bthere (?:estimated|put|said|counted)\b|\bin front of\b",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(
    r"\b(?:of whom|of which|of them|including|among them|among whom|among those|among the dead)\W+(?:\w+\W+)?$",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    r"^ (?:\w+ )?(?:of (?:whom|which|the|all|its|their)|are among|were among|is among)\b", re.IGNORECASE
)
_WHOLE = re.compile(r"\b[Oo]f (?:the|its|their|all|some)\W*$")
_FIRST = re.compile(
    r"\b(?:initial|initially|earlier|previous|previously|originally|at first|(?:had|was|were|been) first|"
    r"first (?:put|announced|given|reported|said|spoke|spoken))\b[^;.]{0,25}$|"
    r"\b(?:compared with|compared to|up from|down from|from|instead of|rather than)\W+(?:the\W+)?$|"
    r"\bearlier (?:version|report|edition)\b.*$",
    re.IGNORECASE,
)
_SAID = alternation(listed("slot_words", "given"))
_HAD = re.compile(rf"\bhad (?:\w+ )?(?:{_SAID}|been (?:{_SAID}))\b[^;.]{{0,40}}$", re.IGNORECASE)
_FIRST_AFTER = re.compile(
    r"^[^;.]{0,40}\b(?:first announced|announced (?:earlier|before|on)|previously|(?:it|he|she|they) had given before|given before|a week (?:ago|earlier))\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|never)\s+(?:the\s+)?$", re.IGNORECASE)
_GAP = re.compile(
    r"\b(?:lead|margin|advantage|gap|majority|deficit|difference) of\W*$|"
    r"\b(?:trail|behind|rise|rose|fall|fell|grow|grew|increas|decreas|drop)\w*(?: \w+){0,2} by\W+(?:only\W+)?$",
    re.IGNORECASE,
)
_GAP_AFTER = re.compile(r"^ (?:more|fewer|less) than\b", re.IGNORECASE)
_NEEDED = re.compile(
    r"\b(?:reach|needs?|needed|takes?|past the|threshold of|required|build|promised?)\W+(?:the\W+)?$", re.IGNORECASE
)
_NEEDED_AFTER = re.compile(
    r"^\W*\w+ (?:(?:are|is|were) )?(?:needed|required|at stake|to win|promised)\b", re.IGNORECASE
)
_AIM = re.compile(r"\b(?:aim|goal|target|plan|hope|intend|want|seek)\w*\b[^;.]{0,40}\bto\b[^;.]{0,30}$", re.IGNORECASE)
_FORECAST = re.compile(
    r"\b(?:to be expected|expects?|expected|forecasts?|predict(?:s|ed)?|projects?|projected|likely|will (?:rise|reach|be|need|lose)|would|fear(?:s|ed)?)\b",
    re.IGNORECASE,
)
_ROOM = re.compile(
    r"\b(?:room for|capacity|licen[sc]ed|allowed to|permitted|can (?:hold|carry|shelter)|holds?|built for|designed for)\b[^,;.]{0,25}$",
    re.I,
)
_CORRECTS = re.compile(
    r"\b(?:revis|correct|lower|rais|reduc|updat|scal|amend|adjust)(?:es|ed|e|s|ing)?\b[^;.]{0,80}$|\b(?:brings?|brought|takes) (?:the|that of)\b[^;.]{0,80}$|"
    r"\bshould have read\W*$|\bin fact\W*$",
    re.IGNORECASE,
)
_YEARS_AGO = re.compile(
    r"^[^;.]{0,30}\b(?:years?|decades?) (?:ago|earlier|before)\b|^[^;.]{0,20}\b(?:last|the previous) year\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"^,? not \d")
_YEAR = re.compile(r"\b(?P<since>since (?:\w+ ){0,2})?(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_BEFORE = 60
"""Days: what is dated so long before its article is the figure of another time."""
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


def corrects(claim: Claim) -> bool:
    """Whether a figure is said to take the place of another: "lowered the toll to 32"."""
    before, after = around(claim)
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


_PARTED = re.compile(r"[;:]|\b(?:bringing|raising|taking|takes|brings|lifting|pushing|lowering)\b")


def _brings(claim: Claim) -> bool:
    """Whether somebody brings what is counted: "rescuers recovered five bodies" adds to the count, it is no count."""
    head = singular(claim.population.lower().rsplit(" ", 1)[-1]) if claim.population else ""
    return bool(claim.whose) and head in _BODIES and event(claim.event).group not in ("kill", "bury")


def is_part(claim: Claim) -> bool:
    """Whether a figure counts only some of what another counts: "eleven children are among them"."""
    before, after = around(claim)
    return _PART_BEFORE.search(before) is not None or _PART_AFTER.search(after) is not None


def role(claim: Claim, *, part: bool, plan: bool, once: bool, held: bool) -> str:
    """What a figure is beside a count, "" for a count. ``plan`` where plans are the count, ``once`` where there is one true number,
    ``held`` where each actor has his own.
    """
    told = {m for m in claim.marks if not m.startswith(CARRIED)} - ({"forecast", "target"} if plan else set())
    before, after = around(claim)
    if told == {"addition"} and claim.population.lower() in ("other", "others") and event(claim.event).group != "kill":
        told = set()  # "four dead and 30 others missing"
    if told:
        return EXPECTED if told <= {"forecast", "target"} else f"a {min(told)}"
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
    if _of_old(claim) or _YEARS_AGO.search(after):
        return OLD
    if claim.said_on and claim.said_on != claim.published:
        return ""
    first = claim.speaker_name.lower().split(" ")[0] in ("initial", "early", "earlier", "first")
    if first or _FIRST.search(before) or _FIRST_AFTER.search(after) or (not once and _HAD.search(before)):
        return EARLIER
    return ""


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


__all__ = ["DENIED", "EARLIER", "EXPECTED", "OLD", "PART", "around", "corrects", "is_part", "role", "scope", "whole"]
