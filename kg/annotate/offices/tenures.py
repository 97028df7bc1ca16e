"""When an office was held: what verbs, prepositions and years around a title tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.annotate.parse.words import Passage
from kg.english.calendar import NUMBER_OF
from kg.english.lists import alternation, listed
from kg.model import Span, Tense

_DAY = rf"(?:(?P<{{0}}month>{alternation(NUMBER_OF)})\s+(?:(?P<{{0}}day>\d{{1,2}}),?\s+)?(?:of\s+)?)?(?P<{{0}}year>1[5-9]\d\d|20\d\d)(?!\w|[.,]\d)"


def _day(name: str) -> str:
    return _DAY.replace("{0}", name).replace("{{", "{").replace("}}", "}")


_START = re.compile(rf"[\s,(]*\b(?:since|as of|starting(?: in)?)\s+(?:the\s+)?{_day('a')}", re.IGNORECASE)
_END = re.compile(rf"[\s,(]*\b(?:until|till|through|up to)\s+(?:the\s+)?{_day('b')}", re.IGNORECASE)
_BOTH = re.compile(
    rf"[\s,]*(?:\bfrom\s+|\bbetween\s+|\(){_day('a')}\s*(?:to|until|till|through|and|-|–|—)\s*{_day('b')}",
    re.IGNORECASE,
)
_IN = re.compile(rf"[\s,]*\b(?:in|on)\s+(?:early\s+|late\s+)?{_day('a')}", re.IGNORECASE)

# Verbs before a title, by what they tell of its tense: the office is held, was, or will be; or it begins or ends there.
_BEGINS = frozenset(listed("office_words", "begins"))
_ENDS = frozenset(listed("office_words", "ends"))
_HOLDS = frozenset(listed("office_words", "holds"))
_HELD = frozenset(listed("office_words", "held"))
_WILL = frozenset(listed("office_words", "will"))
_BETWEEN = frozenset(listed("office_words", "between"))
# Verbs by which somebody gives an office to another, or takes it from them, by what is so of it then.
_OF_ANOTHER = {
    verb: tense
    for kind, tense in (("gives", Tense.CURRENT), ("offers", Tense.DESIGNATE), ("takes", Tense.FORMER))
    for verb in listed("office_words", kind)
}
_FOLLOWS = frozenset(listed("office_words", "follows"))
_PASSIVE = frozenset(listed("office_words", "passive"))
OWNER = frozenset(listed("office_words", "owner"))
_LONGEST_DESCRIPTION = 5  # words between such a verb and the name
_STOPS_AT = frozenset({"IN", "CC", "WDT", "WP", "TO"})


def leading_verb(passage: Passage, i: int) -> tuple[int, Tense | None, bool] | None:
    """The word behind the verbs from ``i`` on that give a title to a subject, the tense, and whether the office begins
    there; ``None`` where there are no such verbs: "is", "was appointed", "has been", "stepped down as".
    """
    tense: Tense | None = None
    begins = False
    start = i
    while i < start + 7:
        lower = passage.lower(i)
        if lower in _BEGINS:
            begins, tense = True, Tense.CURRENT if tense is not Tense.DESIGNATE else tense
        elif lower in _ENDS or (lower in _HELD and tense is None):
            tense = Tense.FORMER
        elif lower in _HOLDS and tense is None:
            tense = Tense.CURRENT
        elif lower in _WILL:
            tense = Tense.DESIGNATE
        elif not (lower in _BETWEEN and i > start):
            break
        i += 1
    return (i, tense, begins) if tense is not None else None


def is_of_another(passage: Passage, start: int, end: int) -> bool:
    """Whether the verbs of words ``start`` to ``end`` (exclusive) give or take the office of somebody else: "named a new
    minister", "dismissed the minister"; "was named the minister", "named minister" and "elected as the mayor" do not.
    """
    for i in range(start, end):
        if passage.lower(i) in _PASSIVE:
            return False
        if passage.lower(i) in _OF_ANOTHER:
            return passage.lower(i + 1) in OWNER
    return False


def verb_of_another(passage: Passage, name: int) -> tuple[int, Tense] | None:
    """The verb before a name by which somebody gives its bearer an office or takes it, and what is so then: "named NAME",
    "named his ally NAME", "fired NAME"; ``None`` where there is none. ``name`` is the first word of the name.
    """
    for i in range(name - 1, max(-1, name - 2 - _LONGEST_DESCRIPTION), -1):
        word = passage.words[i]
        if word.lower in _OF_ANOTHER:
            passive = passage.lower(i - 1) in _PASSIVE or passage.lower(i - 2) in _PASSIVE
            return None if passive else (i, _OF_ANOTHER[word.lower])
        if not word.is_word or word.tag in _STOPS_AT:
            return None
    return None


def follows(passage: Passage, i: int) -> bool:
    """Whether the verb takes over another's office: "NAME succeeded OTHER as minister"."""
    return passage.lower(i) in _FOLLOWS


def dates(passage: Passage, end: int, *, begins: bool = False) -> tuple[str | None, str | None]:
    """The dates (EDTF) since when and until when, right behind character ``end`` of the article."""
    text, start = passage.parsed.text, end - passage.parsed.offset
    if both := _BOTH.match(text, start):
        return _edtf(both, "a"), _edtf(both, "b")
    if since := _START.match(text, start):
        return _edtf(since, "a"), None
    if until := _END.match(text, start):
        return None, _edtf(until, "b")
    if begins and (moment := _IN.match(text, start)):
        return _edtf(moment, "a"), None
    return None, None


def behind(passage: Passage, spans: Sequence[Span]) -> int:
    """The character behind the last of the spans and a bracket that follows it."""
    end = max(s.end for s in spans)
    text, offset = passage.parsed.text, passage.parsed.offset
    bracket = re.compile(r"\s*\([A-Z][\w/-]*\)").match(text, end - offset)
    return offset + bracket.end() if bracket else end


def _edtf(match: re.Match[str], name: str) -> str:
    year, month, day = match[f"{name}year"], match[f"{name}month"], match[f"{name}day"]
    if not month:
        return year
    number = NUMBER_OF[month.lower()]
    return f"{year}-{number:02}-{int(day):02}" if day and 1 <= int(day) <= 31 else f"{year}-{number:02}"
