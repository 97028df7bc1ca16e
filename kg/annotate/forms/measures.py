"""What the head of a column, the label of a row or the title of a table counts or measures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from kg.annotate.forms.cells import Hint, hint
from kg.english import inflection
from kg.english.events import events
from kg.english.lists import alternation, classed, listed, rows

_BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_UNIT_BEHIND = re.compile(rf"\s(?:{alternation(listed('table_words', 'behind'))})\b.*", re.IGNORECASE)
_YEAR = re.compile(r"(?:,\s*)?\b(?:in |by |for )?(?:1[89]|20)\d\d(?:[-–/]\d\d(?:\d\d)?)?\b", re.IGNORECASE)
_PER = re.compile(r"\bper (?!cent\b)(?P<per>[\w, ]{2,30})$", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:(?:the )?(?:total )?(?:number|no\.?|count|share|percentage) of(?: the)?|total|reported|known)\s+",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"\s(?:{alternation(listed('table_words', 'behind'))})\b.*", re.IGNORECASE)
_TITLE = re.compile(rf"\s(?:{alternation(listed('table_words', 'by'))})\s.*", re.IGNORECASE)
_PEOPLE = frozenset(listed("table_words", "people"))
_SHARES = frozenset(("share", "percent", "percentage", "per cent", ""))
_NONE = frozenset(word for kind in ("rank", "time", "change") for word in listed("table_words", kind))


@dataclass(frozen=True, slots=True)
class Counted:
    """What numbers count or measure: ``population`` in words, ``event`` as a verb, ``unit``, and in what they are ``told``."""

    population: str
    event: str = ""
    unit: str = ""
    told: Hint = field(default_factory=Hint)
    per: str = ""
    share: bool = False  # "%" alone: of what the other columns count

    @property
    def is_certain(self) -> bool:
        """Whether the words alone show that numbers below count something, not only with a unit in each cell."""
        return bool(self.unit or self.told.unit)


def counted(words: str) -> Counted | None:
    """What the words of a head or a label count; ``None`` where they are a name, a rank, a time, a change or nothing known.

    >>> counted("Deaths"), counted("Houses destroyed (thousands)").population
    (Counted(population='deaths', event='die', unit='people', told=Hint(unit='', kind='', wording='', factor=1.0), per='', share=False), 'houses')
    >>> counted("Revenue ($m)").told.unit, counted("Killed").event, counted("Votes").unit, counted("People missing").event
    ('USD', 'kill', 'vote', 'miss')
    >>> [counted(words) for words in ("Rank", "Pts", "Osh", "Change (%)", "Years")]
    [None, None, None, None, None]
    """
    per = _PER.search(words)
    whole = words if per is None else words[: per.start()].strip()
    told = hint(whole)
    core = _core(whole)
    parts = core.lower().split()
    if core.lower() in _NONE or any(p in _NONE and p in listed("table_words", "change") for p in parts):
        return None
    rate = per["per"].strip() if per is not None else ""
    if core.lower().strip("% ") in _SHARES:
        return Counted("", "", "", told, rate, share=True) if told.unit == "percent" else None
    found = _befallen(core, parts) or _people(core, parts) or _things(core, parts, told)
    if found is None:
        return None
    population, event, unit = found
    return Counted(_small(population), event, told.unit or unit, told, rate)


def titled(words: str) -> Counted | None:
    """What the title of a table counts: "Cholera deaths by region, 2021".

    >>> titled("Cholera deaths by region, 2021").population, titled("Results at a glance")
    ('cholera deaths', None)
    """
    core = _BEHIND.sub("", _TITLE.sub("", _YEAR.sub("", _BRACKET.sub("", words)).split(":")[-1].strip()))
    found = counted(core.strip(" ,")) if len(core.split()) <= 6 else None
    return found if found is not None and found.is_certain else None


def _core(words: str) -> str:
    core = _YEAR.sub("", _BRACKET.sub(" ", words))
    core = _LEAD.sub("", _UNIT_BEHIND.sub("", core))
    return " ".join(core.replace("%", " ").split()).strip(" ,.:*")


def _befallen(core: str, parts: list[str]) -> tuple[str, str, str] | None:
    """People or things and what befell them: "deaths", "people killed", "houses destroyed"."""
    last = parts[-1]
    noun = _event_nouns().get(last) or _event_nouns().get(inflection.singular(last))
    if noun is not None:
        return core, noun, "people"
    lemma = _participles().get(last)
    if lemma is None:
        return None
    if len(parts) == 1:
        return core, lemma, "people"
    head = inflection.singular(parts[-2])
    known = head in classed("people", "noun") or parts[-2] == "people"
    return core.rsplit(None, 1)[0], lemma, "people" if known else head


def _people(core: str, parts: list[str]) -> tuple[str, str, str] | None:
    last = parts[-1]
    known = inflection.singular(last) in classed("people", "noun") or last == "people" or last in _PEOPLE
    return (core, "", "people") if known else None


def _things(core: str, parts: list[str], told: Hint) -> tuple[str, str, str] | None:
    """Things in the plural, and what is measured: "seats", "turnout", "wheat" with a unit."""
    last = parts[-1]
    mass = listed("table_words", "mass")
    if core.lower() in mass or last in mass:
        return core, "", ""
    if last in listed("table_words", "uncounted") or last in listed("table_words", "league") or last in _NONE:
        return None
    if last in listed("table_words", "counted") and len(parts) <= 4:
        return core, "", inflection.singular(last)
    return (core, "", "") if told.unit and told.unit != "percent" and len(parts) <= 4 else None


def _small(words: str) -> str:
    """Words of a head as they stand in a sentence: letters that are an acronym stay."""
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in words.split())


@cache
def _participles() -> dict[str, str]:
    found: dict[str, str] = {}
    for lemma, event in events().items():
        found.setdefault(event.participle, lemma)
    return found


@cache
def _event_nouns() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("event_nouns")}
