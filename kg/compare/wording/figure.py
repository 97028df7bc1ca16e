"""The words for one figure: its speaker, its date, and the clause that says what was counted."""

from __future__ import annotations

import re

from kg.compare import dates
from kg.compare.keys import partitive, places
from kg.compare.roles import dimension, is_length
from kg.compare.slots import slot
from kg.compare.wording.doing import (
    ABBREVIATION,
    COUNTS,
    ENDS,
    FINITE,
    PRONOUN,
    are_people,
    befell,
    class_of,
    deed,
    done,
    ing,
    voice,
)
from kg.compare.wording.owners import named, owner
from kg.compare.wording.places import where
from kg.english.events import event
from kg.english.inflection import is_plural, plural, singular
from kg.english.lists import listed
from kg.model import Claim

_LONGEST = 24
"""Words of a source's own clause that a sentence takes over; a longer one is said in our words."""

_PURPOSES = frozenset(listed("comparison_words", "purpose"))  # money *for* roads, but losses *in* timber
_SEVERAL = frozenset(listed("comparison_words", "several"))
_ROUND = frozenset(listed("comparison_words", "round"))
_DATA = frozenset(listed("comparison_words", "data"))
_OPENERS = frozenset(listed("comparison_words", "opener"))
_BETWEEN = re.compile(r"\S{0,20}\d\S{0,20}(?: (?:million|billion|thousand))? and \S{0,20}\d")


def speaker(claim: Claim) -> str:
    """The speaker inside a sentence: "the Interior Ministry", "Ana Tormes", "some analysts"; with the source that is cited."""
    name = named(claim.speaker_name)
    cited = claim.citing.strip()
    return f"{name}, citing {named(cited)}," if cited and cited.lower() != claim.speaker_name.lower() else name


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def saying(claim: Claim, *, beside: str | None = None, again: bool = False) -> str:
    """What the speaker did and when: "said on 21 April 2015", "wrote on …"; a date of publication is called a report's."""
    verb = "wrote" if claim.author else "showed" if _is_data(claim.speaker_name) else "said"
    when, reported = _date(claim, beside)
    if not when:
        return f"also {verb}" if again else verb
    if reported:
        return f"{verb}, as reported {when}," if not again else f"{_was(claim)} reported {when} as saying"
    return f"{verb} {when}"


def putting(claim: Claim, what: str, *, beside: str | None = None, again: bool = False) -> str:
    """The figure alone and when: "put the number at around 40 in April"."""
    when, reported = _date(claim, beside)
    figure = number(claim)
    as_ = "as" if figure.startswith("at ") else "at"
    put, putting_ = ("gave", "giving") if as_ == "as" else ("put", "putting")
    if reported and when:
        return f"{_was(claim)} reported {when} as {putting_} the {what} {as_} {figure}"
    return f"{put} the {what} {as_} {figure}{f' {when}' if when else ''}"


def _was(claim: Claim) -> str:
    """ "was", or "were" where several speak: "the organizers", "police", "some analysts"."""
    words = re.split(r"\b(?:of|for|in|at|with)\b", claim.speaker_name)[0].split()
    head = words[-1].lower() if words else ""
    common = (len(words) > 1 and words[0].lower() in _SEVERAL) or claim.speaker_name[:1].islower()
    several = head in ("police", "people", "officials", "authorities") or (common and is_plural(head))
    return "were" if several else "was"


def _date(claim: Claim, beside: str | None) -> tuple[str, bool]:
    """The date in words, and whether it is that of the report only."""
    said = claim.said_on or (claim.as_of if not claim.published else None)
    if said and dates.words(said):
        return dates.words(said, beside=beside), False
    return dates.words(claim.published, beside=beside), not claim.author


def _is_data(name: str) -> bool:
    return name.lower().rsplit(" ", 1)[-1] in _DATA


def number(claim: Claim) -> str:
    """The figure as the source put it, to stand inside a sentence."""
    text = re.sub(r"\s+", " ", claim.text).strip() or _plain(claim)
    if text[:1].isupper() and not text.isupper() and not re.match(r"[A-Z]{2}", text):
        text = text[:1].lower() + text[1:]
    if text.startswith("estimated "):
        return f"an {text}"
    if claim.low != claim.high and _BETWEEN.match(text):
        return f"between {text}"
    return text


def _plain(claim: Claim) -> str:
    words = {"~": "around ", ">": "more than ", "≥": "at least ", "≤": "up to ", "<": "fewer than "}.get(
        claim.comparator.value, ""
    )
    if claim.value is None and claim.low is not None and claim.high is not None:
        return f"{words}{amount(claim.low)} to {amount(claim.high)}"
    value = next((x for x in (claim.value, claim.low, claim.high) if x is not None), None)
    unit = {"percent": " percent"}.get(claim.unit, f" {claim.unit}" if claim.unit.isupper() else "")
    return f"{words}{amount(value) if value is not None else 'a number'}{unit}"


def amount(value: float) -> str:
    """A number for a reader.

    >>> amount(1250000), amount(1234567), amount(18), amount(0.5)
    ('1.25 million', '1,234,567', '18', '0.5')
    """
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size and round(value / size, 2) == round(value / size, 9):
            return f"{value / size:,.10g} {name}"
    return f"{value:,.10g}"


def counted(claim: Claim) -> str:
    """The number with what is counted: "around 40 Kyrgyz citizens", "22 people", "12 percent of voters"."""
    figure = number(claim)
    people = are_people(claim)
    noun = noun_of(claim)
    if not noun or re.search(rf"\b{re.escape(noun.split()[-1])}$", figure, re.IGNORECASE):
        return figure
    if noun.lower().startswith(f"{figure.lower().rsplit(' ', 1)[-1]} "):
        return f"{figure} {noun.split(' ', 1)[1]}"
    if noun.lower().rsplit(" ", 1)[-1] in COUNTS:
        return f"{figure} people"
    last = figure.lower().rsplit(" ", 1)[-1]
    if (
        claim.unit == "percent"
        or last in _ROUND
        or (not people and last in (claim.unit.lower(), f"{claim.unit.lower()}s"))
    ):
        return f"{figure} of {noun}"
    if claim.unit.isupper() and not people:
        return f"{figure} in {noun}"
    one = people and noun.islower() and not is_plural(noun.split()[-1]) and noun.split()[-1] not in COUNTS
    several = one and claim.value is not None and claim.value > 1  # "one worker, down from four"
    return f"{figure} {plural(noun) if several else noun}"


def noun_of(claim: Claim) -> str:
    """What is counted: the source's noun, as it stands inside a sentence and for so many; "people" where there is none, or where
    it tells of others than the event does ("19 are still missing", of the dead that were told of before).
    """
    people = are_people(claim)
    noun = claim.population or ("people" if people else "")
    *first, last = noun.split(" ") or [""]
    if (
        noun
        and people
        and befell(claim)
        and last.lower() in COUNTS
        and class_of(last) not in ("", event(claim.event).group)
    ):
        return "people"
    if claim.value == 1 and last.islower() and is_plural(last) and last != "people":
        noun = " ".join((*first, singular(last)))
    opener = noun.split(" ", 1)[0]
    return noun[:1].lower() + noun[1:] if opener.istitle() and opener.lower() in _OPENERS else noun


_SAYS = {"aboard": "were aboard", "inside": "were inside", "attending": "had come"}
"""What the counted of a slot did, where an event beside them would say something else: people do not crash."""


_BEFELL = {
    "dead": "had died",
    "injured": "had been injured",
    "missing": "were missing",
    "rescued": "had been rescued",
    "detained": "had been detained",
}
"""What befell the counted of a slot, where no verb beside them says it: "the bodies of 14 men"."""


def clause(claim: Claim) -> str | None:
    """What a speaker said of the figure, to follow "said that": the source's own words where they are a short clause,
    else ours; ``None`` where no event is known.
    """
    return own_words(claim) or our_words(claim)


def own_words(claim: Claim) -> str | None:
    """The clause of the source that has the figure for its subject: "339 individuals had gone to Syria"."""
    at = claim.content.find(claim.text) if claim.text else -1
    if at < 0 or not claim.event:
        return None
    text = ABBREVIATION.sub("", re.sub(r"\s+", " ", claim.content[at:]).replace(" … ", " "))
    end = ENDS.search(text, len(claim.text))
    text = text[: end.start()].strip() if end else text.strip()
    after = text[len(claim.text) :]
    if PRONOUN.search(after) or not _has_verb(after, claim) or len(text.split()) > _LONGEST:
        return None
    return None if re.match(r"\s+(?:to|who|that|which)\b", after) else number(claim) + after


def _has_verb(text: str, claim: Claim) -> bool:
    happening = event(claim.event)
    stem = claim.event.lower()[:-1] if claim.event.endswith("e") else claim.event.lower()
    forms = f"{re.escape(stem)}\\w*|{re.escape(happening.participle)}"
    finite = rf"(?<!\bto )\b(?:{FINITE})\b"
    return bool(re.search(rf"{finite}(?:\s+\w+){{0,8}}?\s+(?:{forms})\b", text, re.IGNORECASE)) or (
        partitive(claim) is not None and bool(re.search(finite, text))
    )


def our_words(claim: Claim) -> str | None:
    """A clause made from the parts of the figure: "22 Kyrgyz citizens had been killed in Syria"."""
    if not claim.event and slot(claim).what not in _SAYS:
        return _by_slot(claim)
    if is_length(claim):  # a length does not do what happened there
        return f"the {dimension(claim)} was {number(claim)}" if dimension(claim) else None
    happening = event(claim.event)
    subject = counted(claim)
    there = where(happening.preposition, places(claim))
    if dates.period(claim):
        there += f" {dates.words(dates.period(claim))}"
    be = "was" if claim.value == 1 else "were"
    if owner(claim) and happening.voice != "active" and done(claim):
        return f"{owner(claim)} had {happening.participle} {subject}{there}"
    if slot(claim).what in _SAYS:
        return f"{subject} {_SAYS[slot(claim).what].replace('were', be)}"
    match voice(claim):
        case "active" if subject.endswith("bodies"):
            return f"{subject} had been {happening.participle}{there}"
        case "active" if happening.voice and not are_people(claim):
            return None  # cases do not die, delegates do not go
        case "active":
            return f"{subject} had {happening.participle}{there}"
        case "progressive":
            return f"{subject} {be} {ing(claim.event)}{there}"
        case "state":
            return f"{subject} {be} {happening.participle}{there}"
        case "passive" if claim.unit.isupper() and happening.group in _PURPOSES and claim.population:
            return f"{number(claim)} had been {happening.participle} for {claim.population}{there}"
        case "passive":
            return f"{subject} had been {happening.participle}{there}"
    return None


def _by_slot(claim: Claim) -> str | None:
    """What befell those whom a figure counts without a verb; ``None`` where that says nothing."""
    befell = _BEFELL.get(slot(claim).what)
    if befell is None or counted(claim).endswith(("bodies", "corpses")):
        return None
    be = "was" if claim.value == 1 else "were"
    return f"{counted(claim)} {befell.replace('were', be)}{where('in', places(claim))}"


def subject(claim: Claim, population: str, places: tuple[str, ...]) -> str:
    """What a row of figures counts, as a title: "Kyrgyz citizens killed in Syria and Iraq", "houses destroyed in Peru"."""
    noun = population or ("people" if are_people(claim) else claim.unit)
    told = deed(claim, noun, places)
    there = where(event(claim.event).preposition if told else "in", places)
    return capital(f"{noun}{f' {told}' if told else ''}{there}")
